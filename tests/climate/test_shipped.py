from __future__ import annotations

import csv
from dataclasses import replace
from importlib import resources

import numpy as np
import pytest

from gigasite import climate
from gigasite.climate.design import TEMPERATURES
from gigasite.models.errors import WeatherError

EVIDENCE = {"verified (source seen)", "derived from source seen", "general knowledge, not verified"}


def rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("gigasite.models.tables") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_place_has_normals_and_consistent_design_values():
    """Normals and DesignValues refuse gaps and contradictions themselves."""
    assert len(climate.places()) == 25
    assert {row["place"] for row in rows("climate_design.csv")} == set(climate.places())
    for key in climate.places():
        assert climate.normals(key).tmax_c.shape == (12,)
        assert climate.design_values(key).dry_bulb_n20_c > climate.normals(key).tmax_c.max()


@pytest.mark.parametrize("name", ["climate_normals.csv", "climate_design.csv"])
def test_every_row_has_a_source_and_an_evidence_word(name):
    for row in rows(name):
        assert row["source"]
        assert row["evidence"] in EVIDENCE
        assert bool(row["filled"]) == (row["filled_evidence"] in EVIDENCE)
        assert not row["filled"] or row["note"]
        assert set(filter(None, row["filled"].split(";"))) <= set(row)


def test_each_place_has_one_block_of_twelve_months():
    table = rows("climate_normals.csv")
    for key in climate.places():
        block = [row for row in table if row["place"] == key]
        assert [int(row["month"]) for row in block] == list(range(1, 13))
        assert len({row["source"] for row in block}) == 1


def test_abu_dhabi_is_what_its_source_says():
    """ASHRAE 2009 at 412170: 44.9 / 23.2, 30.6 / 35.3, n = 20 years 48.9; hottest month's mean maximum 41.8."""
    design = climate.design_values("abu_dhabi")
    assert (design.dry_bulb_0_4_c, design.coincident_wet_bulb_c, design.dry_bulb_n20_c) == (44.9, 23.2, 48.9)
    assert (design.wet_bulb_0_4_c, design.coincident_dry_bulb_c) == (30.6, 35.3)
    assert climate.normals("abu_dhabi").tmax_c.max() == 41.8


def test_filled_values_follow_the_stated_rules_and_are_marked():
    """Lagos: 1 % dry bulb 34.4 + 0.4 = 34.8; n = 20 years + 4.9 = 39.7; dew point = mean daily minimum."""
    design, normals = climate.design_values("lagos"), climate.normals("lagos")
    assert set(design.filled) == set(TEMPERATURES)
    assert (design.dry_bulb_0_4_c, design.dry_bulb_n20_c) == (34.8, 39.7)
    assert normals.filled == ("dew_point_c", "wind_m_s")
    assert design.filled_evidence == normals.filled_evidence
    assert normals.filled_evidence == "general knowledge, not verified"
    np.testing.assert_array_equal(normals.dew_point_c, normals.tmin_c)


def test_twenty_year_values_are_never_below_what_five_years_have_seen():
    """Mumbai reached 41.4 degC between 2020 and 2024; 0.4 % + 4.9 K would be 40.7."""
    assert climate.design_values("mumbai").dry_bulb_n20_c == 41.4


@pytest.mark.parametrize("wrong", ["abudhabi", "Abu Dhabi", "abu-dhabi"])
def test_an_unknown_place_gets_a_proposal(wrong):
    for ask in (climate.normals, climate.design_values):
        with pytest.raises(WeatherError, match="Did you mean 'abu_dhabi'"):
            ask(wrong)


def test_contradicting_normals_are_refused():
    normals = climate.normals("riyadh")
    with pytest.raises(WeatherError) as caught:
        replace(normals, tmin_c=normals.tmax_c, wind_m_s=np.zeros(12))
    assert len(caught.value.problems) == 2
    with pytest.raises(WeatherError, match="dew_point_c must be 12 finite numbers"):
        replace(normals, dew_point_c=np.zeros(11))


def test_normals_of_a_year_are_its_monthly_means(greensboro):
    """July of Greensboro's file, by pandas: mean dry bulb and GHI of the 744 hours."""
    air = greensboro.conditions()
    july = air.times.month == 7
    normals = climate.normals_of(air, "Greensboro")
    assert normals.tmean_c[6] == pytest.approx(air.dry_bulb_c[july].mean())
    assert normals.ghi_kwh_m2_day[6] == pytest.approx(air.ghi_w_m2[july].sum() / 31 / 1000)
    assert normals.tmax_c[6] == pytest.approx(air.dry_bulb_c[july].reshape(31, 24).max(axis=1).mean())
    assert normals.sd_daily_tmean_k[6] == pytest.approx(air.dry_bulb_c[july].reshape(31, 24).mean(axis=1).std(ddof=1))
