import numpy as np
import pytest

from gigasite.solvers.highs import SIMPLEX, solve
from gigasite.solvers.mend import mended, operating_columns
from gigasite.solvers.phases import links


@pytest.fixture(scope="module")
def plant(week):
    return week()


@pytest.fixture(scope="module")
def optimum(plant):
    return solve(plant.matrix, SIMPLEX)


def test_mended_sizes_keep_their_limits_and_their_links(plant, optimum):
    """Sizes shrunk to nothing are raised to what the design day needs; none leaves its limits."""
    link = links(plant)
    sizes = mended(plant, plant.matrix, link, np.zeros_like(optimum.x), 0.0)
    assert sizes is not None
    assert np.all(sizes >= plant.matrix.lower)
    assert np.all(sizes <= plant.matrix.upper)
    columns = np.concatenate([link.added, link.capacity])
    assert plant.matrix.a[link.rows][:, columns] @ sizes[columns] == pytest.approx(plant.matrix.row_lower[link.rows])
    grid = sizes[plant.columns.slice(plant.network.model.find_component("grid.power_capacity"))]
    bess = sizes[plant.columns.slice(plant.network.model.find_component("bess.power_capacity"))]
    assert np.all(grid + bess >= 15.0 - 1e-6)


def test_mended_sizes_are_not_below_the_proposal(plant, optimum):
    link = links(plant)
    sizes = mended(plant, plant.matrix, link, optimum.x, 0.0)
    assert sizes is not None
    assert np.all(sizes[link.capacity] >= optimum.x[link.capacity] - 1e-3)


def test_limits_that_cross_the_design_day_leave_nothing_to_mend(plant, optimum):
    """With every size at zero the design day is dark."""
    link = links(plant)
    upper = plant.matrix.upper.copy()
    upper[link.capacity] = 0.0
    assert mended(plant, plant.matrix, link, np.zeros_like(optimum.x), 0.0, upper=upper) is None


def test_operating_columns_leave_sizes_and_design_days_out(plant):
    found = operating_columns(plant)
    link, steps = links(plant), plant.network.time.timeline.operating
    assert not np.isin(np.concatenate([link.added, link.capacity]), found).any()
    charge = plant.columns.slice(plant.network.model.find_component("bess.charge"))
    assert np.isin(np.arange(charge.start, charge.stop), found).tolist() == steps.tolist()
