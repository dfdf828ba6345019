"""The pages, and the files that they send."""

import io
import re
import shutil
import zipfile

import pytest

from gigasite.reports.cooling import directory as cooling_directory
from gigasite.reports.results import run_directory

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def written(tmp_path_factory, plan_with, cooled):
    """Two plans and a cooling comparison; the second plan has names that would be markup."""
    place = tmp_path_factory.mktemp("written")
    plan = plan_with()
    dearer = plan.kpis["value"].where(plan.kpis["name"] != "annual_cost", 1.1 * plan.kpis["value"])
    evil = plan_with(site=EVIL, scenario=EVIL, kpis=plan.kpis.assign(value=dearer), run={**plan.run, "name": EVIL})
    run_directory.write(plan, place / "abu" / "base")
    run_directory.write(evil, place / "abu" / "evil")
    cooling_directory.write(cooled, place / "cooling" / "hot")
    (place / "abu" / "base" / "report.pdf").write_bytes(b"%PDF")
    (place / "abu" / "base" / "report.html").write_text("<script>1</script>")
    return place


@pytest.fixture
def runs(folder, written):
    """A copy of what was written, to be served."""
    shutil.copytree(written, folder.place, dirs_exist_ok=True)
    return folder


def test_empty_folder_says_how_to_begin(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Nothing planned yet" in answer.text
    assert 'href="/edit"' in answer.text


def test_list_shows_runs_with_their_figures(client, runs):
    text = client.get("/").text
    assert re.search(r"Annual cost</th>", text)
    assert 'href="/runs/abu/base"' in text
    assert 'href="/runs/cooling/hot"' in text
    assert text.count('type="checkbox"') == 2  # plans can be compared, a comparison cannot


def test_markup_in_names_is_shown_as_text(client, runs):
    for path in ("/", "/runs/abu/evil", "/compare?run=abu/base&run=abu/evil", f"/edit?site={EVIL}", f"/runs/{EVIL}"):
        assert EVIL not in client.get(path).text, path
    assert "&lt;script&gt;" in client.get("/runs/abu/evil").text


def test_text_that_closes_the_text_box_stays_in_it(client, served, site_text):
    text = site_text + "# </textarea>" + EVIL
    served.scheduler.submit(text, "field", "base")
    page = client.get(f"/edit?job={served.scheduler.jobs()[0].id}").text
    assert EVIL not in page
    assert "&lt;/textarea&gt;" in page


def test_run_shows_figures_and_sends_files(client, runs):
    page = client.get("/runs/abu/base")
    assert page.status_code == 200
    assert "Headline figures" in page.text
    kept = client.get("/files/abu/base/report.pdf?keep")
    assert kept.headers["content-disposition"] == 'attachment; filename="abu_base_report.pdf"'
    assert (kept.headers["content-type"], kept.content) == ("application/pdf", b"%PDF")
    assert client.get("/files/abu/base/kpis.csv").headers["content-disposition"].startswith("attachment")


def test_html_report_runs_in_a_sandbox(client, runs):
    """A report that somebody sent may hold any script; it must not reach the token of the page."""
    policy = client.get("/files/abu/base/report.html").headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts")
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy


def test_zip_holds_every_file(client, runs):
    answer = client.get("/zip/abu/base")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert sorted(archive.namelist()) == sorted(
            f"abu_base/{name}" for name in [each.name for each in (runs.place / "abu" / "base").iterdir()]
        )


def test_comparison_shows_changes_from_the_first(client, runs):
    text = client.get("/compare?run=abu/base&run=abu/evil").text
    assert "+10.0 %" in text
    assert text.count("+10.0 %") == 1


@pytest.mark.parametrize(
    "query", ["", "?run=abu/base", "?run=abu/base&run=abu/base", "?" + "&".join(f"run={n}" for n in range(9))]
)
def test_comparison_needs_two_to_eight_plans(client, runs, query):
    assert client.get(f"/compare{query}").status_code == 422


def test_edited_run_is_said_to_be_so_and_not_shown(client, runs):
    with (runs.place / "abu" / "base" / "costs.csv").open("a") as stream:
        stream.write("\n")
    for path in ("/runs/abu/base", "/compare?run=abu/base&run=abu/evil"):
        answer = client.get(path)
        assert answer.status_code == 409
        assert "was edited after the run" in answer.text
        assert "Headline figures" not in answer.text


def test_cooling_comparison_has_its_page(client, runs):
    assert "Hot Field: dry wins." in client.get("/runs/cooling/hot").text


@pytest.mark.parametrize(
    "path",
    [
        "/runs/%2e%2e/secret", "/runs/abu/..%2f..%2fsecret", "/runs//etc",
        "/files/abu/base/..%2f..%2f..%2fsecret.txt",
        "/files/%2fetc%2fpasswd", "/files/.queue/server.json", "/zip/.queue", "/zip/", "/runs/", "/files/",
        "/files/abu/base/", "/files/abu/base", "/edit?run=../secret", "/edit?site=../reader", "/edit?job=..",
        "/jobs/%2e%2e%2fx",
        "/static/..%2fapp.py", "/static/../guard.py", "/compare?run=../secret&run=abu/base", "/nothing",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_the_folder(client, folder, path):
    for place in (folder.place / "abu" / "base", folder.place.parent / "secret"):
        place.mkdir(parents=True)
        (place / "run.json").write_text('{"program": "gigasite"}')
    (folder.place.parent / "secret.txt").write_text("secret")
    (folder.queue / "server.json").write_text("secret")
    assert client.get(path).status_code == 404, path


def test_run_can_be_planned_again_from_its_input(client, runs):
    page = client.get("/edit?run=abu/base").text
    assert 'id="name" value="abu"' in page
    assert "textarea" in page


def test_pages_need_nothing_from_elsewhere(client, runs):
    """No network: every address of a page is on this server."""
    for path in ("/", "/edit", "/runs/abu/base", "/compare?run=abu/base&run=abu/evil"):
        text = client.get(path).text
        assert not re.findall(r'(?:src|href|action)="(?!/|#)[^"]*"', text), path
        for address in re.findall(r'(?:src|href)="(/static/[^"]*)"', text):
            assert client.get(address).status_code == 200, address
        assert "style=" not in text  # would be refused by the policy


def test_failed_job_tells_why(client, served, scheduler_of, until, site_text):
    one = scheduler_of("import sys; sys.exit('field.yaml:3 grid: 5 MW are short. Raise the offer.')")
    made = one.submit(site_text, "field", "base")
    until(one)
    page = client.get(f"/jobs/{made.id}").text
    assert "5 MW are short" in page
    assert "Start again" in page
    assert "5 MW are short" in client.get("/").text
