"""Every module of models/ and solvers/ has a test file in the same place under tests/."""

from __future__ import annotations

from pathlib import Path

import pytest

from gigasite.models.component import Component

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    path.relative_to(ROOT)
    for folder in ("models", "solvers")
    for path in (ROOT / folder).rglob("*.py")
    if path.name != "__init__.py"
)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_module_has_its_mirror(module):
    mirror = ROOT / "tests" / module.parent / f"test_{module.name}"
    assert mirror.is_file(), f"{module} has no tests: write {mirror.relative_to(ROOT)}"
    assert "def test_" in mirror.read_text()


@pytest.mark.parametrize("kind", sorted(Component.kinds))
def test_kind_is_tested_by_a_hand_calculation(kind):
    """The mirror of the module that defines a kind names the kind."""
    module = Component.kinds[kind].__module__.rsplit(".", 1)[1]
    mirror = ROOT / "tests" / "models" / "technologies" / f"test_{module}.py"
    assert f'"{kind}"' in mirror.read_text()
