import numpy as np
import pytest
from pydantic import ValidationError, create_model

from gigasite.models.component import Frozen
from gigasite.models.hourly import HourlyValues, hourly, repeated


def parsed(kind, value):
    return create_model("Record", __base__=Frozen, value=(kind, ...))(value=value).value


def test_a_constant_holds_always():
    found = parsed(hourly("USD/MWh"), "0.1 USD/kWh")
    assert found.values.tolist() == [100.0]
    assert found.on_design_day == 100.0


@pytest.mark.parametrize(("design", "value"), [("max", 6.0), ("min", 2.0), ("mean", 4.0)])
def test_design_days_take_the_stated_value_of_the_year(design, value):
    values = HourlyValues(np.array([2.0, 4.0, 6.0]), "MW")
    assert parsed(hourly("MW", design=design), values).on_design_day == value


def test_a_charge_on_power_is_no_price_of_energy():
    """By dimension 12 USD/kW/month is 16.43 USD/MWh, and would be read as such."""
    with pytest.raises(ValidationError, match="a price of energy such as '60 USD/MWh', got '12 USD/kW/month'"):
        parsed(hourly("USD/MWh", low=None), "12 USD/kW/month")


def test_another_unit_is_converted():
    """500 kg/MWh = 0.5 t/MWh."""
    found = parsed(hourly("t/MWh"), HourlyValues(np.array([500.0]), "kg/MWh"))
    assert (found.values.tolist(), found.unit) == (pytest.approx([0.5]), "t/MWh")


def test_the_first_value_outside_its_limits_is_named_with_its_hour():
    with pytest.raises(ValidationError, match=r"at least 0\.0 MW, got -1 in hour 1"):
        parsed(hourly("MW"), HourlyValues(np.array([1.0, -1.0, -2.0]), "MW"))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_no_number_is_refused(bad):
    with pytest.raises(ValidationError, match="in hour 1"):
        parsed(hourly("MW"), HourlyValues(np.array([1.0, bad]), "MW"))


def test_prices_may_be_negative_where_that_is_said():
    assert parsed(hourly("USD/MWh", low=None), "-5 USD/MWh").values[0] == -5.0


def test_a_share_above_one_is_refused():
    with pytest.raises(ValidationError, match=r"between 0\.0 and 1\.0"):
        parsed(hourly("", bare=True, high=1.0), 1.5)


def test_values_are_compared_and_shown():
    one, same = (HourlyValues(np.array([1.0, 3.0]), "MW") for _ in range(2))
    assert one == same
    assert one != HourlyValues(np.array([1.0, 3.0]), "kW")
    assert str(one) == "1 to 3 MW, mean 2 (site file)"
    assert str(HourlyValues(np.array([5.0]), "MW")) == "5 MW"


def test_a_year_of_values_repeats_over_several_years():
    """Prices of one year under two years of weather; a constant stays one."""
    assert repeated(np.array([1.0, 2.0]), 4).tolist() == [1, 2, 1, 2]
    assert repeated(np.array([5.0]), 3).tolist() == [5, 5, 5]
    with pytest.raises(ValueError, match="2 values do not repeat to 3 hours"):
        repeated(np.array([1.0, 2.0]), 3)
