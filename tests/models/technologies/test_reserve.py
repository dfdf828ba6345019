"""Reserve by hand: a flat load on generators without losses, derating or outages."""

import pytest
from pydantic import ValidationError

from gigasite.models.component import Component
from gigasite.models.errors import InfeasibleError
from gigasite.solvers.explain import explain


def engines(name="engines", size=None, **changes):
    return {
        "kind": "generator", "name": name, "technology": "gas_engine", "fuel": "gas", "size": size or {},
        "efficiency": 0.4, "auxiliary_load": 0.0, "forced_outage": 0.0, "heat_derating": "0 1/delta_degC",
        "altitude_derating": "0 1/m", "capex": "1000 USD/MW", "upkeep": "0 USD/MW/year", "life": "10 year",
        "lead_time": "0 year", "running_cost": "0 USD/MWh", **changes,
    }  # fmt: skip


def load(power="100 MW"):
    return {"kind": "load", "name": "offices", "demand": power}


GAS = {"kind": "natural_gas", "name": "pipe", "price": "0 USD/MWh"}
DEAR_GAS = {**GAS, "price": "900 USD/MWh"}


def reserve(**changes):
    return {"kind": "reserve_limit", "name": "reserve", **changes}


def test_a_margin_builds_more_than_the_peak(tiny):
    """100 MW and 10 %: 110 MW, though 100 would serve every hour."""
    solved = tiny(GAS, load(), engines(), reserve(margin=0.1))
    assert solved["engines.power_capacity"] == pytest.approx([110.0])
    assert tiny(GAS, load(), engines())["engines.power_capacity"] == pytest.approx([100.0])


def test_n_plus_one_builds_one_unit_more(tiny):
    solved = tiny(GAS, load(), engines(), reserve(largest_unit="12 MW"))
    assert solved["engines.power_capacity"] == pytest.approx([112.0])


def test_margin_and_n_plus_one_do_not_add_up(tiny):
    """110 MW by the margin, 112 by N+1: 112. Adding them would build 122."""
    solved = tiny(GAS, load(), engines(), reserve(margin=0.1, largest_unit="12 MW"))
    assert solved["engines.power_capacity"] == pytest.approx([112.0])


def test_only_the_unit_of_what_is_built_is_lost(tiny):
    """Turbines of 45 MW are cheaper by 10 %: 145 MW x 900 = 130,500; engines of 10 MW: 110 x 1,000 = 110,000 USD.

    The engines win. Ignoring the units would build 100 MW of turbines; losing every family's unit 145 MW of engines.
    """
    families = (engines(size={"maximum": "200 MW"}), engines("turbines", {"maximum": "200 MW"}, capex="900 USD/MW"))
    need = reserve(units={"engines": "10 MW", "turbines": "45 MW"})
    solved = tiny(GAS, load(), *families, need)
    assert solved["engines.power_capacity"] == pytest.approx([110.0])
    assert solved["turbines.power_capacity"] == pytest.approx([0.0], abs=1e-6)


def test_the_larger_unit_of_two_families_counts_once(tiny):
    """Both fixed at 70 MW: 140 less the larger unit of 45 leaves 95 MW, which a load of 95 MW just meets."""
    families = (engines(size={"fixed": "70 MW"}), engines("turbines", {"fixed": "70 MW"}))
    need = reserve(units={"engines": "10 MW", "turbines": "45 MW"})
    assert tiny(GAS, load("95 MW"), *families, need).status == "optimal"
    assert tiny(GAS, load("95.1 MW"), *families, need).status == "infeasible"


@pytest.mark.parametrize(("counts", "built"), [(True, 100.0), (False, 20.0)])
def test_the_grid_counts_as_a_unit_where_it_says_so(tiny, free_grid, counts, built):
    """80 MW of grid beside engines, and a load of 100 MW: if the grid may be lost, all of it must come from engines.

    If not, 20 MW of engines do.
    """
    need = reserve(margin=0.0, grid_counts=True) if counts else reserve(margin=0.0)
    grid = free_grid(size={"fixed": "80 MW"})
    solved = tiny(DEAR_GAS, load(), grid, engines(), need)
    assert solved["engines.power_capacity"] == pytest.approx([built])


def test_a_grid_that_may_be_called_off_is_firm_for_what_stays(tiny, free_grid):
    """80 MW of which half may be called off in heat: 40 MW are firm, and engines bring 60."""
    grid = free_grid(size={"fixed": "80 MW"}, call_off={"share": 0.5, "hours": "60 h", "longest": "24 h"})
    solved = tiny(DEAR_GAS, load(), grid, engines(), reserve(margin=0.0))
    assert solved.year("grid", "firm_capacity") == pytest.approx([40.0])
    assert solved["engines.power_capacity"] == pytest.approx([60.0])


def test_off_grid_with_too_little_says_how_much_is_short(tiny_site):
    """100 kW flat, one fixed generator of 100 kW, 10 % reserve: 10 kW short in every hour.

    Source: REopt.jl test/runtests.jl, "off-grid with reserve".
    """
    site = tiny_site(
        GAS, load("100 kW"), engines(size={"fixed": "100 kW"}), reserve(margin=0.1),
        site={"largest_mw": (1.0,), "largest_kh100": (1.0,)},
    )  # fmt: skip
    assert site.solve().status == "infeasible"
    error = explain(site.compiled())
    assert isinstance(error, InfeasibleError)
    assert "the reserve of firm capacity: short by 10 kW in every hour of the phase from 2026-01-01" in str(error)
    assert "allow more generation" in str(error)


def test_a_peak_within_the_year_does_not_count(tiny):
    """Only design days set the peak: there a load takes its largest value, 100 MW, at every hour."""
    solved = tiny(GAS, load(), engines(), reserve(margin=0.2))
    assert solved["reserve.peak_it_energy"] == pytest.approx([100.0])
    assert solved["reserve.firm"] == pytest.approx([120.0])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "limits nothing"),
        ({"margin": 1.2}, "between 0 and 1"),
        ({"units": {"engines": "0 MW"}}, "unit of engines must be larger than 0 MW"),
        ({"units": {"engines": "10 MWh"}}, "expected a quantity in MW"),
    ],
)
def test_a_reserve_that_cannot_be_meant_is_refused(data, said):
    with pytest.raises(ValidationError, match=said):
        Component.from_dict(reserve(**data))


def test_a_fixed_design_without_enough_reserve_is_counted_short(tiny_site):
    """The dispatch of a frozen design never fails: 110 MW are asked for, 100 stand, 10 are counted."""
    from gigasite.solvers import evaluate

    site = tiny_site(GAS, load(), engines(size={"fixed": "100 MW"}), reserve(margin=0.1))
    found = evaluate(site.compiled())
    assert found.shortage["metered.reserve_firm_capacity"] == pytest.approx([10.0])


def wires(**changes):
    return {
        "kind": "converter", "name": "wires", "source": "yard", "efficiency": 0.9, "two_way": False,
        "capex": "0 USD/MW", "lead_time": "0 year", **changes,
    }  # fmt: skip


def test_a_grid_behind_a_converter_is_firm_for_what_the_converter_carries(tiny, free_grid):
    """Of 100 MW on `yard` 0.9 x 100 = 90 MW reach the site, or the 60 MW of the converter. Peak 50 MW.

    A margin of 20 % asks for 60 MW: a converter of 50 MW leaves 10 MW to engines. Uncounted, engines of 60 MW would
    be built; counted without the converter, none. A converter of 95 MW carries 90: a margin of 80 % and no more.
    """
    for size, built in (("60 MW", 0.0), ("90 MW", 0.0), ("50 MW", 10.0)):
        solved = tiny(
            DEAR_GAS, load("50 MW"), engines(), free_grid(bus="yard"), wires(size={"fixed": size}), reserve(margin=0.2)
        )
        assert solved["engines.power_capacity"] == pytest.approx([built], abs=1e-6)
    lossy = (load("50 MW"), free_grid(bus="yard"), wires(size={"fixed": "95 MW"}))
    assert tiny(*lossy, reserve(margin=0.799)).status == "optimal"
    assert tiny(*lossy, reserve(margin=0.801)).status == "infeasible"


def test_the_grid_behind_shared_wires_may_be_lost_and_the_rest_stays(tiny, free_grid):
    """Wires of 60 MW without loss; behind them a grid of 100 MW and 30 MW of engines; the load is 50 MW.

    60 MW are firm. Without the grid 30 MW of engines still reach the site: N+1 on the grid asks for 20 MW more beside.
    Losing all 60 MW with the grid would ask for 50; losing nothing, for none.
    """
    behind = engines("behind", bus="yard", size={"fixed": "30 MW"})
    site = (GAS, load("50 MW"), engines(), behind, wires(efficiency=1.0, size={"fixed": "60 MW"}))
    solved = tiny(*site, free_grid(bus="yard"), reserve(grid_counts=True))
    assert solved["engines.power_capacity"] == pytest.approx([20.0])


def test_wires_too_small_for_what_stands_behind_them_limit_what_stays(tiny, free_grid):
    """25 MW of wires before 30 MW of engines and a grid: 25 MW stay without the grid, and 50 - 25 = 25 are added."""
    behind = engines("behind", bus="yard", size={"fixed": "30 MW"})
    site = (GAS, load("50 MW"), engines(), behind, wires(efficiency=1.0, size={"fixed": "25 MW"}))
    solved = tiny(*site, free_grid(bus="yard"), reserve(grid_counts=True))
    assert solved["engines.power_capacity"] == pytest.approx([25.0])


def test_firm_capacity_flows_back_through_a_converter_that_draws_from_the_site(tiny):
    """The converter feeds `dc` from `ac`, both ways: 20 MW of battery on `dc` give 0.9 x 20 = 18 MW."""
    bess = {
        "kind": "battery", "name": "bess", "bus": "dc", "technology": "battery_lfp_dc", "power": {"fixed": "20 MW"},
        "energy": {"fixed": "100 MWh"}, "firm_duration": "1 hour", "lead_time": "0 year",
    }  # fmt: skip
    back = wires(name="inverter", source="ac", bus="dc", two_way=True, size={"fixed": "50 MW"})
    assert tiny(bess, back, reserve(largest_unit="18 MW"), rest=("ac",)).status == "optimal"
    assert tiny(bess, back, reserve(largest_unit="18.1 MW"), rest=("ac",)).status == "infeasible"
