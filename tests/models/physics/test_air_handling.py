import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.physics import air_handling, psychrometrics


def test_hall_fan_example():
    """400 / (1.2 x 1006 x 12 x 0.65) = 0.0425 kW/kW; published 0.042."""
    assert air_handling.fan_power_kw_per_kw(12.0, 400.0, 0.65, 1.2) == pytest.approx(0.0425, abs=1e-4)


def test_pump_example():
    """250,000 / (998 x 4186 x 8 x 0.70) = 0.0107 kW/kW; published 0.011."""
    assert air_handling.pump_power_kw_per_kw(8.0, 250e3, 0.70) == pytest.approx(0.0107, abs=1e-4)


def test_fan_power_rises_with_the_inverse_square_of_density():
    """At 0.9 kg/m3: (1.2 / 0.9)^2 = 1.78 times the power. Forgetting the coil's pressure would give 1.33."""
    thin = air_handling.fan_power_kw_per_kw(12.0, air_handling.pressure_rise_pa(400.0, 0.9), 0.65, 0.9)
    assert thin / air_handling.fan_power_kw_per_kw(12.0, 400.0, 0.65, 1.2) == pytest.approx((1.2 / 0.9) ** 2)


def test_half_flow_takes_an_eighth_of_the_power():
    np.testing.assert_allclose(air_handling.part_speed_power_fraction([0.5, 1.0]), [0.125, 1.0])


@given(st.floats(0.0, 2900.0), st.floats(50.0, 1500.0), st.floats(18.0, 35.0))
def test_altitude_raises_fan_power(elevation_m, higher_m, dry_bulb_c):
    """Power goes with (p_sea / p)^2: 1.55 times at 1,795 m. A model without pressure gives the same everywhere."""
    pressure = psychrometrics.standard_pressure_pa([elevation_m, elevation_m + higher_m])
    density = psychrometrics.air_density_kg_m3(dry_bulb_c, 0.008, pressure)
    needed = air_handling.pressure_rise_pa(400.0, density)
    low, high = air_handling.fan_power_kw_per_kw(12.0, needed, 0.65, density)
    assert high / low == pytest.approx((density[0] / density[1]) ** 2)
    assert high > low
