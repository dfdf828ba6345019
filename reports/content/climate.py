"""Where a plan stands and what weather it gets, as rows of text."""

from __future__ import annotations

from io import StringIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ..language import say
from ..results.hours import hours_of_a_year
from ..results.results import Results
from ..words import MINUS, NARROW, name_in_words, number

HOT_C = 35.0
QUANTILE = 0.996
"""35 hours of a year lie above."""


def place(results: Results) -> list[list[str]]:
    """Return where the site is and what was asked, from the resolved site file."""
    given = _given(results)
    site, phases = given.get("site", {}), given.get("phases", {})
    facts = [
        (say("Latitude"), site.get("latitude")),
        (say("Longitude"), site.get("longitude")),
        (say("Elevation"), site.get("elevation")),
        (say("Decision"), phases.get("decision")),
        (say("End of the horizon"), phases.get("end")),
        (say("Asked for"), _goal(given.get("compute", {}).get("goal"))),
        (say("Note"), site.get("note")),
    ]
    return [[label, _plain(value)] for label, value in facts if value not in (None, "")]


def weather(results: Results) -> list[list[str]]:
    """Return the weather of an average year in numbers; empty where the plan has no weather."""
    rows, counted = [], hours_of_a_year(results)
    for name, label in (("dry_bulb", say("Dry bulb")), ("wet_bulb", say("Wet bulb"))):
        values = series(results, name)
        if values is not None:
            exceeded = np.quantile(values, QUANTILE, weights=counted, method="inverted_cdf")
            for what, value in (
                (say("{name}, mean"), np.average(values, weights=counted)),
                (say("{name}, lowest hour"), values.min()),
                (say("{name}, exceeded 35 h a year"), exceeded),
                (say("{name}, highest hour"), values.max()),
            ):
                rows.append([what.format(name=label), _degrees(float(value))])
    dry = series(results, "dry_bulb")
    if dry is not None:
        hot = float(counted[dry > HOT_C].sum())
        rows.append([say("Hours above {limit}", limit=_degrees(HOT_C, 0)), f"{number(round(hot), 1)}{NARROW}h"])
    return rows


def series(results: Results, name: str) -> NDArray[np.float64] | None:
    """Return a series of the weather, or None where the plan has none."""
    full = f"weather.{name}"
    return np.asarray(results.hourly[full].values, dtype=float) if full in results.hourly else None


def origin(results: Results) -> list[list[str]]:
    """Return where the weather year comes from."""
    climate = results.run.get("climate", {})
    return [[name_in_words(str(key)), str(value)] for key, value in climate.items() if value not in (None, "")]


def _given(results: Results) -> dict[str, Any]:
    try:
        given = YAML(typ="safe").load(StringIO(results.site_yaml))
    except YAMLError:  # the file is checked by its sha256; a plan in memory may hold anything
        return {}
    return given if isinstance(given, dict) else {}


def _goal(goal: object) -> str | None:
    return {"least_cost": say("least cost"), "most_compute": say("most compute")}.get(str(goal))


def _plain(value: object) -> str:
    return " ".join(str(value).replace(" deg", "°").replace("-", MINUS).split()) if _numeric(value) else str(value)


def _numeric(value: object) -> bool:
    return str(value).split(" ")[0].replace("-", "").replace(".", "").isdigit() and " " in str(value)


def _degrees(value: float, decimals: int = 1) -> str:
    return f"{value:.{decimals}f}{NARROW}°C".replace("-", MINUS)
