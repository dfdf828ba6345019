"""Figures and costs of an option at a place, by hand in weather that never changes."""

from datetime import datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pytest

from gigasite.models.component import Component
from gigasite.models.conditions import Conditions, Place
from gigasite.models.finance import annuity_factor
from gigasite.sites.cooling_comparison import FIGURES, Load, evaluate
from gigasite.sites.cooling_options import Option
from gigasite.sites.cooling_weather import Segment, Surroundings

GULF = timezone(timedelta(hours=4))


def part(kind, **fields):
    return Component.from_dict({"kind": kind, "name": kind, **fields})


def weather(dry_bulb_c, dew_point_c=5.0, first=datetime(2026, 1, 1, 0, 30, tzinfo=GULF)):
    """Return an hour for each dry bulb."""
    count = len(dry_bulb_c)
    zero = np.zeros(count)
    times = pd.DatetimeIndex([first + hour * timedelta(hours=1) for hour in range(count)])
    return Conditions(
        Place(24.0, 54.0, 0.0, 4.0), times, np.asarray(dry_bulb_c, float), zero + dew_point_c, zero + 101325.0,
        zero + 5.0, zero, zero, zero,
    )  # fmt: skip


def place(dry_bulb_c, hottest_c=45.0, usd_per_mwh=60.0, grid=None, water=None, rate=0.05):
    year = weather(dry_bulb_c)
    days = [Segment(f"dry_bulb_{n}", weather([t]), np.full(1, 60.0)) for n, t in ((20, hottest_c), (50, hottest_c + 1))]
    return Surroundings(
        key="here", name="Here", return_period=20, cost_of_capital=rate,
        segments=(Segment("year", year, np.broadcast_to(np.asarray(usd_per_mwh, float), (len(year),))), *days),
        grid=part("grid", **{"size": {"fixed": "200 MW"}, "energy_price": "60 USD/MWh", "emission": "0.5 t/MWh",
                             "carbon_free_share": 0.25, **(grid or {})}),
        water=part("water_supply", **{"price": "2 USD/m3", "discharge_price": "1 USD/m3", **(water or {})}),
        power_chain=part("power_chain", indoor_loss_share=0.5),
    )  # fmt: skip


GPU = part("accelerators", technology="gb300_nvl72")
LOAD = Load(it_mw=10.0, grid_mw=20.0, platform=GPU)
AIR = Option("air", "Air", None, part("air_cooled_chiller"), None, 0.0)
TOWER = Option("tower", "Tower", None, part("water_cooled_chiller"), None, 0.0)
PLATES = Option(
    "plates", "Plates", part("cold_plate_dry_cooler", supply="40 degC"), part("air_cooled_chiller"), None, 0.8
)


def outcome(option, here, load=LOAD):
    return evaluate(option, here, load, {})


def per_heat(option, dry_bulb_c):
    mode = option.hall.modes(weather([dry_bulb_c]))["chiller"]
    return float(mode.electricity[0]), float(mode.water[0])


def test_every_figure_is_told():
    assert set(outcome(AIR, place([30.0])).figures) == set(FIGURES)


def test_pue_in_weather_that_never_changes_is_a_sum():
    """Chain 0.97 x 0.985 = 0.95545: 0.04663 lost, 0.002 lighting. Heat of the hall 1 + 0.5 x 0.04663 + 0.002 = 1.0253.

    PUE = 1 + 0.04663 + 0.002 + 1.0253 x electricity per heat, in every hour, and so over the year and at any
    percentile. With all losses indoors heat would be 1.0486.
    """
    found = outcome(AIR, place([30.0] * 24)).figures
    by_hand = 1.0 + 0.046627 + 0.002 + (1.0 + 0.5 * 0.046627 + 0.002) * per_heat(AIR, 30.0)[0]
    assert found["pue_annual"] == pytest.approx(by_hand, abs=1e-5)
    assert found["pue_p99_6"] == pytest.approx(by_hand, abs=1e-5)


def test_heat_is_split_between_the_loops():
    """Liquid 0.8; hall 0.2 + 0.0233 + 0.002 = 0.2253, each at its own electricity. At 20 degC plates draw 0.01652."""
    found = outcome(PLATES, place([20.0] * 3)).figures
    fans = 0.012 + 1.012 * 0.025 * (18.0 / 28.0) ** 3.9
    by_hand = 1.048627 + 0.8 * fans + 0.2253135 * per_heat(PLATES, 20.0)[0]
    assert found["pue_annual"] == pytest.approx(by_hand, abs=1e-5)
    assert found["trim_hours"] == 0.0


def test_design_figures_come_from_the_design_days():
    """20 years: 45 degC; 50 years: 46. The connection is for year and 20-year days, in MW for 10 MW of IT."""
    found = outcome(AIR, place([30.0] * 24)).figures
    hot, hotter = (1.048627 + 1.0253135 * per_heat(AIR, t)[0] for t in (45.0, 46.0))
    assert found["pue_design"] == pytest.approx(hot, abs=1e-5)
    assert found["pue_design_50"] == pytest.approx(hotter, abs=1e-5)
    assert found["grid_peak"] == pytest.approx(10.0 * hot, abs=1e-4)
    assert found["grid_peak_50"] == pytest.approx(10.0 * hotter, abs=1e-4)


def test_a_year_that_is_hotter_than_its_design_days_sets_the_peak():
    found = outcome(AIR, place([30.0, 47.0], hottest_c=40.0)).figures
    assert found["grid_peak"] == pytest.approx(10.0 * (1.048627 + 1.0253135 * per_heat(AIR, 47.0)[0]), abs=1e-4)
    assert found["grid_peak_50"] == found["grid_peak"]
    assert found["pue_design"] < found["grid_peak"] / 10.0


def test_committed_power_is_what_the_connection_carries_in_the_worst_hour():
    """20 MW of grid for 10 MW of IT: 20 / worst overhead; P99 of 100 hours, one of them hot, lies at the mild ones.

    numpy interpolates between the 99th and the 100th of 100 values: mild + 0.01 x (hot - mild).
    """
    found = outcome(AIR, place([30.0] * 99 + [45.0], hottest_c=45.0)).figures
    mild, hot = (1.048627 + 1.0253135 * per_heat(AIR, t)[0] for t in (30.0, 45.0))
    assert found["committed_it_worst"] == pytest.approx(20.0 / hot, abs=1e-3)
    assert found["committed_it_p99"] == pytest.approx(20.0 / (mild + 0.01 * (hot - mild)), abs=1e-3)


def test_water_is_told_as_litres_a_kilowatt_hour_litres_a_second_and_cubic_metres_a_year():
    """Heat of 10.253 MW x litres per kWh = m3/h; over 3.6 L/s, over 10 MW L/kWh, x 8,760 m3 a year."""
    found = outcome(TOWER, place([30.0] * 24)).figures
    mild, hot = (1.0253135 * per_heat(TOWER, t)[1] for t in (30.0, 45.0))
    assert found["wue_annual"] == pytest.approx(mild, rel=1e-5)
    assert found["water_peak"] == pytest.approx(10.0 * hot / 3.6, rel=1e-5)
    assert found["water_annual"] == pytest.approx(10.0 * mild * 8760.0, rel=1e-5)
    assert 0.0 < found["water_discharged"] < 0.25 * found["water_annual"]


def test_hours_are_counted_for_a_year():
    """Two of eight hours need the chiller: 2,190 a year, whatever the length of the weather."""
    found = outcome(PLATES, place([20.0, 20.0, 20.0, 35.0] * 2)).figures
    assert found["trim_hours"] == pytest.approx(2190.0)
    assert outcome(AIR, place([20.0, 45.0])).figures["trim_hours"] == pytest.approx(8760.0)


def test_electricity_is_what_comes_on_top_of_the_it_at_the_price_of_its_hour():
    """Two kinds of hours at 30 and 90 USD/MWh, the dear ones hot: 4,380 h x (30 x extra + 90 x extra when hot)."""
    found = outcome(AIR, place([30.0, 40.0], usd_per_mwh=[30.0, 90.0]))
    extra = [10.0 * (0.048627 + 1.0253135 * per_heat(AIR, t)[0]) for t in (30.0, 40.0)]
    assert found.costs["electricity"] == pytest.approx(4380.0 * (30.0 * extra[0] + 90.0 * extra[1]), rel=1e-4)


def test_connection_water_plant_and_chain_cost_their_annuities():
    """Connection: 100,000 USD/MW x (annuity + upkeep) x (peak - 10 MW). Water 2 USD/m3, what is drained 1 USD/m3."""
    here = place([30.0] * 24, grid={"capex": "100 USD/kW", "life": "40 years", "upkeep": "1 %/year"})
    found = outcome(TOWER, here)
    figures = found.figures
    yearly = 0.05 / (1.0 - 1.05**-40) + 0.01
    assert found.costs["connection"] == pytest.approx(1e5 * yearly * (figures["grid_peak"] - 10.0))
    assert found.costs["water"] == pytest.approx(2.0 * figures["water_annual"])
    assert found.costs["waste water"] == pytest.approx(figures["water_discharged"])
    hall, chain = TOWER.hall, here.power_chain
    assert found.costs["plant"] == pytest.approx(figures["capex"] * (annuity_factor(0.05, hall.life) + hall.upkeep))
    by_chain = 10.0 * (chain.capex + chain.distribution_capex) * (annuity_factor(0.05, chain.life) + chain.upkeep)
    assert found.costs["power chain"] == pytest.approx(by_chain)


def test_costs_add_up_to_the_annual_cost():
    found = outcome(TOWER, place([30.0] * 24))
    assert found.figures["annual_cost"] == pytest.approx(sum(found.costs.values()))
    assert found.figures["cost_per_it_mwh"] == pytest.approx(sum(found.costs.values()) / 87600.0)


def test_the_demand_charge_is_on_the_highest_hour_of_each_month():
    """A whole year at 30 degC with one hour of 45 in July: 12,000 USD/MW x (11 x mild + hot extra)."""
    dry_bulb = np.full(8760, 30.0)
    dry_bulb[4600] = 45.0
    found = outcome(AIR, place(dry_bulb, grid={"demand_charge": "12 USD/kW/month"}))
    mild, hot = (10.0 * (0.048627 + 1.0253135 * per_heat(AIR, t)[0]) for t in (30.0, 45.0))
    assert found.costs["demand charge"] == pytest.approx(12000.0 * (11.0 * mild + hot), rel=1e-4)


def test_lost_work_is_worth_what_the_platform_would_have_done():
    """One hour of two 3 K too warm, 2 % a kelvin: 3 % of the year's work at H100-hours per MWh x their value."""
    plates = part("cold_plate_dry_cooler", supply="40 degC", trim_size={"fixed": "0 MW"}, throttle=True)
    found = outcome(Option("free", "Free", plates, AIR.hall, None, 0.8), place([20.0, 33.0], hottest_c=33.0))
    assert found.figures["throttled_hours"] == pytest.approx(4380.0)
    assert found.figures["lost_work"] == pytest.approx(0.03)
    hours_per_mwh = 1000.0 * GPU.speed / (GPU.power * GPU.network_overhead)
    assert LOAD.lost_usd_per_mwh == pytest.approx(hours_per_mwh * 2.35)
    assert found.costs["lost work"] == pytest.approx(0.03 * LOAD.lost_usd_per_mwh * 87600.0)
    assert "lost work" not in outcome(AIR, place([20.0])).costs


def test_the_options_own_power_chain_takes_the_place_of_the_sites():
    """A chain of 0.87 x 0.985 loses 0.1669: 0.12 more, and half of it is heat."""
    poor = part("power_chain", ups_efficiency=0.87, indoor_loss_share=0.5)
    better, worse = (
        outcome(Option("air", "Air", None, AIR.hall, chain, 0.0), place([30.0])).figures["pue_annual"]
        for chain in (None, poor)
    )
    more = 1.0 / (0.87 * 0.985) - 1.0 / (0.97 * 0.985)
    assert worse - better == pytest.approx(more * (1.0 + 0.5 * per_heat(AIR, 30.0)[0]), abs=1e-5)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"cap": "1000 m3/year"}, "m3 of water a year, the cap is 1,000"),
        ({"peak": "1 L/s"}, "L/s of water, the limit is 1.0"),
        ({"discharge_cap": "500 m3/year"}, "drains"),
        ({"cap": "0 m3/year"}, "the cap is 0"),
    ],
)
def test_a_place_without_enough_water_cannot_have_towers(limits, said):
    found = outcome(TOWER, place([30.0] * 24, water=limits))
    assert said in found.unfit
    assert outcome(AIR, place([30.0] * 24, water=limits)).unfit == ""


@pytest.mark.parametrize("restriction", [{"peak": "1 L/s"}, {"cap": "1000 m3/year"}])
def test_a_seasonal_restriction_counts_in_its_months_only(restriction):
    """A year at 30 degC: restrictions of July stop towers; a hall without water needs none."""
    year = np.full(8760, 30.0)
    here = place(year, water={"restrictions": [{"months": [7], **restriction}]})
    assert "in months 7" in outcome(TOWER, here).unfit
    assert outcome(AIR, here).unfit == ""
    generous = {"months": [7], "peak": "100 L/s", "cap": "1000000 m3/year"}
    assert outcome(TOWER, place(year, water={"restrictions": [generous]})).unfit == ""


def test_a_place_with_enough_water_can_have_towers():
    assert outcome(TOWER, place([30.0] * 24, water={"cap": "1000000 m3/year", "peak": "100 L/s"})).unfit == ""


def test_a_system_is_operated_once_for_each_place():
    known = {}
    here = place([30.0] * 24)
    first = evaluate(AIR, here, LOAD, known)
    assert len(known) == 1
    twice = evaluate(AIR, here, Load(20.0, 20.0, GPU), known)
    assert len(known) == 1
    assert twice.figures["capex"] == pytest.approx(2.0 * first.figures["capex"])
    assert twice.figures["pue_annual"] == pytest.approx(first.figures["pue_annual"])
