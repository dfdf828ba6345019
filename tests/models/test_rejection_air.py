"""Rejectors to outdoor air, per heat of the water: no fans or pumps of the load."""

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.machines import WaterLoop
from gigasite.models.rejection_air import FreeCoolingCoil

LOOP = WaterLoop(supply_c=40.0, return_c=50.0)


def racks(kind, **changes):
    return Component.from_dict({"kind": kind, "name": "cooler", "supply": "40 degC", **changes})


@pytest.fixture
def hot(weather_of):
    return weather_of(3, dry_bulb_c=[20.0, 35.0, 45.0])


def test_an_air_chiller_has_one_mode_without_limit():
    chillers = Component.from_dict({"kind": "air_cooled_chiller", "name": "chillers"})
    assert set(chillers.rejectors) == {"chiller"}


def test_a_free_cooling_coil_works_at_its_rating_where_it_takes_all(weather_of):
    """Return 26 degC, 6 K of approach and 8 of rise: rated at 12 degC of air, less 4 % of glycol; not above it."""
    mode = FreeCoolingCoil().mode(weather_of(3, dry_bulb_c=[0.0, 12.0, 19.0], dew_point_c=-5.0), WaterLoop(18.0, 26.0))
    assert mode.capacity == pytest.approx([0.96, 0.96, 0.96 * 7 / 14])
    assert mode.share == pytest.approx([1.0, 1.0, 1 / 8])


def test_free_and_trim_are_bought_apart():
    assert {n: p.modes for n, p in racks("cold_plate_dry_cooler").rejectors.items()} == {
        "free": ("free",), "trim": ("trim",),
    }  # fmt: skip


def test_the_trim_chiller_has_no_limit_but_its_capacity(hot):
    modes = racks("cold_plate_dry_cooler").rejected(hot, LOOP)
    assert modes["trim"].share is None
    assert modes["free"].share == pytest.approx([1.0, 0.5, 0.0])


def test_without_throttling_there_is_no_warm_mode(hot):
    assert set(racks("cold_plate_adiabatic").rejected(hot, LOOP)) == {"dry", "wet", "trim"}


def test_warm_water_slows_the_work_by_its_excess(hot):
    """20, 35 and 45 degC reach 30, 45 and 55: 0, 5 and 15 K above 40; 2 % a kelvin, up to 10 K and no further."""
    warm = racks("cold_plate_dry_cooler", throttle=True).rejected(hot, LOOP)["warm"]
    assert warm.slowed == pytest.approx([0.0, 0.10, 0.30])
    assert warm.share == pytest.approx([1.0, 1.0, 0.0])


def test_the_warm_mode_runs_on_the_plant_of_the_free_mode():
    cooler = racks("cold_plate_adiabatic", throttle=True)
    assert cooler.rejectors["free"].modes == ("dry", "wet", "warm")


def test_wet_pads_warm_the_water_less(hot):
    """Throttled adiabatic coolers work wet: less slowed than dry coolers in the same heat."""
    wet, dry = (
        racks(f"cold_plate_{n}", throttle=True).rejected(hot, LOOP)["warm"] for n in ("adiabatic", "dry_cooler")
    )
    assert np.all(wet.slowed <= dry.slowed)
    assert np.all(wet.water > 0)


def test_ranges_name_what_is_asked_of_every_correlation(hot):
    """Air at the coil, and air and water at the chiller; with pads their depression too."""
    names = [validity.name for validity, _ in racks("cold_plate_adiabatic").rejector_ranges(hot, LOOP)]
    assert "dry bulb above wet bulb at wetted pads" in names
    assert len(names) == 1 + len(racks("cold_plate_dry_cooler").rejector_ranges(hot, LOOP))
