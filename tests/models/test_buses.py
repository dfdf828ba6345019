import pytest

from gigasite.models.buses import BUSES, bus
from gigasite.models.clock import pyomo_unit


@pytest.mark.parametrize("name", sorted(BUSES))
def test_every_bus_has_a_unit_that_the_audit_knows(name):
    assert pyomo_unit(bus(name).unit) is not None


@pytest.mark.parametrize("name", sorted(BUSES))
def test_what_flows_at_every_step_adds_up_to_its_energy_unit(name):
    """A step bus in MW gives MWh over hours; an account is a year's amount already."""
    one = bus(name)
    assert one.account or one.energy_unit


def test_any_name_is_a_step_bus_of_power():
    warm = bus("warm_water")
    assert (warm.unit, warm.account, warm.label) == ("MW", False, "warm water")
