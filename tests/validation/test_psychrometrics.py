"""Moist air against psychrolib; on real years, evaporation and trim hours against published figures."""

from pathlib import Path

import numpy as np
import psychrolib
import pvlib
import pytest

from gigasite.climate import files
from gigasite.models.physics import dry_coolers, towers
from gigasite.models.physics import psychrometrics as air

WEATHER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "weather"
MIAMI = Path(pvlib.__file__).parent / "data" / "12839.tm2"

DRY, HUMIDITY = (
    grid.ravel() for grid in np.meshgrid(np.arange(-20.0, 50.1, 2.5), [0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 0.95, 1.0])
)
ELEVATIONS_M = (0.0, 2300.0)


@pytest.fixture(autouse=True)
def _si_units():
    psychrolib.SetUnitSystem(psychrolib.SI)


def _oracle(function, *columns):
    return np.array([function(*(float(each) for each in row)) for row in np.broadcast(*columns)])


def test_dew_point_agrees_on_a_grid():
    """psychrolib iterates to 1e-3 K; at 100 % it must return the dry bulb."""
    expected = _oracle(psychrolib.GetTDewPointFromRelHum, DRY, HUMIDITY)
    np.testing.assert_allclose(air.dew_point_c_from_rh(DRY, HUMIDITY), expected, atol=2e-3)


@pytest.mark.parametrize("elevation_m", ELEVATIONS_M)
def test_humidity_ratio_and_enthalpy_agree_on_a_grid(elevation_m):
    pressure = float(air.standard_pressure_pa(elevation_m))
    assert pressure == pytest.approx(psychrolib.GetStandardAtmPressure(elevation_m), rel=1e-6)
    ratio = air.humidity_ratio(air.dew_point_c_from_rh(DRY, HUMIDITY), pressure)
    expected = _oracle(psychrolib.GetHumRatioFromRelHum, DRY, HUMIDITY, pressure)
    np.testing.assert_allclose(ratio, np.maximum(expected, 1e-7), rtol=1e-6, atol=1e-12)
    enthalpy = _oracle(psychrolib.GetMoistAirEnthalpy, DRY, expected) / 1000.0
    np.testing.assert_allclose(air.enthalpy_kj_kg(DRY, ratio), enthalpy, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("elevation_m", ELEVATIONS_M)
def test_wet_bulb_agrees_on_a_grid(elevation_m):
    """To psychrolib's own 1.5e-3 K; within 1 K of 0 degC, where both ice and water answer, to 0.6 K."""
    pressure = float(air.standard_pressure_pa(elevation_m))
    found = air.wet_bulb_c(DRY, air.dew_point_c_from_rh(DRY, HUMIDITY), pressure)
    expected = _oracle(psychrolib.GetTWetBulbFromRelHum, DRY, HUMIDITY, pressure)
    freezing = np.abs(expected) < 1.0
    np.testing.assert_allclose(found[~freezing], expected[~freezing], atol=1.5e-3)
    np.testing.assert_allclose(found[freezing], expected[freezing], atol=0.6)


def test_the_grid_would_notice_a_forgotten_pressure():
    """Sea-level pressure at 2,300 m is wrong by 1 to 2 K in dry heat."""
    dew = air.dew_point_c_from_rh(40.0, 0.1)
    error = air.wet_bulb_c(40.0, dew, 101325.0) - air.wet_bulb_c(40.0, dew, air.standard_pressure_pa(2300.0))
    assert 1.0 < error < 2.0


def _weather(name):
    path = MIAMI if name == "miami" else WEATHER / f"{name}.epw.gz"
    if not path.exists():
        pytest.skip(f"weather file {path} is not here")
    return files.read(path).conditions()


@pytest.mark.parametrize(
    ("place", "published"),
    [("riyadh_TMYx2009-2023", 1.68), ("singapore_TMYx2011-2025", 1.23), ("miami", 1.25)],
)
def test_annual_evaporation_agrees_with_the_published_mean(place, published):
    """L/kWh rejected at L/G 1.2 and 5.5 K range; all-latent gives 1.47 everywhere.

    The published means stand on typical years of other decades: a band of 5 % for the weather.
    """
    weather = _weather(place)
    litres = towers.evaporation_l_per_kwh(
        weather.dry_bulb_c, weather.humidity_ratio, weather.pressure_pa, range_k=5.5, liquid_to_gas=1.2
    )
    assert litres.mean() == pytest.approx(published, rel=0.05)


def test_the_desert_evaporates_as_widely_over_the_year_as_published():
    """Riyadh 0.84 to 2.48 L/kWh from its coldest, dampest to its hottest, driest hour."""
    weather = _weather("riyadh_TMYx2009-2023")
    litres = towers.evaporation_l_per_kwh(weather.dry_bulb_c, weather.humidity_ratio, weather.pressure_pa, 5.5, 1.2)
    np.testing.assert_allclose([litres.min(), litres.max()], [0.84, 2.48], rtol=0.10)


@pytest.mark.parametrize(
    ("place", "supply_c", "published"),
    [
        ("singapore_TMYx2011-2025", 45.0, 0),
        pytest.param(
            *("riyadh_TMYx2009-2023", 45.0, 1191),
            marks=pytest.mark.xfail(
                strict=True, reason="1,449 hours: the years since 2009 have more hours above 37 degC"
            ),
        ),
        ("riyadh_TMYx2009-2023", 36.0, 3973),
        ("riyadh_TMYx2009-2023", 32.0, 5073),
        ("miami", 45.0, 0),
        ("miami", 36.0, 1868),
        ("miami", 32.0, 5269),
    ],
)
def test_hours_in_which_a_dry_cooler_needs_trim_are_as_published(place, supply_c, published):
    """Hours with air + 8 K above the supply, on typical years of other decades: a band of 15 % and 20 hours.

    Hot is two problems: water of 45 degC needs no trim in Singapore, but does in Riyadh.
    """
    weather = _weather(place)
    hours = int((dry_coolers.dry_share(weather.dry_bulb_c, supply_c + 10.0, supply_c, 8.0) < 1.0).sum())
    assert hours == pytest.approx(published, rel=0.15, abs=20)
