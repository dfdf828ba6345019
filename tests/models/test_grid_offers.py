"""Offers by hand: what they cost, which are taken, and when."""

from datetime import date
from itertools import product

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.grid_offers import Offer
from gigasite.models.hourly import HourlyValues
from gigasite.solvers import optimise

LOAD = {"kind": "load", "name": "offices", "demand": "80 MW"}
ENGINE = {
    "kind": "generator", "name": "engine", "technology": "gas_engine", "fuel": "gas", "size": {"fixed": "200 MW"},
    "auxiliary_load": 0, "forced_outage": 0, "capex": "0 USD/MW", "upkeep": "0 USD/MW/year", "efficiency": 0.5,
    "running_cost": "100 USD/MWh", "lead_time": "0 years", "reference_temperature": "50 degC",
}  # fmt: skip
GAS = {"kind": "natural_gas", "name": "gas", "price": "5 USD/MWh"}  # 100 + 5 / 0.5 = 110 USD/MWh
STANDING = [{"size": "1 MW", "commissioned": "2020-01-01", "life": "30 year"}]
PHASES = (date(2026, 1, 1), date(2031, 1, 1))


@pytest.fixture
def offering(free_grid):
    def grid(*offers, **changes):
        made = free_grid(life="40 years", **changes)
        del made["size"]
        return {**made, "offers": list(offers)}

    return grid


def offer(power, available="2026-01-01", **changes):
    return {"power": power, "available": available, "capex": "0 USD/MW", **changes}


def test_an_offer_costs_its_connection_substation_and_line():
    """200 USD/kW + 20 MUSD / 100 MW + 20 km x 825 USD/MW/km: 200,000 + 200,000 + 16,500 USD/MW."""
    data = {"power": "100 MW", "available": date(2028, 1, 1), "substation": "20 MUSD", "line": "20 km"}
    assert Offer.model_validate(data).cost_per_mw(200_000) == pytest.approx(416_500)
    assert Offer.model_validate({**data, "capex": "50 USD/kW"}).cost_per_mw(200_000) == pytest.approx(266_500)


def test_a_substation_without_a_quote_is_priced_by_its_rating():
    """2 x 120 MVA at 100 USD/kVA = 24 MUSD on 100 MW."""
    data = {"power": "100 MW", "substation_rating": "240 MVA", "capex": "0 USD/MW"}
    assert Offer.model_validate(data).cost_per_mw(0.0) == pytest.approx(240_000)


def test_two_offers_are_taken_as_an_enumeration_says(tiny, offering):
    """80 MW of load; 50 MW at 1,000 and 60 MW whole at 900 USD/kW over 40 years without interest, an engine 10 USD/MWh
    dearer than the grid.

    A MW of connection saves 10 x 8,760 = 87,600 USD a year and costs 25,000 and 22,500 of annuity. Enumerated: the
    second whole or not, the first in steps of 1 MW.
    """
    first, second = offer("50 MW", capex="1000 USD/kW"), offer("60 MW", capex="900 USD/kW", whole=True)
    found = {}
    for whole, share in product((0, 1), range(51)):
        imported = min(80, share + 60 * whole)
        energy = 8760 * (100 * imported + 110 * (80 - imported))
        found[whole, share] = energy + 25_000 * share + 22_500 * 60 * whole
    best = min(found, key=found.get)
    assert best == (1, 20)
    solved = tiny(LOAD, offering(first, second), ENGINE, GAS)
    assert solved.usd == pytest.approx(found[best])
    assert solved["grid.offer_1_capacity"] == pytest.approx([20])
    assert solved["grid.offer_2_capacity"] == pytest.approx([60])


def test_a_whole_offer_is_left_where_a_part_of_it_would_do(tiny, offering):
    """10 MW of load, an offer of 100 MW at 400 USD/kW: 10 MW of it cost 100,000 USD a year and save 876,000; all of it
    costs 1,000,000.
    """
    load = {**LOAD, "demand": "10 MW"}
    part, whole = (
        tiny(load, offering(offer("100 MW", capex="400 USD/kW", whole=w)), ENGINE, GAS) for w in (False, True)
    )
    assert part["grid.offer_1_capacity"] == pytest.approx([10])
    assert whole["grid.offer_1_capacity"] == pytest.approx([0])
    assert whole["engine.output"][:3] == pytest.approx(10.0)


def test_an_offer_is_taken_when_it_pays_not_when_it_comes(tiny, offering):
    """Demand rises from 40 to 80 MW: the second offer stands ready from 2026, and is taken in 2031."""
    grid = offering(offer("40 MW"), offer("60 MW", capex="900 USD/kW"))
    load = {**LOAD, "demand": "40 MW"}
    more = {**LOAD, "name": "more", "demand": "40 MW"}
    assert tiny(load, more, grid, ENGINE, GAS, starts=PHASES, worth=(5.0, 5.0))["grid.offer_2_added"] == pytest.approx(
        [40, 0]
    )
    cheap_at_first = {**ENGINE, "size": {"fixed": {date(2026, 1, 1): "200 MW", date(2031, 1, 1): "0 MW"}}}
    free_fuel = {**GAS, "price": "0 USD/MWh"}
    solved = tiny(
        load, more, grid, {**cheap_at_first, "running_cost": "100 USD/MWh", "life": "5 years"}, free_fuel,
        starts=PHASES, worth=(5.0, 5.0),
    )  # fmt: skip
    assert solved["grid.offer_2_added"] == pytest.approx([0, 40])


def test_no_offer_gives_power_before_its_date(tiny, offering):
    """The second offer comes in 2031: 50 MW until then, the engine makes the other 30."""
    grid = offering(offer("50 MW"), offer("60 MW", "2031-01-01"))
    solved = tiny(LOAD, grid, ENGINE, GAS, starts=PHASES)
    assert solved["grid.imported"][:6] == pytest.approx([50, 50, 50, 80, 80, 80])


def test_a_delay_moves_every_offer(tiny, offering):
    """Half a year late, the offer of 1 January 2026 is not there at the start of the first phase."""
    solved = tiny(LOAD, offering(offer("80 MW"), delay="0.5 year"), ENGINE, GAS, starts=PHASES)
    assert solved["grid.imported"][:6] == pytest.approx([0, 0, 0, 80, 80, 80])


def test_an_offer_without_a_date_comes_after_the_lead_time(tiny, offering):
    """Decided on 1 January 2026: four years by its own lead time, none by that of the connection."""
    own = offering({"power": "80 MW", "lead_time": "4 years", "capex": "0 USD/MW"})
    common = offering({"power": "80 MW", "capex": "0 USD/MW"})
    assert tiny(LOAD, own, ENGINE, GAS, starts=PHASES)["grid.imported"][:6] == pytest.approx([0, 0, 0, 80, 80, 80])
    assert tiny(LOAD, common, ENGINE, GAS, starts=PHASES)["grid.imported"][:6] == pytest.approx(80.0)


def test_only_the_offer_that_may_be_called_off_is(tiny, offering):
    """50 MW firm and 30 MW of which 50 % go on the design day: 65 MW are left, the engine makes 15 of 80."""
    off = {"share": "50 %", "hours": "50 h", "longest": "24 h"}
    grid = offering(offer("50 MW"), offer("30 MW", call_off=off))
    solved = tiny(LOAD, grid, {**ENGINE, "size": {"fixed": "15 MW"}}, GAS)
    assert solved["grid.imported"] == pytest.approx([80, 80, 80, 65, 65])
    assert solved["engine.output"][3:] == pytest.approx([15, 15])
    assert tiny(LOAD, grid, {**ENGINE, "size": {"fixed": "14.9 MW"}}, GAS).status == "infeasible"


def test_what_a_flexible_offer_is_worth(tiny, offering):
    """30 MW in 2026 that may be called off, or firm in 2031: five years x 30 MW x 8,760 h x 10 USD/MWh of engine."""
    off = {"share": "100 %", "hours": "50 h", "longest": "24 h"}
    early = offering(offer("50 MW"), offer("30 MW", call_off=off))
    late = offering(offer("50 MW"), offer("30 MW", "2031-01-01"))
    costs = [tiny(LOAD, grid, ENGINE, GAS, starts=PHASES, worth=(5.0, 5.0)).usd for grid in (late, early)]
    assert costs[0] - costs[1] == pytest.approx(5 * 30 * 8760 * 10)


def test_what_is_taken_may_be_settled(tiny, offering):
    """30 of 60 MW, though all 60 are free of cost."""
    grid = offering(offer("60 MW", taken={"fixed": "30 MW"}))
    assert tiny(LOAD, grid, ENGINE, GAS)["grid.offer_1_capacity"] == pytest.approx([30])


def test_the_size_limits_all_offers_together(tiny, offering):
    """Two offers of 50 MW, 70 MW in all; at least 90 MW though 80 are used."""
    grid = offering(offer("50 MW"), offer("50 MW", capex="1 USD/kW"))
    most = tiny(LOAD, {**grid, "size": {"maximum": "70 MW"}}, ENGINE, GAS)
    assert most["grid.imported"][:3] == pytest.approx(70.0)
    solved = tiny(LOAD, {**grid, "size": {"minimum": "90 MW"}}, ENGINE, GAS)
    assert solved["grid.offer_1_capacity"] + solved["grid.offer_2_capacity"] == pytest.approx([90])


def test_limits_by_date_are_told_without_a_model(offering):
    """Offers of 2026 and 2031, one without date and a headroom from 2033; half a year late."""
    grid = Component.from_dict(
        offering(
            offer("50 MW"), offer("60 MW", "2031-01-01"), {"power": "5 MW", "lead_time": "3 years"},
            delay="0.5 year", headroom={date(2026, 1, 1): "100 MW", date(2033, 1, 1): "200 MW"}, power_factor=0.9,
        )
    )  # fmt: skip
    decision = date(2026, 1, 1)
    assert grid.ready(decision) == date(2026, 7, 3)
    assert {date(2026, 7, 3), date(2029, 7, 3), date(2031, 7, 3), date(2033, 1, 1)} <= grid.dates(decision)
    assert list(grid.sizes()[0].maximum.values()) == [5, 55, 115]
    days = [date(2026, 1, 1), date(2026, 8, 1), date(2030, 1, 1), date(2032, 1, 1), date(2033, 1, 1)]
    assert [grid.most_mw(day, decision) for day in days] == pytest.approx([0, 45, 49.5, 90, 103.5])


def test_firm_power_leaves_out_what_the_hottest_hours_take(offering):
    """50 firm + 60 of which 40 % go; a window may miss the design day, so that it counts in full: 86 + 10 MW."""
    window = {"share": "100 %", "within": 1}
    grid = Component.from_dict(
        offering(
            offer("50 MW"), offer("60 MW", call_off={"share": "40 %", "hours": "50 h"}), offer("10 MW", call_off=window)
        )
    )
    day = date(2027, 1, 1)
    assert grid.most_mw(day, day, firm=True) == pytest.approx(96)
    assert grid.most_mw(day, day) == pytest.approx(120)


@pytest.mark.parametrize(
    ("offers", "changes", "says"),
    [
        ([offer("0 MW")], {}, "power must be above zero, got 0 MW. Remove the offer"),
        ([offer("5 MW", lead_time="1 year")], {}, "either the date from which it is available or a lead_time"),
        (
            [offer("5 MW", "2031-01-01"), offer("5 MW", "2028-01-01")], {},
            "offer 2 comes at 2028-01-01, before offer 1 at 2031-01-01. Sort them, or correct the date",
        ),
        (
            [{"power": "5 MW", "lead_time": "4 year"}, {"power": "5 MW", "lead_time": "3 year"}], {},
            "offer 2 comes at 3.0 years, before offer 1 at 4.0 years",
        ),
        ([offer("5 MW", taken={"fixed": "6 MW"})], {}, "taken must lie within the offer of 5 MW, got 6 MW"),
        ([offer("5 MW", taken={"existing": STANDING})], {}, "taken cannot hold existing plant"),
        ([offer("5 MW")], {"size": {"existing": STANDING}}, "what stands already is an offer of its own"),
        ([offer("5 MW")], {"call_off": {"share": 0.5, "hours": "50 h"}}, "call_off stands in each offer"),
        ([offer("5 MW")], {"available": "2027-01-01"}, "with offers, available stands in each offer"),
        ([], {"delay": "1 year"}, "a delay moves offers, and there are none. Write the dates of size.maximum later"),
    ],
)  # fmt: skip
def test_offers_that_cannot_be_are_refused(offers, changes, says, offering):
    with pytest.raises(ValueError, match=says):
        Component.from_dict({**offering(*offers), **changes})


def test_offers_bound_what_may_be_imported(tiny_site, offering):
    """50 + 60 MW: the largest import is 110 MW; an endless bound would spoil the certified gap."""
    network = tiny_site(LOAD, offering(offer("50 MW"), offer("60 MW", "2031-01-01")), starts=PHASES).network()
    assert np.array([v.ub for v in network.model.grid.imported.values()]) == pytest.approx(110.0)


def test_the_certified_plan_takes_the_same_offers(tiny_site, offering):
    """Phases solved apart, sizes mended, every hour dispatched: within 0.1 % of the simplex on the whole.

    Offers are sizes of their own, without rows that would tie their additions together over the phases.
    """
    course = HourlyValues(60 + 20 * np.sin(np.arange(96) / 24 * 2 * np.pi), "MW")
    off = {"share": "50 %", "hours": "50 h", "longest": "24 h"}
    grid = offering(
        offer("50 MW", capex="300 USD/kW"), offer("40 MW", "2031-01-01", capex="100 USD/kW", call_off=off),
        demand_charges=[{"rate": "8 USD/kW/month", "ratchet": {"share": "80 %"}}],
        energy_tiers={"tiers": [{"up_to": "100 GWh", "rate": "0 USD/MWh"}, {"rate": "5 USD/MWh"}]},
        standby_charge="1 USD/kW/month", headroom="85 MW", ramp="15 MW/hour",
    )  # fmt: skip
    site = tiny_site({**LOAD, "demand": course}, grid, ENGINE, GAS, steps=96, step_hours=1.0, starts=PHASES)
    exact, found = site.solve(), optimise(site.compiled(), gap=0.001)
    assert found.method == "certified"
    assert found.dispatch_usd == pytest.approx(exact.usd, rel=1.5e-3)
    assert found.bound_usd <= exact.usd * (1 + 1e-9)


LATE = [{"by": "0 year", "probability": 0.6}, {"by": "5 year", "probability": 0.4}]


@pytest.fixture
def bridged(tiny_site, rest_of, offering):
    """Jobs of 4, 8 and 12 thousand H100 of 1 kW, an offer of 12 MW, and turbines to rent that run on free gas.

    Work that stays undone costs 1 USD an H100-hour; turbines and grid give energy for nothing.
    """

    def solve(delay, rent):
        gpus = {
            "kind": "accelerators", "name": "gpus", "technology": "h100_sxm", "size": {"fixed": "12000 GPU"},
            "capex": "0 USD/kGPU", "upkeep": "0 1/year", "lead_time": "0 years", "power": "1 kW/GPU",
            "speed": "1 kH100/kGPU",
            "network_overhead": 1, "idle_share": 0, "active_share": 1, "availability": 1,
        }  # fmt: skip
        demand = HourlyValues(np.array([4.0, 8.0, 12.0]), "")
        jobs = {"name": "jobs", "demand": "8000 H100", "profile": demand, "value": "1 USD/H100/hour",
                "unserved_share": 1}  # fmt: skip
        turbines = {
            "kind": "rental", "name": "bridge", "technology": "gas_turbine_aero", "fuel": "gas", "bus": "it",
            "size": {"maximum": "12 MW"}, "rental_price": rent, "lead_time": "0 years", "life": "1 year",
            "forced_outage": 0, "auxiliary_load": 0, "heat_derating": "0 1/delta_degC", "running_cost": "0 USD/MWh",
        }  # fmt: skip
        wire = offering(offer("12 MW", capex="30 USD/kW"), bus="it", delay=delay, energy_price="0 USD/MWh",
                        standby_charge="1 USD/kW/year", fixed_charge="100 USD/month")  # fmt: skip
        return tiny_site(
            gpus, {"kind": "work", "name": "work", "classes": [jobs]}, turbines, wire,
            {"kind": "natural_gas", "name": "gas", "price": "0 USD/MWh"},
            rest_of("heat_liquid", "heat_air", "floor_space", name="rest"),
            design_steps=0,
        ).solve()  # fmt: skip

    return solve


def test_bridge_power_is_rented_against_the_chance_of_a_delay(bridged):
    """A MW that serves all three steps saves 8,760,000 USD a year where the wire is late, the next 4 MW two thirds, the
    last a third of it: with 40 %, 3,504,000, 2,336,000 and 1,168,000 USD. Rent at 2,000,000 pays for 8 MW.

    Who knows that the wire is on time rents nothing and takes 12 MW of wire, who knows that it is late rents 12 MW and
    takes none; the robust plan takes 4 MW of wire besides its turbines. What it costs: 16,000,000 of rent, 0.4 x 4 x
    8,760,000 / 3 of work undone, 3,000 of annuity of the wire, and 60 % of 4,000 of standby and 1,200 of fixed charges.
    """
    rent = "2000 USD/kW/year"
    robust = bridged(LATE, rent)
    assert robust["bridge.power_capacity"] == pytest.approx([8])
    assert robust.cost("work", "unserved (jobs)") == pytest.approx([0.4 * 4 * 8_760_000 / 3])
    assert robust.usd == pytest.approx(16e6 + 0.4 * 4 * 8.76e6 / 3 + 3_000 + 0.6 * 5_200)
    for delay, rented, wire in (("0 year", 0, 12), ("5 year", 12, 0)):
        known = bridged(delay, rent)
        assert known["bridge.power_capacity"] == pytest.approx([rented], abs=1e-6)
        assert known["grid.offer_1_capacity"] == pytest.approx([wire], abs=1e-6)
    assert robust["grid.offer_1_capacity"] == pytest.approx([4])


def test_each_outcome_is_operated_by_itself(bridged):
    """On time 4 MW come from the wire for the last 4 of the work, late none: 8 MW of turbines serve 4, 8 and 8."""
    robust = bridged(LATE, "2000 USD/kW/year")
    assert robust.flow("grid", "it")[3:] == pytest.approx([0, 0, 0], abs=1e-6)
    assert robust.flow("gpus", "compute") == pytest.approx([4, 8, 12, 4, 8, 8])


def test_a_certain_delay_is_the_same_in_a_list(bridged):
    """One delay with probability one is that delay."""
    certain = bridged([{"by": "5 year", "probability": 1}], "2000 USD/kW/year")
    assert certain.usd == pytest.approx(bridged("5 year", "2000 USD/kW/year").usd)


def test_design_days_hold_in_every_outcome(tiny, offering):
    """80 MW on the design day with a wire that may be late: 80 MW of engines, though they are likely to stand still.

    If the design day came once, with the wire on time, none would be built.
    """
    engine = {**ENGINE, "size": {"maximum": "200 MW"}, "capex": "1000 USD/MW"}
    wire = offering(offer("80 MW"), delay=LATE)
    assert tiny(LOAD, wire, engine, GAS)["engine.power_capacity"] == pytest.approx([80])
    assert tiny(LOAD, offering(offer("80 MW")), engine, GAS)["engine.power_capacity"] == pytest.approx([0], abs=1e-6)


def test_a_reserve_counts_an_offer_only_once_it_is_sure(tiny, offering):
    """50 MW sure and 60 MW that may be late are 50 MW of firm capacity."""
    wire = offering(offer("50 MW", delay="0 year"), offer("60 MW"), delay=LATE)
    solved = tiny({**LOAD, "demand": "20 MW"}, wire, rest=("firm_capacity",))
    taken = solved["grid.offer_1_capacity"][0]
    assert solved.year("grid", "firm_capacity") == pytest.approx([taken])


def test_delays_that_offers_share_move_them_together():
    """Two offers, one of them with a delay of its own: 2 x 2 outcomes; were all apart, there would be 8."""
    wire = {
        "kind": "grid", "name": "wire", "energy_price": "0 USD/MWh", "emission": "0 t/MWh", "carbon_free_share": 0,
        "offers": [offer("5 MW"), offer("6 MW", "2027-01-01"), offer("7 MW", "2028-01-01", delay=LATE)], "delay": LATE,
    }  # fmt: skip
    shared, own = Component.from_dict(wire).causes(date(2026, 1, 1))
    assert [outcome.delay for outcome in shared] == ["wire on time", "wire 5 years late"]
    assert shared[1].arrivals == {"wire offer 1": date(2031, 1, 1), "wire offer 2": date(2032, 1, 1)}
    assert own[1].arrivals == {"wire offer 3": date(2033, 1, 1)}
    assert own[1].delay == "wire offer 3 5 years late"
    changes = Component.from_dict(wire).dates(date(2026, 1, 1))
    assert {date(2026, 1, 1), date(2031, 1, 1), date(2032, 1, 1), date(2033, 1, 1)} <= changes


def test_editors_take_a_time_and_a_list():
    """The schema of a field that may hold both names both; that of the list alone would underline `delay: 1 year`."""
    schema = Offer.model_json_schema()["properties"]["delay"]
    kinds = {each.get("type") for part in schema["anyOf"] for each in part.get("anyOf", [part])}
    assert kinds == {"string", "array", "null"}


@pytest.mark.parametrize(
    ("delay", "said"),
    [
        ([{"by": "0 year", "probability": 0.6}, {"by": "1 year", "probability": 0.3}], "must add up to 1, got 0.9"),
        ([{"by": "1 year", "probability": 0.6}, {"by": "0 year", "probability": 0.4}], "must lie above 1 years, got 0"),
        ([{"by": "0 year", "probability": -0.1}, {"by": "1 year", "probability": 1.1}], "between 0 and 1"),
        ([{"by": "0 year", "probability": 1}, {"by": "1 year", "probability": 0}], "above 0, got 0"),
        ([{"by": "-1 year", "probability": 1}], "must not be negative"),
        ([], "add up to 1, got 0"),
    ],
)
def test_delays_that_cannot_be_are_refused(offering, delay, said):
    with pytest.raises(ValueError, match=said):
        Component.from_dict(offering(offer("5 MW"), delay=delay))
