import pytest

DISTRICT = {
    "kind": "district_cooling", "name": "district", "lead_time": "0 years", "energy_charge": "40 USD/MWh",
    "capacity_charge": "60000 USD/MW/year", "connection_capex": "0 USD/MW", "upstream_power": 0.25,
    "air_handler_capex": "0 USD/MW",
    "air_handler": {"fan_pressure": "0 Pa", "pump_pressure": "0 Pa"},
}  # fmt: skip


@pytest.fixture
def solved(tiny, free_grid, rest_of):
    return tiny(DISTRICT, rest_of("heat_air", name="hall", least=10, most=10), free_grid())


def test_cold_is_paid_by_energy_and_by_connected_capacity(solved):
    """10 MW x 8,760 h x 40 USD = 3,504,000 and 10 MW x 60,000 USD = 600,000 USD a year."""
    assert solved.cost("district", "cold") == pytest.approx([3_504_000])
    assert solved.cost("district", "upkeep (connection)") == pytest.approx([600_000])


def test_the_districts_electricity_is_counted_upstream_only(solved):
    """10 MW x 0.25 x 8,760 h = 21,900 MWh a year, none of it in the PUE."""
    assert solved.year("district", "upstream_energy") == pytest.approx([21_900])
    assert solved.year("district", "overhead_energy") == pytest.approx([0.0])


def test_air_handlers_of_the_hall_add_their_heat(tiny, free_grid, rest_of):
    """Fans and pumps draw some 5 % on the site, and their heat is bought too."""
    usual = {key: value for key, value in DISTRICT.items() if key != "air_handler"}
    solved = tiny(usual, rest_of("heat_air", name="hall", least=10, most=10), free_grid())
    drawn = solved.year("district", "overhead_energy")[0] / 8760
    assert 0.3 < drawn < 0.9
    assert solved.cost("district", "cold")[0] == pytest.approx((10 + drawn) * 8760 * 40, rel=1e-4)
