"""Carbon and water by source."""

from gigasite.reports.content import emission as emission_content


def with_rows(plan, plan_with, *, energy=(), kpis=()):
    more, known = plan.energy.copy(), plan.kpis.copy()
    for row in energy:
        more.loc[len(more)] = row
    for row in kpis:
        known.loc[len(known)] = row
    return plan_with(energy=more, kpis=known)


def test_carbon_is_told_by_source_by_hour_and_by_energy(plan, plan_with):
    """412,345.6 t over 2.1e9 H100-hours are 196 g; a source that takes carbon away is none."""
    plan = with_rows(
        plan,
        plan_with,
        energy=[
            ("2026-01-01", "grid", "carbon", 400_000.0, "t/year"),
            ("2026-01-01", "gas_engines", "carbon", 12_345.6, "t/year"),
            ("2026-01-01", "cap", "carbon", -412_345.6, "t/year"),
            ("2026-01-01", "accelerators", "it_energy", 1_500_000.0, "MWh/year"),
        ],
    )
    rows = {row[0]: row[1:] for row in emission_content.carbon(plan)}
    assert rows["Grid"] == ["kt/yr", "400", "0"]
    assert rows["Together"] == ["kt/yr", "412", "2,062"]
    assert rows["Per H100-hour"] == ["g", "196", "196"]
    assert rows["Per MWh of IT energy"][:2] == ["kg", "275"]
    assert "Cap" not in rows


def test_water_is_told_by_user(plan, plan_with):
    """2,100,000 m3 over 2.1e9 H100-hours is a litre each."""
    kpis = [("2026-01-01", "water_annual", 2.1e6, "m3/yr"), ("2028-07-01", "water_annual", 1.05e7, "m3/yr")]
    rows = {row[0]: row[1:] for row in emission_content.water(with_rows(plan, plan_with, kpis=kpis))}
    assert rows["Together"] == ["million m³/yr", "2.1", "10.5"]
    assert rows["Per H100-hour"] == ["L", "1.00", "1.00"]
    assert "Air chiller" in rows
    assert "Supply" not in rows


def test_a_dry_site_without_emissions_has_no_rows(plan, plan_with):
    clean = plan_with(kpis=plan.kpis[~plan.kpis["name"].isin(["co2", "water_annual"])])
    assert emission_content.carbon(clean) == []
    assert emission_content.water(clean) == []
