"""Site files: what they may say, and the checked `Site` that follows from one."""

from .editor import schema
from .freezing import frozen
from .reader import read, scenarios, shipped
from .resolving import inputs
from .site import Site
from .starting import starter

__all__ = ["Site", "frozen", "inputs", "read", "scenarios", "schema", "shipped", "starter"]
