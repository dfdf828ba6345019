import numpy as np
import pytest

from gigasite.sites.profiles import PROFILES, weekends, year


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_fills_a_year_and_peaks_at_one(name: str) -> None:
    values = year(PROFILES[name], "monday")
    assert values.shape == (8760,)
    assert values.max() == 1.0
    assert values.min() >= 0.0
    assert PROFILES[name].description


def test_a_year_that_begins_on_monday_has_104_weekend_days() -> None:
    """52 weeks of two days; day 365 is a Monday again."""
    assert weekends("monday").sum() == 104
    assert np.flatnonzero(weekends("monday"))[0] == 5


def test_working_hours_are_ten_on_weekdays() -> None:
    """261 weekdays x 10 hours; with no weekends it would be 3,650."""
    assert year(PROFILES["working_hours"], "monday").sum() == 2610
