"""Compute, cooling and supply by phase."""

import numpy as np
import pytest

from gigasite.reports.content import phase as phase_content
from gigasite.reports.results import hours


def rows_of(groups, title: str) -> dict[str, list[str]]:
    """Return the rows of a group by label: unit and texts."""
    (group,) = [each for each in groups if each["title"] == title]
    return {row[0]: row[1:] for row in group["rows"]}


def test_supply_shows_sizes_energy_and_use(plan):
    """By hand: energy of the year over size times 8,760 h; five times as much in the second phase."""
    rows = rows_of(phase_content.supply(plan), "PV")
    energy = float(plan.hourly["ac.pv"].sel(phase="2026-01-01").sum())
    assert rows["Power"] == ["MW", "220", "1,100"]
    assert float(rows["Electricity delivered"][1].replace(",", "")) == pytest.approx(energy / 1e3, abs=0.5)
    assert rows["Mean use of its power"] == ["%", *[f"{100 * energy / (220 * 8760):.1f}"] * 2]


def test_a_store_delivers_and_takes_and_has_no_mean_use(plan):
    rows = rows_of(phase_content.supply(plan), "Battery")
    assert {"Power", "Energy", "Electricity delivered", "Electricity taken"} == set(rows)


def test_cooling_shows_heat_electricity_and_water(plan):
    """Water is 0.3 m3 per MWh of heat in the handmade hours."""
    rows = rows_of(phase_content.cooling(plan), "Air chiller")
    heat = -float(plan.hourly["heat_air.air_chiller"].sel(phase="2026-01-01").sum())
    assert float(rows["Heat taken"][1]) * 1e3 == pytest.approx(heat, rel=1e-3)
    assert rows["Water drawn"][0] == "million m³/yr"
    assert float(rows["Water drawn"][1]) * 1e6 == pytest.approx(0.3 * heat, rel=5e-3)


def test_compute_shows_what_is_done_and_where(plan, plan_with):
    """A steady 50 kH100 of training, 10 by a partner: 438 and 87.6 M GPU-hours a year; none undone, so no row."""
    blank = plan.hourly["ac.pv"].drop_attrs() * 0.0
    series = {
        "work.training.served": blank + 50.0,
        "work.training.partner": blank + 10.0,
        "work.training.unserved": blank,
        "accelerators.running": blank + 60.0,
    }
    worked = plan_with(hourly=plan.hourly.assign(series))
    groups = phase_content.compute(worked)
    work = rows_of(groups, "Work in H100-hours")
    assert work["Training: served on the site"] == ["M GPU-h/yr", "438", "438"]
    assert work["Training: done by a partner"] == ["M GPU-h/yr", "87.6", "87.6"]
    assert "Training: not done" not in work
    assert rows_of(groups, "Accelerators")["Mean share at work"] == ["%", "50.0", "10.0"]


def test_outcomes_count_by_their_probability(plan, plan_with):
    """Half the steps are an outcome of 90 %: 7,884 h of the year; values of 10 and 0 MW give 78.84 GWh."""
    likely = np.repeat([0.9, 0.1], 4380)
    hourly = plan.hourly.assign_coords(probability=("time", likely)).copy(deep=True)
    hourly["ac.pv"].values[:] = np.where(likely > 0.5, 10.0, 0.0)
    weighted = plan_with(hourly=hourly)
    assert hours.hours_of_a_year(weighted).sum() == pytest.approx(8760)
    assert rows_of(phase_content.supply(weighted), "PV")["Electricity delivered"][1] == "78.8"
