"""The hand-off of the reader: a checked site, with one scenario applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from gigasite.climate import ClimateSection
from gigasite.models.component import Component
from gigasite.models.conditions import Place

from .parts import Part
from .sections import Goal, Money, Settings

BASE = "base"


@dataclass(frozen=True, eq=False)
class Site:
    """Everything a site file says, checked and resolved, with one scenario applied.

    Parameters
    ----------
    name : str
        Name for people.
    key : str
        Stem of the file's name; heads the run directory.
    scenario : str
        Name of the scenario; ``"base"`` for the file as it stands.
    place : Place
        The point on the ground and its clock.
    climate : ClimateSection
        What `gigasite.climate.load` needs, with ``folder``.
    folder : Path
        Folder of the site file; relative paths start there.
    decision : date
        Lead times count from here.
    starts : tuple of date
        First days of the phases that the file states, in order. Offers and deliveries may split them further.
    end : date
        End of the horizon.
    components : tuple of Component
        Everything on the site, limits included, in the order of the file.
    goal : {"least_cost", "most_compute"}
        What the optimiser is asked.
    money : Money
        ``cost_of_capital`` and ``discount_rate`` [1/year], ``year``.
    settings : Settings
        ``method``, ``gap`` [1], ``time_limit`` [s], ``round``.
    resolved : dict
        Plain data that, written as YAML and read again, gives this site: the scenario applied and every value of the
        catalogue written out as text with its unit.
    scenarios : mapping
        Names of the scenarios that the file holds, with their notes.
    inputs : mapping
        Path of every file that was read, with its sha256.
    note : str
        Remark of the site file, or of the scenario.
    parts : tuple of Part
        The components as the file gives them, for the list of inputs.
    warnings : tuple of str
        What a reader of the results must know.
    given : mapping
        The sections as the file gives them, the scenario applied.
    """

    name: str
    key: str
    scenario: str
    place: Place
    climate: ClimateSection
    folder: Path
    decision: date
    starts: tuple[date, ...]
    end: date
    components: tuple[Component, ...]
    goal: Goal
    money: Money
    settings: Settings
    resolved: Mapping[str, Any]
    scenarios: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[Path, str] = field(default_factory=dict)
    note: str = ""
    warnings: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    given: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def component(self, name: str) -> Component:
        """Return the component of that name.

        Raises
        ------
        KeyError
            If the site has no such component.
        """
        for each in self.components:
            if each.name == name:
                return each
        raise KeyError(name)
