"""What parts of a plan prove for the whole: 100 MW of load in every case."""

import numpy as np
import pytest

from gigasite.solvers.shortage import short_of_a_limit, short_of_year, short_on_days

LOAD = {"kind": "load", "name": "offices", "demand": "100 MW"}
ROOM = {"largest_mw": (400.0,), "largest_kh100": (100.0,)}
CARBON = {"kind": "carbon_limit", "name": "carbon"}


@pytest.fixture
def compiled(tiny_site, free_grid):
    def build(*components, grid=None, steps=250):
        return tiny_site(LOAD, free_grid(**(grid or {})), *components, site=ROOM, steps=steps).compiled()

    return build


@pytest.mark.parametrize("proof", [short_of_a_limit, short_of_year])
def test_a_cap_that_is_too_low_is_proven_short(compiled, proof):
    """100 MW x 8,760 h x 0.5 t/MWh = 438,000 t a year against 400,000: 38,000 t too much, or 9.5 % of the cap."""
    short = proof(compiled({**CARBON, "cap": "400000 t/year"}))
    assert np.abs(short.missed).max() == pytest.approx(38_000, rel=5e-3)
    assert short.size[np.abs(short.missed).argmax()] == pytest.approx(400_000)


@pytest.mark.parametrize("proof", [short_of_a_limit, short_of_year])
def test_a_cap_that_can_be_met_proves_nothing(compiled, proof):
    """1 t more than is needed; a bound that is not rigorous would find a shortage within its tolerance."""
    assert proof(compiled({**CARBON, "cap": "438001 t/year"})) is None


@pytest.mark.parametrize("proof", [short_of_a_limit, short_of_year])
def test_what_has_no_yearly_limit_is_not_looked_at(compiled, proof):
    assert proof(compiled()) is None


def test_design_days_alone_prove_a_small_grid_short(compiled):
    """100 MW less 80 MW in each of the two steps of the design day; no hour of the year is looked at."""
    site = compiled(grid={"size": {"maximum": "80 MW"}})
    where = site.matrix.rows["balance.ac"]
    rows = np.arange(where.start, where.stop)
    missed = short_on_days(site, rows, np.ones(len(rows)))
    assert np.abs(missed)[-2:] == pytest.approx([20.0, 20.0])
    assert np.abs(missed)[:-2].max() == 0.0


def test_design_days_that_can_be_served_prove_nothing(compiled):
    site = compiled()
    where = site.matrix.rows["balance.ac"]
    rows = np.arange(where.start, where.stop)
    assert short_on_days(site, rows, np.ones(len(rows))) is None
