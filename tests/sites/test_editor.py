import json
from collections.abc import Iterator
from typing import Any

import pytest

from gigasite.models.component import Component
from gigasite.sites import schema


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return schema()


def kinds(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    sections = (made["properties"][name]["patternProperties"] for name in ("cooling", "power", "grid"))
    return {choice["title"]: choice for names in sections for choice in next(iter(names.values()))["oneOf"]}


def test_it_is_json(made: dict[str, Any]) -> None:
    assert json.loads(json.dumps(made)) == made


def test_every_kind_has_a_place(made: dict[str, Any]) -> None:
    apart = {"accelerators", "work", "power_chain", "building", "water_supply", "carbon_limit", "carbon_free_target"}
    chains = {choice.get("title") for choice in made["properties"]["compute"]["properties"]["power_chain"]["anyOf"]}
    apart |= {"legacy_power_chain"} & chains
    limits = {"land_limit", "capital_limit", "pue_limit", "reserve_limit", "swing_limit", "outage"}
    assert kinds(made).keys() == Component.kinds.keys() - apart - limits


def test_catalogue_fields_are_not_required(made: dict[str, Any]) -> None:
    assert kinds(made)["battery"]["required"] == ["kind"]
    assert kinds(made)["generator"]["required"] == ["kind", "technology"]
    assert "kind" not in kinds(made)["grid"]["required"]


def test_names_are_keys_and_no_fields(made: dict[str, Any]) -> None:
    assert "name" not in kinds(made)["battery"]["properties"]
    assert "name" in made["$defs"]["Location"]["properties"]


def test_every_field_is_described(made: dict[str, Any]) -> None:
    bare = [
        f"{kind}.{name}"
        for kind, choice in kinds(made).items()
        for name, field in choice["properties"].items()
        if name != "kind" and "description" not in field and "$ref" not in field
    ]
    assert bare == []


def test_hourly_inputs_offer_files_profiles_and_tariffs(made: dict[str, Any]) -> None:
    references = {choice.get("$ref") for choice in kinds(made)["load"]["properties"]["demand"]["anyOf"]}
    assert {"#/$defs/FileInput", "#/$defs/ProfileInput", "#/$defs/TariffInput"} <= references


def test_every_reference_resolves(made: dict[str, Any]) -> None:
    def references(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
            for value in node.values():
                yield from references(value)
        elif isinstance(node, list):
            for value in node:
                yield from references(value)

    missing = {each for each in references(made) if each.removeprefix("#/$defs/") not in made["$defs"]}
    assert missing == set()
