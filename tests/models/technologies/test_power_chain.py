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
