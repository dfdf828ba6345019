"""Weather years: the checked `Weather`, readers, the generator from normals, design days."""

from .change import hot_year, warmed
from .columns import write_csv, write_netcdf
from .design import DesignValues, estimated
from .extreme_days import DesignDay, design_days
from .fetching import fetch
from .files import read
from .generator import generate
from .section import ClimateSection, DesignOverrides, days, load
from .shipped import Normals, design_values, normals, normals_of, places
from .weather import Provenance, Weather

__all__ = [
    "ClimateSection",
    "DesignDay",
    "DesignOverrides",
    "DesignValues",
    "Normals",
    "Provenance",
    "Weather",
    "days",
    "design_days",
    "design_values",
    "estimated",
    "fetch",
    "generate",
    "hot_year",
    "load",
    "normals",
    "normals_of",
    "places",
    "read",
    "warmed",
    "write_csv",
    "write_netcdf",
]
