from dataclasses import FrozenInstanceError, fields

import pandas as pd
import pytest
import xarray as xr


def test_a_plan_is_handed_on_whole_and_never_edited(small):
    plan = small[1]
    with pytest.raises(FrozenInstanceError):
        plan.site = "other"


def test_a_plan_holds_tables_hours_and_text(small):
    plan = small[1]
    for name in ("kpis", "capacities", "costs", "energy", "assumptions"):
        assert isinstance(getattr(plan, name), pd.DataFrame), name
        assert len(getattr(plan, name)), name
    assert isinstance(plan.hourly, xr.Dataset)
    assert {each.name for each in fields(plan)} >= {"site", "scenario", "run", "site_yaml"}
