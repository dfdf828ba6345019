import pytest

from gigasite.models.component import Component
from gigasite.models.renewable import Renewable

KINDS = sorted(kind for kind, cls in Component.kinds.items() if issubclass(cls, Renewable))


@pytest.mark.parametrize("kind", KINDS)
def test_design_days_know_only_the_firm_value(kind, weather_of):
    plant = Component.from_dict({"kind": kind, **Component.kinds[kind].example, "firm": 0.15})
    assert plant.derive_on_design_day(weather_of(2))["availability"].values == pytest.approx([0.15, 0.15])


@pytest.mark.parametrize("kind", KINDS)
def test_land_and_capital_follow_what_stands(tiny, kind):
    """10 MW x 2 ha/MW; 10 MW x 1 M USD/MW over 20 years at no interest = 0.5 M USD a year."""
    plant = {
        "kind": kind, "name": "plant", "size": {"fixed": "10 MW"}, "land": "2 ha/MW", "capex": "1 USD/W",
        "life": "20 years", "upkeep": "5 USD/kW/year", "lead_time": "0 years",
    }  # fmt: skip
    solved = tiny(plant, rest=("ac",))
    assert solved.year("plant", "land") == pytest.approx([20.0])
    assert solved.year("plant", "capital") == pytest.approx([10e6])
    assert solved.cost("plant", "capital") == pytest.approx([0.5e6])
    assert solved.cost("plant", "upkeep") == pytest.approx([50_000])
