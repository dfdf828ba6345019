"""One look for every figure: a colour per technology, quiet axes, the typeface of the report.

Colours begin with Okabe and Ito (2008) and Paul Tol's muted scheme and were moved apart until every two families differ
by 9 or more in CIE Lab as people with each kind of colour blindness see them (Machado, Oliveira and Fernandes 2009,
doi:10.1109/TVCG.2009.113); neighbours in a stack differ in lightness too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..language import current
from . import fonts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TYPEFACE = "Libertinus Serif"
"""Typeface of the report. Figures name it, typst draws it."""

MEASURED_WITH = "STIXGeneral"
"""Typeface that comes with matplotlib and is about as wide; it only measures."""

INK = "#1b2430"
FAINT = "#d5dae0"
WIDTH_INCHES = 6.7
SVG_DPI = 72
"""Points of an inch, in which SVG measures."""

COST_REASONS = {
    "electricity": ("#f2b701", ""),
    "demand charge": ("#a6761d", ""),
    "connection": ("#5d6d7e", ""),
    "water": ("#88ccee", ""),
    "waste water": ("#88ccee", ".."),
    "cold that is bought": ("#009e73", "////"),
    "plant": ("#0072b2", ""),
    "power chain": ("#d9d2e4", ""),
    "lost work": ("#b00020", "xx"),
}
"""Reason of a cost of cooling -> colour and hatch; neighbours differ in lightness."""

CASH_FLOW = {
    "Revenue": "#0072b2",
    "Energy": "#f2b701",
    "Fuel": "#d55e00",
    "Upkeep": "#88ccee",
    "Other": "#b8b8b8",
    "Interest": "#aa4499",
    "Tax": "#332288",
    "Plant less loans": "#5d6d7e",
}
"""Part of the owner's cash flow -> colour."""

FAMILIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "nuclear": ("#733176", ("nuclear", "smr")),
    "geothermal": ("#661129", ("geothermal",)),
    "hydro": ("#332288", ("hydropower", "hydro")),
    "grid": ("#5d6d7e", ("grid", "utility", "network_connection", "ppa", "interconnect")),
    "diesel": ("#8a1e03", ("diesel", "backup")),
    "fuel_cell": ("#942d52", ("fuel_cell", "fuelcell", "sofc", "electrolyser", "hydrogen")),
    "gas": ("#d55e00", ("gas", "turbine", "engine", "ccgt", "ocgt", "aero", "generator", "thermal_plant", "recip")),
    "fuel": ("#ad8d4d", ()),
    "wind": ("#56b4e9", ("wind",)),
    "solar": ("#f2b701", ("solar", "pv", "csp")),
    "storage": ("#009e73", ("battery", "bess", "storage", "iron_air", "pumped", "store", "tank")),
    "cooling": (
        "#0072b2",
        (
            "cooling",
            "cooler",
            "chiller",
            "tower",
            "dry",
            "cold_plate",
            "adiabatic",
            "immersion",
            "crah",
            "free_air",
            "heat",
        ),
    ),
    "compute": (
        "#1f2a44",
        ("compute", "accelerator", "gpu", "it_load", "rack", "h100", "h200", "b200", "b300"),
    ),
    "power_chain": ("#9284b3", ("chain", "ups", "transformer", "lighting", "distribution", "load")),
    "site": ("#d9b883", ("shell", "building", "land", "site", "facility")),
    "water": ("#88ccee", ("water",)),
    "unserved": ("#c40d40", ("unserved", "shortfall", "penalty", "partner", "slack")),
    "carbon": ("#afad40", ("carbon", "co2", "emission")),
    "other": ("#c4c4c4", ()),
}
"""Family -> (colour, words that tell it); the order is that of the stacks, from steady to variable."""

SUPPLY = {"nuclear", "geothermal", "hydro", "grid", "diesel", "fuel_cell", "gas", "wind", "solar", "storage"}
"""Families that feed the AC bus."""

KINDS = {
    "natural_gas": "fuel", "gas_pipeline": "fuel", "diesel_oil": "fuel", "diesel_tank": "fuel", "hydrogen": "fuel",
    "work": "compute",
}  # fmt: skip
"""Kinds whose name says something else than their family."""

MACHINES = {"generator", "rental"}
"""Kinds whose technology only the name tells; gas where it does not."""

_FIRST = ("storage", "unserved", "solar", "wind", "nuclear", "geothermal", "grid", "diesel", "fuel_cell", "cooling")


def family(component: str, kind: str = "") -> str:
    """Return the family of a component from its kind, or from its name where the kind says too little."""
    if kind in KINDS:
        return KINDS[kind]
    texts = [component] if kind in MACHINES else [kind, component]
    for text in texts:
        for name in (*_FIRST, *FAMILIES):
            if any(_tells(word, text.lower()) for word in FAMILIES[name][1]):
                return name
    return "gas" if kind in MACHINES else "other"


def _tells(word: str, text: str) -> bool:
    """Short words must stand alone: ``gas`` is not in ``gasket``, nor ``land`` in ``island``."""
    return word in text if len(word) > 4 else bool({word, f"{word}s"} & set(text.split("_")))


def order(components: Iterable[str], kinds: Mapping[str, str]) -> list[str]:
    """Return components in stacking order: by family, then by name."""
    rank = {name: place for place, name in enumerate(FAMILIES)}
    return sorted(components, key=lambda name: (rank[family(name, kinds.get(name, ""))], name))


def colours(components: Iterable[str], kinds: Mapping[str, str]) -> dict[str, str]:
    """Return a colour for each component: its family's, lighter for the second and third of one family."""
    seen: dict[str, int] = {}
    chosen = {}
    for name in order(set(components), kinds):
        kin = family(name, kinds.get(name, ""))
        chosen[name] = lighter(FAMILIES[kin][0], 0.28 * seen.get(kin, 0))
        seen[kin] = seen.get(kin, 0) + 1
    return chosen


def lighter(colour: str, share: float) -> str:
    """Return a colour mixed with white; ``share`` of white from 0, at most 0.7."""
    share = min(share, 0.7)
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)


def _measured_with() -> str:
    """Return the typeface that matplotlib measures with: one that has the letters of the language."""
    if current() == "en":
        return MEASURED_WITH
    from matplotlib.font_manager import FontProperties, fontManager

    path = fonts.chinese().path
    name = FontProperties(fname=path).get_name()
    if name not in fontManager.get_font_names():
        fontManager.addfont(path)
    return name


def _drawn_with() -> str:
    """Return the typeface in which the document draws the figures."""
    return TYPEFACE if current() == "en" else fonts.chinese().family


@contextmanager
def applied() -> Iterator[None]:
    """Draw in the house style inside this block."""
    import matplotlib as mpl

    settings: Any = {
        "font.family": _measured_with(),
        "font.size": 8.5,
        "axes.titlesize": 9,
        "axes.titlelocation": "left",
        "axes.labelsize": 8.5,
        "axes.edgecolor": INK,
        "axes.labelcolor": INK,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.unicode_minus": True,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "xtick.labelsize": 8,
        "ytick.labelsize": 8,
        "xtick.major.width": 0.6,
        "ytick.major.width": 0.6,
        "xtick.major.size": 2.5,
        "ytick.major.size": 2.5,
        "grid.color": FAINT,
        "grid.linewidth": 0.5,
        "legend.frameon": False,
        "legend.fontsize": 8,
        "legend.handlelength": 1.0,
        "legend.handleheight": 0.9,
        "legend.columnspacing": 1.2,
        "figure.constrained_layout.use": True,
        "svg.fonttype": "none",
        "svg.hashsalt": "gigasite",
        "path.simplify": True,
    }
    with mpl.rc_context(settings):
        yield


def svg(figure: Figure) -> bytes:
    """Return a figure as SVG with text in the report's typeface; the same figure gives the same bytes."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    stream = io.BytesIO()
    with applied():
        canvas = FigureCanvasSVG(figure)
        # Laid out once and drawn once: savefig would draw everything twice, which takes a third longer.
        if (layout := figure.get_layout_engine()) is not None:
            figure.dpi = SVG_DPI
            layout.execute(figure)
            figure.set_layout_engine("none")
        for patch in (figure.patch, *(axes.patch for axes in figure.axes)):
            patch.set_alpha(0.0)
        canvas.print_svg(stream, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    return re.sub(re.escape(_measured_with()).encode(), _drawn_with().encode(), stream.getvalue())


def png(figure: Figure, dots_per_inch: int = 200) -> bytes:
    """Return a figure as PNG on white; the same figure gives the same bytes."""
    stream = io.BytesIO()
    with applied():
        figure.savefig(stream, format="png", dpi=dots_per_inch, metadata={"Software": None}, facecolor="white")
    return stream.getvalue()
