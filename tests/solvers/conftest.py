"""Small linear programmes, by hand or at random."""

from datetime import date

import numpy as np
import pytest
import scipy.sparse as sp

from gigasite.models.hourly import HourlyValues
from gigasite.solvers.matrix import Matrix


@pytest.fixture(scope="session")
def programme():
    """Return a matrix from plain lists; columns lie between 0 and 10 unless said otherwise."""

    def build(a, cost, row_lower, row_upper, lower=None, upper=None, offset=0.0, integral=None):
        a = sp.csc_array(np.asarray(a, dtype=float))
        rows, columns = a.shape
        return Matrix(
            a=a,
            cost=np.asarray(cost, dtype=float),
            offset=offset,
            lower=np.zeros(columns) if lower is None else np.asarray(lower, dtype=float),
            upper=np.full(columns, 10.0) if upper is None else np.asarray(upper, dtype=float),
            row_lower=np.asarray(row_lower, dtype=float),
            row_upper=np.asarray(row_upper, dtype=float),
            integral=np.zeros(columns, dtype=bool) if integral is None else np.asarray(integral),
            rows={"all": slice(0, rows)},
        )

    return build


@pytest.fixture(scope="session")
def random_programme(programme):
    """Return a random bounded programme that a known point satisfies: equalities, one-sided and two-sided rows."""

    def build(seed, rows=6, columns=8):
        rng = np.random.default_rng(seed)
        a = rng.normal(size=(rows, columns)) * (rng.random((rows, columns)) < 0.6)
        lower, upper = -rng.random(columns) * 3, rng.random(columns) * 3
        activity = a @ rng.uniform(lower, upper)
        side = rng.integers(0, 4, rows)
        low = np.where(side == 1, -np.inf, activity - np.where(side == 0, 0.0, rng.random(rows)))
        high = np.where(side == 2, np.inf, activity + np.where(side == 0, 0.0, rng.random(rows)))
        return programme(a, rng.normal(size=columns), low, high, lower, upper, offset=float(rng.normal()))

    return build


@pytest.fixture(scope="session")
def week(tiny_site, free_grid):
    """Return a compiled week in two phases: a daily load, cheap nights, a grid and a battery that are built once."""
    hour = np.arange(168) % 24
    price = HourlyValues(np.where((hour >= 8) & (hour < 20), 120.0, 20.0), "USD/MWh")
    load = {"kind": "load", "name": "offices", "demand": HourlyValues(10.0 + 5.0 * np.sin(hour / 24 * 6.283), "MW")}
    usual = {
        "kind": "battery", "name": "bess", "power": {"maximum": "30 MW"}, "energy": {"maximum": "200 MWh"},
        "round_trip": 0.9, "loss": "0 1/hour", "depth": 1.0, "fade": "0 1/year", "cycle_life": 1e6, "life": "20 years",
        "lead_time": "0 years", "capex_power": "100 USD/kW", "capex_energy": "150 USD/kWh", "upkeep": "0.01 1/year",
    }  # fmt: skip

    def build(*others, grid=None, battery=None, **changes):
        connection = {"size": {"maximum": "60 MW"}, "capex": "200 USD/kW", "energy_price": price, "life": "20 years"}
        when = {"steps": 168, "step_hours": 1.0, "starts": (date(2026, 1, 1), date(2031, 1, 1)), "worth": (4.0, 3.0)}
        parts = (load, free_grid(**{**connection, **(grid or {})}), {**usual, **(battery or {})}, *others)
        return tiny_site(*parts, **{**when, "years": 5.0, **changes}).compiled()

    return build


@pytest.fixture(scope="session")
def engines():
    """Engines that are cheaper than the grid, in units of 4 MW."""
    return {
        "kind": "generator", "name": "engines", "technology": "gas_engine", "fuel": "gas", "size": {"maximum": "40 MW"},
        "unit": "4 MW", "forced_outage": 0, "auxiliary_load": 0, "capex": "100 USD/kW", "lead_time": "0 years",
        "heat_derating": "0 1/delta_degC", "altitude_derating": "0 1/m", "upkeep": "0 USD/MW/year",
    }  # fmt: skip
