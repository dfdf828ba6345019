"""Whether a Dask scheduler is there, found out before anything else is done, within seconds and in one sentence."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import socket
from urllib.parse import urlsplit

from gigasite.models.errors import ClusterError, SiteFileError

PATIENCE_SECONDS = 5
"""How long a scheduler may take to answer."""
SCHEMES = ("tcp", "tls", "ws", "wss")


def check(address: str) -> None:
    """Ask a scheduler who it is.

    Parameters
    ----------
    address : str
        Such as ``tcp://host:8786``.

    Raises
    ------
    SiteFileError
        If the address is none, or Dask is not installed.
    ClusterError
        If nothing answers there, or something else than a scheduler.
    """
    host, port = _parts(address)
    if importlib.util.find_spec("distributed") is None:
        raise SiteFileError("--scheduler: Dask is not installed. Install it with: pip install 'gigasite[cluster]'")
    try:
        socket.create_connection((host, port), timeout=PATIENCE_SECONDS).close()
    except OSError as problem:
        raise ClusterError(
            f"--scheduler: {address} does not answer ({problem}). Start it with 'dask scheduler' and workers with "
            f"'dask worker {address} --nthreads 1', or leave the option out to use this machine."
        ) from problem
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        asyncio.run(asyncio.wait_for(_identity(address), PATIENCE_SECONDS))
    except Exception as problem:
        raise ClusterError(
            f"--scheduler: what answers at {address} is no Dask scheduler ({type(problem).__name__}). Give the address"
            " that 'dask scheduler' shows when it starts."
        ) from problem


def _parts(address: str) -> tuple[str, int]:
    """Return host and port."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.scheme not in SCHEMES:
        raise SiteFileError(
            f"--scheduler: must be the address of a scheduler such as tcp://host:8786, got {address!r}. Correct it."
        )
    return host, port


async def _identity(address: str) -> None:
    from distributed.core import rpc

    async with rpc(address, timeout=PATIENCE_SECONDS) as scheduler:  # type: ignore[no-untyped-call]
        identity = await scheduler.identity()
    if identity["type"] != "Scheduler":
        raise TypeError(identity["type"])
