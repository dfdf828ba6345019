import pytest

from gigasite.solvers import optimise
from gigasite.solvers.highs import SIMPLEX, solve


def test_money_is_in_dollars_and_the_gap_is_its_distance_to_the_bound(week):
    """The model counts 1,000 USD; sizing, dispatch and bound lie in this order above the bound of the optimum."""
    plant = week()
    found = optimise(plant, gap=0.005)
    assert found.dispatch_usd == pytest.approx(1000 * solve(plant.matrix, SIMPLEX).objective, rel=0.005)
    assert found.gap == pytest.approx(1 - found.bound_usd / found.dispatch_usd)
    assert found.bound_usd <= found.sizing_usd
    assert found.sizes_from == ""
    assert len(found.duals) == len(found.sizing_duals) == plant.matrix.a.shape[0]
