"""The text below a field is its description, in the schema and wherever a field is explained."""

import sys
from typing import Generic, TypeVar

from pydantic import Field

from gigasite.models import described as module
from gigasite.models.component import Frozen
from gigasite.models.described import descriptions
from gigasite.models.quantities import Megawatts

T = TypeVar("T")


class Plant(Frozen, Generic[T]):
    """A plant."""

    rating: Megawatts
    """Rating
    of the plant."""
    share: T
    name: str = ""
    """What it is called."""
    """This is no description: the field has one."""


class Engine(Plant[float]):
    """An engine."""

    name: str = "engine"
    starts: int = 0
    """Starts a year."""


class Site(Frozen):
    """A place."""

    class Plant(Frozen):
        """A plant of another kind."""

        starts: int = 0
        """Starts of that one."""


class Front(Frozen):
    """Steps."""

    start: float = Field(alias="from")
    """Where it begins."""


def test_fields_have_the_text_below_them():
    assert descriptions(Plant) == {"rating": "Rating\nof the plant.", "name": "What it is called."}


def test_what_is_derived_has_the_texts_of_what_it_is_derived_from():
    """Also through a generic record whose types have been filled in."""
    assert descriptions(Engine) == {**descriptions(Plant), "starts": "Starts a year."}


def test_the_schema_has_them_in_place_of_what_a_type_says_of_itself():
    """A quantity describes itself as one; the field says more. What has no text keeps that of its type."""
    properties = Engine.model_json_schema()["properties"]
    assert properties["rating"]["description"] == "Rating\nof the plant."
    assert properties["starts"]["description"] == "Starts a year."
    assert "description" not in properties["share"]


def test_records_within_classes_and_functions_have_their_own():
    """Also where a record of the same name stands elsewhere in the module."""

    class Plant(Frozen):
        starts: int = 0
        """Starts of this one."""

    assert descriptions(Plant) == {"starts": "Starts of this one."}
    assert descriptions(Site.Plant) == {"starts": "Starts of that one."}


def test_a_field_that_is_written_by_another_name_has_its_text_there():
    assert Front.model_json_schema()["properties"]["from"]["description"] == "Where it begins."


def test_a_module_without_source_has_no_texts(monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "__file__", "gone.py")
    module._of_module.cache_clear()
    found = module._of_module(__name__)
    module._of_module.cache_clear()
    assert found == {}


def test_a_schema_within_a_schema_has_them_too():
    class Site(Frozen):
        engines: list[Engine]

    inside = Site.model_json_schema()["$defs"]["Engine"]["properties"]
    assert inside["name"]["description"] == "What it is called."
