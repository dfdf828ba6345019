"""Cooling over real years: hours that need a chiller, the contrast of dry and humid heat, what operators report.

The table of hours and PUE is an earlier calculation with the same equations on other files of the same places (the
hourly files of Lei et al.): an order of magnitude, not a measurement.
"""

import pytest

PLACES = ("singapore", "riyadh", "miami")
DRY_HOURS = {
    "singapore": {32: 8443, 36: 3058, 40: 85, 45: 0},
    "riyadh": {32: 5073, 36: 3973, 40: 2642, 45: 1191},
    "miami": {32: 5269, 36: 1868, 40: 108, 45: 0},
}
"""Hours with T_db + 8 K above the supply [degC]."""
COUNTED = [(place, supply) for place, hours in DRY_HOURS.items() for supply, count in hours.items() if count > 1000]
RARE = [(place, supply) for place, hours in DRY_HOURS.items() for supply, count in hours.items() if count <= 1000]
ACC = {"kind": "air_cooled_chiller"}
OPTIONS = {
    "ACC": (ACC,),
    "WSE": ({"kind": "water_cooled_economiser"},),
    **{f"dry {t}": (ACC, {"kind": "cold_plate_dry_cooler", "supply": f"{t} degC"}, 0.87) for t in (32, 40, 45)},
    "adiabatic 40": (ACC, {"kind": "cold_plate_adiabatic", "supply": "40 degC"}, 0.87),
    "tower 32": ({"kind": "water_cooled_economiser"}, {"kind": "cold_plate_tower", "supply": "32 degC"}, 0.87),
}  # fmt: skip
TABLE = {
    ("singapore", "ACC"): (1.307, 1.359), ("riyadh", "ACC"): (1.287, 1.459), ("miami", "ACC"): (1.279, 1.374),
    ("singapore", "WSE"): (1.260, 1.280), ("riyadh", "WSE"): (1.152, 1.253), ("miami", "WSE"): (1.225, 1.270),
    ("singapore", "dry 32"): (1.134, 1.207), ("riyadh", "dry 32"): (1.145, 1.300), ("miami", "dry 32"): (1.117, 1.223),
    ("singapore", "dry 40"): (1.097, 1.128), ("riyadh", "dry 40"): (1.109, 1.245), ("miami", "dry 40"): (1.092, 1.139),
    ("singapore", "dry 45"): (1.093, 1.105), ("riyadh", "dry 45"): (1.097, 1.205),
    ("miami", "dry 45"): (1.089, 1.112),
    ("singapore", "adiabatic 40"): (1.098, 1.121), ("riyadh", "adiabatic 40"): (1.092, 1.121),
    ("miami", "adiabatic 40"): (1.092, 1.117),
    ("singapore", "tower 32"): (1.111, 1.126), ("riyadh", "tower 32"): (1.097, 1.109),
    ("miami", "tower 32"): (1.106, 1.115),
}  # fmt: skip
"""Mean and peak PUE."""
WATER = {
    ("singapore", "WSE"): 1.8, ("riyadh", "WSE"): 2.3, ("miami", "WSE"): 1.8, ("singapore", "tower 32"): 1.6,
    ("riyadh", "tower 32"): 2.1, ("miami", "tower 32"): 1.6, ("riyadh", "adiabatic 40"): 0.63,
}  # fmt: skip


def eight_kelvin(supply):
    return {
        "kind": "cold_plate_dry_cooler",
        "supply": f"{supply} degC",
        "dry_cooler": {"recirculation": "0 delta_degC"},
    }


@pytest.mark.parametrize(("place", "supply"), COUNTED)
def test_hours_of_trim_are_those_of_the_air_and_near_the_published_count(figures_of, year_of, place, supply):
    """A chiller runs whenever the air is within 8 K of the supply, no more, no less; other files count within 30 %."""
    found = figures_of(place, ACC, eight_kelvin(supply))["trim_hours"]
    assert found == (year_of(place).dry_bulb_c + 8.0 > supply).sum()
    assert found == pytest.approx(DRY_HOURS[place][supply], rel=0.3)


@pytest.mark.parametrize(("place", "supply"), RARE)
def test_rare_hours_of_trim_stay_rare(figures_of, year_of, place, supply):
    """Counts of 0 to 108 hours hang on single days: below 1 % of the year + the published count here."""
    found = figures_of(place, ACC, eight_kelvin(supply))["trim_hours"]
    assert found == (year_of(place).dry_bulb_c + 8.0 > supply).sum()
    assert found <= DRY_HOURS[place][supply] + 88


@pytest.mark.parametrize(("place", "option"), TABLE)
def test_overhead_has_the_order_of_the_earlier_calculation(figures_of, place, option):
    """Mean and peak overhead (PUE - 1) within 30 %; coils stand 10 K above the air here, 8 K there."""
    mean, peak = TABLE[place, option]
    found = figures_of(place, *OPTIONS[option])
    assert found["pue_annual"] - 1.0 == pytest.approx(mean - 1.0, rel=0.3)
    assert found["grid_peak"] - 1.0 == pytest.approx(peak - 1.0, rel=0.3)


@pytest.mark.parametrize(("place", "option"), WATER)
def test_water_has_the_order_of_the_earlier_calculation(figures_of, place, option):
    """Within 20 %: towers 1.6 to 2.3 L/kWh, pads 0.63 in Riyadh."""
    assert figures_of(place, *OPTIONS[option])["wue_annual"] == pytest.approx(WATER[place, option], rel=0.2)


@pytest.mark.parametrize(("option", "published"), [("adiabatic 40", 2.8), ("tower 32", 3.2)])
def test_the_driest_hour_of_riyadh_takes_the_water_of_the_earlier_calculation(figures_of, option, published):
    """2.8 L/kWh on pads, 3.2 on towers, far above their means: supplies are sized on the peak. Within 20 %."""
    assert 3.6 * figures_of("riyadh", *OPTIONS[option])["water_peak"] == pytest.approx(published, rel=0.2)


def beyond(findings):
    """Mark the places whose figure leaves its published range."""
    return [
        pytest.param(place, marks=pytest.mark.xfail(strict=True, reason=findings[place]) if place in findings else ())
        for place in PLACES
    ]


@pytest.mark.parametrize("place", beyond(dict.fromkeys(("singapore", "riyadh"), "1.320 against 1.31")))
def test_air_cooled_plant_stays_in_its_published_range(figures_of, place):
    """A well-run plant: 1.18 in Chicago to 1.31 in Singapore."""
    assert 1.18 <= figures_of(place, *OPTIONS["ACC"])["pue_annual"] <= 1.31


@pytest.mark.parametrize(
    "place",
    beyond(
        {
            "singapore": "1.118 against 1.11; 1.113 with coils 8 K above the air instead of 10",
            "riyadh": "1.132 against 1.11; 1.127 with coils 8 K above the air instead of 10",
        }
    ),
)
def test_plates_on_dry_coolers_stay_in_their_published_range(figures_of, place):
    """Water of 40 degC: 1.08 to 1.11."""
    assert 1.08 <= figures_of(place, *OPTIONS["dry 40"])["pue_annual"] <= 1.11


def test_the_peak_of_dry_coolers_in_riyadh_is_far_above_their_mean(figures_of):
    """1.109 over the year, above 1.2 in the hottest hour: an annual PUE hides what the grid must carry."""
    found = figures_of("riyadh", *OPTIONS["dry 40"])
    assert found["grid_peak"] > 1.2
    assert (found["grid_peak"] - 1.0) / (found["pue_annual"] - 1.0) > 1.9


def test_singapore_needs_no_chiller_where_riyadh_does(figures_of):
    """45 degC water on coils 8 K above the air: 0 hours against 1,191. Hot is two different problems."""
    singapore, riyadh = (figures_of(place, ACC, eight_kelvin(45))["trim_hours"] for place in ("singapore", "riyadh"))
    assert singapore == 0 < 1000 < riyadh


def test_towers_are_the_reverse(figures_of):
    """30 degC water, 4 + 2 K above the wet bulb: 7,731 hours of trim in Singapore, none in Riyadh (1 % allowed)."""
    tower = {
        "kind": "cold_plate_tower", "supply": "30 degC", "tower": {"approach": "4 delta_degC"},
        "exchanger_approach": "2 delta_degC",
    }  # fmt: skip
    singapore, riyadh = (figures_of(place, ACC, tower)["trim_hours"] for place in ("singapore", "riyadh"))
    assert singapore == pytest.approx(7731, rel=0.1)
    assert riyadh < 88


def test_towers_beat_dry_coolers_in_the_peak_of_riyadh_only(figures_of):
    """Peak PUE with one hall: dry 45 less tower 32 is 0.096 in Riyadh, -0.021 in Singapore in the earlier table."""
    dry, tower = OPTIONS["dry 45"], (ACC, *OPTIONS["tower 32"][1:])
    gain = {
        place: figures_of(place, *dry)["grid_peak"] - figures_of(place, *tower)["grid_peak"]
        for place in ("riyadh", "singapore")
    }
    assert gain["riyadh"] > 0.05
    assert gain["singapore"] < 0.0


def test_dammam_has_both_problems(figures_of):
    """The Gulf coast: plates on dry coolers and on towers need chillers for over 1,000 hours; Riyadh's towers for 1."""
    dammam, riyadh = (figures_of(place, *OPTIONS["tower 32"])["trim_hours"] for place in ("dammam", "riyadh"))
    assert dammam > 1000 > 10 > riyadh
    assert figures_of("dammam", *OPTIONS["dry 40"])["trim_hours"] > 1000


def test_what_operators_report_for_singapore_lies_within_the_options(figures_of):
    """Google 1.12 to 1.20, Azure 1.34 to 1.36 with 2.06 L/kWh: between the best option and a hall of 2015.

    Towers take 1.93 L/kWh here, 6 % less than Azure reports.
    """
    best = figures_of("singapore", *OPTIONS["dry 45"])["pue_annual"]
    old = figures_of("singapore", {"kind": "legacy_air_cooled"}, chain={"kind": "legacy_power_chain"})["pue_annual"]
    assert best < 1.12 < 1.36 < old
    assert figures_of("singapore", *OPTIONS["WSE"])["wue_annual"] == pytest.approx(2.06, rel=0.1)
