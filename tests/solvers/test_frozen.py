"""Fixed designs: what they cost, and what they are short of."""

import numpy as np
import pytest

from gigasite.models.errors import InfeasibleError
from gigasite.solvers import evaluate, optimise

LOAD = {"kind": "load", "name": "offices", "demand": "10 MW"}


def test_a_frozen_design_costs_what_its_dispatch_costs(tiny_site, free_grid):
    plant = tiny_site(LOAD, free_grid(size={"fixed": "10 MW"})).compiled()
    found = evaluate(plant)
    assert found.method == "frozen design"
    assert found.shortage == {}
    assert found.dispatch_usd == pytest.approx(10 * 8760 * 100)


def test_a_frozen_design_that_is_too_small_reports_its_shortage(tiny_site, free_grid):
    """8 of 10 MW: 2 MW x 8,760 h = 17,520 MWh short, 2 MW on the design day; optimising the same site is refused."""
    plant = tiny_site(LOAD, free_grid(size={"fixed": "8 MW"})).compiled()
    found = evaluate(plant)
    assert found.shortage["balance.ac"] == pytest.approx([17_520])
    assert found.shortage["balance.ac on design days"] == pytest.approx([2.0])
    assert found.dispatch_usd == pytest.approx(8 * 8760 * 100)
    with pytest.raises(InfeasibleError, match="short by 2 MW"):
        optimise(plant)


def test_the_prices_of_a_frozen_design_are_its_marginal_costs(tiny_site, free_grid):
    """One more megawatt over 8,760 h at 100 USD/MWh: the duals of the operating steps add up to 876,000 USD."""
    plant = tiny_site(LOAD, free_grid(size={"fixed": "20 MW"})).compiled()
    duals = 1000.0 * evaluate(plant).duals[plant.matrix.rows["balance.ac"]]
    assert abs(float(np.sum(duals))) == pytest.approx(876_000)
