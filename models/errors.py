"""Every error a user can meet.

::

    PlanError                a plan could not be made; the message is for people
      SiteFileError          the site file is wrong            (exit code 2)
      WeatherError           a weather year is wrong           (exit code 2)
      RunDirectoryError      a run directory cannot be used    (exit code 2)
      ReportError            a report cannot be written        (exit code 2)
      InfeasibleError        no plan meets every requirement   (exit code 3)
      SolverError            the solver failed or hit a limit  (exit code 4)
      ClusterError           the cluster does not answer       (exit code 4)
"""

from __future__ import annotations

from collections.abc import Sequence


class PlanError(Exception):
    """A plan could not be made. The message says place, rule, value and remedy.

    Parameters
    ----------
    problems : str or sequence of str
        One sentence per problem; all problems are collected and raised once.
    """

    exit_code = 4

    def __init__(self, problems: str | Sequence[str]) -> None:
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(self.problems))


class SiteFileError(PlanError):
    """The site file, or a file it names, is wrong."""

    exit_code = 2


class WeatherError(PlanError):
    """A weather year cannot be read, or fails a check."""

    exit_code = 2


class RunDirectoryError(PlanError):
    """A run directory is missing, incomplete, foreign or not writable."""

    exit_code = 2


class ReportError(PlanError):
    """A report cannot be written: what it needs of the system, such as a font, is missing."""

    exit_code = 2


class InfeasibleError(PlanError):
    """No plan meets every requirement; says which is short, when, by how much and what would fix it."""

    exit_code = 3


class SolverError(PlanError):
    """The solver failed, stopped at a limit, or its answer did not pass the checks."""

    exit_code = 4


class ClusterError(PlanError):
    """The scheduler of a cluster does not answer, or went away."""

    exit_code = 4
