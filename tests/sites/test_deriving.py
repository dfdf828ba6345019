"""The hourly series of components over all steps."""

from types import SimpleNamespace

import numpy as np

from gigasite.models.component import Series
from gigasite.sites.deriving import derive
from gigasite.sites.horizon import cycles, timeline


def test_the_year_stands_first_and_the_design_days_after_it(small):
    """1 in every hour of the year and 7 on the hot day: 2 phases x 8,760 ones, then 2 x 24 sevens."""
    site, _, _ = small
    phases = timeline(site, cycles(site, [2001], [("hot", 7)]))
    air = SimpleNamespace(
        name="air",
        derive=lambda year: {"heat": Series(np.full(8760, year), "MW")},
        derive_on_design_day=lambda day: {"heat": Series(np.full(24, day), "MW")},
    )
    found = derive([air], phases, 1.0, [7.0])["air"]["heat"]
    assert found.unit == "MW"
    assert np.array_equal(found.values, np.repeat([1.0, 7.0], [2 * 8760, 2 * 24]))
