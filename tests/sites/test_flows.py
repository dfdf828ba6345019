import pytest

from gigasite.models import technologies
from gigasite.models.component import Component
from gigasite.sites.flows import draws, feeds, remedy

assert technologies.__path__


def example(kind: str) -> Component:
    return Component.from_dict({"kind": kind, **Component.kinds[kind].example})


@pytest.mark.parametrize(
    ("kind", "fed", "drawn"),
    [
        ("accelerators", {"compute"}, {"it", "heat_liquid", "heat_air", "floor_space"}),
        ("power_chain", {"it"}, {"ac", "heat_air"}),
        ("cold_plate_tower", {"heat_liquid"}, {"ac", "water"}),
        ("air_cooled_chiller", {"heat_air"}, {"ac"}),
        ("generator", {"ac"}, {"gas"}),
        ("natural_gas", {"gas"}, set()),
        ("rental", {"ac"}, {"gas"}),
        ("gas_pipeline", {"gas"}, set()),
        ("hydrogen", {"hydrogen_fuel"}, set()),
        ("diesel_tank", {"diesel_oil"}, set()),
        ("absorption_chiller", {"heat_air"}, {"ac", "water", "drive_heat"}),
        ("battery", set(), {"ac"}),
        ("cold_store", set(), {"ac"}),
        ("pumped_hydro", set(), {"ac"}),
        ("hydrogen_storage", set(), {"ac", "water"}),
        ("ppa", {"ac"}, set()),
        ("converter", {"ac", "dc"}, {"dc"}),
        ("grid", {"ac"}, set()),
        ("load", set(), {"ac"}),
        ("work", set(), {"compute"}),
    ],
)
def test_each_kind_feeds_and_draws_its_buses(kind: str, fed: set[str], drawn: set[str]) -> None:
    """A battery feeds nothing: alone it cannot serve a load."""
    assert (set(feeds(example(kind))), set(draws(example(kind)))) == (fed, drawn)


def test_a_one_way_converter_feeds_only_one_bus() -> None:
    one_way = Component.from_dict({"kind": "converter", **Component.kinds["converter"].example, "two_way": False})
    assert (set(feeds(one_way)), set(draws(one_way))) == ({"ac"}, {"dc"})


def test_a_generator_feeds_drive_heat_only_where_its_heat_is_recovered() -> None:
    """Without heat_recovery there is none: a site with an absorption chiller must be told."""
    plain = Component.kinds["generator"].example
    recovering = Component.from_dict({"kind": "generator", **plain, "heat_recovery": 0.6})
    assert (set(feeds(example("generator"))), set(feeds(recovering))) == ({"ac"}, {"ac", "drive_heat"})


def test_a_reactor_draws_from_no_bus() -> None:
    reactor = Component.from_dict({"kind": "generator", "name": "reactor", "technology": "smr"})
    assert (feeds(reactor), draws(reactor)) == (("ac",), ())


def test_absorption_chillers_without_drive_heat_are_told_what_to_set() -> None:
    assert "Set heat_recovery: 0.6 on a generator" in remedy("drive_heat", plural=False)


def test_an_unknown_bus_is_answered_with_the_nearest() -> None:
    assert remedy("gass", plural=False) == "draws from bus 'gass', which nothing feeds. Did you mean 'gas'?"
