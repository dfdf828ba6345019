from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pvlib
import pytest

from gigasite import climate
from gigasite.climate.checks import year_labels
from gigasite.models.conditions import Place

DATA = Path(pvlib.__file__).parent / "data"
SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "weather"


@pytest.fixture(scope="session")
def greensboro_path() -> Path:
    return DATA / "723170TYA.CSV"


@pytest.fixture(scope="session")
def miami_path() -> Path:
    return DATA / "12839.tm2"


@pytest.fixture(scope="session")
def greensboro(greensboro_path) -> climate.Weather:
    return climate.read(greensboro_path)


@pytest.fixture(scope="session")
def real_years() -> dict[str, Path]:
    """Real EPW years by first word of the name; not part of the product."""
    if not SHARED.is_dir():
        pytest.skip(f"the real weather years are not at {SHARED}")
    return {path.name.split("_")[0]: path for path in sorted(SHARED.glob("*.epw.gz"))}


@pytest.fixture(scope="session")
def abu_dhabi() -> climate.Weather:
    normals = climate.normals("abu_dhabi")
    return climate.generate(normals.place, normals, climate.design_values("abu_dhabi"))


@pytest.fixture
def place() -> Place:
    return Place(24.4, 54.65, 27.0, 4.0)


@pytest.fixture
def plain_frame() -> pd.DataFrame:
    """A year of mild air and a sun from 6 to 18 h, nothing special in any hour."""
    labels = year_labels([2001])
    day = np.clip(np.sin((labels.hour.to_numpy() + 0.5 - 6) / 12 * np.pi), 0, None)
    return pd.DataFrame(
        {
            "dry_bulb_c": 20.0 + 5 * day,
            "dew_point_c": 10.0,
            "pressure_pa": 101_000.0,
            "wind_10m_m_s": 4.0,
            "ghi_w_m2": 700 * day,
            "dni_w_m2": 600 * (day > 0),
            "dhi_w_m2": 100 * day,
        },
        index=labels,
    )


@pytest.fixture
def write_epw(tmp_path):
    """Return a function that writes a frame as a small but complete EPW."""

    def write(frame: pd.DataFrame, *, years=None, design="DESIGN CONDITIONS,0", data_type="TMYx", name="a.epw") -> Path:
        header = [
            f"LOCATION,Town,ST,ARE,{data_type},412170,24.40000,54.65000,4.0,27.0",
            design,
            "TYPICAL/EXTREME PERIODS,0",
            "GROUND TEMPERATURES,0",
            "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0",
            "COMMENTS 1,made for a test",
            "COMMENTS 2,",
            "DATA PERIODS,1,1,Data,Sunday,1/1,12/31",
        ]
        rows = []
        for i, (label, row) in enumerate(frame.iterrows()):
            year = label.year if years is None else years[i]
            fields = [year, label.month, label.day, label.hour + 1, 0, "?", row["dry_bulb_c"], row["dew_point_c"], 50]
            fields += [row["pressure_pa"], 0, 0, 300, row["ghi_w_m2"], row["dni_w_m2"], row["dhi_w_m2"], 0, 0, 0, 0]
            fields += [180, row["wind_10m_m_s"], 0, 0, 10, 1000, 0, 0, 10, 0.1, 0, 0, 0.2, 0, 0]
            rows.append(",".join(str(field) for field in fields))
        path = tmp_path / name
        path.write_text("\r\n".join([*header, *rows]) + "\r\n", encoding="latin-1")
        return path

    return write
