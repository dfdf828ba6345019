"""The tables behind the charts, against hand calculations and the tables they come from."""

import pandas as pd
import pytest

from gigasite.models.plan_tables import COLUMNS
from gigasite.reports.figures import chart_data

PHASE = "2026-01-01"


def test_sizes_of_supply_leave_out_cooling_and_energy(plan):
    """MW of what feeds the AC bus; 150 MWh of the battery and 55 MW of chillers are no such thing."""
    sizes = chart_data.supply_sizes(plan)
    assert sizes.columns.tolist() == ["2026-01-01", "2028-07-01"]
    assert sizes[PHASE].to_dict() == {"grid": 180, "gas_engines": 60, "wind": 40, "pv": 220, "battery": 30}


def test_yearly_costs_are_the_cash_rows(plan):
    """The penalty of 1,234.5 USD on ``compute`` is no cash."""
    costs = chart_data.yearly_costs(plan)
    assert "compute" not in costs.index
    assert costs.loc["grid", PHASE] == pytest.approx(6.1e7 + 1.9e7 + 4e6)
    assert costs[PHASE].sum() == pytest.approx(1571.2e6)


def test_parts_of_the_owner_add_up_to_its_cash_flow(plan):
    parts = chart_data.owner_parts(plan)
    assert parts.sum(axis=1).to_numpy() == pytest.approx(plan.tables["cash_flow"]["equity"].to_numpy())
    assert "Other" not in parts


def test_energy_goes_through_buses_that_balance(plan):
    """Renewable energy only gathers, so it is no node; water is no energy."""
    links = chart_data.energy_links(plan, PHASE)
    assert {link.bus for link in links} == {"ac", "it", "heat_liquid", "heat_air", "gas"}
    assert all(link.mwh > 0 for link in links)
    into, out = (sum(link.mwh for link in links if getattr(link, end) == "ac") for end in ("target", "source"))
    assert into == pytest.approx(out, rel=2e-3)


def test_what_does_not_come_out_again_is_lost(plan, plan_with):
    """Engines burn 24 MWh for 10: 14 are lost. A load takes 9, a store loses 1: nothing comes out, nothing is lost."""
    rows = [("engines", "ac", 10.0), ("load", "ac", -9.0), ("store", "ac", -1.0), ("engines", "gas", -24.0),
            ("pipeline", "gas", 24.0)]  # fmt: skip
    energy = pd.DataFrame([(PHASE, *row, "MWh/year") for row in rows], columns=list(COLUMNS["energy"]))
    links = chart_data.energy_links(plan_with(energy=energy), PHASE)
    assert [link.mwh for link in links if link.target == chart_data.LOSSES] == [14.0]
    assert [(link.source, link.target, link.mwh) for link in links] == [
        ("gas", "engines", 24.0), ("pipeline", "gas", 24.0), ("engines", "losses", 14.0), ("engines", "ac", 10.0),
        ("ac", "load", 9.0), ("ac", "store", 1.0),
    ]  # fmt: skip


def test_a_plan_without_supply_costs_or_energy_has_no_such_tables(plan, plan_with):
    bare = plan_with(capacities=plan.capacities[:0], costs=plan.costs[:0], energy=plan.energy[:0], tables={})
    assert chart_data.supply_sizes(bare) is None
    assert chart_data.yearly_costs(bare) is None
    assert chart_data.owner_parts(bare) is None
    assert chart_data.energy_links(bare, PHASE) == []
