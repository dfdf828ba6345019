import numpy as np
import pytest

from gigasite.models.component import Component

TURBINES = {"kind": "wind", "name": "turbines", "size": {"fixed": "10 MW"}, "lead_time": "0 years"}


def test_calm_air_gives_nothing_and_strong_wind_the_rating_less_losses(weather_of):
    turbines = Component.from_dict({**TURBINES, "losses": 0.1})
    assert turbines.availability(weather_of(3, wind_10m_m_s=0.0)) == pytest.approx(0.0)
    assert turbines.availability(weather_of(3, wind_10m_m_s=13.0, dry_bulb_c=15.0)) == pytest.approx(0.9, abs=0.02)


def test_a_higher_hub_gives_more(weather_of):
    low, high = (Component.from_dict({**TURBINES, "hub_height": f"{h} m"}) for h in (80, 160))
    assert np.all(high.availability(weather_of(3)) > low.availability(weather_of(3)))


def test_an_unknown_turbine_is_refused():
    with pytest.raises(ValueError, match="turbine"):
        Component.from_dict({**TURBINES, "turbine": "windmill"})


def test_surplus_is_curtailed_at_no_cost(tiny):
    """1 MW of load under a plant of 10 MW in strong wind: 1 MW is taken."""
    load = {"kind": "load", "name": "offices", "demand": "1 MW"}
    turbines = {**TURBINES, "firm": 0.5}
    solved = tiny(load, turbines, weather={"wind_10m_m_s": 13.0})
    assert solved["turbines.output"] == pytest.approx(1.0)


@pytest.mark.parametrize("technology", ["wind_onshore", "wind_offshore"])
def test_every_wind_of_the_catalogue_resolves(weather_of, technology):
    turbines = Component.from_dict({**TURBINES, "technology": technology})
    assert np.all(turbines.availability(weather_of(3, wind_10m_m_s=10.0)) > 0.4)
