"""The page in a browser: nothing fails, nothing is fetched, every chart is drawn, every control does its work."""

import json
import re
import shutil

import pytest

from gigasite.reports.html import page as html
from gigasite.reports.results import run_directory
from gigasite.reports.words import number

pytestmark = pytest.mark.slow

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHARTS = {"dispatch", "load", "energy", "place", "map", "pue", "sizes", "costs", "cash"}


@pytest.fixture(scope="module")
def browser():
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser is installed (none of {', '.join(BROWSERS)})")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def place(plan, plan_with, tmp_path_factory):
    """A page of two runs, the second with half of the sizes."""
    folder = tmp_path_factory.mktemp("page")
    dear = plan_with(scenario="dear", capacities=plan.capacities.assign(value=plan.capacities["value"] / 2))
    runs = [run_directory.read(run_directory.write(one, folder / one.scenario)) for one in (plan, dear)]
    path = folder / "report.html"
    path.write_text(html.render(runs, title="Two plans"), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def opened(browser, place):
    """A function that opens the page; what the browser complains about or asks for must be nothing."""
    contexts, trouble, asked = [], [], []

    def open_page(**settings):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: trouble.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(place.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []
    assert {url.split("#")[0] for url in asked if not url.startswith(("data:", "blob:"))} <= {place.as_uri()}


def until(page, condition, arg=None):
    """Wait until something holds in the page. Playwright's own waiting calls eval, which the page forbids."""
    for _ in range(600):
        if page.evaluate(condition, arg):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {condition}")


def drawn(page, key):
    """Scroll to a chart, wait until it is drawn, and return its plot."""
    plot = page.locator(f".run:not([hidden]) .plot-{key}")
    plot.scroll_into_view_if_needed()
    until(page, "plot => plot.dataset.drawn === 'true'", arg=plot.element_handle())
    return plot


def in_view(page, key="dispatch"):
    """Return name and values of what a chart draws."""
    return drawn(page, key).evaluate(
        "plot => plot.data.map(one => ({name: one.name, y: Array.from(one.y || []), x: Array.from(one.x || [])}))"
    )


def test_every_chart_is_drawn(opened):
    page = opened()
    shown = page.locator(".run:not([hidden]) .chart").evaluate_all("all => all.map(one => one.dataset.chart)")
    assert set(shown) == CHARTS
    for key in CHARTS:
        assert drawn(page, key).locator(".main-svg").first.bounding_box()["height"] > 150, key
        assert len(drawn(page, key).get_attribute("aria-label")) > 40


def test_the_explorer_goes_from_the_year_to_the_day(opened, plan):
    """The year shows means of days; a day shows its hours, those of hourly.csv to one part in 130,000."""
    page = opened()
    assert len(in_view(page)[0]["y"]) == 365 + 1
    chart = page.locator(".run:not([hidden]) [data-chart=dispatch]")
    for span, values in (("Quarter", 91), ("Month", 30 * 24), ("Week", 7 * 24), ("Day", 24)):
        chart.get_by_role("button", name=span, exact=True).click()
        until(
            page,
            "count => document.querySelector('.run:not([hidden]) .plot-dispatch').data[0].y.length === count",
            arg=values + 1,
        )
    assert chart.locator("[aria-pressed=true]").all_inner_texts() == ["Day"]
    slider = chart.get_by_role("slider")
    slider.evaluate("one => { one.value = 199 * 24; one.dispatchEvent(new Event('input')); }")
    until(
        page,
        "hour => document.querySelector('.run:not([hidden]) .plot-dispatch').data[0].x[0] === hour",
        arg=1_767_225_600_000 + 199 * 86_400_000,
    )
    assert slider.get_attribute("aria-valuetext") == "19 Jul to 19 Jul"
    grid = plan.hourly["ac.grid"].sel(phase="2028-07-01").values
    shown = next(one["y"] for one in in_view(page) if one["name"] == "Grid")
    assert shown[:24] == pytest.approx(grid[199 * 24 : 200 * 24].tolist(), abs=(grid.max() - grid.min()) / 131_000)
    chart.get_by_role("button", name="Later").click()
    until(
        page,
        "hour => document.querySelector('.run:not([hidden]) .plot-dispatch').data[0].x[0] === hour",
        arg=1_767_225_600_000 + 200 * 86_400_000,
    )
    chart.locator("summary").click()
    cells = chart.locator("tbody tr", has_text="PV").locator("td").all_inner_texts()
    pv = plan.hourly["ac.pv"].sel(phase="2028-07-01").values[200 * 24 : 201 * 24]
    assert cells == ["PV", number(pv.mean()), "0", number(pv.max())]


def test_dragging_across_the_chart_looks_closer_and_a_double_click_looks_at_the_year(opened):
    page = opened()
    box = drawn(page, "dispatch").bounding_box()
    page.mouse.move(box["x"] + 400, box["y"] + 120)
    page.mouse.down()
    page.mouse.move(box["x"] + 430, box["y"] + 120, steps=5)
    page.mouse.up()
    hours = "document.querySelector('.plot-dispatch').data[0].y.length"
    until(page, f"{hours} > 200 && {hours} < 500")  # 30 of about 1,000 pixels of 8,760 hours
    page.mouse.dblclick(box["x"] + 500, box["y"] + 120)
    until(page, f"{hours} === 366")
    assert len(in_view(page)[0]["y"]) == 365 + 1


def test_other_series_can_be_chosen(opened):
    page = opened()
    drawn(page, "dispatch")
    page.locator(".run:not([hidden]) [data-chart=dispatch] select").select_option(label="Weather")
    until(page, "document.querySelector('.plot-dispatch').data[0].name === 'Dry bulb'")
    assert [one["name"] for one in in_view(page)] == ["Dry bulb", "Wet bulb"]


def test_phase_and_run_change_what_is_shown(opened):
    """The first phase is a fifth of the second; the second run has half of the sizes."""
    page = opened()
    late = max(in_view(page)[0]["y"])
    page.locator("#phase").select_option(label="from 2026")
    until(page, "most => Math.max(...document.querySelector('.plot-dispatch').data[0].y) < most", arg=late / 4)
    assert max(in_view(page)[0]["y"]) == pytest.approx(late / 5, rel=1e-3)
    before = in_view(page, "sizes")
    page.locator("#run").select_option(label="Abu Dhabi, dear")
    assert page.locator(".run:not([hidden])").get_attribute("data-run") == "1"
    assert page.locator("#phase").input_value() == "1"
    after = in_view(page, "sizes")
    assert [one["y"] for one in after] == [[value / 2 for value in one["y"]] for one in before]


def test_the_map_shows_other_measures_and_their_months(opened):
    page = opened()
    chart = page.locator(".run:not([hidden]) [data-chart=map]")
    first = drawn(page, "map").evaluate("plot => [plot.data[0].z.length, plot.data[0].z[0].length]")
    assert first == [24, 365]
    chart.locator("select").select_option(label="Outdoor dry bulb")
    chart.locator("summary").click()
    chart.locator("caption", has_text="Outdoor dry bulb by month").wait_for()
    assert chart.locator("tbody tr").count() == 12
    assert chart.locator("tbody tr").nth(6).locator("td").all_inner_texts()[3] == "42.95"


def test_costs_without_the_accelerators(opened):
    page = opened()
    names = {one["name"] for one in in_view(page, "costs")}
    page.locator(".run:not([hidden]) [data-chart=costs] select").select_option(label="Without the accelerators")
    assert names - {one["name"] for one in in_view(page, "costs")} == {"Accelerators"}


def test_tables_sort_by_number_and_the_total_stays_last(opened):
    page = opened()
    table = page.locator(".run:not([hidden]) table", has=page.locator("caption", has_text=re.compile("^Every cost$")))
    column = lambda: [float(text.replace(",", "")) for text in table.locator("tbody td:nth-child(3)").all_inner_texts()]  # noqa: E731
    head = table.get_by_role("button", name="2026")
    head.click()
    assert column() == sorted(column())
    assert table.locator("th[aria-sort=ascending]").count() == 1
    head.press("Enter")
    assert column() == sorted(column(), reverse=True)
    assert table.locator("tfoot td").first.inner_text() == "Total"


DOWNLOADS = 10  # that Chromium allows a page before it asks


def test_saved_files_are_those_of_the_run_directory(opened, place):
    names = list(json.loads(opened().locator("#data").inner_text())["runs"][0]["files"])
    assert len(names) >= 10
    for first in range(0, len(names), DOWNLOADS):
        files = opened().locator(".run:not([hidden]) .files")
        for name in names[first : first + DOWNLOADS]:
            files.locator("select").select_option(label=name)
            with files.page.expect_download() as waited:
                files.locator(f"[data-save='{name}']").click()
            assert waited.value.suggested_filename == name
            assert waited.value.path().read_bytes() == (place.parent / "base" / name).read_bytes()


def test_tables_of_the_run_are_searched(opened, plan):
    page = opened()
    files = page.locator(".run:not([hidden]) .files")
    files.locator("select").select_option(label="assumptions.csv")
    assert files.locator("tbody tr:visible").count() == len(plan.assumptions)
    files.get_by_label("Find").fill("dry_cooler")
    assert files.locator("tbody tr:visible").count() == 2
    assert "2 of 46 rows" in files.inner_text()


def test_everything_is_reached_by_keyboard_and_seen(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    drawn(page, "dispatch")
    unreachable = page.evaluate(
        """() => [...document.querySelectorAll('.run:not([hidden]) :is(a, button, select, input, summary, .scroll)')]
        .filter(one => one.checkVisibility() && !one.disabled && !one.closest('.plot') && !one.querySelector('.plot'))
        .filter(one => { one.focus(); return document.activeElement !== one; })
        .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert unreachable == []
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input, a')]
        .filter(one => !one.closest('.plot') && !(one.textContent || one.ariaLabel || (one.labels || []).length))
        .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert unnamed == []
    page.locator("#theme").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    outline = page.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth"
    )
    assert outline == "solid3px"


@pytest.mark.parametrize("wanted", ["light", "dark"])
def test_day_and_night_follow_the_system_and_the_button(opened, wanted):
    page = opened(color_scheme=wanted)
    ink = {"light": "rgb(27, 36, 48)", "dark": "rgb(232, 236, 241)"}
    other = {"light": "dark", "dark": "light"}[wanted]
    text = lambda: page.evaluate("getComputedStyle(document.body).color")  # noqa: E731
    chart = lambda: drawn(page, "load").locator(".xtitle").evaluate("one => getComputedStyle(one).fill")  # noqa: E731
    assert (text(), chart()) == (ink[wanted], ink[wanted])
    page.get_by_role("button", name="Dark", exact=True).click()
    assert text() == ink[other]
    until(page, "ink => getComputedStyle(document.querySelector('.plot-load .xtitle')).fill === ink", arg=ink[other])
    assert chart() == ink[other]


@pytest.mark.parametrize("width", [320, 375])
def test_a_phone_scrolls_down_only(opened, width):
    page = opened(viewport={"width": width, "height": 700}, is_mobile=True, has_touch=True)
    for key in CHARTS:
        drawn(page, key)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_paper_has_every_chart_by_day(opened):
    page = opened(color_scheme="dark")
    page.evaluate("gigasite.charts.onPaper(true)")
    assert page.locator(".run:not([hidden]) .plot[data-drawn=true]").count() == len(CHARTS)
    assert page.evaluate("gigasite.colour('ink')") == "#1b2430"
    page.evaluate("gigasite.charts.onPaper(false)")
    assert page.evaluate("gigasite.colour('ink')") == "#e8ecf1"
