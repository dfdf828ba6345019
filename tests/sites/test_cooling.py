"""The whole comparison, from site files to figures."""

import pytest

from gigasite.models.errors import PlanError, SiteFileError
from gigasite.sites.cooling import PLATFORM, comparison

FEW = ("air_cooled_chiller", "cold_plate_dry")


@pytest.fixture(scope="module")
def compared():
    """Return two options in two shipped places, and what was told."""
    told = []
    found = comparison(["singapore", "riyadh"], it_mw=100.0, grid_mw=120.0, chosen=FEW, progress=told.append)
    return found, told


def test_every_place_has_every_option(compared):
    found, _ = compared
    assert list(found.figures.place) == ["singapore", "singapore", "riyadh", "riyadh"]
    assert list(found.figures.option) == [*FEW, *FEW]
    assert set(found.winners) == {"singapore", "riyadh"}


def test_stages_are_told_in_order(compared):
    _, told = compared
    assert [stage.name for stage in told] == ["read"] * 2 + ["climate"] * 2 + ["compare"] * 2


def test_the_first_sites_platform_is_taken(compared):
    """Singapore names GB300; a platform that is named takes its place."""
    assert compared[0].load.platform.technology == "gb300_nvl72"
    found = comparison(["riyadh"], it_mw=1.0, grid_mw=1.0, chosen=["air_cooled_chiller"], platform="ascend_910c_cm384")
    assert found.load.platform.technology == "ascend_910c_cm384"


def test_a_site_without_accelerators_gets_the_usual_platform(tmp_path, texts):
    path = tmp_path / "plain.yaml"
    path.write_text(texts["head"] + texts["grid"] + texts["load"], encoding="utf-8")
    found = comparison([str(path)], it_mw=1.0, grid_mw=1.0, chosen=["air_cooled_chiller"])
    assert found.load.platform.technology == PLATFORM


def test_a_warmer_climate_is_applied_to_every_place(compared):
    """2 K more: the chillers of both places draw more; without it nothing would change."""
    warm = comparison(
        ["singapore", "riyadh"], it_mw=100.0, grid_mw=120.0, chosen=FEW, climate={"warming": "2 delta_degC"}
    )
    assert (warm.figures.pue_annual > compared[0].figures.pue_annual).all()
    assert (warm.figures.pue_design > compared[0].figures.pue_design).all()


def refused(*names, **asked):
    with pytest.raises(PlanError) as caught:
        comparison(list(names), **{"it_mw": 1.0, "grid_mw": 1.0, **asked})
    assert caught.value.exit_code == 2
    return caught.value.problems


def test_a_site_given_twice_is_refused():
    assert refused("riyadh", "riyadh") == (
        "cooling: riyadh is given twice. Name each site once; two files need two names.",
    )


def test_an_unknown_site_is_refused():
    (said,) = refused("riyad")
    assert "riyadh" in said


def test_an_unknown_platform_is_refused():
    (said,) = refused("riyadh", platform="gb301")
    assert said == "--platform: 'gb301' is no platform of the catalogue. See `gigasite catalogue platforms`."


def test_an_unknown_option_is_refused():
    (said,) = refused("riyadh", chosen=["dry"])
    assert said.startswith("--option: 'dry' is unknown.")


def test_a_wrong_climate_is_refused():
    """The file's own entries stay: a seed beside a file, or a warming of 40 K."""
    (said,) = refused("riyadh", climate={"warming": "40 delta_degC"})
    assert said.startswith("riyadh: climate: warming")
    with pytest.raises(SiteFileError, match="climate"):
        comparison(["riyadh"], it_mw=1.0, grid_mw=1.0, climate={"warmth": 1})
