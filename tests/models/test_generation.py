"""Generators of every technology: what they burn, emit and may do in a year."""

from datetime import date

import numpy as np
import pytest

from gigasite.models.component import Component
from gigasite.models.generation import until
from gigasite.models.hourly import HourlyValues
from gigasite.models.investment import ALWAYS, PowerSize

FUELS = {
    "gas_engine": "gas", "gas_turbine_frame": "gas", "gas_turbine_aero": "gas", "ccgt": "gas", "ccgt_ccs": "gas",
    "diesel": "diesel_oil", "fuel_cell_sofc": "gas", "fuel_cell_pem": "hydrogen_fuel", "smr": None,
    "nuclear_large": None, "geothermal": None, "hydro": None,
}  # fmt: skip
SUPPLIES = [
    {"kind": "natural_gas", "name": "pipe"},
    {"kind": "diesel_oil", "name": "tank"},
    {"kind": "hydrogen", "name": "trailers"},
]


def plant(technology, **changes):
    """Return 10 MW of a technology that cost nothing but what the catalogue says of running them."""
    return {
        "kind": "generator", "name": "plant", "technology": technology, "fuel": FUELS[technology],
        "size": {"fixed": "10 MW"}, "lead_time": "0 years", "capex": "0 USD/MW", "upkeep": "0 USD/MW/year",
        "auxiliary_load": 0, "forced_outage": 0, "heat_derating": "0 1/delta_degC", "altitude_derating": "0 1/m",
        **changes,
    }  # fmt: skip


def load(mw):
    return {"kind": "load", "name": "offices", "demand": f"{mw} MW"}


def made(technology, **changes):
    return Component.from_dict(plant(technology, **changes))


@pytest.mark.parametrize("part_load", [False, True])
@pytest.mark.parametrize("technology", FUELS)
def test_every_technology_runs(tiny, technology, part_load, free_grid):
    """Nothing but technology and fuel stated: 10 MW serve 1 MW at 20 degC and sea level, and the grid what is left."""
    data = {"kind": "generator", "name": "plant", "technology": technology, "fuel": FUELS[technology]}
    data |= {"size": {"fixed": "10 MW"}, "lead_time": "0 years", "part_load": part_load}
    solved = tiny(load(1), data, *SUPPLIES, free_grid(energy_price="5000 USD/MWh"), dry_bulb_c=20.0)
    assert solved.year("plant", "ac") == pytest.approx([8760.0])
    assert solved.cost("plant", "running")[0] >= 0


@pytest.mark.parametrize("technology", FUELS)
def test_what_burns_no_fuel_is_carbon_free_unless_stated(tiny_site, technology):
    """Nuclear, geothermal and hydro power are; hydrogen is not unless the site says so."""
    network = tiny_site(made(technology), *SUPPLIES, rest=("ac",)).network()
    assert ("carbon_bearing_energy" in network.terms["plant"].into) is (FUELS[technology] is not None)
    stated = tiny_site(made(technology, carbon_free=FUELS[technology] is not None), *SUPPLIES, rest=("ac",)).network()
    assert ("carbon_bearing_energy" in stated.terms["plant"].into) is (FUELS[technology] is None)


def test_a_reactor_pays_its_own_fuel(tiny):
    """10 MW x 0.93 of the year at 11.9 USD/MWh; nothing is drawn from a bus."""
    solved = tiny(load(9.3), plant("smr"))
    assert solved.cost("plant", "fuel") == pytest.approx([9.3 * 8760 * 11.9])
    terms = solved.compiled.network.terms["plant"]
    assert terms.settles == ()
    assert "gas" not in terms.into


@pytest.mark.parametrize(("mw", "status"), [(4.99, "optimal"), (5.01, "infeasible")])
def test_water_lasts_for_its_capacity_factor(tiny, mw, status):
    """Hydro of 10 MW with water for half of the year's full load: 5 MW on average, whenever it is drawn."""
    assert tiny(load(mw), plant("hydro")).status == status


def test_water_may_be_drawn_when_it_is_worth_most(tiny, free_grid):
    """Half a year's energy goes where the grid is dear: 10 MW in one of two half hours."""
    price = HourlyValues(np.array([10.0, 90.0]), "USD/MWh")
    solved = tiny(load(10), plant("hydro"), free_grid(energy_price=price), steps=2, design_steps=0)
    assert solved.flow("plant", "ac") == pytest.approx([0, 10])


def test_a_river_gives_what_it_carries(tiny, free_grid):
    """Inflow of 20, 50 and 80 % of 10 MW, and the least of the year on design days; no limit on the year besides."""
    inflow = HourlyValues(np.array([0.2, 0.5, 0.8]), "", 0.2)
    solved = tiny(load(10), plant("hydro", inflow=inflow), free_grid(energy_price="90 USD/MWh"), steps=3)
    assert solved.flow("plant", "ac")[:3] == pytest.approx([2, 5, 8])
    assert np.all(solved.flow("plant", "ac")[3:] <= 2 + 1e-9)


def test_geothermal_steam_emits_what_is_stated(tiny):
    """8 MW x 8,760 h x 38 kg/MWh = 2,663 t a year; nothing where nothing is stated."""
    assert tiny(load(8), plant("geothermal", emission="38 kg/MWh")).year("plant", "carbon") == pytest.approx([2663.04])
    assert "carbon" not in tiny(load(8), plant("geothermal")).compiled.network.terms["plant"].into


def test_captured_co2_is_taken_off_and_paid(tiny):
    """10 MW at 50 % burn 175,200 MWh x 0.198 = 34,690 t, of which 95 % are kept, at 25 USD/t."""
    solved = tiny(load(10), plant("ccgt_ccs", efficiency=0.5, capture_cost="25 USD/t"), SUPPLIES[0])
    burned = 175_200 * 0.198
    assert solved.year("pipe", "carbon") == pytest.approx([burned])
    assert solved.year("plant", "carbon") == pytest.approx([-0.95 * burned])
    assert solved.cost("plant", "captured CO2") == pytest.approx([0.95 * burned * 25])


def test_hydrogen_is_dearer_than_gas_and_emits_nothing(tiny):
    """10 MW at 50 %: 175,200 MWh x 157.5 USD/MWh."""
    solved = tiny(load(10), plant("fuel_cell_pem", efficiency=0.5), SUPPLIES[2])
    assert solved.cost("trailers", "fuel") == pytest.approx([175_200 * 157.5])
    assert solved.year("trailers", "carbon") == pytest.approx([0.0])


def test_permits_count_hours_online_with_part_load(tiny, free_grid):
    """One unit of 10 MW at 5 MW: 4,380 hours online give 21,900 MWh. By full-load hours it would be 43,800 MWh."""
    engine = plant("gas_engine", part_load=True, whole=True, unit="10 MW", run_hours="4380 h")
    solved = tiny(load(5), engine, SUPPLIES[0], free_grid(energy_price="500 USD/MWh"), steps=2, design_steps=0)
    assert solved.year("plant", "ac") == pytest.approx([21_900.0])


def test_a_bridge_is_demoted_to_backup(tiny, free_grid):
    """10 MW run all year until 2031, then 100 hours: 87,600 and 1,000 MWh, though the grid is dearer."""
    starts = (date(2026, 1, 1), date(2031, 1, 1))
    engines = plant("gas_engine", backup_from="2031-01-01", backup_hours="100 h")
    solved = tiny(load(10), engines, SUPPLIES[0], free_grid(energy_price="500 USD/MWh"), starts=starts)
    assert solved.year("plant", "ac") == pytest.approx([87_600.0, 1000.0])


def test_the_day_of_demotion_begins_a_phase():
    assert date(2029, 6, 1) in made("gas_engine", backup_from="2029-06-01").dates(date(2026, 1, 1))


def test_backup_keeps_the_stricter_permit(tiny, free_grid):
    engines = plant("gas_engine", run_hours="50 h", backup_from="2026-01-01", backup_hours="100 h")
    solved = tiny(load(10), engines, SUPPLIES[0], free_grid(energy_price="500 USD/MWh"))
    assert solved.year("plant", "ac") == pytest.approx([500.0])


@pytest.mark.parametrize(
    ("technology", "changes", "says"),
    [
        ("ccgt", {"fuel": None}, "fuel is missing: ccgt burns fuel. Name its bus, for example fuel: gas"),
        ("hydro", {"fuel": "gas"}, "hydro burns no fuel from a bus, got fuel: gas. Remove fuel"),
        ("smr", {"fuel": "gas"}, "smr burns no fuel from a bus, got fuel: gas"),
        ("diesel", {"min_load": 0.4}, "min_load acts with part load only. Set part_load: true, or remove min_load"),
        ("diesel", {"part_load": True, "min_load": 1.2}, r"must lie between 0 and 1 \(0 % and 100 %\), got 1.2"),
        ("diesel", {"part_load": True, "part_load_penalty": 1.5}, "must lie between -0.5 and 0.9, got 1.5"),
        (
            "fuel_cell_pem",
            {"part_load": True, "min_load": 0.0},
            "min_load must be at least 0.0244 at a part_load_penalty of -0.05, got 0",
        ),
        (
            "gas_turbine_frame",
            {"whole": True, "size": {"maximum": "100 MW"}},
            "unit must not be larger than the size, got units of 120 MW within 100 MW. Lower unit, raise size",
        ),
        ("diesel", {"run_hours": "0 h"}, "must be more than 0 h, got 0 h. Remove the generator"),
        (
            "diesel",
            {"backup_from": "2030-01-01", "backup_hours": "0 h"},
            "must be more than 0 h, got 0 h. Remove the generator",
        ),
        (
            "diesel",
            {"backup_hours": "50 h"},
            "backup_hours needs backup_from, got none. State it, or remove backup_hours",
        ),
        ("steam_engine", {}, "the catalogue has no technology 'steam_engine'"),
    ],
)
def test_what_cannot_be_is_refused(technology, changes, says):
    FUELS.setdefault("steam_engine", "gas")
    with pytest.raises(ValueError, match=says):
        made(technology, **changes)


def test_fields_of_options_that_are_off_are_left_out():
    """The list of inputs shows no minimum load where none acts, and no price of captured CO2 where none is captured."""
    plain = made("gas_engine").listed_fields({"technology": "gas_engine"})
    parted = made("gas_engine").listed_fields({"technology": "gas_engine", "part_load": True})
    captured = made("gas_engine").listed_fields({"technology": "ccgt_ccs"})
    assert {"min_load", "start_cost", "capture_cost", "capacity_factor", "backup_hours"} & set(plain) == set()
    assert {"min_load", "part_load_penalty", "start_cost"} <= set(parted)
    assert {"capture", "captured_emission", "capture_cost"} <= set(captured)


def test_nothing_is_left_from_the_last_day_on():
    day = date(2028, 1, 1)
    dated = PowerSize(maximum={"2026-01-01": "50 MW", "2030-01-01": "80 MW"})
    assert until(dated, day, 200.0) == {date(2026, 1, 1): 50.0, day: 0.0}
    assert until(PowerSize(), day, 200.0) == {ALWAYS: 200.0, day: 0.0}
