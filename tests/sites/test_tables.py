"""The tables of a plan against each other; by hand where a number stands alone."""

import numpy as np
import pytest

COSTS = ["phase", "component", "reason", "usd_per_year", "usd_capex", "present_value_years", "cash"]
CAPACITIES = ["phase", "component", "kind", "quantity", "value", "unit", "added", "retired"]


def test_columns_are_those_of_the_contract(small):
    plan = small[1]
    assert list(plan.costs.columns) == COSTS
    assert list(plan.capacities.columns) == CAPACITIES
    assert list(plan.energy.columns) == ["phase", "component", "flow", "value", "unit"]
    assert not plan.costs.isna().any().any()


def test_costs_add_up_to_the_objective(small):
    """Sum of usd_per_year x present_value_years; a cost left out of the table would be missing here."""
    plan = small[1]
    total = (plan.costs["usd_per_year"] * plan.costs["present_value_years"]).sum()
    assert total == pytest.approx(plan.run["dispatch_objective_usd"], rel=1e-6)


def test_what_stands_is_what_stood_and_was_added_less_what_was_retired(small):
    table = small[1].capacities
    for _, rows in table.groupby(["component", "quantity"]):
        value, added, retired = (rows[name].to_numpy() for name in ("value", "added", "retired"))
        before = np.concatenate([[0.0], value[:-1]])
        assert value == pytest.approx(before + added - retired, abs=1e-6)


def test_capital_is_the_overnight_cost_of_what_was_added(small):
    """Solar: MW added times its cost per MW."""
    site, plan, _ = small
    added = plan.capacities.query("component == 'solar'")["added"].to_numpy()
    capex = plan.costs.query("component == 'solar' and reason == 'capital'")["usd_capex"].to_numpy()
    assert capex == pytest.approx(added * site.component("solar").capex, rel=1e-9)
    assert capex[0] > 0


def test_yearly_flows_into_electricity_add_up_to_zero(small):
    """Energy is conserved: load, solar, battery and grid over the year, to a millionth of what flows."""
    table = small[1].energy.query("flow == 'ac'")
    for _, rows in table.groupby("phase"):
        assert abs(rows["value"].sum()) < 1e-6 * rows["value"].abs().sum()
        assert set(rows["unit"]) == {"MWh/year"}


def test_the_battery_gives_back_less_than_it_takes(small):
    assert (small[1].energy.query("flow == 'ac' and component == 'bess'")["value"] < 0).all()


@pytest.mark.slow
def test_costs_of_a_campus_add_up_to_the_objective(campus):
    plan = campus[1]
    total = (plan.costs["usd_per_year"] * plan.costs["present_value_years"]).sum()
    assert total == pytest.approx(plan.run["dispatch_objective_usd"], rel=1e-6)


@pytest.mark.slow
def test_heat_is_what_it_and_the_power_chain_give_off(campus):
    """What IT draws becomes heat in full: heat to both loops is not below the IT energy."""
    energy = campus[1].energy
    heat = energy[energy["flow"].isin(["heat_liquid", "heat_air"]) & (energy["value"] > 0)]["value"].sum()
    it = energy.query("flow == 'it_energy'")["value"].sum()
    assert it <= heat < 1.2 * it
