"""The hourly series of components over all steps."""

import numpy as np

from gigasite.models.technologies.load import Load
from gigasite.sites.deriving import derive
from gigasite.sites.horizon import cycles, timeline


def test_the_year_stands_first_and_the_design_days_after_it(small):
    """A load of 5 MW all year: 8,760 steps of each of two phases, and 24 of each design day in each."""
    site, _, _ = small
    phases = timeline(site, cycles(site, [2001], []))
    load = Load.model_validate({"name": "pump", "demand": "5 MW"})
    found = derive([load], phases, None, [])["pump"]
    for series in found.values():
        assert series.values.shape == (phases.size,)
    assert all(np.isfinite(series.values).all() for series in found.values())
