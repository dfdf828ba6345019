"""Absorption chillers on the heat of a gas engine, by hand."""

import numpy as np
import pytest

CHILLER = {
    "kind": "absorption_chiller", "name": "absorption", "cop_thermal": 0.75, "lead_time": "0 years",
    "chiller_size": {"maximum": "60 MW"},
    "air_handler": {"fan_pressure": "0 Pa", "pump_pressure": "0 Pa"},
}  # fmt: skip
ENGINE = {
    "kind": "generator", "name": "engines", "technology": "gas_engine", "fuel": "gas", "size": {"fixed": "20 MW"},
    "efficiency": 0.4, "auxiliary_load": 0.0, "forced_outage": 0.0, "heat_derating": "0 1/delta_degC",
    "altitude_derating": "0 1/m", "lead_time": "0 years", "heat_recovery": 0.5, "run_hours": "8760 hours",
}  # fmt: skip
GAS = {"kind": "natural_gas", "name": "pipeline", "price": "10 USD/MWh"}


@pytest.mark.parametrize(("heat_mw", "status"), [(11.24, "optimal"), (11.26, "infeasible")])
def test_cold_is_bound_by_the_recovered_heat(tiny, free_grid, rest_of, heat_mw, status):
    """20 MW x (1 / 0.4 - 1) x 0.5 = 15 MW of drive heat, x 0.75 = 11.25 MW of cold. All waste heat would give 22.5."""
    hall = rest_of("heat_air", name="hall", least=heat_mw, most=heat_mw)
    office = {"kind": "load", "name": "office", "demand": "30 MW"}
    solved = tiny(CHILLER, ENGINE, GAS, hall, office, rest_of("water", name="well"), free_grid())
    assert solved.status == status


def test_without_recovered_heat_there_is_no_cold(tiny, free_grid, rest_of):
    hall = rest_of("heat_air", name="hall", least=1, most=1)
    plain = {**ENGINE, "heat_recovery": 0.0}
    assert tiny(CHILLER, plain, GAS, hall, rest_of("water", name="well"), free_grid()).status == "infeasible"


def test_drive_heat_balances_and_water_is_drawn(tiny, free_grid, rest_of):
    """6 MW of cold take 8 MW of drive heat; the tower rejects 14 MW and draws more than 1.3 L/kWh of them."""
    hall = rest_of("heat_air", name="hall", least=6, most=6)
    office = {"kind": "load", "name": "office", "demand": "30 MW"}
    solved = tiny(CHILLER, ENGINE, GAS, hall, office, rest_of("water", name="well"), free_grid())
    assert solved["engines.recovered"] == pytest.approx(8.0)
    assert np.all(-solved.flow("absorption", "water") > 14 * 1.3)
