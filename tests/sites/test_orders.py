"""Orders by date: service less lead time, against the decision."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from gigasite.models.catalogue import lookup
from gigasite.models.investment import PowerSize
from gigasite.sites.orders import COLUMNS, critical_path, orders
from gigasite.sites.tables import capacities

WEEK = 7 / 365.25
LINE = "connection and line"


@pytest.fixture(scope="module")
def table(invested):
    return orders(invested)


def one(table, component, part, phase="2027-01-01"):
    found = table[(table["component"] == component) & (table["part"] == part) & (table["phase"] == phase)]
    assert len(found) == 1
    return found.iloc[0]


def test_orders_are_listed_by_date(table):
    assert list(table.columns) == list(COLUMNS)
    assert table["order_by"].is_monotonic_increasing


def test_everything_that_is_added_is_ordered(invested, table):
    added = capacities(invested)
    added = added[added["added"] > 1e-6]
    listed = set(zip(table["phase"], table["component"], table["quantity"], strict=True))
    assert listed == set(zip(added["phase"], added["component"], added["quantity"], strict=True))


def test_transformers_had_to_be_ordered_before_the_decision(table):
    """128 weeks = 896 days before 1 January 2027 is 19 July 2024, 166 days before 1 January 2025; rounded years give
    the day after.
    """
    found = one(table, "utility", "transformers")
    by_hand = date(2027, 1, 1) - timedelta(weeks=128)
    assert abs(date.fromisoformat(found["order_by"]) - by_hand) <= timedelta(days=1)
    assert found["slack_days"] == pytest.approx((by_hand - date(2025, 1, 1)).days, abs=1)
    assert found["evidence"] == lookup("grid", "transformer_lead_time").evidence


def test_a_date_in_the_site_file_is_the_utilitys_promise(table):
    """The offer of 2027 counts from the decision: agreed then, it is there. The stated lead time is not asked."""
    first, second = (one(table, "utility", LINE, day) for day in ("2027-01-01", "2030-01-01"))
    assert first["lead_time_years"] == pytest.approx(2.0, abs=0.01)
    assert second["lead_time_years"] == pytest.approx(5.0, abs=0.01)
    assert first["order_by"] == second["order_by"] == "2025-01-01"
    assert first["slack_days"] == second["slack_days"] == 0
    assert first["source"] == "date of service in the site file"


def test_equipment_takes_its_lead_time_whatever_the_site_file_promises(table):
    """The file says that accelerators are there on 1 January 2027; they take a year, so somebody orders in 2026."""
    found = one(table, "gpu", "servers and network")
    assert found["order_by"] == "2026-01-01"
    assert (found["unit"], found["units"]) == ("GPU", pytest.approx(found["value"] / 72))


def test_what_a_stated_date_leaves_no_time_for_is_under_contract(invested):
    """Decided on 1 October 2026 for accelerators on 1 January 2027: ordering them then would be nine months late."""
    decided = date(2026, 10, 1)
    late = replace(invested, site=replace(invested.site, decision=decided))
    found = one(orders(late), "gpu", "servers and network")
    assert (found["order_by"], found["slack_days"]) == (decided.isoformat(), 0)
    assert found["source"] == "date of service in the site file"


def test_a_contract_is_agreed_on_the_day_of_the_decision(table):
    """It delivers from its start on; nothing is built for it here."""
    found = one(table, "contract", "contract")
    assert (found["order_by"], found["slack_days"]) == ("2025-01-01", 0)


def test_each_part_has_its_own_lead_time(table):
    """Cushman & Wakefield 2025: UPS 32 weeks, switchgear 47, chillers 35; Rabobank: building 20 months."""
    years = {
        "UPS": 32 * WEEK, "switchgear": 47 * WEEK, "chillers": 35 * WEEK, "shell": 20 / 12, "units": 1.4,
    }  # fmt: skip
    of = {
        "UPS": "power_chain",
        "switchgear": "power_chain",
        "chillers": "hall",
        "shell": "building",
        "units": "engines",
    }
    for part, expected in years.items():
        assert one(table, of[part], part)["lead_time_years"] == pytest.approx(expected, rel=1e-3), part


def test_the_longest_lead_time_is_the_upper_end_of_the_range(table):
    """Chillers stretch to 110 weeks."""
    assert one(table, "hall", "chillers")["longest_lead_time_years"] == pytest.approx(110 * WEEK, rel=1e-3)


def test_a_lead_time_of_the_site_file_is_its_own_source(invested, table):
    """The file gives engines no lead time, so that the catalogue says it; given one, the file does."""
    assert one(table, "engines", "units")["source"] == lookup("gas_engine", "lead_time").source
    parts = tuple(
        replace(part, data={**part.data, "lead_time": "1.4 years"}) if part.name == "engines" else part
        for part in invested.site.parts
    )
    changed = orders(replace(invested, site=replace(invested.site, parts=parts)))
    found = one(changed, "engines", "units")
    assert (found["source"], found["evidence"], found["lead_time_years"]) == ("site file", "", 1.4)
    assert np.isnan(found["longest_lead_time_years"])


def test_a_utility_without_a_date_takes_its_lead_time(plain):
    """No offer and no date: the connection takes what the catalogue says, five years before service."""
    grid = plain.site.component("utility").model_copy(update={"available": None, "size": PowerSize(maximum="100 MW")})
    others = tuple(each for each in plain.site.components if each.name != "utility")
    found = one(orders(replace(plain, site=replace(plain.site, components=(*others, grid)))), "utility", LINE)
    assert found["lead_time_years"] == 5.0
    assert found["order_by"] == "2022-01-01"
    assert found["slack_days"] == -1096


def test_the_critical_path_is_the_order_with_the_least_slack(invested, table):
    path = critical_path(invested)
    first = table[table["phase"] == "2027-01-01"]
    assert path.orders["component"].is_unique
    assert set(path.orders["component"]) == set(first["component"])
    worst = path.orders[path.orders["critical"]]
    assert worst["slack_days"].iloc[0] == first["slack_days"].min()
    assert path.orders["order_by"].is_monotonic_increasing
    assert path.sentence == (
        "First power on 2027-01-01 waits for the transformers of utility: an order takes 2.5 years and was due on"
        f" {worst['order_by'].iloc[0]}, {-worst['slack_days'].iloc[0]} days before the decision on 2025-01-01."
    )
