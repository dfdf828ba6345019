import dataclasses
import math

import pytest

from gigasite.models import catalogue
from gigasite.models.catalogue import EVIDENCE, entries, lookup, site_facts, sites, technologies
from gigasite.models.quantities import Unit

EVERY = [entry for heading in technologies() for entry in entries(heading.name).values()]


def _parsed(entry):
    unit = "" if entry.unit == "1" else entry.unit.replace("m3", "m**3")
    return Unit(unit, bare=True).parse(entry.text)


def test_every_number_has_a_source_and_an_evidence_word():
    assert [e for e in EVERY if not e.source.strip() or e.evidence not in EVIDENCE] == []


def test_every_number_parses_with_its_unit():
    """text -> quantity -> the same number; a unit that site files do not know would raise."""
    wrong = [
        e for e in EVERY if not math.isclose(_parsed(e), e.value, rel_tol=1e-9, abs_tol=1e-12) and "%" not in e.unit
    ]
    assert wrong == []
    for entry in EVERY:
        _parsed(entry)


def test_every_range_holds_its_value():
    assert [e for e in EVERY if not e.low <= e.value <= e.high] == []


def test_every_row_of_the_table_is_kept():
    """A technology and parameter given twice would hide the first row."""
    rows = list(catalogue._rows("technology.csv"))
    assert len(rows) == len(EVERY)


def test_everything_that_costs_capital_has_a_lifetime():
    lasting = {"grid": "connection_lifetime"}
    for heading in technologies():
        known = entries(heading.name)
        if heading.category in ("accelerator", "it", "cooling_system", "fuel", "carbon", "water"):
            continue
        if any(parameter.startswith("capex") for parameter in known):
            assert lasting.get(heading.name, "lifetime") in known, heading.name


def test_everything_a_planner_may_build_has_capital_and_lead_time():
    names = ["pv_tracking", "pv_fixed", "wind_onshore", "gas_engine", "gas_turbine_frame", "gas_turbine_aero", "ccgt"]
    for name in [*names, "diesel", "fuel_cell_sofc", "smr", "geothermal"]:
        assert {"capex", "lead_time", "lifetime", "fixed_om", "land"} <= set(entries(name)), name
    for heading in technologies("accelerator"):
        wanted = {
            "capex",
            "it_power",
            "reference_speed",
            "block_size",
            "liquid_share",
            "facility_water_max",
            "lead_time",
        }
        assert wanted <= set(entries(heading.name)), heading.name


def test_every_generator_answers_the_same_questions():
    """A generator component looks these up by name; a gap would show only when somebody chooses that technology."""
    asked = {
        "capex",
        "fixed_om",
        "variable_om",
        "lifetime",
        "lead_time",
        "min_load",
        "ramp",
        "unit_size",
        "forced_outage",
    }
    asked |= {"derate_temperature", "derate_reference_temperature", "derate_altitude", "derate_reference_altitude"}
    asked |= {"part_load_penalty", "auxiliary_load", "land"}
    names = ["gas_engine", "gas_turbine_frame", "gas_turbine_aero", "ccgt", "ccgt_ccs", "diesel", "fuel_cell_sofc"]
    for name in [*names, "fuel_cell_pem", "smr", "nuclear_large", "geothermal", "hydro"]:
        assert asked - set(entries(name)) == set(), name
    for name in [*names, "fuel_cell_pem", "smr", "nuclear_large"]:
        assert 0.2 < lookup(name, "efficiency").value < 0.65, name


def test_thermal_efficiencies_are_on_the_lower_heating_value():
    """9,630 Btu/kWh on the higher heating value = 0.354; x 1.108 = 0.392. A table left on HHV would say 0.354."""
    assert lookup("gas_turbine_frame", "efficiency").low == pytest.approx(0.354 * 1.108, rel=1e-3)
    assert lookup("gas_engine", "efficiency").value == pytest.approx(0.38 * 1.108, rel=1e-3)
    assert lookup("fuel", "gas_price_us").value == pytest.approx(3.8 * 1.108, rel=1e-3)


def test_euros_are_converted_at_one_point_one():
    """Danish Energy Agency, PEM fuel cell: 1,469 EUR/kW."""
    assert lookup("fuel_cell_pem", "capex").value == pytest.approx(1469 * 1.10, rel=1e-3)


def test_shell_without_plant_leaves_out_critical_capacity():
    """Cushman & Wakefield: 53 % of 11,700 USD/kW is critical capacity; 5,499 USD/kW remains."""
    assert lookup("data_centre", "capex_without_plant_us").value == pytest.approx(0.47 * 11700)


def test_battery_parts_add_up_to_the_published_four_hour_price():
    """Ember: 125 USD/kWh all in. 90 USD/kWh + 140 USD/kW / 4 h = 125; all-in plus power cost would give 160."""
    energy, power = lookup("battery_lfp", "capex_energy").value, lookup("battery_lfp", "capex_power").value
    assert energy + power / 4 == pytest.approx(lookup("battery_lfp", "capex_4h_all_in").value)


def test_text_is_what_a_site_file_would_say():
    assert lookup("gas_turbine_frame", "capex").text == "1150 USD/kW"
    assert lookup("gb200_nvl72", "liquid_share").text == "0.87"


def test_unknown_names_are_answered_with_the_nearest():
    with pytest.raises(ValueError, match=r"no technology 'gas_engin'. Did you mean 'gas_engine'"):
        lookup("gas_engin", "capex")
    with pytest.raises(ValueError, match=r"'gas_engine' has no parameter 'capx'. Did you mean 'capex'"):
        lookup("gas_engine", "capx")
    with pytest.raises(ValueError, match=r"no category 'zzz'. Known: accelerator"):
        technologies("zzz")
    with pytest.raises(ValueError, match=r"Did you mean 'UAE-AUH'"):
        site_facts("UAE-AUG")


def test_entries_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        lookup("ccgt", "capex").value = 1.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        entries("ccgt")["capex"] = None  # type: ignore[index]


def test_categories_partition_the_catalogue():
    named = {heading.category for heading in technologies()}
    assert sum(len(technologies(category)) for category in named) == len(technologies())
    assert all(entries(heading.name) for heading in technologies())


def test_every_site_states_the_evidence_of_its_facts():
    assert len(sites()) == 73
    for facts in sites():
        words = {value for name, value in dataclasses.asdict(facts).items() if name.endswith("evidence")}
        assert words <= set(EVIDENCE), facts.site_id
        assert -90 <= facts.latitude <= 90
        assert -180 <= facts.longitude <= 180


def test_site_facts_of_abu_dhabi():
    """Gas 4.0 USD/MMBtu is sold on the higher heating value: 4.0 x 1.108 = 4.432 on the lower."""
    facts = site_facts("UAE-AUH")
    assert (facts.latitude, facts.longitude, facts.elevation_m) == (24.2, 54.75, 40.0)
    assert facts.gas_usd_per_mmbtu == pytest.approx(4.432)
    assert facts.grid_emission_kg_per_mwh == 467.51
    assert facts.grid_emission_low_kg_per_mwh == 348.0
