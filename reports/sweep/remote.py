"""What is handed to Dask: a function whose module imports nothing, since the scheduler loads it too."""

from __future__ import annotations

import os
import pickle
import threading
from typing import Any

_ONE_AT_A_TIME = threading.Lock()


def work(packed: bytes) -> Any:
    """Make the plan of a pickled job on a Dask worker, one at a time in a process, with the threads that it has.

    Returns
    -------
    Outcome
        As `sweep_work.work` does.
    """
    from distributed import get_worker

    from gigasite.solvers.threads import VARIABLE

    from . import work as sweep_work

    with _ONE_AT_A_TIME:
        os.environ.setdefault(VARIABLE, str(get_worker().state.nthreads))
        return sweep_work.work(pickle.loads(packed))
