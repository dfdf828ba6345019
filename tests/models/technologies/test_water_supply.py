from datetime import date

import pytest


def water(**changes):
    return {"kind": "water_supply", "name": "well", "price": "2 USD/m3", **changes}


def test_water_has_a_price(tiny, rest_of):
    """10 m3/h x 8,760 h x 2 USD = 175,200 USD."""
    assert tiny(water(), rest_of("water", least=-10, most=-10)).usd == pytest.approx(175_200)


@pytest.mark.parametrize(("cap", "status"), [("87600 m3/year", "optimal"), ("87000 m3/year", "infeasible")])
def test_a_cap_limits_the_year(tiny, rest_of, cap, status):
    assert tiny(water(cap=cap), rest_of("water", least=-10, most=-10)).status == status


def test_a_cap_that_begins_later_leaves_the_time_before_free(tiny, rest_of):
    """Refusing every drop before the first date would be infeasible."""
    starts = (date(2026, 1, 1), date(2031, 1, 1))
    capped = water(cap={date(2031, 1, 1): "87600 m3/year"})
    assert tiny(capped, rest_of("water", least=-10, most=-10), starts=starts).status == "optimal"


@pytest.mark.parametrize(("peak", "status"), [("2.78 L/s", "optimal"), ("2.77 L/s", "infeasible")])
def test_the_peak_rate_holds_at_every_step(tiny, rest_of, peak, status):
    """10 m3/h are 2.778 L/s."""
    assert tiny(water(peak=peak), rest_of("water", least=-10, most=-10)).status == status
