import numpy as np
import pandas as pd
import pytest

from gigasite.models.physics import outside, pv

LATITUDE, LONGITUDE, ELEVATION = 24.2, 54.75, 40.0
PLANT = {
    "dc_ac_ratio": 1.3,
    "soiling": 0.03,
    "losses": 0.09,
    "inverter_efficiency": 0.96,
    "temperature_coefficient": -0.0035,
}
FIXED = PLANT | {"tilt_deg": 21.0, "azimuth_deg": 180.0}
TRACKING = PLANT | {"max_angle_deg": 60.0, "ground_cover": 0.35}


def _clear(start, periods, latitude_deg=LATITUDE, longitude_deg=LONGITUDE, utc_offset_h=4):
    """Interval centres and a rough clear sky: beam 900 W/m2 through the air mass, diffuse a tenth of it."""
    times = pd.date_range(start, periods=periods, freq="h", tz=f"Etc/GMT-{utc_offset_h}")
    day = 2.0 * np.pi * (times.day_of_year.to_numpy() - 81.0) / 365.0
    declination = np.radians(23.45) * np.sin(day)
    hour = np.radians(15.0 * (times.hour.to_numpy() + 0.5 - 12.0 + longitude_deg / 15.0 - utc_offset_h))
    latitude = np.radians(latitude_deg)
    sine = np.sin(latitude) * np.sin(declination) + np.cos(latitude) * np.cos(declination) * np.cos(hour)
    height = np.clip(sine, 0.0, 1.0)
    dni = np.where(height > 0.03, 1000.0 * np.exp(-0.15 / np.maximum(height, 0.03)), 0.0)
    dhi = 100.0 * height
    sky = {"ghi_w_m2": dni * height + dhi, "dni_w_m2": dni, "dhi_w_m2": dhi}
    return times, sky | {"dry_bulb_c": np.full(periods, 30.0), "wind_10m_m_s": np.full(periods, 3.0)}


@pytest.fixture(scope="module")
def clear_year():
    return _clear("2025-01-01 00:30", 8760)


def test_clear_desert_year_has_a_plausible_yield(clear_year):
    """Cloudless, so above the 0.27 known for Abu Dhabi; hours taken as UTC would put noon at 16 h and lose a third."""
    times, weather = clear_year
    fixed = pv.fixed_tilt_availability(times, LATITUDE, LONGITUDE, ELEVATION, **weather, **FIXED)
    tracking = pv.tracking_availability(times, LATITUDE, LONGITUDE, ELEVATION, **weather, **TRACKING)
    assert 0.22 < fixed.mean() < 0.32
    assert 0.75 < fixed.mean() / tracking.mean() < 0.92
    assert fixed.min() == 0.0
    assert fixed.max() <= 1.0
    assert tracking.max() <= 1.0
    assert np.isfinite(tracking).all()


def test_night_gives_nothing(clear_year):
    times, weather = clear_year
    tracking = pv.tracking_availability(times, LATITUDE, LONGITUDE, ELEVATION, **weather, **TRACKING)
    assert np.all(tracking[(times.hour < 4) | (times.hour > 20)] == 0.0)


def test_tracking_wins_in_the_morning_and_evening_not_at_noon():
    times, weather = _clear("2025-06-21 00:30", 24)
    fixed = pv.fixed_tilt_availability(times, LATITUDE, LONGITUDE, ELEVATION, **weather, **FIXED)
    tracking = pv.tracking_availability(times, LATITUDE, LONGITUDE, ELEVATION, **weather, **TRACKING)
    assert tracking[8] > fixed[8] + 0.1
    assert tracking[12] == pytest.approx(fixed[12], abs=0.1)


def test_flat_module_by_hand():
    """Sun overhead at the tropic: 1000 W/m2 on a flat module in still 25 degC air: cell 25 + 1000 / 25 = 65 degC.

    Module 1 - 0.0035 x 40 = 0.86; glass passes nearly all at normal incidence. With no losses, DC/AC 1 and the
    inverter near full load, AC is 0.86 x 0.96 = 0.83.
    """
    times = pd.DatetimeIndex(["2025-06-21 12:00"], tz="Etc/GMT-0")
    weather = {"ghi_w_m2": 1000.0, "dni_w_m2": 900.0, "dhi_w_m2": 100.0, "dry_bulb_c": 25.0, "wind_10m_m_s": 0.0}
    plant = PLANT | {"dc_ac_ratio": 1.0, "soiling": 0.0, "losses": 0.0}
    weather = {name: [value] for name, value in weather.items()}
    flat = pv.fixed_tilt_availability(times, 23.43, 0.0, 0.0, **weather, **plant, tilt_deg=0.0, azimuth_deg=180.0)
    assert flat[0] == pytest.approx(0.86 * 0.96, rel=0.01)


def test_overbuilt_modules_are_clipped_at_the_inverter():
    times, weather = _clear("2025-06-21 00:30", 24)
    big = FIXED | {"dc_ac_ratio": 2.0}
    assert pv.fixed_tilt_availability(times, LATITUDE, LONGITUDE, ELEVATION, **weather, **big).max() == 1.0


def test_without_an_inverter_direct_current_is_neither_clipped_nor_converted(clear_year):
    """Module output x dc_ac_ratio x (1 - losses), so twice the ratio gives twice the output; an inverter clips at 1.

    Below the rating the inverter takes about 4 %: alternating over direct current lies between 0.9 and 0.97.
    """
    times, weather = clear_year
    place = (times, LATITUDE, LONGITUDE, ELEVATION)
    bare = {**TRACKING, "inverter_efficiency": None}
    direct = pv.tracking_availability(*place, **weather, **bare)
    doubled = pv.tracking_availability(*place, **weather, **{**bare, "dc_ac_ratio": 2.6})
    alternating = pv.tracking_availability(*place, **weather, **TRACKING)
    assert doubled == pytest.approx(2.0 * direct)
    assert doubled.max() > 1.5
    part = (direct > 0.2) & (direct < 0.9)
    assert np.all((alternating[part] / direct[part] > 0.9) & (alternating[part] / direct[part] < 0.97))


def test_dust_and_heat_lower_output():
    times, weather = _clear("2025-03-21 00:30", 24)
    clean = pv.fixed_tilt_availability(times, LATITUDE, LONGITUDE, ELEVATION, **weather, **FIXED)
    dusty = FIXED | {"soiling": np.linspace(0.05, 0.2, 24)}
    assert np.all(pv.fixed_tilt_availability(times, LATITUDE, LONGITUDE, ELEVATION, **weather, **dusty) <= clean)
    hotter = weather | {"dry_bulb_c": weather["dry_bulb_c"] + 10.0}
    assert np.all(pv.fixed_tilt_availability(times, LATITUDE, LONGITUDE, ELEVATION, **hotter, **FIXED) <= clean)


def test_south_of_the_equator_modules_face_north():
    """At 34 S in June a module that faces south would see little sun."""
    times, weather = _clear("2025-06-21 00:30", 24, latitude_deg=-34.0, longitude_deg=30.0, utc_offset_h=2)
    north, south = (
        pv.fixed_tilt_availability(
            times,
            -34.0,
            30.0,
            0.0,
            **weather,
            **(FIXED | {"tilt_deg": pv.usual_tilt_deg(-34.0), "azimuth_deg": azimuth}),
        ).sum()
        for azimuth in (pv.facing_equator_deg(-34.0), 180.0)
    )
    assert north > 2.0 * south
    assert pv.usual_tilt_deg(-34.0) == pytest.approx(28.94)


def test_series_and_arrays_agree():
    times, weather = _clear("2025-06-21 00:30", 24)
    series = {name: pd.Series(values, index=times) for name, values in weather.items()}
    np.testing.assert_array_equal(
        pv.tracking_availability(times, LATITUDE, LONGITUDE, ELEVATION, **series, **TRACKING),
        pv.tracking_availability(times, LATITUDE, LONGITUDE, ELEVATION, **weather, **TRACKING),
    )


def test_impossible_air_is_reported():
    assert outside(pv.PV_AIR, 65.0)
