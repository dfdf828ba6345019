# ruff: noqa: E501  sentences stand as people see them
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from gigasite.sites import Site, read

Trouble = Callable[..., list[str]]
GENERATOR = (
    "  engines: {kind: generator, technology: gas_engine, fuel: gas, available: 2027-01-01, size: {maximum: 50 MW}%s}\n"
)
RENTAL = "  bridge: {kind: rental, technology: gas_turbine_aero, fuel: gas, size: {maximum: 50 MW}%s}\n"
GAS = "  pipe: {kind: natural_gas%s}\n"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (
            GENERATOR % ", backup_from: 2027-01-01" + GAS % "",
            "test.yaml:6 generator 'engines': backup_from must come after its first day of service on 2027-01-01, got"
            " 2027-01-01. Set run_hours where it is backup from the start, or correct the date.",
        ),
        (
            GENERATOR % ", backup_from: 2039-01-01" + GAS % "",
            "test.yaml:6 generator 'engines': backup_from is 2039-01-01, after the end of the plan on 2037-01-01.",
        ),
        (
            RENTAL % ", until: 2026-01-01" + GAS % "",
            "test.yaml:6 rental 'bridge': until must come after its first day of service on 2027-01-01, got 2026-01-01.",
        ),
        (
            RENTAL % ", lead_time: 4 years, until: 2028-01-01" + GAS % "",
            "test.yaml:6 rental 'bridge': until must come after its first day of service on 2029-01-01, got 2028-01-01.",
        ),
        (
            RENTAL % "" + GAS % "" + "  lateral: {kind: gas_pipeline, length: 5 km}\n",
            "test.yaml:7 natural_gas 'pipe': bus 'gas' is supplied at a rate by gas_pipeline 'lateral', so that every"
            " supply of it must be, got one by the year. State its peak, or give it a bus of its own.",
        ),
        (
            GENERATOR % ", min_load: 50 %" + GAS % "",
            "test.yaml:6 generator 'engines': min_load acts with part load only. Set part_load: true, or remove min_load.",
        ),
        (
            GENERATOR % ", part_load: true, min_load: 120 %" + GAS % "",
            "test.yaml:6 generator 'engines': min_load must lie between 0 and 1 (0 % and 100 %), got 1.2.",
        ),
        (
            GENERATOR.replace("fuel: gas, ", "") % "" + GAS % "",
            "test.yaml:6 generator 'engines': fuel is missing: gas_engine burns fuel. Name its bus, for example fuel: gas.",
        ),
        (
            GENERATOR % ", run_hours: 0 h" + GAS % "",
            "test.yaml:6 generator 'engines': run_hours must be more than 0 h, got 0 h. Remove the generator to switch it off.",
        ),
        (
            GENERATOR % ", whole: true, unit: 80 MW" + GAS % "",
            "test.yaml:6 generator 'engines': unit must not be larger than the size, got units of 80 MW within 50 MW.",
        ),
        (
            RENTAL.replace("gas_turbine_aero", "fuel_cell_sofc") % "" + GAS % "",
            "test.yaml:6 rental 'bridge': rental_price is missing: fuel_cell_sofc lists none. State it, for example 30",
        ),
        (
            GENERATOR.replace("fuel: gas", "fuel: hydrogen_fuel").replace("gas_engine", "fuel_cell_pem") % "",
            "test.yaml:6 generator 'engines': burns hydrogen, which nothing supplies. Add a fuel of kind hydrogen to section",
        ),
    ],
)
def test_generators_that_cannot_do_what_is_asked_are_named(
    trouble: Trouble, texts: dict[str, str], lines: str, says: str
) -> None:
    found = trouble(texts["head"] + texts["load"] + lines + texts["grid"])
    assert any(sentence.startswith(says) for sentence in found), found


def test_a_bridge_that_is_demoted_is_no_trouble(site: Callable[..., Site], texts: dict[str, str]) -> None:
    lines = GENERATOR % ", part_load: true, backup_from: 2029-01-01" + RENTAL % ", until: 2029-01-01"
    lines += "  lateral: {kind: gas_pipeline, length: 5 km, available: 2027-01-01}\n"
    made = site(texts["head"] + texts["load"] + lines + texts["grid"])
    assert {"generator", "rental", "gas_pipeline"} <= {each.kind for each in made.components}


def test_every_option_survives_writing_the_inputs_out(
    site: Callable[..., Site], texts: dict[str, str], tmp_path: Path
) -> None:
    """What the catalogue filled in is written out, and read again to the same plants: options that are off stay off."""
    lines = GENERATOR % ", part_load: true, backup_from: 2029-01-01" + RENTAL % ", until: 2029-01-01"
    lines += """\
  lateral:
    kind: gas_pipeline
    length: 5 km
    available: 2027-01-01
    hourly_price: {tariff: [{months: [12, 1, 2], price: 6 USD/MMBtu}], otherwise: 4 USD/MMBtu}
  reactor: {kind: generator, technology: smr, size: {maximum: 300 MW}}
  river: {kind: generator, technology: hydro, size: {maximum: 20 MW}}
  captured: {kind: generator, technology: ccgt_ccs, fuel: gas, size: {maximum: 400 MW}}
  sets: {kind: generator, technology: diesel, fuel: diesel_oil, run_hours: 100 h, size: {maximum: 30 MW}}
  depot: {kind: diesel_tank, delivery: 10 MW}
"""
    first = site(texts["head"] + texts["load"] + lines + texts["grid"])
    written = tmp_path / "written.yaml"
    with written.open("w", encoding="utf-8") as file:
        YAML().dump(first.resolved, file)
    assert read(written).components == first.components
