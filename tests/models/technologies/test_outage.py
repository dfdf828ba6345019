"""Outages by hand: eight half hours, the grid fails in the second hour, and engines and stores must do."""

from typing import Any

import pyomo.environ as pyo
import pytest
from pydantic import ValidationError

from gigasite.models.component import Component, Hourly, Terms
from gigasite.solvers.explain import explain

FAILS = {"kind": "outage", "name": "outage", "windows": [{"start": "01-01 01", "hours": 1}]}


class Utility(Component):
    """A grid of 100 MW that reports what is imported."""

    def build(self, block: Any, time: Any, given: Any) -> Terms:
        block.imported = pyo.Var(time.steps, bounds=(0, 100), units=time.unit("MW"))
        price = time.number(50.0, "USD/MWh")
        flow = Hourly(lambda t: block.imported[t])
        return Terms(into={"ac": flow, "imported_energy": flow}, cost={"energy": Hourly(lambda t: price * flow.at(t))})


def load(power="10 MW"):
    return {"kind": "load", "name": "offices", "demand": power}


def diesel(size="10 MW"):
    return {
        "kind": "generator", "name": "backup", "technology": "diesel", "fuel": "diesel_oil", "size": {"fixed": size},
        "efficiency": 0.4, "auxiliary_load": 0.0, "forced_outage": 0.0, "heat_derating": "0 1/delta_degC",
        "altitude_derating": "0 1/m", "lead_time": "0 year",
    }  # fmt: skip


TANK = {"kind": "diesel_oil", "name": "tank", "price": "200 USD/MWh"}


def grid():
    return Utility(name="utility")


def test_the_grid_gives_nothing_in_a_window(tiny):
    """Steps 2 and 3 come from the engines, the others from the grid; without the outage all would."""
    solved = tiny(grid(), load(), diesel(), TANK, FAILS, steps=8)
    assert solved["utility.imported"][:8] == pytest.approx([10, 10, 0, 0, 10, 10, 10, 10])
    assert solved["backup.output"][:8] == pytest.approx([0, 0, 10, 10, 0, 0, 0, 0])


def test_without_anything_else_the_window_is_named(tiny_site):
    """The message says when, how much and what would help."""
    site = tiny_site(grid(), load(), FAILS, steps=8)
    assert site.solve().status == "infeasible"
    message = str(explain(site.compiled()))
    assert "electricity at the point of common coupling: short by 10 MW in hour 1" in message
    assert "in the outage of 1 h from 01-01 01:00" in message
    assert "store more fuel, or lower the critical share" in message


@pytest.mark.parametrize(("stock", "status"), [("25 MWh", "optimal"), ("24.9 MWh", "infeasible")])
def test_the_stock_of_fuel_must_last(tiny, stock, status):
    """10 MW x 1 h / 0.4 = 25 MWh of heat."""
    outage = {**FAILS, "fuel_stock": {"diesel_oil": stock}}
    assert tiny(grid(), load(), diesel(), TANK, outage, steps=8).status == status


def test_the_stock_lasts_for_each_window_by_itself(tiny):
    """Two windows of an hour with 25 MWh each: the tank is filled between them. Shared, it would be too small."""
    windows = [{"start": "01-01 01", "hours": 1}, {"start": "01-01 03", "hours": 1}]
    outage = {**FAILS, "windows": windows, "fuel_stock": {"diesel_oil": "25 MWh"}}
    assert tiny(grid(), load(), diesel(), TANK, outage, steps=8).status == "optimal"


@pytest.mark.parametrize(("energy", "status"), [("10 MWh", "optimal"), ("9.9 MWh", "infeasible")])
def test_a_store_carries_the_load_through(tiny, energy, status):
    """10 MW x 1 h out of a lossless battery."""
    bess = {
        "kind": "battery", "name": "bess", "power": {"fixed": "20 MW"}, "energy": {"fixed": energy}, "depth": 1.0,
        "fade": "0 1/year", "round_trip": 1.0, "loss": "0 1/hour", "lead_time": "0 year", "cycle_life": 1e6,
    }  # fmt: skip
    assert tiny(grid(), load(), bess, FAILS, steps=8, design_steps=0).status == status


def test_a_connection_reports_what_it_imports(tiny, free_grid):
    """The component of a site file, and its exports: in the window nothing is imported."""
    solved = tiny(free_grid(), load(), diesel(), TANK, FAILS, steps=8)
    assert solved.flow("grid", "imported_energy")[:8] == pytest.approx([10, 10, 0, 0, 10, 10, 10, 10])


@pytest.fixture
def working(tiny, rest_of):
    """Solve 1 kH100 of work of which so much can be done in the window [kH100]; elsewhere up to 2."""

    def solve(critical, able, **one):
        lent = rest_of("compute", name="gpus", least=0, most=able)
        account = rest_of("compute_capacity", name="stock", least=5, most=5)
        work = {"kind": "work", "name": "work", "classes": [{"name": "jobs", "demand": "1000 H100", **one}]}
        outage = {**FAILS, "critical": critical}
        return tiny(work, lent, account, outage, grid(), rest_of("ac", name="yard"), steps=8)

    return solve


@pytest.mark.parametrize(("able", "status"), [(0.6, "optimal"), (0.59, "infeasible")])
def test_the_critical_share_goes_on(working, able, status):
    """60 % critical: 0.4 of 1 kH100 may stay undone at each hour of the window."""
    assert working(0.6, able, unserved_share=0.5, value="5 USD/H100/hour").status == status


def test_outside_the_window_more_may_stay_undone(working):
    """With nothing critical only the year's share counts: half of the work."""
    assert working(0.0, 0.5, unserved_share=0.5, value="5 USD/H100/hour").status == "optimal"


@pytest.mark.parametrize(("able", "status"), [(0.6, "optimal"), (0.59, "infeasible")])
def test_work_that_waits_does_not_go_on(tiny, rest_of, able, status):
    """Work may wait four hours, and 0.59 kH100 at every step would do for 58 % of it; 60 % must go on in the window."""
    lent = rest_of("compute", name="gpus", least=0, most=able)
    more = rest_of("compute", name="more", least=0, most=1.0)
    one = {"name": "jobs", "demand": "1000 H100", "window": "4 hours", "unserved_share": 0.9, "minimum": 0.0}
    account = rest_of("compute_capacity", name="stock", least=5, most=5)
    outage = {**FAILS, "critical": 0.6}
    work = {"kind": "work", "name": "work", "classes": [one]}
    components = (work, lent, account, outage, grid(), rest_of("ac", name="yard"))
    assert tiny(*components, steps=8).status == status
    assert tiny(*components, more, steps=8).status == "optimal"


def test_dropped_work_does_not_go_on(working):
    assert working(0.6, 0.6, curtailable=0.5).status == "optimal"
    assert working(0.6, 0.59, curtailable=0.5).status == "infeasible"


def test_24_windows_cost_a_row_each(tiny_site, timeline_of):
    """Drawn windows over a year of 8,760 hours: 24 rows for the grid, 24 for the tank."""
    drawn = {"kind": "outage", "name": "outage", "sample": {"seed": 3, "number": 24, "mean": 4},
             "fuel_stock": {"diesel_oil": "100 MWh"}}  # fmt: skip
    site = tiny_site(grid(), load(), diesel(), TANK, drawn, steps=8760, step_hours=1.0)
    rows = site.compiled().matrix.rows
    sizes = {name: where.stop - where.start for name, where in rows.items() if name.startswith("watched")}
    assert sizes == {"watched.outage_import": 24, "watched.outage_diesel_oil_stock": 24}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"windows": []}, "windows are missing"),
        ({"windows": [{"start": "01-01 00", "hours": 9000}]}, "less than or equal to 8760"),
        ({"windows": [{"start": "13-01 00", "hours": 1}]}, "Months run from 01 to 12"),
        ({"windows": [{"start": "01-01 00", "hours": 4}, {"start": "01-01 02", "hours": 1}]}, "must not overlap"),
        ({"critical": 1.2}, "between 0 and 1"),
        ({"machines": {"backup": {"mean_time_to_failure": "0 hour"}}}, "greater than or equal to 1"),
        ({"machines": {"backup": {"start_failure": 2.0}}}, "between 0 and 1"),
        ({"fuel_stock": {"diesel_oil": "10 MW"}}, "expected a quantity in MWh"),
    ],
)
def test_an_outage_that_cannot_be_meant_is_refused(data, said):
    with pytest.raises(ValidationError, match=said):
        Component.from_dict({**FAILS, **data})


def test_a_fixed_design_that_is_dark_in_a_window_is_counted_short(tiny_site):
    """10 MW for the hour of the window: 2 of 8 half hours of a year of 8,760 h, 21,900 MWh a year at these weights."""
    from gigasite.solvers import evaluate

    found = evaluate(tiny_site(grid(), load(), FAILS, steps=8).compiled())
    assert found.shortage["balance.ac"] == pytest.approx([10 * 8760 / 4])
