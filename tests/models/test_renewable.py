from datetime import date, timedelta

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.util.check_units import assert_units_consistent

from gigasite.models.component import Component
from gigasite.models.renewable import Renewable

STARTS = (date(2026, 1, 1), date(2030, 1, 1))
KINDS = sorted(kind for kind, cls in Component.kinds.items() if issubclass(cls, Renewable))


@pytest.mark.parametrize("kind", KINDS)
def test_design_days_know_only_the_firm_value(kind, weather_of):
    plant = Component.from_dict({"kind": kind, **Component.kinds[kind].example, "firm": 0.15})
    assert plant.derive_on_design_day(weather_of(2))["availability"].values == pytest.approx([0.15, 0.15])


@pytest.mark.parametrize("kind", KINDS)
def test_land_and_capital_follow_what_stands(tiny, kind):
    """10 MW x 2 ha/MW; 10 MW x 1 M USD/MW over 20 years at no interest = 0.5 M USD a year."""
    plant = {
        "kind": kind, "name": "plant", "size": {"fixed": "10 MW"}, "land": "2 ha/MW", "capex": "1 USD/W",
        "life": "20 years", "upkeep": "5 USD/kW/year", "lead_time": "0 years",
    }  # fmt: skip
    solved = tiny(plant, rest=("ac",))
    assert solved.year("plant", "land") == pytest.approx([20.0])
    assert solved.year("plant", "capital") == pytest.approx([10e6])
    assert solved.cost("plant", "capital") == pytest.approx([0.5e6])
    assert solved.cost("plant", "upkeep") == pytest.approx([50_000])


def _windy(**changes):
    usual = {
        "kind": "wind", "name": "plant", "lead_time": "0 years", "life": "20 years", "losses": 0.0,
        "degradation": "0.01 1/year", "ageing": "by_age",
    }  # fmt: skip
    return {**usual, **changes}


def test_ageing_by_age_counts_the_years_of_each_phase(tiny):
    """10 MW of 2026, 5 more in 2030, phases of four years: mean ages 2, then 6 and 2. 1 % a year:

    9.8 MW, then 10 x 0.94 + 5 x 0.98 = 14.3 MW in new plant. Half a life for all would give 9.0 and 13.5.
    """
    grown = {"fixed": {STARTS[0]: "10 MW", STARTS[1]: "15 MW"}}
    strong = {"wind_10m_m_s": 13.0, "dry_bulb_c": 15.0}
    solved = tiny(_windy(size=grown), rest=("ac",), starts=STARTS, years=4.0, worth=(4.0, 4.0), weather=strong)
    assert solved["plant.as_new"] == pytest.approx([9.8, 14.3], rel=1e-3)


def test_ageing_by_age_counts_existing_plant_from_its_commissioning(tiny):
    """8 MW of 2016 in 2026 to 2030: mean age 12, 0.88 x 8 = 7.04 MW."""
    old = {"fixed": "8 MW", "existing": [{"size": "8 MW", "commissioned": "2016-01-01", "life": "25 years"}]}
    solved = tiny(_windy(size=old), rest=("ac",), years=4.0, worth=(4.0,))
    assert solved["plant.as_new"] == pytest.approx([7.04], rel=1e-3)


def test_ageing_by_age_bounds_the_output(tiny, free_grid):
    """10 MW, two years old on average: 9.8 x the availability of new plant at every step."""
    load = {"kind": "load", "name": "offices", "demand": "50 MW"}
    solved = tiny(_windy(size={"fixed": "10 MW"}), load, free_grid(), years=4.0, worth=(4.0,))
    new = Component.from_dict(_windy()).availability(solved.tiny.weather)
    assert solved["plant.output"][:3] == pytest.approx(9.8 * np.round(new, 6), rel=1e-3)


def test_ageing_by_age_has_consistent_units(tiny_site):
    network = tiny_site(_windy(), rest=("ac",)).network(audit=True, templates=False)
    for equation in network.model.plant.component_objects(pyo.Constraint):
        assert_units_consistent(equation)


@pytest.mark.parametrize("kind", KINDS)
def test_two_weather_years_give_each_its_own_output(kind, weather_of):
    """The second year, 365 days later, has another sky: each year's output is that of the year alone."""
    one, other = weather_of(4), weather_of(4, ghi_w_m2=500.0, dni_w_m2=300.0, wind_10m_m_s=4.0)
    both = replace_years(one, other)
    plant = Component.from_dict({"kind": kind, **Component.kinds[kind].example})
    alone = plant.derive(one)["availability"].values
    got = plant.derive(both)["availability"].values
    assert got[:4] == pytest.approx(alone)
    assert got[4:] == pytest.approx(plant.derive(other)["availability"].values, abs=2e-3)
    assert np.all(got[4:] < got[:4])


def replace_years(one, other):
    """Return both conditions after one another; the second is a year later."""
    series = {
        name: np.concatenate([getattr(one, name), getattr(other, name)])
        for name in ("dry_bulb_c", "dew_point_c", "pressure_pa", "wind_10m_m_s", "ghi_w_m2", "dni_w_m2", "dhi_w_m2")
    }
    return type(one)(one.place, one.times.append(other.times + timedelta(days=365)), **series)
