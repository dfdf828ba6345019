"""How long earlier runs took on this machine: what an estimate of the present one rests on."""

from __future__ import annotations

import contextlib
import json
import math
import os
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

import platformdirs

KEPT = 60
"""Runs that are remembered, the last ones."""
ALIKE = 1.5
"""Factor in size within which a run tells something about another."""
FEWEST = 1_000
"""Unknowns below which a run is over before an estimate helps."""


def estimate(size: int, stage: str) -> float | None:
    """Return the seconds that a stage of a model of so many unknowns takes, from earlier runs of that size; or None.

    The median over runs alike in size, each scaled in proportion.
    """
    alike = [
        seconds * size / before
        for before, seconds in ((run["size"], run["seconds"].get(stage)) for run in _read())
        if seconds is not None and abs(math.log(size / before)) <= math.log(ALIKE)
    ]
    return median(alike) if alike else None


def remember(size: int, seconds: Mapping[str, float]) -> None:
    """Add a run that is finished; a cache that cannot be written is no trouble."""
    if size < FEWEST:
        return
    runs = [*_read(), {"size": size, "seconds": {name: round(value, 2) for name, value in seconds.items()}}]
    path = _path()
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(runs[-KEPT:]), encoding="utf-8")
        partial.replace(path)


def _path() -> Path:
    return platformdirs.user_cache_path("gigasite") / "durations.json"


def _read() -> list[dict[str, Any]]:
    """Return what is remembered; nothing where the file is missing, or is not what was written."""
    try:
        runs = json.loads(_path().read_text(encoding="utf-8"))
        return [
            {"size": int(run["size"]), "seconds": {str(k): float(v) for k, v in run["seconds"].items()}}
            for run in runs
            if int(run["size"]) > 0
        ]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return []
