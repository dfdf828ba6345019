from datetime import date

import pytest

from gigasite.models.component import Component


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


def test_no_water_is_a_lawful_supply(tiny, rest_of):
    """Caps and peaks of zero: nothing flows, and nothing needs to; a single litre would be infeasible."""
    for limit in ({"cap": "0 m3/year"}, {"peak": "0 L/s"}, {"cap": "0 m3/year", "peak": "0 L/s"}):
        assert tiny(water(**limit), rest_of("water", least=-10, most=0)).flow("well", "water") == pytest.approx(0.0)
        assert tiny(water(**limit), rest_of("water", least=-10, most=-0.001)).status == "infeasible"


def season(**limits):
    return water(restrictions=[{"months": [6, 7, 8], **limits}])


@pytest.mark.parametrize(
    ("month", "peak", "status"), [(7, "2.78 L/s", "optimal"), (7, "2.77 L/s", "infeasible"), (5, "0 L/s", "infeasible")]
)
def test_a_season_restricts_the_rate_on_design_days_too(tiny, rest_of, month, peak, status):
    """10 m3/h are 2.778 L/s. A year of May alone is free, but its design day lies in July."""
    users = rest_of("water", least=-10, most=-10)
    assert tiny(season(peak=peak), users, months=month).status == status
    assert tiny(season(peak="0 L/s"), users, months=5, design_steps=0).status == "optimal"


@pytest.mark.parametrize(("cap", "status"), [("21900 m3/year", "optimal"), ("21899 m3/year", "infeasible")])
def test_a_season_has_a_cap_of_its_own(tiny, rest_of, cap, status):
    """One of four steps lies in July: a quarter of 87,600 m3; in the other three water is free."""
    users = rest_of("water", least=-10, most=-10)
    assert tiny(season(cap=cap), users, steps=4, months=[1, 4, 7, 10]).status == status
    assert tiny(season(cap="0 m3/year"), users, steps=4, months=[1, 2, 3, 4]).status == "optimal"


def test_a_restriction_of_nothing_is_refused():
    with pytest.raises(ValueError, match="needs a peak or a cap"):
        Component.from_dict(season())
    with pytest.raises(ValueError, match="less than or equal to 12"):
        Component.from_dict(water(restrictions=[{"months": [13], "peak": "1 L/s"}]))


def blowdown(rest_of):
    """Drain 2 m3/h of the 10 m3/h drawn, in every hour."""
    return rest_of("water", least=-10, most=-10), rest_of("waste_water", name="drain", least=17_520, most=17_520)


def test_what_is_drained_is_paid_for(tiny, rest_of):
    """2 m3/h x 8,760 h x 0.5 USD = 8,760 USD, besides 175,200 for the water."""
    solved = tiny(water(discharge_price="0.5 USD/m3"), *blowdown(rest_of))
    assert solved.cost("well", "discharge") == pytest.approx([8_760])
    assert solved.usd == pytest.approx(175_200 + 8_760)


@pytest.mark.parametrize(("cap", "status"), [("17520 m3/year", "optimal"), ("17519 m3/year", "infeasible")])
def test_a_cap_limits_what_is_drained(tiny, rest_of, cap, status):
    assert tiny(water(discharge_cap=cap), *blowdown(rest_of)).status == status


def test_a_tower_pays_for_its_blowdown(tiny, free_grid, rest_of):
    """At five cycles a fifth of the make-up is drained, drift aside: 1 / 5 of the water at 2 USD/m3 costs a fifth."""
    tower = {"kind": "cold_plate_tower", "name": "tower", "supply": "32 degC", "lead_time": "0 years"}
    tower |= {"tower": {"cycles": 5, "drift": 0}}
    heat = rest_of("heat_liquid", name="heat", least=10, most=10)
    solved = tiny(water(discharge_price="2 USD/m3"), tower, heat, free_grid())
    assert solved.cost("well", "discharge") == pytest.approx(solved.cost("well", "water") / 5, rel=1e-6)
