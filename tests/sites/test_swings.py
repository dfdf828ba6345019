# ruff: noqa: E501  sentences stand as people see them
"""Swings of training in a site file: what is refused, what cannot be, and a plan that holds them."""

from collections.abc import Callable

import pytest

from gigasite.sites import Site
from gigasite.sites.study import study

Trouble = Callable[..., list[str]]
BATTERY = "power:\n  bess: {kind: battery, available: 2027-01-01%s}\n"
PLATFORM = """
compute:
  platforms: {gpu: {technology: gb300_nvl72, available: 2027-01-01, swing: 50 %, power: 2 kW/GPU, network_overhead: 1.1, size: {fixed: 7200 GPU}}}
  building: {available: 2027-01-01}
  power_chain: {available: 2027-01-01}
cooling:
  hall: {kind: air_cooled_chiller, available: 2027-01-01}
  dry: {kind: cold_plate_dry_cooler, supply: 40 degC, available: 2027-01-01}
"""


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (
            BATTERY % ", swing_duration: 1 minute",
            "test.yaml:7 battery 'bess': swing_duration acts only where swings are limited, got no limit. State limits.swing, for example 10 MW, or remove it.",
        ),
        (
            "power:\n  offices: {kind: load, demand: 5 MW}\nlimits: {swing: 5 MW}\n",
            "test.yaml:8 limits: swing needs accelerators that swing, got none. Remove it.",
        ),
    ],
)
def test_what_cannot_act_is_refused(trouble: Trouble, texts: dict[str, str], lines: str, says: str) -> None:
    assert trouble(texts["head"] + texts["grid"] + lines) == [says]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("limits: {swing: 5 MWh}\n", "test.yaml:14 limits: swing must be a quantity in MW, got '5 MWh'."),
        ("limits: {swing: -5 MW}\n", "test.yaml:14 limits: swing must not be negative, got -5."),
        (
            "limits: {swing: 5 MW}\npower:\n  basins: {kind: pumped_hydro, swing_duration: 1 minute}\n",
            "test.yaml:16 pumped_hydro 'basins': swing_duration does not belong to pumped_hydro: swings of training come and go within seconds",
        ),
    ],
)
def test_bad_input_is_named(trouble: Trouble, texts: dict[str, str], lines: str, says: str) -> None:
    found = trouble(texts["head"] + texts["grid"] + PLATFORM + lines)
    assert any(sentence.startswith(says) for sentence in found), found


def test_swings_that_nothing_holds_are_infeasible_with_the_megawatts(trouble: Trouble, texts: dict[str, str]) -> None:
    """7.2 kGPU x 2 kW x 1.1 x 50 % = 7.92 MW; 5 MW accepted."""
    found = trouble(texts["head"] + texts["grid"] + PLATFORM + "limits: {swing: 5 MW}\n", code=3)
    assert found == [
        "test.yaml: swing: the accelerators swing by at least 7.9 MW on a design day from 2027-01-01, but limits.swing accepts 5.0 MW and nothing holds the rest: 2.9 MW short. State swing_duration: 1 minute on a battery, or swing_share on the power chain, or raise the limit",
    ]


def test_a_battery_holds_what_the_grid_does_not_accept(site: Callable[..., Site], texts: dict[str, str]) -> None:
    """7.92 MW swing, 5 are accepted: 2.92 MW of battery, held on design days; the swing is no energy of the year."""
    work = "  work: {training: {share: 100 %}}\n"
    platform = PLATFORM.replace("cooling:", work + "cooling:")
    grid = texts["grid"].replace("utility: {", "utility: {available: 2027-01-01, ")
    made = site(
        texts["head"]
        + grid
        + platform
        + BATTERY % ", swing_duration: 1 minute"
        + "limits: {swing: 5 MW}\nsolve: {gap: 0.02}\n"
    )
    plan = study(made)
    figures = plan.kpis.set_index("name")["value"]
    assert figures["swing"] == pytest.approx(7.92, rel=1e-6)
    assert figures["swing_held"] == pytest.approx(2.92, rel=1e-3)
    bess = plan.capacities.query("component == 'bess' and quantity == 'power'")["value"].iloc[0]
    assert bess == pytest.approx(2.92, rel=0.01)
    assert "swing" not in set(plan.energy["flow"])
