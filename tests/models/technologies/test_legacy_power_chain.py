import pytest

OLD = {"kind": "legacy_power_chain", "name": "chain", "size": {"maximum": "50 MW"}, "lead_time": "0 years"}
IT = {"kind": "load", "name": "racks", "bus": "it", "demand": "10 MW"}


def test_old_chains_lose_what_mid_size_halls_lose(tiny):
    """10 / (0.87 x 0.965) + 0.35 of lighting = 12.261 MW; a new chain draws 10 / (0.97 x 0.985) + 0.02 = 10.486."""
    old, new = (tiny({**OLD, "kind": k}, IT, rest=("ac", "heat_air")) for k in (OLD["kind"], "power_chain"))
    assert old.flow("chain", "ac") == pytest.approx(-12.261, abs=1e-3)
    assert new.flow("chain", "ac") == pytest.approx(-10.486, abs=1e-3)


def test_old_chains_cost_what_like_plant_costs_today(tiny):
    old, new = (tiny({**OLD, "kind": k}, IT, rest=("ac", "heat_air")) for k in (OLD["kind"], "power_chain"))
    assert old.cost("chain", "capital") == pytest.approx(new.cost("chain", "capital"))
