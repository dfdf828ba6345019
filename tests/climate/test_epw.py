from __future__ import annotations

import gzip

import numpy as np
import pandas as pd
import pytest

from gigasite import climate
from gigasite.climate.epw import design_conditions
from gigasite.models.errors import WeatherError

RIYADH_2021 = (
    "DESIGN CONDITIONS,1,2021 ASHRAE Handbook,,Heating,1,4.8,6.2,-14.0,1.2,17.4,-11.8,1.5,19.5,9.1,16.8,8.3,17.3,1.5,"
    "300,0.454,Cooling,7,15.3,44.9,18.9,44.0,18.6,43.1,18.4,21.0,38.3,20.2,37.7,19.5,37.9,4.3,350,17.2,13.3,22.1,16.1,12.3,"
    "21.4,15.0,11.5,21.4,63.8,38.0,60.6,37.5,58.1,37.4,24.9,Extremes,8.9,7.9,6.8,1.2,46.3,2.1,0.8,-0.2,46.8,-1.4,47.3,"
    "-2.6,47.7,-4.1,48.3"
)
MEMPHIS_2009 = (
    "DESIGN CONDITIONS,1,Climate Design Data 2009 ASHRAE Handbook,,Heating,1,-8.3,-5.7,-15.3,1,-5.5,-12.7,1.3,-3.4,"
    "10.9,4.4,9.3,7.7,4.1,0,Cooling,7,9.2,35.6,25.2,34.4,24.9,33.4,24.7,26.8,32.8,26.2,32.2,25.7,31.4,3.8,240,25.1,20.5,29.9,"
    "24.6,19.8,29.4,24,19.2,28.9,84.1,33,81.6,32.1,79.4,31.5,706,Extremes,9.1,8.2,7.4,29.4,-11.8,37,3.8,1.6,-14.5,38.1,"
    "-16.7,39,-18.8,39.9,-21.5,41"
)
DHAHRAN_2025 = (
    "DESIGN CONDITIONS,1,2025 ASHRAE Handbook,Heating,1,8.2,9.6,-5.1,2.5,19.9,-2.9,3.0,22.8,10.7,16.5,10.0,16.5,4.3,"
    "300,0.510,Cooling,7,13.4,46.2,22.6,44.9,22.7,43.8,22.7,31.4,35.9,30.5,35.5,29.6,35.2,5.8,0,30.5,28.1,34.2,29.3,26.2,"
    "33.9,28.1,24.4,33.8,106.8,34.7,101.8,35.1,97.2,35.1,36.2,Extremes,11.1,9.9,8.8,5.9,48.3,1.7,1.0,4.6,49.1,3.6,49.7,"
    "2.7,50.3,1.4,51.1,1.6,32.8,1.8,1.5,0.3,33.9,-0.8,34.8,-1.8,35.6,-3.1,36.7"
)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (MEMPHIS_2009, (-8.3, 35.6, 25.2, 26.8, 32.8, 29.4, 39.9, 41.0)),
        (RIYADH_2021, (4.8, 44.9, 18.9, 21.0, 38.3, 24.9, 47.7, 48.3)),
        (DHAHRAN_2025, (8.2, 46.2, 22.6, 31.4, 35.9, 36.2, 50.3, 51.1)),
    ],
)
def test_design_conditions_of_three_handbooks_are_read(line, values):
    """The extreme wet bulb moved from the extremes (2009) to the end of the cooling block (2017 on).

    A reader of one layout would take Riyadh's extreme wet bulb for 1.2 degC, its mean annual minimum.
    """
    design = design_conditions(line.split(","), "a file")
    assert design is not None
    assert (
        design.dry_bulb_99_6_c,
        design.dry_bulb_0_4_c,
        design.coincident_wet_bulb_c,
        design.wet_bulb_0_4_c,
        design.coincident_dry_bulb_c,
        design.wet_bulb_extreme_c,
        design.dry_bulb_n20_c,
        design.dry_bulb_n50_c,
    ) == values
    assert design.filled == ()


def test_a_header_without_design_conditions_gives_none():
    assert design_conditions(["DESIGN CONDITIONS", "0"], "a file") is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("DESIGN CONDITIONS,1,x,,Heating,1,Cooling,2,Extremes,3", "the line has an unknown form"),
        (RIYADH_2021.replace("-2.6,47.7", "-2.6,40.7"), "dry_bulb_n20_c must not be below dry_bulb_0_4_c"),
    ],
)
def test_wrong_design_conditions_are_left_out_with_a_warning(write_epw, plain_frame, line, words):
    """The hours are sound; losing the file over its header would help nobody."""
    weather = climate.read(write_epw(plain_frame, design=line))
    assert weather.design is None
    assert "the header's design conditions are not used" in weather.warnings[0]
    assert words in weather.warnings[0]


def test_rows_are_labelled_at_half_past(write_epw, plain_frame):
    """EPW's first row is hour 1 of 1 January, from 00:00 to 01:00. A label at its end would be 30 min late."""
    plain_frame.iloc[0, 0] = 33.0
    weather = climate.read(write_epw(plain_frame))
    assert weather.conditions().times[0] == pd.Timestamp("2001-01-01 00:30+04:00")
    assert weather.conditions().dry_bulb_c[0] == 33.0
    assert (weather.place.latitude_deg, weather.place.longitude_deg, weather.place.elevation_m) == (24.4, 54.65, 27.0)


def test_a_packed_file_is_read_like_a_plain_one(write_epw, plain_frame):
    plain = write_epw(plain_frame)
    packed = plain.with_name("b.epw.gz")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert climate.read(packed).data.equals(climate.read(plain).data)
    packed.write_bytes(gzip.compress(plain.read_bytes())[:5000])
    with pytest.raises(WeatherError, match="the packed file is damaged"):
        climate.read(packed)


def test_months_of_different_years_make_a_typical_year(write_epw, plain_frame):
    """January of 2017, February of 2011 ...: labelled 2001 throughout."""
    years = np.where(plain_frame.index.month % 2 == 1, 2017, 2011)
    weather = climate.read(write_epw(plain_frame, years=years))
    assert weather.provenance.kind == "typical"
    assert weather.years == (2001,)


def test_a_calendar_year_is_measured_and_keeps_its_year(write_epw, plain_frame):
    weather = climate.read(write_epw(plain_frame, years=np.full(8760, 2019), data_type="ISD"))
    assert weather.provenance.kind == "measured"
    assert weather.years == (2019,)


def test_a_leap_year_loses_its_29_february(write_epw, plain_frame):
    """8,784 rows of 2020: 24 fewer, and the notes say so."""
    hours = pd.date_range("2020-01-01 00:30", "2020-12-31 23:30", freq="h")
    leap = plain_frame.set_axis(plain_frame.index + pd.DateOffset(years=19)).reindex(hours, method="ffill")
    weather = climate.read(write_epw(leap, data_type="ISD"))
    assert weather.years == (2020,)
    assert weather.notes == ("29 February was dropped from 2020",)


def test_missing_pressure_becomes_the_standard_atmosphere_and_is_said(write_epw, plain_frame):
    """27 m: 101325 (1 - 2.25577e-5 x 27)^5.2559 = 101,001 Pa."""
    weather = climate.read(write_epw(plain_frame.assign(pressure_pa=999999.0)))
    assert weather.conditions().pressure_pa[0] == pytest.approx(101_001, abs=1)
    assert "the file has no pressure: 101001 Pa" in weather.notes[0]


def test_missing_values_are_refused_not_used(write_epw, plain_frame):
    """9999 W/m2 and 99.9 degC are EPW's words for 'missing'."""
    plain_frame.iloc[12, 4] = 9999.0
    plain_frame.iloc[13, 0] = 99.9
    with pytest.raises(WeatherError) as caught:
        climate.read(write_epw(plain_frame))
    assert len(caught.value.problems) == 2
    assert "got 9999 at 01 Jan 12:30" in str(caught.value)


def test_a_short_file_is_refused(write_epw, plain_frame):
    with pytest.raises(WeatherError, match="got 8759 rows"):
        climate.read(write_epw(plain_frame.iloc[:-1]))


def test_a_page_of_text_is_no_epw(tmp_path):
    path = tmp_path / "a.epw"
    path.write_text("<html>not found</html>\n" * 20)
    with pytest.raises(WeatherError, match="not an EPW file"):
        climate.read(path)


def test_six_real_years_pass_every_hard_check(real_years):
    """Memphis and Abilene (TMY3) close to 0.3 %; the four TMYx files split their radiation half an hour away."""
    assert len(real_years) == 6
    for name, path in real_years.items():
        weather = climate.read(path)
        assert weather.design is not None
        assert weather.design.filled == ()
        assert weather.years == (2001,)
        half_hour = [warning for warning in weather.warnings if "of the hour they agree" in warning]
        assert len(weather.warnings) == len(half_hour) == (0 if name in ("memphis", "abilene") else 1)
