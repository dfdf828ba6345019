"""Where simplex ended in each part of a dispatch: a dispatch at other sizes or prices begins there.

A year of hours takes simplex some 40,000 steps from nothing, and some 5,000 from the basis of sizes that differ by a
few per cent. The answer is an optimum of the same programme in both cases.
"""

from __future__ import annotations

from hashlib import blake2b
from threading import Lock
from typing import Any

from .phases import Part

LEAST_COLUMNS = 1_000  # a smaller part is solved before its basis is found
KEPT = 256  # half a megabyte each for a year; where another series fixes other columns, parts do not come back


class Bases:
    """The last basis of each part, by the rows and columns that it consists of; the oldest are forgotten."""

    def __init__(self) -> None:
        self._known: dict[bytes, Any] = {}
        self._given_up: set[bytes] = set()
        self._lock = Lock()

    def of(self, part: Part) -> Any | None:
        """Return the basis in which simplex left the part last; None where it has not seen it."""
        return self._known.get(_key(part)) if self._large(part) else None

    def keep(self, part: Part, basis: Any) -> None:
        """Remember the basis of a part that simplex has solved."""
        if not self._large(part):
            return
        key = _key(part)
        with self._lock:
            self._known.pop(key, None)
            self._known[key] = basis
            if len(self._known) > KEPT:
                del self._known[next(iter(self._known))]

    def give_up(self, part: Part) -> None:
        """Remember that simplex takes too long on a part."""
        self._given_up.add(_key(part))

    def given_up(self, part: Part) -> bool:
        """Whether simplex took too long on a part before."""
        return _key(part) in self._given_up

    @property
    def tired(self) -> bool:
        """Whether simplex took too long on some part."""
        return bool(self._given_up)

    @staticmethod
    def _large(part: Part) -> bool:
        return len(part.columns) >= LEAST_COLUMNS


def _key(part: Part) -> bytes:
    return blake2b(part.rows.tobytes() + part.columns.tobytes(), digest_size=16).digest()
