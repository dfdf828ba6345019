import pytest

from gigasite.models.errors import SiteFileError
from gigasite.sites.sweep_runs import runs

SITE = """
site: {name: Test, latitude: 24.2 deg, longitude: 54.75 deg, elevation: 40 m, utc_offset: 4 h}
climate: {normals: abu_dhabi}
phases: {decision: 2025-01-01, starts: [2027-01-01], end: 2037-01-01}
power:
  offices: {kind: load, demand: 60 MW}
  halls: {kind: load, demand: 5 MW}
grid:
  utility: {size: {maximum: {2027-01-01: 100 MW}}, energy_price: 75 USD/MWh, emission: 400 kg/MWh, carbon_free_share: 30 %}
scenarios:
  dear: {grid: {utility: {energy_price: 150 USD/MWh}}}
"""  # noqa: E501


@pytest.fixture
def plan(tmp_path):
    """Return the runs of a plan for the site above."""
    (tmp_path / "test.yaml").write_text(SITE)

    def planning(text):
        (tmp_path / "plan.yaml").write_text(f"sites: [test.yaml]\n{text}")
        return runs(tmp_path / "plan.yaml")[1]

    return planning


def _problems(plan, text):
    with pytest.raises(SiteFileError) as caught:
        plan(text)
    return [sentence[sentence.index("plan.yaml") :] for sentence in caught.value.problems]


def test_scenarios_run_as_they_stand_where_nothing_is_changed(plan):
    assert [run.name for run in plan("scenarios: all\n")] == ["test/base/unchanged", "test/dear/unchanged"]


def test_grid_runs_every_combination(plan):
    found = plan(
        "unchanged: false\ngrid: {grid.utility.energy_price: [60 USD/MWh, 90 USD/MWh], climate.warming: [0 K, 2 K]}"
    )
    assert [run.name for run in found] == [
        "test/base/energy_price_60_usd_mwh-warming_0_k",
        "test/base/energy_price_60_usd_mwh-warming_2_k",
        "test/base/energy_price_90_usd_mwh-warming_0_k",
        "test/base/energy_price_90_usd_mwh-warming_2_k",
    ]
    assert found[3].changes == {"grid.utility.energy_price": "90 USD/MWh", "climate.warming": "2 K"}


def test_sensitivity_takes_a_share_of_what_the_scenario_says(plan):
    """20 % of 75 USD/MWh in the base, of 150 USD/MWh in the scenario."""
    found = plan("scenarios: all\nunchanged: false\nsensitivity: {grid.utility.energy_price: {change: 20 %}}")
    assert [(run.name, *run.changes.values()) for run in found] == [
        ("test/base/energy_price_low", "60 USD/MWh"),
        ("test/base/energy_price_high", "90 USD/MWh"),
        ("test/dear/energy_price_low", "120 USD/MWh"),
        ("test/dear/energy_price_high", "180 USD/MWh"),
    ]


def test_limit_runs_at_every_step(plan):
    found = plan("epsilon: {carbon.cap: {from: 3000 t/year, to: 1000 t/year, steps: 3}}")
    assert [run.name for run in found][1:] == [f"test/base/cap_{cap}_t_year" for cap in (3000, 2000, 1000)]
    assert [run.kind for run in found] == ["unchanged", *["epsilon"] * 3]


def test_changes_that_always_hold_are_in_every_run(plan):
    found = plan("always: {solve.gap: 2 %}\nchanges: {hot: {climate.warming: 2 K}}")
    assert [run.draft.document.data["solve"] for run in found] == [{"gap": "2 %"}] * 2


def test_runs_with_the_same_inputs_share_a_key(plan):
    found = {run.name: run.key for run in plan("scenarios: all\ngrid: {grid.utility.energy_price: [75 USD/MWh]}")}
    assert found["test/base/unchanged"] == found["test/base/energy_price_75_usd_mwh"]
    assert found["test/base/energy_price_75_usd_mwh"] == found["test/dear/energy_price_75_usd_mwh"]
    assert found["test/dear/unchanged"] != found["test/base/unchanged"]


def test_paths_with_the_same_end_get_names_of_their_own(plan):
    (run,) = plan("unchanged: false\ngrid: {power.offices.demand: [50 MW], power.halls.demand: [6 MW]}")
    assert run.name == "test/base/offices_demand_50_mw-halls_demand_6_mw"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("grid: {grid.utility.energy_price: [5 MW]}", "plan.yaml:2 grid 'utility': energy_price must be a quantity in"),
        ("grid: {grid.utilty.energy_price: [5 MW]}", "plan.yaml:2 grid.utilty.energy_price: the site has no 'utilty'"),
        ("scenarios: [base, deer]", "plan.yaml:2 scenarios: test.yaml has no scenario 'deer'. Did you mean 'dear'?"),
        (
            "sensitivity: {grid.utility.size: {change: 5 %}}",
            "plan.yaml:2 sensitivity.grid.utility.size: the site states no",
        ),
        ("always: {money.rate: 1}", "plan.yaml:2 money: unknown key 'rate'."),
    ],
)
def test_wrong_change_is_told_with_its_line_in_the_plan(plan, text, told):
    (problem,) = _problems(plan, text)
    assert problem.startswith(told)


def test_missing_site_is_told_with_its_line(tmp_path):
    (tmp_path / "plan.yaml").write_text("sites:\n  - abu_dabi\n")
    with pytest.raises(SiteFileError, match=r"plan.yaml:2 sites: there is no site file .* Did you mean 'abu_dhabi'\?"):
        runs(tmp_path / "plan.yaml")
