"""Outdoor air into the hall: at most 30 degC of supply air, class A2 with a dew point of 21 degC at most."""

import numpy as np
import pytest

from gigasite.models.component import Component

HALL = {"kind": "direct_evaporative", "name": "hall", "lead_time": "0 years"}
MUGGY, HOT_AND_DRY, MILD, FROST = (33.0, 29.0), (45.0, 8.0), (20.0, 5.0), (-30.0, -35.0)


def modes_at(weather_of, air, **changes):
    dry_bulb_c, dew_point_c = air
    weather = weather_of(1, dry_bulb_c=dry_bulb_c, dew_point_c=dew_point_c)
    return Component.from_dict({**HALL, **changes}).modes(weather)


@pytest.mark.parametrize(("air", "outside", "wet"), [(MUGGY, 0, 0), (HOT_AND_DRY, 0, 1), (MILD, 1, 1), (FROST, 0, 0)])
def test_air_enters_only_within_the_limits(weather_of, air, outside, wet):
    """33 degC at a dew point of 29 stays above 21 however wet; 45 degC at 8 comes down to 45 - 0.9 x 23.3 = 24 degC;
    20 degC enters as it is; below -20 degC the dampers cannot mix.
    """
    modes = modes_at(weather_of, air)
    assert (modes["outside"].share[0], modes["wet"].share[0]) == (outside, wet)


def test_media_are_wetted_only_as_far_as_the_limit_asks(weather_of):
    """45 degC, wet bulb 21.69: the media give 24.02 degC. For 30 degC (45 - 30) / 20.98 = 0.715 of the air passes them.
    A class and limit of 24.02 degC would wet all of it: the water is in that ratio.
    """
    some, every = (modes_at(weather_of, HOT_AND_DRY, supply_limit=f"{t} degC")["wet"] for t in (30.0, 24.0185))
    assert some.water / every.water == pytest.approx(0.715, abs=2e-3)


def test_water_by_hand(weather_of):
    """3600 / (1.006 x 12) x dW x 1.2 with dW = c x 15 K / 2,440 = 0.0062 g/g: about 2.2 L/kWh, and fans on top."""
    wet = modes_at(weather_of, HOT_AND_DRY)["wet"]
    assert wet.water == pytest.approx([3600 / (1.006 * 12) * (1.006 * 15 / 2440) * 1.2 * 1.045], rel=0.05)
    assert wet.side["waste_water"] == pytest.approx(wet.water * 0.2 / 1.2)


def test_a_humid_class_lets_more_air_in(weather_of):
    """38 degC at a dew point of 15, cooled to 30: W grows from 10.7 to about 14.0 g/kg, a dew point of 19.2 degC; class
    A1 allows 17, class A2 21.
    """
    allowed = {name: modes_at(weather_of, (38.0, 15.0), air_class=name)["wet"].share[0] for name in ("A1", "A2")}
    assert allowed == {"A1": 0.0, "A2": 1.0}


def test_a_high_site_may_ask_for_cooler_air_than_the_limit(weather_of):
    """Class A2 at 2,355 m: 35 - (2,355 - 900) / 300 = 30.15 degC; a limit of 35 degC is cut to it, one of 30 is not."""
    weather = weather_of(1, elevation_m=2355.0)
    high, low = (Component.from_dict({**HALL, "supply_limit": f"{t} degC"}).limit_c(weather) for t in (35.0, 30.0))
    assert (high, low) == (pytest.approx(30.15), 30.0)


def test_the_hall_closes_on_muggy_days_and_the_chillers_take_all(tiny, free_grid, rest_of):
    """10 MW, by outdoor air in a dry year, by chillers in a muggy one; both are built for the hottest day at 12 degC of
    dew point, which media alone can cool.
    """
    it, well = rest_of("heat_air", name="it", least=10, most=10), rest_of("water", name="well")
    dry = tiny(HALL, it, well, free_grid(), dry_bulb_c=35.0)
    muggy = tiny(HALL, it, well, free_grid(), dry_bulb_c=31.0, weather={"dew_point_c": 29.0})
    assert dry["hall.heat_wet"][:3] == pytest.approx(10.0)
    assert dry["hall.chiller_capacity"] == pytest.approx([0.0], abs=1e-4)
    # A mode that may do nothing may do a thousandth.
    assert np.all(muggy["hall.heat_chiller"][:3] > 9.98)
