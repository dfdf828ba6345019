"""``gigasite solve``: make a plan, and say what it is."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gigasite.models.errors import PlanError, RunDirectoryError, SiteFileError

from .console import shown

if TYPE_CHECKING:
    import pandas as pd

    from gigasite.sites import Site

    from ..results.results import Results
    from .outputs import Output


RUNS = Path("runs")
BASE = "base"

SiteArgument = Annotated[str, typer.Argument(metavar="SITE", help="A site file, or the name of a shipped site.")]
ScenarioOption = Annotated[
    str | None, typer.Option("--scenario", metavar="NAME", help="A scenario of the site file instead of the base.")
]


class Method(StrEnum):
    """How a plan is solved."""

    CERTIFIED = "certified"
    EXACT = "exact"


@dataclass(frozen=True)
class Changes:
    """What the command line changes in every scenario that it solves.

    Parameters
    ----------
    solve : mapping
        Entries of the section ``solve`` that replace the file's.
    capacities : DataFrame or None
        Sizes of an earlier run that stay.
    """

    solve: dict[str, str]
    capacities: pd.DataFrame | None


def solve(
    site: SiteArgument,
    scenario: ScenarioOption = None,
    all_scenarios: Annotated[
        bool, typer.Option("--all-scenarios", help="Solve the base and every scenario, and compare them.")
    ] = False,
    sizes_from: Annotated[
        Path | None,
        typer.Option(metavar="RUN_DIR", help="Keep the sizes of this run: evaluate a frozen design."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Run directory instead of runs/SITE/SCENARIO; with --all-scenarios the parent."
        ),
    ] = None,
    method: Annotated[Method | None, typer.Option(help="Instead of the method in the site file.")] = None,
    gap: Annotated[
        str | None, typer.Option(metavar="SHARE", help="Largest certified gap, such as '0.5 %'; instead of the file's.")
    ] = None,
    rolling: Annotated[
        bool,
        typer.Option("--rolling", help="Also operate the plan two days ahead at a time: what was foresight worth?"),
    ] = False,
    profile: Annotated[bool, typer.Option("--profile", help="Show seconds and memory by stage.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but errors.")] = False,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="JSON lines: plans on the output, stages on the error stream."),
    ] = False,
) -> None:
    """Size a site and write its plan: CSV files, hourly series and a PDF in a run directory."""
    from . import outputs

    output = outputs.chosen(quiet=quiet, as_json=as_json, profile=profile)
    given = {"method": method, "gap": gap, "rolling": "true" if rolling else None}
    settings = {name: str(text) for name, text in given.items() if text is not None}
    try:
        _solve(site, scenario, all_scenarios, sizes_from, out, settings, output)
    except PlanError as error:
        output.fail(error)
        raise typer.Exit(error.exit_code) from error


def _solve(
    site: str,
    scenario: str | None,
    all_scenarios: bool,
    sizes_from: Path | None,
    out: Path | None,
    settings: dict[str, str],
    output: Output,
) -> None:
    from gigasite import sites

    if scenario is not None and all_scenarios:
        raise SiteFileError("--scenario and --all-scenarios exclude each other. Give one of them.")
    names = [BASE, *sites.scenarios(site)] if all_scenarios else [scenario or BASE]
    changes = Changes(settings, _sizes(sizes_from))
    targets = {name: _target(site, name, out, below=all_scenarios) for name in names}
    _check_targets(targets.values(), sizes_from)
    if all_scenarios:
        _solve_all(site, targets, changes, output)
    else:
        plan = _solve_one(site, names[0], targets[names[0]], changes, output)
        output.present(plan, targets[names[0]])


def _sizes(run_dir: Path | None) -> pd.DataFrame | None:
    from ..results import run_directory

    return None if run_dir is None else run_directory.read(run_dir).capacities


def _target(site: str, scenario: str, out: Path | None, *, below: bool) -> Path:
    if out is None:
        return (RUNS / Path(site).stem / scenario).resolve()
    return (out / scenario if below else out).resolve()


def _check_targets(targets: Any, sizes_from: Path | None) -> None:
    """Refuse before a long solve what could not be written after it."""
    from ..results import run_directory

    problems: list[str] = []
    for target in targets:
        if sizes_from is not None and target == sizes_from.resolve():
            problems.append(
                f"{shown(target)}: gives the sizes and would be replaced by their evaluation. Choose an --out"
            )
        try:
            run_directory.check_target(target)
        except RunDirectoryError as error:
            problems += error.problems
    if problems:
        raise RunDirectoryError(problems)


def _solve_all(site: str, targets: dict[str, Path], changes: Changes, output: Output) -> None:
    """Solve every scenario, whatever becomes of the others, and compare those that have a plan."""
    plans: list[Results] = []
    worst = 0
    for name, target in targets.items():
        try:
            plans.append(_solve_one(site, name, target, changes, output))
        except PlanError as error:
            output.fail(error, name)
            worst = max(worst, error.exit_code)
        else:
            output.present(plans[-1], target)
    output.compare(plans)
    if worst:
        raise typer.Exit(worst)


def _solve_one(site: str, scenario: str, target: Path, changes: Changes, output: Output) -> Results:
    """Read, solve and write one scenario."""
    from gigasite import sites
    from gigasite.models.progress import Stage
    from gigasite.sites.study import study
    from gigasite.solvers import keeping

    from ..results import run_directory

    with TemporaryDirectory(prefix="gigasite-") as folder, output.progress() as progress:
        log = Path(folder) / run_directory.LOG
        began = time.perf_counter()
        progress(Stage("read", note=f"{site}, scenario {scenario}"))
        checked = _changed(sites.read(site, scenario), changes)
        seconds = time.perf_counter() - began
        try:
            with keeping(log):
                plan = study(checked, progress=progress, frozen=changes.capacities is not None)
        except PlanError as error:
            _keep_log(error, log, target)
            raise
        run_directory.failed_log(target).unlink(missing_ok=True)
        plan = replace(plan, run={**plan.run, "seconds": {"read": seconds, **plan.run["seconds"]}})
        progress(Stage("write", note=shown(target)))
        run_directory.write(plan, target, log=log)
        progress(Stage("report"))
        _reports(target)
    return plan


def _keep_log(error: PlanError, log: Path, target: Path) -> None:
    """Keep what the solver said beside the run directory that is not written, and say where in its error."""
    from ..results import run_directory

    if log.is_file() and log.stat().st_size:
        kept = run_directory.failed_log(target)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(log, kept)
        error.problems = (*error.problems, f"What the solver said is kept in {shown(kept)}.")
        error.args = ("\n".join(error.problems),)


def _changed(site: Site, changes: Changes) -> Site:
    """Return the site with what the command line says about solving and sizes."""
    from gigasite.sites import frozen

    if changes.solve:
        site = _with_settings(site, changes.solve)
    return site if changes.capacities is None else frozen(site, changes.capacities)


def _with_settings(site: Site, solve: dict[str, str]) -> Site:
    from pydantic import ValidationError

    from gigasite.sites.resolving import resolved
    from gigasite.sites.sections import Settings

    section = {**site.given.get("solve", {}), **solve}
    try:
        settings = Settings.model_validate(section)
    except ValidationError as problem:
        raise SiteFileError(
            [f"--{each['loc'][0]}: {each['msg']}, got {each['input']!r}. Correct it." for each in problem.errors()]
        ) from problem
    given = {**site.given, "solve": section}
    return replace(site, settings=settings, given=given, resolved=resolved(given, list(site.parts), site.folder))


def _reports(directory: Path) -> None:
    from ..html import page as html
    from ..pages import pdf

    pdf.write(directory)
    html.write(directory)
