"""What one more unit of a limit is worth, against the cost of a second plan that has it."""

import pytest

from gigasite.models.finance import annuity_factor
from gigasite.models.progress import silent
from gigasite.sites.shadow_prices import shadow_prices
from gigasite.sites.study import Watch, finished

SITE = """
power:
  offices: {kind: load, demand: 60 MW}
  engines: {kind: generator, technology: gas_engine, fuel: gas, available: 2027-01-01}
  pipeline: {kind: natural_gas, price: 30 USD/MWh}
grid:
  utility:
    available: 2027-01-01
    size: {maximum: OFFER MW}
    energy_price: 60 USD/MWh
    emission: 400 kg/MWh
    carbon_free_share: 0.3
solve: {round: false, gap: 0.0005}
"""


@pytest.fixture
def solved(site, texts):
    def solve(text):
        return finished(site(texts["head"] + text), Watch(silent))[0]

    return solve


def test_one_more_kw_of_connection_saves_what_a_second_plan_saves(solved):
    """Engines make the last 10 of 60 MW; each kW of connection replaces 1 kW of them, all year and on the hot day.

    Solving again with 1 MW more tells the saving after the cost of the connection: 150 USD/kW by default; a value that
    left out the design days would miss the engine's own cost, about a third.
    """
    less, more = (solved(SITE.replace("OFFER", str(offer))) for offer in (50, 51))
    years = less.timeline.phases[0].present_value_years
    saved = (less.solution.dispatch_usd - more.solution.dispatch_usd) / years / 1000.0
    grid = less.site.component("utility")
    own = grid.capex / 1000.0 * (annuity_factor(0.06, grid.life) + grid.upkeep)
    value, unit = shadow_prices(less)["value_of_grid_capacity"]
    assert unit == "USD/kW/yr"
    assert value[0] == pytest.approx(saved + own, rel=0.05)


def test_a_connection_larger_than_needed_is_worth_its_own_cost(solved):
    """With 100 MW on offer for 60 MW, one more kW that stood would save what it costs, and no more."""
    grid = (found := solved(SITE.replace("OFFER", "100"))).site.component("utility")
    own = grid.capex / 1000.0 * (annuity_factor(0.06, grid.life) + grid.upkeep)
    assert shadow_prices(found)["value_of_grid_capacity"][0][0] == pytest.approx(own, rel=0.1, abs=1.0)


WATER = """
power:
  offices: {kind: load, demand: 60 MW}
compute:
  platforms: {gpu: {technology: gb300_nvl72}}
  work: {training: {demand: 20000 H100, window: 24 h}}
cooling:
  hall: {kind: air_cooled_chiller, available: 2027-01-01}
  tower: {kind: cold_plate_tower, supply: 32 degC, available: 2027-01-01}
  dry: {kind: cold_plate_dry_cooler, supply: 32 degC, available: 2027-01-01}
water: {price: 0.1 USD/m3, cap: 50000 m3/year}
grid:
  utility:
    available: 2027-01-01
    size: {maximum: 200 MW}
    energy_price: 90 USD/MWh
    emission: 400 kg/MWh
    carbon_free_share: 0.3
solve: {round: false, gap: 0.002}
"""


@pytest.mark.slow
def test_scarce_water_has_a_price_of_its_own(solved):
    """Towers would save more than their water costs; the cap keeps most of the heat on dry coolers."""
    value, unit = shadow_prices(solved(WATER))["value_of_water"]
    assert unit == "USD/m3"
    assert value[0] > 0.1


def test_given_sizes_tell_no_value(solved):
    found = solved(SITE.replace("OFFER", "70"))
    object.__setattr__(found.solution, "sizing_duals", found.solution.sizing_duals[:0])
    assert shadow_prices(found) == {}
