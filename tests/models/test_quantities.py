import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from gigasite.models import quantities as q


def parsed(kind, value):
    return TypeAdapter(kind).validate_python(value)


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        (q.Megawatts, "0.2 GW", 200.0),
        (q.Megawatts, "1,500 kW", 1.5),
        (q.MegawattHours, "0.2 GWh", 200.0),
        (q.DollarsPerMegawattHour, "0.10 USD/kWh", 100.0),
        (q.DollarsPerMegawatt, "11 USD/W", 11e6),
        (q.DollarsPerMegawattMonth, "10 USD/kW/month", 10_000.0),
        (q.DollarsPerMegawattHour, "1 USD/MMBtu", 3.41214),
        (q.CubicMetresPerHour, "30 L/s", 108.0),
        (q.CubicMetresPerYear, "5 m3/year", 5.0),
        (q.Celsius, "-3.5 degC", -3.5),
        (q.Celsius, "300 K", 26.85),
        (q.Kelvins, "5 delta_degC", 5.0),
        (q.Accelerators, "5000 GPU", 5.0),
        (q.Accelerators, 5000, 5.0),
        (q.MegawattsPerAccelerator, "2 kW/GPU", 2.0),
        (q.WorkPerAccelerator, "2.5 H100/GPU", 2.5),
        (q.DollarsPerReferenceHour, "2 USD/H100/hour", 2000.0),
        (q.Fraction, "5 %", 0.05),
        (q.Fraction, 0.05, 0.05),
        (q.Years, "18 months", 1.5),
        (q.PerYear, "2 %/year", 0.02),
    ],
)
def test_text_becomes_a_float_in_the_canonical_unit(kind, text, number):
    assert parsed(kind, text) == pytest.approx(number, rel=1e-5)


@pytest.mark.parametrize("value", ["50 MWh", "50", "fifty MW", "50 parsecs/fortnight", "nan MW", True, None, [1], ""])
def test_what_is_no_power_is_refused_with_the_unit_expected(value):
    with pytest.raises(ValidationError, match="expected a quantity in MW"):
        parsed(q.Megawatts, value)


def test_a_bare_number_is_refused_with_the_remedy():
    with pytest.raises(ValidationError, match="Write the unit: '50 MW'"):
        parsed(q.Megawatts, 50)


@pytest.mark.parametrize("value", [-0.01, 1.01, "101 %"])
def test_a_fraction_lies_between_nothing_and_all(value):
    with pytest.raises(ValidationError, match="between 0 and 1"):
        parsed(q.Fraction, value)


def test_negative_power_is_refused():
    with pytest.raises(ValidationError, match="must not be negative"):
        parsed(q.Megawatts, "-1 MW")


@given(st.floats(1e-6, 1e6))
def test_units_of_power_agree(number):
    """x MW = 1,000 x kW = x / 1,000 GW."""
    texts = [f"{number!r} MW", f"{number * 1000!r} kW", f"{number / 1000!r} GW"]
    assert [parsed(q.Megawatts, text) for text in texts] == pytest.approx([number] * 3)


@given(st.floats(0, 1e9))
def test_what_is_written_is_read_again(number):
    assert parsed(q.Megawatts, f"{number!r} MW") == number


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        (q.DollarsPerMegawattHour, "12 USD/kW/month", "a price of energy such as '60 USD/MWh', got '12 USD/kW/month'"),
        (q.DollarsPerMegawattHour, "1 MUSD/MW/year", "a price of energy such as '60 USD/MWh'"),
        (q.DollarsPerMegawattMonth, "60 USD/MWh", "a charge on power such as '12 USD/kW/month', got '60 USD/MWh'"),
        (q.DollarsPerMegawattYear, "0.06 USD/kWh", "a charge on power such as '12 USD/kW/year', got '0.06 USD/kWh'"),
    ],
)
def test_a_price_of_energy_is_none_of_power(kind, text, says):
    """Both are money over energy by dimension: 12 USD/kW/month would be read as 16.43 USD/MWh."""
    with pytest.raises(ValidationError, match=says):
        parsed(kind, text)


@pytest.mark.parametrize("text", ["100 USD/MWh", "0.1 USD/kWh", "0.1 USD/(kW*h)", "27.777778 USD/GJ"])
def test_energy_may_be_spelled_in_any_way(text):
    assert parsed(q.DollarsPerMegawattHour, text) == pytest.approx(100.0)
