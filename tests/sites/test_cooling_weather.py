"""A place as the cooling options see it."""

from dataclasses import replace

import numpy as np
import pytest

from gigasite.models.errors import SiteFileError
from gigasite.models.technologies.grid import Grid
from gigasite.sites.cooling_weather import surroundings


def test_the_year_comes_first_and_both_return_periods_follow(site, texts):
    """Two days, the hottest and the most humid, for 20 and for 50 years; those of 50 are hotter."""
    here = surroundings(site(texts["head"] + texts["grid"]))
    assert [each.name for each in here.segments] == [
        "year", "dry_bulb_20", "wet_bulb_20", "dry_bulb_50", "wet_bulb_50",
    ]  # fmt: skip
    assert len(here.year.weather) == 8760
    assert [day.name for day in here.days(50)] == ["dry_bulb_50", "wet_bulb_50"]
    hottest = {n: here.days(n)[0].weather.dry_bulb_c.max() for n in (20, 50)}
    assert here.year.weather.dry_bulb_c.max() - 2.0 < hottest[20] < hottest[50]


@pytest.mark.parametrize(("asked", "period"), [("", 20), ("return_period: 50, ", 50)])
def test_plant_is_sized_on_the_period_that_the_site_asks_for(site, texts, asked, period):
    here = surroundings(site(texts["head"].replace("{normals:", "{" + asked + "normals:") + texts["grid"]))
    assert here.return_period == period
    assert [each.name for each in here.sizing] == ["year", f"dry_bulb_{period}", f"wet_bulb_{period}"]


def test_a_price_holds_in_every_hour(site, texts):
    here = surroundings(site(texts["head"] + texts["grid"]))
    for segment in here.segments:
        np.testing.assert_allclose(segment.electricity_usd_per_mwh, 75.0)
        assert len(segment.electricity_usd_per_mwh) == len(segment.weather)


def test_a_tariff_keeps_its_hours_and_design_days_pay_its_mean(site, texts):
    """Six of 24 hours at 110, the rest at 60: 72.5 on average."""
    tariff = "energy_price: {tariff: [{hours: [16, 22], price: 110 USD/MWh}], otherwise: 60 USD/MWh}"
    here = surroundings(site(texts["head"] + texts["grid"].replace("energy_price: 75 USD/MWh", tariff)))
    price = here.year.electricity_usd_per_mwh.reshape(365, 24)
    assert np.all(price[:, 16:22] == 110.0)
    assert np.all(price[:, [*range(16), 22, 23]] == 60.0)
    np.testing.assert_allclose(here.days(20)[0].electricity_usd_per_mwh, 72.5)


def test_prices_of_a_year_repeat_over_years_of_weather(site, texts, weather_of, monkeypatch):
    """Two years of weather and 8,760 prices: hour 9,000 costs what hour 240 costs."""
    tariff = "energy_price: {tariff: [{months: [1], price: 110 USD/MWh}], otherwise: 60 USD/MWh}"
    made = site(texts["head"] + texts["grid"].replace("energy_price: 75 USD/MWh", tariff))
    weather = weather_of(2 * 8760)

    class TwoYears:
        warnings = ()

        def conditions(self):
            return weather

    monkeypatch.setattr("gigasite.climate.load", lambda *_: TwoYears())
    monkeypatch.setattr("gigasite.climate.days", lambda *_: ())
    price = surroundings(made).year.electricity_usd_per_mwh
    assert len(price) == 2 * 8760
    np.testing.assert_array_equal(price[:8760], price[8760:])
    assert set(np.unique(price)) == {60.0, 110.0}


def test_a_site_gives_its_own_water_and_power_chain(site, texts):
    text = texts["head"] + texts["grid"] + "water: {price: 4 USD/m3}\n" + texts["compute"]
    here = surroundings(site(text.replace("  platforms:", "  power_chain: {ups_efficiency: 0.94}\n  platforms:")))
    assert here.water.price == 4.0
    assert here.power_chain.ups_efficiency == 0.94
    assert here.cost_of_capital > 0


def test_what_a_site_leaves_out_comes_from_the_catalogue(site, texts):
    here = surroundings(site(texts["head"] + texts["grid"]))
    assert here.water.price > 0
    assert 0.9 < here.power_chain.efficiency < 1.0


def test_a_site_without_grid_is_refused(site, texts):
    made = site(texts["head"] + texts["grid"] + texts["load"])
    alone = replace(made, components=tuple(each for each in made.components if not isinstance(each, Grid)))
    with pytest.raises(SiteFileError, match=r"test: has no grid connection.*Add section grid"):
        surroundings(alone)


def test_what_the_comparison_does_not_count_of_a_connection_is_said(site, texts):
    """A fixed charge and a power factor are weighed by the optimiser only; a plain connection warns of nothing."""
    grid = texts["grid"].replace("energy_price:", "fixed_charge: 5000 USD/month, power_factor: 0.95, energy_price:")
    plain, odd = (surroundings(site(texts["head"] + texts["compute"] + each)) for each in (texts["grid"], grid))
    assert not any("leaves out" in warning for warning in plain.warnings)
    (said,) = [warning for warning in odd.warnings if "leaves out" in warning]
    assert said.startswith("the comparison leaves out power_factor, fixed_charge of 'utility'")
