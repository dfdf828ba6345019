"""Sizes by hand: a building of 1,000 USD/MW that lasts 10 years, for racks that need a house."""

from datetime import date

import pytest
from pydantic import ValidationError

from gigasite.models.finance import annuity_factor
from gigasite.models.investment import ALWAYS, PowerSize, at

EARLY, LATE = date(2026, 1, 1), date(2031, 1, 1)
BOTH = (EARLY, LATE)


def hall(**changes):
    return {
        "kind": "building", "name": "hall", "size": {"maximum": "20 MW"}, "capex": "1000 USD/MW", "critical_share": 0,
        "upkeep": "0 1/year", "life": "10 years", "lead_time": "0 years", **changes,
    }  # fmt: skip


@pytest.fixture
def housed(tiny, rest_of):
    """House so much IT power, or up to so much, in every phase."""

    def solve(mw, building, least=None, **changes):
        racks = rest_of("floor_space", name="racks", least=-mw, most=-mw if least is None else -least)
        return tiny(building, racks, **changes)

    return solve


def test_what_is_built_is_carried_over_and_paid_in_every_phase(housed):
    """10 MW built in 2026 stand in 2031: 1,000 USD a year in both, 1,000 x (4 + 3) in all."""
    solved = housed(10, hall(), starts=BOTH, worth=(4.0, 3.0))
    assert solved["hall.power_added"] == pytest.approx([10, 0])
    assert solved["hall.power_capacity"] == pytest.approx([10, 10])
    assert solved.cost("hall", "capital") == pytest.approx([1000, 1000])
    assert solved.usd == pytest.approx(7000)


def test_a_life_of_five_calendar_years_ends_at_the_next_phase(housed):
    """Built on 1 January 2026 for 5 years it is retired on 1 January 2031. By days it would stand on."""
    solved = housed(10, hall(life="5 years"), starts=BOTH)
    assert solved["hall.power_added"] == pytest.approx([10, 10])


def test_a_life_shorter_than_its_phase_is_replaced_like_for_like(housed):
    """Two years of life in a phase of five: the annuity of 10,000 / 2 is paid to the end of the phase, once."""
    solved = housed(10, hall(life="2 years"), starts=BOTH)
    assert solved["hall.power_added"] == pytest.approx([10, 10])
    assert solved.cost("hall", "capital") == pytest.approx([5000, 5000])


def test_annuities_are_charged_only_inside_the_horizon(housed):
    """Ten years of life, one phase worth 1 year: one tenth of the capital and no more."""
    assert housed(10, hall()).usd == pytest.approx(1000)


@pytest.mark.parametrize(("own", "rate"), [({}, 0.07), ({"cost_of_capital": 0.12}, 0.12)])
def test_an_asset_may_have_its_own_cost_of_capital(housed, own, rate):
    solved = housed(10, hall(**own), site={"cost_of_capital": 0.07})
    assert solved.usd == pytest.approx(10_000 * annuity_factor(rate, 10))


def test_existing_plant_is_sunk_and_counts(housed):
    """6 MW stand: 4 are built, and only 4,000 / 10 a year are paid."""
    standing = [{"size": "6 MW", "commissioned": "2020-01-01", "life": "30 years"}]
    solved = housed(10, hall(size={"maximum": "20 MW", "existing": standing}))
    assert solved["hall.power_added"] == pytest.approx([4])
    assert solved.usd == pytest.approx(400)


def test_existing_plant_is_retired_at_the_end_of_its_life(housed):
    """Eleven years from 2020 end on 1 January 2031."""
    standing = [{"size": "6 MW", "commissioned": "2020-01-01", "life": "11 years"}]
    solved = housed(10, hall(size={"maximum": "20 MW", "existing": standing}), starts=BOTH)
    assert solved["hall.power_added"] == pytest.approx([4, 6])


def test_plant_under_construction_counts_from_its_commissioning(housed):
    standing = [{"size": "6 MW", "commissioned": "2031-01-01", "life": "30 years"}]
    solved = housed(10, hall(size={"maximum": "20 MW", "existing": standing}), least=0, starts=BOTH)
    assert solved.compiled.network.terms["hall"].capacities[0].existing.tolist() == [0, 6]


@pytest.mark.parametrize(("size", "built"), [({"fixed": "15 MW"}, 15), ({"minimum": "12 MW"}, 12), ({}, 10)])
def test_a_size_is_fixed_or_kept_above_a_minimum(housed, size, built):
    assert housed(10, hall(size=size))["hall.power_capacity"] == pytest.approx([built])


def test_a_maximum_is_kept(housed):
    assert housed(10, hall(size={"maximum": "9.9 MW"})).status == "infeasible"


def test_a_maximum_by_date_is_zero_before_its_first_date(housed):
    solved = housed(10, hall(size={"maximum": {LATE: "20 MW"}}), starts=BOTH, least=0)
    assert solved.compiled.matrix.upper[solved.compiled.columns.slice(_variable(solved, "hall.power_capacity"))][0] == 0


def _variable(solved, name):
    return solved.compiled.network.model.find_component(name)


@pytest.mark.parametrize(
    ("timing", "status"),
    [
        ({"lead_time": "5 years"}, "infeasible"),
        ({"lead_time": "0 years"}, "optimal"),
        ({"lead_time": "5 years", "available": "2026-01-01"}, "optimal"),
    ],
)
def test_a_lead_time_blocks_the_first_phase_unless_a_contract_states_a_date(housed, timing, status):
    assert housed(10, hall(**timing), starts=BOTH).status == status


def test_a_lead_time_that_ends_with_the_phase_blocks_no_more(housed):
    """Five years from 1 January 2026 are over on 1 January 2031, whatever the leap days."""
    solved = housed(10, hall(lead_time="5 years"), starts=BOTH, least=0)
    assert solved.compiled.matrix.upper[
        solved.compiled.columns.slice(_variable(solved, "hall.power_added"))
    ].tolist() == [
        0.0,
        20.0,
    ]


def test_without_a_maximum_the_site_bounds_a_size(housed):
    """Twice the largest power of the site, by phase: every column needs a finite bound for the certificate."""
    solved = housed(10, hall(size={}), starts=BOTH, site={"largest_mw": (30.0, 60.0)})
    columns = solved.compiled.columns.slice(_variable(solved, "hall.power_capacity"))
    assert solved.compiled.matrix.upper[columns].tolist() == [60.0, 120.0]


def test_a_fixed_size_takes_no_limits():
    with pytest.raises(ValidationError, match="not both"):
        PowerSize.model_validate({"fixed": "5 MW", "maximum": "6 MW"})


def test_a_minimum_above_the_maximum_is_refused():
    with pytest.raises(ValidationError, match="lies above the maximum"):
        PowerSize.model_validate({"minimum": "7 MW", "maximum": "6 MW"})


def test_the_latest_value_that_has_begun_holds():
    values = {EARLY: 1.0, LATE: 2.0}
    assert [at(values, day) for day in (date(2025, 1, 1), EARLY, date(2030, 12, 31), LATE)] == [0, 1, 1, 2]
    assert at({}, EARLY, 9.0) == 9.0


def test_one_value_holds_always():
    assert PowerSize.model_validate({"fixed": "5 MW"}).fixed == {ALWAYS: 5.0}


def test_dates_of_limits_are_dates_of_change():
    size = PowerSize.model_validate({"maximum": {EARLY: "5 MW", LATE: "6 MW"}})
    assert size.dates() == {EARLY, LATE}
