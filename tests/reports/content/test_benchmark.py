"""A plan beside published figures."""

import pytest

from gigasite.models.catalogue import lookup
from gigasite.reports.content import benchmark as benchmark_content


def found(plan) -> dict[tuple[str, str], benchmark_content.Benchmark]:
    return {(each.label, each.what): each for each in benchmark_content.benchmarks(plan)}


def test_both_grid_ratios_are_beside_the_claim(plan):
    """0.76 and 0.67 against the claimed 0.125."""
    claimed = [each for each in benchmark_content.benchmarks(plan) if each.low == 0.125]
    assert [each.value for each in claimed] == [0.76, 0.67]
    assert {each.standing for each in claimed} == {"above"}


def test_pue_is_beside_published_bands(plan):
    """1.113 lies within 1.09 to 1.19 of AI halls and below 1.16 to 1.28 of hyperscale halls."""
    assert found(plan)["PUE, annual", "AI halls"].standing == "within"
    assert found(plan)["PUE, annual", "hyperscale halls"].standing == "below"


def test_investment_per_power_adds_up_all_phases(plan):
    """Building and cooling 6 x 1.2 bn over 1,000 MW of IT: 7.2; with supply and grid 6 x 1.56 bn over 1,182 MW: 7.92.

    With chips 6 x 6.96 bn over 1,182 MW: 35.3.
    """
    every = found(plan)
    assert every["M USD of building and cooling per MW of IT", "world, with plant"].value == pytest.approx(7.2)
    alone = every["M USD per MW at the connection, without chips", "announced: Jamnagar"]
    assert alone.value == pytest.approx(6 * 1.56e3 / 1182)
    assert (alone.low, alone.high) == (6.667, 10.0)
    chips = every["M USD per MW at the connection, chips included", "announced: Neuquen"]
    assert chips.value == pytest.approx(6 * 6.96e3 / 1182)
    assert chips.standing == "below"


def test_every_row_has_a_source_and_its_evidence(plan):
    for row in benchmark_content.rows(plan):
        assert len(row) == 7
        assert row[6].endswith(
            ("(verified (source seen))", "(derived from source seen)", "(general knowledge, not verified)")
        )


def test_liquid_systems_are_compared_where_there_are_any(plan, plan_with):
    """The published range of dry coolers reaches from the low end in cool to the high end in hot climates."""
    kinds = plan.capacities["kind"].replace("cold_plate_dry", "cold_plate_dry_cooler")
    every = found(plan_with(capacities=plan.capacities.assign(kind=kinds)))
    each = every["PUE, annual", "cold plates on dry coolers, cool to hot climates"]
    assert each.low == lookup("system_liquid_dry", "pue_cool_climate").low
    assert each.high == lookup("system_liquid_dry", "pue_hot_climate").high
    assert not any("air with chillers" in what for _, what in every)


def test_rows_tell_the_middle_and_what_announcements_include(plan):
    """Jamnagar: 6.667 to 10, in the middle 8.333, nobody says of what; one published value has no middle."""
    rows = {row[5]: row for row in benchmark_content.rows(plan)}
    jamnagar = next(row for what, row in rows.items() if what.startswith("announced: Jamnagar"))
    assert jamnagar[2:4] == ["6.7 to 10.0", "8.3"]
    assert jamnagar[5].endswith("(facility level; the announcements do not say what is included)")
    assert rows["announced: Neuquen (letter of intent)"][2:4] == ["50.0", "\N{EN DASH}"]
