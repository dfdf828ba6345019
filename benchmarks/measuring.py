"""What the benchmark scripts share: a process of its own for each measurement, medians, the table and its CSV."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from numbers import Real
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from gigasite.solvers.threads import VARIABLE

Found = dict[str, Any]
Key = TypeVar("Key", bound=Hashable)
PACKAGES = ("gigasite", "highspy", "pyomo", "numpy", "scipy")


@dataclass(frozen=True)
class Measurement:
    """A script with arguments, run in a process of its own, whose last line is what it found, as JSON.

    Parameters
    ----------
    script : str
        Path of the script.
    arguments : sequence of str
    threads : int or None
        As ``GIGASITE_THREADS`` states them; None leaves it as it is.
    """

    script: str
    arguments: Sequence[str]
    threads: int | None = None

    def run(self, limit: float | None = None) -> Found | str:
        """Return what was found; or why nothing was, in words.

        Parameters
        ----------
        limit : float or None
            Longest time [s].
        """
        stated = {} if self.threads is None else {VARIABLE: str(self.threads)}
        command = [sys.executable, self.script, *self.arguments]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=limit, check=False, env={**os.environ, **stated}
            )
        except subprocess.TimeoutExpired:
            return f"not within {limit:.0f} s"
        said = (done.stderr if done.returncode else done.stdout).strip().splitlines()
        if done.returncode:
            return said[-1] if said else f"exit code {done.returncode}"
        found: Found = json.loads(said[-1])
        return found


def in_turns(
    measurements: Mapping[Key, Measurement], *, repeats: int = 1, limit: float | None = None
) -> dict[Key, Found]:
    """Return the medians of each measurement: they take turns, so that a drift of the machine touches all alike.

    ``runs`` says how many there were; ``remark`` why one has none, and what did not finish once is not tried again.
    """
    done: dict[Key, list[Found]] = {key: [] for key in measurements}
    failed: dict[Key, str] = {}
    for turn in range(repeats):
        for key, each in measurements.items():
            if key in failed:
                continue
            found = each.run(limit)
            print(f"{turn + 1}: {key}: {found}", file=sys.stderr, flush=True)
            if isinstance(found, str):
                failed[key] = found
            else:
                done[key].append(found)
    return {key: {"runs": len(runs), **medians(runs), "remark": failed.get(key, "")} for key, runs in done.items()}


def medians(runs: Sequence[Found]) -> Found:
    """Return the median of every number, and of what is no number the first."""
    first = runs[0] if runs else {}
    return {
        name: statistics.median(run[name] for run in runs) if isinstance(value, Real) else value
        for name, value in first.items()
    }


def machine() -> dict[str, str]:
    """Say where the figures come from."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    return {
        "when": datetime.now(UTC).isoformat(timespec="minutes"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "versions": f"Python {platform.python_version()}, {versions}",
    }


def report(rows: Sequence[Found], csv: Path, *, index: str | None = None, by: str | None = None) -> None:
    """Print the rows below what the machine is, and write them with it.

    Parameters
    ----------
    rows : sequence of dict
    csv : Path
        Where they are written.
    index : str or None
        Column whose values head the columns of the printed table, with what is said in words below it; None prints
        the rows as they are.
    by : str or None
        Column for each of whose values a table of its own is printed.
    """
    table, about = pd.DataFrame(rows), machine()
    table.assign(**about).to_csv(csv, index=False, float_format="%.6g")
    print(f"{about['machine']}; {about['versions']}")
    if index is None:
        print(f"\n{table.map(_text).to_string(index=False)}")
        return
    for value in dict.fromkeys(row[by] for row in rows) if by else [None]:
        here = [row for row in rows if by is None or row[by] == value]
        figures = pd.DataFrame(here).set_index(index).select_dtypes("number").T.dropna(how="all")
        print(f"\n{value}" if by else "")
        print(figures.map(_text).to_string())
        words = [(row[index], *said) for row in here for said in row.items() if said[0] not in (index, by)]
        for head, name, said in words:
            if isinstance(said, str) and said:
                print(f"\n{head}: {name}: {said}")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if pd.isna(value) else f"{value:,.5g}" if abs(value) < 1e5 else f"{value:,.0f}"
