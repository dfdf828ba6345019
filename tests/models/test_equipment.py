import csv
from importlib import resources

import pytest

from gigasite.models import technologies
from gigasite.models.catalogue import lookup
from gigasite.models.component import Component
from gigasite.models.equipment import parts
from gigasite.models.investment import Candidate

assert technologies.__path__
ROWS = list(
    csv.DictReader((resources.files("gigasite.models.tables") / "equipment.csv").read_text("utf-8").splitlines())
)


def made(kind, **changes):
    return Component.from_dict({"kind": kind, **Component.kinds[kind].example, **changes})


def quantities(component):
    plants = getattr(component, "plants", {})
    return tuple(plants) or (("power", "energy") if component.family == "storage" else ("power",))


def test_every_row_names_numbers_of_the_catalogue():
    for row in ROWS:
        for technology, parameter in (
            (row["lead_technology"], row["lead_parameter"]),
            (row["carbon_technology"], row["carbon_parameter"]),
        ):
            if technology not in ("", "@"):
                assert lookup(technology, parameter).value > 0
        assert row["by"] in ("owner", "utility", "seller")


def test_no_row_is_for_a_kind_that_does_not_exist():
    families = {kind.family for kind in Component.kinds.values()}
    assert {row["kind"] for row in ROWS} <= set(Component.kinds) | families


@pytest.mark.parametrize("kind", sorted(k for k, c in Component.kinds.items() if issubclass(c, Candidate)))
def test_every_size_of_every_kind_is_bought_as_something(kind):
    component = made(kind)
    for quantity in quantities(component):
        found = parts(component, quantity)
        assert found
        assert len({part.name for part in found}) == len(found)


def test_a_power_chain_is_a_supply_and_switchgear():
    """Cushman & Wakefield 2025: switchgear 47 weeks; the supply takes the component's own lead time."""
    ups, switchgear = parts(made("power_chain"), "power")
    assert (ups.name, ups.lead_time) == ("UPS", None)
    assert (switchgear.name, switchgear.lead_time.value, switchgear.lead_time.unit) == ("switchgear", 47, "week")


def test_a_connection_is_built_by_the_utility_and_its_transformers_are_not():
    by_others = {part.name: part.by_others for part in parts(made("grid"), "power")}
    assert by_others == {"connection and line": True, "transformers": False, "switchgear": False}


def test_trim_chillers_on_towers_are_water_cooled_and_others_are_not():
    (tower,), (dry,) = parts(made("cold_plate_tower"), "trim"), parts(made("cold_plate_dry_cooler"), "trim")
    assert tower.embodied_carbon.technology == "chiller_water_cooled"
    assert dry.embodied_carbon.technology == "chiller_air_cooled"


@pytest.mark.parametrize("technology", ["gas_engine", "gas_turbine_frame", "gas_turbine_aero", "ccgt", "diesel"])
def test_carbon_of_a_generator_is_that_of_its_technology(technology):
    units, switchgear = parts(made("generator", technology=technology), "power")
    assert units.embodied_carbon is lookup(technology, "embodied_carbon")
    assert switchgear.embodied_carbon is None


def test_what_the_table_does_not_know_is_one_part_without_a_number():
    """Better an entry without a number in the list of orders than equipment that is missing from it."""
    (found,) = parts(made("battery"), "something new")
    assert (found.name, found.lead_time, found.by_others, found.embodied_carbon) == ("battery", None, False, None)


@pytest.mark.parametrize("kind", ["ppa", "rental"])
def test_what_is_rented_or_contracted_is_its_owners(kind):
    (found,) = parts(made(kind), "power")
    assert (found.by_others, found.owned) == (True, False)


def test_every_offer_of_a_grid_is_a_connection():
    """Offers are sizes of their own, by number."""
    assert parts(made("grid"), "offer_2") == parts(made("grid"), "power")
