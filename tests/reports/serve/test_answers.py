"""What the scripts of the pages ask for."""

import pytest


def solve(client, text, name="field", scenarios=("base",)):
    return client.post("/api/solve", json={"text": text, "name": name, "scenarios": list(scenarios)})


def test_check_gives_line_rule_value_and_remedy(client, site_text):
    answer = client.post(
        "/api/check", json={"text": site_text.replace("1 MW}", "1 MWh}"), "scenarios": ["base"]}
    ).json()
    assert not answer["right"]
    assert answer["problems"] == [
        {
            "line": 5, "place": "load 'hall'", "rule": "demand must be a quantity in MW", "value": "'1 MWh'",
            "remedy": "",
        }
    ]  # fmt: skip
    assert answer["scenarios"] == {"dear": "Power costs twice as much."}


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"text": 1}', b'{"text": "", "scenarios": []}', b'{"text": "", "scenarios": 3}', b"[" * 9999],
)
def test_request_that_is_none_is_refused(client, body):
    assert client.post("/api/check", content=body).status_code == 400


def test_solve_queues_one_job_per_scenario(client, served, site_text):
    made = solve(client, site_text, scenarios=("base", "dear"))
    assert made.status_code == 201
    assert [job.target for job in served.scheduler.jobs()] == ["field/base", "field/dear"]
    assert [job["state"] for job in client.get("/api/jobs").json()] == ["waiting", "waiting"]
    assert [job["ahead"] for job in client.get("/api/jobs").json()] == [1, 0]


def test_wrong_file_is_never_queued(client, served, site_text):
    answer = solve(client, site_text.replace("1 MW}", "1 MWh}"))
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["line"] == 5
    assert served.scheduler.jobs() == []


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", ".x", "-x", "a b", "a\n", "ü", "x" * 61, None, 3])
def test_name_of_a_run_is_plain(client, served, site_text, name):
    """It becomes a folder, and a word of a command."""
    assert solve(client, site_text, name=name).status_code == 422
    assert served.scheduler.jobs() == []


def test_scenario_whose_name_is_no_folder_is_not_solved_here(client, served, site_text):
    text = site_text + "  ../x: {grid: {utility: {energy_price: 80 USD/MWh}}}\n"
    assert solve(client, text, scenarios=("../x",)).status_code == 422
    assert served.scheduler.jobs() == []


def test_every_change_needs_the_token(client, site_text):
    bare = {"x-gigasite-token": ""}
    for path in ("/api/check", "/api/solve", "/api/jobs/x/cancel", "/api/files/a.csv", "/api/files/a.csv/remove"):
        assert client.post(path, headers=bare).status_code == 403


def test_nothing_changes_by_looking(client, served, site_text):
    """A link or a picture on another page can make a browser GET."""
    solve(client, site_text)
    (job,) = served.scheduler.jobs()
    for act in ("cancel", "again", "forget"):
        assert client.get(f"/api/jobs/{job.id}/{act}").status_code == 405
    assert client.get("/api/solve").status_code == 405
    assert served.scheduler.jobs() == [job]


def test_job_is_watched_cancelled_and_forgotten(client, served, site_text):
    solve(client, site_text)
    path = f"/api/jobs/{served.scheduler.jobs()[0].id}"
    assert client.get(path).json()["stages"][0] == {"name": "Read the site file", "state": "open", "seconds": None}
    assert client.post(f"{path}/cancel").status_code == 200
    assert client.get(path).json()["label"] == "Cancelled"
    assert client.post(f"{path}/explode").status_code == 404
    assert client.post(f"{path}/forget").status_code == 200
    assert client.get(path).status_code == 404


def test_data_files_are_added_listed_and_removed(client):
    assert client.post("/api/files/prices.csv", content=b"price\n1\n").json() == [{"name": "prices.csv", "bytes": 8}]
    assert client.post("/api/files/evil.py", content=b"").status_code == 422
    assert client.post("/api/files/..%2Fprices.csv", content=b"").status_code in (404, 405, 422)
    assert client.get("/api/files").json() == [{"name": "prices.csv", "bytes": 8}]
    assert client.post("/api/files/prices.csv/remove").json() == []
