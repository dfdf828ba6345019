"""Cost of electricity by source, against the headline figure and by hand."""

import numpy as np
import pytest

from gigasite.models.finance import annuity_factor
from gigasite.sites.kpis import kpis
from gigasite.sites.levelised import COLUMNS, levelised_costs
from gigasite.sites.tables import costs, energy


@pytest.mark.parametrize("site", ["invested", "plain"])
def test_sources_add_up_to_the_headline_cost_of_electricity(site, request):
    finished = request.getfixturevalue(site)
    table, headline = levelised_costs(finished), kpis(finished)
    assert list(table.columns) == list(COLUMNS)
    sums = table.groupby("phase")["system_usd_per_mwh"].sum()
    lcoe = headline[headline["name"] == "lcoe"].set_index("phase")["value"]
    assert sums.to_dict() == pytest.approx(lcoe.to_dict(), rel=1e-9)


def test_solar_costs_its_annuity_and_upkeep_over_what_is_used(plain):
    """(capex x annuity + upkeep) x MW / MWh delivered; over what could be produced it would be less."""
    table = levelised_costs(plain)
    solar = plain.site.component("solar")
    row = table[table["component"] == "solar"].iloc[0]
    mw = next(stands[0] for name, _, stands, _ in plain.records() if name == "solar")
    yearly = mw * (solar.capex * annuity_factor(0.06, solar.life) + solar.upkeep)
    mwh = plain.yearly(plain.compiled.network.flows("ac")["solar"])[0]
    assert row["usd_per_year"] == pytest.approx(yearly, rel=1e-6)
    assert row["usd_per_mwh"] == pytest.approx(yearly / mwh, rel=1e-6)


def test_who_burns_fuel_pays_for_it_and_the_pipeline_costs_nothing(invested):
    """Engines and the rented turbine share the bill of the gas by what each burns; the turbine leaves in 2030."""
    table = levelised_costs(invested).set_index(["component", "phase"])
    spent = costs(invested).groupby(["component", "phase"])["usd_per_year"].sum()
    flows = energy(invested).query("flow == 'gas'").set_index(["component", "phase"])["value"]
    for phase in invested.timeline.names:
        bill = spent[("pipeline", phase)]
        burned = {name: -flows[(name, phase)] for name in ("engines", "bridge")}
        assert burned["engines"] > 0
        assert (burned["bridge"] > 1.0) == (phase == "2027-01-01")
        for name, gas in burned.items():
            share = bill * gas / sum(burned.values())
            assert table.loc[(name, phase), "usd_per_year"] == pytest.approx(spent[(name, phase)] + share)
        assert table.loc[("pipeline", phase), "usd_per_year"] == pytest.approx(0.0, abs=1e-6)
        assert np.isnan(table.loc[("pipeline", phase), "usd_per_mwh"])


def test_a_battery_delivers_what_it_discharges(plain):
    """Its net flow over the year is its losses, below zero; what it delivers is above."""
    row = levelised_costs(plain).set_index(["component", "phase"]).loc[("bess", "2027-01-01")]
    flows = energy(plain)
    net = flows[(flows["component"] == "bess") & (flows["flow"] == "ac")]["value"].iloc[0]
    assert net < 0 < row["mwh_per_year"]
    assert row["usd_per_mwh"] == pytest.approx(row["usd_per_year"] / row["mwh_per_year"])


def test_what_cools_and_computes_is_no_source(invested):
    supply = {"solar", "bess", "engines", "pipeline", "bridge", "contract", "utility"}
    assert set(levelised_costs(invested)["component"]) == supply


def test_a_contract_that_is_taken_whole_costs_its_price(invested):
    """0.5 MW at every hour at 50 USD/MWh, paid for whether it is taken or not."""
    rows = levelised_costs(invested).query("component == 'contract'")
    assert rows["usd_per_year"].to_numpy() == pytest.approx([0.5 * 8760 * 50] * 2)
    assert (rows["usd_per_mwh"] >= 50.0 - 1e-6).all()
