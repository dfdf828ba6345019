"""What every store of cold obeys, by hand: half-hour steps, a tank and an ice tank of the same size."""

import numpy as np
import pytest

from gigasite.models.hourly import HourlyValues

CHEAP_AND_DEAR = HourlyValues(np.array([10.0, 1000.0]), "USD/MWh")
FREE = {
    "power": {"fixed": "10 MW"}, "energy": {"fixed": "20 MWh"}, "minimum": 0.1, "loss": "0 1/hour",
    "lead_time": "0 years", "capex_power": "0 USD/MW", "upkeep": "0 1/year",
}  # fmt: skip
TANK = {"kind": "cold_store", "name": "store", **FREE}
ICE = {"kind": "ice_store", "name": "store", **FREE, "ice_making": {"fixed": "60 MW"}, "air_handler_capex": "0 USD/MW"}
HALL = {
    "kind": "air_cooled_chiller", "name": "chillers", "chiller_size": {"fixed": "60 MW"},
    "air_handler_size": {"fixed": "60 MW"}, "lead_time": "0 years",
}  # fmt: skip


@pytest.fixture
def stored(tiny, free_grid, rest_of):
    def solve(store, *, least=5.0, site=None, **changes):
        heat = rest_of("heat_air", name="heat", least=least, most=least)
        return tiny({**store, **changes}, HALL, heat, free_grid(energy_price=CHEAP_AND_DEAR), steps=2, site=site)

    return solve


@pytest.mark.parametrize("store", [TANK, ICE], ids=["water", "ice"])
def test_a_store_keeps_its_minimum(stored, store):
    """10 % of 20 MWh."""
    assert stored(store)["store.stored"].min() == pytest.approx(2.0)


@pytest.mark.parametrize("store", [TANK, ICE], ids=["water", "ice"])
def test_ride_through_is_kept_at_every_step(stored, store):
    """2 + 0.5 h x 10 MW = 7 MWh at least, design day included. Without it the store empties to 2."""
    level = stored(store, ride_through="30 minutes")["store.stored"]
    assert level.min() == pytest.approx(7.0)
    assert np.all(level >= 7.0 - 1e-9)


@pytest.mark.parametrize("store", [TANK, ICE], ids=["water", "ice"])
def test_a_design_day_starts_between_reserve_and_full(stored, store):
    """0.25 of the way from 7 to 20 MWh: 10.25. A quarter of the tank alone, 5, would lie below the reserve."""
    solved = stored(store, ride_through="30 minutes", site={"design_charge": 0.25})
    assert solved["store.stored"][3] == pytest.approx(10.25)


@pytest.mark.parametrize("store", [TANK, ICE], ids=["water", "ice"])
def test_stored_cold_leaks(stored, store):
    """0.2 an hour over half an hour keeps 0.9: before the dear step 2 / 0.9 + 2.5 / 0.9 MWh for 5 MW of heat."""
    none = {"pump_pressure": "0 Pa"}
    still = {"air_handler": {**none, "fan_pressure": "0 Pa"}} if store is ICE else none
    solved = stored(store, loss="0.2 1/hour", **still)
    assert solved["store.stored"][:2] == pytest.approx([4.5 / 0.9, 2.0])


@pytest.mark.parametrize(("hours", "status"), [("1.8 hours", "optimal"), ("1.81 hours", "infeasible")])
def test_a_reserve_beyond_the_tank_cannot_be_kept(tiny_site, free_grid, rest_of, hours, status):
    """2 + 1.8 x 10 = 20 MWh is all there is."""
    heat = rest_of("heat_air", name="heat", least=5, most=5)
    assert tiny_site({**TANK, "ride_through": hours}, HALL, heat, free_grid()).solve().status == status
