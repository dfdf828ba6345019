"""One place to call the heavy libraries from."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """Silence announcements of future removals inside pvlib and windpowerlib; every other warning passes.

    Newer pandas announces the end of calls that these libraries still make. The numbers are the same, and the user
    of a plan can do nothing about it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", FutureWarning)
        yield
