"""Lei and Masanet, Resour. Conserv. Recycl. 182:106323 (2022), and Lei et al., 219:108310 (2025): PUE and WUE by zone.

5th to 95th percentile over sampled parameters; large scale, but for the hall of 2015, which is their mid-size case.
Ours takes the middle of the sampled ranges. Zones of ASHRAE 169 by degree days of the file (18.3 degC): Miami 1A,
Memphis 3A, Greensboro (2,150 K d) and Seoul (2,700) 4A. Sand Point (5,050), 7, has no row: it must lie within those of
5A and 8.
"""

import pytest

ZONES = {"miami": "1A", "memphis": "3A", "greensboro": "4A", "seoul": "4A"}
PUE_2022 = {
    "wse": {"1A": (1.11, 1.29), "3A": (1.09, 1.22), "4A": (1.08, 1.20), "7": (1.08, 1.20)},
    "hall_2015": {"1A": (1.73, 2.45), "3A": (1.59, 2.10), "4A": (1.54, 1.99), "7": (1.43, 1.92)},
}
PUE_2025 = {
    "outdoor_air": {"1A": (1.20, 1.35), "4A": (1.11, 1.24)},
    "dry_adiabatic": {"1A": (1.26, 1.39), "4A": (1.16, 1.26)},
    "plates_wse": {"1A": (1.08, 1.28), "4A": (1.07, 1.20)},
    "plates_adiabatic": {"1A": (1.06, 1.14), "4A": (1.06, 1.14)},
    "wse": {"1A": (1.10, 1.22), "4A": (1.07, 1.17)},
}
"""Cases 0, 18, 15_2, 16_2 and 2 of 2025; 4A is Baltimore, so that only Greensboro is compared."""
LEGACY = {"kind": "legacy_air_cooled"}, {"kind": "legacy_power_chain"}
FINDINGS = {("dry_adiabatic", "miami"): "1.235 against 1.26: their chillers gain nothing from water of 25 degC"}


def known(keys):
    return [
        pytest.param(*key, marks=pytest.mark.xfail(strict=True, reason=FINDINGS[key]) if key in FINDINGS else ())
        for key in keys
    ]


@pytest.mark.parametrize("station", [*ZONES, "sand_point"])
def test_economised_towers_lie_in_the_band_of_their_zone(large_scale, station):
    """Case 2, waterside economiser and water-cooled chillers: 1.11 to 1.29 in Miami, 1.08 to 1.18 in zone 8."""
    least, most = PUE_2022["wse"][ZONES.get(station, "7")]
    assert least <= large_scale(station, "wse")["pue_annual"] <= most


FOLLOWS = "evaporation follows the air"


@pytest.mark.parametrize(
    "station",
    [
        "miami",
        "memphis",
        "greensboro",
        pytest.param("seoul", marks=pytest.mark.xfail(strict=True, reason=f"1.69 against 1.7: {FOLLOWS}")),
        pytest.param(
            "sand_point", marks=pytest.mark.xfail(strict=True, reason=f"1.44 against 1.7: {FOLLOWS}")
        ),
    ],
)  # fmt: skip
def test_economised_towers_take_water_within_the_band_of_all_zones(large_scale, station):
    """1.7 to 2.6 L/kWh in every zone, because all heat is taken as latent there: the band is tested, not its trend."""
    assert 1.7 <= large_scale(station, "wse")["wue_annual"] <= 2.6


@pytest.mark.parametrize(("case", "station"), known((c, s) for c in PUE_2025 for s in ("miami", "greensboro")))
def test_cases_of_2025_lie_in_the_band_of_their_zone(large_scale, case, station):
    """Outdoor air 1.20-1.35 and 1.11-1.24, dry and adiabatic 1.26-1.39 and 1.16-1.26, plates 1.06-1.28."""
    least, most = PUE_2025[case][ZONES[station]]
    assert least <= large_scale(station, case)["pue_annual"] <= most


@pytest.mark.parametrize("station", [*ZONES, "sand_point"])
def test_a_hall_of_2015_lies_in_the_band_of_mid_size_halls(figures_of, station):
    """Case 7, air-cooled chillers, mid-size: 1.73 to 2.45 in Miami, 1.54 to 1.99 in 4A, 1.43 to 1.74 in zone 8."""
    hall, chain = LEGACY
    least, most = PUE_2022["hall_2015"][ZONES.get(station, "7")]
    assert least <= figures_of(station, hall, chain=chain)["pue_annual"] <= most


def test_plates_hardly_notice_the_climate(large_scale):
    """Case 16_2 is 1.10 in every zone from 1A to 5A: ours differs by 0.015 between Miami and Greensboro at most."""
    miami, greensboro = (large_scale(station, "plates_adiabatic")["pue_annual"] for station in ("miami", "greensboro"))
    assert 0.0 < miami - greensboro < 0.015


def test_humid_heat_costs_economised_towers_more_than_a_mild_climate(large_scale):
    """Medians of case 2: 1.14 in 1A against 1.12 in 4A, a difference of 0.02; ours 0.025."""
    difference = large_scale("miami", "wse")["pue_annual"] - large_scale("greensboro", "wse")["pue_annual"]
    assert difference == pytest.approx(0.02, abs=0.01)
