"""Site files: what they may say, and the checked `Site` that follows from one."""

from .reader import read, scenarios, shipped
from .site import Site

__all__ = ["Site", "read", "scenarios", "shipped"]
