import numpy as np
import pytest

from gigasite.models.component import Component

TANKS = {
    "kind": "immersion_dry_cooler", "name": "tanks", "supply": "42 degC", "rise": "8 delta_degC",
    "free_size": {"maximum": "90 MW"}, "lead_time": "0 years",
    "dry_cooler": {"approach": "5 delta_degC", "recirculation": "0 delta_degC"},
}  # fmt: skip


@pytest.mark.parametrize(("outdoor_c", "share"), [(37.0, 1.0), (41.0, 0.5), (45.0, 0.0)])
def test_dry_coolers_reach_immersion_water_on_hot_days(weather_of, outdoor_c, share):
    """Share = (50 - outdoor - 5) / 8: at 37 degC all, at 41 half."""
    free = Component.from_dict(TANKS).modes(weather_of(2, dry_bulb_c=outdoor_c))["free"]
    assert free.share == pytest.approx(share)


def test_tanks_are_paid_by_the_heat_they_carry(tiny, free_grid, rest_of):
    """10 MW x (600 + 200) USD/kW over 10 years at no interest: 800,000 USD a year; a loop alone would cost 200,000."""
    paid = {**TANKS, "unit_capex": "600 USD/kW", "loop_capex": "200 USD/kW", "life": "10 years"}
    solved = tiny(paid, rest_of("heat_liquid", name="racks", least=10, most=10), free_grid())
    assert solved.cost("tanks", "capital (distribution)") == pytest.approx([800_000])


def test_fluid_pumps_draw_more_than_those_of_cold_plates(weather_of):
    """0.02 against 0.012 kW/kW, and each adds its heat."""
    plates = Component.from_dict({**TANKS, "kind": "cold_plate_dry_cooler"})
    both = [system.modes(weather_of(1))["free"].electricity[0] for system in (Component.from_dict(TANKS), plates)]
    assert np.diff(both)[0] == pytest.approx(-0.008, abs=5e-4)
