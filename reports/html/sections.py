"""The page as sections of blocks: what `content` says, in the order of the PDF, with charts between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..words import number
from .charts import READ_AT, read_line

CELLS = list[list[str]]


@dataclass(frozen=True)
class Table:
    """A table of text.

    Parameters
    ----------
    caption : str
    heads : list of str
    rows : list of list of str
    total : list of list of str
        Last rows, which stay last however the others are sorted.
    left : int
        How many columns are words, from the left.
    file : str
        File of the run directory that the numbers come from; the page offers it for download.
    late : tuple of int
        Rows that are marked.
    plain : bool
        Whether the order of its rows is no matter of taste.
    """

    caption: str
    heads: list[str]
    rows: CELLS
    total: CELLS = field(default_factory=list)
    left: int = 1
    file: str = ""
    late: tuple[int, ...] = ()
    plain: bool = False
    block: str = "table"


@dataclass(frozen=True)
class Chart:
    """A chart, and what it shows in words for those who cannot see it.

    Parameters
    ----------
    key : str
        Tells the page what to draw.
    title, summary : str
        Caption, and text alternative.
    numbers : Table or None
        The chart as numbers, where no table beside it has them.
    made : bool
        Whether the page makes that table, since it changes with what is in view.
    """

    key: str
    title: str
    summary: str
    numbers: Table | None = None
    made: bool = False
    block: str = "chart"


@dataclass(frozen=True)
class Words:
    """Paragraphs, or the points of a list."""

    lines: list[str]
    block: str = "words"


@dataclass(frozen=True)
class Section:
    """A part of the page under a heading."""

    key: str
    title: str
    blocks: list[Any]


def sections(said: dict[str, Any], drawn: dict[str, Any]) -> list[Section]:
    """Return the sections of one run that have something to show.

    Parameters
    ----------
    said : dict
        What `content.content` returns.
    drawn : dict
        What `html_charts.charts` returns, and ``hourly``.
    """
    made = [
        Section("headlines", "Headline figures by phase", [_headlines(said)]),
        Section("run", "How it runs", _running(said, drawn)),
        Section("energy", "Energy and heat", _energy(drawn)),
        Section("site", "Site and climate", _site(said, drawn)),
        Section("compute", "Compute", [_grouped("Compute by component and phase", said, "compute", "")]),
        Section("cooling", "Cooling", _cooling(said, drawn)),
        Section("supply", "Supply and grid", _supply(said, drawn)),
        Section("costs", "What it costs", _costs(said, drawn)),
        Section("money", "Money over the years", _money(said, drawn)),
        Section("orders", "Orders and critical path", _orders(said)),
        Section("carbon", "Carbon and water", _carbon(said)),
        Section("reliability", "Reliability", _reliability(said)),
        Section("limits", "What limits are worth", [Words(said["prices"])] if said["prices"] else []),
        Section("benchmarks", "Beside published figures", _benchmarks(said)),
        Section("inputs", "Inputs", _inputs(said)),
        Section("origin", "Where the numbers come from", _origin(said)),
    ]
    kept = [Section(one.key, one.title, [block for block in one.blocks if block is not None]) for one in made]
    return [section for section in kept if section.blocks]


def first_table(said: dict[str, Any]) -> Table:
    """Return the headline figures of the first page."""
    return Table("Headlines", ["Headline", "Unit", *said["phases"]], said["first"], left=2, file="kpis.csv")


def _headlines(said: dict[str, Any]) -> Table:
    return Table(
        "Headline figures", ["Group", "Headline", "Unit", *said["phases"]],
        _under_groups(said["headlines"]), left=3, file="kpis.csv",
    )  # fmt: skip


def _under_groups(groups: Iterable[dict[str, Any]]) -> CELLS:
    return [[group["title"], *cells] for group in groups for cells in group["rows"]]


def _grouped(caption: str, said: dict[str, Any], key: str, file: str) -> Table | None:
    rows = _under_groups(said[key])
    heads = ["Component", "Figure", "Unit", *said["phases"]]
    return Table(caption, heads, rows, left=3, file=file) if rows else None


def _by_phase(caption: str, labels: Sequence[str], rows: CELLS, said: dict[str, Any], **more: Any) -> Table | None:
    heads = [*labels, *said["phases"]]
    return Table(caption, heads, rows, left=len(labels), **more) if rows else None


def _running(said: dict[str, Any], drawn: dict[str, Any]) -> list[Any]:
    blocks: list[Any] = [
        Chart(
            "dispatch",
            "Every hour of the year",
            "Hourly series of the chosen phase, stacked where they add up: supply above zero, use below. The table"
            " under the chart gives mean, least and largest value of what is in view.",
            made=True,
        )
    ]
    if "load" in drawn:
        blocks.append(
            Chart(
                "load",
                "Load duration",
                "Load of the facility without storage charging, and import from the grid, sorted from the highest hour"
                " to the lowest, by phase.",
                _readings(drawn["load"], drawn["load"]["unit"]),
            )
        )
    return blocks


def _readings(drawn: dict[str, Any], unit: str) -> Table:
    lines = drawn["lines"]
    rows = list(zip(*([number(value, 4) for value in read_line(line)] for line in lines), strict=True))
    named = f" ({unit})" if unit else ""
    return Table(
        "Value reached or exceeded in a share of the hours",
        ["Share of the hours (%)", *(f"{line['label']}{named}" for line in lines)],
        [[str(share), *row] for share, row in zip(READ_AT, rows, strict=True)],
        left=0,
    )


def _energy(drawn: dict[str, Any]) -> list[Any]:
    if "energy" not in drawn:
        return []
    return [
        Chart(
            "energy",
            "Energy and heat of a year",
            "Flow of energy from its sources through buses and components to where it leaves the site, net over the"
            " year. The table under the chart has every flow.",
            made=True,
        )
    ]


def _site(said: dict[str, Any], drawn: dict[str, Any]) -> list[Any]:
    blocks: list[Any] = []
    if "place" in drawn:
        site = drawn["place"]
        table = Table(
            "Sites by position",
            ["Site", "Latitude (°)", "Longitude (°)", "Peak at the connection (MW)"],
            [[site["label"], f"{site['latitude']:.3f}", f"{site['longitude']:.3f}", number(site["mw"])]],
        )
        blocks.append(Chart("place", "Where it is", "Sites by longitude and latitude on a plain grid.", table))
    blocks.append(_pairs("Site", said["place"]))
    blocks.append(_pairs("Climate of the year of the plan", said["weather"]))
    return blocks


def _pairs(caption: str, rows: CELLS, heads: tuple[str, str] = ("What", "Value")) -> Table | None:
    return Table(caption, list(heads), rows, left=2, plain=True) if rows else None


def _cooling(said: dict[str, Any], drawn: dict[str, Any]) -> list[Any]:
    blocks: list[Any] = [
        Chart(
            "map",
            "The year by hour and day",
            "Colour shows the chosen measure: days of the year from left to right, hours of the day from bottom to top."
            " The table under the chart gives each month.",
            made=True,
        )
        if drawn["hourly"]["measures"]
        else None
    ]
    if "pue" in drawn:
        blocks.append(
            Chart(
                "pue",
                "PUE duration",
                "PUE sorted from the highest hour to the lowest, by phase.",
                _readings(drawn["pue"], ""),
            )
        )
    return [*blocks, _grouped("Cooling by component and phase", said, "cooling", "capacities.csv")]


def _supply(said: dict[str, Any], drawn: dict[str, Any]) -> list[Any]:
    chart = Chart(
        "sizes", "Supply and storage power by phase",
        "Installed or connected power of each source and store, stacked, by phase; the table has the numbers.",
    )  # fmt: skip
    return [
        chart if "sizes" in drawn else None,
        _by_phase("Sizes", ["Component", "Size", "Unit"], said["capacities"], said, file="capacities.csv"),
        _grouped("Supply by component and phase", said, "supply", "energy.csv"),
    ]


def _costs(said: dict[str, Any], drawn: dict[str, Any]) -> list[Any]:
    chart = Chart(
        "costs", "Annual cost by component",
        "Annual cost of each component, stacked, a bar per phase; the table of every cost has the numbers.",
    )  # fmt: skip
    rows, name = [], ""
    for cells in said["costs"]:
        name = cells[0] or name
        rows.append([name, *cells[1:]])
    heads = ["Component", "Reason", *(f"{phase}, M USD/yr" for phase in said["phases"])]
    steps = said["steps"]
    sources = [
        _with_last(f"Cost of electricity by source, USD/MWh: {_inside(group['title'])}", ["Source", *said["phases"]],
                   group["rows"], 1, "levelised.csv", last=len(group["rows"]) > 0 and place == 1)
        for place, group in enumerate(said["sources"])
    ]  # fmt: skip
    delay = said["delay"]
    return [
        chart if "costs" in drawn else None,
        _with_last("Annual cost of the last phase by part", said["step_heads"], steps, 1, "costs.csv")
        if steps
        else None,
        _with_last("Every cost", heads, rows, 2, "costs.csv") if rows else None,
        *sources,
        Words(delay["sentences"]) if delay else None,
        _with_last("What each month of delay costs, M USD", ["Reason", *said["phases"]], delay["rows"], 1, "delay.csv")
        if delay
        else None,
    ]


def _inside(title: str) -> str:
    """Return a title as it stands inside a sentence."""
    return title[:1].lower() + title[1:]


def _with_last(caption: str, heads: list[str], rows: CELLS, left: int, file: str, *, last: bool = True) -> Table:
    """Return a table whose last row is the sum of the others, if it is."""
    cut = len(rows) - 1 if last else len(rows)
    return Table(caption, heads, rows[:cut], total=rows[cut:], left=left, file=file)


def _money(said: dict[str, Any], drawn: dict[str, Any]) -> list[Any]:
    money = said["money"]
    if money is None:
        return []
    chart = Chart(
        "cash", "What the owner gets and pays",
        "Parts of the owner's cash flow by year, stacked, with its sum; below them the running sum and the debt.",
    )  # fmt: skip
    figures = Table(
        "What an investor asks", ["Figure", "Value"], money["figures"], left=2, file="returns.csv", plain=True
    )
    flow = _with_last("Cash flow by project year, M USD", money["heads"], money["rows"], 1, "cash_flow.csv")
    return [figures, chart if "cash" in drawn else None, flow]


def _orders(said: dict[str, Any]) -> list[Any]:
    orders = said["orders"]
    if orders is None:
        return []
    heads = ["Order by", "For", "Component", "Part", "Size", "Lead time, years", "Slack"]
    late = tuple(place for place, row in enumerate(orders["rows"]) if row["late"])
    table = Table(
        "Orders by date", heads, [row["cells"] for row in orders["rows"]], left=4, file="orders.csv", late=late
    )
    return [Words([line for line in (orders["sentence"], orders["note"]) if line]), table]


def _carbon(said: dict[str, Any]) -> list[Any]:
    return [
        _by_phase("CO₂ of a year of operation", ["Source", "Unit"], said["carbon"], said, file="energy.csv"),
        _by_phase("Water of a year", ["User", "Unit"], said["water"], said, file="energy.csv"),
    ]


def _reliability(said: dict[str, Any]) -> list[Any]:
    heads = ["Phase", "Energy cut", "Grid, MW", "Freed, MW", "Hours a year", "Longest, h", "Mean depth"]
    freed = said["curtailment"]
    known = ["Phase", "Window", "Load, MWh", "Storage, MWh", "Generators, MWh", "Solar and wind, MWh", "Work done"]
    outages = said["outages"]
    return [
        _by_phase("Reliability", ["Headline", "Unit"], said["reliability"], said, file="kpis.csv"),
        Table("Outages that the plan knows", known, outages, left=2, file="outages.csv") if outages else None,
        Words(said["lasting"]) if said["lasting"] else None,
        _by_phase(
            "If the grid fails without warning: how likely the critical load is served to the end",
            ["Length of the outage", "Unit"], said["survival"], said, file="survival.csv",
        ),
        Table("What a little curtailment frees", heads, freed, left=2, file="curtailment.csv") if freed else None,
        _by_phase(
            "What the flexible connection gives and costs",
            ["Figure", "Unit"],
            said["flexibility"],
            said,
            file="flexibility.csv",
        ),
    ]  # fmt: skip


def _benchmarks(said: dict[str, Any]) -> list[Any]:
    heads = ["Figure", "Plan", "Published", "Middle", "Standing", "What", "Source and evidence"]
    if not said["benchmarks"]:
        return []
    words = Words(["The last phase. Outside a published range is no error; it is a question to ask."])
    return [words, Table("Published figures beside the plan's", heads, said["benchmarks"], left=7)]


def _inputs(said: dict[str, Any]) -> list[Any]:
    heads = ["Place", "Input", "Value", "Source", "Evidence"]
    outside = ["Component", "Range", "Published", "Asked", "Hours a year", "Source"]
    return [
        Table("Outside published ranges", outside, said["ranges"], left=2) if said["ranges"] else None,
        *(
            Table(title, heads, said[key], left=5, file="assumptions.csv")
            for title, key in (("Unverified inputs", "unverified"), ("Other inputs", "assumptions"))
            if said[key]
        ),
    ]


def _origin(said: dict[str, Any]) -> list[Any]:
    return [
        Words(said["notes"]) if said["notes"] else None,
        *(_pairs(group["title"], group["rows"]) for group in said["provenance"]),
        _pairs("Input files", said["inputs"], ("File", "sha256")),
    ]
