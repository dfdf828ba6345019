"""The page as text: whole, harmless whatever users wrote, and with the numbers of the PDF and the CSV files."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from gigasite.models.errors import RunDirectoryError
from gigasite.reports.content import plan as content
from gigasite.reports.html import page as html
from gigasite.reports.results import run_directory
from gigasite.reports.words import headline, row

ODD = "<script>alert(1)</script><!--<script>&amp;\"'{{ 7*7 }}{% raw %}\u2028]]>"
TWELVE_MEGABYTES = 12e6


class Page(HTMLParser):
    """Reads tables by caption, executable scripts, the data and what is fetched from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.scripts: list[str] = []
        self.data = ""
        self.policy = ""
        self.links: list[str] = []
        self._into: list[str] | None = None
        self._caption, self._rows = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.links += [str(given[key]) for key in ("src", "href", "action") if key in given]
        if tag == "meta" and "http-equiv" in given:
            self.policy = given["content"]
        elif tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in {"td", "th", "caption", "script"}:
            self._into = []
            self._kind = given.get("type")

    def handle_data(self, data):
        if self._into is not None:
            self._into.append(data)

    def handle_endtag(self, tag):
        if tag in {"td", "th"}:
            self._rows[-1].append("".join(self._into))
        elif tag == "caption":
            self._caption = "".join(self._into)
        elif tag == "script":
            text = "".join(self._into)
            if self._kind == "application/json":
                self.data = text
            else:
                self.scripts.append(text)
        elif tag == "table":
            self.tables.setdefault(self._caption, self._rows)
        if tag in {"td", "th", "caption", "script"}:
            self._into = None


@pytest.fixture(scope="module")
def text(plan):
    return html.render([plan])


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_the_same_run_gives_the_same_text(plan, text):
    assert html.render([plan]) == text
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')


def test_three_phases_stay_below_twelve_megabytes(plan, text):
    """Two phases, with a third of the same size as the larger of them."""
    phase = len(json.dumps(json.loads(Page(text).data)["runs"][0]["charts"]["hourly"]["packed"][1]))
    assert len(text.encode()) + phase < TWELVE_MEGABYTES


def test_hours_that_do_not_fit_lose_views_but_no_flows(plan, monkeypatch):
    monkeypatch.setattr(html, "SPACE", 1000)
    hours = json.loads(Page(html.render([plan])).data)["runs"][0]["charts"]["hourly"]
    assert hours["left_out"] == ["other", "price", "stored", "work"]
    assert {"ac.grid", "measure.pue"} <= set(hours["names"])


def test_nothing_is_asked_of_the_network(page):
    assert page.policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "http" not in page.policy
    assert all(link.startswith("#") for link in page.links)


def test_only_the_scripts_of_the_page_may_run(page):
    """The digest in the policy is that of the text between the tags; anything else is refused by the browser."""
    digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in page.scripts]
    assert len(digests) == 3
    assert re.findall(r"'sha256-([^']+)'", page.policy) == digests


def test_user_text_is_never_markup(plan, plan_with):
    """A site called <script> would run; one with </script> would end the data; braces would be read by the template."""
    assumptions = plan.assumptions.assign(source=ODD, name=ODD)
    costs = plan.costs.assign(component=ODD, reason=ODD)
    odd = plan_with(
        site=ODD, scenario=ODD, assumptions=assumptions, costs=costs,
        run={**plan.run, "name": ODD, "warnings": [ODD], "notes": [ODD], "climate": {ODD: ODD}},
    )  # fmt: skip
    text = html.render([odd, plan], title=ODD)
    assert "<script>alert" not in text
    page = Page(text)
    assert len(page.scripts) == 3
    data = json.loads(page.data)
    assert data["runs"][0]["name"] == f"{ODD}, {ODD}"
    assert page.tables["Climate"][1][1] == ODD


def test_the_page_has_every_table_as_a_plan_would_write_it(plan, page, tmp_path):
    place = run_directory.write(plan, tmp_path / "base")
    files = json.loads(page.data)["runs"][0]["files"]
    assert {"kpis.csv", "capacities.csv", "costs.csv", "energy.csv", "assumptions.csv", "orders.csv"} <= set(files)
    for name, text in files.items():
        assert (place / name).read_bytes() == text.encode()


def test_headlines_are_those_of_the_pdf_and_of_kpis_csv(plan, page):
    said = content.content(plan)
    assert page.tables["Headlines"][1:] == said["first"]
    shown = {cells[1]: cells[2:] for cells in page.tables["Headline figures"][1:]}
    assert shown == {cells[0]: cells[1:] for group in said["headlines"] for cells in group["rows"]}
    lines = [line.split(",") for line in json.loads(page.data)["runs"][0]["files"]["kpis.csv"].splitlines()[1:]]
    for name in {line[1] for line in lines}:
        values = [float(line[2]) for line in lines if line[1] == name]
        texts, unit = row(values, next(line[3] for line in lines if line[1] == name), name=name)
        assert shown[headline(name)] == [unit, *texts]


def test_costs_are_those_of_the_pdf_and_of_costs_csv(plan, page):
    """By hand for 2026: 1,571.2 M USD in cash."""
    said, shown = content.cost_rows(plan), page.tables["Every cost"]
    assert [cells[1:] for cells in shown[1:]] == [cells[1:] for cells in said]
    assert shown[-1] == ["Total", "", "1,571.2", "7,856.0"]
    assert all(cells[0] for cells in shown)
    lines = [line.split(",") for line in json.loads(page.data)["runs"][0]["files"]["costs.csv"].splitlines()[1:]]
    cash = sum(float(line[3]) for line in lines if line[0] == "2026-01-01" and line[-1] == "True")
    assert f"{cash / 1e6:,.1f}" == shown[-1][2]


def test_the_page_says_all_that_the_pdf_says(plan, monkeypatch):
    """Every text of the content is replaced by a mark of its own; each mark must be on the page."""
    marks: list[str] = []

    def marked(value):
        if isinstance(value, str) and value:
            marks.append(f"mark{len(marks)}x")
            return marks[-1]
        if isinstance(value, dict):
            return {key: marked(one) for key, one in value.items()}
        return [marked(one) for one in value] if isinstance(value, list) else value

    monkeypatch.setattr(html, "content", lambda results: marked(content.content(results)))
    text = html.render([plan])
    missing = [mark for mark in marks if mark not in text]
    assert not missing, f"{len(missing)} of {len(marks)} texts of the content are not on the page"


def test_page_is_written_from_the_run_directory_alone(plan, page, tmp_path):
    place = run_directory.write(plan, tmp_path / "base")
    assert html.write(place) == place / "report.html"
    written = Page((place / "report.html").read_text(encoding="utf-8"))
    assert written.tables == page.tables
    charts, files = (json.loads(written.data)["runs"][0][key] for key in ("charts", "files"))
    assert charts == json.loads(page.data)["runs"][0]["charts"]
    for name, text in files.items():
        assert (place / name).read_bytes() == text.encode()
    run_directory.read(place)


def test_no_half_page_of_an_edited_run(plan, tmp_path):
    place = run_directory.write(plan, tmp_path / "base")
    (place / "costs.csv").write_text("nothing")
    with pytest.raises(RunDirectoryError, match=r"costs\.csv: was edited"):
        html.write(place)
    assert not (place / "report.html").exists()


def test_a_plain_load_without_compute_weather_or_sources_has_a_page(plan, plan_with):
    kpis = plan.kpis[plan.kpis["name"].isin(["annual_cost", "lcoe", "grid_connection"])]
    small = plan_with(
        hourly=plan.hourly[["ac.grid", "ac.pv", "ac.lighting"]], kpis=kpis, assumptions=plan.assumptions[:0],
        capacities=plan.capacities[:0], costs=plan.costs[:0], energy=plan.energy[:0], tables={},
        run={"status": "optimal"},
    )  # fmt: skip
    page = Page(html.render([small]))
    assert "Every cost" not in page.tables
    assert "Headlines" in page.tables
