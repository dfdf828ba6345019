"""A platform by hand: 1,000 accelerators of 2 kW, 1.1 of overhead, idle at 0.2 and working at 0.8 of nameplate."""

import pytest

GPUS = {
    "kind": "accelerators", "name": "gpus", "technology": "gb300_nvl72", "size": {"fixed": "1000 GPU"},
    "power": "2 kW/GPU", "active_share": 0.8, "idle_share": 0.2, "network_overhead": 1.1, "availability": 0.9,
    "liquid_share": 0.75, "speed": "2 H100/GPU", "capex": "50000 USD/GPU", "upkeep": "0.01 1/year", "life": "5 years",
    "lead_time": "0 years",
}  # fmt: skip
BUSES = ("it", "heat_liquid", "heat_air")


@pytest.fixture
def working(tiny, rest_of):
    """Solve with so much work to be done all year [kH100]; design days count none."""

    def solve(work, **changes):
        return tiny({**GPUS, **changes}, rest_of("compute", name="work", least=-work, most=-work), rest=BUSES,
                    design_steps=0)  # fmt: skip

    return solve


def test_idle_and_working_accelerators_draw_their_shares(working):
    """0.9 kH100 of work run 0.45 kGPU: 1.1 x 2 x (0.2 + 0.6 x 0.45) = 1.034 MW. Idle ones left out: 0.792."""
    solved = working(0.9)
    assert solved["gpus.running"] == pytest.approx(0.45)
    assert solved.flow("gpus", "it") == pytest.approx(-1.034)
    assert solved.year("gpus", "it_energy") == pytest.approx([1.034 * 8760])


def test_all_power_becomes_heat_in_its_loop(working):
    """1.034 MW: 0.7755 into the liquid loop, 0.2585 into the hall."""
    solved = working(0.9)
    assert solved.flow("gpus", "heat_liquid") == pytest.approx(0.7755)
    assert solved.flow("gpus", "heat_air") == pytest.approx(0.2585)


@pytest.mark.parametrize(("work", "status"), [(1.8, "optimal"), (1.81, "infeasible")])
def test_only_what_is_in_service_works(working, work, status):
    """1 kGPU x 0.9 x 2 = 1.8 kH100; with all in service 2."""
    assert working(work).status == status


def test_design_days_see_nameplate_power(tiny):
    """1.1 x 2 = 2.2 MW whatever is in service or at work; the average draw would be 1.76."""
    solved = tiny(GPUS, rest=("compute", *BUSES))
    assert solved.flow("gpus", "it")[3:] == pytest.approx([-2.2, -2.2])
    assert solved.flow("gpus", "compute")[3:] == pytest.approx([0, 0])
    assert solved.year("gpus", "floor_space") == pytest.approx([-2.2])


def test_capital_is_paid_over_the_life(working):
    """1,000 x 50,000 USD / 5 years = 10 M USD a year; repair 1 % = 0.5 M."""
    solved = working(0.9)
    assert solved.cost("gpus", "capital") == pytest.approx([10e6])
    assert solved.cost("gpus", "upkeep") == pytest.approx([0.5e6])


def test_whole_racks_are_integers(tiny, rest_of):
    """1 kH100 at 2 x 0.9 an accelerator needs 555.6: eight racks of 72, 576."""
    gpus = {**GPUS, "size": {"maximum": "1000 GPU"}, "rack": "72 GPU", "whole": True}
    solved = tiny(gpus, rest_of("compute", name="work", least=-1, most=-1), rest=BUSES, design_steps=0)
    assert solved["gpus.power_capacity"] == pytest.approx([0.576])


def test_work_and_accelerators_meet_in_one_account(tiny, rest_of):
    """What can be worked, 1.8 kH100, is the reading that shares of the accelerators refer to."""
    solved = tiny(GPUS, rest_of("compute_capacity", name="classes"), rest=("compute", *BUSES))
    assert solved.year("gpus", "compute_capacity") == pytest.approx([1.8])
