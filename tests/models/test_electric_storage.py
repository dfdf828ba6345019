"""What every store of electricity shares; the balance itself is worked by hand in the tests of the battery."""

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.electric_storage import ElectricStorage
from gigasite.models.hourly import HourlyValues

KINDS = sorted(kind for kind, cls in Component.kinds.items() if issubclass(cls, ElectricStorage))
CHEAP_AND_DEAR = HourlyValues(np.array([10.0, 100.0]), "USD/MWh")
LOAD = {"kind": "load", "name": "offices", "demand": "10 MW"}


def store(kind, **changes):
    return {
        "kind": kind, "name": "store", "power": {"fixed": "20 MW"}, "energy": {"fixed": "1000 MWh"},
        "round_trip": 0.64, "loss": "0 1/hour", "lead_time": "0 years", **changes,
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_store_buys_cheap_and_serves_dear(tiny, free_grid, kind):
    """Serve 5 MWh through 0.8 each way: 5 / 0.64 = 7.8125 MWh bought in half an hour: 15.625 MW."""
    solved = tiny(LOAD, store(kind), free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["store.charge"][:2] == pytest.approx([15.625, 0])
    assert solved["store.discharge"][:2] == pytest.approx([0, 10])


@pytest.mark.parametrize("kind", KINDS)
def test_a_fixed_duration_ties_energy_to_power(tiny, free_grid, kind):
    """20 MW for 5 hours: 100 MWh. Free, it would be the least that serves."""
    tied = store(kind, duration="5 hour", energy={})
    solved = tiny(LOAD, tied, free_grid(energy_price=CHEAP_AND_DEAR), steps=2)
    assert solved["store.energy_capacity"] == pytest.approx([100.0])


@pytest.mark.parametrize("kind", KINDS)
def test_energy_without_a_maximum_is_bounded_by_the_longest_duration(tiny_site, kind):
    site = tiny_site(store(kind, power={}, energy={}, longest="7 hour"), rest=("ac",))
    bound = site.network(templates=False).model.store.energy_capacity
    assert [v.ub for v in bound.values()] == [700.0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"round_trip": 1.1}, "between 0 and 1"),
        ({"round_trip": 0}, "round_trip must lie above 0"),
        ({"duration": "-4 hour"}, "must not be negative"),
        ({"duration": "0 hour"}, "duration must lie above 0"),
    ],
)
def test_impossible_stores_are_refused(kind, wrong, message):
    with pytest.raises(ValueError, match=message):
        Component.from_dict(store(kind, **wrong))
