"""What a worker of a sweep does: one run from plain data to the files of its run directory, as bytes.

Workers on other machines share no disk with whoever asked, so a run comes to them with every file that it needs, and
comes back as the content of its files.
"""

from __future__ import annotations

import tempfile
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gigasite.models.errors import PlanError
from gigasite.sites.drafts import Draft

if TYPE_CHECKING:
    from gigasite.solvers import Memory

DONE, FAILED, OPEN = "done", "failed", "open"
UNEXPECTED = 4
"""Exit code of a run that ended in a way nobody foresaw."""


@dataclass(frozen=True)
class Job:
    """One run, as it is handed to a worker.

    Parameters
    ----------
    name, key : str
        Of the run.
    draft : Draft
        Packed: its site is read from it alone.
    record : mapping
        What ``run.json`` says about the sweep.
    pdf : bool
        Write report.pdf too.
    warm : bool
        Keep the sizes of a run of the sweep that the worker made before, where they are certified as closely.
    sweep : str
        Folder of the sweep; a worker of a cluster may see several.
    version : str
        Version of the program that asks.
    """

    name: str
    key: str
    draft: Draft
    record: Mapping[str, Any]
    pdf: bool = False
    warm: bool = True
    sweep: str = ""
    version: str = field(default_factory=lambda: metadata.version("gigasite"))


@dataclass(frozen=True)
class Outcome:
    """What became of a run.

    Parameters
    ----------
    name, key : str
        Of the run.
    status : {"done", "failed"}
    exit_code : int
        That ``gigasite solve`` would have ended with.
    explanation : tuple of str
        Why it failed, in sentences.
    seconds : float
        That the worker took.
    files : mapping of str to bytes
        Content of the run directory.
    log : bytes
        What the solver said in a run that failed.
    """

    name: str
    key: str
    status: str
    exit_code: int
    explanation: tuple[str, ...]
    seconds: float
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    log: bytes = field(default=b"", repr=False)


def work(job: Job) -> Outcome:
    """Make the plan of a job; whatever goes wrong is the outcome, so that it stops nothing else."""
    from ..results import run_directory

    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="gigasite-") as folder:
        log = Path(folder) / run_directory.LOG
        try:
            files = _files(job, begun, log)
        except PlanError as error:
            exit_code, explanation = error.exit_code, error.problems
        except MemoryError:
            told = "The memory was not enough. Use fewer workers, or a machine with more memory."
            exit_code, explanation = UNEXPECTED, (told,)
        except Exception as error:  # a fault of the program ends this run, and not the sweep
            last = traceback.extract_tb(error.__traceback__)[-1]
            told = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
            fault = f"{told}. This is a fault of gigasite: please report it with the site file and the plan."
            exit_code, explanation = UNEXPECTED, (fault,)
        else:
            return Outcome(job.name, job.key, DONE, 0, (), time.perf_counter() - begun, files)
        said = log.read_bytes() if log.is_file() else b""
        return failed(job, exit_code, explanation, time.perf_counter() - begun, said)


def failed(job: Job, exit_code: int, explanation: tuple[str, ...], seconds: float = 0.0, log: bytes = b"") -> Outcome:
    """Return the outcome of a run that has no plan."""
    return Outcome(job.name, job.key, FAILED, exit_code, explanation, seconds, log=log)


def _files(job: Job, begun: float, log: Path) -> dict[str, bytes]:
    from gigasite.sites.drafts import unpacked
    from gigasite.sites.study import study
    from gigasite.solvers import keeping

    from ..pages import pdf
    from ..results import run_directory

    _check_version(job)
    site = unpacked(job.draft, Path(_folder().name))
    read = time.perf_counter() - begun
    memory = _memory(job.sweep) if job.warm else None
    if memory is not None:
        memory.name = job.name
    with keeping(log):
        plan = study(site, memory=memory)
    seconds = {"read": round(read, 3), **plan.run["seconds"]}
    whole = replace(plan, run={**plan.run, "seconds": seconds, "sweep": {**job.record, "key": job.key}})
    place = run_directory.write(whole, log.with_name("run"), log=log)
    if job.pdf:
        pdf.write(place)
    return {each.name: each.read_bytes() for each in sorted(place.iterdir())}


def _check_version(job: Job) -> None:
    here = metadata.version("gigasite")
    if here != job.version:
        raise PlanError(
            f"the worker has gigasite {here}, the sweep was started by {job.version}. Install the same version on both."
        )


@lru_cache(maxsize=1)
def _memory(sweep: str) -> Memory:
    """Return what this process remembers of the runs of a sweep; those of the sweep before are forgotten.

    Another sweep may have runs of the same names, and ``sizes_from`` is to name one of its own.
    """
    from gigasite.solvers import Memory

    return Memory()


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Return where this process keeps the inputs that came with its jobs; gone when it ends."""
    return tempfile.TemporaryDirectory(prefix="gigasite-inputs-")
