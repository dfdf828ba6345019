import pytest

from gigasite.sites.changing import Change, changed
from gigasite.sites.document import Problems, parse

SITE = """
grid:
  utility:
    size: {maximum: {2027-01-01: 100 MW, 2030-01-01: 200 MW}}
    energy_price: {tariff: [{hours: [16, 22], price: 110 USD/MWh}], otherwise: 60 USD/MWh}
power:
  solar: {kind: pv_tracking}
"""


@pytest.fixture
def apply():
    """Return the site with changes, and what is wrong."""

    def applying(*changes):
        problems = Problems("site.yaml")
        document = parse(SITE, problems)
        for path, value in changes:
            document = changed(document, Change(path, value, "plan.yaml:7"), problems)
        return document, list(problems.found)

    return applying


def test_value_takes_the_place_of_what_is_there(apply):
    document, problems = apply(("grid.utility.energy_price", "75 USD/MWh"))
    assert document.data["grid"]["utility"]["energy_price"] == "75 USD/MWh"
    assert document.line(("grid", "utility", "energy_price")) == "plan.yaml:7"
    assert problems == []


def test_path_leads_into_lists_and_dates_and_leaves_the_rest(apply):
    document, _ = apply(
        ("grid.utility.energy_price.tariff.0.price", "200 USD/MWh"), ("grid.utility.size.maximum.2030-01-01", "300 MW")
    )
    utility = document.data["grid"]["utility"]
    assert utility["energy_price"] == {
        "tariff": [{"hours": [16, 22], "price": "200 USD/MWh"}],
        "otherwise": "60 USD/MWh",
    }
    assert [*utility["size"]["maximum"].values()] == ["100 MW", "300 MW"]


def test_mapping_merges_as_in_a_scenario(apply):
    document, _ = apply(("grid", {"utility": {"emission": "300 kg/MWh"}}))
    assert set(document.data["grid"]["utility"]) == {"size", "energy_price", "emission"}


def test_null_removes(apply):
    assert apply(("power.solar", None))[0].data["power"]["solar"] is None


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("grid.utilty.energy_price", "1 USD/MWh", "the site has no 'utilty' in section grid. Did you mean 'utility'?"),
        ("power.wind.size", "1 MW", "the site has no 'wind' in section power."),
        ("grid.utility.energy_price.tariff.4.price", "1 USD/MWh", "by a number from 0 to 0, got '4'"),
        ("grid..size", "1 MW", "must be keys with dots between"),
        ("power.battery", None, "removes power.battery, which the site does not have"),
    ],
)
def test_path_that_leads_nowhere_is_told_with_the_place_of_the_change(apply, path, value, told):
    _, (problem,) = apply((path, value))
    assert problem.startswith("plan.yaml:7 ")
    assert told in problem
