import pytest

from gigasite.models import catalogue
from gigasite.models.component import Component, Frozen


def test_what_is_left_out_comes_from_the_catalogue():
    battery = Component.from_dict({"kind": "battery", "name": "bess"})
    row = catalogue.lookup("battery_lfp", "round_trip_efficiency")
    assert battery.round_trip == pytest.approx(row.value / (100 if row.unit == "%" else 1))


def test_what_is_stated_wins_over_the_catalogue():
    assert Component.from_dict({"kind": "battery", "name": "bess", "round_trip": 0.5}).round_trip == 0.5


def test_the_rows_that_were_used_are_listed():
    """The list of inputs shows a source for every number that the site file left out, and for none that it states."""
    kind = Component.kinds["battery"]
    listed = kind.listed_fields({"name": "bess", "round_trip": 0.5})
    assert "round_trip" not in listed
    assert listed["capex_energy"].technology == "battery_lfp"


def test_the_technology_chooses_the_rows():
    diesel, gas = (
        Component.from_dict({"kind": "generator", "name": "g", "technology": t, "fuel": "gas"})
        for t in ("diesel", "gas_engine")
    )
    assert diesel.reference_temperature != gas.reference_temperature


@pytest.mark.parametrize("name", ["Bess", "1st", "two words", "", "a-b"])
def test_a_name_is_lower_case_words(name):
    with pytest.raises(ValueError, match="name"):
        Component.from_dict({"kind": "battery", "name": name})


def test_only_a_kind_registers():
    before = dict(Component.kinds)

    class Shared(Component):
        """Has no kind."""

        def build(self, block, time, given):
            raise NotImplementedError

    assert Component.kinds == before
    assert issubclass(Shared, Frozen)
