# ruff: noqa: E501  sentences stand as people see them
"""Offers, windows and headroom as a site file says them: read, checked, written out, frozen."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pandas as pd
import pytest
from ruamel.yaml import YAML

from gigasite.models.errors import SiteFileError
from gigasite.sites import Site, frozen
from gigasite.sites.horizon import change_dates

GRID = """
grid:
  utility:
    offers:
      - {power: 30 MW, available: 2027-01-01, capex: 150 USD/kW, substation: 3 MUSD, line: 2 km}
      - power: 40 MW
        available: 2028-07-01
        whole: true
        call_off: {share: 60 %, hours: 200 h, within: {windows: [{months: [6, 7, 8, 9], hours: [13, 19], weekdays: true}]}}
    headroom: {2027-01-01: 50 MW, 2030-01-01: 100 MW}
    energy_price: 60 USD/MWh
    energy_tiers: {tiers: [{up_to: 30 GWh, rate: 0 USD/MWh}, {rate: 5 USD/MWh}]}
    demand_charges:
      - {label: evenings, rate: 8 USD/kW/month, within: {windows: [{months: [6, 7, 8, 9], hours: [16, 21]}]}}
      - {label: ratchet, rate: 4 USD/kW/month, ratchet: {share: 80 %}}
      - {label: 4CP, kind: coincident, rate: 40 USD/kW/year, within: {windows: [{dates: [06-20, 07-14], hours: [16, 17]}]}}
    emission: 400 kg/MWh
    carbon_free_share: 0.3
""".lstrip()
LATE = "scenarios:\n  late: {grid: {utility: {delay: 1 year}}}\n"
Trouble = Callable[..., list[str]]


@pytest.fixture
def text(texts: dict[str, str]) -> str:
    """A load of 30 MW with two offers; the grid starts in line 6."""
    return texts["head"] + texts["load"].replace("60 MW", "30 MW") + GRID


def utility(site: Site) -> Any:
    return site.component("utility")


def test_offers_and_windows_are_read(site: Callable[..., Site], text: str) -> None:
    """June to September, from a Friday on, have 122 days of 5 evening hours and 86 weekdays of 6; two peaks."""
    grid = utility(site(text))
    assert [offer.power for offer in grid.offers] == [30.0, 40.0]
    assert grid.offers[0].cost_per_mw(0.0) == pytest.approx(150_000 + 100_000 + 2 * 825)
    assert grid.offers[1].call_off.within.values.sum() == 86 * 6
    assert [charge.within and charge.within.values.sum() for charge in grid.demand_charges] == [610.0, None, 2.0]


def test_phases_begin_with_offers_and_headroom(site: Callable[..., Site], text: str) -> None:
    assert change_dates(site(text)) == {date(2028, 7, 1), date(2030, 1, 1)}
    early = text.replace("30 MW, available: 2027-01-01", "30 MW, available: 2026-01-01")
    assert change_dates(site(early + LATE, "late")) == {date(2029, 7, 1), date(2030, 1, 1)}


def test_a_delay_leaves_the_load_without_power(trouble: Trouble, text: str) -> None:
    found = trouble(text + LATE, "late")
    assert found == [
        "test.yaml:7 grid 'utility': nothing gives electricity at the first start 2027-01-01; the first to come is grid 'utility' with a grid offer on 2028-01-01. Start later, decide earlier, add a supply that is ready, or state available: 2027-01-01 where a contract says so."
    ]


def test_what_is_resolved_reads_as_the_same_connection(site: Callable[..., Site], text: str) -> None:
    """Nested lists, windows and rows of the catalogue are written out and come back."""
    made, out = site(text), StringIO()
    YAML().dump(dict(made.resolved), out)
    again = site(out.getvalue())
    assert utility(again) == utility(made)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "available: 2028-07-01",
            "available: 2026-07-01",
            "test.yaml:7 grid 'utility': offers must stand in order of time: offer 2 comes at 2026-07-01, before offer 1 at 2027-01-01. Sort them, or correct the date.",
        ),
        (
            "power: 40 MW",
            "power: 0 MW",
            "test.yaml:10 grid 'utility': offers.1: power must be above zero, got 0 MW. Remove the offer to switch it off.",
        ),
        (
            "hours: [13, 19]",
            "hours: [13, 25]",
            "test.yaml:13 grid 'utility': offers.1.call_off.within: windows.0: hours must be [from, to] between 0 and 24, got [13, 25].",
        ),
        (
            "ratchet: {share: 80 %}",
            "ratchet: {share: 110 %}",
            "test.yaml:19 grid 'utility': demand_charges.1.ratchet.share must lie between 0 and 1 (0 % and 100 %), got 1.1.",
        ),
        (
            "{up_to: 30 GWh, rate: 0 USD/MWh}, {rate: 5 USD/MWh}",
            "{up_to: 30 GWh, rate: 6 USD/MWh}, {rate: 5 USD/MWh}",
            "test.yaml:16 grid 'utility': energy_tiers: the rate of a tier must not lie below that of the tier before, 6 USD/MWh, got 5: the plan would fill the cheap block first, as a bill never does. Where more than 30000 MWh are sure in every period, state the last rate alone, 5 USD/MWh, and add 30000 USD/month to fixed_charge: it is the same bill. Else state one rate between the two.",
        ),
        (
            "energy_price: 60 USD/MWh",
            "energy_price: {tariff: [{hours: [8, 24], price: 60 USD/MWh}]}",
            "test.yaml:15 grid 'utility': energy_price must have a price in every hour of the year, but no row holds in 2,920 hours, the first of them Monday 1 January 00:00. Add otherwise: 60 USD/MWh, or a row.",
        ),
        (
            "dates: [06-20, 07-14]",
            "dates: [06-20, 02-29]",
            "test.yaml:20 grid 'utility': demand_charges.2.within: windows.0: dates must be days of a year of 365 days such as '07-14', got '02-29'. Write month and day.",
        ),
        (
            "rate: 4 USD/kW/month",
            "rate: 4 USD/MWh",
            "test.yaml:19 grid 'utility': demand_charges.1.rate must be a charge on power such as '12 USD/kW/month', got '4 USD/MWh', a price of energy.",
        ),
        (
            "energy_price: 60 USD/MWh",
            "energy_price: 12 USD/kW/month",
            "test.yaml:15 grid 'utility': energy_price must be a price of energy such as '60 USD/MWh', got '12 USD/kW/month', a charge on power.",
        ),
        (
            "    offers:\n",
            "    size: {existing: [{size: 5 MW, commissioned: 2020-01-01, life: 40 year}]}\n    offers:\n",
            "test.yaml:7 grid 'utility': what stands already is an offer of its own, with capex: 0 USD/kW. Move size.existing to the offers.",
        ),
    ],
)
def test_mistakes_are_answered_with_their_line(trouble: Trouble, text: str, old: str, new: str, says: str) -> None:
    assert trouble(text.replace(old, new)) == [says]


def test_a_request_beyond_the_headroom_is_refused(trouble: Trouble, texts: dict[str, str]) -> None:
    """1 GW in a national system of 3 GW that has 250 MW left."""
    text = texts["head"] + texts["load"] + texts["grid"]
    text = text.replace("size: {maximum: {2027-01-01: 100 MW}}", "available: 2027-01-01, size: 1 GW, headroom: 250 MW")
    assert trouble(text, code=3) == [
        "test.yaml: grid 'utility': 1,000.0 MW are asked for from 2027-01-01, but the host grid has headroom for 250.0 MW: 750.0 MW short. Ask for less, later, or supply the rest on the site"
    ]


def test_a_load_beyond_the_headroom_is_refused(trouble: Trouble, texts: dict[str, str]) -> None:
    text = texts["head"] + texts["load"] + texts["grid"].replace("energy_price", "headroom: 20 MW, energy_price")
    assert trouble(text, code=3) == [
        "test.yaml: electricity: the site needs at least 60.0 MW on a design day from 2027-01-01, but grid, generators and storage may give 20.0 MW at most: 40.0 MW short. Raise an offer or size.maximum, bring a supply forward, or lower the demand; the host grid of 'utility' has headroom for 20.0 MW"
    ]


def test_a_size_beyond_all_offers_is_refused(trouble: Trouble, text: str) -> None:
    """30 MW in 2027, 70 MW from mid-2028 on, of which the host grid connects 50 until 2030."""
    asked = text.replace("    headroom:", "    size: {minimum: {2027-01-01: 10 MW, 2031-01-01: 80 MW}}\n    headroom:")
    assert trouble(asked, code=3) == [
        "test.yaml: grid 'utility': 80.0 MW are asked for from 2031-01-01, but its offers add up to 70.0 MW then: 10.0 MW short. Lower the size, or add an offer"
    ]


def test_power_factor_losses_and_calls_count_in_what_can_be_met(trouble: Trouble, text: str) -> None:
    """30 MVA x 0.9 x 0.98 = 26.5 MW for 30 MW of load."""
    found = trouble(text.replace("    headroom:", "    power_factor: 0.9\n    losses: 2 %\n    headroom:"), code=3)
    assert "grid, generators and storage may give 26.5 MW at most: 3.5 MW short" in found[0]


def built(*offers: float) -> pd.DataFrame:
    """A table as a run writes it: the first offer in all phases, the second from 2030 on."""
    rows = [
        (day, "utility", "grid", f"offer_{number}", value if number == 1 or day >= "2030" else 0.0, "MW", 0.0, 0.0)
        for number, value in enumerate(offers, 1)
        for day in ("2027-01-01", "2028-07-01", "2030-01-01")
    ]
    return pd.DataFrame(rows, columns=["phase", "component", "kind", "quantity", "value", "unit", "added", "retired"])


def test_what_was_taken_of_each_offer_is_frozen(site: Callable[..., Site], text: str) -> None:
    made = frozen(site(text.replace("2030-01-01: 100 MW", "2030-01-01: 60 MW")), built(20.0, 40.0))
    taken = [offer.taken.fixed for offer in utility(made).offers]
    assert list(taken[0].values()) == [20.0, 20.0, 20.0]
    assert list(taken[1].values()) == [0.0, 0.0, 40.0]
    assert made.resolved["grid"]["utility"]["offers"][1]["taken"]["fixed"][date(2030, 1, 1)] == "40 MW"
    assert made.warnings == ()


def test_a_frozen_design_stays_within_the_headroom(site: Callable[..., Site], text: str) -> None:
    """20 + 40 MW of the run, 35 MW of headroom: the first offer in full, 15 MW of the second."""
    made = frozen(site(text.replace("2030-01-01: 100 MW", "2030-01-01: 35 MW")), built(20.0, 40.0))
    assert [offer.taken.fixed[date(2030, 1, 1)] for offer in utility(made).offers] == [20.0, 15.0]
    assert made.warnings == (
        "grid 'utility', offer_2: 40 MW of the run exceed the headroom of the host grid from 2030-01-01; 15 hold",
    )


def test_a_frozen_offer_that_comes_late_is_missing_until_then(site: Callable[..., Site], text: str) -> None:
    """The offer of 2027 comes in 2028: nothing of its 20 MW in the first phase, and a warning says so."""
    engine = "  backup: {kind: generator, technology: diesel, fuel: diesel_oil, available: 2027-01-01, size: {fixed: 40 MW}}\n  tank: {kind: diesel_oil}\n"
    with_engine = text.replace("grid:\n", engine + "grid:\n", 1)
    table = built(20.0, 40.0)
    diesel = pd.DataFrame([("2027-01-01", "backup", "generator", "power", 40.0, "MW", 0.0, 0.0)], columns=table.columns)
    made = frozen(site(with_engine + LATE, "late"), pd.concat([table, diesel]))
    taken = utility(made).offers[0].taken.fixed
    assert {day: value for day, value in taken.items() if day < date(2028, 7, 1)} == {
        date(2027, 1, 1): 0.0,
        date(2028, 1, 1): 20.0,
    }
    assert any("offer_1" in sentence and "2027-01-01" in sentence for sentence in made.warnings)


def test_an_unknown_offer_of_a_run_is_refused(site: Callable[..., Site], text: str) -> None:
    with pytest.raises(SiteFileError, match="has no size 'offer_3'"):
        frozen(site(text), built(20.0, 40.0, 5.0))
