import pytest

from gigasite.models.component import Component

OLD = {"kind": "legacy_air_cooled", "name": "hall", "lead_time": "0 years"}
NEW = {**OLD, "kind": "air_cooled_chiller"}


def test_it_draws_about_twice_what_a_new_hall_draws(weather_of):
    """35 degC. Old: fans 700 / (1.2 x 1006 x 7.5 x 0.7) = 0.110, pumps 0.011, COP 0.38 x 277.65 / 43.5 = 2.43:
    0.121 + 1.121 / 2.43 = 0.583. New: 0.053 + 1.053 / 4.0 = 0.32.
    """
    weather = weather_of(1, dry_bulb_c=35.0)
    old, new = (Component.from_dict(kind).modes(weather)["chiller"].electricity for kind in (OLD, NEW))
    assert old == pytest.approx([0.583], abs=0.01)
    assert new == pytest.approx([0.32], abs=0.01)


def test_an_old_hall_and_chain_reach_the_published_overhead(weather_of):
    """LBNL 2024 gives mid-size halls on air-cooled chillers a PUE of 1.83 in the mean. At 22 degC: losses
    1 / (0.87 x 0.965) - 1 = 0.191, lighting 0.035, heat 1 + 0.7 x 0.191 + 0.035 = 1.169, times 0.44: 1.74 in all.
    """
    chain = Component.from_dict({"kind": "legacy_power_chain", "name": "chain"})
    lost = 1 / (chain.ups_efficiency * chain.distribution_efficiency) - 1
    heat = 1 + chain.indoor_loss_share * lost + chain.lighting_share
    cooling = Component.from_dict(OLD).modes(weather_of(1, dry_bulb_c=22.0))["chiller"].electricity
    assert 1.6 < 1 + lost + chain.lighting_share + heat * cooling < 2.0


def test_spare_fans_at_constant_speed_save_nothing(weather_of):
    """Five fans at full speed for the work of four draw 1.25 as much; new ones at part speed 0.8^1.5 = 0.72."""
    weather = weather_of(1)
    for kind, ratio in ((OLD, 1.25), (NEW, 0.8**1.5)):
        handler = Component.from_dict(kind).air_handler
        assert handler.fans(weather, 0.8) == pytest.approx(ratio * handler.fans(weather))


def test_what_stands_pays_upkeep_only(tiny, free_grid, rest_of):
    """An upgrade competes with sunk capital: 3 % of today's cost a year, no annuity."""
    standing = {"fixed": "40 MW", "existing": [{"size": "40 MW", "commissioned": "2015-01-01", "life": "25 years"}]}
    it = rest_of("heat_air", name="it", least=10, most=10)
    solved = tiny({**OLD, "chiller_size": standing, "air_handler_size": standing}, it, free_grid())
    assert solved.cost("hall", "capital (chiller)") == pytest.approx([0.0], abs=1e-6)
    assert solved.cost("hall", "upkeep (chiller)") == pytest.approx([0.03 * 450_000 * 40])
