"""What weeks by themselves prove of a year: 100 MW of load over 250 steps, which are a week and a part of one."""

from datetime import date

import numpy as np
import pytest

from gigasite.solvers.least import WEEK, in_weeks, least_missed, sides

LOAD = {"kind": "load", "name": "offices", "demand": "100 MW"}
ROOM = {"largest_mw": (400.0,), "largest_kh100": (100.0,)}
CARBON = {"kind": "carbon_limit", "name": "carbon", "cap": "400000 t/year"}
CLEAN = {"kind": "carbon_free_target", "name": "clean", "share": 0.8}


@pytest.fixture
def compiled(tiny_site, free_grid):
    def build(*components, **changes):
        return tiny_site(LOAD, free_grid(), *components, **{"site": ROOM, "steps": 250, **changes}).compiled()

    return build


def weeks_of(compiled, name):
    """The weeks where the one row of that name is in question, and the row."""
    row = compiled.matrix.rows[name].start
    return in_weeks(compiled, compiled.matrix, np.array([row])), row


def test_a_week_has_the_columns_of_its_steps_and_those_of_the_sizes(compiled):
    """168 steps in the first, 82 in the second, the rest on the design day: in no week."""
    site = compiled(CARBON)
    weeks, _ = weeks_of(site, "metered.carbon_carbon")
    imported = weeks.of_column[site.columns.slice(site.network.model.find_component("grid.imported"))]
    assert [np.sum(imported == week) for week in (0, 1)] == [WEEK, 250 - WEEK]
    assert set(imported[250:]) == {-1}


def test_the_weeks_of_the_next_phase_are_their_own(compiled):
    room = {"largest_mw": (400.0, 400.0), "largest_kh100": (100.0, 100.0)}
    site = compiled(CARBON, site=room, starts=(date(2026, 1, 1), date(2031, 1, 1)), worth=(4.0, 3.0))
    weeks, _ = weeks_of(site, "metered.carbon_carbon")
    imported = weeks.of_column[site.columns.slice(site.network.model.find_component("grid.imported"))]
    assert [np.sum(imported == week) for week in range(4)] == [WEEK, 250 - WEEK] * 2


def test_an_amount_is_short_by_what_the_weeks_need_together(compiled):
    """100 MW x 8,760 h x 0.5 t/MWh = 438,000 t against 400,000: what is emitted can only be too much."""
    weeks, row = weeks_of(compiled(CARBON), "metered.carbon_carbon")
    assert sides(weeks, row) == (1,)
    assert least_missed(weeks, row, 1, 400_000.0) == pytest.approx(38_000.0)


def test_a_share_is_read_through_its_meters(compiled):
    """The grid is 25 % carbon-free: 657,000 MWh are not, and 20 % of 876,000, 175,200, may be: 481,800 too many."""
    site = compiled(CLEAN)
    weeks, row = weeks_of(site, "clean.carbon_free_share")
    assert [least_missed(weeks, row, side, 876_000.0) for side in sides(weeks, row)] == pytest.approx([481_800.0])


def test_what_a_battery_carries_from_week_to_week_is_never_proven_missing(compiled):
    """The bound lies below the truth: a store may give a week more than it took in it, but not less than nothing.

    Without loss, full at first and empty at last, 50 MWh save 25 t in each week, and the first half hour, which takes
    from the week before, 25 MWh or 12.5 t; times the weight of a step, 8,760 / 125, 5,256 t of the 38,000 in two weeks.
    """
    bess = {
        "kind": "battery", "name": "bess", "power": {"fixed": "50 MW"}, "energy": {"fixed": "50 MWh"}, "depth": 1.0,
        "round_trip": 1.0, "loss": "0 1/hour", "fade": "0 1/year", "cycle_life": 1e6, "lead_time": "0 years",
    }  # fmt: skip
    weeks, row = weeks_of(compiled(CARBON, bess), "metered.carbon_carbon")
    assert least_missed(weeks, row, 1, 400_000.0) == pytest.approx(38_000.0 - 5_256.0)


def test_what_is_far_from_its_limit_is_not_proven_short(compiled):
    weeks, row = weeks_of(compiled({**CARBON, "cap": "900000 t/year"}), "metered.carbon_carbon")
    assert least_missed(weeks, row, 1, 900_000.0) == 0.0
