"""Runs jobs, two at a time: starts processes, sees them end, cancels them, finds them again after a restart.

A job outlives the server: its process has a session of its own. A server that starts looks every running job up by the
number and the birth of its process. If the process is gone, the run directory tells whether it finished; if not, its
last words tell why; if there are none (a power cut, a killed machine) it is started once more, and then marked as
interrupted.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ..results import directories
from . import jobs, processes
from .folder import Folder
from .jobs import OPEN, Job, State
from .log import read as read_log

AT_ONCE = 2
TRIES = 2
PATIENCE_SECONDS = 15.0
"""Between the polite request to stop and the end of a process."""

Command = Callable[[Path, Job, Path], Sequence[str]]


class Scheduler:
    """The queue of a folder of runs. Every method may be called from any thread.

    Parameters
    ----------
    folder : Folder
    command : callable
        Site file, job and run directory -> what to run.
    """

    def __init__(self, folder: Folder, command: Command = processes.solve_command) -> None:
        self._folder, self._command = folder, command
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._lock = threading.RLock()

    def jobs(self) -> list[Job]:
        """Return every job, the first that was asked for first."""
        return jobs.load(self._folder.queue)

    def job(self, name: str) -> Job | None:
        """Return a job by its id."""
        return next((job for job in self.jobs() if job.id == name), None)

    def submit(self, text: str, site: str, scenario: str, files: Iterable[Path] = ()) -> Job:
        """Put a checked site file into the queue.

        Parameters
        ----------
        text : str
            Of the site file.
        site, scenario : str
            Plain names: they become parts of the path of the run directory.
        files : paths
            Data files that it names; copied, so that later changes do not matter.
        """
        with self._lock:
            taken = {job.target for job in self.jobs() if job.state in OPEN}
            target = self._folder.free(site, scenario, taken)
            job = Job(jobs.new_id(site), site, scenario, target, created=time.time())
            jobs.add(self._folder.queue, job, text, files)
            return job

    def again(self, job: Job) -> None:
        """Put a job that ended without a plan into the queue once more."""
        with self._lock:
            job = self.job(job.id) or job
            if job.state in OPEN or job.state is State.DONE:
                return
            blank = Job(job.id, job.site, job.scenario, job.target, created=time.time())
            jobs.save(self._folder.queue, blank)

    def forget(self, job: Job) -> None:
        """Take a job that ended without a plan off the list; those with one keep the data files that it names."""
        with self._lock:
            job = self.job(job.id) or job
            if job.state not in OPEN and job.state is not State.DONE:
                shutil.rmtree(self._folder.queue / job.id, ignore_errors=True)

    def cancel(self, job: Job) -> None:
        """End a job; one that runs is asked to stop as by Ctrl-C, and leaves nothing half-written."""
        with self._lock:
            job, now = self.job(job.id) or job, time.time()
            if job.state is State.WAITING:
                self._save(replace(job, state=State.CANCELLED, ended=now))
            elif job.state is State.RUNNING and job.stopping is None:
                self._save(replace(job, stopping=now))
                processes.ask_to_stop(processes.process(job))

    def tick(self) -> None:
        """See what ended, end what was told to stop, start what may start."""
        with self._lock:
            running = [job for job in self.jobs() if job.state is State.RUNNING]
            busy = sum(not self._ended(job) for job in running)
            waiting = [job for job in self.jobs() if job.state is State.WAITING]
            for job in waiting[: max(0, AT_ONCE - busy)]:
                self._start(job)

    def _save(self, job: Job) -> None:
        jobs.save(self._folder.queue, job)

    def _start(self, job: Job) -> None:
        folder, target = self._folder.queue / job.id, self._folder.place / job.target
        command = self._command(folder / f"{job.site}.yaml", job, target)
        try:
            child = self._children[job.id] = processes.start(command, folder, folder / jobs.LOG)
        except OSError as problem:
            words = (
                f"The solve cannot be started ({problem.strerror or problem}). Free memory or disk, and start it again."
            )
            self._save(replace(job, state=State.FAILED, ended=time.time(), problems=(words,)))
            return
        begun = replace(
            job,
            state=State.RUNNING,
            started=time.time(),
            pid=child.pid,
            born=processes.born(child.pid),
            tries=job.tries + 1,
        )
        self._save(begun)

    def _ended(self, job: Job) -> bool:
        """Return whether a running job has ended, and write down what became of it."""
        child, process = self._children.get(job.id), processes.process(job)
        code = child.poll() if child is not None else None
        if code is None and process is not None:
            if job.stopping is not None and time.time() - job.stopping > PATIENCE_SECONDS:
                processes.kill(process)
            return False
        self._children.pop(job.id, None)
        self._save(self._judged(job, code))
        return True

    def _judged(self, job: Job, code: int | None) -> Job:
        """Return a job whose process is gone with what became of it; ``code`` is None where no one saw it end."""
        target = self._folder.place / job.target
        whole = (target / directories.RECORD).is_file()
        ended = replace(job, ended=time.time(), exit_code=code, pid=None, born=None)
        if whole and not code:
            return replace(ended, state=State.DONE)
        _tidy(target)
        if job.stopping is not None:
            return replace(ended, state=State.CANCELLED)
        words = read_log(self._folder.queue / job.id / jobs.LOG).problems
        if words:
            return replace(ended, state=State.FAILED, problems=words)
        if code is not None:
            return replace(ended, state=State.FAILED, problems=(processes.silent_end(code),))
        if job.tries < TRIES:
            return replace(ended, state=State.WAITING, ended=None, started=None)
        return replace(ended, state=State.INTERRUPTED)


def _tidy(target: Path) -> None:
    """Remove what a process that was killed while writing left beside its run directory."""
    if target.parent.is_dir():
        for partial in target.parent.glob(f".{target.name}.partial-*"):
            shutil.rmtree(partial, ignore_errors=True)
        with suppress(OSError):
            target.parent.rmdir()  # only if empty
