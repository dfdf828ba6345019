"""Chillers against published catalogue points; the tolerance is the published spread of the catalogues."""

import numpy as np
import pytest

from gigasite.models.physics import chillers
from gigasite.models.physics.chillers import air_cooled_capacity_fraction, chiller_cop

AIR_COOLED = {
    "carnot_fraction": 0.45,
    "evaporator_approach_k": 2.5,
    "condenser_approach_k": 13.0,
    "cop_max": 14.0,
    "minimum_lift_k": 10.0,
}
WATER_COOLED = AIR_COOLED | {"carnot_fraction": 0.58, "evaporator_approach_k": 1.5, "condenser_approach_k": 7.0}

CATALOGUE = [
    (6.67, 30.0, 3.36), (6.67, 35.0, 2.93), (6.67, 40.0, 2.53), (6.67, 46.0, 2.15), (6.67, 50.0, 1.97),
    (15.0, 30.0, 3.67), (15.0, 35.0, 3.28), (15.0, 40.0, 2.86), (15.0, 46.0, 2.37),
]  # fmt: skip
"""Leaving water, air [degC], median COP of 140 air-cooled sets of EnergyPlus (AirCooledChiller.idf) and PNNL Copper."""


def _beyond(points, reason):
    """Mark the points that leave the band: each is a finding, and the test fails as soon as one comes back inside."""
    mark = pytest.mark.xfail(strict=True, reason=reason)
    return [pytest.param(*each, marks=mark if each[:2] in points else ()) for each in CATALOGUE]


@pytest.mark.parametrize(
    ("leaving_water_c", "dry_bulb_c", "median"),
    _beyond(
        {(15.0, 30.0), (15.0, 46.0)}, "+15 and +17 %: a machine run at 15 degC gains less than a constant fraction says"
    ),
)
def test_constant_fraction_stays_within_the_spread_of_air_cooled_catalogues(leaving_water_c, dry_bulb_c, median):
    """Spread of 140 sets about a constant 0.45: -10 to +13 % (P5 to P95)."""
    assert -0.10 <= chiller_cop(dry_bulb_c, leaving_water_c, **AIR_COOLED) / median - 1.0 <= 0.13


@pytest.mark.parametrize(
    ("leaving_water_c", "dry_bulb_c", "median"),
    _beyond({(15.0, 30.0)}, "the fit is 10.0 % above the median in this corner"),
)
def test_fitted_fraction_stays_within_the_spread_of_air_cooled_catalogues(leaving_water_c, dry_bulb_c, median):
    """Spread of 140 sets about the fit: -9 to +9 % (P5 to P95)."""
    fitted = AIR_COOLED | {"carnot_fraction": chillers.catalogue_carnot_fraction(dry_bulb_c, leaving_water_c)}
    assert -0.09 <= chiller_cop(dry_bulb_c, leaving_water_c, **fitted) / median - 1.0 <= 0.09


@pytest.mark.parametrize(
    ("leaving_water_c", "published"), [(18.0, [4.00, 3.22, 2.89]), (30.0, [6.60, 4.76, 4.11])], ids=["18", "30"]
)
def test_default_machine_gives_the_published_check_values(leaving_water_c, published):
    """At 35, 42.9 and 47.4 degC. By hand for 18 and 35: 0.45 x 288.65 / (321.15 - 288.65) = 3.997."""
    cop = chiller_cop([35.0, 42.9, 47.4], leaving_water_c, **AIR_COOLED)
    np.testing.assert_allclose(cop, published, atol=0.006)


@pytest.mark.parametrize(
    ("family", "least", "most", "medians"),
    [("centrifugal", 0.52, 0.67, [5.97, 6.63, 7.49]), ("screw", 0.50, 0.62, [5.06, 6.06, 7.23])],
)
def test_water_cooled_medians_lie_in_the_published_range(family, least, most, medians):
    """183 sets of PNNL Copper at 6.67 degC, condenser water 29.4, 24 and 18.3 degC, approaches 1.5 and 6.8 K.

    The default, 0.58 and 7 K, lies in the same range. Centrifugal at 29.4 degC: it gives 5.17 against 5.97.
    """
    source = np.array([29.4, 24.0, 18.3])
    fitted = WATER_COOLED | {"condenser_approach_k": 6.8}
    low, high = (chiller_cop(source, 6.67, **(fitted | {"carnot_fraction": each})) for each in (least, most))
    default = chiller_cop(source, 6.67, **WATER_COOLED)
    assert np.all((low <= medians) & (medians <= high))
    assert np.all((low <= default) & (default <= high))


def test_air_cooled_centrifugal_needs_the_published_fraction():
    """Yu and Chan's machine, 7 degC water: COP 3.19 to 6.90 from 35 to 15 degC is a fraction of 0.51 to 0.60."""
    measured = np.array([3.19, 3.70, 4.47, 5.45, 6.90])
    ideal = chiller_cop([35.0, 30.0, 25.0, 20.0, 15.0], 7.0, 1.0, 3.0, 13.0, np.inf, 10.0)
    fraction = measured / ideal
    assert np.all(np.diff(fraction) > 0.0)
    np.testing.assert_allclose(fraction[[0, -1]], [0.51, 0.60], atol=0.005)


@pytest.mark.parametrize(
    ("dry_bulb_c", "median", "least", "most"), [(46.0, 0.85, 0.76, 0.91), (50.0, 0.77, 0.55, 0.81)]
)
def test_capacity_in_the_heat_lies_within_the_catalogues(dry_bulb_c, median, least, most):
    """Median and P10 to P90 of 140 sets; residual of the fit -0.04 to +0.06. Some open models let capacity rise."""
    found = air_cooled_capacity_fraction(dry_bulb_c, 6.67)
    assert least <= found <= most
    assert median - 0.06 <= found <= median + 0.04


def test_a_record_hot_day_costs_a_tenth():
    """Dubai's 0.4 % value 42.9 against a 20-year extreme of 47.4 degC, 18 degC water: +11 % power, -9 % capacity.

    The capacity is in points of the rating: 0.0112 x 4.5 + 0.0084 x 4.5 = 0.088.
    """
    cop = chiller_cop([42.9, 47.4], 18.0, **AIR_COOLED)
    assert cop[0] / cop[1] - 1.0 == pytest.approx(0.11, abs=0.01)
    capacity = air_cooled_capacity_fraction([42.9, 47.4], 18.0)
    assert capacity[0] - capacity[1] == pytest.approx(0.09, abs=0.005)


@pytest.mark.parametrize("leaving_water_c", [6.67, 10.0, 15.0, 20.0, 25.0])
def test_one_kelvin_of_chilled_water_saves_2_to_5_percent(leaving_water_c):
    """Singapore's SS 697:2023 expects 2 to 5 % of cooling energy per kelvin; here at its hottest hour, 33.8 degC."""
    cop = chiller_cop(33.8, [leaving_water_c, leaving_water_c + 1.0], **AIR_COOLED)
    assert 0.02 <= 1.0 - cop[0] / cop[1] <= 0.05
