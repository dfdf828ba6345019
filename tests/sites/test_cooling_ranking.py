"""Ranks, the reason of the winner, and what temperatures change."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.progress import Stage
from gigasite.sites.cooling_comparison import FIGURES, Load, Outcome
from gigasite.sites.cooling_options import Option
from gigasite.sites.cooling_ranking import LIQUID_SHARES, SUPPLIES_C, SWEPT, _ranks, _reason, compare
from gigasite.sites.cooling_weather import Segment, Surroundings


def part(kind, **fields):
    return Component.from_dict({"kind": kind, "name": kind, **fields})


HALL = part("air_cooled_chiller")
LOAD = Load(10.0, 20.0, part("accelerators", technology="gb300_nvl72"))


def option(name, **fields):
    return Option(name, name.capitalize(), None, HALL, None, 0.0, **fields)


def outcome(unfit="", **costs):
    """Return an outcome of 1 MWh of IT a year."""
    total = sum(costs.values())
    return Outcome({"annual_cost": total, "cost_per_it_mwh": total}, costs, np.ones(2), unfit)


PLACE = SimpleNamespace(name="Here")
THREE = {
    "dry": outcome(electricity=10.0, plant=14.0, water=0.0),
    "tower": outcome(electricity=6.0, plant=9.5, water=5.25),
    "old": outcome(electricity=1.0, plant=1.0),
}
OPTIONS = [option("dry"), option("tower"), option("old", reference=True)]


def test_the_cheapest_option_wins_and_references_are_not_ranked():
    """Tower 20.75, dry 24.00; the reference costs 2 and has no rank."""
    assert _ranks(THREE, OPTIONS) == {"tower": 1, "dry": 2}


def test_what_a_place_cannot_have_is_not_ranked():
    found = {**THREE, "tower": outcome(unfit="needs 5 m3 of water", electricity=6.0)}
    assert _ranks(found, OPTIONS) == {"dry": 1}
    assert _reason(PLACE, OPTIONS, found, {"dry": 1}) == (
        "Here: Dry cost least, 24.00 USD per MWh of IT, the only option that fits."
    )


def test_a_place_that_can_have_nothing_says_why():
    found = {"dry": outcome(unfit="needs 5 m3 of water")}
    assert _reason(PLACE, OPTIONS[:1], found, {}) == "Here: no option fits; Dry needs 5 m3 of water."


def test_the_reason_names_what_was_saved_and_what_it_cost():
    """24.00 - 20.75 = 3.25 = 4.50 (plant) + 4.00 (electricity) - 5.25 (water)."""
    said = _reason(PLACE, OPTIONS, THREE, _ranks(THREE, OPTIONS))
    assert said == (
        "Here: Tower cost least, 20.75 USD per MWh of IT, 3.25 less than Dry:"
        " 4.50 less for plant and 4.00 less for electricity, against 5.25 more for water."
    )


def test_the_reason_says_what_a_place_must_have():
    """Sea water would win inland without a word."""
    listed = [option("dry", needs="sea"), option("tower")]
    said = _reason(PLACE, listed, {"dry": outcome(plant=5.0), "tower": outcome(plant=6.0)}, {"dry": 1, "tower": 2})
    assert said.startswith("Here: Dry (needs sea) cost least, 5.00 USD per MWh of IT, 1.00 less than Tower: 1.00")


def test_equal_costs_give_no_reason():
    found = {"dry": outcome(plant=5.0), "tower": outcome(plant=5.001)}
    said = _reason(PLACE, OPTIONS[:2], found, {"dry": 1, "tower": 2})
    assert said.endswith("0.00 less than Tower: no single cost stands out.")


@pytest.fixture(scope="module")
def compared(weather_of):
    """Return a comparison of four options at a place of four hours."""
    year, day = weather_of(4, dry_bulb_c=[15.0, 25.0, 35.0, 42.0], dew_point_c=10.0), weather_of(1, dry_bulb_c=45.0)
    flat = np.full(4, 60.0)
    here = Surroundings(
        "here", "Here", (Segment("year", year, flat), *(Segment(f"dry_bulb_{n}", day, flat[:1]) for n in (20, 50))), 20,
        part("grid", size={"fixed": "50 MW"}, energy_price="60 USD/MWh", emission="0.5 t/MWh", carbon_free_share=0.2),
        part("water_supply", price="2 USD/m3"), part("power_chain"), 0.05, ("filled two hours",),
    )  # fmt: skip
    plates = part("cold_plate_dry_cooler", supply="40 degC")
    listed = [
        Option("air", "Air", None, HALL, None, 0.0),
        Option("plates", "Plates", plates, HALL, None, 0.85),
        Option("tower", "Tower", part("cold_plate_tower", supply="32 degC"), HALL, None, 0.85),
        Option("old", "Old", None, part("legacy_air_cooled"), part("legacy_power_chain"), 0.0, reference=True),
    ]
    told = list[Stage]()
    return compare([here], listed, LOAD, progress=told.append), told


def test_tables_hold_every_option_once(compared):
    found, told = compared
    assert list(found.figures.option) == ["air", "plates", "tower", "old"]
    assert list(found.figures.columns) == ["place", "option", "rank", *FIGURES, "unfit"]
    assert found.labels == {"air": "Air", "plates": "Plates", "tower": "Tower", "old": "Old"}
    assert found.places == {"here": "Here"}
    assert found.warnings[0] == "here: filled two hours"
    assert found.warnings[1].endswith("asked 18, 40 by 3 options")  # the old hall asks for 7 degC, which was published
    assert [(stage.name, stage.note) for stage in told] == [("compare", "Here")]


def test_ranks_follow_the_costs(compared):
    figures = compared[0].figures.set_index("option")
    assert np.isnan(figures.loc["old", "rank"])
    ranked = figures.drop("old").sort_values("rank")
    assert list(ranked["rank"]) == [1, 2, 3]
    assert ranked.cost_per_it_mwh.is_monotonic_increasing


def test_costs_by_reason_add_up_to_the_figures(compared):
    found, _ = compared
    summed = found.costs.groupby("option").usd_per_year.sum()
    for row in found.figures.itertuples():
        assert summed[row.option] == pytest.approx(row.annual_cost)


def test_the_sentence_agrees_with_the_tables(compared):
    """Its margin is the difference of the two costs; what it names is a difference of the cost rows."""
    found, _ = compared
    first, second = found.figures[found.figures["rank"] <= 2].sort_values("rank").itertuples()
    said = found.winners["here"]
    assert said.startswith(f"Here: {first.option.capitalize()} cost least, {first.cost_per_it_mwh:.2f} USD")
    assert f"{second.cost_per_it_mwh - first.cost_per_it_mwh:.2f} less than {second.option.capitalize()}" in said
    costs = found.costs.pivot(index="reason", columns="option", values="usd_per_year").fillna(0.0) / 87600.0
    for amount, way, reason in re.findall(r"([\d.]+) (less|more) for ([a-z ]+?)(?: and|,|\.)", said):
        saved = costs.loc[reason, second.option] - costs.loc[reason, first.option]
        assert float(amount) == pytest.approx(saved if way == "less" else -saved, abs=0.0051)


def test_overhead_falls_with_the_percentile(compared):
    """Exceeded in 0 % of the hours: the highest; in 100 %: the lowest. The mean over them is near the annual PUE."""
    found, _ = compared
    curve = found.overhead[found.overhead.option == "air"]
    assert list(curve.percentile[[0, 200]]) == [0.0, 100.0]
    assert curve.overhead.is_monotonic_decreasing
    assert curve.overhead.mean() == pytest.approx(found.figures.pue_annual[0], rel=0.02)


def test_sweeps_vary_one_thing_at_a_time(compared):
    """Cold plates: 9 temperatures, 7 shares, 3 schemes; a hall on air: schemes only."""
    sweeps = compared[0].sweeps
    assert list(sweeps.columns) == ["place", "option", "sweep", "value", *SWEPT]
    count = sweeps.groupby(["option", "sweep"]).size()
    assert dict(count["plates"]) == {"supply": len(SUPPLIES_C), "liquid_share": len(LIQUID_SHARES), "redundancy": 3}
    assert dict(count["air"]) == {"redundancy": 3}
    figures = compared[0].figures.set_index("option")
    own = sweeps[(sweeps.option == "plates") & (sweeps["value"] == 40.0)].iloc[0]
    assert own.pue_annual == pytest.approx(figures.loc["plates", "pue_annual"])
    single = sweeps[(sweeps.option == "plates") & (sweeps["value"] == "N")].iloc[0]
    assert single.capex == pytest.approx(figures.loc["plates", "capex"])


def test_warmer_water_needs_fewer_trim_hours(compared):
    sweeps = compared[0].sweeps
    warm = sweeps[(sweeps.option == "plates") & (sweeps.sweep == "supply")]
    assert warm.trim_hours.is_monotonic_decreasing
    assert warm.trim_hours.iloc[0] > warm.trim_hours.iloc[-1]


def test_more_liquid_takes_less_power(compared):
    sweeps = compared[0].sweeps
    liquid = sweeps[(sweeps.option == "plates") & (sweeps.sweep == "liquid_share")]
    assert liquid.pue_annual.is_monotonic_decreasing


def test_spare_units_cost_more(compared):
    """2N doubles the plant; N+1 of four units adds a quarter, less 1 % as slower fans leave the chillers less heat."""
    sweeps = compared[0].sweeps
    capex = sweeps[(sweeps.option == "air") & (sweeps.sweep == "redundancy")].set_index("value").capex
    assert capex["N+1"] == pytest.approx(1.25 * capex["N"], rel=0.011)
    assert capex["2N"] == pytest.approx(2.0 * capex["N"], rel=0.022)
