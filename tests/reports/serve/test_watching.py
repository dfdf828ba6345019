"""How jobs are shown."""

import json
import time

from gigasite.reports.serve import jobs
from gigasite.reports.serve.jobs import Job, State
from gigasite.reports.serve.watching import every, shown


def at_work(folder, *lines, **changes):
    job = Job(**{"id": "1", "site": "a", "scenario": "base", "target": "a/base", "state": State.RUNNING, **changes})
    jobs.add(folder.queue, job, "", [])
    events = [json.dumps({"event": "stage", "gap": None, **line}) for line in lines]
    (folder.queue / "1" / jobs.LOG).write_text("\n".join(events))
    return job


def test_stages_are_done_at_work_or_to_come(folder):
    job = at_work(
        folder,
        {"stage": "read", "seconds": 1.5},
        {"stage": "solve", "seconds": 0.2, "gap": 0.004, "expected_seconds": 40.0},
        started=time.time() - 12,
    )
    seen = shown(folder, job)
    assert [(stage["name"], stage["state"]) for stage in seen["stages"]] == [
        ("Read the site file", "done"), ("Find the best sizes", "now"), ("Check every hour", "open"),
        ("Write the run", "open"), ("Set the report", "open"),
    ]  # fmt: skip
    assert (seen["gap"], seen["usual"], seen["stage"]) == ("0.4 %", "usually 40 s", "Find the best sizes")
    assert 12 <= seen["seconds"] < 60


def test_stage_of_another_release_is_shown_by_its_name(folder):
    seen = shown(folder, at_work(folder, {"stage": "polish_sizes", "seconds": 1.0}))
    assert seen["stage"] == "Polish sizes"


def test_job_that_is_being_cancelled_says_so(folder):
    assert shown(folder, at_work(folder, stopping=1.0))["label"] == "Stopping"


def test_waiting_jobs_know_how_many_are_before_them(folder):
    found = [
        Job(id=str(n), site="a", scenario="base", target="a/base", state=state)
        for n, state in enumerate((State.DONE, State.WAITING, State.WAITING, State.FAILED, State.WAITING))
    ]
    assert [each["ahead"] for each in every(folder, found)] == [2, 0, 1, 0, 0]
