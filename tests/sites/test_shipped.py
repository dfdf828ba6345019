"""The shipped sites agree with the facts of the catalogue and with what is announced."""

import re
from datetime import date
from importlib import resources
from typing import Any

import pytest

from gigasite.models.catalogue import site_facts
from gigasite.models.investment import Candidate
from gigasite.sites import Site, read, scenarios, shipped

FACTS = {
    "abilene": "USA-ABI", "abu_dhabi": "UAE-AUH", "cairo": "EGY-SUZ", "copenhagen": "DNK-CPH", "dammam": "KSA-DMM",
    "fortaleza": "BRA-PEC", "frankfurt": "DEU-MUC", "haenam": "KOR-HNM", "johannesburg": "ZAF-JNB",
    "johor": "MYS-JHR", "lagos": "NGA-LOS", "memphis": "USA-MEM1", "mumbai": "IND-NVM", "nairobi": "KEN-OLK",
    "paris": "FRA-BRU", "riyadh": "KSA-RUH", "sao_paulo": "BRA-BSB", "seoul": "KOR-SEJ", "shanghai": "CHN-ZJK",
    "singapore": "SGP-JUR", "tel_aviv": "ISR-MOD", "tokyo": "JPN-SKI",
}  # fmt: skip
ELSEWHERE = {"frankfurt", "sao_paulo", "seoul", "shanghai", "tokyo"}  # facts of the nearest site, at another place
ON_GAS_USD_PER_MWH = {"frankfurt": 75 * 0.198}  # emission trading
SHELL_USD_PER_W = {
    "frankfurt": 11.6,
    "tokyo": 15.2,
}  # the catalogue's notes on these cities


def splits(site: Site) -> set[date]:
    """Dates inside the horizon on which what is possible changes."""
    days = {day for each in site.components if isinstance(each, Candidate) for day in each.dates(site.decision)}
    return {day for day in days if site.starts[0] < day < site.end}


def test_every_shipped_site_has_its_facts() -> None:
    assert set(shipped()) == set(FACTS)


@pytest.mark.parametrize("name", shipped())
def test_numbers_agree_with_the_catalogue(name: str) -> None:
    site, facts = read(name), site_facts(FACTS[name])
    grid: Any = site.component("utility")
    place = site.place
    here = (place.latitude_deg, place.longitude_deg, place.elevation_m)
    assert (here == (facts.latitude, facts.longitude, facts.elevation_m)) is (name not in ELSEWHERE)
    assert grid.energy_price.values[0] == facts.tariff_energy_usd_per_mwh
    assert grid.demand_charge / 1000 == facts.tariff_demand_usd_per_kw_month
    assert grid.emission.values[0] * 1000 == pytest.approx(facts.grid_emission_kg_per_mwh)
    assert grid.carbon_free_share.values[0] * 100 == pytest.approx(facts.grid_carbon_free_pct)
    assert grid.capex / 1000 == pytest.approx(facts.grid_connection_usd_per_kw)
    building: Any = site.component("building")
    assert building.capex / 1e6 == pytest.approx(SHELL_USD_PER_W.get(name, facts.data_centre_usd_per_w))
    water: Any = site.component("water")
    assert water.price == facts.water_usd_per_m3
    assert site.money.cost_of_capital * 100 == pytest.approx(facts.wacc_real_pct)
    for fuel in [each for each in site.components if each.kind == "natural_gas"]:
        listed = facts.gas_usd_per_mmbtu / 0.29307107 + ON_GAS_USD_PER_MWH.get(name, 0)
        assert list(fuel.price.values()) == pytest.approx([listed], rel=1e-3)


@pytest.mark.parametrize("name", shipped())
def test_every_file_names_the_row_of_its_facts(name: str) -> None:
    text = (resources.files("gigasite.sites") / f"{name}.yaml").read_text(encoding="utf-8")
    assert f"for site {FACTS[name]}" in text
    assert set(re.findall(r"\b[A-Z]{3}-[A-Z0-9]{3,4}\b", text)) == {FACTS[name]}


def test_every_candidate_is_ready_so_that_no_lead_time_splits_a_phase() -> None:
    """Abu Dhabi has three phases and no more: 200 MW, 1 GW, 5 GW."""
    site = read("abu_dhabi")
    assert splits(site) <= set(site.starts)
    assert len(site.starts) == 3
    grid: Any = site.component("utility")
    assert list(grid.size.maximum.values()) == [200.0, 1000.0, 5000.0]


def test_the_first_demand_of_abu_dhabi_fits_200_mw_with_dry_cooling() -> None:
    """155,000 H100 / (2.528 x 0.96) x 1.01 = 64,500 GB300 x 1.97 kW x 1.14 x PUE 1.284 = 186 MW.

    87,000 GB300, from 2.3 kW of average facility power each, would need 251 MW on the hottest day.
    """
    site = read("abu_dhabi")
    gpus: Any = site.component("gb300")
    work: Any = site.component("work")
    first = [min(one.demand) for one in work.classes]
    asked = 1000 * sum(one.demand[day] for one, day in zip(work.classes, first, strict=True))
    assert asked == pytest.approx(155_000)
    accelerators = asked / (gpus.speed * gpus.availability) * 1.01
    assert gpus.facility_mw(accelerators / 1000) * 1.284 == pytest.approx(186, abs=1)


def test_memphis_starts_on_turbines_that_go_back_when_the_grid_comes() -> None:
    """34 weeks = 0.652 years is less than the 242 days = 0.663 years to the substation."""
    site = read("memphis")
    turbines: Any = site.component("turbines")
    assert turbines.life < (site.starts[1] - site.starts[0]).days / 365.25
    gpus: Any = site.component("h100")
    assert list(gpus.size.fixed.values()) == [100.0]
    assert splits(site) <= set(site.starts)


def test_singapore_asks_for_most_compute_under_its_limits() -> None:
    site = read("singapore")
    assert site.goal == "most_compute"
    pue: Any = site.component("pue")
    assert pue.limit == 1.25
    assert not any(each.kind.startswith("pv") for each in site.components)


@pytest.mark.parametrize(("name", "scenario"), [(name, each) for name in FACTS for each in scenarios(name)])
def test_every_scenario_reads_and_says_what_it_is(name: str, scenario: str) -> None:
    site = read(name, scenario)
    assert site.scenario == scenario
    assert site.note.endswith(".")


def test_the_scenarios_of_abu_dhabi_are_there() -> None:
    asked = {"grid_two_years_late", "dry_cooling_only", "carbon_free_80", "partner_half"}
    assert asked <= set(scenarios("abu_dhabi"))


@pytest.mark.parametrize("name", ["frankfurt", "lagos", "tel_aviv"])
def test_a_bridge_of_engines_stands_before_the_grid(name: str) -> None:
    site = read(name)
    grid: Any = site.component("utility")
    engines: Any = site.component("engines")
    assert site.starts[0] < min(grid.size.maximum)
    assert engines.ready(site.decision) <= site.starts[0]


@pytest.mark.parametrize(
    ("name", "platform", "counts"),
    [("haenam", "gb300", [15.048, 50.04]), ("paris", "gb200", [18.0]), ("tel_aviv", "b200", [4.0])],
)
def test_announced_numbers_come_in_whole_racks(name: str, platform: str, counts: list[float]) -> None:
    """15,000 and 50,000 are 208.3 and 694.4 racks of 72: 209 and 695; 18,000 are 250, 4,000 are 500 servers of 8."""
    gpus: Any = read(name).component(platform)
    sizes = list(gpus.size.fixed.values())
    assert sizes == pytest.approx(counts)
    assert all(1000 * each / (1000 * gpus.rack) == pytest.approx(round(each / gpus.rack)) for each in sizes)


def test_the_water_of_fortaleza_is_capped_at_five_hundredths_of_a_litre() -> None:
    """0.05 L/kWh x 205 MW x 8,760 h = 89,800 m3; x 685 MW = 300,000 m3."""
    water: Any = read("fortaleza").component("water")
    assert list(water.cap.values()) == pytest.approx([0.05 * mw * 8760 for mw in (205, 685)], rel=0.01)


def test_domestic_accelerators_ask_for_colder_water() -> None:
    """CloudMatrix takes water up to 32 degC, racks of GB300 up to 40 degC."""
    ascend: Any = read("shanghai").component("ascend")
    loops: list[Any] = [each for each in read("shanghai").components if each.kind.startswith("cold_plate")]
    assert ascend.water_limit == 32.0
    assert all(each.supply <= 32.0 for each in loops)


def test_johor_has_no_sun_whose_measure_is_doubtful() -> None:
    assert not any(each.family == "renewable" for each in read("johor").components)
