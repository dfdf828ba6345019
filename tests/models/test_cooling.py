"""What holds for every cooling system, and how modes share a plant, a flow and spare units."""

from typing import ClassVar

import numpy as np
import pytest
from pydantic import Field
from scipy.optimize import linprog

from gigasite.models.component import Component
from gigasite.models.cooling import LARGEST_OVER_RATED, CoolingSystem, Mode, Plant
from gigasite.models.investment import PowerSize
from gigasite.models.physics import psychrometrics
from gigasite.models.quantities import Number
from gigasite.models.rejection_air import FreeAndTrim, OnAdiabaticCooler, OnAirChiller, OnDryCooler
from gigasite.models.rejection_tower import OnTower, OnWaterChiller
from gigasite.models.terminals import ColdPlate, HallAir

KINDS = sorted(kind for kind, cls in Component.kinds.items() if issubclass(cls, CoolingSystem))


def system(kind):
    return Component.from_dict({"kind": kind, **Component.kinds[kind].example, "lead_time": "0 years"})


def without_sizes(kind):
    example = {k: v for k, v in Component.kinds[kind].example.items() if not k.endswith("_size")}
    return Component.from_dict({"kind": kind, **example, "lead_time": "0 years"})


@pytest.mark.parametrize("kind", KINDS)
def test_all_heat_is_taken_and_all_electricity_is_overhead(tiny, free_grid, rest_of, kind):
    """10 MW of heat: what the system takes out is 10 MW; what it draws is counted in the PUE."""
    cooler = without_sizes(kind)
    heat = rest_of(cooler.loop, name="heat", least=10, most=10)
    solved = tiny(cooler, heat, rest_of("water", "drive_heat", name="well"), free_grid())
    drawn = -solved.flow(cooler.name, "ac")
    assert solved.flow(cooler.name, cooler.loop) == pytest.approx(-10.0)
    assert np.all((drawn > 0) & (drawn < 10))
    assert solved.flow(cooler.name, "overhead_energy") == pytest.approx(drawn)


@pytest.mark.parametrize("kind", KINDS)
def test_capacity_stays_within_the_bound_of_its_variables(kind, weather_of):
    """Cold air raises a chiller's capacity; a factor above the bound would cut off feasible plans unseen."""
    for dry_bulb_c in (-25.0, 0.0, 25.0, 48.0):
        weather = weather_of(2, dry_bulb_c=dry_bulb_c, dew_point_c=dry_bulb_c - 5.0)
        for mode in system(kind).modes(weather).values():
            assert np.all(mode.capacity <= LARGEST_OVER_RATED)


@pytest.mark.parametrize("kind", KINDS)
def test_hotter_days_never_cool_for_less(kind, weather_of):
    """The best mode at 45 degC draws at least as much per heat as at 20 degC in the same dry air."""
    mild, hot = (system(kind).modes(weather_of(1, dry_bulb_c=t, dew_point_c=5.0)) for t in (20.0, 45.0))
    for name, mode in hot.items():
        assert mode.electricity[0] >= mild[name].electricity[0] - 1e-9


def test_a_mode_names_its_series():
    one = np.ones(3)
    assert set(Mode(one, one, one).series("dry")) == {"dry_electricity", "dry_water", "dry_capacity"}
    assert "dry_share" in Mode(one, one, one, one).series("dry")
    assert Mode(one, one, one).series("dry")["dry_water"].unit == "L/kWh"


def test_a_shared_plant_takes_the_compressors_heat_too(weather_of):
    """A mode that passes on 1.25 times its heat needs 1.25 of the plant, whatever its own machine can do."""
    one = np.ones(2)
    free, trim = Mode(one, one, one), Mode(one, one, 0.9 * one, passed=1.25 * one)
    assert free.shared_capacity == pytest.approx(1.0)
    assert trim.shared_capacity == pytest.approx(0.8)
    assert trim.carried(0.1 * one).passed == pytest.approx(1.375)


class Plain(CoolingSystem):
    """One plant with a dry and a wet mode of given capacities and shares, and a trim chiller."""

    loop: str = "heat_liquid"
    evaporates: ClassVar = True
    upkeep: Number = 0.0
    capex: Number = 1.0
    free_size: PowerSize = Field(default_factory=PowerSize)
    trim_size: PowerSize = Field(default_factory=PowerSize)
    capacity: tuple[float, float] = (1.0, 1.0)
    share: tuple[float, float] | None = None

    @property
    def supply_c(self):
        return 30.0

    @property
    def plants(self):
        return {
            "free": Plant(("capex",), ("dry", "wet"), "free_size"),
            "trim": Plant(("capex",), ("trim",), "trim_size"),
        }

    def modes(self, weather):
        """Dry is cheapest, wet costs a litre per kWh and a little more power, the trim chiller most power."""
        one = np.ones(len(weather))
        dry, wet = (None if self.share is None else each * one for each in self.share or (0, 0))
        return {
            "dry": Mode(0.01 * one, 0.0 * one, self.capacity[0] * one, dry),
            "wet": Mode(0.02 * one, 1.0 * one, self.capacity[1] * one, wet),
            "trim": Mode(0.30 * one, 0.0 * one, one),
        }

    def ranges(self, weather):
        return []


@pytest.fixture
def plain(tiny, free_grid, rest_of):
    """Cool 10 MW with a plain system, with at most so much water [m3/h]."""

    def solve(*, water=1000.0, heat=10.0, **changes):
        system = Plain(**{"name": "plant", "life": "10 years", "lead_time": "0 years", **changes})
        well = rest_of("water", name="well", least=0.0, most=water)
        return tiny(system, rest_of("heat_liquid", name="racks", least=heat, most=heat), well, free_grid())

    return solve


def test_modes_crowd_the_capacity_of_their_plant(plain):
    """Dry cells take half of what wet ones take. In a plant of 8 MW, 6 MW of heat: dry / 0.5 + wet <= 8 and
    dry + wet = 6, so that dry, though cheaper, takes 2 MW. If each mode had all of the plant, it would take 4.
    """
    solved = plain(heat=6.0, capacity=(0.5, 1.0), free_size={"fixed": "8 MW"}, trim_size={"fixed": "0 MW"})
    assert solved["plant.heat_dry"] == pytest.approx(2.0)
    assert solved["plant.heat_wet"] == pytest.approx(4.0)


def test_two_modes_do_not_use_one_plant_twice(plain):
    """4 MW dry and 6 MW wet are over the capacity of 9.9 MW, though either mode alone stays far below it."""
    full, short = (plain(free_size={"fixed": f"{mw} MW"}, trim_size={"fixed": "0 MW"}) for mw in (10.0, 9.9))
    assert full["plant.heat_dry"] + full["plant.heat_wet"] == pytest.approx(10.0)
    assert short.status != "optimal"


def test_shares_of_two_modes_do_not_add_up(plain):
    """Dry reaches 0.4 of the way, wet 0.8: the whole flow through wet cells leaves a fifth, and nothing else takes it.
    Separate limits would let 0.4 + 0.6 take all.
    """
    assert plain(share=(0.4, 0.8), trim_size={"fixed": "0 MW"}).status != "optimal"


def test_without_water_limits_all_flow_goes_through_the_mode_that_reaches_further(plain):
    """8 MW wet and 2 MW of trim: 8 x 0.02 + 2 x 0.3 = 0.76 MW; dry would leave 6 MW to the chiller."""
    solved = plain(share=(0.4, 0.8))
    assert solved["plant.heat_wet"] == pytest.approx(8.0)
    assert solved["plant.heat_trim"] == pytest.approx(2.0)


def test_half_of_the_flow_each_takes_half_of_each_share(plain):
    """Water for 4 MW wet = half of the flow x 0.8; the other half dry x 0.4 = 2 MW; 4 MW of trim."""
    solved = plain(share=(0.4, 0.8), water=4.0)
    assert solved["plant.heat_wet"] == pytest.approx(4.0)
    assert solved["plant.heat_dry"] == pytest.approx(2.0)
    assert solved["plant.heat_trim"] == pytest.approx(4.0)


@pytest.mark.parametrize(
    ("redundancy", "modules", "factor"), [("N", 4, 1.0), ("N+1", 4, 1.25), ("N+1", 2, 1.5), ("2N", 4, 2.0)]
)
def test_redundancy_is_bought(plain, redundancy, modules, factor):
    """Five units of a quarter each for N+1 of four: 12.5 MW for 10 MW of heat."""
    solved = plain(redundancy=redundancy, modules=modules)
    assert solved["plant.free_capacity"] == pytest.approx([10.0 * factor])


CHILLER_FREE = {
    "kind": "cold_plate_dry_cooler", "name": "coolers", "supply": "40 degC", "rise": "10 delta_degC",
    "free_size": {"fixed": "100 MW"}, "trim_size": {"fixed": "0 MW"}, "lead_time": "0 years", "throttle": True,
    "dry_cooler": {"approach": "5 delta_degC", "recirculation": "0 delta_degC"},
}  # fmt: skip


@pytest.fixture
def throttled(tiny, free_grid, rest_of):
    def solve(**changes):
        others = (rest_of("heat_liquid", name="racks", least=10, most=10), rest_of("compute", name="clients"))
        return tiny(CHILLER_FREE, *others, free_grid(), site={"kh100_per_mw": 2.0}, **changes)

    return solve


def test_warm_water_loses_work_in_proportion_to_its_excess(throttled):
    """42 degC of air + 5 K = 47, 7 K above 40: 2 %/K x 7 x 10 MW x 2 kH100/MW = 2.8 kH100 of 20. The three tenths that
    the coolers could take at 40 degC do not help: all water flows through the same coils.
    """
    solved = throttled(dry_bulb_c=42.0)
    assert solved["coolers.heat_warm"][:3] == pytest.approx(10.0)
    assert solved.flow("coolers", "compute")[:3] == pytest.approx(-2.8)
    assert solved.year("coolers", "work") == pytest.approx([-2.8 * 8760])


def test_on_a_design_day_nothing_is_lost(throttled):
    """45 degC + 5 = 10 K above 40 on the hottest day: it sizes the coolers, and no compute is taken from the bus."""
    solved = throttled(dry_bulb_c=42.0, hottest_c=45.0)
    assert solved["coolers.heat_warm"][3:] == pytest.approx(10.0)
    assert solved.flow("coolers", "compute")[3:] == pytest.approx(0.0)


def test_cool_air_throttles_nothing(throttled):
    """30 + 5 < 40: water below what the racks accept loses no work, in whichever mode it is cooled."""
    solved = throttled(dry_bulb_c=30.0)
    assert solved.flow("coolers", "compute") == pytest.approx(0.0, abs=1e-9)


def test_beyond_the_range_racks_cannot_be_cooled(throttled):
    """47 + 5 = 12 K above 40, where 10 are allowed: without a trim chiller there is no plan."""
    assert throttled(dry_bulb_c=30.0, hottest_c=47.0).status != "optimal"


ON_AIR = [k for k in KINDS if issubclass(Component.kinds[k], OnAirChiller | OnDryCooler | OnAdiabaticCooler)]
ON_TOWER = [k for k in KINDS if issubclass(Component.kinds[k], OnTower | OnWaterChiller)]
WITH_FREE = [k for k in KINDS if issubclass(Component.kinds[k], FreeAndTrim)]
LIQUID = [k for k in ON_AIR + ON_TOWER if issubclass(Component.kinds[k], ColdPlate)]
IN_HALL = [k for k in KINDS if issubclass(Component.kinds[k], HallAir)]


def least_electricity(modes):
    """Electricity per heat of the cheapest mix in the first hour, water being free: modes with a share split a flow."""
    cost = [mode.electricity[0] for mode in modes.values()]
    useless = [mode.share is not None and mode.share[0] <= 0 for mode in modes.values()]
    flow = [0.0 if m.share is None or zero else 1 / m.share[0] for m, zero in zip(modes.values(), useless, strict=True)]
    most = [(0, 0.0 if zero else 1.0) for zero in useless]
    return linprog(cost, A_ub=[flow], b_ub=[1], A_eq=[np.ones(len(cost))], b_eq=[1], bounds=most).fun


@pytest.mark.parametrize("kind", ON_AIR)
def test_hotter_air_is_never_cheaper(kind, weather_of):
    """The cheapest mix of modes at rising dry bulb and the same moisture, up to 50 degC."""
    weather = [weather_of(1, dry_bulb_c=t, dew_point_c=5.0) for t in np.arange(6.0, 51.0, 2.0)]
    least = [least_electricity(system(kind).modes(each)) for each in weather]
    assert np.all(np.diff(least) > -1e-9)


@pytest.mark.parametrize("kind", ON_AIR)
def test_hotter_air_never_raises_what_a_plant_can_take(kind, weather_of):
    modes = system(kind).modes(weather_of(22, dry_bulb_c=np.arange(6.0, 50.0, 2.0), dew_point_c=5.0))
    for mode in modes.values():
        assert np.all(np.diff(mode.capacity) < 1e-9)


def dew_point_at(dry_bulb_c, wet_bulb_c):
    """Find by bisection the dew point that gives a wet bulb."""
    low, high = -40.0, wet_bulb_c
    for _ in range(60):
        middle = (low + high) / 2
        below = float(psychrometrics.wet_bulb_c(dry_bulb_c, middle, 101325.0)) < wet_bulb_c
        low, high = (middle, high) if below else (low, middle)
    return high


@pytest.mark.parametrize("kind", ON_TOWER)
def test_towers_draw_by_the_wet_bulb_alone(kind, weather_of):
    """24 degC of wet bulb in air of 26 and of 42 degC: the same power and capacity, and more water in the dry air."""
    cooler = system(kind)
    humid, dry = (
        cooler.rejected(weather_of(1, dry_bulb_c=t, dew_point_c=dew_point_at(t, 24.0)), cooler.water)
        for t in (26.0, 42.0)
    )
    for name, mode in humid.items():
        assert dry[name].electricity == pytest.approx(mode.electricity, rel=1e-6)
        assert dry[name].capacity == pytest.approx(mode.capacity, rel=1e-6)
        assert dry[name].water > mode.water


@pytest.mark.parametrize("kind", ON_TOWER)
def test_the_desert_evaporates_more_than_the_tropics(kind, weather_of):
    """45 degC at a dew point of 8 against 31 at 26: dry air takes up water beyond the heat of the tower."""
    desert, tropics = (
        system(kind).modes(weather_of(1, dry_bulb_c=t, dew_point_c=d)) for t, d in ((45.0, 8.0), (31.0, 26.0))
    )
    free = next(iter(desert))
    assert desert[free].water > 1.2 * tropics[free].water


@pytest.mark.parametrize("kind", [k for k in KINDS if issubclass(Component.kinds[k], OnAdiabaticCooler)])
def test_pads_change_nothing_in_saturated_air(kind, weather_of):
    """Wet bulb = dry bulb: the same reach and power, and no water; dry coils without pads draw 1 / 1.1 of it."""
    weather, cooler = weather_of(1, dry_bulb_c=22.0, dew_point_c=22.0), system(kind)
    modes = cooler.rejected(weather, cooler.water)
    assert modes["wet"].electricity == pytest.approx(modes["dry"].electricity, rel=1e-3)
    assert modes["wet"].share == pytest.approx(modes["dry"].share, abs=1e-3)
    assert modes["wet"].water == pytest.approx([0.0], abs=1e-3)
    bare = system(kind.replace("adiabatic", "dry_cooler")).rejected(weather, cooler.water)["free"]
    assert modes["dry"].electricity == pytest.approx(1.1 * bare.electricity)


@pytest.mark.parametrize("kind", LIQUID)
@pytest.mark.parametrize("air", [(20.0, 10.0), (32.0, 27.0), (38.0, 10.0), (46.0, 8.0)])
def test_a_warmer_loop_never_needs_more_trim(kind, air, weather_of):
    """Supply of 24 to 46 degC, in steps: every free share grows or stays, and the chiller draws no more."""
    weather = weather_of(1, dry_bulb_c=air[0], dew_point_c=air[1])
    example = {"kind": kind, **Component.kinds[kind].example}
    loops = [Component.from_dict({**example, "supply": f"{t} degC"}) for t in range(24, 47, 2)]
    found = [cooler.rejected(weather, cooler.water) for cooler in loops]
    for name in found[0]:
        if found[0][name].share is None:
            assert np.all(np.diff([modes[name].electricity[0] for modes in found]) < 1e-9)
        else:
            assert np.all(np.diff([modes[name].share[0] for modes in found]) > -1e-9)


@pytest.mark.parametrize("kind", IN_HALL)
def test_altitude_raises_the_power_of_hall_fans(kind, weather_of):
    """At 80 kPa the same heat takes 1 / 0.79 of the volume and, in the same coil, 1 / 0.79 squared of the power."""
    sea, high = (system(kind).moved(weather_of(1, pressure_pa=p)) for p in (101_325.0, 80_000.0))
    pumps = system(kind).air_handler.pumps
    assert (high - pumps) / (sea - pumps) == pytest.approx((101_325 / 80_000) ** 2, rel=5e-3)


@pytest.mark.parametrize("kind", [k for k in WITH_FREE if k in ON_AIR] + ["air_cooled_free_cooling", "rear_door"])
def test_altitude_takes_capacity_from_coils(kind, weather_of):
    """(80 / 101.325) to the power of 0.8 = 0.83 of what the coil takes at sea level."""
    cooler = system(kind)
    sea, high = (
        cooler.rejected(weather_of(1, dry_bulb_c=10.0, dew_point_c=2.0, pressure_pa=p), cooler.water)
        for p in (101_325.0, 80_000.0)
    )
    for name, mode in sea.items():
        if mode.share is not None:
            assert high[name].capacity / mode.capacity == pytest.approx((80.0 / 101.325) ** 0.8, rel=1e-2)


@pytest.mark.parametrize("kind", [k for k in KINDS if not Component.kinds[k].evaporates])
def test_systems_without_evaporation_use_no_water(kind, weather_of):
    for mode in system(kind).modes(weather_of(3)).values():
        assert mode.water == pytest.approx(0.0)
