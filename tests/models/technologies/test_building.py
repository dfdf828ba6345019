import pytest

BUILDING = {
    "kind": "building", "name": "hall", "size": {"maximum": "50 MW"}, "capex": "11 USD/W", "critical_share": 0.6,
    "upkeep": "0.01 1/year", "land": "0.5 ha/MW", "life": "20 years", "lead_time": "0 years",
}  # fmt: skip


def test_the_building_is_paid_without_the_plant_that_others_pay_for(tiny, rest_of):
    """10 MW x 11 M USD x 0.4 = 44 M USD: 2.2 M a year over 20 years; upkeep 440,000. With the plant 5.5 M a year."""
    solved = tiny(BUILDING, rest_of("floor_space", least=-10, most=-10))
    assert solved.cost("hall", "capital") == pytest.approx([2.2e6])
    assert solved.cost("hall", "upkeep") == pytest.approx([4.4e5])
    assert solved.year("hall", "land") == pytest.approx([5.0])
    assert solved.year("hall", "capital") == pytest.approx([44e6])


def test_it_needs_a_house(tiny, rest_of):
    needs = rest_of("floor_space", least=-51, most=-51)
    assert tiny(BUILDING, needs).status == "infeasible"
