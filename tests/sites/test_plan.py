from dataclasses import FrozenInstanceError, fields

import pandas as pd
import pytest
import xarray as xr

from gigasite.models.plan_tables import FOLLOWING


def test_a_plan_is_handed_on_whole_and_never_edited(small):
    plan = small[1]
    with pytest.raises(FrozenInstanceError):
        plan.site = "other"


def test_a_plan_holds_tables_hours_and_text(small):
    plan = small[1]
    for name in ("kpis", "capacities", "costs", "energy", "assumptions"):
        assert isinstance(getattr(plan, name), pd.DataFrame), name
        assert len(getattr(plan, name)), name
    assert set(plan.tables) == set(FOLLOWING)
    for name, columns in FOLLOWING.items():
        assert list(plan.tables[name].columns) == list(columns), name
    assert isinstance(plan.hourly, xr.Dataset)
    assert {each.name for each in fields(plan)} >= {"site", "scenario", "run", "site_yaml"}


def test_sources_add_up_to_the_headline_cost_of_electricity(small):
    plan = small[1]
    lcoe = plan.kpis[plan.kpis["name"] == "lcoe"].set_index("phase")["value"]
    for phase, rows in plan.tables["levelised"].groupby("phase"):
        assert rows["system_usd_per_mwh"].sum() == pytest.approx(lcoe[phase], rel=1e-9)


def test_delay_and_embodied_carbon_are_headlines_and_add_up(small):
    plan = small[1]
    figures = plan.kpis.set_index(["name", "phase"])["value"]
    delayed = plan.tables["delay"].groupby("phase")["usd_per_month"].sum()
    emitted = plan.tables["embodied"].groupby("phase")["t"].sum()
    for phase in plan.kpis["phase"].unique():
        assert figures["delay_cost", phase] == pytest.approx(delayed[phase])
        assert figures["embodied_carbon", phase] == pytest.approx(emitted[phase])


def test_the_cash_flow_adds_up_and_breaks_even(small):
    """No price is given, so that power sells at the price at which it breaks even and the present value is nil."""
    flow, figures = small[1].tables["cash_flow"], small[1].tables["returns"].set_index("name")["value"]
    paid = flow[["energy", "fuel", "upkeep", "other", "interest", "redemption", "tax", "capex"]].sum(axis=1)
    got = flow[["revenue", "borrowed", "resale"]].sum(axis=1)
    assert flow["equity"].to_numpy() == pytest.approx((got - paid).to_numpy(), abs=1.0)
    assert flow["equity_sum"].iloc[-1] == pytest.approx(flow["equity"].sum())
    assert figures["net_present_value"] == pytest.approx(0.0, abs=1e-6 * flow["capex"].sum())


def test_the_run_says_what_first_power_waits_for(small):
    """By hand: the solar plant and the battery are available on the day of service."""
    plan = small[1]
    first = plan.tables["orders"].query("phase == '2027-01-01'")
    tightest = first.loc[first["slack_days"].idxmin()]
    assert plan.run["critical_path"].startswith(f"First power on 2027-01-01 waits for the {tightest['part']}")
