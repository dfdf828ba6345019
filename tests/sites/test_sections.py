import pytest
from pydantic import ValidationError

from gigasite.sites.sections import Location, Money, Settings


def test_west_is_negative_in_longitude_and_clock() -> None:
    place = Location(
        name="M", latitude="35.06 deg", longitude="-90.16 deg", elevation="80 m", utc_offset="-6 h"
    ).place()  # type: ignore[arg-type]
    assert (place.longitude_deg, place.utc_offset_h) == (-90.16, -6.0)


def test_times_and_shares_are_quantities() -> None:
    """One hour is 3,600 s and half a percent 0.005."""
    settings = Settings.model_validate({"time_limit": "1 h", "gap": "0.5 %"})
    assert (settings.time_limit, settings.gap) == (3600.0, 0.005)
    assert settings == Settings()


def test_a_rate_above_one_is_refused() -> None:
    with pytest.raises(ValidationError, match="between 0 and 1"):
        Money.model_validate({"cost_of_capital": 6})
