"""From data and figures to a PDF, by the templates of this folder."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from importlib import metadata, resources
from pathlib import Path
from typing import Any, Literal

from . import style

COMMON = "common.typ"
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
    """
    import typst

    whole = {
        **data,
        "figures": list(drawn),
        "paper": paper,
        "heading": heading,
        "program": f"gigasite {metadata.version('gigasite')}",
        "fonts": [style.TYPEFACE],
    }
    text = json.dumps(whole, ensure_ascii=False)
    with tempfile.TemporaryDirectory(prefix="gigasite-") as folder:
        root = Path(folder)
        for name in (template, COMMON):
            (root / name).write_bytes(resources.files("gigasite.reports").joinpath(name).read_bytes())
        (root / "data.json").write_text(text, encoding="utf-8")
        for name, content in drawn.items():
            (root / f"{name}.svg").write_bytes(content)
        embedded = not _beyond_embedded_fonts(text)
        return bytes(typst.compile(root / template, root=root, ignore_system_fonts=embedded, timestamp=0))


def _beyond_embedded_fonts(text: str) -> bool:
    """Tell whether the text uses scripts that only fonts of the system can print, such as Chinese or Arabic."""
    return any(0x0530 <= ord(letter) < 0x1E00 or ord(letter) >= 0x2C00 for letter in set(text))
