"""A technology keeps its colour."""

import colorsys
from itertools import combinations, pairwise

import numpy as np
import pytest

from gigasite.reports.figures import style


@pytest.mark.parametrize(
    ("component", "kind", "family"),
    [
        ("pv", "pv", "solar"), ("engines", "generator", "gas"), ("diesel", "generator", "diesel"),
        ("bridge", "rental", "gas"), ("lateral", "gas_pipeline", "fuel"), ("trailers", "hydrogen", "fuel"),
        ("depot", "diesel_tank", "fuel"),
        ("bess", "battery", "storage"), ("fuel", "natural_gas", "fuel"), ("hall", "accelerators", "compute"),
        ("utility", "grid", "grid"), ("isle", "island", "other"), ("ups", "power_chain", "power_chain"),
        ("wind_turbines", "", "wind"), ("dry", "cold_plate_dry_cooler", "cooling"), ("shell", "building", "site"),
        ("unserved", "", "unserved"), ("municipal", "water_supply", "water"),
    ],
)  # fmt: skip
def test_a_component_finds_its_family(component, kind, family):
    assert style.family(component, kind) == family


def test_two_of_a_family_differ_and_families_keep_their_colour():
    colours = style.colours(["pv_fixed", "pv_tracking", "grid"], {})
    assert colours["grid"] == style.FAMILIES["grid"][0]
    assert colours["pv_fixed"] == style.FAMILIES["solar"][0]
    assert colours["pv_tracking"] != colours["pv_fixed"]
    assert style.colours(["grid"], {})["grid"] == colours["grid"]


def test_neighbours_in_the_supply_stack_differ_in_lightness():
    """Red-green blindness leaves lightness; below 0.05 two neighbours would melt into one."""
    usual = sorted(("grid", "gas", "wind", "solar", "storage"), key=list(style.FAMILIES).index)
    stack = [style.FAMILIES[name][0] for name in usual]
    shades = [colorsys.rgb_to_yiq(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0] for colour in stack]
    assert all(abs(one - two) > 0.05 for one, two in pairwise(shades))


def test_neighbours_in_the_stack_of_cooling_costs_differ_in_lightness_or_hatch():
    """In grey, two neighbours of equal lightness and hatch would melt into one."""
    shades = [
        (colorsys.rgb_to_yiq(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0], hatch)
        for colour, hatch in style.COST_REASONS.values()
    ]
    assert all(abs(one[0] - two[0]) > 0.05 or one[1] != two[1] for one, two in pairwise(shades))


def test_png_is_equal_for_equal_figures():
    from matplotlib.figure import Figure

    def drawn():
        figure = Figure(figsize=(1, 1))
        figure.subplots().plot([0, 1])
        return style.png(figure)

    assert drawn() == drawn()


SEEN = {
    "without red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "without green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "without blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    "with all": np.eye(3).tolist(),
}
"""Linear red, green and blue as seen (Machado, Oliveira and Fernandes 2009, severity 1)."""


def lab(colour: str, seen: list[list[float]]) -> np.ndarray:
    """Return CIE Lab under D65 of an sRGB colour, as seen."""
    coded = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(np.array(seen) @ linear, 0, 1) / np.array([0.9505, 1.0, 1.089])
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("eyes", SEEN)
def test_every_two_families_stay_apart_for_colour_blind_eyes(eyes):
    """White and black are 100 apart; a difference of 2.3 is just noticeable."""
    known = {name: lab(colour, SEEN[eyes]) for name, (colour, _) in style.FAMILIES.items()}
    near = [(one, two) for one, two in combinations(known, 2) if np.linalg.norm(known[one] - known[two]) < 9]
    assert near == []


def test_the_measure_of_colours_knows_white_and_what_red_green_blindness_confuses():
    """White is 100, 0, 0. Red and green of equal brightness are far apart, and near without green cones."""
    assert lab("#ffffff", SEEN["with all"]) == pytest.approx([100, 0, 0], abs=0.1)
    apart = {eyes: np.linalg.norm(lab("#c40000", SEEN[eyes]) - lab("#5a7a00", SEEN[eyes])) for eyes in SEEN}
    assert apart["without green"] < apart["with all"] / 3
