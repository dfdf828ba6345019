"""Data files that site files name: prices, profiles, weather. They lie in one folder, by plain names."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from gigasite.models.errors import SiteFileError

from .folder import Folder

ENDINGS = (".csv", ".epw", ".nc", ".tm2", ".tm3", ".tmy", ".txt")
LARGEST = 32 << 20
MOST = 200

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\- ]{0,99}")


def listed(folder: Folder) -> list[tuple[str, int]]:
    """Return name and bytes of every data file."""
    entries = [entry for entry in os.scandir(folder.files) if entry.is_file(follow_symlinks=False)]
    return sorted((entry.name, entry.stat().st_size) for entry in entries if not entry.name.startswith("."))


def add(folder: Folder, name: str, content: bytes) -> Path:
    """Keep a data file, in place of an earlier one of its name; jobs hold copies, so none of them changes.

    Raises
    ------
    SiteFileError
        If the name or the size will not do.
    """
    target = _target(folder, name)
    problems = []
    if len(content) > LARGEST:
        problems.append(
            f"{name}: may have at most {LARGEST >> 20} MB, got {len(content) / (1 << 20):.1f} MB. Thin it out."
        )
    if not target.exists() and len(listed(folder)) >= MOST:
        problems.append(f"{name}: there are {MOST} data files already. Remove some.")
    if problems:
        raise SiteFileError(problems)
    partial = folder.files / f".{secrets.token_hex(6)}"
    partial.write_bytes(content)
    partial.replace(target)
    return target


def remove(folder: Folder, name: str) -> None:
    """Remove a data file; jobs keep their copies.

    Raises
    ------
    SiteFileError
        If the name will not do.
    """
    _target(folder, name).unlink(missing_ok=True)


def _target(folder: Folder, name: str) -> Path:
    if not _NAME.fullmatch(name) or ".." in name:
        raise SiteFileError(
            f"{name[:100]!r}: a name must be letters, digits, '_', '-', '.' and spaces. Rename the file."
        )
    if not name.lower().endswith(ENDINGS):
        raise SiteFileError(f"{name}: must end with one of {', '.join(ENDINGS)}. Only tables and weather are needed.")
    return folder.files / name
