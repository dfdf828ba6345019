"""From site files to the comparison of cooling options: the whole of ``gigasite cooling`` as one function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gigasite.climate import ClimateSection
from gigasite.models.component import Component
from gigasite.models.errors import SiteFileError
from gigasite.models.progress import Progress, Stage, silent
from gigasite.models.technologies.accelerators import Accelerators

from .cooling_comparison import Load
from .cooling_options import options
from .cooling_ranking import Comparison, compare
from .cooling_weather import surroundings
from .reader import read
from .sentences import sentences
from .site import Site

PLATFORM = "gb300_nvl72"  # where neither the command nor the first site names a liquid-cooled one


def comparison(
    names: Sequence[str],
    *,
    it_mw: float,
    grid_mw: float,
    platform: str | None = None,
    chosen: Sequence[str] = (),
    every: bool = False,
    file: Path | None = None,
    climate: Mapping[str, Any] | None = None,
    progress: Progress = silent,
) -> Comparison:
    """Return the same IT load under every cooling option, in every place.

    Parameters
    ----------
    names : sequence of str
        Site files, or names of shipped sites; they give climate, prices, water and power chain.
    it_mw : float
        IT power, drawn all year [MW].
    grid_mw : float
        Grid connection for which the committed IT power is told [MW].
    platform : str or None
        Row of the catalogue; that of the first site where left out.
    chosen, every, file
        See `gigasite.sites.cooling_options.options`.
    climate : mapping, optional
        Entries of the section climate that replace those of every site, such as ``warming``.
    progress : Progress
        Told each stage.

    Raises
    ------
    PlanError
        If a site, an option or the climate is wrong; nothing is computed then.
    """
    sites = []
    for name in names:
        progress(Stage("read", note=name))
        sites.append(_changed(read(name), climate or {}))
    repeated = sorted({site.key for site in sites if [s.key for s in sites].count(site.key) > 1})
    if repeated:
        raise SiteFileError(
            f"cooling: {', '.join(repeated)} is given twice. Name each site once; two files need two names."
        )
    load = Load(it_mw, grid_mw, _platform(platform, sites[0]))
    listed = options(load.platform, names=chosen, every=every, file=file)
    places = []
    for site in sites:
        progress(Stage("climate", note=site.name))
        places.append(surroundings(site))
    return compare(places, listed, load, progress=progress)


def _changed(site: Site, changes: Mapping[str, Any]) -> Site:
    """Return the site with changes of its climate, checked as if its file said so."""
    given = {**site.given.get("climate", {}), **changes}
    try:
        return replace(site, climate=ClimateSection.model_validate(given))
    except ValidationError as wrong:
        raise SiteFileError(
            [f"{site.key}: climate: {sentence}." for _, sentence in sentences(wrong, ClimateSection, given)]
        ) from wrong


def _platform(name: str | None, site: Site) -> Accelerators:
    """Return the platform that is named, else the first liquid-cooled one of the site, else the usual one."""
    if name is None:
        own = (c for c in site.components if isinstance(c, Accelerators) and c.liquid_share > 0)
        found = next(own, None)
        if found is not None:
            return found
    data = {"kind": "accelerators", "name": "platform", "technology": name or PLATFORM}
    try:
        return Component.from_dict(data)  # type: ignore[return-value]
    except ValueError as wrong:
        known = "See `gigasite catalogue platforms`."
        raise SiteFileError(f"--platform: {name!r} is no platform of the catalogue. {known}") from wrong
