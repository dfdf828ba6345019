"""What converters carry to the site, by hand on stand-ins of a solved site."""

from types import SimpleNamespace

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.sites.converters import Way, way
from gigasite.sites.kpis import kpis
from gigasite.sites.survival import firm_kpis, fleet, outage_of, stores, survival_table

TEXT = """
site: {name: Test, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2037-01-01}
power:
  offices: {kind: load, demand: 10 MW}
  bess:
    {kind: battery, bus: dc, available: 2027-01-01, power: {fixed: 20 MW}, energy: {fixed: 80 MWh}, fade: 0 1/year,
     depth: 1, round_trip: 1, loss: 0 1/hour, firm_duration: 5 h}
  inverter: {kind: converter, available: 2027-01-01, size: {fixed: 12 MW}, efficiency: 0.8}
  wires:
    {kind: converter, source: yard, two_way: false, available: 2027-01-01, size: {fixed: 11 MW}, efficiency: 1}
grid:
  utility:
    {bus: yard, available: 2027-01-01, size: {fixed: 40 MW}, energy_price: 60 USD/MWh, emission: 400 kg/MWh,
     carbon_free_share: 0.3}
limits:
  reserve: {margin: 5 %}
  outage: {windows: [{start: 01-02 15, hours: 2}]}
solve: {gap: 0.02}
"""


def standing(**sizes):
    """Return a stand-in of a solved site with converters of given sizes [MW]: (source, bus, efficiency, two_way)."""
    made = {
        name: Component.from_dict(
            {"kind": "converter", "name": name, "source": a, "bus": b, "efficiency": efficiency, "two_way": two_way}
        )
        for name, (a, b, efficiency, two_way, _) in sizes.items()
    }
    records = [(name, None, np.array([each[-1]]), None) for name, each in sizes.items()]
    return SimpleNamespace(site=SimpleNamespace(components=tuple(made.values())), records=lambda: iter(records))


def test_a_bus_of_the_site_needs_no_converter():
    assert way(standing(), "ac", 0) == Way(1.0, float("inf"), float("inf"))


def test_nothing_arrives_from_a_bus_without_a_converter():
    assert way(standing(), "dc", 0).out_mw == 0.0


def test_the_rating_holds_on_the_side_of_its_bus():
    """12 MW arrive from `dc`, and 12 MW are drawn back. From a converter that feeds `dc`: 0.8 x 12, and 12 / 0.8."""
    for ends, two_way, out, back in [
        (("dc", "ac"), True, 12.0, 12.0),
        (("dc", "ac"), False, 12.0, 0.0),
        (("ac", "dc"), True, 9.6, 15.0),
    ]:
        found = way(standing(one=(*ends, 0.8, two_way, 12.0)), "dc", 0)
        assert (found.efficiency, found.out_mw, found.back_mw) == pytest.approx((0.8, out, back))


def test_one_converter_after_the_other():
    """Of 10 MW at 0.9 the second, at 0.5, lets 5 MW arrive; to draw 6 MW back takes 6 of the site."""
    two = standing(first=("far", "near", 0.9, True, 10.0), second=("near", "ac", 0.5, True, 6.0))
    found = way(two, "far", 0)
    assert (found.efficiency, found.out_mw, found.back_mw) == pytest.approx((0.45, 5.0, 6.0))


def test_converters_side_by_side_add_up():
    """10 MW at 0.9 and 30 MW at 0.5: 40 MW at (9 + 15) / 40 = 0.6."""
    found = way(standing(a=("dc", "ac", 0.9, True, 10.0), b=("dc", "ac", 0.5, False, 30.0)), "dc", 0)
    assert (found.efficiency, found.out_mw, found.back_mw) == pytest.approx((0.6, 40.0, 10.0))


def test_converters_in_a_ring_end():
    ring = standing(a=("left", "right", 0.9, False, 10.0), b=("right", "left", 0.9, False, 10.0))
    assert way(ring, "left", 0).out_mw == 0.0


@pytest.fixture(scope="module")
def done(on_twelve_days, tmp_path_factory):
    return on_twelve_days(tmp_path_factory.mktemp("converters"), TEXT)


def test_firm_capacity_comes_through_converters(done):
    """Wires of 11 MW before a grid of 40; 80 MWh / 5 h = 16 MW of battery at 0.8 behind 12 MW: 12.8, so 12. In all 23.

    Over the load of 10 MW 130 %. The plan itself takes only what the margin of 5 % asks for.
    """
    found = firm_kpis(done)
    assert found["firm_capacity"][0] == pytest.approx([23.0])
    assert found["reserve_margin"][0] == pytest.approx([1.3], rel=1e-6)
    assert done.accounts["firm_capacity"][0] >= 10.5 - 1e-6
    assert {"firm_capacity", "reserve_margin"} <= set(kpis(done)["name"])


def test_a_battery_behind_a_converter_survives_by_what_arrives(done):
    """20 MW on `dc` arrive as 12; of a full store of 80 MWh 64 MWh arrive, which serve 10 MW for six hours.

    Without the converter's loss it would be eight hours; before, such a battery counted for nothing.
    """
    ((store, stored),) = list(stores(done, 0))
    assert (store.power_mw, store.efficiency, store.capacity_mwh) == pytest.approx((12.0, 0.8, 80.0))
    assert store.largest_charge_mw == pytest.approx(12.0)
    likely = survival_table(done)["survival"].to_numpy()
    before = stored[done.timeline.rings[0].steps][[(365 * n) % 288 - 1 for n in range(24)]]
    assert np.mean(0.8 * before >= 10.2) <= likely[0] <= np.mean(0.8 * before >= 9.8)  # levels stand 0.2 MWh apart
    assert likely[0] > 0.0
    assert likely[int(before.max() * 0.8 / 10.0) + 1] == pytest.approx(0.0, abs=1e-9)


def test_generators_behind_a_converter_serve_with_what_it_carries(on_twelve_days, tmp_path):
    """Four engines of 5 MW on `yard`, of which 0.9 arrives, within wires of 9 MW: 2.25 MW each, however cool it is.

    200 MWh of diesel at 0.4 are 80 MWh, of which 72 arrive. Before, engines on a bus of their own counted for nothing.
    """
    engines = (
        "  engines: {kind: generator, technology: diesel, fuel: diesel_oil, bus: yard, available: 2027-01-01,"
        " size: {fixed: 20 MW}, unit: 5 MW, efficiency: 0.4}\n  tank: {kind: diesel_oil}\n"
    )
    text = TEXT.replace("  inverter:", f"{engines}  inverter:").replace(
        "{fixed: 11 MW}, efficiency: 1}", "{fixed: 9 MW}, efficiency: 0.9}"
    )
    text = text.replace("demand: 10 MW", "demand: 8 MW").replace(
        "hours: 2}]}", "hours: 2}], fuel_stock: {diesel_oil: 200 MWh}}"
    )
    done = on_twelve_days(tmp_path, text)
    (units,), electricity = fleet(done, outage_of(done), 0, 10.0)
    assert (units.count, units.power_mw) == (4, pytest.approx(2.25))
    assert electricity == pytest.approx(72.0)
    assert firm_kpis(done)["firm_capacity"][0] == pytest.approx([9.0 + 12.0])
