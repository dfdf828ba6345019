"""What the scaling benchmark says of plans."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from scaling import _beside, unserved


def test_what_is_not_served_costs_its_price_in_every_year_and_design_days_cost_nothing():
    """3 of 300 missed in each of 2 years' worth: 2 x 3 x 10,000 = 60,000 USD and 1 %."""
    flows = {"served": np.array([300.0]), "drawn": np.array([-300.0])}
    year = SimpleNamespace(
        solution=SimpleNamespace(
            shortage={"balance.it": np.array([3.0]), "balance.it on design days": np.array([50.0])}
        ),
        timeline=SimpleNamespace(phases=[SimpleNamespace(present_value_years=2.0)]),
        compiled=SimpleNamespace(network=SimpleNamespace(flows=lambda name: flows)),
        yearly=lambda flow: flow,
    )
    found = unserved(year)
    assert found["shortage_usd"] == pytest.approx(60_000)
    assert found["unserved_%"] == pytest.approx(1.0)
    assert found["short of"] == "it 3"


def test_distances_to_the_exact_plan_with_and_without_accelerators():
    """102 beside 100, of which 80 are accelerators: 2 % of all, 10 % of the rest; frozen, 99 + 5 lie 4 % above."""
    exact = {"runs": 1, "usd": 100.0, "accelerators_usd": 80.0}
    days = {"runs": 1, "planned_usd": 98.0, "usd": 99.0, "shortage_usd": 5.0, "grown_usd": 102.0}
    assert _beside(days, exact) == pytest.approx(
        {
            "planned over exact_%": -2.0,
            "frozen, shortage priced, over exact_%": 4.0,
            "over exact_%": 2.0,
            "over exact, without accelerators_%": 10.0,
        }
    )
    assert _beside({"runs": 0}, exact) == {}
