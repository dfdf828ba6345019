"""The queue: two at a time, cancelled cleanly, found again after a restart."""

import os
from dataclasses import replace

import pytest

from gigasite.reports.serve import jobs, processes, scheduler
from gigasite.reports.serve.jobs import State

WRITES_A_RUN = """
import pathlib, sys
target = pathlib.Path(sys.argv[2]); target.mkdir(parents=True)
(target / "run.json").write_text("{}")
"""
FAILS = """
import sys
print('{"event": "failed", "problems": ["site.yaml:3 grid: is missing."]}'); sys.exit(2)
"""
WRITES_UNTIL_STOPPED = """
import pathlib, shutil, sys, time
target = pathlib.Path(sys.argv[2]); partial = target.with_name(f".{target.name}.partial-1"); partial.mkdir(parents=True)
print("begun", flush=True)
try:
    time.sleep(60)
except KeyboardInterrupt:
    shutil.rmtree(partial); print("Interrupted.", file=sys.stderr); sys.exit(130)
"""
DEAF = WRITES_UNTIL_STOPPED.replace(
    "import ", "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nimport ", 1
)


def states(scheduler):
    return [job.state.value for job in scheduler.jobs()]


def test_two_run_at_a_time_and_the_rest_waits_in_order(scheduler_of):
    one = scheduler_of()
    for name in "abcd":
        one.submit("", name, "base")
    for _ in range(3):
        one.tick()
    assert [job.site for job in one.jobs()] == list("abcd")
    assert states(one) == ["running", "running", "waiting", "waiting"]


def test_next_starts_when_one_ends(scheduler_of, until):
    one = scheduler_of(WRITES_A_RUN)
    for name in "abc":
        one.submit("", name, "base")
    assert {job.state for job in until(one)} == {State.DONE}


def test_job_is_started_with_its_own_file_and_ends_in_its_target(scheduler_of, until, folder):
    script = WRITES_A_RUN + "(target / 'site.yaml').write_text(pathlib.Path(sys.argv[1]).read_text())"
    one = scheduler_of(script)
    (folder.files / "prices.csv").write_text("price\n")
    made = one.submit("site: x\n", "memphis", "dry", [folder.files / "prices.csv"])
    (folder.files / "prices.csv").write_text("changed\n")
    (job,) = until(one)
    assert job.target == "memphis/dry"
    assert (folder.place / "memphis" / "dry" / "site.yaml").read_text() == "site: x\n"
    assert (folder.queue / made.id / "prices.csv").read_text() == "price\n"


def test_runs_are_never_overwritten(scheduler_of, until):
    one = scheduler_of(WRITES_A_RUN)
    assert [one.submit("", "a", "base").target for _ in range(2)] == ["a/base", "a/base_2"]
    until(one)
    assert one.submit("", "a", "base").target == "a/base_3"


def test_failure_keeps_the_words_of_the_program(scheduler_of, until):
    one = scheduler_of(FAILS)
    one.submit("", "a", "base")
    (job,) = until(one)
    assert (job.state, job.exit_code, job.problems) == (State.FAILED, 2, ("site.yaml:3 grid: is missing.",))


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
def test_process_that_was_killed_without_a_word_is_explained(scheduler_of, until):
    one = scheduler_of("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    one.submit("", "a", "base")
    (job,) = until(one)
    assert job.state is State.FAILED
    assert "signal 9" in job.problems[0]


def test_waiting_job_is_cancelled_at_once(scheduler_of):
    one = scheduler_of()
    job = one.submit("", "a", "base")
    one.cancel(job)
    one.tick()
    assert states(one) == ["cancelled"]


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
@pytest.mark.parametrize("script", [WRITES_UNTIL_STOPPED, DEAF], ids=["polite", "deaf"])
def test_cancelled_run_leaves_nothing(scheduler_of, until, folder, monkeypatch, script):
    """A process that does not hear is killed, and what it was writing is removed."""
    monkeypatch.setattr(scheduler, "PATIENCE_SECONDS", 60.0 if script is WRITES_UNTIL_STOPPED else 0.2)
    one = scheduler_of(script)
    made = one.submit("", "a", "base")
    log = folder.queue / made.id / jobs.LOG
    until(one, lambda _: log.exists() and log.read_text().startswith("begun"))
    one.cancel(one.job(made.id))
    one.cancel(one.job(made.id))  # a second click changes nothing
    (job,) = until(one)
    assert job.state is State.CANCELLED
    assert not (folder.place / "a").exists()


def test_restarted_server_finds_a_run_that_goes_on(scheduler_of, until):
    first = scheduler_of("import time; time.sleep(1)\n" + WRITES_A_RUN)
    first.submit("", "a", "base")
    first.tick()
    second = scheduler_of()
    second.tick()
    assert states(second) == ["running"]
    (job,) = until(second)
    assert (job.state, job.tries) == (State.DONE, 1)


def test_restarted_server_reads_why_a_run_failed_meanwhile(scheduler_of, until):
    first = scheduler_of(FAILS)
    first.submit("", "a", "base")
    first.tick()
    next(iter(first._children.values())).wait()
    (job,) = until(scheduler_of())
    assert (job.state, job.exit_code) == (State.FAILED, None)
    assert job.problems == ("site.yaml:3 grid: is missing.",)


def test_run_that_vanished_is_started_once_more_and_then_marked(scheduler_of):
    first = scheduler_of()
    first.submit("", "a", "base")
    for tries in (1, 2):
        first.tick()
        (child,) = first._children.values()
        child.kill()
        child.wait()
        first = scheduler_of()  # the computer was switched off: nobody saw it end
        assert first.jobs()[0].tries == tries
    first.tick()
    assert states(first) == ["interrupted"]


def test_number_of_a_process_that_belongs_to_another_is_not_taken_for_ours(scheduler_of, folder):
    one = scheduler_of()
    job = replace(one.submit("", "a", "base"), state=State.RUNNING, pid=os.getpid(), born=1.0, tries=2, stopping=1.0)
    jobs.save(folder.queue, job)
    assert processes.process(job) is None
    one.tick()
    assert states(one) == ["cancelled"]


def test_failed_job_is_started_again_or_forgotten(scheduler_of, until, folder):
    one = scheduler_of(FAILS)
    made = one.submit("", "a", "base")
    one.again(made)
    one.forget(made)
    assert states(one) == ["waiting"]
    (job,) = until(one)
    one.again(job)
    assert (one.jobs()[0].state, one.jobs()[0].problems) == (State.WAITING, ())
    (job,) = until(one)
    one.forget(job)
    assert one.jobs() == []
    assert not (folder.queue / made.id).exists()


def test_finished_job_is_never_taken_away(scheduler_of, until, folder):
    """The input of its run names the data files that it keeps."""
    one = scheduler_of(WRITES_A_RUN)
    made = one.submit("", "a", "base")
    (job,) = until(one)
    for act in (one.forget, one.again, one.cancel):
        act(made)
    assert one.jobs() == [job]
    assert (folder.queue / made.id).is_dir()


def test_click_that_comes_late_meets_the_job_as_it_is_now(scheduler_of, until):
    """The page said that it waits, but it has started: cancelled by what the page knew, its process would go on."""
    one = scheduler_of()
    made = one.submit("", "a", "base")
    one.tick()
    one.cancel(made)
    assert one.jobs()[0].state is State.RUNNING
    (job,) = until(one)
    assert job.state is State.CANCELLED


def test_solve_that_cannot_be_started_says_so(folder):
    one = scheduler.Scheduler(folder, lambda *_: [str(folder.place / "no such program")])
    one.submit("", "a", "base")
    one.tick()
    assert one.jobs()[0].state is State.FAILED
    assert "cannot be started" in one.jobs()[0].problems[0]


def test_solves_outlive_the_server(scheduler_of):
    """Ctrl-C in the terminal of the server reaches its own session only."""
    one = scheduler_of()
    one.submit("", "a", "base")
    one.tick()
    (child,) = one._children.values()
    if hasattr(os, "getsid"):
        assert os.getsid(child.pid) != os.getsid(0)
    assert child.poll() is None
