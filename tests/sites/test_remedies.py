"""What is tried where no plan exists: 2 MW of accelerators in Abu Dhabi, a tower and little water, on twelve days."""

from dataclasses import replace
from importlib import import_module

import pytest

from gigasite import climate
from gigasite.models.errors import SolverError
from gigasite.models.technologies.outage import Outage
from gigasite.sites import read, remedies
from gigasite.sites.remedies import advised, on_few_days
from gigasite.solvers.explain import Unmet

study = import_module("gigasite.sites.study")  # the package has a function of that name

SITE = """
site: {name: Test, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2037-01-01}
grid:
  utility:
    available: 2027-01-01
    size: {maximum: 10 MW}
    energy_price: 75 USD/MWh
    emission: 400 kg/MWh
    carbon_free_share: 0.3
water: {price: 2 USD/m3, cap: 1000 m3/year}
compute:
  platforms: {gpu: {technology: gb300_nvl72, available: 2027-01-01}}
  building: {available: 2027-01-01}
  work: {inference: {demand: 2000 H100}}
cooling:
  hall: {kind: air_cooled_chiller, available: 2027-01-01}
  tower: {kind: cold_plate_tower, supply: 32 degC, available: 2027-01-01}
limits: {land: 100 ha}
carbon: {cap: 100000 t/year}
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """Site, weather, years and design days."""
    path = tmp_path_factory.mktemp("remedies") / "test.yaml"
    path.write_text(SITE, encoding="utf-8")
    site = read(path)
    weather = climate.load(site.climate, site.place, site.folder)
    return site, weather.conditions(), weather.years, climate.days(site.climate, site.place, weather)


def test_twelve_days_stand_for_a_year(known):
    """12 x 24 hours count as 8,760; the design days are kept."""
    timeline = on_few_days(*known).network.time.timeline
    assert timeline.operating.sum() == 288
    assert (timeline.hours * timeline.weight)[timeline.operating].sum() == pytest.approx(8760.0)
    assert (~timeline.operating).sum() == 48


def test_dry_coolers_are_found_where_water_is_short(known):
    """Only the tower needs water: other coolers of its loop are enough, and those of the halls are not."""
    told = advised(*known, Unmet("the yearly cap of water", ["water.cap_limit"]))
    assert told.startswith(
        "Tried on the 21st of every month and the design days: the cheapest remedy is to allow dry coolers for the"
        " liquid loop, which costs "
    )
    assert told.endswith("% compared with lifting the limit; dry coolers for the halls would not be enough.")


def test_what_is_tried_against_carbon_is_not_on_the_site_yet(known):
    site, *others = known
    enough = tuple(c.model_copy(update={"cap": None}) if c.name == "water" else c for c in site.components)
    told = advised(replace(site, components=enough), *others, Unmet("CO2 emitted", ["metered.carbon_carbon"]))
    assert "the cheapest remedy is to allow " in told
    assert "% compared with lifting the limit; " in told
    assert told.endswith(" would do too.")


def test_a_second_shortage_is_no_remedy_of_the_first(known):
    """Whatever is done against carbon, the water is short."""
    told = advised(*known, Unmet("CO2 emitted", ["metered.carbon_carbon"]))
    assert told == (
        "Tried on the 21st of every month and the design days: lifting the limit alone, photovoltaics, photovoltaics"
        " with a battery and wind with a battery would not be enough."
    )


def test_what_no_time_was_left_for_is_named(known, monkeypatch):
    monkeypatch.setattr(remedies, "SECONDS", 0.0)
    told = advised(*known, Unmet("the yearly cap of water", ["water.cap_limit"]))
    assert told.endswith(
        ": no time was left for lifting the limit alone, dry coolers for the liquid loop and dry coolers for the halls."
    )


def test_a_solver_without_an_answer_proves_nothing_useless(known, monkeypatch):
    def stopped(compiled, **options):
        raise SolverError("stopped at the time limit")

    monkeypatch.setattr(remedies.solvers, "optimise", stopped)
    told = advised(*known, Unmet("the yearly cap of water", ["water.cap_limit"]))
    assert "would not be enough" not in told
    assert told.endswith(
        ": the solver gave no answer on lifting the limit alone, dry coolers for the liquid loop and dry coolers for"
        " the halls."
    )


def test_a_site_on_which_a_few_days_say_too_little_is_told_so(known):
    """Several years of weather, or outages; a shortage without a known remedy says nothing even then."""
    site, year, _, days = known
    water = Unmet("the yearly cap of water", ["water.cap_limit"])
    several = advised(site, year, (2009, 2010), days, water)
    assert several == "No remedy was tried: a few days cannot stand for several years of weather."
    assert advised(site, year, (2009, 2010), days, Unmet("land", ["balance.land"])) == ""
    outage = Outage.model_validate(Outage.example)
    cut_off = replace(site, components=(*site.components, outage))
    told = advised(cut_off, year, (2009,), days, water)
    assert told == "No remedy was tried: a few days cannot stand for the outages of the site."


@pytest.mark.parametrize("short", [["balance.land"], []])
def test_where_nothing_is_known_nothing_is_said(known, short):
    assert advised(*known, Unmet("land", short)) == ""


def test_land_that_is_short_says_what_lifting_it_makes(known):
    """The site fits on 100 ha; here it has none, and all else may stay as it is."""
    site, *others = known
    none = tuple(
        c.model_copy(update={"limit": dict.fromkeys(c.limit, 0.0)})
        if c.name == "land"
        else (c.model_copy(update={"cap": None}) if c.name == "water" else c)
        for c in site.components
    )
    told = advised(replace(site, components=none), *others, Unmet("land", ["metered.land_land"]))
    assert told.startswith(
        "Tried on the 21st of every month and the design days: lifting the limit alone makes a plan of "
    )
    assert told.endswith(" M USD of present value.")


def test_where_electricity_is_short_the_limits_of_the_site_are_eased(known, monkeypatch):
    """A connection of 1.5 MW is too small for the accelerators, 3 MW are enough; nothing on the site takes land."""
    monkeypatch.setattr(remedies, "POWER", {})
    monkeypatch.setattr(remedies, "STORES", {})
    site, *others = known
    small = tuple(
        c.model_copy(update={"size": type(c.size)(maximum="1.5 MW")})
        if c.name == "utility"
        else (c.model_copy(update={"cap": None}) if c.name == "water" else c)
        for c in site.components
    )
    told = advised(replace(site, components=small), *others, Unmet("electricity", ["balance.ac"]))
    assert "the cheapest remedy is to allow twice the grid connection 'utility', which makes a plan of " in told
    assert told.endswith("; more land than the limit would not be enough.")


def test_the_sentences_of_a_site_without_a_plan_end_with_the_remedy(tmp_path, monkeypatch):
    """The year proves the water short before anything is sized; a stand-in says what was tried."""
    path = tmp_path / "test.yaml"
    path.write_text(SITE, encoding="utf-8")
    monkeypatch.setattr(study, "advised", lambda *given: f"Tried: {given[-1].short[0]}.")
    with pytest.raises(Unmet) as caught:
        study.study(read(path))
    assert caught.value.problems[0].startswith("the yearly cap of water of 1,000: short by ")
    assert caught.value.problems[-1] == "Tried: water.cap_limit."
