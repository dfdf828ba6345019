from collections.abc import Callable

import pytest

from gigasite.sites import Site, starter


@pytest.mark.parametrize("name", ["My site", 'Odd: "name" #1', "Ünïcode"])
def test_the_starter_reads_as_it_stands(site: Callable[..., Site], name: str) -> None:
    made = site(starter(name))
    assert made.name == name
    assert list(made.scenarios) == ["dry_cooling_only", "dear_power"]


def test_the_starter_shows_every_section() -> None:
    text = starter("x")
    assert all(
        f"\n{name}:" in text or f"\n# {name}:" in text for name in ("compute", "cooling", "carbon", "limits", "solve")
    )
