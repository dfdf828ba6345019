"""The folder of a sweep: a run directory for every run that is done, and an index that says what became of each."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from gigasite.models.errors import RunDirectoryError
from gigasite.sites.sweep_runs import SweepRun

from ..results import directories
from ..results.run_directory import PLAN, failed_log
from .work import DONE, FAILED, OPEN, Outcome

INDEX = "sweep.json"
KIND, FORMAT = "sweep", 1
LOCK = ".lock"


@dataclass(frozen=True)
class Entry:
    """What the index says about a run.

    Parameters
    ----------
    run : SweepRun
    status : {"done", "failed", "open"}
    exit_code : int or None
        That of ``gigasite solve``; None while it is open.
    explanation : tuple of str
        Why it failed.
    seconds : float or None
        That it took.
    directory : str
        Where its plan is, from the folder of the sweep; empty without one.
    """

    run: SweepRun
    status: str = OPEN
    exit_code: int | None = None
    explanation: tuple[str, ...] = ()
    seconds: float | None = None
    directory: str = ""


@dataclass
class SweepDirectory:
    """The folder of a sweep, and what is known about its runs.

    Parameters
    ----------
    place : Path
        The folder.
    title : str
        Of the plan.
    entries : list of Entry
        One for each run of the plan, in its order.
    """

    place: Path
    title: str
    entries: list[Entry] = field(default_factory=list)

    def missing(self) -> list[SweepRun]:
        """Return what has to be made: open runs, and of those with the same inputs one."""
        found: dict[str, SweepRun] = {}
        for entry in self.entries:
            if entry.status == OPEN:
                found.setdefault(entry.run.key, entry.run)
        return list(found.values())

    def collect(self, outcome: Outcome) -> None:
        """Write the plan of a run or the log of its failure, and note what became of every run with its inputs."""
        directory, explanation = "", outcome.explanation
        log = failed_log(self.place / outcome.name)
        log.unlink(missing_ok=True)
        if outcome.status == DONE:
            directory = self._free(outcome)
            _write_run(self.place / directory, outcome.files)
        elif outcome.log:
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_bytes(outcome.log)
            explanation += (
                f"What the solver said is kept in {log.relative_to(self.place).as_posix()} beside {INDEX}.",
            )
        self.entries = [
            replace(
                entry,
                status=outcome.status,
                exit_code=outcome.exit_code,
                explanation=explanation,
                seconds=round(outcome.seconds, 3),
                directory=directory,
            )
            if entry.run.key == outcome.key
            else entry
            for entry in self.entries
        ]

    def _free(self, outcome: Outcome) -> str:
        """Return where a plan goes: under its name, unless a plan of another run, renamed since, is there."""
        others = {entry.directory for entry in self.entries if entry.run.key != outcome.key}
        return f"{outcome.name}_{outcome.key[:8]}" if outcome.name in others else outcome.name

    def write_index(self) -> None:
        """Write ``sweep.json``, whole or not at all."""
        whole = {
            "program": directories.PROGRAM,
            "kind": KIND,
            "format": FORMAT,
            "title": self.title,
            "version": metadata.version("gigasite"),
            "runs": [_as_data(entry) for entry in self.entries],
        }
        with directories.replacing(self.place / INDEX) as partial:
            partial.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def check(place: Path) -> None:
    """Refuse a folder that is not that of a sweep.

    Raises
    ------
    RunDirectoryError
        Saying what it is instead.
    """
    _index(place)


def opened(place: Path, title: str, runs: Sequence[SweepRun], *, retry: bool = False) -> SweepDirectory:
    """Return the folder of a sweep with what earlier sweeps left in it; nothing is written.

    A run is done if a whole run directory below the folder carries its key, whatever it is called and whether or not
    the index knows: a sweep that was killed between the two has lost nothing.

    Parameters
    ----------
    retry : bool
        Take runs that failed as open.

    Raises
    ------
    RunDirectoryError
        If the folder is something else.
    """
    known = _index(place)
    there = _plans(place)
    failures = {each["key"]: each for each in known if each["status"] == FAILED and not retry}
    seconds = {each["key"]: each["seconds"] for each in known}
    return SweepDirectory(place, title, [_entry(run, there, failures, seconds) for run in runs])


@contextmanager
def held(place: Path) -> Iterator[None]:
    """Keep a folder for this sweep alone, and clear away what a killed one left half-written.

    Raises
    ------
    RunDirectoryError
        If another sweep works there.
    """
    place.mkdir(parents=True, exist_ok=True)
    with (place / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            raise RunDirectoryError(
                f"{place}: another sweep works there. Wait for its end, or choose another --out"
            ) from problem
        for rest in [*place.glob(".*.partial-*"), *place.glob("*/*/.*.partial-*")]:
            shutil.rmtree(rest) if rest.is_dir() else rest.unlink()
        yield


def _entry(
    run: SweepRun,
    there: Mapping[str, tuple[str, float]],
    failures: Mapping[str, Mapping[str, Any]],
    seconds: Mapping[str, float | None],
) -> Entry:
    if run.key in there:
        directory, spent = there[run.key]
        return Entry(run, DONE, 0, (), seconds.get(run.key) or spent, directory)
    if run.key in failures:
        told = failures[run.key]
        return Entry(run, FAILED, told["exit_code"], tuple(told["explanation"]), told["seconds"])
    return Entry(run)


def _index(place: Path) -> list[dict[str, Any]]:
    """Return what the index of an earlier sweep says, nothing where there is none."""
    if not place.exists():
        return []
    if not place.is_dir():
        raise RunDirectoryError(f"{place}: is a file, a sweep needs a folder. Choose another --out")
    file = place / INDEX
    if not file.is_file():
        others = [each.name for each in place.iterdir() if not each.name.startswith(".")]
        if others:
            raise RunDirectoryError(
                f"{place}: holds {others[0]} and no {INDEX}, so it is not the folder of a sweep. Choose another --out"
            )
        return []
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise RunDirectoryError(
            f"{file}: cannot be read ({problem}). Remove it: plans that are there are found without it"
        ) from problem
    if not isinstance(data, dict) or data.get("program") != directories.PROGRAM or data.get("kind") != KIND:
        raise RunDirectoryError(f"{file}: was not written by gigasite. Choose another --out")
    if data.get("format") != FORMAT:
        raise RunDirectoryError(
            f"{file}: has format {data.get('format')}, this program writes {FORMAT}. Choose another --out"
        )
    return list(data["runs"])


def _plans(place: Path) -> dict[str, tuple[str, float]]:
    """Return the run directories below a folder that are whole, with the seconds they took, by the key of their run."""
    found: dict[str, tuple[str, float]] = {}
    for file in sorted(place.glob(f"*/*/[!.]*/{directories.RECORD}")):
        try:
            record = directories.read_record(file.parent, PLAN)
        except RunDirectoryError:
            continue  # of another release, or edited: made again, and then replaced
        key = record["run"].get("sweep", {}).get("key")
        if key is not None:
            found[key] = file.parent.relative_to(place).as_posix(), round(sum(record["run"]["seconds"].values()), 3)
    return found


def _write_run(target: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a run directory that came from a worker."""

    def fill(folder: Path) -> None:
        for name, content in files.items():
            if name != directories.RECORD:
                (folder / name).write_bytes(content)

    record = json.loads(files[directories.RECORD])
    directories.write(target, PLAN, {key: value for key, value in record.items() if key != "files"}, fill)


def _as_data(entry: Entry) -> dict[str, Any]:
    run = entry.run
    return {
        "run": run.name,
        "site": run.site,
        "scenario": run.scenario,
        "kind": run.kind,
        "changes": {path: _plain(value) for path, value in run.changes.items()},
        "key": run.key,
        "status": entry.status,
        "exit_code": entry.exit_code,
        "explanation": list(entry.explanation),
        "seconds": entry.seconds,
        "directory": entry.directory,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)
