"""Embodied carbon, by hand from capacities and the catalogue."""

import numpy as np
import pytest

from gigasite.models.catalogue import EVIDENCE, lookup
from gigasite.sites.embodied import COLUMNS, UNKNOWN, embodied_carbon, embodied_kpis
from gigasite.sites.tables import capacities


@pytest.fixture(scope="module")
def table(invested):
    return embodied_carbon(invested)


def of(table, component, part):
    return table[(table["component"] == component) & (table["part"] == part)].set_index("phase")


def test_every_number_says_where_it_comes_from(table):
    assert list(table.columns) == list(COLUMNS)
    assert set(table["evidence"]) <= set(EVIDENCE)
    assert not table["t"].isna().any()
    assert UNKNOWN not in set(table["source"])


def test_carbon_of_accelerators_by_hand(invested, table):
    """0.3125 t for each that is added; a fifth of it a year, those of the first phase renewed in the second."""
    added = capacities(invested).query("component == 'gpu'")["added"].to_numpy()
    rows = of(table, "gpu", "servers and network")
    assert rows["t"].to_numpy() == pytest.approx(0.3125 * added)
    assert rows["t_per_year"].to_numpy() == pytest.approx(0.3125 * np.cumsum(added) / 5)


def test_carbon_per_heat_and_per_energy_is_converted(invested, table):
    """Chillers are listed per MW of heat, cells per MWh: 4 MWh x 90 t."""
    assert of(table, "bess", "cells")["t"].to_numpy() == pytest.approx([360.0, 0.0])
    chillers = of(table, "hall", "chillers")
    rate = lookup("chiller_air_cooled", "embodied_carbon").value
    assert chillers["t"].to_numpy() == pytest.approx(rate * chillers["added"].to_numpy())


def test_a_part_that_another_one_counts_is_not_counted_twice(table):
    """The number of a power chain holds its switchgear."""
    assert set(table[table["component"] == "power_chain"]["part"]) == {"UPS"}


def test_what_is_rented_or_contracted_is_its_owners(table):
    assert not {"bridge", "contract"} & set(table["component"])


def test_headline_figures_are_sums(invested, table):
    figures = embodied_kpis(invested)
    assert figures["embodied_carbon"][0] == pytest.approx(table.groupby("phase")["t"].sum().to_numpy())
    assert figures["embodied_carbon_per_year"][0] == pytest.approx(
        table.groupby("phase")["t_per_year"].sum().to_numpy()
    )
    assert [unit for _, unit in figures.values()] == ["t", "t/yr"]


def test_what_has_no_number_is_listed_without_one(plain, monkeypatch):
    """Counting nothing in silence would make unknown plant look clean."""
    from gigasite.models.equipment import Part

    monkeypatch.setattr("gigasite.sites.embodied.parts", lambda *_: (Part("plant", None, False, True, None),))
    found = embodied_carbon(plain)
    assert found["t"].isna().all()
    assert set(found["source"]) == {UNKNOWN}
