"""Colours of the page, light and dark, and how well they can be read."""

from __future__ import annotations

from ..figures import style

LIGHT = {
    "page": "#ffffff",
    "raised": "#f4f6f8",
    "ink": style.INK,
    "quiet": "#526070",
    "line": "#c9d0d8",
    "edge": "#77828e",
    "accent": "#0068a3",
    "on-accent": "#ffffff",
    "alarm": "#8a3b00",
    "alarm-page": "#fdf3ea",
    "focus": "#0068a3",
}
"""Role -> colour by day: those of the PDF, some darker so that small text is read on a screen."""

DARK = {
    "page": "#12171e",
    "raised": "#1c232d",
    "ink": "#e8ecf1",
    "quiet": "#a9b5c2",
    "line": "#343e4b",
    "edge": "#7c8896",
    "accent": "#62b8ea",
    "on-accent": "#0b1118",
    "alarm": "#ffb680",
    "alarm-page": "#2b2119",
    "focus": "#ffd166",
}
"""Role -> colour by night."""

TEXT = (
    *((text, ground) for text in ("ink", "quiet", "accent", "alarm") for ground in ("page", "raised")),
    *(("on-accent", "accent"), ("ink", "alarm-page"), ("alarm", "alarm-page")),
)
"""Pairs of text and ground that the page uses; WCAG AA asks for `TEXT_CONTRAST`."""

PARTS = tuple((part, ground) for part in ("edge", "focus", "accent") for ground in ("page", "raised"))
"""Borders of controls and the mark of the focus on their ground; WCAG AA asks for `PART_CONTRAST`."""

TEXT_CONTRAST = 4.5
PART_CONTRAST = 3.0


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def by_night(colour: str) -> str:
    """Return a colour of a chart as it is drawn on the dark page: lighter where it would hardly be seen."""
    for step in range(15):
        seen = style.lighter(colour, 0.05 * step)
        if contrast(seen, DARK["page"]) >= PART_CONTRAST:
            return seen
    raise ValueError(f"{colour} is not seen on {DARK['page']}, however light")


def both(colour: str) -> list[str]:
    """Return a colour by day and by night; what is drawn in ink is drawn in ink by night too."""
    return [colour, DARK["ink"] if colour == LIGHT["ink"] else by_night(colour)]


def variables(tokens: dict[str, str]) -> str:
    """Return roles as custom properties of a style sheet."""
    return "".join(f"--{role}:{colour};" for role, colour in tokens.items())
