"""Jobs as files."""

import json

from gigasite.reports.serve import jobs
from gigasite.reports.serve.jobs import Job, State


def job(**changes):
    return Job(**{"id": "1", "site": "a", "scenario": "base", "target": "a/base", **changes})


def test_job_reads_back_as_it_was_written(tmp_path):
    one = job(state=State.FAILED, created=1.5, started=2.0, ended=3.0, exit_code=2, problems=("a", "b"), tries=1)
    jobs.add(tmp_path, one, "site: ü\n", [])
    assert jobs.load(tmp_path) == [one]
    assert (tmp_path / "1" / "a.yaml").read_bytes() == "site: ü\n".encode()


def test_jobs_come_in_the_order_in_which_they_were_asked_for(tmp_path):
    for name, created in (("x", 3.0), ("y", 1.0), ("z", 2.0)):
        jobs.add(tmp_path, job(id=name, created=created), "", [])
    assert [each.id for each in jobs.load(tmp_path)] == ["y", "z", "x"]


def test_folder_without_a_readable_state_is_no_job(tmp_path):
    """A crash between the site file and the state, a half-written or foreign state, a copied folder."""
    for name, text in (("cut", '{"id": "cut"'), ("foreign", "[]"), ("new", json.dumps({"id": "new", "odd": 1}))):
        (tmp_path / name).mkdir()
        (tmp_path / name / jobs.STATE).write_text(text)
    (tmp_path / "empty").mkdir()
    jobs.add(tmp_path, job(), "", [])
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / jobs.STATE).write_bytes((tmp_path / "1" / jobs.STATE).read_bytes())
    assert [each.id for each in jobs.load(tmp_path)] == ["1"]


def test_state_is_replaced_whole(tmp_path):
    jobs.add(tmp_path, job(), "", [])
    jobs.save(tmp_path, job(state=State.DONE))
    assert jobs.load(tmp_path)[0].state is State.DONE
    assert sorted(each.name for each in (tmp_path / "1").iterdir()) == ["a.yaml", jobs.STATE]


def test_id_names_the_site():
    assert "-memphis-" in jobs.new_id("memphis")
