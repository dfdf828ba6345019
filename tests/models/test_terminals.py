import pytest

from gigasite.models.component import Component
from gigasite.models.rejection_air import FreeAndTrim
from gigasite.models.terminals import ColdPlate

KINDS = sorted(kind for kind, cls in Component.kinds.items() if issubclass(cls, ColdPlate))
FREE = [kind for kind in KINDS if issubclass(Component.kinds[kind], FreeAndTrim)]


@pytest.mark.parametrize("kind", KINDS)
def test_water_returns_warmer_by_its_rise(kind):
    example = {**Component.kinds[kind].example, "supply": "35 degC", "rise": "12 delta_degC"}
    cooler = Component.from_dict({"kind": kind, **example})
    assert (cooler.supply_c, cooler.return_c) == (35.0, 47.0)


@pytest.mark.parametrize("kind", FREE)
def test_warmer_water_frees_more(kind, weather_of):
    """At 38 degC of air, dry or humid, water of 45 degC is cooled by a larger free share than water of 30."""
    weather = weather_of(1, dry_bulb_c=38.0, dew_point_c=33.0)
    cold, warm = (
        Component.from_dict({"kind": kind, **Component.kinds[kind].example, "supply": f"{t} degC"}) for t in (30, 45)
    )
    free = next(iter(warm.rejectors["free"].modes))
    assert warm.modes(weather)[free].share[0] > cold.modes(weather)[free].share[0]


@pytest.mark.parametrize("kind", KINDS)
def test_loop_pumps_add_their_heat(kind, weather_of):
    """Electricity per heat grows by the pump's own power and by cooling it."""
    example = Component.kinds[kind].example
    none, some = (Component.from_dict({"kind": kind, **example, "pump_power": p}) for p in (0.0, 0.02))
    before, after = (list(cooler.modes(weather_of(1)).values())[-1].electricity[0] for cooler in (none, some))
    assert after == pytest.approx(0.02 + 1.02 * before)


def test_an_ashrae_class_is_its_warmest_water():
    example = {**Component.kinds["cold_plate_tower"].example, "kind": "cold_plate_tower"}
    assert Component.from_dict({**example, "supply": "W32"}).supply_c == 32.0
