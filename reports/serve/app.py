"""Puts the web page together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from ..commands.console import complain
from . import answers, pages, sending
from .guard import Guard
from .state import Served

TICK_SECONDS = 0.5
STATIC = Path(__file__).parent / "static"


def application(served: Served, *, hosts: Iterable[str], tick_seconds: float = TICK_SECONDS) -> Guard:
    """Return the application, guarded.

    Parameters
    ----------
    served : Served
    hosts : iterable of str
        Values of the ``Host`` header that mean this server, such as ``127.0.0.1:8421``.
    tick_seconds : float
        Between two looks at the queue [s].
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async def keep_going() -> None:
            told = ""
            while True:
                try:
                    await run_in_threadpool(served.scheduler.tick)
                except OSError as problem:  # a full disk may be emptied: the queue goes on as soon as it can
                    if str(problem) != told:
                        complain(f"The queue waits: {problem}")
                    told = str(problem)
                await asyncio.sleep(tick_seconds)

        task = asyncio.create_task(keep_going())
        try:
            yield
        finally:
            task.cancel()

    app = Starlette(
        routes=[*pages.ROUTES, *sending.ROUTES, *answers.ROUTES, Mount("/static", StaticFiles(directory=STATIC))],
        lifespan=lifespan,
        exception_handlers={HTTPException: pages.not_found, 500: pages.not_found},
    )
    app.state.served = served
    return Guard(app, hosts=hosts, token=served.token)
