"""How many threads one plan may use; whoever makes several plans at once limits each."""

from __future__ import annotations

import os

from gigasite.models.errors import SolverError

VARIABLE = "GIGASITE_THREADS"
USUAL = 2
LIBRARIES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What the libraries below NumPy, SciPy and HiGHS read when they are loaded."""


def stated() -> int | None:
    """Return the limit that the environment states, or None.

    Raises
    ------
    SolverError
        If ``GIGASITE_THREADS`` is no whole number above zero.
    """
    text = os.environ.get(VARIABLE)
    if text is None:
        return None
    if not text.isdigit() or int(text) == 0:
        raise SolverError(f"{VARIABLE} must be a whole number above zero, got {text!r}. Correct or unset it.")
    return int(text)


def threads() -> int:
    """Return how many parts of a plan are solved at once."""
    return stated() or USUAL


def limited(count: int) -> dict[str, str]:
    """Return the environment that limits a process to a number of threads."""
    return dict.fromkeys((VARIABLE, *LIBRARIES), str(count))
