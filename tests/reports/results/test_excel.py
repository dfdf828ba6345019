"""The Excel workbook."""

import io
import sys

import pandas as pd
import pytest

from gigasite.models.errors import ReportError
from gigasite.models.plan_tables import COLUMNS
from gigasite.reports.results import excel, run_directory
from gigasite.reports.results.columns import meaning

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")


@pytest.fixture(scope="module")
def book(plan):
    return excel.render(plan)


def test_equal_plans_give_equal_bytes(plan, book):
    assert excel.render(plan) == book


def test_every_table_reads_back_to_the_fifteenth_digit(plan, book):
    """Workbooks hold numbers with 15 to 16 digits."""
    sheets = pd.read_excel(io.BytesIO(book), sheet_name=None, keep_default_na=False, na_values=[""])
    assert set(sheets) == {"README", *COLUMNS}
    for name in ("kpis", "capacities", "costs", "energy"):
        again, table = sheets[name], getattr(plan, name)
        assert [str(title).split(" [")[0] for title in again.columns] == list(COLUMNS[name])
        again.columns = list(COLUMNS[name])
        pd.testing.assert_frame_equal(again, table[list(COLUMNS[name])], rtol=1e-14, check_dtype=False)


def test_headings_carry_units_and_the_readme_explains_them(book):
    read = openpyxl.load_workbook(io.BytesIO(book), read_only=True)
    headings = [cell.value for cell in next(read["costs"].rows)]
    assert "usd_per_year [USD/yr]" in headings
    told = {(row[0].value, row[1].value): row[3].value for row in read["README"].rows}
    assert told["costs", "cash"] == meaning("costs", "cash")[1]


def test_text_is_never_a_formula(plan, plan_with):
    """A source that begins with = would be computed by the reader's program."""
    odd = plan.assumptions.assign(source="=1+1")
    read = openpyxl.load_workbook(io.BytesIO(excel.render(plan_with(assumptions=odd))))
    cell = read["assumptions"].cell(row=2, column=5)
    assert (cell.value, cell.data_type) in {("=1+1", "s"), ("=1+1", "f")}
    assert b"<f>" not in excel.render(plan_with(assumptions=odd))


def test_the_workbook_stands_beside_the_tables(plan, plan_with, tmp_path):
    place = run_directory.write(plan_with(hourly=plan.hourly.isel(time=slice(48))), tmp_path / "base")
    assert excel.write(run_directory.read(place)) == place / "tables.xlsx"
    run_directory.read(place)


def test_a_missing_package_is_told(plan, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ReportError, match=r"pip install gigasite\[excel\]"):
        excel.render(plan)
