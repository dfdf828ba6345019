"""Headline figures, computed again from the hours."""

from dataclasses import replace

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.sites.tables import Finished

EVERY_PLAN = {
    "it_capacity", "accelerators", "compute_delivered", "facility_peak", "pue_annual", "pue_p99_6", "pue_design",
    "wue_annual", "water_peak", "grid_connection", "grid_energy", "renewable_share", "cfe_share", "co2", "unserved_it",
    "capex_it", "capex_facility", "capex_power", "capex_grid", "annual_cost", "lcoe",
}  # fmt: skip
WITH_COMPUTE = EVERY_PLAN | {
    "cost_per_gpu_hour", "grid_to_datacentre_ratio_facility", "grid_to_datacentre_ratio_all_in",
}  # fmt: skip


@pytest.fixture(scope="module")
def values(small):
    return small[1].kpis.pivot(index="name", columns="phase", values="value")


def test_every_headline_figure_is_there_for_every_phase(small, values):
    assert set(values.index) >= EVERY_PLAN
    assert not values.loc[sorted(EVERY_PLAN)].isna().any().any()


def test_grid_energy_is_the_sum_of_the_imports(small, values):
    imports = small[1].hourly["ac.utility"].clip(min=0).sum("time")
    assert values.loc["grid_energy"].to_numpy() == pytest.approx(imports.values, rel=1e-9)


def test_carbon_is_energy_times_its_emission(values):
    """0.4 t/MWh, no export."""
    assert values.loc["co2"].to_numpy() == pytest.approx(0.4 * values.loc["grid_energy"].to_numpy(), rel=1e-6)


def test_the_carbon_free_share_counts_the_grid_at_its_share(small, values):
    """1 - 0.7 x imports / load; battery losses are no consumption."""
    load = -small[1].hourly["ac.offices"].sum("time").values
    by_hand = 1 - 0.7 * values.loc["grid_energy"].to_numpy() / load
    assert values.loc["cfe_share"].to_numpy() == pytest.approx(by_hand, rel=1e-6)


def test_the_facility_peak_counts_charging(small, values):
    hourly = small[1].hourly
    drawn = (-hourly["ac.offices"] + (-hourly["ac.bess"]).clip(min=0)).max("time").values
    assert np.all(values.loc["facility_peak"].to_numpy() >= drawn - 1e-6)
    assert np.all(drawn >= 50.0 - 1e-6)


def test_a_plain_load_has_no_overhead(values):
    assert values.loc["pue_annual"].to_numpy() == pytest.approx([1.0, 1.0])
    assert values.loc["water_peak"].to_numpy() == pytest.approx([0.0, 0.0])


def test_annual_cost_is_the_sum_of_the_cash(small, values):
    costs = small[1].costs
    cash = costs[costs["cash"]].groupby("phase")["usd_per_year"].sum()
    assert values.loc["annual_cost"].to_numpy() == pytest.approx(cash.to_numpy())


@pytest.mark.slow
def test_pue_and_water_of_a_campus_from_its_hours(campus):
    """PUE = what leaves the grid and the sun over what IT draws; no battery, no generator. WUE = litres over kWh."""
    plan = campus[1]
    kpis, hourly = plan.kpis.set_index("name")["value"], plan.hourly
    it = -hourly["it.gpu"].sum().item()
    drawn = hourly["ac.utility"].sum().item() + hourly["ac.solar"].sum().item()
    assert kpis["pue_annual"] == pytest.approx(drawn / it, rel=1e-4)
    assert kpis["wue_annual"] == pytest.approx(hourly["water.water"].sum().item() / it, rel=1e-6)
    assert kpis["water_peak"] >= hourly["water.water"].max().item() / 3.6 - 1e-9
    assert set(kpis.index) >= WITH_COMPUTE
    assert kpis["cost_per_gpu_hour"] == pytest.approx(kpis["annual_cost"] / kpis["compute_delivered"])


def test_a_store_of_cold_counts_as_cooling(small):
    """Its family is storage, but its money belongs to the facility, not to the price of electricity."""
    finished = Finished(small[0], None, None, None, None)
    assert finished.purpose["bess"] == "storage"
    tank = Component.from_dict({"kind": "cold_store", "name": "tank", "loop": "heat_air"})
    with_tank = Finished(replace(small[0], components=(*small[0].components, tank)), None, None, None, None)
    assert with_tank.family["tank"] == "storage"
    assert with_tank.purpose["tank"] == "cooling"
