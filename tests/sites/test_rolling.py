"""The worth of foresight in the tables of a plan."""

import numpy as np
import pytest

from gigasite.sites.rolling import Foresight, foresight, nothing


@pytest.fixture(scope="module")
def worth(plain):
    return foresight(plain)


def test_operation_never_costs_less_than_with_foresight(plain, worth):
    """The plan is the best operation of its sizes; twelve days, each with a dear evening, are foreseen in time."""
    table = worth.table
    assert table["phase"].tolist() == list(plain.timeline.names)
    assert (table["worth_usd_per_year"] >= -1e-4 * table["perfect_usd_per_year"]).all()
    assert table["worth_share"].max() < 0.02
    assert worth.windows == 12 * len(plain.timeline.phases)
    assert not worth.missed


def test_perfect_cost_is_that_of_the_plan(plain, worth):
    """All costs of a phase times its present-value years add up to the objective."""
    years = [phase.present_value_years for phase in plain.timeline.phases]
    assert worth.table["perfect_usd_per_year"] @ years == pytest.approx(plain.solution.dispatch_usd, rel=1e-6)


def test_the_sentence_says_what_it_costs_and_what_is_missed(worth):
    """2 M USD a year more than 100 are 2 %."""
    table = nothing()
    table.loc[0] = ["2027-01-01", 1e8, 1.02e8, 2e6, 0.02]
    one = Foresight(table, {"balance.ac": np.array([12.0])}, 365)
    assert "from 2027-01-01 2 M USD a year (2 %)" in one.sentence
    assert one.sentence.endswith("it falls short over the year: ac by 12, which these costs leave out")
    assert one.record()["missed"] == {"ac": [12.0]}
    assert "short" not in worth.sentence
