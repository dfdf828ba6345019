"""Curves of a comparison."""

from gigasite.reports.cooling import curves as cooling_curves
from gigasite.reports.figures import style


def test_sweeps_name_their_axes_and_the_limit_of_the_platform(cooled):
    one = style.svg(cooling_curves.sweeps(cooled, "hot"))
    for words in (b"Facility water supply", b"Share of the heat in the liquid", b"platform's limit", b"USD/MWh of IT"):
        assert words in one
    assert b"Hall of 2015" not in one


def test_options_without_liquid_have_no_sweep(cooled, cooled_with):
    only = cooled_with(sweeps=cooled.sweeps[cooled.sweeps["sweep"] == "redundancy"])
    assert cooling_curves.sweeps(only, "hot") is None


def test_one_dear_option_does_not_squash_the_others(cooled, cooled_with):
    """The axis ends at 2.2 times the cheapest, 88 USD/MWh, though one curve begins at 900."""
    sweeps = cooled.sweeps.copy()
    first = (sweeps["setting"] == "17") & (sweeps["name"] == "cost_per_it_mwh")
    sweeps.loc[first, "value"] = 900.0
    figure = cooling_curves.sweeps(cooled_with(sweeps=sweeps), "hot")
    low, high = figure.axes[2].get_ylim()
    assert 80 < high < 100
    assert low < 41


def test_duration_shows_the_best_and_the_references(cooled):
    one = style.svg(cooling_curves.duration(cooled, "hot"))
    assert b"Dry coolers [new]" in one
    assert b"Hall of 2015" in one
    assert b"Wet towers" not in one


def test_curves_differ_in_dash_and_marker_not_in_colour_alone():
    looks = cooling_curves.LOOKS
    for part in (1, 2):
        assert len({str(look[part]) for look in looks}) == len(looks)
