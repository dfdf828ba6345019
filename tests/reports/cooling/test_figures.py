"""Figures with a row per option."""

import numpy as np
import pytest

from gigasite.reports.cooling import figures as cooling_figures
from gigasite.reports.figures import style


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (cooling_figures.costs, (b"USD per MWh of IT", b"electricity", b"plant", b"40.00", b"100.00 (bar cut)")),
        (cooling_figures.pue_and_water, (b"PUE", b"L/kWh", b"L/s", b"none", b"design hour")),
        (cooling_figures.schemes, (b"USD per MWh of IT", b"N+1", b"2N")),
    ],
)
def test_figure_names_units_and_writes_its_numbers(cooled, draw, words):
    """By hand: the median of 40, 100 and 38 is 40, so bars end at 88 and that of 100 is cut."""
    one = style.svg(draw(cooled, "hot"))
    assert [word for word in words if word not in one] == []
    assert style.svg(draw(cooled, "hot")) == one


def test_reason_without_cost_has_no_entry_in_the_legend(cooled, cooled_with):
    costs = cooled.costs.assign(usd_per_year=cooled.costs["usd_per_year"].where(cooled.costs["reason"] == "plant", 0))
    assert b"electricity" not in style.svg(cooling_figures.costs(cooled_with(costs=costs), "hot"))


def test_reason_that_no_colour_is_kept_for_is_drawn(cooled, cooled_with):
    odd = cooled_with(costs=cooled.costs.assign(reason="ice"))
    assert b"ice" in style.svg(cooling_figures.costs(odd, "hot"))


def test_scheme_far_beyond_the_others_is_said_in_words(cooled, cooled_with):
    sweeps = cooled.sweeps.copy()
    dear = (sweeps["option"] == "old") & (sweeps["name"] == "cost_per_it_mwh")
    sweeps.loc[dear, "value"] = np.where(sweeps.loc[dear, "setting"] == "2N", 9000.0, 8000.0)
    far = cooled_with(sweeps=sweeps)
    assert b"from 8,000" in style.svg(cooling_figures.schemes(far, "hot"))


def test_without_sweeps_there_is_no_redundancy(cooled, cooled_with):
    assert cooling_figures.schemes(cooled_with(sweeps=cooled.sweeps[:0]), "hot") is None
