import pytest

CHAIN = {
    "kind": "power_chain", "name": "chain", "size": {"maximum": "50 MW"}, "ups_efficiency": 0.9,
    "distribution_efficiency": 0.8, "lighting_share": 0.01, "indoor_loss_share": 0.5, "lead_time": "0 years",
    "capex": "600 USD/MW", "distribution_capex": "400 USD/MW", "upkeep": "0.02 1/year", "life": "10 years",
}  # fmt: skip
IT = {"kind": "load", "name": "racks", "bus": "it", "demand": "7.2 MW"}


def test_losses_and_lighting_are_drawn_and_warm_the_hall(tiny):
    """7.2 / 0.72 = 10 MW and 0.072 of lighting; half of the 2.8 MW lost and all light warm the hall: 1.472 MW.

    Heat without the losses would be 0.072, with all of them 2.872.
    """
    solved = tiny(CHAIN, IT, rest=("ac", "heat_air"))
    assert solved.flow("chain", "ac") == pytest.approx(-10.072)
    assert solved.flow("chain", "heat_air") == pytest.approx(1.472)
    assert solved.year("chain", "overhead_energy") == pytest.approx([2.872 * 8760])


def test_the_supply_is_sized_by_protected_power(tiny):
    """7.2 MW x 1,000 USD / 10 years = 720 USD; upkeep 2 % of 7,200 = 144. Sized at the input it would be 1,007."""
    solved = tiny(CHAIN, IT, rest=("ac", "heat_air"))
    assert solved["chain.power_capacity"] == pytest.approx([7.2])
    assert solved.cost("chain", "capital") == pytest.approx([720])
    assert solved.cost("chain", "upkeep") == pytest.approx([144])


def test_a_longer_ride_through_costs_its_cells(tiny):
    """11 min + 0.3 x 2 min - 5 min that the usual cost includes = 6.6 min: 0.11 h x 1,000 USD/MWh = 110 USD/MW.

    7.2 MW x 1,110 USD / 10 years = 799.2 USD. Swings left out it would be 792, the usual minutes counted twice 859.
    """
    longer = {
        **CHAIN, "ride_through": "11 minute", "swing_share": 0.3, "swing_duration": "2 minute",
        "battery_capex": "1000 USD/MWh",
    }  # fmt: skip
    solved = tiny(longer, IT, rest=("ac", "heat_air"))
    assert solved.cost("chain", "capital") == pytest.approx([799.2])


@pytest.mark.parametrize(
    ("redundancy", "modules", "installed", "load"),
    [("2N", 4, 14.4, 0.5), ("N+1", 4, 9.0, 0.8), ("N+1", 2, 10.8, 2 / 3)],
)
def test_spare_units_cost_and_run_at_part_load(tiny, redundancy, modules, installed, load):
    """2N protects 7.2 MW with 14.4 MW, at 1,440 USD. Each unit at half load, of which a loss L = 1 / 0.9 - 1 = 0.111 is
    0.3 constant, 0.3 proportional, 0.4 quadratic: efficiency 0.5 / (0.5 + 0.111 x (0.3 + 0.15 + 0.1)) = 0.8911, so that
    7.2 / (0.8911 x 0.8) + 0.072 = 10.172 MW are drawn. At the rated 0.9 it would be 10.072.
    """
    solved = tiny({**CHAIN, "redundancy": redundancy, "modules": modules}, IT, rest=("ac", "heat_air"))
    loss = (1 / 0.9 - 1) * (0.3 + 0.3 * load + 0.4 * load**2)
    efficiency = load / (load + loss)
    assert solved["chain.power_capacity"] == pytest.approx([installed])
    assert solved.cost("chain", "capital") == pytest.approx([100 * installed])
    assert solved.flow("chain", "ac") == pytest.approx(-(7.2 / (efficiency * 0.8) + 0.072))


def test_units_of_a_pair_lose_more_than_one_alone(tiny):
    """The difference, 0.1 MW of 10, is heat too: half of it in the hall."""
    one, pair = (tiny({**CHAIN, "redundancy": r}, IT, rest=("ac", "heat_air")) for r in ("N", "2N"))
    more = one.flow("chain", "ac") - pair.flow("chain", "ac")
    assert more == pytest.approx(7.2 / (0.8 * 0.891089) - 10.0, rel=1e-4)
    assert pair.flow("chain", "heat_air") - one.flow("chain", "heat_air") == pytest.approx(0.5 * more)


def test_a_size_counts_its_spare_units(tiny):
    """10 MW installed as 2N protect 5 MW, not 7.2."""
    size = {"fixed": "10 MW"}
    assert tiny({**CHAIN, "size": size}, IT, rest=("ac", "heat_air")).status == "optimal"
    assert tiny({**CHAIN, "size": size, "redundancy": "2N"}, IT, rest=("ac", "heat_air")).status == "infeasible"
