"""Outages, curtailment and calls to stand back in a report, by hand from the handmade plan."""

import numpy as np
import pandas as pd

from gigasite.reports.content import reliability as reliability_content
from gigasite.reports.words import NOTHING


def changed(plan, plan_with, **tables):
    return plan_with(tables={**plan.tables, **tables})


def test_curtailment_says_what_each_share_frees(plan):
    """0.25 % frees 12 of 180 MW."""
    rows = reliability_content.curtailment(plan)
    assert len(rows) == 6
    assert rows[0] == ["2026", "0.25\xa0%", "168", "12.0", "480", "5.00", "6\xa0%"]


def test_a_site_that_buys_nothing_has_nothing_to_free(plan, plan_with):
    table = plan.tables["curtailment"].assign(freed_mw=0.0)
    assert reliability_content.curtailment(changed(plan, plan_with, curtailment=table)) == []


def test_a_flexible_connection_says_what_it_gives_and_costs(plan, plan_with):
    """Figures that are nothing in every phase are left out, and so is a phase without one."""
    early, late = plan.kpis["phase"].unique()[:2]
    table = pd.DataFrame(
        [
            (early, "gained", 60.0, "MW"), (early, "from_storage", 1250.0, "MWh/yr"), (early, "less_it", 0.0, "MWh/yr"),
            (early, "cost_per_mw", 41200.0, "USD/MW/yr"), (late, "gained", 0.0, "MW"),
        ],
        columns=["phase", "name", "value", "unit"],
    )  # fmt: skip
    rows = reliability_content.flexibility(changed(plan, plan_with, flexibility=table))
    assert [each[0] for each in rows] == [
        "Of it: gained before a firm offer could give it", "Made up by storage", "The same per MW gained",
    ]  # fmt: skip
    assert rows[0][1:] == ["MW", "60.0", "0"]
    assert rows[1][1:] == ["MWh/yr", "1,250", NOTHING]


def test_a_firm_connection_says_nothing_of_flexibility(plan, plan_with):
    table = pd.DataFrame([], columns=["phase", "name", "value", "unit"])
    assert reliability_content.flexibility(changed(plan, plan_with, flexibility=table)) == []


def test_survival_is_told_by_length_of_the_outage(plan):
    rows = reliability_content.survival(plan)
    assert rows[0] == ["1\xa0h", "%", "99.90", "99.90"]
    assert rows[-1] == ["72\xa0h", "%", "92.80", "92.80"]


def test_without_stated_outages_there_is_no_survival(plan, plan_with):
    assert reliability_content.survival(changed(plan, plan_with, survival=plan.tables["survival"][:0])) == []


def test_outages_tell_what_serves_them(plan, plan_with):
    """A store that takes almost nothing gives 0; a site without work has no work to go on."""
    phase = plan.kpis["phase"].iloc[0]
    table = pd.DataFrame(
        [(phase, "14 July 15:00 for 4 h", 4.0, 40.0, 1e-9, 30.0, 10.0, np.nan),
         (phase, "1 December 02:00 for 6 h", 6.0, 60.0, 12.5, 47.5, 0.0, 0.6)],
        columns=["phase", "window", "hours", "load_mwh", "storage_mwh", "generator_mwh", "renewable_mwh", "work_done"],
    )  # fmt: skip
    first, second = reliability_content.outages(changed(plan, plan_with, outages=table))
    assert first[1:] == ["14 July 15:00 for 4 h", "40.0", "0", "30.0", "10.0", NOTHING]
    assert second[2:] == ["60.0", "12.5", "47.5", "0", "60\xa0%"]


def test_how_long_an_outage_is_likely_served(plan):
    """1 - hours / 1000 stays above 90 % for all 72 hours that are looked at."""
    lines = reliability_content.lasting(plan)
    assert lines[0].endswith("an outage of up to 72 h is served to its end with a probability of 90 % or more.")


def test_supplies_that_run_out_end_it(plan, plan_with):
    """99 % for 8 hours and nothing from the ninth on."""
    table = plan.tables["survival"].copy()
    table["survival"] = np.where(table["hours"] <= 8, 0.99, 0.0)
    lines = reliability_content.lasting(changed(plan, plan_with, survival=table))
    assert "up to 8 h" in lines[0]
