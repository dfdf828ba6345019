"""The package names the systems that it runs on, and no others."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("models", "climate", "solvers", "sites", "reports")
POSIX_ONLY = {"fcntl", "grp", "pwd", "resource", "termios", "tty"}
"""Modules of the standard library that Windows has not."""


def _imported(path: Path) -> set[str]:
    """Return the modules that a file imports by their full name."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}


def test_windows_is_promised_only_without_modules_that_it_lacks():
    """`OS Independent` or `Microsoft :: Windows` beside `import fcntl` fails, as does hiding that WSL is needed."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["classifiers"]
    promised = any("OS Independent" in each or "Windows" in each for each in told)
    lacking = {
        path.relative_to(ROOT).as_posix(): sorted(POSIX_ONLY & _imported(path))
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        if POSIX_ONLY & _imported(path)
    }
    assert not (promised and lacking), lacking
    assert promised or "WSL" in (ROOT / "README.md").read_text(encoding="utf-8")
