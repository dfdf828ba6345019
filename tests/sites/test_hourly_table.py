import numpy as np
import pytest


def balanced(hourly):
    """Largest sum of the flows of each bus, relative to the largest flow."""
    found = {}
    for bus in {each.attrs["bus"] for each in hourly.data_vars.values() if "bus" in each.attrs}:
        flows = [each for each in hourly.data_vars.values() if each.attrs.get("bus") == bus]
        largest = max(float(abs(each).max()) for each in flows)
        found[bus] = float(abs(sum(flows)).max()) / max(largest, 1e-9)
    return found


def test_every_bus_adds_up_to_zero_in_every_hour(small):
    found = balanced(small[1].hourly)
    assert set(found) == {"ac"}
    assert max(found.values()) < 1e-6


@pytest.mark.slow
def test_every_bus_of_a_campus_adds_up_to_zero_in_every_hour(campus):
    found = balanced(campus[1].hourly)
    assert {"ac", "it", "heat_liquid", "heat_air", "water", "compute"} <= set(found)
    assert max(found.values()) < 1e-6, found


def test_phases_and_hours_are_those_of_the_plan(small):
    hourly = small[1].hourly
    assert list(hourly["phase"].values) == ["2027-01-01", "2030-01-01"]
    assert hourly.sizes["time"] == 8760


def test_every_series_has_a_unit_and_a_name(small):
    for name, series in small[1].hourly.data_vars.items():
        assert {"units", "long_name"} <= set(series.attrs), name
        assert np.isfinite(series.values).all(), name


def test_the_battery_ends_the_year_as_it_began_and_keeps_its_energy(small):
    """Stored(t) - stored(t-1) = efficiency x charge - discharge / efficiency, less self-discharge, round the year."""
    site, plan, _ = small
    bess, hourly = site.component("bess"), plan.hourly
    stored, charge, discharge = (hourly[f"bess.{n}"].values for n in ("stored", "charge", "discharge"))
    way = bess.round_trip**0.5
    kept = (1 - bess.loss) * np.roll(stored, 1, axis=1)
    assert stored == pytest.approx(kept + way * charge - discharge / way, abs=1e-5)


def test_no_price_of_an_hour_is_above_the_tariff(small):
    """The connection has room in most hours: prices lie at 60 or 110 USD/MWh, or between them with the battery."""
    price = small[1].hourly["price.ac"]
    assert price.attrs["units"] == "USD/(MWh)"
    assert 0 <= abs(float(price.median())) <= 115.0
