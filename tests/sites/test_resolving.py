from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from ruamel.yaml import YAML

from gigasite.models.catalogue import EVIDENCE
from gigasite.sites import Site, inputs, read, shipped


@pytest.mark.parametrize("name", shipped())
@pytest.mark.parametrize("scenario", ["base", "dry_cooling_only"])
def test_the_resolved_file_gives_the_same_site(name: str, scenario: str, tmp_path: Path) -> None:
    """Written as YAML and read again: every component equal, nothing left to the catalogue."""
    first = read(name, scenario)
    path = tmp_path / "site.yaml"
    with path.open("w", encoding="utf-8") as file:
        YAML().dump(dict(first.resolved), file)
    second = read(path)
    assert sorted(second.components, key=lambda c: c.name) == sorted(first.components, key=lambda c: c.name)
    assert (second.place, second.money, second.settings) == (first.place, first.money, first.settings)
    assert (second.starts, second.end, second.goal) == (first.starts, first.end, first.goal)
    sources = set(inputs(second).query("place != 'climate'")["source"])
    assert sources == {"site file", "profile online_service"}


def test_an_explicit_null_survives(site: Callable[..., Site], texts: dict[str, str]) -> None:
    text = texts["head"] + texts["compute"].replace("cooling:", "  building: null\ncooling:") + texts["grid"]
    assert site(text).resolved["compute"]["building"] is None


def test_files_are_resolved_to_full_paths(site: Callable[..., Site], texts: dict[str, str], tmp_path: Path) -> None:
    pd.DataFrame({"mw": [50.0] * 8760}).to_csv(tmp_path / "load.csv", index=False)
    load = texts["load"].replace("60 MW", "{file: load.csv, column: mw, unit: MW}")
    made = site(texts["head"] + load + texts["grid"])
    assert made.resolved["power"]["offices"]["demand"]["file"] == str(tmp_path / "load.csv")


@pytest.fixture(scope="module")
def listing() -> pd.DataFrame:
    return inputs(read("abu_dhabi")).set_index(["place", "name"])


def test_given_values_say_site_file(listing: pd.DataFrame) -> None:
    row = listing.loc[("utility", "energy_price")]
    assert (row["value"], row["unit"], row["source"]) == (75.0, "USD/MWh", "site file")
    offer = listing.loc[("utility", "size.maximum from 2028-10-01")]
    assert (offer["value"], offer["unit"]) == (1.0, "GW")


def test_catalogue_values_carry_source_and_evidence(listing: pd.DataFrame) -> None:
    row = listing.loc[("gb300", "power")]
    assert (row["value"], row["unit"]) == (1.97, "kW/GPU")
    assert row["evidence"] in EVIDENCE
    assert row["source"]


def test_parts_of_a_machine_are_listed(listing: pd.DataFrame) -> None:
    """The chiller inside the cooling system has catalogue values of its own."""
    assert listing.loc[("hall", "chiller.carnot_fraction")]["value"] == 0.45
    assert listing.loc[("dry", "dry_cooler.approach")]["unit"] == "delta_degC"


def test_work_is_listed_by_class(listing: pd.DataFrame) -> None:
    assert listing.loc[("work", "training.window")]["value"] == 24.0
    assert listing.loc[("work", "inference.profile")]["source"] == "profile online_service"


def test_the_climate_names_its_sources(listing: pd.DataFrame) -> None:
    row = listing.loc[("climate", "design.dry_bulb_n20")]
    assert row["unit"] == "degC"
    assert "ABU DHABI" in row["source"]


def test_every_listed_value_has_a_source(listing: pd.DataFrame) -> None:
    assert (listing["source"] != "").all()
    assert listing.index.is_unique
    assert set(listing["evidence"]) <= {"", *EVIDENCE}


def test_an_investor_is_written_out_with_sources(site: Callable[..., Site], texts: dict[str, str]) -> None:
    """A tax that is given stays as it is; the loan comes from the catalogue with its evidence, at its place."""
    made = site(texts["head"] + "money: {investor: {tax: 30 %}}\n" + texts["load"] + texts["grid"])
    assert made.money.investor.tax == pytest.approx(0.3)
    assert made.resolved["money"]["investor"]["tax"] == "30 %"
    assert set(made.resolved["money"]["investor"]) == set(type(made.money.investor).model_fields) - {"price"}
    listed = inputs(made).set_index(["place", "name"])
    assert listed.loc[("money", "investor.tax"), "source"] == "site file"
    assert listed.loc[("money", "investor.debt_share"), "evidence"] in EVIDENCE


def test_a_tax_above_one_is_refused_at_its_line(trouble: Callable[..., list[str]], texts: dict[str, str]) -> None:
    text = texts["head"] + "money: {investor: {tax: 300 %}}\n" + texts["load"] + texts["grid"]
    (sentence,) = trouble(text)
    assert sentence.startswith("test.yaml:4 money: investor.tax")
