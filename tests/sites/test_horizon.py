from datetime import date

import pytest

from gigasite.models.errors import SiteFileError
from gigasite.models.finance import present_value_years
from gigasite.models.timeline import full_year
from gigasite.sites.horizon import change_dates, facts, timeline

YEAR = (full_year(),)
DEMANDS = "training: {demand: 20000 H100, window: 24 h}, inference: {demand: 5000 H100}"


@pytest.fixture
def plain(texts):
    return texts["head"] + texts["load"] + texts["grid"]


def test_an_offer_splits_a_phase(site, plain):
    """One stated start and a second offer on 1 January 2030: two phases, worth what lies between their dates."""
    later = plain.replace("2027-01-01: 100 MW", "2027-01-01: 100 MW, 2030-01-01: 200 MW")
    made = site(later)
    assert change_dates(made) == {date(2030, 1, 1)}
    found = timeline(made, YEAR)
    assert list(found.names) == ["2027-01-01", "2030-01-01"]
    first, second = found.phases
    assert first.present_value_years == pytest.approx(
        present_value_years(0.06, date(2025, 1, 1), date(2027, 1, 1), date(2030, 1, 1))
    )
    assert second.end == date(2037, 1, 1)


def test_dates_outside_the_horizon_split_nothing(site, plain):
    early = plain.replace("2027-01-01: 100 MW", "2026-01-01: 100 MW")
    assert change_dates(site(early)) == set()


def test_a_plain_load_bounds_every_size_at_twice_itself(site, plain):
    """60 MW x 2 = 120 MW."""
    made = site(plain)
    assert facts(made, timeline(made, YEAR)).largest_mw == (120.0,)


def test_demanded_work_bounds_the_accelerators(site, texts):
    """25,000 H100 / (2.528 x 0.96) = 10,301 GPU x 1.97 kW x 1.14 = 23.13 MW, and twice that for cooling and losses."""
    made = site(texts["head"] + texts["compute"] + texts["grid"])
    gpu = made.component("gpu")
    it = 25.0 / (gpu.speed * gpu.availability) * gpu.power * gpu.network_overhead
    found = facts(made, timeline(made, YEAR))
    assert found.largest_mw == pytest.approx((2 * it,))
    assert found.largest_kh100[0] >= 4 * 25.0


def test_a_share_of_work_is_bounded_by_the_grid(site, texts):
    """Accelerators without a limit take what the grid brings: 100 MW, and twice that."""
    text = texts["head"] + texts["compute"] + texts["grid"]
    shared = text.replace(DEMANDS, "jobs: {share: 1}")
    made = site(shared.replace("compute:\n", "compute:\n  goal: most_compute\n"))
    assert facts(made, timeline(made, YEAR)).largest_mw == pytest.approx((200.0,))


def test_a_site_that_nothing_limits_is_refused(site, texts):
    text = (
        texts["head"]
        + texts["compute"]
        + texts["grid"].replace("size: {maximum: {2027-01-01: 100 MW}}, ", "available: 2027-01-01, ")
    )
    shared = text.replace(DEMANDS, "jobs: {share: 1}")
    made = site(shared.replace("compute:\n", "compute:\n  goal: most_compute\n"))
    with pytest.raises(SiteFileError, match="nothing limits the size of the site"):
        facts(made, timeline(made, YEAR))
