from dataclasses import FrozenInstanceError

import pytest

from gigasite.sites import read


def test_a_site_is_a_hand_off_that_nobody_edits() -> None:
    site = read("singapore")
    with pytest.raises(FrozenInstanceError):
        site.name = "x"  # type: ignore[misc]


def test_components_are_found_by_name() -> None:
    site = read("singapore")
    assert site.component("gb300").kind == "accelerators"
    with pytest.raises(KeyError):
        site.component("nothing")
