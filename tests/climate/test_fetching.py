from __future__ import annotations

import json
import socket
from contextlib import nullcontext

import numpy as np
import pandas as pd
import platformdirs
import pvlib
import pytest
import requests

from gigasite import climate
from gigasite.climate.fetching import at_local_centres
from gigasite.models.conditions import Place
from gigasite.models.errors import WeatherError

GREENSBORO = Place(36.1, -79.95, 273.0, -5.0)


class Answers:
    """Stands for a service: fails as often as told, then answers with Greensboro's year in UTC."""

    def __init__(self, weather, failures=(), meta=None, kilopascal=False):
        air = weather.conditions()
        ratio = np.exp((air.dew_point_c - air.dry_bulb_c) / 15)
        index = pd.date_range("2001-01-01", periods=8760, freq="h", tz="UTC")
        shifted = {name: np.roll(series, 5) for name, series in (("ghi", air.ghi_w_m2), ("dni", air.dni_w_m2))}
        self.data = pd.DataFrame(
            {
                "temp_air": np.roll(air.dry_bulb_c, 5),
                "temp_dew": np.roll(air.dew_point_c, 5),
                "relative_humidity": np.roll(100 * ratio, 5),
                "pressure": np.roll(air.pressure_pa, 5) / (1000 if kilopascal else 1),
                "wind_speed": np.roll(air.wind_10m_m_s, 5),
                "dhi": np.roll(air.dhi_w_m2, 5),
                **shifted,
            },
            index=index,
        )
        self.meta = meta or {"inputs": {"location": {"irradiance_time_offset": 0.5}}}
        self.failures = list(failures)
        self.calls = 0

    def __call__(self, *_args, **_keywords):
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        return self.data, self.meta


@pytest.fixture
def online(monkeypatch, tmp_path):
    """A connection that opens, a cache in a temporary folder and no waiting; nothing leaves this machine."""
    waits: list[float] = []
    monkeypatch.setattr(socket, "create_connection", lambda *_args, **_keywords: _Opened())
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path / name)
    monkeypatch.setattr("time.sleep", waits.append)
    return waits


class _Opened(nullcontext):
    def close(self) -> None:
        pass


def busy(code: int) -> requests.HTTPError:
    response = requests.Response()
    response.status_code = code
    return requests.HTTPError(f"{code}", response=response)


def test_a_measured_year_comes_back_on_the_local_clock(online, monkeypatch, greensboro):
    """UTC-5: the service's first row is 19:00 of the day before. Turned back, every hour is where it was."""
    service = Answers(greensboro, kilopascal=True)
    monkeypatch.setattr(pvlib.iotools, "get_nasa_power", service)
    weather = climate.read(climate.fetch(GREENSBORO, "nasa_power", (2001, 2001)))
    np.testing.assert_allclose(weather.conditions().ghi_w_m2, greensboro.conditions().ghi_w_m2)
    np.testing.assert_allclose(weather.conditions().pressure_pa, greensboro.conditions().pressure_pa)
    assert weather.provenance.kind == "measured"
    assert "POWER Project" in weather.provenance.licence
    assert weather.years == (2001,)


def test_a_typical_year_is_interpolated_to_the_centres_and_says_so(online, monkeypatch, greensboro):
    """Radiation half an hour after the label needs no interpolation; temperature is the mean of two labels."""
    monkeypatch.setattr(pvlib.iotools, "get_pvgis_tmy", Answers(greensboro))
    path = climate.fetch(GREENSBORO)
    weather, real = climate.read(path).conditions(), greensboro.conditions()
    np.testing.assert_allclose(weather.ghi_w_m2, real.ghi_w_m2)
    assert weather.dry_bulb_c[10] == pytest.approx(real.dry_bulb_c[10:12].mean())
    notes = json.loads(path.with_suffix(".json").read_text())["notes"]
    assert "the dew point was computed from relative humidity" in notes
    assert any("radiation 0.50 h after the hour" in note for note in notes)


def test_the_second_call_asks_nobody(online, monkeypatch, greensboro):
    service = Answers(greensboro)
    monkeypatch.setattr(pvlib.iotools, "get_pvgis_tmy", service)
    first = climate.fetch(GREENSBORO)
    assert climate.fetch(Place(36.1004, -79.9496, 300.0, -5.0)) == first
    assert service.calls == 1
    climate.fetch(GREENSBORO, years=(2005, 2015))
    climate.fetch(Place(36.2, -79.95, 273.0, -5.0))
    assert service.calls == 3


def test_a_damaged_cache_is_fetched_again(online, monkeypatch, greensboro):
    service = Answers(greensboro)
    monkeypatch.setattr(pvlib.iotools, "get_pvgis_tmy", service)
    path = climate.fetch(GREENSBORO)
    path.write_bytes(path.read_bytes()[:-10])
    climate.fetch(GREENSBORO)
    path.with_suffix(".json").write_text("{}")
    climate.fetch(GREENSBORO)
    assert service.calls == 3


def test_the_sidecar_says_where_the_file_is_from(online, monkeypatch, greensboro):
    monkeypatch.setattr(pvlib.iotools, "get_pvgis_tmy", Answers(greensboro))
    record = json.loads(climate.fetch(GREENSBORO).with_suffix(".json").read_text())
    assert record["request"] == {
        "source": "pvgis",
        "latitude_deg": 36.1,
        "longitude_deg": -79.95,
        "utc_offset_h": -5.0,
        "years": None,
        "address": "https://re.jrc.ec.europa.eu/api/",
    }
    assert record["licence"].startswith("PVGIS (c) European Union")
    assert set(record["versions"]) == {"gigasite", "pvlib"}
    assert len(record["sha256"]) == 64
    assert record["retrieved_at"].endswith("+00:00")


@pytest.mark.parametrize("failure", [busy(429), busy(529), requests.HTTPError("529 overloaded")])
def test_a_busy_service_is_asked_again_after_a_short_wait(online, monkeypatch, greensboro, failure):
    service = Answers(greensboro, failures=[failure, failure])
    monkeypatch.setattr(pvlib.iotools, "get_pvgis_tmy", service)
    climate.fetch(GREENSBORO)
    assert service.calls == 3
    assert online == [1.0, 2.0]


def test_a_service_that_stays_busy_or_refuses_ends_in_one_sentence(online, monkeypatch, greensboro):
    monkeypatch.setattr(pvlib.iotools, "get_pvgis_tmy", Answers(greensboro, failures=[busy(429)] * 4))
    with pytest.raises(WeatherError, match=r"pvgis refused the request \(429\)"):
        climate.fetch(GREENSBORO)
    sea = Answers(greensboro, failures=[requests.HTTPError("Location over the sea")])
    monkeypatch.setattr(pvlib.iotools, "get_pvgis_tmy", sea)
    with pytest.raises(WeatherError, match="Location over the sea"):
        climate.fetch(GREENSBORO)
    assert sea.calls == 1


@pytest.mark.parametrize(
    ("failure", "words"),
    [(requests.ConnectionError("reset"), r"cannot be reached \(reset\)"), (KeyError("outputs"), "unknown form")],
)
def test_a_broken_answer_ends_in_one_sentence(online, monkeypatch, greensboro, failure, words):
    monkeypatch.setattr(pvlib.iotools, "get_pvgis_tmy", Answers(greensboro, failures=[failure]))
    with pytest.raises(WeatherError, match=words):
        climate.fetch(GREENSBORO)


def test_a_short_answer_is_refused_and_not_kept(online, monkeypatch, greensboro, tmp_path):
    service = Answers(greensboro)
    service.data = service.data.iloc[:-1]
    monkeypatch.setattr(pvlib.iotools, "get_pvgis_tmy", service)
    with pytest.raises(WeatherError, match="sent 8759 hours instead of 8760"):
        climate.fetch(GREENSBORO)
    assert not list(tmp_path.rglob("*.nc"))


def test_offline_is_said_at_once_in_one_line(monkeypatch, tmp_path):
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: tmp_path / name)
    monkeypatch.delenv("https_proxy", raising=False)
    monkeypatch.delenv("HTTPS_PROXY", raising=False)

    def unreachable(*_args, **_keywords):
        raise OSError("Name or service not known")

    monkeypatch.setattr(socket, "create_connection", unreachable)
    for source, years in (("pvgis", None), ("nasa_power", (2020, 2020))):
        with pytest.raises(WeatherError) as caught:
            climate.fetch(GREENSBORO, source, years)
        assert len(caught.value.problems) == 1
        assert "\n" not in str(caught.value)
        assert "cannot be reached (Name or service not known). Connect to the internet" in str(caught.value)


@pytest.mark.parametrize(
    ("source", "years", "words"),
    [
        ("meteonorm", None, "unknown source 'meteonorm'. Use one of pvgis, nasa_power"),
        ("nasa_power", None, "say which"),
        ("pvgis", (2020, 2010), "first year must not be after the last"),
    ],
)
def test_requests_that_cannot_be_answered_are_refused_first(source, years, words):
    with pytest.raises(WeatherError, match=words):
        climate.fetch(GREENSBORO, source, years)


def test_half_hour_clocks_take_half_of_two_hours():
    """UTC+5.5, hour means: the local hour from 00:00 is UTC 18:30 to 19:30, half of each neighbour."""
    hours = np.arange(48.0) ** 2
    local = at_local_centres(hours, 0.5, 5.5)
    assert local[6] == pytest.approx((hours[0] + hours[1]) / 2)
    np.testing.assert_array_equal(at_local_centres(hours, 0.5, 4.0), np.roll(hours, 4))
