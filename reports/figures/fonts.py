"""Fonts that the report does not bring: Chinese ones, of the system."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gigasite.models.errors import ReportError

CHINESE: dict[str, str] = {
    "NotoSerifCJK-Regular.ttc": "Noto Serif CJK SC",
    "NotoSerifCJKsc-Regular.otf": "Noto Serif CJK SC",
    "NotoSerifSC-Regular.otf": "Noto Serif SC",
    "SourceHanSerifSC-Regular.otf": "Source Han Serif SC",
    "NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
    "NotoSansSC-Regular.otf": "Noto Sans SC",
    "Songti.ttc": "Songti SC",
    "simsun.ttc": "SimSun",
    "msyh.ttc": "Microsoft YaHei",
    "wqy-microhei.ttc": "WenQuanYi Micro Hei",
}
"""File of a font -> its family with simplified forms, the best first."""


@dataclass(frozen=True)
class Font:
    """A font of the system.

    Parameters
    ----------
    family : str
        Name by which documents ask for it.
    path : pathlib.Path
        Its file.
    """

    family: str
    path: Path


@cache
def chinese() -> Font:
    """Return the best font with simplified Chinese that this system has.

    Raises
    ------
    ReportError
        If it has none; says how to get one.
    """
    from matplotlib.font_manager import findSystemFonts

    found = {Path(path).name: Path(path) for path in sorted(findSystemFonts())}
    for name, family in CHINESE.items():
        if name in found:
            return Font(family, found[name])
    raise ReportError(
        "--language zh: no font with Chinese letters was found on this system. Install one, for example"
        " 'apt-get install fonts-noto-cjk' on Debian or the free Noto Serif CJK from https://github.com/notofonts/noto-cjk,"
        " or write the report in English"
    )
