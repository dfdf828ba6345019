"""What one server holds."""

from __future__ import annotations

from dataclasses import dataclass

from .folder import Folder
from .scheduler import Scheduler


@dataclass(frozen=True)
class Served:
    """What one server holds.

    Parameters
    ----------
    folder : Folder
        Of the runs.
    scheduler : Scheduler
        Runs jobs in it.
    token : str
        What changes of state must carry.
    """

    folder: Folder
    scheduler: Scheduler
    token: str
