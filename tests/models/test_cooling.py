"""What holds for every cooling system."""

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.cooling import LARGEST_OVER_RATED, CoolingSystem, Mode

KINDS = sorted(kind for kind, cls in Component.kinds.items() if issubclass(cls, CoolingSystem))


def system(kind):
    return Component.from_dict({"kind": kind, **Component.kinds[kind].example, "lead_time": "0 years"})


def without_sizes(kind):
    example = {k: v for k, v in Component.kinds[kind].example.items() if not k.endswith("_size")}
    return Component.from_dict({"kind": kind, **example, "lead_time": "0 years"})


@pytest.mark.parametrize("kind", KINDS)
def test_all_heat_is_taken_and_all_electricity_is_overhead(tiny, free_grid, rest_of, kind):
    """10 MW of heat: what the system takes out is 10 MW; what it draws is counted in the PUE."""
    cooler = without_sizes(kind)
    heat = rest_of(cooler.loop, name="heat", least=10, most=10)
    solved = tiny(cooler, heat, rest_of("water", "drive_heat", name="well"), free_grid())
    drawn = -solved.flow(cooler.name, "ac")
    assert solved.flow(cooler.name, cooler.loop) == pytest.approx(-10.0)
    assert np.all((drawn > 0) & (drawn < 10))
    assert solved.flow(cooler.name, "overhead_energy") == pytest.approx(drawn)


@pytest.mark.parametrize("kind", KINDS)
def test_capacity_stays_within_the_bound_of_its_variables(kind, weather_of):
    """Cold air raises a chiller's capacity; a factor above the bound would cut off feasible plans unseen."""
    for dry_bulb_c in (-25.0, 0.0, 25.0, 48.0):
        weather = weather_of(2, dry_bulb_c=dry_bulb_c, dew_point_c=dry_bulb_c - 5.0)
        for mode in system(kind).modes(weather).values():
            assert np.all(mode.capacity <= LARGEST_OVER_RATED)


@pytest.mark.parametrize("kind", KINDS)
def test_hotter_days_never_cool_for_less(kind, weather_of):
    """The best mode at 45 degC draws at least as much per heat as at 20 degC in the same dry air."""
    mild, hot = (system(kind).modes(weather_of(1, dry_bulb_c=t, dew_point_c=5.0)) for t in (20.0, 45.0))
    for name, mode in hot.items():
        assert mode.electricity[0] >= mild[name].electricity[0] - 1e-9


def test_a_mode_names_its_series():
    one = np.ones(3)
    assert set(Mode(one, one, one).series("dry")) == {"dry_electricity", "dry_water", "dry_capacity"}
    assert "dry_share" in Mode(one, one, one, one).series("dry")
    assert Mode(one, one, one).series("dry")["dry_water"].unit == "L/kWh"


def test_a_shared_plant_takes_the_compressors_heat_too(weather_of):
    """A mode that passes on 1.25 times its heat needs 1.25 of the plant, whatever its own machine can do."""
    one = np.ones(2)
    free, trim = Mode(one, one, one), Mode(one, one, 0.9 * one, passed=1.25 * one)
    assert free.shared_capacity == pytest.approx(1.0)
    assert trim.shared_capacity == pytest.approx(0.8)
    assert trim.carried(0.1 * one).passed == pytest.approx(1.375)
