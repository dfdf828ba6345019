# ruff: noqa: E501  sentences stand as people see them
"""Direct-current coupling, contracts over the grid and hydrogen in a site file: what is accepted, and a plan."""

from pathlib import Path

import numpy as np
import pytest

from gigasite.sites import read
from gigasite.sites.study import study

WIRED = """
power:
  offices: {kind: load, demand: 40 MW}
  solar: {kind: pv_tracking, bus: dc, inverter: false, available: 2027-01-01, size: {fixed: 80 MW}}
  bess:
    {kind: battery, bus: dc, available: 2027-01-01, power: {fixed: 30 MW}, energy: {fixed: 90 MWh}}
  inverter: {kind: converter, available: 2027-01-01, size: {fixed: 30 MW}}
  contract:
    {kind: ppa, bus: wires, shape: pay_as_produced, plant: wind, price: 20 USD/MWh, start: 2027-01-01, end: 2030-01-01,
     size: {fixed: 30 MW}, renewable: true}
  connection:
    {kind: converter, source: wires, efficiency: 1, two_way: false, available: 2027-01-01, size: {fixed: 45 MW}}
grid:
  utility:
    {bus: wires, available: 2027-01-01, size: {fixed: 45 MW}, energy_price: 60 USD/MWh, emission: 400 kg/MWh,
     carbon_free_share: 0.3}
solve: {gap: 0.02}
"""


@pytest.fixture(scope="module")
def wired(tmp_path_factory):
    path = tmp_path_factory.mktemp("wired") / "test.yaml"
    head = (
        "site: {name: Test, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}\n"
        "climate: {normals: abu_dhabi}\n"
        "phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2033-01-01}\n"
    )
    path.write_text(head + WIRED, encoding="utf-8")
    return path


def test_named_buses_with_supply_and_use_are_accepted(wired):
    site = read(wired)
    assert {"solar", "bess", "inverter", "contract", "connection"} <= {c.name for c in site.components}


def test_the_resolved_file_gives_the_same_components(wired, tmp_path):
    from ruamel.yaml import YAML

    site, path = read(wired), tmp_path / "again.yaml"
    with path.open("w", encoding="utf-8") as out:
        YAML().dump(dict(site.resolved), out)
    assert read(path).components == site.components


def test_the_resolved_file_names_the_battery_without_an_inverter(wired):
    assert read(wired).component("bess").technology == "battery_lfp_dc"
    assert read(wired).resolved["power"]["bess"]["technology"] == "battery_lfp_dc"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "  bess: {kind: battery, technology: battery_lfp, bus: dc}\n",
            "test.yaml:6 battery 'bess': technology must be one without an inverter on bus 'dc', where converter 'inverter'"
            " is the inverter: it would be paid for and lose energy twice, got battery_lfp. Write technology:"
            " battery_lfp_dc, or state capex_power and round_trip without one.",
        ),
        (
            "  days: {kind: iron_air, bus: dc}\n",
            "test.yaml:6 iron_air 'days': technology must be one without an inverter on bus 'dc', where converter"
            " 'inverter' is the inverter: it would be paid for and lose energy twice, got battery_iron_air. Put it on bus"
            " ac, or state capex_power and round_trip without one.",
        ),
        (
            "  solar: {kind: pv_tracking, bus: dc}\n",
            "test.yaml:6 pv_tracking 'solar': inverter must be false on bus 'dc', where converter 'inverter' is the"
            " inverter: it would be paid for and lose energy twice. Write inverter: false.",
        ),
    ],
)
def test_two_inverters_in_a_row_are_refused(trouble, texts, line, says):
    lines = line + "  inverter: {kind: converter, available: 2027-01-01, size: {fixed: 30 MW}}\n"
    assert trouble(texts["head"] + texts["load"] + lines + texts["grid"]) == [says]


def test_plain_wires_are_no_inverter(site, texts):
    lines = "  bess: {kind: battery, bus: wires}\n  link: {kind: converter, source: wires, efficiency: 1}\n"
    made = site(texts["head"] + texts["load"] + lines + texts["grid"])
    assert made.component("bess").technology == "battery_lfp"


def test_a_bus_of_its_own_without_a_converter_is_refused(trouble, texts):
    """Modules on `dc` that nothing carries to the site."""
    found = trouble(
        texts["head"] + texts["grid"] + texts["load"] + "  solar: {kind: pv_tracking, bus: dc, inverter: false}\n"
    )
    assert any("feeds bus 'dc', from which nothing draws" in sentence for sentence in found)


def test_a_late_inverter_beside_a_grid_in_time_is_no_fault(site, texts):
    """Solar power may come a year later than the grid that serves the load."""
    late = (
        "  solar: {kind: pv_tracking, bus: dc, inverter: false, available: 2029-01-01}\n"
        "  inverter: {kind: converter, available: 2029-01-01, two_way: false}\n"
    )
    assert site(texts["head"] + texts["grid"] + texts["load"] + late)


def test_late_supply_behind_the_only_converter_is_named(trouble, texts):
    """Everything comes over `wires`; the generator there is ready in 2029, the load is due in 2027."""
    grid = (
        texts["grid"]
        .replace("{size:", "{bus: wires, available: 2029-01-01, size:")
        .replace("2027-01-01:", "2029-01-01:")
    )
    link = "  connection: {kind: converter, source: wires, efficiency: 1, two_way: false, available: 2027-01-01}\n"
    found = trouble(texts["head"] + grid + texts["load"] + link)
    assert any("nothing gives bus 'wires' at the first start 2027-01-01" in sentence for sentence in found)


def test_hydrogen_brings_a_water_supply(site, texts):
    made = site(texts["head"] + texts["grid"] + texts["load"] + "  hydrogen: {kind: hydrogen_storage}\n")
    assert made.component("water").kind == "water_supply"


def test_a_contract_that_ends_before_it_starts_is_refused_with_its_line(trouble, texts):
    terms = "price: 50 USD/MWh, start: 2030-01-01, end: 2029-01-01, renewable: true"
    wrong = f"  contract: {{kind: ppa, shape: baseload, {terms}}}\n"
    (found,) = trouble(texts["head"] + texts["grid"] + texts["load"] + wrong)
    assert "ppa 'contract': end must come after start, got 2029-01-01 and 2030-01-01" in found


@pytest.mark.slow
def test_a_plan_with_shared_wires_and_direct_current_balances(wired: Path):
    """Import and delivery add up to what the connection carries, at most 45 MW; the contract ends in 2030.

    The inverter turns 0.975 of direct current into alternating current; the load is 40 MW at every hour.
    """
    plan = study(read(wired))
    hours = plan.hourly
    wires = hours["wires.utility"] + hours["wires.contract"]
    assert np.allclose(wires, hours["ac.connection"], atol=1e-5)
    assert float(wires.max()) <= 45.0 + 1e-5
    assert float(hours["wires.contract"].sel(phase="2027-01-01").max()) > 5.0
    assert float(hours["wires.contract"].sel(phase="2030-01-01").max()) == pytest.approx(0.0, abs=1e-6)
    assert np.allclose(hours["ac.inverter"] + hours["ac.connection"], 40.0, atol=1e-5)
    forward = hours["ac.inverter"] > 1e-6
    carried = (-0.975 * hours["dc.inverter"]).where(forward)
    assert np.allclose(carried.where(forward, 0.0), hours["ac.inverter"].where(forward, 0.0), atol=1e-4)
    grid = plan.kpis[plan.kpis["name"] == "grid_energy"]["value"].to_numpy()
    assert grid == pytest.approx(hours["wires.utility"].sum("time").values, rel=1e-6)
