"""The text of a PDF."""

import subprocess
from pathlib import Path

import pytest


def text_of(document: bytes, folder: Path) -> str:
    """Return the text of a PDF, by poppler's pdftotext where it is installed; the test is skipped where it is not."""
    (folder / "x.pdf").write_bytes(document)
    try:
        done = subprocess.run(["pdftotext", "-layout", folder / "x.pdf", "-"], capture_output=True, check=True)
    except FileNotFoundError:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return done.stdout.decode()
