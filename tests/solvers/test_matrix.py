"""The standard form; that it equals Pyomo's own for every technology is a promise of its own."""

from datetime import date

import numpy as np
import pytest

from gigasite.solvers.highs import SIMPLEX, solve

LOAD = {"kind": "load", "name": "offices", "demand": "10 MW"}
STARTS = (date(2026, 1, 1), date(2031, 1, 1))


@pytest.fixture
def compiled(tiny_site, free_grid):
    grid = free_grid(capex="40000 USD/MW", size={"maximum": "50 MW"}, demand_charge="1 USD/kW/month")
    return tiny_site(LOAD, grid, starts=STARTS, worth=(4.0, 3.0)).compiled()


def test_rows_are_found_by_the_name_of_their_constraint(compiled):
    """The balance at every step: 10 MW of load on the right-hand side."""
    rows = compiled.matrix.rows["balance.ac"]
    assert compiled.matrix.row_lower[rows] == pytest.approx(10.0)
    assert compiled.matrix.row_upper[rows] == pytest.approx(10.0)


def test_every_row_has_its_place(compiled):
    """Slices follow one another without gap or overlap up to the last row."""
    slices = list(compiled.matrix.rows.values())
    assert [s.start for s in slices] == [0, *(s.stop for s in slices[:-1])]
    assert slices[-1].stop == compiled.matrix.a.shape[0] == len(compiled.matrix.row_lower)


def test_each_phase_carries_its_own_size(compiled):
    """Rows written one by one, not as a template: capacity(2031) belongs to the second, not to the first."""
    rows = compiled.matrix.rows["grid.power_carried"]
    block = compiled.matrix.a[rows].toarray()
    capacity = block[:, compiled.columns.slice(compiled.network.model.grid.power_capacity)]
    assert capacity.tolist() == [[1, 0], [0, 1]]


def test_every_column_is_bounded(compiled):
    """The certificate needs it."""
    assert np.isfinite(compiled.matrix.lower).all()
    assert np.isfinite(compiled.matrix.upper).all()


def test_costs_are_present_values_in_thousands(compiled):
    """100 USD/MWh x 0.5 h x weight x 4 years / 1,000 per MW imported."""
    imported = compiled.columns.slice(compiled.network.model.grid.imported)
    line = compiled.network.time.timeline
    assert compiled.matrix.cost[imported][0] == pytest.approx(0.1 * 0.5 * line.weight[0] * 4.0)
    assert compiled.matrix.cost[imported][-1] == 0.0


def test_series_and_years_of_a_flow(compiled):
    """10 MW at every step, 87,600 MWh in every phase; design days add nothing."""
    x = solve(compiled.matrix, SIMPLEX).x
    flow = compiled.network.flows("ac")["grid"]
    assert compiled.series(flow, x) == pytest.approx(10.0)
    assert compiled.yearly(flow, x) == pytest.approx([87_600, 87_600])


def test_a_constant_flow_has_its_years_too(compiled):
    """The load has no column: its flow is a constant."""
    x = np.zeros(compiled.columns.count)
    assert compiled.yearly(compiled.network.flows("ac")["offices"], x) == pytest.approx([-87_600, -87_600])


def test_a_matrix_with_fixed_columns_leaves_the_first_alone(compiled):
    columns = np.array([0, 2])
    fixed = compiled.matrix.fixed(columns, np.array([3.0, 4.0]))
    assert fixed.lower[columns].tolist() == fixed.upper[columns].tolist() == [3.0, 4.0]
    assert compiled.matrix.upper[2] != 4.0


def test_whole_units_are_marked(tiny_site):
    engine = {
        "kind": "generator", "name": "engines", "technology": "gas_engine", "fuel": "gas", "unit": "3 MW",
        "whole": True, "size": {"maximum": "30 MW"},
    }  # fmt: skip
    compiled = tiny_site(LOAD, engine, {"kind": "natural_gas", "name": "gas"}).compiled()
    integral = compiled.matrix.integral.nonzero()[0].tolist()
    units = compiled.columns.slice(compiled.network.model.engines.power_units)
    assert integral == list(range(units.start, units.stop))


def test_an_equation_over_no_steps_has_no_rows(tiny_site, free_grid):
    """Without design days nothing says that work rests on them."""
    work = {"kind": "work", "name": "work", "classes": [{"name": "jobs", "demand": "1000 H100", "window": "1 h"}]}
    racks = {"kind": "accelerators", "name": "racks", "technology": "gb300_nvl72", "size": {"maximum": "5000 GPU"}}
    rows = tiny_site(LOAD, free_grid(), work, racks, design_steps=0).compiled().matrix.rows
    assert rows["work.jobs.rests"].start == rows["work.jobs.rests"].stop
