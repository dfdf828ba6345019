import numpy as np
import pytest

from gigasite.models.component import Component

HALL = {"kind": "hall_adiabatic", "name": "hall", "lead_time": "0 years"}


def test_wet_pads_free_cool_on_days_that_are_too_hot_for_a_dry_coil(weather_of):
    """30 degC with a wet bulb of 18.62: air behind the pads 30 - 0.75 x 11.38 = 21.47 degC, so that
    (34 - 21.47 - 10) / 8 = 0.317 is free; dry it is (34 - 30 - 10) / 8 < 0, none.
    """
    modes = Component.from_dict(HALL).modes(weather_of(1, dry_bulb_c=30.0))
    assert modes["dry"].share == pytest.approx([0.0])
    assert modes["wet"].share == pytest.approx([0.317], abs=2e-3)


def test_dear_water_leaves_the_pads_dry(tiny, free_grid, rest_of):
    """20 degC: dry takes half, wet takes all. A compressor saved costs 0.5 x 0.07 MWh per MWh of heat at 100 USD, the
    water about 1 m3: worth it at 1 USD/m3, not at 20.
    """
    it = rest_of("heat_air", name="it", least=10, most=10)
    wet = {}
    for price in (1, 20):
        well = {"kind": "water_supply", "name": "well", "price": f"{price} USD/m3"}
        solved = tiny(HALL, it, free_grid(), well, dry_bulb_c=20.0)
        wet[price] = solved["hall.heat_wet"][:3]
    assert np.all(wet[1] > 5.0)
    assert wet[20] == pytest.approx(0.0, abs=1e-6)


def test_bleed_goes_to_the_waste_water(tiny, free_grid, rest_of):
    """A bleed of 25 % of what evaporates is a fifth of the make-up."""
    it = rest_of("heat_air", name="it", least=10, most=10)
    solved = tiny(HALL, it, free_grid(), rest_of("water", name="well"), dry_bulb_c=20.0)
    assert solved.year("hall", "waste_water") == pytest.approx(-0.2 * solved.year("hall", "water"), rel=1e-4)
    assert solved.year("hall", "waste_water") > 0
