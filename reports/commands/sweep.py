"""``gigasite sweep``: many scenarios of many sites, on this machine or on a cluster; resumes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .console import complain, show, shown
from .run import RUNS

if TYPE_CHECKING:
    from ..sweep.directory import SweepDirectory
    from ..sweep.pool import Pool
    from ..sweep.work import Job, Outcome

EPILOG = "\n\n".join(
    (
        "A plan, for example prices.yaml:",
        "sites: [my_site.yaml, abu_dhabi]",
        "grid: {grid.utility.energy_price: [60 USD/MWh, 90 USD/MWh], climate.warming: [0 K, 2 K]}",
        "gigasite sweep prices.yaml --list",
        "gigasite sweep prices.yaml",
        "The same command goes on where an earlier one stopped. Further kinds of plan: changes (named lists), "
        "sensitivity (low and high, one at a time) and epsilon (a limit in steps).",
        "On a cluster: dask scheduler; on each machine dask worker tcp://HOST:8786 --nworkers 8 --nthreads 1; "
        "then gigasite sweep prices.yaml --scheduler tcp://HOST:8786",
    )
)


def sweep(
    plan: Annotated[Path, typer.Argument(metavar="PLAN.yaml", help="Sites, scenarios and the changes to try.")],
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, help="Processes on this machine; one for each core where left out. Each makes one run at a time."
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Dask scheduler such as tcp://host:8786, instead of this machine."),
    ] = None,
    only_list: Annotated[
        bool, typer.Option("--list", help="Show what would run and what is done already; solve nothing.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of the sweep instead of runs/sweeps/PLAN.")
    ] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try again what failed before.")] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Write report.pdf of every run; gigasite report RUN_DIR does it later, too.")
    ] = False,
    cold: Annotated[
        bool,
        typer.Option(
            "--cold",
            help="Choose the sizes of every run anew, also where those of a like run are certified as closely.",
        ),
    ] = False,
) -> None:
    """Run many scenarios of many sites: lists and grids of changes, sensitivities, limits in steps; resumes."""
    from ..sweep import scheduler as sweep_scheduler

    if scheduler is not None:  # before all else: reading many sites takes longer than the answer
        sweep_scheduler.check(scheduler)
    from gigasite.sites.sweep_runs import runs

    from ..sweep import directory as sweep_directory
    from ..sweep import tables as sweep_tables

    place = (out or RUNS / "sweeps" / plan.stem).resolve()
    sweep_directory.check(place)
    title, asked = runs(plan)
    if only_list:
        found = sweep_directory.opened(place, title, asked, retry=retry_failed)
        show(sweep_tables.overview(found), f"{len(asked)} runs: {sweep_tables.counts(found)}.")
        return
    with sweep_directory.held(place):
        found = sweep_directory.opened(place, title, asked, retry=retry_failed)
        _make(found, workers, scheduler, pdf=pdf, warm=not cold)
        show(sweep_tables.overview(found))
    for entry in found.entries:
        for line in entry.explanation:
            complain(line, heading=f"{entry.run.name}: ")
    show(f"{len(asked)} runs: {sweep_tables.counts(found)}.", f"Summary: {shown(place / sweep_tables.SUMMARY)}")
    worst = max((entry.exit_code or 0 for entry in found.entries), default=0)
    if worst:
        raise typer.Exit(worst)


def _make(found: SweepDirectory, workers: int | None, scheduler: str | None, *, pdf: bool, warm: bool) -> None:
    """Make every run that is open; the index is right at any time."""
    from ..results import run_directory
    from ..sweep.pool import outcomes
    from ..sweep.work import Job

    jobs = [
        Job(run.name, run.key, run.draft, {"kind": run.kind, "changes": dict(run.changes)}, pdf, warm, str(found.place))
        for run in found.missing()
    ]
    for job in jobs:
        run_directory.check_target(found.place / job.name)
    _note(found)
    if not jobs:
        return
    with _pool(jobs, workers, scheduler) as pool, _progress(found) as told:

        def collect(outcome: Outcome) -> None:
            found.collect(outcome)
            _note(found)
            told(outcome)

        outcomes(jobs, pool, collect)


def _note(found: SweepDirectory) -> None:
    from ..sweep import tables as sweep_tables

    found.write_index()
    sweep_tables.write(found)


@contextmanager
def _pool(jobs: list[Job], workers: int | None, scheduler: str | None) -> Iterator[Pool]:
    from ..sweep.pool import Cluster, Processes, limited_threads

    if scheduler is not None:
        cluster = Cluster(scheduler)
        try:
            if not cluster.workers():
                complain(f"The scheduler has no workers yet. Start some: dask worker {scheduler} --nthreads 1")
            yield cluster
        finally:
            cluster.close()
        return
    count = min(workers or os.cpu_count() or 1, len(jobs))
    with limited_threads(count):
        processes = Processes(count)
        try:
            yield processes
        finally:
            processes.close()


@contextmanager
def _progress(found: SweepDirectory) -> Iterator[Any]:
    """Give what is told each outcome: it draws a bar on a terminal, and writes a line elsewhere."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal) as bar:
        total = len(found.missing())
        task = bar.add_task("runs", total=total)
        made = 0

        def told(outcome: Outcome) -> None:
            nonlocal made
            made += 1
            bar.update(task, advance=1)
            line = f"{made}/{total} {outcome.name}: {outcome.status}, {outcome.seconds:.0f} s"
            console.print(line, markup=False, highlight=False, soft_wrap=True)

        yield told
