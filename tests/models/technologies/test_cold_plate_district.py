import pytest


def test_racks_pay_for_the_heat_of_their_pumps_too(tiny, free_grid, rest_of):
    """10 MW x 1.02 x 8,760 h x 40 USD = 3,574,080 USD a year; 0.2 MW of pumps on the site."""
    district = {
        "kind": "cold_plate_district", "name": "district", "supply": "32 degC", "pump_power": 0.02,
        "energy_charge": "40 USD/MWh", "lead_time": "0 years",
    }  # fmt: skip
    solved = tiny(district, rest_of("heat_liquid", name="racks", least=10, most=10), free_grid())
    assert solved.cost("district", "cold") == pytest.approx([3_574_080])
    assert solved.flow("district", "ac")[:3] == pytest.approx(-0.2)
