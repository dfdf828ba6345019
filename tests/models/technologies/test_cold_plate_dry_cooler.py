"""Dry coolers by hand: water at 40 degC, 10 K warmer when it returns, 5 K of approach, no recirculation."""

import pytest

DRY = {
    "kind": "cold_plate_dry_cooler", "name": "coolers", "supply": "40 degC", "rise": "10 delta_degC",
    "free_size": {"fixed": "100 MW"}, "trim_size": {"maximum": "50 MW"}, "lead_time": "0 years",
    "dry_cooler": {"approach": "5 delta_degC", "recirculation": "0 delta_degC"},
}  # fmt: skip


@pytest.fixture
def cooling(tiny, free_grid, rest_of):
    def solve(**changes):
        racks = rest_of("heat_liquid", name="racks", least=10, most=10)
        return tiny(DRY, racks, free_grid(), **changes)

    return solve


@pytest.mark.parametrize(("outdoor_c", "free_mw"), [(30.0, 10.0), (40.0, 5.0), (45.0, 0.0)])
def test_oversizing_does_not_cool_below_what_the_air_allows(cooling, outdoor_c, free_mw):
    """Free share = (50 - outdoor - 5) / 10: all, half and none of 10 MW, in coolers for 100 MW."""
    solved = cooling(dry_bulb_c=outdoor_c)
    assert solved["coolers.heat_free"][:3] == pytest.approx(free_mw, abs=1e-6)
    assert solved["coolers.heat_trim"][:3] == pytest.approx(10.0 - free_mw, abs=1e-6)


def test_the_trim_chiller_has_a_capacity_of_its_own(cooling):
    """A design day of 45 degC leaves it all 10 MW, one of 40 degC half; 100 MW of coolers do not count."""
    half, whole = (cooling(dry_bulb_c=20.0, hottest_c=t)["coolers.trim_capacity"][0] for t in (40.0, 45.0))
    assert 4.0 < half < 6.0
    assert 9.0 < whole < 12.0


def test_the_loop_carries_all_modes(cooling):
    assert cooling()["coolers.distribution_capacity"] == pytest.approx([10.0])


def test_no_water_is_used(cooling):
    assert "water" not in cooling().compiled.network.terms["coolers"].into
