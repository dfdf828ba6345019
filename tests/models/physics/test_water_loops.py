import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.physics import outside, water_loops


def test_exchanger_approach_by_hand():
    """40 degC facility water and 4 K: 44 degC at the plates; a limit of 45 asks for 41."""
    assert water_loops.coolant_c(40.0, 4.0) == 44.0
    assert water_loops.warmest_facility_water_c(45.0, 4.0) == 41.0


@given(st.floats(5.0, 60.0), st.floats(2.0, 10.0))
def test_warmest_water_gives_exactly_the_limit(limit_c, approach_k):
    """Immersion tanks and cold plates alike."""
    water = water_loops.warmest_facility_water_c(limit_c, approach_k)
    assert water_loops.coolant_c(water, approach_k) == pytest.approx(limit_c)


def test_coolant_stays_above_the_dew_point():
    """ASHRAE's recommended 15 degC dew point asks for 17 degC: W17 water through a 2 K exchanger just does."""
    np.testing.assert_allclose(water_loops.condensation_floor_c([15.0, 21.0]), [17.0, 23.0])


def test_rear_door_by_hand():
    """40 degC exhaust, 25 degC inlet, 0.75: water of 25 takes 0.75; of 20 all; of 34 0.3; of 45 none."""
    share = water_loops.rear_door_share(40.0, 25.0, [20.0, 25.0, 34.0, 45.0], 0.75)
    np.testing.assert_allclose(share, [1.0, 0.75, 0.3, 0.0])


def test_a_rack_must_warm_the_air():
    with pytest.raises(ValueError, match="must be warmer than air entering"):
        water_loops.rear_door_share(25.0, 25.0, 20.0, 0.7)


@given(st.floats(30.0, 50.0), st.floats(15.0, 29.0), st.floats(10.0, 45.0), st.floats(0.0, 10.0), st.floats(0.5, 0.9))
def test_warmer_water_never_takes_more_at_the_door(outlet_c, inlet_c, water_c, warmer_k, effectiveness):
    cool, warm = water_loops.rear_door_share(outlet_c, inlet_c, [water_c, water_c + warmer_k], effectiveness)
    assert 0.0 <= warm <= cool <= 1.0


@pytest.mark.parametrize(("rise_k", "published"), [(6.7, 129), (10.0, 86), (12.0, 72), (20.0, 43)])
def test_tank_volumes_are_as_published(rise_k, published):
    """3.6e6 kJ / (998 x 4.186 dT): 86.2 m3/MWh at 10 K. Halving the rise doubles the tank."""
    assert water_loops.tank_volume_m3_per_mwh(rise_k) == pytest.approx(published, abs=0.51)


def test_district_connection_by_hand():
    """6 to 13.5 degC: 3.6e6 / (998 x 4.186 x 7.5) = 114.9 m3/h for each MW."""
    assert water_loops.flow_m3_h_per_mw(7.5) == pytest.approx(114.9, abs=0.05)


def test_ride_through_by_hand():
    """86.17 m3 hold 1 MWh over 10 K: 60 minutes at 1 MW, 6 at 10 MW. A mistake of a factor 60 would show."""
    np.testing.assert_allclose(water_loops.ride_through_minutes(86.17, 10.0, [1.0, 10.0]), [60.0, 6.0], rtol=1e-3)


def test_ride_through_without_heat_is_refused():
    with pytest.raises(ValueError, match="must be above 0 MW"):
        water_loops.ride_through_minutes(50.0, 5.0, [1.0, 0.0])


@given(st.floats(1.0, 500.0), st.floats(1.0, 20.0), st.floats(0.1, 200.0))
def test_ride_through_and_tank_volume_agree(volume_m3, rise_k, heat_mw):
    stored_mwh = volume_m3 / water_loops.tank_volume_m3_per_mwh(rise_k)
    assert water_loops.ride_through_minutes(volume_m3, rise_k, heat_mw) == pytest.approx(60.0 * stored_mwh / heat_mw)


def test_unusual_approaches_and_doors_are_reported():
    assert outside(water_loops.CDU_APPROACH, 1.0)
    assert outside(water_loops.DOOR_EFFECTIVENESS, 0.95)
