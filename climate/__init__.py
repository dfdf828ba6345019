"""Weather years: the checked `Weather`, readers, the generator from normals, design days."""

from .design_values import DesignValues
from .weather import Provenance, Weather

__all__ = ["DesignValues", "Provenance", "Weather"]
