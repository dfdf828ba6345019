"""How a long computation says where it stands, without knowing who listens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Stage:
    """A moment of a computation, as told to whoever listens.

    Parameters
    ----------
    name : str
        What is being done: ``read``, ``climate``, ``build``, ``load``, ``solve``, ``check`` or ``write``.
    fraction : float, optional
        Part of the stage that is done, 0 to 1; ``None`` where it cannot be known.
    elapsed_seconds : float, optional
        Time since the computation began; ``None`` leaves the timing to the listener.
    gap : float, optional
        Relative gap of the solver, as a fraction.
    note : str
        A few words for people, without a full stop.
    size : int, optional
        Unknowns of the model, told once they are known.
    """

    name: str
    fraction: float | None = None
    elapsed_seconds: float | None = None
    gap: float | None = None
    note: str = ""
    size: int | None = None


class Progress(Protocol):
    """Anything that can be told a stage. It is called often and must return at once."""

    def __call__(self, stage: Stage, /) -> None:
        """Take note of ``stage``."""


def silent(stage: Stage, /) -> None:
    """Listen to nothing: the default where nobody watches."""
