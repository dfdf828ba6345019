"""Site and weather as rows of text."""

import numpy as np

from gigasite.reports.content import climate as climate_content
from gigasite.reports.figures import weather as weather_figures

SITE = """
site: {latitude: -1.3 deg, longitude: 36.8 deg, elevation: 1795 m, note: High and cool}
phases: {decision: 2026-03-31, end: 2040-04-01}
compute: {goal: most_compute}
"""


def test_place_and_question_come_from_the_site_file(plan_with):
    rows = dict(climate_content.place(plan_with(site_yaml=SITE)))
    assert rows["Latitude"] == "−1.3°"  # noqa: RUF001
    assert rows["Decision"] == "2026-03-31"
    assert rows["Asked for"] == "most compute"
    assert rows["Note"] == "High and cool"


def test_weather_of_outcomes_counts_by_their_probability(plan, plan_with):
    """Half the steps are an outcome of 90 % at 20 degC, the others of 40: 0.9 x 20 + 0.1 x 40 = 22, 876 h above 35."""
    likely = np.repeat([0.9, 0.1], 4380)
    hourly = plan.hourly.assign_coords(probability=("time", likely)).copy(deep=True)
    hourly["weather.dry_bulb"].values[:] = np.where(likely > 0.5, 20.0, 40.0)
    rows = dict(climate_content.weather(plan_with(hourly=hourly)))
    assert rows["Dry bulb, mean"] == "22.0\xa0°C"
    assert rows["Hours above 35\xa0°C"] == "876\xa0h"


def test_weather_is_told_by_its_extremes(plan):
    """The handmade year: 28 degC on average, 9 + 6 K of swing at most, 35 hours above the quantile of 99.6 %."""
    rows = dict(climate_content.weather(plan))
    dry = plan.hourly["weather.dry_bulb"].values
    assert rows["Dry bulb, mean"] == "28.0\xa0°C"
    assert rows["Dry bulb, highest hour"] == f"{dry.max():.1f}\xa0°C"
    limit = float(rows["Dry bulb, exceeded 35 h a year"].split("\xa0")[0])
    assert abs((dry > limit).sum() - 35) < 20
    assert rows["Hours above 35\xa0°C"] == f"{int((dry > 35).sum()):,}\xa0h"


def test_without_weather_there_is_nothing_to_tell_or_draw(plan, plan_with):
    bare = plan_with(hourly=plan.hourly.drop_vars(["weather.dry_bulb", "weather.wet_bulb"]))
    assert climate_content.weather(bare) == []
    assert weather_figures.weather(bare) is None


def test_months_add_up_to_the_year(plan):
    """The bars of all sources and months together are the year's energy of the last phase, less what is negligible."""
    figure = weather_figures.months(plan)
    shown = sum(bar.get_height() for bar in figure.axes[0].patches) * 1e3
    flows = [
        plan.hourly[f"ac.{name}"].sel(phase="2028-07-01") for name in ("grid", "pv", "wind", "battery", "gas_engines")
    ]
    assert np.isclose(shown, float(sum(flow.clip(min=0).sum() for flow in flows)), rtol=2e-3)
