"""From a blank start to a downloaded PDF, in Chromium, with real solves. Set GIGASITE_SHOTS to a folder to see it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in BROWSERS if (path := shutil.which(name))), None)
PATIENCE_MS = 120_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason=f"no browser is installed (none of {', '.join(BROWSERS)})"),
]


@pytest.fixture
def address(tmp_path):
    """Start the real program on a folder that does not exist yet, on a free port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gigasite.reports", "serve", str(tmp_path / "runs"), "--port", "0"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert found, line + process.stdout.read()
    yield found[0]
    process.terminate()
    process.communicate(timeout=30)


@pytest.fixture
def page(tmp_path):
    """A page of a browser that reports every error and every request to elsewhere."""
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 900})
        one = context.new_page()
        one.set_default_timeout(PATIENCE_MS)
        errors = []
        context.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("request", lambda asked: None if "127.0.0.1" in asked.url[:20] else errors.append(asked.url))
        one.errors = errors
        yield one
        browser.close()


def shot(page, name):
    """Keep a picture by day, by night and on a phone, if somebody wants to look."""
    folder = os.environ.get("GIGASITE_SHOTS")
    if not folder:
        return
    for tag, scheme, width in (("light", "light", 1280), ("dark", "dark", 1280), ("phone", "light", 390)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=f"{folder}/{name}_{tag}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_planner_goes_from_nothing_to_a_pdf(page, address, site_text, tmp_path):
    page.goto(address)
    shot(page, "1_empty")
    page.get_by_role("link", name="Start from a commented file").click()
    page.locator(".verdict.right").wait_for()

    # A mistake is shown with line, rule, value and remedy; its button leads there; nothing can be started.
    page.locator("#text").fill(site_text.replace("demand: 1 MW", "demand: 1 MWh").replace("abu_dhabi", "abu_dabi"))
    page.locator("#name").fill("small_field")
    page.locator(".verdict.wrong").wait_for()
    problems = page.locator("#problems > li")
    assert problems.count() == 2
    assert "demand must be a quantity in MW" in problems.nth(1).inner_text()
    assert "'1 MWh'" in problems.nth(1).inner_text()
    assert page.locator("#gutter .wrong").all_inner_texts() == ["2", "5"]
    problems.nth(1).get_by_role("button", name="Line 5").click()
    assert page.evaluate("document.activeElement.id") == "text"
    chosen = "(e => e.value.slice(e.selectionStart, e.selectionEnd))(document.activeElement)"
    assert "hall" in page.evaluate(chosen)
    assert page.get_by_role("button", name="Start").is_disabled()
    shot(page, "2_mistakes")

    # What was typed survives a reload.
    page.reload()
    page.locator(".verdict.wrong").wait_for()
    assert "1 MWh" in page.locator("#text").input_value()

    page.locator("#text").fill(site_text)
    page.locator(".verdict.right").wait_for()
    page.get_by_label("dear").check()
    page.get_by_role("button", name="Start 2 solves").click()

    # Both run; the page of one shows stages, survives a reload, and ends with the plan.
    page.locator(".badge.running").first.wait_for()
    page.get_by_role("listitem").filter(has_text="base").get_by_role("link", name="small_field").click()
    page.locator(".stages .now").wait_for()
    page.reload()
    page.locator(".stages .done").nth(2).wait_for()
    shot(page, "3_running")
    page.locator(".badge.done").wait_for()
    shot(page, "4_finished")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Download the PDF").click()
    assert downloaded.value.suggested_filename == "small_field_base_report.pdf"
    assert Path(downloaded.value.path()).read_bytes().startswith(b"%PDF-")
    page.get_by_role("link", name="Open the plan").click()
    page.get_by_role("heading", name="Headline figures").wait_for()
    shot(page, "5_plan")

    # Side by side, by keyboard.
    page.goto(address)
    page.locator('input[name="run"]').nth(1).wait_for()
    for box in page.locator('input[name="run"]').all():
        box.focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Compare 2").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Side by side").wait_for()
    assert "Cost of electricity" in page.locator("table").inner_text()
    assert page.locator("td.changed").count() > 0
    shot(page, "6_compare")
    page.get_by_role("link", name="Explore every hour of them").click()
    plot = page.locator(".plot-load").first
    plot.scroll_into_view_if_needed()
    page.wait_for_function("plot => plot.dataset.drawn === 'true'", arg=plot.element_handle())
    shot(page, "7_explore")
    assert page.errors == []
    done = json.loads((tmp_path / "runs" / "small_field" / "base" / "run.json").read_text())
    assert done["run"]["status"] == "optimal"


def test_solve_is_cancelled_from_its_page(page, address, tmp_path):
    page.goto(f"{address}edit?site=singapore")
    page.locator(".verdict.right").wait_for()
    page.get_by_role("button", name="Start").click()
    page.locator(".stages .now").wait_for()
    page.get_by_role("button", name="Cancel").click()
    page.locator(".badge.cancelled").wait_for()
    page.get_by_text("Nothing was written").wait_for()
    assert not (tmp_path / "runs" / "singapore").exists()
    page.get_by_role("button", name="Remove from the list").click()
    page.get_by_text("Nothing planned yet").wait_for()
    assert page.errors == []


@pytest.mark.parametrize("where", ["", "edit", "nothing"])
def test_pages_fit_a_phone_and_are_named_for_those_who_do_not_see(page, address, where):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + where)
    page.locator("h1").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    unnamed = "[...document.querySelectorAll('input,select,textarea,button')].filter(e => !e.labels?.length && "
    unnamed += "!e.ariaLabel && !e.textContent.trim()).map(e => e.outerHTML)"
    assert page.evaluate(unnamed) == []
    assert page.evaluate("document.documentElement.lang") == "en"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
