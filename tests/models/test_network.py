"""The whole network by hand: balances, accounts, prices and the objective."""

from datetime import date

import numpy as np
import pyomo.environ as pyo
import pytest

from gigasite.models.errors import SiteFileError
from gigasite.models.hourly import HourlyValues

LOAD = {"kind": "load", "name": "offices", "demand": "10 MW"}


def test_the_objective_is_the_cost_table(tiny, free_grid):
    """Every cost of every phase at its present value: nothing is in the objective that is not in the table."""
    grid = free_grid(capex="40000 USD/MW", demand_charge="1 USD/kW/month", size={"maximum": "50 MW"})
    starts = (date(2026, 1, 1), date(2031, 1, 1))
    solved = tiny(LOAD, grid, starts=starts, worth=(4.0, 3.0))
    costs = solved.compiled.network.costs()
    assert solved.usd == pytest.approx(sum(float(solved.cost(*key) @ [4.0, 3.0]) for key in costs))


def test_energy_price_is_the_dual_of_the_balance(tiny, free_grid):
    """Per MW and step; over step hours and weight it is 100 USD/MWh, positive where power is dear."""
    solved = tiny(LOAD, free_grid(size={"fixed": "50 MW"}), steps=4)
    line = solved.tiny.timeline
    price = solved.duals("balance.ac")[:4] / (line.hours * line.weight)[:4]
    assert np.abs(price) == pytest.approx(100.0)
    assert np.all(price > 0)


def test_design_day_duals_are_per_megawatt(tiny, free_grid):
    """Solar serves by day, the connection is sized by the design day: its duals add up to 1,000 USD/MW and year.

    40,000 USD/MW over 40 years. Divided by the weight of a design day, zero, they would be lost.
    """
    sun = {"kind": "pv_fixed", "name": "solar", "size": {"fixed": "8 MW"}, "lead_time": "0 years"}
    grid = free_grid(capex="40000 USD/MW", life="40 years", size={"maximum": "50 MW"})
    solved = tiny(LOAD, sun, grid, steps=3)
    assert solved.duals("balance.ac")[3:].sum() == pytest.approx(1000.0)


def test_an_account_balances_only_where_somebody_settles_it(tiny, free_grid):
    rows = tiny(LOAD, free_grid()).compiled.matrix.rows
    assert "balance.ac" in rows
    assert "balance.carbon" not in rows


def test_templates_and_rows_give_the_same_names(tiny_site, free_grid):
    site = tiny_site(LOAD, free_grid())
    names = [
        [(c.name, len(c)) for c in site.network(templates=on).model.component_objects([pyo.Constraint, pyo.Var])]
        for on in (True, False)
    ]
    assert names[0] == names[1]


@pytest.mark.parametrize("name", ["load", "hours", "balance", "steps"])
def test_a_name_that_the_model_uses_is_refused_with_a_remedy(tiny_site, free_grid, name):
    with pytest.raises(SiteFileError, match=f"Choose another, for example '{name}_1'"):
        tiny_site({**LOAD, "name": name}, free_grid()).network()


def test_two_components_of_one_name_are_refused(tiny_site):
    with pytest.raises(SiteFileError, match="the name is taken"):
        tiny_site(LOAD, LOAD).network()


def test_phases_share_nothing_but_sizes(tiny, free_grid):
    """The same load and prices in two phases of different worth: the same imports."""
    load = {**LOAD, "demand": HourlyValues(np.array([2.0, 4.0, 6.0]), "MW")}
    solved = tiny(load, free_grid(), starts=(date(2026, 1, 1), date(2031, 1, 1)), worth=(4.0, 1.0))
    assert solved["grid.imported"][:3] == pytest.approx(solved["grid.imported"][3:6])
