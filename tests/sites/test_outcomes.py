# ruff: noqa: E501  sentences stand as people see them
"""Plans over delays and years of weather: read from a site file, made, tabled, frozen."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from ruamel.yaml import YAML

from gigasite.models.errors import InfeasibleError
from gigasite.sites import Site, frozen
from gigasite.sites.horizon import change_dates, cycles, timeline
from gigasite.sites.hourly_table import hourly_table
from gigasite.sites.outcomes import outcomes
from gigasite.sites.tables import Finished, capacities, costs, energy
from gigasite.solvers.phases import links, split

LATE = "[{by: 0 year, probability: 0.6}, {by: 2 year, probability: 0.4}]"
SITE = """
site: {name: Test, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2037-01-01}
power:
  offices: {kind: load, demand: 50 MW}
  solar: {kind: pv_tracking, available: 2027-01-01, size: {maximum: 60 MW}}
  engines: {kind: generator, technology: gas_engine, fuel: gas, available: 2027-01-01, size: {maximum: 90 MW}, unit: 1 MW}
  gas: {kind: natural_gas, price: 12 USD/MMBtu}
grid:
  utility:
    offers:
      - {power: 60 MW, available: 2027-01-01, capex: 10 USD/kW}
    delay: [{by: 0 year, probability: 0.6}, {by: 2 year, probability: 0.4}]
    energy_price: 60 USD/MWh
    demand_charge: 10 USD/kW/month
    emission: 400 kg/MWh
    carbon_free_share: 0.3
carbon: {price: 20 USD/t}
scenarios:
  certain: {grid: {utility: {delay: 0 year}}}
""".lstrip()


@pytest.fixture(scope="module")
def uncertain(on_twelve_days: Callable[..., Finished], tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """A wire that may be two years late, besides engines and sun, on twelve days."""
    return on_twelve_days(tmp_path_factory.mktemp("uncertain"), SITE)


def test_phases_begin_wherever_an_outcome_brings_the_connection(site: Callable[..., Site]) -> None:
    """Two years after 1 January 2027; two delays of one year of weather, in two phases of which one tells them apart."""
    made = site(SITE)
    assert change_dates(made) == {date(2029, 1, 1)}
    line = timeline(made, cycles(made, [2001], [("hottest", 7)]))
    assert [(ring.name, ring.outcome.probability) for ring in line.rings] == [
        ("2027-01-01 (utility on time)", 0.6),
        ("2027-01-01 (utility 2 years late)", 0.4),
        ("2029-01-01", 1.0),
    ]
    assert line.size == 3 * (8760 + 24)


def test_years_of_weather_and_delays_multiply(site: Callable[..., Site]) -> None:
    """Two delays of two years of 0.3 and 0.2 each; design days know only the delays."""
    made = site(SITE)
    known = cycles(made, [2010, 2011], [("hottest", 7)])
    assert [each.outcome.name for each in known] == [
        "2010, utility on time", "2011, utility on time", "2010, utility 2 years late", "2011, utility 2 years late",
        "utility on time", "utility 2 years late",
    ]  # fmt: skip
    assert [each.outcome.probability for each in known[:4]] == pytest.approx([0.3, 0.3, 0.2, 0.2])
    assert cycles(site(SITE, "certain"), [2001], [])[0].outcome.name == ""


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (
            "[{by: 0 year, probability: 0.6}, {by: 2 year, probability: 0.3}]",
            "test.yaml:13 grid 'utility': delay: probabilities must add up to 1, got 0.9. State the delay that is missing, or correct one.",
        ),
        (
            "[{by: 2 year, probability: 0.6}, {by: 1 year, probability: 0.4}]",
            "test.yaml:13 grid 'utility': delay: delays must rise: by must lie above 2 years, got 1 years. Sort them, and state each once.",
        ),
        (
            "[{by: 0 year, probability: 1.2}, {by: 1 year, probability: -0.2}]",
            "test.yaml:13 grid 'utility': delay.1.probability must lie between 0 and 1 (0 % and 100 %), got -0.2.",
        ),
        (
            "[{by: 2 MW, probability: 1}]",
            "test.yaml:13 grid 'utility': delay.0.by must be a quantity in year, got '2 MW'.",
        ),
        ("two years", "test.yaml:13 grid 'utility': delay must be a quantity in year, got 'two years'."),
    ],
)
def test_delays_that_cannot_be_are_answered_with_their_line(
    trouble: Callable[..., list[str]], new: str, says: str
) -> None:
    found = trouble(SITE.replace(LATE, new))
    assert any(sentence.startswith(says.removesuffix(".")) for sentence in found), found


def test_what_is_resolved_reads_as_the_same_delays(site: Callable[..., Site]) -> None:
    made, out = site(SITE), StringIO()
    YAML().dump(dict(made.resolved), out)
    again: Any = site(out.getvalue()).component("utility")
    assert again.delay == made.component("utility").delay  # type: ignore[attr-defined]
    assert len(again.delay) == 2


def test_means_over_the_outcomes_are_the_figures_of_the_phase(uncertain: Finished) -> None:
    """Cost of operation, import and CO2 by outcome, weighted, are those of costs.csv and energy.csv."""
    table = outcomes(uncertain)
    assert table.groupby("phase")["probability"].sum().tolist() == pytest.approx([1, 1])
    mean = table.drop(columns=["phase", "weather_year", "delay"]).mul(table["probability"], axis=0)
    mean = mean.groupby(table["phase"]).sum()
    paid = costs(uncertain)
    running = paid[~paid["reason"].str.contains("capital|upkeep")].groupby("phase")["usd_per_year"].sum()
    assert mean["operation_usd"].tolist() == pytest.approx(running.tolist())
    flows = energy(uncertain).groupby(["flow", "phase", "component"])["value"].sum()
    assert mean["grid_mwh"].tolist() == pytest.approx(flows["ac"].unstack()["utility"].tolist(), abs=1e-6)
    assert mean["co2_t"].tolist() == pytest.approx(uncertain.accounts["carbon"].tolist())


def test_only_what_has_arrived_is_imported(uncertain: Finished) -> None:
    """Late, the first two years import nothing and engines run; later both outcomes are the same."""
    table = outcomes(uncertain).set_index(["phase", "delay"])
    late, on_time = (table.loc[("2027-01-01", f"utility {what}")] for what in ("2 years late", "on time"))
    assert late["grid_mwh"] == pytest.approx(0, abs=1e-3)
    assert late["generator_mwh"] > on_time["generator_mwh"]
    later = table.loc["2029-01-01"].drop(columns=["weather_year", "probability"])
    assert later.iloc[0].tolist() == pytest.approx(later.iloc[1].tolist())


def test_what_cannot_be_met_names_its_outcome(on_twelve_days: Callable[..., Finished], tmp_path: Path) -> None:
    """60 MW of engines are derated in the heat; without the wire they do not carry 50 MW."""
    with pytest.raises(
        InfeasibleError, match=r"design day at .* in the phase from 2027-01-01 \(utility 2 years late\)"
    ):
        on_twelve_days(tmp_path, SITE.replace("size: {maximum: 90 MW}", "size: {maximum: 60 MW}"))


def test_engines_stand_for_the_late_outcome_alone(uncertain: Finished) -> None:
    """50 MW on the design day without wire and sun; with the wire certain there are none."""
    built = capacities(uncertain).set_index(["component", "phase"])["value"]
    assert built["engines", "2027-01-01"] >= 50 - 1e-3


def test_costs_of_a_plan_over_outcomes_add_up_to_the_objective(uncertain: Finished) -> None:
    paid = costs(uncertain)
    total = float((paid["usd_per_year"] * paid["present_value_years"]).sum())
    assert total == pytest.approx(uncertain.solution.dispatch_usd, rel=1e-9)


def test_hours_of_all_outcomes_stand_along_time(uncertain: Finished) -> None:
    """Two delays of 288 hours in both phases; the mean weighted by probability is the yearly flow."""
    hours = hourly_table(uncertain)
    assert dict(hours.sizes) == {"phase": 2, "time": 2 * 288}
    assert hours["delay"].values[[0, 287, 288, -1]].tolist() == ["utility on time"] * 2 + ["utility 2 years late"] * 2
    assert "weather_year" not in hours.coords
    flow, chance = hours["ac.utility"].isel(phase=0).to_numpy(), hours["probability"].to_numpy()
    assert np.all(flow[288:] < 1e-6)
    yearly = uncertain.yearly(uncertain.compiled.network.flows("ac")["utility"])[0]
    assert float((flow * chance).sum()) * 8760 / 288 == pytest.approx(yearly, rel=1e-6)


def test_a_plan_that_ignores_the_delay_can_be_evaluated_under_it(site: Callable[..., Site]) -> None:
    """Sizes of the only phase of a certain plan hold in both phases of the uncertain one; 40 MW of wire are paid from
    2027 on."""
    rows = [
        ("2027-01-01", "solar", "pv_tracking", "power", 10.0, "MW"),
        ("2027-01-01", "engines", "generator", "power", 0.0, "MW"),
        ("2027-01-01", "utility", "grid", "offer_1", 40.0, "MW"),
    ]
    sizes = pd.DataFrame(rows, columns=["phase", "component", "kind", "quantity", "value", "unit"])
    held = frozen(site(SITE), sizes)
    wire: Any = held.component("utility")
    assert set(wire.offers[0].taken.fixed.values()) == {40.0}
    assert not [text for text in held.warnings if "utility" in text]


def test_outcomes_share_nothing_once_sizes_are_fixed(uncertain: Finished) -> None:
    """Bills, fuel and CO2 belong to outcomes: no part of the dispatch holds steps of two of them.

    Were fuel bought by the phase, its one account would tie both outcomes of the first phase together.
    """
    compiled, line = uncertain.compiled, uncertain.timeline
    matrix, link = compiled.matrix, links(compiled)
    segment = np.full(matrix.a.shape[1], -1)
    for variable in compiled.columns.variables:
        if len(variable) == line.size:
            segment[compiled.columns.slice(variable)] = line.segment_number
    free = np.setdiff1d(np.arange(matrix.a.shape[1]), np.concatenate([link.added, link.capacity]))
    parts = split(matrix, np.arange(matrix.a.shape[0]), free, smallest=1)
    held = [set(segment[part.columns]) - {-1} for part in parts]
    assert max(len(each) for each in held) == 1
    assert set().union(*held) == set(range(len(line.segments)))
