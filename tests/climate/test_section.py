from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from gigasite import climate
from gigasite.climate import ClimateSection, DesignOverrides
from gigasite.models.conditions import Place
from gigasite.models.described import descriptions
from gigasite.models.errors import WeatherError

SITE = Place(24.2, 54.75, 30.0, 4.0)
HERE = Path()


def test_normals_make_a_synthetic_year_at_the_site():
    weather = climate.load(ClimateSection(normals="abu_dhabi", seed=3), SITE, HERE)
    assert weather.provenance.kind == "synthetic"
    assert "seed 3" in weather.provenance.source
    assert weather.place == SITE
    assert weather.design == climate.design_values("abu_dhabi")


def test_a_file_is_found_from_the_folder_of_the_site_file(tmp_path, greensboro):
    (tmp_path / "data").mkdir()
    climate.write_csv(greensboro, tmp_path / "data" / "year.csv")
    section = ClimateSection.model_validate({"file": "data/year.csv"})
    weather = climate.load(section, greensboro.place, tmp_path)
    assert weather.place == greensboro.place
    absolute = ClimateSection(file=tmp_path / "data" / "year.csv")
    assert climate.load(absolute, greensboro.place, HERE).data.equals(weather.data)
    with pytest.raises(WeatherError, match=r"year.csv: the weather file cannot be read"):
        climate.load(section, greensboro.place, tmp_path / "data")


def test_a_file_without_design_values_gets_estimates_marked_as_such(greensboro, greensboro_path):
    weather = climate.load(ClimateSection(file=greensboro_path), greensboro.place, HERE)
    assert weather.design.source.startswith("estimated from TMY3")
    assert "dry_bulb_n20_c" in weather.design.filled


def test_one_year_of_a_file_can_be_chosen(greensboro, greensboro_path):
    with pytest.raises(WeatherError, match=r"no year 2020. Choose one of 2001"):
        climate.load(ClimateSection(file=greensboro_path, year=2020), greensboro.place, HERE)
    assert climate.load(ClimateSection(file=greensboro_path, year=2001), greensboro.place, HERE).years == (2001,)


def test_design_values_can_be_overridden_with_units():
    """49.0 degC is 322.15 K."""
    section = ClimateSection(normals="abu_dhabi", design={"dry_bulb_n20": "322.15 K", "wet_bulb_extreme": "34 degC"})
    design = climate.load(section, SITE, HERE).design
    assert design.dry_bulb_n20_c == pytest.approx(49.0)
    assert design.wet_bulb_extreme_c == 34.0
    assert design.filled == ("wet_bulb_extreme_c", "dry_bulb_n20_c")
    assert design.dry_bulb_0_4_c == 44.9


def test_a_twenty_year_value_above_the_fifty_year_one_moves_it():
    """Abu Dhabi: n = 50 years is 49.5; a user's 20-year value of 50 makes it 51 instead of an error."""
    design = DesignOverrides(dry_bulb_n20="50 degC").applied(climate.design_values("abu_dhabi"))
    assert design.dry_bulb_n50_c == 51.0
    assert "n = 50 years moved to n = 20 years + 1 K" in design.note


def test_warming_and_hot_year_add_up():
    """Mean: +1.5 K of warming and +0.5 K of a hot year; design value n = 20 years: 48.9 + 1.5."""
    plain = climate.load(ClimateSection(normals="abu_dhabi"), SITE, HERE)
    hot = climate.load(ClimateSection(normals="abu_dhabi", warming="1.5 K", hot_year=True), SITE, HERE)
    rise = hot.conditions().dry_bulb_c - plain.conditions().dry_bulb_c
    assert rise.mean() == pytest.approx(2.0)
    assert hot.design.dry_bulb_n20_c == pytest.approx(50.4)
    np.testing.assert_array_equal(hot.conditions().dew_point_c, plain.conditions().dew_point_c)


def test_design_days_follow_the_section():
    section = ClimateSection(normals="abu_dhabi", warming="1 K", return_period=50)
    dry, wet = climate.days(section, SITE, climate.load(section, SITE, HERE))
    assert dry.conditions.dry_bulb_c.max() == pytest.approx(50.5)
    assert dry.conditions.place == SITE
    assert wet.name == "wet_bulb"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "give either normals"),
        ({"normals": "abu_dhabi", "file": "a.epw"}, "give either normals"),
        ({"file": "a.epw", "seed": 1}, "a file has no seed"),
        ({"normals": "abu_dhabi", "year": 2019}, "year belongs to file"),
        ({"normals": "abu dabi"}, "Did you mean 'abu_dhabi'"),
        ({"normals": "abu_dhabi", "warming": "20 K"}, "between -5 and 10 K, got 20 K"),
        ({"normals": "abu_dhabi", "warming": 1.5}, "Write the unit"),
        ({"normals": "abu_dhabi", "return_period": 30}, "20 or 50"),
        ({"normals": "abu_dhabi", "season": 1}, "Extra inputs"),
        ({"normals": "abu_dhabi", "design": {"dry_bulb_n20": "3 MW"}}, "expected a quantity in degC"),
    ],
)
def test_each_rule_of_the_section_has_a_case_that_trips_it(given, words):
    with pytest.raises(ValidationError, match=words):
        ClimateSection.model_validate(given)


def test_every_field_is_described():
    for spec in (ClimateSection, DesignOverrides):
        assert set(descriptions(spec)) == set(spec.model_fields)


def test_weather_is_kept_until_its_file_changes(tmp_path, greensboro):
    """A file of the same name that was written anew is another year: half a kelvin warmer here."""
    section = ClimateSection.model_validate({"file": "year.csv"})
    climate.write_csv(greensboro, tmp_path / "year.csv")
    first = climate.load(section, greensboro.place, tmp_path)
    assert climate.load(section, greensboro.place, tmp_path) is first
    climate.write_csv(climate.warmed(greensboro, 0.5, 0.0), tmp_path / "year.csv")
    second = climate.load(section, greensboro.place, tmp_path)
    assert second.data["dry_bulb"].mean() - first.data["dry_bulb"].mean() == pytest.approx(0.5, abs=0.01)
