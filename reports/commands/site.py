"""Commands that look and do not solve: ``check``, ``catalogue``, ``sites``, ``init``, ``schema``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gigasite.models.errors import SiteFileError

from .console import show, shown
from .run import ScenarioOption, SiteArgument

if TYPE_CHECKING:
    import pandas as pd

GROUPS: dict[str, tuple[str, ...]] = {
    "platforms": ("accelerator", "it"),
    "cooling": ("cooling", "cooling_system"),
    "power": ("generation", "storage", "grid", "fuel"),
    "other": ("data_centre", "carbon", "water"),
}
"""What people call the categories of the catalogue."""
SITES = "sites"


def check(site: SiteArgument, scenario: ScenarioOption = None) -> None:
    """Check a site file and show every resolved value with its unit, source and evidence; solve nothing."""
    from gigasite import sites

    from . import tables

    checked = sites.read(site, scenario)
    show(tables.inputs(sites.inputs(checked)))
    show(*(f"! {warning}" for warning in checked.warnings))
    show(f"{checked.name}, scenario {checked.scenario}: the site file is right.")


def catalogue(
    about: Annotated[
        str | None,
        typer.Argument(help="platforms, cooling, power, other, sites, or one technology or site; a list if left out."),
    ] = None,
) -> None:
    """Show what is known, with values, ranges, units and sources."""
    from . import tables

    if about is None:
        show(tables.catalogue(_headings(), title="Technologies"), f"Also: {SITES}, {', '.join(GROUPS)}.")
    elif about == SITES:
        show(tables.catalogue(_places(), title="Sites; give a key to see everything known about it"))
    else:
        show(tables.catalogue(_numbers(about), title=about))


def sites() -> None:
    """List the sites that come with the program, and their scenarios."""
    import pandas as pd

    from gigasite.sites import scenarios, shipped

    from . import tables

    rows = [
        (site if scenario == "base" else "", scenario, note)
        for site in shipped()
        for scenario, note in {"base": "", **scenarios(site)}.items()
    ]
    show(tables.catalogue(pd.DataFrame(rows, columns=["site", "scenario", "note"])))


def init(name: Annotated[str, typer.Argument(help="Name of the site, for people; also names the file.")]) -> None:
    """Write a commented site file to start from, NAME.yaml, in this folder."""
    from gigasite.sites import starter

    stem = re.sub(r"\W+", "_", name).strip("_").lower()
    if not stem:
        raise SiteFileError(f"init: a name needs a letter or a digit, got {name!r}. Give another name.")
    path = Path(f"{stem}.yaml")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(starter(name))
    except FileExistsError as problem:
        raise SiteFileError(f"{path}: exists and is not overwritten. Remove it or give another name.") from problem
    except OSError as problem:
        raise SiteFileError(f"{path}: cannot be written ({problem.strerror}). Go to another folder.") from problem
    show(f"Written: {shown(path)}. Next: gigasite check {path}, then gigasite solve {path}")


def schema() -> None:
    """Print the JSON Schema of a site file, for editors."""
    from gigasite.sites import schema as made

    typer.echo(json.dumps(made(), indent=2, ensure_ascii=False))


def _headings() -> pd.DataFrame:
    import pandas as pd

    from gigasite.models import catalogue as known

    group = {category: name for name, categories in GROUPS.items() for category in categories}
    rows = [
        (group[each.category], each.name, each.title, len(known.entries(each.name))) for each in known.technologies()
    ]
    order = list(GROUPS)
    rows.sort(key=lambda row: order.index(row[0]))
    return pd.DataFrame(rows, columns=["group", "technology", "title", "numbers"])


def _numbers(about: str) -> pd.DataFrame:
    """Return the numbers of a group, of a technology or of a site."""
    import pandas as pd

    from gigasite.models import catalogue as known

    if about in {each.site_id for each in known.sites()}:
        facts = known.site_facts(about)
        rows = [(name, value) for name, value in vars(facts).items() if value not in (None, "")]
        return pd.DataFrame(rows, columns=["fact", "value"]).astype({"value": object})
    if about in GROUPS:
        names = [each.name for category in GROUPS[about] for each in known.technologies(category)]
    else:
        names = [_technology(about)]
    columns = ["technology", "parameter", "value", "low", "high", "unit", "year", "evidence", "source"]
    found = [[getattr(entry, column) for column in columns] for name in names for entry in known.entries(name).values()]
    table = pd.DataFrame(found, columns=columns)
    return table if len(names) > 1 else table.drop(columns="technology")


def _technology(about: str) -> str:
    from gigasite.models import catalogue as known

    try:
        known.entries(about)
    except ValueError as problem:
        raise SiteFileError(f"catalogue: {problem} Groups: {', '.join((*GROUPS, SITES))}.") from problem
    return about


def _places() -> pd.DataFrame:
    import pandas as pd

    from gigasite.models import catalogue as known

    rows = [(each.site_id, each.name, each.country, each.climate_zone, each.project) for each in known.sites()]
    return pd.DataFrame(rows, columns=["key", "name", "country", "climate_zone", "project"])
