import numpy as np
import pytest

from gigasite.models.machines import WaterLoop
from gigasite.models.physics.validity import outside
from gigasite.models.rejection_heat import OnAbsorption
from gigasite.models.rejection_tower import OnWaterChiller

HALL = WaterLoop(7.0, 14.0)


def test_drive_heat_is_drawn_per_cold(weather_of):
    """1 / 0.74 = 1.351; a draw is negative. Multiplying would give 0.74."""
    mode = OnAbsorption(cop_thermal=0.74).rejected(weather_of(3), HALL)["absorption"]
    assert mode.side["drive_heat"] == pytest.approx(-1.3514, rel=1e-4)


def test_its_tower_takes_twice_the_water_of_a_compression_chiller(weather_of):
    """1 + 1 / 0.74 = 2.35 times the tower's make-up; a compression chiller of COP 6 takes 1.17: 2.0 times as much."""
    weather = weather_of(3)
    system, compression = OnAbsorption(cop_thermal=0.74), OnWaterChiller()
    water = system.rejected(weather, HALL)["absorption"].water
    assert water / system.tower.make_up(weather) == pytest.approx(1 + 1 / 0.74)
    ratio = water / compression.rejected(weather, HALL)["chiller"].water
    assert np.all((ratio > 1.9) & (ratio < 2.2))


def test_electricity_is_its_own_pumps_and_the_tower(weather_of):
    """1 / 14.1 = 0.071 and 2.35 x (0.016 + 0.012) = 0.066: 0.137, a compression chiller's 0.2 or so less."""
    mode = OnAbsorption(cop_thermal=0.74, cop_electric=14.1).rejected(weather_of(1), HALL)["absorption"]
    assert mode.electricity == pytest.approx(0.1367, rel=1e-2)


@pytest.mark.parametrize(("wet_c", "capacity"), [(20.0, 1.0), (30.0, 1 - 0.06 * 5.6)])
def test_warm_tower_water_takes_capacity(weather_of, wet_c, capacity):
    """Saturated air of 30 degC: tower water 35, 5.6 K above 29.4, 6 % each; cool water is not credited."""
    weather = weather_of(1, dry_bulb_c=wet_c, dew_point_c=wet_c)
    mode = OnAbsorption(capacity_loss="0.06 1/delta_degC").rejected(weather, HALL)["absorption"]
    assert mode.capacity == pytest.approx(capacity, abs=1e-3)


def test_heat_of_racks_cannot_drive_it():
    """Racks return 45 to 65 degC; lithium bromide needs 80."""
    with pytest.raises(ValueError, match=r"at least 80 degC, got 60 degC.*heat_recovery"):
        OnAbsorption(drive_temperature="60 degC")


def test_tower_water_beyond_the_range_is_reported(weather_of):
    """Saturated air of 30 degC makes tower water of 35 degC; machines are listed up to 32."""
    ranges = OnAbsorption().rejector_ranges(weather_of(1, dry_bulb_c=30.0, dew_point_c=30.0), HALL)
    assert {validity.name for validity, values in ranges if outside(validity, values).any()} >= {
        "tower water entering an absorption chiller"
    }
