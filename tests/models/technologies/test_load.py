import numpy as np
import pytest

from gigasite.models.hourly import HourlyValues


def test_a_load_draws_its_profile_and_its_peak_on_design_days(tiny, free_grid):
    """2, 4 and 6 MW in the year, 6 MW on the design day; the mean, 4, would size the connection too small."""
    load = {"kind": "load", "name": "offices", "demand": HourlyValues(np.array([2.0, 4.0, 6.0]), "MW")}
    solved = tiny(load, free_grid())
    assert solved["grid.imported"] == pytest.approx([2, 4, 6, 6, 6])


@pytest.mark.parametrize("bus", ["ac", "it"])
def test_an_electric_load_counts_as_energy_of_it(tiny, rest_of, bus):
    solved = tiny({"kind": "load", "name": "offices", "bus": bus, "demand": "5 MW"}, rest_of(bus))
    assert solved.year("offices", "it_energy") == pytest.approx([5 * 8760])


def test_a_load_on_another_bus_is_no_energy_of_it(tiny, rest_of):
    solved = tiny({"kind": "load", "name": "pool", "bus": "warm_water", "demand": "5 MW"}, rest_of("warm_water"))
    assert "it_energy" not in solved.compiled.network.terms["pool"].into
