from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from gigasite.models.hourly import HourlyValues
from gigasite.models.quantities import Unit
from gigasite.sites import Site
from gigasite.sites.hourly_inputs import Sources, hourly_values

PRICE, POWER, PLAIN = Unit("USD/MWh"), Unit("MW"), Unit("", bare=True)


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """A folder with a good CSV file of 8,760 prices: the hour of the year."""
    pd.DataFrame({"hour": range(8760), "price": np.arange(8760.0)}).to_csv(tmp_path / "prices.csv", index=False)
    return Sources(tmp_path)


def test_a_csv_column_becomes_values_with_its_unit(sources: Sources) -> None:
    made = hourly_values({"file": "prices.csv", "column": "price", "unit": "USD/MWh"}, PRICE, sources)
    assert made.values.shape == (8760,)
    assert made.values[8759] == 8759.0
    assert made.source == "prices.csv, column price"
    assert len(sources.inputs) == 1


def test_a_unit_of_the_file_is_converted_by_the_field(
    sources: Sources, site: Callable[..., Site], texts: dict[str, str]
) -> None:
    """Hour 10 holds 10 USD/kWh = 10,000 USD/MWh; ignoring the unit would give 10."""
    text = texts["head"] + texts["load"] + texts["grid"]
    made = site(text.replace("75 USD/MWh", "{file: prices.csv, column: price, unit: USD/kWh}"))
    prices = made.component("utility").energy_price.values  # type: ignore[attr-defined]
    assert prices[10] == pytest.approx(10_000.0)
    assert [path.name for path in made.inputs] == ["test.yaml", "prices.csv"]


def test_a_netcdf_variable_brings_its_own_unit(sources: Sources, tmp_path: Path) -> None:
    series = xr.Dataset({"price": ("time", np.full(8760, 50.0), {"units": "USD/MWh"})})
    series.to_netcdf(tmp_path / "prices.nc", engine="h5netcdf")
    made = hourly_values({"file": "prices.nc", "column": "price"}, PRICE, sources)
    assert made.values.mean() == 50.0
    assert made.unit == "USD / megawatt_hour"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (["1"] * 8759, "bad.csv must hold 8,760 values, got 8,759. Give one value for every hour of a year"),
        (["1"] * 8784, "bad.csv must hold 8,760 values, got 8,784. Leave out 29 February"),
        (
            ["1"] * 5 + ["NaN"] + ["1"] * 8754,
            "bad.csv must hold a number in every hour, got 'NaN' in line 7. Fill the gap",
        ),
        (["1"] * 5 + [""] + ["1"] * 8754, "got '' in line 7"),
        (["1"] * 5 + ["n/a"] + ["1"] * 8754, "got 'n/a' in line 7"),
    ],
)
def test_a_bad_column_names_file_line_and_value(sources: Sources, tmp_path: Path, rows: list[str], says: str) -> None:
    """Line 1 is the heading, so the sixth value stands on line 7."""
    (tmp_path / "bad.csv").write_text("\n".join(["hour,price", *(f"{i},{v}" for i, v in enumerate(rows))]))
    with pytest.raises(ValueError, match=says):
        hourly_values({"file": "bad.csv", "column": "price", "unit": "USD/MWh"}, PRICE, sources)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"file": "no.csv", "column": "price", "unit": "USD/MWh"}, "no.csv does not exist"),
        ({"file": "prices.csv", "column": "pric", "unit": "USD/MWh"}, "has no column 'pric'.* Did you mean 'price'"),
        ({"file": "prices.csv", "column": "price"}, "states no unit for 'price'. Add unit: USD/MWh"),
        ({"file": "prices.csv", "column": "price", "unit": "MW"}, "expected a quantity in USD/MWh, got '1 MW'"),
        ({"profile": "flat"}, "needs a peak or a mean. Write peak: 1 USD/MWh"),
        ({"profile": "flat", "peak": "5 MW"}, "expected a quantity in USD/MWh"),
        ({"profile": "flt", "peak": "5 USD/MWh"}, "profile 'flt' is unknown; .* Did you mean 'flat'"),
        ({"values": [1, 2]}, "with one of file, profile or tariff"),
        ({"profile": "flat", "file": "x"}, "with one of file, profile or tariff"),
        ({"tariff": [{"months": [13], "price": "1 USD/MWh"}], "otherwise": "1 USD/MWh"}, "months must lie between 1"),
        ({"tariff": [{"hours": [5, 25], "price": "1 USD/MWh"}], "otherwise": "1 USD/MWh"}, "hours must be"),
    ],
)
def test_a_wrong_form_is_answered(sources: Sources, given: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        hourly_values(given, PRICE, sources)


def test_a_tariff_is_refused_where_no_price_is_due(sources: Sources) -> None:
    with pytest.raises(ValueError, match="a tariff is for prices of energy"):
        hourly_values({"tariff": [], "otherwise": "1 USD/MWh"}, POWER, sources)


def tariff(sources: Sources, *rows: dict[str, object]) -> HourlyValues:
    return hourly_values({"tariff": list(rows), "otherwise": "60 USD/MWh"}, PRICE, sources)


def test_a_tariff_that_covers_every_hour_needs_no_otherwise(sources: Sources) -> None:
    rows = [{"weekdays": True, "price": "60 USD/MWh"}, {"weekdays": False, "price": "40 USD/MWh"}]
    assert sorted(np.unique(hourly_values({"tariff": rows}, PRICE, sources).values)) == [40.0, 60.0]


def test_a_gap_in_the_week_is_named(sources: Sources) -> None:
    """Weekdays only: 104 weekend days of 24 h are open, the first of them Saturday 6 January."""
    with pytest.raises(
        ValueError,
        match=r"no row holds in 2,496 hours, the first of them Saturday 6 January 00:00. Add otherwise: 60 USD/MWh",
    ):
        hourly_values({"tariff": [{"weekdays": True, "price": "60 USD/MWh"}]}, PRICE, sources)


def windows(sources: Sources, *rows: dict[str, object], unit: Unit = PLAIN) -> HourlyValues:
    return hourly_values({"windows": list(rows)}, unit, sources)


def test_windows_pick_hours_by_month_weekday_and_date(sources: Sources) -> None:
    """21 weekdays of June x 6 h, and 2 h on two days of July: 130 h, ones among zeros."""
    made = windows(
        sources, {"months": [6], "hours": [14, 20], "weekdays": True}, {"dates": ["07-14", "07-15"], "hours": [17, 19]}
    )
    assert made.values.sum() == 21 * 6 + 4
    assert set(np.unique(made.values)) == {0.0, 1.0}
    bastille = 24 * (181 + 13)
    assert made.values[bastille + 16 : bastille + 20].tolist() == [0.0, 1.0, 1.0, 0.0]


def test_hours_that_fit_two_windows_count_once(sources: Sources) -> None:
    assert windows(sources, {"months": [1]}, {"dates": ["01-01"]}).values.sum() == 31 * 24


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"dates": ["02-29"]}, "such as '07-14', got '02-29'. Write month and day"),
        ({"dates": ["2026-07-14"]}, "got '2026-07-14'. Write month and day"),
        ({"hours": [14, 25]}, r"hours must be \[from, to\] between 0 and 24, got \[14, 25\]"),
        ({"hours": [-1, 5]}, r"got \[-1, 5\]"),
        ({"months": [0]}, r"months must lie between 1 and 12, got \[0\]"),
        ({"price": "5 USD/MWh"}, "price"),
    ],
)
def test_a_window_outside_the_year_is_refused(sources: Sources, row: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        windows(sources, row)


def test_windows_are_refused_where_a_quantity_is_due(sources: Sources) -> None:
    with pytest.raises(ValueError, match="Give a quantity in USD/MWh, a file or a profile"):
        windows(sources, {"months": [1]}, unit=PRICE)


def test_a_tariff_holds_in_its_months_hours_and_days(sources: Sources) -> None:
    """June has 30 days. 1 January a Monday makes 1 June (day 151, 151 mod 7 = 4) a Friday: 21 weekdays, 6 hours each.

    Forgetting weekends would give 180 hours.
    """
    made = tariff(sources, {"months": [6], "hours": [12, 18], "weekdays": True, "price": "110 USD/MWh"})
    dear = np.flatnonzero(made.values == 110.0)
    assert dear.size == 21 * 6
    assert set(dear % 24) == set(range(12, 18))
    assert made.values[dear[0] - 1] == 60.0


def test_hours_may_run_over_midnight(sources: Sources) -> None:
    made = tariff(sources, {"hours": [22, 6], "price": "30 USD/MWh"})
    assert (made.values == 30.0).sum() == 8 * 365


def test_the_first_row_that_fits_holds(sources: Sources) -> None:
    made = tariff(
        sources,
        {"hours": [12, 13], "price": "90 USD/MWh"},
        {"hours": [0, 24], "weekdays": False, "price": "40 USD/MWh"},
    )
    assert (made.values == 90.0).sum() == 365
    assert (made.values == 40.0).sum() == 104 * 23


def test_the_first_weekday_moves_the_weekends(tmp_path: Path) -> None:
    """1 January a Saturday: the first two days are a weekend, 105 weekend days in the year."""
    made = tariff(Sources(tmp_path, "saturday"), {"weekdays": False, "price": "40 USD/MWh"})
    assert (made.values[:48] == 40.0).all()
    assert made.values[48] == 60.0
    assert (made.values == 40.0).sum() == 105 * 24


def test_a_profile_is_scaled_to_its_peak_or_its_mean(sources: Sources) -> None:
    peak = hourly_values({"profile": "office_day", "peak": "50 MW"}, POWER, sources)
    mean = hourly_values({"profile": "office_day", "mean": "50 MW"}, POWER, sources)
    assert peak.values.max() == pytest.approx(50.0)
    assert mean.values.mean() == pytest.approx(50.0)
    assert "1 January a Monday" in peak.source


def test_a_bare_profile_is_a_shape(sources: Sources) -> None:
    assert hourly_values({"profile": "working_hours"}, PLAIN, sources).values.max() == 1.0


def test_a_bad_file_is_answered_with_the_line_of_the_site_file(
    trouble: Callable[..., list[str]], texts: dict[str, str], tmp_path: Path
) -> None:
    pd.DataFrame({"price": [1.0] * 8759}).to_csv(tmp_path / "short.csv", index=False)
    grid = texts["grid"].replace("75 USD/MWh", "{file: short.csv, column: price, unit: USD/MWh}")
    assert trouble(texts["head"] + texts["load"] + grid) == [
        "test.yaml:7 grid 'utility': energy_price: short.csv must hold 8,760 values, got 8,759."
        " Give one value for every hour of a year."
    ]


def test_a_negative_load_in_a_file_is_answered_with_its_hour(
    trouble: Callable[..., list[str]], texts: dict[str, str], tmp_path: Path
) -> None:
    values = np.ones(8760)
    values[100] = -1
    pd.DataFrame({"mw": values}).to_csv(tmp_path / "load.csv", index=False)
    load = texts["load"].replace("60 MW", "{file: load.csv, column: mw, unit: MW}")
    assert trouble(texts["head"] + load + texts["grid"]) == [
        "test.yaml:5 load 'offices': demand must be at least 0.0 MW, got -1 in hour 100."
    ]


def test_emission_factor_and_carbon_free_share_come_from_files(
    site: Callable[..., Site], texts: dict[str, str], tmp_path: Path
) -> None:
    """By hour: 500 kg/MWh at night, 100 by day, and the share of what is clean; a percentage is read as such."""
    day = np.tile(np.arange(24) // 6 % 3 > 0, 365)
    table = pd.DataFrame({"kg": np.where(day, 100.0, 500.0), "clean": np.where(day, 80.0, 20.0)})
    table.to_csv(tmp_path / "grid.csv", index=False)
    text = texts["grid"].replace("400 kg/MWh", "{file: grid.csv, column: kg, unit: kg/MWh}")
    text = text.replace("carbon_free_share: 0.3", "carbon_free_share: {file: grid.csv, column: clean, unit: '%'}")
    grid = site(texts["head"] + texts["load"] + text).component("utility")
    assert grid.emission.values[:8].tolist() == [0.5] * 6 + [0.1] * 2  # type: ignore[attr-defined]
    assert grid.carbon_free_share.values[:8] == pytest.approx([0.2] * 6 + [0.8] * 2)  # type: ignore[attr-defined]


def test_a_carbon_free_share_above_one_is_answered_with_its_hour(
    trouble: Callable[..., list[str]], texts: dict[str, str], tmp_path: Path
) -> None:
    pd.DataFrame({"clean": [0.5] * 8759 + [1.5]}).to_csv(tmp_path / "grid.csv", index=False)
    text = texts["grid"].replace("carbon_free_share: 0.3", "carbon_free_share: {file: grid.csv, column: clean}")
    assert trouble(texts["head"] + texts["load"] + text) == [
        "test.yaml:7 grid 'utility': carbon_free_share must be between 0.0 and 1.0, got 1.5 in hour 8759."
    ]
