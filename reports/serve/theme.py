"""Colours of the pages: those of the HTML report, and the two that only a queue needs."""

from __future__ import annotations

from ..html.theme import DARK, LIGHT, variables

STATES_BY_DAY = {"good": "#00694c", "good-page": "#e6f4ee", "bad": "#b00020", "bad-page": "#fdecee"}
STATES_BY_NIGHT = {"good": "#5fd0a5", "good-page": "#10281f", "bad": "#ff8f9c", "bad-page": "#331519"}

TEXT = (
    *((text, ground) for text in ("good", "bad") for ground in ("page", "raised", f"{text}-page")),
    *(
        ("ink", "good-page"),
        ("ink", "bad-page"),
        ("quiet", "bad-page"),
        ("accent", "bad-page"),
        ("accent", "alarm-page"),
    ),
    *(("page", "bad"), ("quiet", "alarm-page")),
)
"""Pairs of text and ground beside those of the report."""

BY_DAY = {**LIGHT, **STATES_BY_DAY}
BY_NIGHT = {**DARK, **STATES_BY_NIGHT}


def style_sheet() -> str:
    """Return the colours as custom properties, light and dark as the system asks."""
    return (
        f":root{{color-scheme:light dark;{variables(BY_DAY)}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{variables(BY_NIGHT)}}}}}\n"
    )
