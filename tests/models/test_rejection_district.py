import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.machines import WaterLoop
from gigasite.models.rejection_district import OnDistrictCooling

PLATES = {"kind": "cold_plate_district", "name": "district", "supply": "32 degC"}


def test_nothing_but_pumps_runs_on_the_site(weather_of):
    """The district's 0.26 kW/kW is counted upstream, its water not at all."""
    mode = OnDistrictCooling().rejected(weather_of(3), WaterLoop(18.0, 26.0))["district"]
    assert np.all(mode.electricity == 0)
    assert np.all(mode.water == 0)
    assert mode.side["upstream_energy"] == pytest.approx(0.26)


def test_charges_are_those_of_dubai():
    """0.568 AED/RTh / 3.6725 / 3.517 kW = 44 USD/MWh; 750 AED/RT a year / 3.6725 / 3.517 = 58.1 USD/kW a year."""
    contract = OnDistrictCooling()
    assert contract.energy_charge == pytest.approx(0.568 / 3.6725 / 3.517 * 1000, rel=0.01)
    assert contract.capacity_charge == pytest.approx(750 / 3.6725 / 3.517 * 1000, rel=0.01)


@pytest.mark.parametrize(("supply", "fits"), [("7.5 degC", True), ("7.4 degC", False)])
def test_no_colder_water_than_the_district_sends(supply, fits):
    """6 degC and 1.5 K over the exchanger."""
    contract = {**PLATES, "supply": supply, "district_supply": "6 degC", "exchanger_approach": "1.5 delta_degC"}
    if fits:
        assert Component.from_dict(contract).supply_c == 7.5
    else:
        with pytest.raises(ValueError, match=r"must not be colder than 7.5 degC.*got 7.4 degC"):
            Component.from_dict(contract)


def test_the_weather_does_not_change_what_a_connection_gives(weather_of):
    cool, hot = (Component.from_dict(PLATES).modes(weather_of(1, dry_bulb_c=t))["district"] for t in (20.0, 47.0))
    assert cool.electricity == pytest.approx(hot.electricity)
    assert Component.from_dict(PLATES).plants["connection"].weathered is False
