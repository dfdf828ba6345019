"""A cooling system at work for one MW of heat: sizes, and agreement with the optimiser."""

from types import SimpleNamespace

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.cooling import CoolingSystem
from gigasite.models.finance import annuity_factor
from gigasite.models.network import assemble
from gigasite.sites.cooling_operation import operate
from gigasite.sites.cooling_weather import Segment
from gigasite.sites.deriving import derive
from gigasite.solvers.highs import SIMPLEX
from gigasite.solvers.highs import solve as solve_matrix
from gigasite.solvers.matrix import compile_network

LOST = 2000.0


def system(kind, **fields):
    return Component.from_dict({"kind": kind, "name": kind, "lead_time": "0 years", **fields})


@pytest.fixture
def place(weather_of):
    """Return a place of a few hours; the first segment is the year, others are design days."""

    def build(year, *days, usd_per_mwh=100.0, water_usd=2.0, discharge_usd=0.0, rate=0.05, peak_usd=0.0):
        segments = tuple(
            Segment(name, weather, np.broadcast_to(np.asarray(usd_per_mwh, float), (len(weather),)))
            for name, weather in zip(["year", "dry_bulb_20", "wet_bulb_20"], [year, *days], strict=False)
        )
        water = Component.from_dict(
            {"kind": "water_supply", "name": "water", "price": f"{water_usd} USD/m3",
             "discharge_price": f"{discharge_usd} USD/m3"}
        )  # fmt: skip
        return SimpleNamespace(
            key="test", segments=segments, sizing=segments, year=segments[0], water=water, cost_of_capital=rate,
            peak_usd_per_mw=peak_usd,
        )  # fmt: skip

    return build


def test_plant_is_sized_by_its_busiest_hour(place, weather_of):
    """Air of 20 degC: free. 45: water comes back at 50, air at 47 with recirculation reaches 55 with 8 K: all trim.

    Chiller at 45 degC, 40 degC water, 1.012 with the pumps: 1 - 0.0112 x 10 - 0.0084 x 5 + 0.26 = 1.106 (warm water
    gains 26 % at most), 1.012 / 1.106 = 0.915. Coil 1.012 / 0.96 (glycol) at sea level. Sizing on the average hour
    would give half of each.
    """
    dry = system("cold_plate_dry_cooler", supply="40 degC")
    found = operate(dry, place(weather_of(2, dry_bulb_c=[20.0, 45.0], dew_point_c=5.0)), LOST)
    assert found.plants["distribution"] == pytest.approx(1.0)
    assert found.plants["free"] == pytest.approx(1.012 / 0.96, rel=1e-6)
    assert found.plants["trim"] == pytest.approx(1.012 / 1.106)


def test_a_chiller_stands_for_no_more_than_its_derated_capacity(place, weather_of):
    """At 35 degC the hall's chiller takes more than at 46: the size for 46 is that of the hotter segment alone."""
    hall = system("air_cooled_chiller")
    hot, mild = (weather_of(1, dry_bulb_c=t, dew_point_c=5.0) for t in (46.0, 35.0))
    both = operate(hall, place(mild, hot), LOST)
    assert both.plants == operate(hall, place(hot), LOST).plants
    assert both.plants["chiller"] > operate(hall, place(mild), LOST).plants["chiller"]
    assert set(both.hours) == {"year", "dry_bulb_20"}


def test_days_outside_the_sizing_do_not_size(place, weather_of):
    """Days of another return period are operated, with plant that is assumed to follow them, but buy nothing."""
    hall = system("air_cooled_chiller")
    here = place(weather_of(1, dry_bulb_c=35.0), weather_of(1, dry_bulb_c=48.0))
    here.sizing = here.segments[:1]
    found = operate(hall, here, LOST)
    assert found.plants == operate(hall, place(weather_of(1, dry_bulb_c=35.0)), LOST).plants
    assert found.hours["dry_bulb_20"].electricity[0] > found.hours["year"].electricity[0]


@pytest.mark.parametrize(("redundancy", "spare"), [("N", 1.0), ("N+1", 1.25), ("2N", 2.0)])
def test_spare_units_are_bought_and_run_at_part_speed(place, weather_of, redundancy, spare):
    """Four units and one more: 1.25 of every plant. Fans of the coil per heat by the load^1.5: 0.72, 0.35.

    At 20 degC: difference 28 of 18 K, speed (18 / 28)^1.3 = 0.563, power 0.025 x 0.563^3 = 0.00447 per heat, and the
    pumps' 0.012 with their heat: 0.012 + 1.012 x 0.00447 = 0.01652. A chiller has no such gain.
    """
    dry = system("cold_plate_dry_cooler", supply="40 degC", redundancy=redundancy)
    year = place(weather_of(2, dry_bulb_c=[20.0, 45.0], dew_point_c=5.0))
    found, usual = operate(dry, year, LOST), operate(system("cold_plate_dry_cooler", supply="40 degC"), year, LOST)
    assert found.plants == pytest.approx({name: spare * size for name, size in usual.plants.items()})
    assert found.capex_usd == pytest.approx(spare * usual.capex_usd)
    fans = 0.025 * (18.0 / 28.0) ** 3.9
    assert found.hours["year"].electricity[0] == pytest.approx(0.012 + 1.012 * fans / spare**1.5, rel=1e-6)
    assert found.hours["year"].electricity[1] == pytest.approx(usual.hours["year"].electricity[1])


def test_plant_whose_size_is_fixed_at_zero_is_not_used(place, weather_of):
    """Without trim chiller nothing cools at 45 degC: the load stops for that hour, draws nothing and is slowed by 1."""
    dry = system("cold_plate_dry_cooler", supply="40 degC", trim_size={"fixed": "0 MW"})
    found = operate(dry, place(weather_of(2, dry_bulb_c=[20.0, 45.0], dew_point_c=5.0)), LOST)
    assert set(found.plants) == {"distribution", "free"}
    np.testing.assert_allclose(found.hours["year"].stopped, [0.0, 1.0])
    np.testing.assert_allclose(found.hours["year"].slowed, [0.0, 1.0])
    assert found.hours["year"].electricity[1] == 0.0
    np.testing.assert_allclose(found.hours["year"].mechanical, 0.0)


def test_accelerators_slow_down_where_nothing_else_cools(place, weather_of):
    """33 degC reaches 43, 3 K too warm: 2 % a kelvin, 6 %. 45 reaches 55, 15 K: beyond 10 K they stop."""
    free = system("cold_plate_dry_cooler", supply="40 degC", trim_size={"fixed": "0 MW"}, throttle=True)
    found = operate(free, place(weather_of(3, dry_bulb_c=[20.0, 33.0, 45.0], dew_point_c=5.0)), LOST).hours["year"]
    np.testing.assert_allclose(found.slowed, [0.0, 0.06, 1.0])
    np.testing.assert_allclose(found.stopped, [0.0, 0.0, 1.0])
    assert found.electricity[1] == pytest.approx(0.012 + 1.012 * 0.025)


def test_what_is_spent_is_annuity_upkeep_and_overnight_cost(place, weather_of):
    """Overnight: sizes of air handlers and chillers times their costs.

    A year: times annuity 0.05 / (1 - 1.05^-life) and upkeep; at 10 % the asset's own cost of capital takes its place.
    """
    hall = system("air_cooled_chiller")
    found = operate(hall, place(weather_of(1, dry_bulb_c=35.0, dew_point_c=5.0)), LOST)
    overnight = sum(
        found.plants[name] * cost
        for name, cost in {"air_handler": hall.air_handler_capex, "chiller": hall.chiller_capex}.items()
    )
    assert found.capex_usd == pytest.approx(overnight)
    by_hand = 0.05 / (1.0 - 1.05**-hall.life)
    assert annuity_factor(0.05, hall.life) == pytest.approx(by_hand)
    assert found.fixed_usd_per_year == pytest.approx(overnight * (by_hand + hall.upkeep))
    dear = operate(system("air_cooled_chiller", cost_of_capital="10 %"), place(weather_of(1, dry_bulb_c=35.0)), LOST)
    assert dear.fixed_usd_per_year > found.fixed_usd_per_year


def test_connected_heat_is_charged_whether_it_is_used_or_not(place, weather_of):
    """District cooling: the yearly charge per connected heat comes on top of annuity and upkeep of the station."""
    district = system("district_cooling")
    found = operate(district, place(weather_of(1, dry_bulb_c=35.0, dew_point_c=5.0)), LOST)
    yearly = found.capex_usd * (annuity_factor(0.05, district.life) + district.upkeep)
    charged = found.plants["connection"] * getattr(district, district.plants["connection"].charge)
    assert charged > 0
    assert found.fixed_usd_per_year == pytest.approx(yearly + charged)
    moved = found.hours["year"].electricity[0]
    assert found.hours["year"].bought_usd[0] == pytest.approx((1.0 + moved) * district.energy_charge, rel=1e-3)


def test_hours_outside_a_published_range_are_counted(place, weather_of):
    """A tower's correlations end at a wet bulb of 26.7 degC: one hour of two is beyond, 4,380 of a year."""
    tower = system("cold_plate_tower", supply="32 degC")
    assert operate(tower, place(weather_of(2, dry_bulb_c=33.0, dew_point_c=[5.0, 31.0])), LOST).outside_hours >= 4380.0


HOURS = {
    "dry_bulb_c": np.array([10.0, 24.0, 29.0, 31.0, 34.0, 38.0, 42.0, 46.0, -5.0, 27.0]),
    "dew_point_c": np.array([5.0, 12.0, 24.0, 8.0, 15.0, 25.0, 20.0, 5.0, -9.0, 26.0]),
}
CHEAP = {"unit_capex": "15 USD/MW", "loop_capex": "20 USD/MW", "free_capex": "25 USD/MW", "trim_capex": "45 USD/MW"}


@pytest.fixture
def optimised(tiny_site, rest_of, free_grid):
    """Return what the optimiser makes of one MW of heat in `HOURS`: electricity, water, sizes."""

    def solve(cooler, water_usd, usd_per_mwh):
        site = tiny_site(
            cooler, rest_of(cooler.loop, name="heat", least=1, most=1), rest_of("drive_heat", name="engines"),
            free_grid(energy_price=f"{usd_per_mwh} USD/MWh"),
            {"kind": "water_supply", "name": "water", "price": f"{water_usd} USD/m3", "discharge_price": "0.7 USD/m3"},
            weather=HOURS, steps=len(HOURS["dry_bulb_c"]), design_steps=0, site={"cost_of_capital": 0.05},
        )  # fmt: skip
        series = derive(site.components, site.timeline, site.weather, [])
        compiled = compile_network(assemble(site.components, series, site.timeline, site.site))
        answer = solve_matrix(compiled.matrix, SIMPLEX)
        assert answer.status == "optimal"

        def flow(name):
            return -compiled.series(compiled.network.flows(name)[cooler.name], answer.x)

        block = compiled.network.model.find_component(cooler.name)
        sizes = {
            name: answer.x[compiled.columns.slice(block.component(f"{name}_capacity"))][0] for name in cooler.plants
        }
        return flow("ac"), flow("water") if cooler.evaporates else 0.0, sizes, 1000 * answer.objective

    return solve


@pytest.mark.parametrize(
    ("kind", "supply", "water_usd", "within"),
    [
        *(("cold_plate_adiabatic", 40, usd, 1e-6) for usd in (0.5, 2.2, 2.5)),
        *(("cold_plate_tower", 32, usd, 1e-6) for usd in (0.5, 2.5, 8.0)),
        *(("cold_plate_adiabatic", 32, usd, 1e-6) for usd in (0.5, 2.5)),
        ("cold_plate_adiabatic", 40, 8.0, 1.1e-3),
        ("cold_plate_adiabatic", 32, 8.0, 1.1e-3),  # the optimiser lets a mode that can do nothing take 0.1 %
        ("cold_plate_dry_cooler", 36, 0.0, 1e-6),
    ],
)
def test_the_optimiser_does_the_same_where_plant_is_cheap(
    optimised, place, weather_of, kind, supply, water_usd, within
):
    """One model, two ways to solve it: electricity, water and sizes agree to 1e-6 in ten hours from -5 to 46 degC.

    Plant costs next to nothing, so that the hour alone decides; the optimiser also weighs plant against operation.
    """
    cooler = system(kind, supply=f"{supply} degC", **CHEAP)
    electricity, water, sizes, _ = optimised(cooler, water_usd, 60.0)
    hours = weather_of(10, **HOURS)
    found = operate(cooler, place(hours, usd_per_mwh=60.0, water_usd=water_usd, discharge_usd=0.7), 0.0)
    np.testing.assert_allclose(found.hours["year"].electricity, electricity, rtol=within)
    np.testing.assert_allclose(found.hours["year"].water, water, rtol=within, atol=1e-9)
    assert found.plants == pytest.approx(sizes, rel=within)


@pytest.mark.parametrize("water_usd", [0.5, 2.5])
def test_chillers_are_weighed_against_what_cools_without_them(optimised, place, weather_of, water_usd):
    """At catalogue prices the year costs at most 1 % more than the optimum, and never less (0.1 %, see above).

    Hour by hour, water at 2.5 USD/m3 costs more than a chiller's electricity, so that chillers were bought for a year
    that pads carry: 11 % more. What is left is that the optimiser also makes the coil smaller where a chiller stands:
    3 % with water at 8 USD/m3.
    """
    cooler = system("cold_plate_adiabatic", supply="40 degC")
    *_, best = optimised(cooler, water_usd, 60.0)
    hours = weather_of(10, **HOURS)
    found = operate(cooler, place(hours, usd_per_mwh=60.0, water_usd=water_usd, discharge_usd=0.7), 0.0)
    year = found.hours["year"]
    running = 60.0 * year.electricity + water_usd * year.water + 0.7 * year.waste_water
    total = found.fixed_usd_per_year + 8760.0 * running.mean()
    assert 0.999 * best <= total <= 1.01 * best


def test_pads_take_the_place_of_a_chiller_that_would_save_a_little(place, weather_of):
    """42 degC in dry air, 40 degC water: coils reach 52, pads about 34, so pads can carry all.

    One hour: pads cost 0.028 x 60 + 2.6 L/kWh x 2.5 = 8 USD/MWh, the chiller 8.3; the whole plant of the chiller for
    it would cost 35,000 USD a year. With water at 60 USD/m3 (150 USD/MWh) the chiller is worth it.
    """
    cooler = system("cold_plate_adiabatic", supply="40 degC")
    hours = weather_of(2, dry_bulb_c=[20.0, 42.0], dew_point_c=5.0)
    cheap, dear = (operate(cooler, place(hours, usd_per_mwh=60.0, water_usd=usd), 0.0) for usd in (2.5, 60.0))
    assert cheap.plants["trim"] == 0.0
    np.testing.assert_allclose(cheap.hours["year"].mechanical, 0.0)
    assert cheap.hours["year"].water[0] == 0.0 < cheap.hours["year"].water[1]
    assert dear.plants["trim"] > 0.8
    np.testing.assert_allclose(dear.hours["year"].water, 0.0)


KINDS = sorted(kind for kind, cls in Component.kinds.items() if issubclass(cls, CoolingSystem))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_operated_as_the_optimiser_would(optimised, place, weather_of, kind):
    """Electricity, water and sizes of each kind agree within 0.11 % in ten hours from -5 to 46 degC.

    Sea water must carry the compressor's heat too: sized on heat alone its lift would be 1 to 9 % too small.
    """
    example = {k: v for k, v in Component.kinds[kind].example.items() if not k.endswith("_size")}
    cooler = Component.from_dict({"kind": kind, **example, "lead_time": "0 years"})
    paid = {field: 20.0 + 5.0 * i for i, field in enumerate({f: 0 for p in cooler.plants.values() for f in p.capex})}
    charges = {plant.charge: 0.0 for plant in cooler.plants.values() if plant.charge}
    cooler = cooler.model_copy(update={**paid, **charges})
    electricity, water, sizes, _ = optimised(cooler, 2.5, 60.0)
    found = operate(cooler, place(weather_of(10, **HOURS), usd_per_mwh=60.0, water_usd=2.5, discharge_usd=0.7), 0.0)
    np.testing.assert_allclose(found.hours["year"].electricity, electricity, rtol=1.1e-3)
    np.testing.assert_allclose(found.hours["year"].water, water, rtol=1.1e-3, atol=1e-9)
    assert found.plants == pytest.approx(sizes, rel=1.1e-3, abs=1e-6)


def test_a_dear_connection_keeps_chillers_small(place, weather_of):
    """At 20 USD/m3 pads cost more than a chiller's electricity; at ten millions a MW of peak they run all the same."""
    coil = system("cold_plate_adiabatic", supply="40 degC")
    hot = weather_of(2, dry_bulb_c=[43.0, 30.0], dew_point_c=5.0)
    cheap, dear = (operate(coil, place(hot, water_usd=20.0, peak_usd=usd), LOST) for usd in (0.0, 1e7))
    assert dear.plants["trim"] < 0.5 * cheap.plants["trim"]
    assert dear.hours["year"].electricity.max() < cheap.hours["year"].electricity.max()


def test_settings_outside_a_published_range_are_named_apart(place, weather_of):
    """Water of 18 degC lies above the 15.6 of the curves at every hour; air of 60 degC only in the hour it comes."""
    found = operate(system("air_cooled_chiller"), place(weather_of(2, dry_bulb_c=[30.0, 60.0], dew_point_c=5.0)), LOST)
    assert found.outside_hours == pytest.approx(8760.0 / 2)
    assert found.settings_outside == ("water leaving an air-cooled chiller: 4.4 to 15.6 degC, asked 18",)
