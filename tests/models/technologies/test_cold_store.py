"""A tank of water by hand: half-hour steps, each standing for 8,760 half hours of the year."""

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.hourly import HourlyValues

CHEAP_AND_DEAR = HourlyValues(np.array([10.0, 100.0]), "USD/MWh")
TANK = {
    "kind": "cold_store", "name": "tank", "power": {"fixed": "20 MW"}, "energy": {"fixed": "10 MWh"}, "minimum": 0.0,
    "loss": "0 1/hour", "pump_pressure": "0 Pa", "lead_time": "0 years", "capex_power": "0 USD/MW",
    "capex_volume": "0 USD/m3", "upkeep": "0 1/year",
}  # fmt: skip
CHILLERS = {
    "kind": "air_cooled_chiller", "name": "chillers", "lead_time": "0 years",
    "air_handler": {"fan_pressure": "0 Pa", "pump_pressure": "0 Pa"},
}  # fmt: skip


@pytest.fixture
def cooled(tiny, free_grid, rest_of):
    def solve(*, price=CHEAP_AND_DEAR, chillers=None, site=None, **changes):
        hall = rest_of("heat_air", name="hall", least=10, most=10)
        plant = {**CHILLERS, "chiller_size": chillers or {"fixed": "60 MW"}}
        return tiny({**TANK, **changes}, plant, hall, free_grid(energy_price=price), steps=2, site=site)

    return solve


def test_a_tank_charged_at_night_saves_the_afternoons_chiller(cooled):
    """10 MW of heat in both half hours: 20 MW are chilled in the cheap one, none in the dear one; 5 MWh are stored."""
    solved = cooled()
    assert solved["tank.charge"][:2] == pytest.approx([10, 0])
    assert solved["tank.stored"][:2] == pytest.approx([5, 0])
    assert solved["chillers.heat_chiller"][:2] == pytest.approx([20, 0])


def test_a_tank_saves_no_chillers_for_heat_that_never_rests(cooled):
    """A tank ends the design day where it began: it carries no heat away. One that may start full would save half."""
    least = {"maximum": "60 MW"}
    with_tank = cooled(price="50 USD/MWh", chillers=least)
    without = cooled(price="50 USD/MWh", chillers=least, power={"fixed": "0 MW"}, energy={"fixed": "0 MWh"})
    assert with_tank["chillers.chiller_capacity"][0] == pytest.approx(without["chillers.chiller_capacity"][0])


def test_charging_and_discharging_share_the_pumps(cooled):
    solved = cooled(power={"fixed": "3 MW"})
    assert solved["tank.charge"][0] == pytest.approx(3)
    assert solved["tank.discharge"][1] == pytest.approx(3)


def test_what_its_pumps_draw_joins_the_heat(cooled):
    """250 kPa / 0.7 over 8 K: 0.0107 kW/kW, counted in the PUE; discharging 10.108 MW takes 10 MW of heat."""
    solved = cooled(pump_pressure="250 kPa", pump_efficiency=0.7, rise="8 delta_degC")
    drawn = -solved.flow("tank", "ac")[:2]
    assert drawn[1] == pytest.approx(0.0107 * solved["tank.discharge"][1], rel=1e-2)
    assert solved["tank.discharge"][1] == pytest.approx(10 / (1 - 0.01069), rel=1e-3)
    assert solved.flow("tank", "overhead_energy")[:2] == pytest.approx(drawn)


@pytest.mark.parametrize(("rise", "usd_per_kwh"), [(6.7, 51), (12, 28), (20, 17)])
def test_a_warm_loop_makes_a_tank_cheap(tiny, free_grid, rest_of, rise, usd_per_kwh):
    """1.5 USD/gal is 396 USD/m3; 129, 72 and 43 m3/MWh. 10 MWh over 10 years at no interest: a tenth a year."""
    tank = {
        **TANK, "rise": f"{rise} delta_degC", "capex_volume": "396 USD/m3", "life": "10 years", "loop": "heat_liquid",
    }  # fmt: skip
    solved = tiny(tank, rest_of("heat_liquid", name="racks"), free_grid(), steps=2)
    assert solved.cost("tank", "capital (energy)")[0] == pytest.approx(usd_per_kwh * 1000.0, rel=0.02)


def test_pumps_of_a_warm_tank_move_less_water():
    """Twice the rise, half the flow."""
    usual = {key: value for key, value in TANK.items() if key != "pump_pressure"}
    narrow, wide = (Component.from_dict({**usual, "rise": f"{k} delta_degC"}).pumps for k in (8, 16))
    assert wide == pytest.approx(narrow / 2)


def test_a_tank_alone_cools_nothing(tiny, free_grid, rest_of):
    """It gives back what it took: without a cooler the heat has nowhere to go."""
    hall = rest_of("heat_air", name="hall", least=1, most=1)
    assert tiny(TANK, hall, free_grid(), steps=2).status == "infeasible"
