"""What a connection that may be called off gives and costs, by hand: 10 MW of load, 60 % called off, engines."""

import numpy as np
import pytest

from gigasite.sites.flexible_connection import flexibility_table
from gigasite.sites.levelised import levelised_costs

TEXT = """
site: {name: Test, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2033-01-01}
power:
  offices: {kind: load, demand: 10 MW}
  engines:
    {kind: generator, technology: diesel, fuel: diesel_oil, available: 2027-01-01, size: {fixed: 8 MW}, efficiency: 0.4}
  diesel: {kind: diesel_oil}
grid:
  utility:
    offers:
      - {power: 10 MW, available: 2027-01-01, call_off: {share: 60 %, hours: 300 h}}
      - {power: 4 MW, available: 2030-01-01}
    energy_price: 60 USD/MWh
    emission: 400 kg/MWh
    carbon_free_share: 0.3
"""
EARLY, LATE = "2027-01-01", "2030-01-01"


@pytest.fixture(scope="module")
def done(on_twelve_days, tmp_path_factory):
    return on_twelve_days(tmp_path_factory.mktemp("flexible"), TEXT)


@pytest.fixture(scope="module")
def told(done):
    return flexibility_table(done).set_index(["phase", "name"])["value"]


def test_megawatts_are_gained_until_a_firm_offer_could_give_them(told):
    """10 MW from 2027; from 2030 a firm offer could give 4 of all that stands. 3 years of 10 MW: 30 MW years."""
    assert told[EARLY, "interruptible"] == pytest.approx(10.0)
    assert told[EARLY, "gained"] == pytest.approx(10.0)
    assert told[EARLY, "gained_mw_years"] == pytest.approx(30.0, rel=1e-3)
    assert told[LATE, "gained"] <= told[LATE, "interruptible"]


def test_what_is_called_off_is_ridden_through_by_the_engines(told):
    """300 of 8,760 h are 10 of 288 steps of 30.42 h: 304.2 h x 6 MW = 1,825 MWh, all of them from engines."""
    assert told[EARLY, "hours"] == pytest.approx(10 * 8760 / 288)
    assert told[EARLY, "called_off"] == pytest.approx(1825.0)
    assert told[EARLY, "less_import"] == pytest.approx(1825.0, rel=1e-6)
    assert told[EARLY, "from_generators"] == pytest.approx(1825.0, rel=1e-6)
    assert told[EARLY, "from_storage"] == 0.0


def test_what_is_imported_less_comes_from_somewhere(told):
    names = ("from_storage", "from_generators", "from_renewables", "less_it", "less_cooling", "from_elsewhere")
    for phase in (EARLY, LATE):
        made_up = sum(told[phase, name] for name in names)
        assert made_up == pytest.approx(told[phase, "less_import"], abs=1e-6)


def test_engines_that_run_for_nothing_else_cost_all_that_they_cost(done, told):
    """Levelised cost x 1,825 MWh is their whole yearly cost with fuel; over 10 MW gained."""
    engines = levelised_costs(done).query("component == 'engines'").set_index("phase")["usd_per_year"]
    assert told[EARLY, "cost"] == pytest.approx(engines[EARLY], rel=1e-3)
    assert told[EARLY, "cost_per_mw"] == pytest.approx(engines[EARLY] / 10.0, rel=1e-3)


def test_a_firm_connection_has_no_table(plain):
    assert flexibility_table(plain).empty


def test_every_figure_is_a_number(done):
    assert np.isfinite(flexibility_table(done)["value"]).all()
