import pytest

from gigasite.models.errors import SiteFileError
from gigasite.sites.sweep_plan import Front, read_plan, scaled


def _problems(tmp_path, text):
    path = tmp_path / "plan.yaml"
    path.write_text(text)
    with pytest.raises(SiteFileError) as caught:
        read_plan(path)
    assert caught.value.exit_code == 2
    return [sentence[sentence.index("plan.yaml") :] for sentence in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("scenarios: [base]\n", "sites is missing."),
        ("sites: []\n", "plan.yaml:1 sites must have at least one entry"),
        ("sites: [a]\ngrd: {}\n", "plan.yaml:2 unknown key 'grd'. Did you mean 'grid'?"),
        ("sites: [a]\ngrid: {money.year: []}\n", "plan.yaml:2 grid: money.year must list at least one value"),
        ("sites: [a]\nchanges: {a/b: {}}\n", "plan.yaml:2 changes: the name 'a/b' must be letters"),
        (
            "sites: [a]\nsensitivity:\n  money.year: {low: 1}\n",
            "plan.yaml:3 sensitivity.money.year: give either low and",
        ),
        ("sites: [a]\nsensitivity:\n  money.year: {change: 3 MW}\n", "got '3 MW'"),
        ("sites: [a]\nepsilon:\n  carbon.cap: {from: 2 t, to: 1 kg}\n", "same unit, got '2 t' and '1 kg'"),
        (
            "sites: [a]\nepsilon:\n  carbon.cap: {from: 2 t, to: 1 t, steps: 1}\n",
            "plan.yaml:3 epsilon.carbon.cap: steps",
        ),
        ("- a\n", "must be a mapping"),
    ],
)
def test_wrong_plan_is_told_with_line_rule_and_value(tmp_path, text, told):
    (problem,) = _problems(tmp_path, text)
    assert told in problem


def test_all_problems_are_told_at_once(tmp_path):
    text = "sites: [a]\ngrd: {}\nsensitivity: {money.year: {low: 1}}\nepsilon: {carbon.cap: {from: 1 t}}\n"
    assert [problem.split()[0] for problem in _problems(tmp_path, text)] == [
        "plan.yaml:2",
        "plan.yaml:3",
        "plan.yaml:4",
    ]


def test_limit_is_stepped_evenly_from_end_to_end():
    """300, 250, 200, 150, 100: (300 - 100) / 4 = 50 a step."""
    front = Front.model_validate({"from": "300 t/year", "to": "100 t/year"})
    assert front.values() == ["300 t/year", "250 t/year", "200 t/year", "150 t/year", "100 t/year"]
    assert Front.model_validate({"from": 0.5, "to": 1, "steps": 3}).values() == [0.5, 0.75, 1.0]


def test_share_of_a_quantity_keeps_its_unit():
    assert scaled("1,400 USD/kW", 0.8) == "1120 USD/kW"
    assert scaled(0.06, 1.5) == pytest.approx(0.09)
    assert scaled("flat", 2.0) is None
