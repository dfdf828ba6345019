"""From data and figures to a PDF, by the templates of this folder."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from importlib import metadata, resources
from pathlib import Path
from typing import Any, Literal

from ..figures import fonts, style
from ..language import current, say

COMMON = "common.typ"
SAID = re.compile(r'\bsay\(\s*"([^"]+)"')
"""A fixed sentence in a template."""

CHINESE = range(0x2E80, 0xA000)
"""Letters that a Chinese font brings."""

Paper = Literal["a4", "us-letter"]


def typeset(
    template: str, data: Mapping[str, Any], drawn: Mapping[str, bytes], *, heading: str, paper: Paper = "a4"
) -> bytes:
    """Return a PDF; the same data and figures give the same bytes.

    Parameters
    ----------
    template : str
        File of this folder; it finds ``data.json`` and a picture per figure beside it.
    data : mapping
        What the document says, as JSON knows it; text in it is never read as markup.
    drawn : mapping of str to bytes
        Figures as SVG, by the names under which the template knows them.
    heading : str
        Written on top of every page but the first.
    paper : {"a4", "us-letter"}
        Paper size.

    Raises
    ------
    ReportError
        If the language spoken needs a font that the system lacks.
    """
    import typst

    templates = {name: _template(name) for name in (template, COMMON)}
    chinese = fonts.chinese() if current() == "zh" else None
    whole = {
        **data,
        "words": {english: say(english) for text in templates.values() for english in SAID.findall(text)},
        "language": current(),
        "figures": list(drawn),
        "paper": paper,
        "heading": heading,
        "program": f"gigasite {metadata.version('gigasite')}",
        "fonts": [style.TYPEFACE, *([chinese.family] if chinese else [])],
    }
    text = json.dumps(whole, ensure_ascii=False)
    with tempfile.TemporaryDirectory(prefix="gigasite-") as folder:
        root = Path(folder)
        for name, markup in templates.items():
            (root / name).write_text(markup, encoding="utf-8")
        (root / "data.json").write_text(text, encoding="utf-8")
        for name, content in drawn.items():
            (root / f"{name}.svg").write_bytes(content)
        document = typst.compile(
            root / template,
            root=root,
            font_paths=[chinese.path.parent] if chinese else [],
            ignore_system_fonts=not _beyond_known_fonts(text, chinese is not None),
            timestamp=0,
        )
    return bytes(document)


def _template(name: str) -> str:
    return resources.files("gigasite.reports.pages").joinpath(name).read_text(encoding="utf-8")


def _beyond_known_fonts(text: str, chinese: bool) -> bool:
    """Tell whether the text uses scripts that only other fonts of the system can print, such as Arabic."""
    letters = {ord(letter) for letter in set(text)}
    if chinese:
        letters = {letter for letter in letters if letter not in CHINESE and not 0xFF00 <= letter < 0xFFF0}
    return any(0x0530 <= letter < 0x1E00 or letter >= 0x2C00 for letter in letters)
