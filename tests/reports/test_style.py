"""A technology keeps its colour."""

import colorsys
from itertools import pairwise

import pytest

from gigasite.reports import style


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
