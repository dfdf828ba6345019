"""What of a site's limits is eased, one at a time."""

from datetime import date

from gigasite.models.investment import ALWAYS, at
from gigasite.sites.relaxing import eased

START = date(2027, 1, 1)
LIMITED = """
power:
  offices: {kind: load, demand: 60 MW}
  engines: {kind: generator, technology: gas_engine, fuel: gas, available: 2027-01-01}
  lateral: {kind: gas_pipeline, price: 4 USD/MMBtu, length: 12 km, available: 2027-01-01, size: {maximum: 100 MW}}
grid:
  utility:
    size: {maximum: {2027-01-01: 40 MW, 2030-01-01: 100 MW}}
    headroom: 90 MW
    energy_price: 75 USD/MWh
    emission: 400 kg/MWh
    carbon_free_share: 0.3
limits: {land: 100 ha, capital: 900 MUSD}
"""
OFFERS = """
power:
  offices: {kind: load, demand: 60 MW}
grid:
  utility:
    delay: 1 year
    offers: [{power: 70 MW, available: 2026-01-01}, {power: 20 MW, available: 2031-01-01}]
    energy_price: 75 USD/MWh
    emission: 400 kg/MWh
    carbon_free_share: 0.3
"""


def _by_label(made):
    return {label: {c.name: c for c in components} for label, components in eased(made)}


def test_every_limit_is_eased_by_itself(site, texts):
    made = site(texts["head"] + LIMITED)
    found = _by_label(made)
    assert list(found) == [
        "twice the gas lateral 'lateral'",
        "twice the grid connection 'utility'",
        "the grid connection 'utility' whole from 2027-01-01",
        "more land than the limit",
        "more capital than the limit",
    ]
    assert at(found["twice the gas lateral 'lateral'"]["lateral"].size.maximum, START) == 200.0
    assert "land" not in found["more land than the limit"]
    assert "capital" not in found["more capital than the limit"]
    changed = {label: [n for n in known if known[n] != made.component(n)] for label, known in found.items()}
    assert list(changed.values()) == [["lateral"], ["utility"], ["utility"], [], []]


def test_a_connection_is_eased_in_size_with_its_headroom_or_in_time(site, texts):
    """Twice: 80 MW, 200 MW from 2030 on, within 180 MW; whole from the start: 100 MW within 90."""
    found = _by_label(site(texts["head"] + LIMITED))
    twice = found["twice the grid connection 'utility'"]["utility"]
    decision = date(2025, 1, 1)
    assert [twice.most_mw(date(year, 1, 1), decision) for year in (2027, 2030)] == [80.0, 180.0]
    whole = found["the grid connection 'utility' whole from 2027-01-01"]["utility"]
    assert whole.most_mw(START, decision) == 90.0
    assert whole.size.maximum == {ALWAYS: 100.0}


def test_offers_come_at_once_or_twice_as_large(site, texts):
    """70 MW come in 2027 after a year of delay, 20 MW in 2032; twice: 140 MW in 2027; at once: 90 MW, no delay."""
    made = site(texts["head"] + OFFERS)
    found = _by_label(made)
    decision = date(2025, 1, 1)
    assert made.component("utility").most_mw(START, decision) == 70.0
    assert found["twice the grid connection 'utility'"]["utility"].most_mw(START, decision) == 140.0
    assert found["the grid connection 'utility' whole from 2027-01-01"]["utility"].most_mw(START, decision) == 90.0


def test_a_site_without_limits_has_nothing_to_ease(site, texts):
    free = texts["grid"].replace("size: {maximum: {2027-01-01: 100 MW}}", "available: 2027-01-01")
    assert list(eased(site(texts["head"] + free + texts["load"]))) == []
