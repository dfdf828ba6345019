"""Hourly years for the checks against published annual means; absent on machines without the weather files."""

import gzip
from pathlib import Path

import hypothesis
import numpy as np
import pytest

# A busy machine must not fail a claim about physics: no time limit per example.
hypothesis.settings.register_profile("no_deadline", deadline=None)
hypothesis.settings.load_profile("no_deadline")

WEATHER = Path(__file__).resolve().parents[4] / "shared" / "data" / "weather"


@pytest.fixture(scope="session")
def weather_year():
    """Return a reader: name of an EPW file -> dry bulb [degC], dew point [degC], pressure [Pa], wind [m/s]."""

    def read(name):
        path = WEATHER / f"{name}.epw.gz"
        if not path.exists():
            pytest.skip(f"weather file {path} is not here")
        with gzip.open(path, "rt", encoding="latin-1") as lines:
            rows = [line.split(",") for line in lines.readlines()[8:]]
        columns = np.array([[row[6], row[7], row[9], row[21]] for row in rows], dtype=float).T
        return {"dry_bulb_c": columns[0], "dew_point_c": columns[1], "pressure_pa": columns[2], "wind_m_s": columns[3]}

    return read
