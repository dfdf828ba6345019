"""What a plan asks of its project, as plain data: orders by date, money over the years, cost by source and of delay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from gigasite.models.plan_tables import FOLLOWING

from ..language import listed, say, word
from ..results.results import UNVERIFIED, Results, phases
from ..words import (
    MINUS,
    NARROW,
    NOTHING,
    millions,
    name_in_words,
    number,
    phase_in_words,
    quantity,
)

FLOWS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Revenue", "+", ("revenue",)),
    ("Energy", "-", ("energy",)),
    ("Fuel", "-", ("fuel",)),
    ("Upkeep", "-", ("upkeep",)),
    ("Other", "-", ("other",)),
    ("Interest", "-", ("interest",)),
    ("Tax", "-", ("tax",)),
    ("Plant", "-", ("capex",)),
    ("Loans", "+", ("borrowed", "redemption")),
    ("Resale", "+", ("resale",)),
)
"""Parts of the owner's cash flow: title, sign, and columns; the second column counts against the first."""

RETURNS: dict[str, str] = {
    "price": "Price at which it sells",
    "break_even_per_gpu_hour": "Break-even price of an H100-hour",
    "break_even_per_it_mwh": "The same per MWh of IT energy",
    "break_even_per_mwh": "Break-even price of electricity, with tax and debt",
    "net_present_value": "Net present value of the owner's money",
    "equity_irr": "Return on the owner's money",
    "project_irr": "Return of the project, nothing borrowed",
    "payback": "Time until the owner's money is back",
}
"""Names of the investor's figures and what reports call them."""

SAME_PRICE = 1e-6
LEAST_M_USD = 0.05


def missing_tables(results: Results) -> list[str]:
    """Return what the release that wrote a run did not know yet, as a sentence; nothing where all is there."""
    names = [name for name in FOLLOWING if name not in results.tables]
    if not names:
        return []
    lacking = listed([word(name.replace("_", " ")) for name in names])
    return [
        say(
            "This run was written by an earlier release and lacks: {names}. Solve the site again to see them.",
            names=lacking,
        )
    ]


def late_orders(results: Results) -> list[str]:
    """Return what should have been ordered before the decision, a sentence for the first phase and one for the rest."""
    table = results.tables.get("orders")
    if table is None or table.empty:
        return []
    late = table[table["slack_days"] < 0]
    first = table["phase"].min()
    waits_for = str(results.run.get("critical_path", ""))
    lines = [waits_for] if waits_for and (late["phase"] == first).any() else []
    later = late[late["phase"] != first]
    if len(later):
        when = phase_in_words(str(later["phase"].min()))
        lines.append(
            say(
                "One order for {phase} or after would have been due before the decision; see Orders and critical path.",
                phase=when,
            )
            if len(later) == 1
            else say(
                "{count} orders for {phase} and after would have been due before the decision;"
                " see Orders and critical path.",
                count=len(later),
                phase=when,
            )
        )
    return lines


def orders(results: Results) -> dict[str, Any] | None:
    """Return the orders by date: sentence, rows of text with a mark where late, and how sure the lead times are."""
    table = results.tables.get("orders")
    if table is None or table.empty:
        return None
    rows = [
        {"cells": _order(order), "late": bool(order["slack_days"] < 0)}
        for order in table.sort_values(["order_by", "component"], kind="stable").to_dict("records")
    ]
    unchecked = int(table["evidence"].astype(str).str.startswith(UNVERIFIED).sum())
    note = say(
        "{unchecked} of {count} lead times are general knowledge that nobody checked against a source.",
        unchecked=unchecked,
        count=len(table),
    )
    return {
        "sentence": str(results.run.get("critical_path", "")),
        "rows": rows,
        "note": note if unchecked else "",
    }


def _order(order: dict[Any, Any]) -> list[str]:
    days, longest = int(order["slack_days"]), float(order["longest_lead_time_years"])
    count = say("1 day") if abs(days) == 1 else say("{count} days", count=f"{abs(days):,}").replace(" ", NARROW)
    lead = f"{order['lead_time_years']:.1f}"
    size = quantity(float(order["value"]), str(order["unit"]))
    known = np.isfinite(order["units"]) and round(order["units"]) > 1 and order["unit"] != "GPU"
    part = name_in_words(str(order["part"]))
    return [
        str(order["order_by"]),
        phase_in_words(str(order["phase"])),
        name_in_words(str(order["component"])),
        part if part != name_in_words(str(order["component"])) else "",
        say("{size} in {count}", size=size, count=f"{order['units']:,.0f}") if known else size,
        lead
        + (say(" to {longest}", longest=f"{longest:.1f}") if np.isfinite(longest) and f"{longest:.1f}" != lead else ""),
        say("late by {time}", time=count) if days < 0 else count,
    ]


def money(results: Results) -> dict[str, Any] | None:
    """Return the investor's figures and the cash flow by year in million USD, the sum last."""
    table, figures = results.tables.get("cash_flow"), results.tables.get("returns")
    if table is None or figures is None or table.empty:
        return None
    parts = [owner_flow(table, sign, columns) for _, sign, columns in FLOWS]
    shown = [place for place, part in enumerate(parts) if part.abs().max() > 0]
    every = [*(parts[place] for place in shown), table["equity"]]
    rows = [
        [str(start)[:4] if str(start).endswith("-01-01") else str(start)[:7], *map(millions, flows), millions(total)]
        for start, *flows, total in zip(table["start"], *every, table["equity_sum"], strict=True)
    ]
    return {
        "figures": [pair for pair in _figures(figures) if pair[1] != NOTHING],
        "heads": [say("From"), *(say(FLOWS[place][0]) for place in shown), say("To owner"), say("Sum")],
        "rows": [*rows, [say("Total"), *(millions(float(part.sum())) for part in every), ""]],
    }


def owner_flow(table: pd.DataFrame, sign: str, columns: Sequence[str]) -> pd.Series:
    """Return a part of the owner's cash flow by year [USD]: positive where the owner gets it."""
    total = table[columns[0]].astype(float)
    for column in columns[1:]:
        total = total - table[column]
    return -total if sign == "-" else total


def _figures(table: pd.DataFrame) -> list[list[str]]:
    values = {name: (float(value), str(unit)) for name, value, unit in table.itertuples(index=False)}
    return [[say(label), _figure(*values[name])] for name, label in RETURNS.items() if name in values]


def _figure(value: float, unit: str) -> str:
    if np.isinf(value):
        return say("never")
    if np.isnan(value):
        return NOTHING
    if unit == "1/yr":
        return say("{share} % a year", share=f"{100 * value:.1f}".replace("-", MINUS)).replace(" %", f"{NARROW}%")
    if unit == "yr":
        return say("{count} years", count=f"{value:.1f}").replace(" ", NARROW)
    # Less than a dollar is what searching the break-even price leaves.
    return quantity(float(round(value)) if unit == "USD" else value, unit)


def earnings(results: Results) -> list[str]:
    """Return what the site must earn, or earns at a given price, in a sentence or two."""
    table = results.tables.get("returns")
    if table is None:
        return []
    values = {str(name): (float(value), str(unit)) for name, value, unit in table.itertuples(index=False)}
    price, unit = values["price"]
    even = values["break_even_per_gpu_hour"][0] if unit == "USD/GPU-h" else values["break_even_per_it_mwh"][0]
    if not np.isfinite(price):
        return []
    after = _figure(*values["payback"])
    back = say("never pays back") if np.isinf(values["payback"][0]) else say("pays back after {time}", time=after)
    returned = _figure(*values["equity_irr"])
    if not np.isfinite(even) or abs(price - even) <= SAME_PRICE * abs(even):
        return [
            say(
                "Sold at {price} it breaks even: it returns {returned} to its owner and {back}.",
                price=quantity(price, unit),
                returned=returned,
                back=back,
            )
        ]
    worth = _figure(*values["net_present_value"])
    return [
        say(
            "Sold at {price} it is worth {worth} to its owner, returns {returned} and {back};"
            " it breaks even at {even}.",
            price=quantity(price, unit),
            worth=worth,
            returned=returned,
            back=back,
            even=quantity(even, unit),
        )
    ]


def sources(results: Results) -> list[dict[str, Any]]:
    """Return the cost of electricity by source: what each delivers, and its part in what each MWh consumed costs."""
    table = results.tables.get("levelised")
    if table is None or table.empty:
        return []
    names, every = list(dict.fromkeys(map(str, table["component"]))), phases(results)
    groups = []
    for title, column in (
        (say("Per MWh that it delivers"), "usd_per_mwh"),
        (say("Part in the cost of every MWh consumed"), "system_usd_per_mwh"),
    ):
        wide = table.pivot_table(index="component", columns="phase", values=column, aggfunc="sum", dropna=False)
        wide = wide.reindex(index=names, columns=every)
        delivered = table.set_index(["component", "phase"])[column]
        rows = []
        for name in names:
            values = [float(delivered.get((name, phase), np.nan)) for phase in every]
            if any(np.isfinite(value) and abs(value) >= 0.005 for value in values):
                rows.append([name_in_words(name), *map(_rate, values)])
        if column.startswith("system"):
            rows.append([say("Cost of electricity"), *(_rate(float(wide[phase].sum())) for phase in every)])
        groups.append({"title": title, "rows": rows})
    return groups


def _rate(usd_per_mwh: float) -> str:
    return f"{usd_per_mwh:,.2f}".replace("-", MINUS) if np.isfinite(usd_per_mwh) else NOTHING


def delay(results: Results) -> dict[str, Any] | None:
    """Return what a month of delay costs: a sentence per phase, and million USD a month by reason, the sum last."""
    table = results.tables.get("delay")
    if table is None or table.empty or not (table["usd_per_month"] > 0).any():
        return None
    every = phases(results)
    wide = table.pivot_table(index="reason", columns="phase", values="usd_per_month", aggfunc="sum", sort=False)
    wide = wide.reindex(columns=every).fillna(0.0)
    totals = wide.sum()
    rows = [[name_in_words(str(reason)), *map(millions, usd)] for reason, usd in wide.iterrows() if usd.abs().max() > 0]
    return {
        "sentences": [
            say(
                "Each month by which power for {phase} comes late costs {amount} M USD{largest}.",
                phase=phase_in_words(phase),
                amount=millions(totals[phase]),
                largest=_largest(wide[phase]),
            )
            for phase in every
            if totals[phase] >= 1e6 * LEAST_M_USD
        ],
        "rows": [*rows, [say("Total"), *map(millions, totals)]],
    }


def _largest(usd: pd.Series) -> str:
    """Return the largest reason and its share; nothing where there is only one."""
    share, reason = 100.0 * usd.max() / usd.sum(), word(str(usd.idxmax()))
    if share >= 99.5:
        return say(", all of it {reason}", reason=reason)
    return say(", {share} % of it {reason}", share=number(share, 2), reason=reason)


def embodied(results: Results) -> list[str]:
    """Return what making the plant emits, in a sentence, and what of it is not counted."""
    table = results.tables.get("embodied")
    if table is None or table.empty:
        return []
    built = table[table["added"] > 0]
    known = built["t"].notna()
    if not known.any():
        return []
    last = phases(results)[-1]
    yearly = float(table.loc[table["phase"] == last, "t_per_year"].sum())
    largest = built[known].groupby("component")["t"].sum()
    part = name_in_words(str(largest.idxmax()), opening=False)
    text = say(
        "Making what is built emits {mass} of CO₂, the largest part {part} ({share} %); what stands from {phase} takes"
        " {yearly} over its life",
        mass=quantity(float(built["t"].sum()), "t"),
        part=part,
        share=f"{100 * largest.max() / largest.sum():.0f}",
        phase=phase_in_words(last),
        yearly=quantity(yearly, "t/yr"),
    )
    unknown = sorted(set(built.loc[~known, "component"].map(lambda name: name_in_words(str(name), opening=False))))
    if not unknown:
        return [say("{sentence}.", sentence=text)]
    return [say("{sentence}. Not counted, for want of a number: {names}.", sentence=text, names=listed(unknown))]
