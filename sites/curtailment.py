"""What a little curtailment buys: the grid connection that is freed when the highest import may be cut."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from gigasite.models.plan_tables import FOLLOWING

from .tables import Finished, Floats

SHARES = (0.0025, 0.005, 0.01)
COLUMNS = FOLLOWING["curtailment"]


def capped(import_mw: Floats, hours: Floats, share: float) -> float:
    """Return the least cap on import [MW] that cuts no more than a share of the year's energy.

    Parameters
    ----------
    import_mw : array, shape (n,)
        Import in each step [MW].
    hours : array, shape (n,)
        Hours of the year that each step stands for [h].
    share : float
        Share of the year's energy that may be cut [1].

    Returns
    -------
    float
        The cap c with sum of hours x max(import - c, 0) = share x sum of hours x import.

    Raises
    ------
    ValueError
        If the share does not lie between 0 and 1.

    Notes
    -----
    On the load duration curve P_1 >= P_2 >= ... with hours h_i, cutting down to P_k takes
    sum over i < k of h_i (P_i - P_k); between two of them the energy is linear in the cap, so the cap is
    (sum over i <= k of h_i P_i - share x energy) / sum over i <= k of h_i.

    References
    ----------
    .. [1] T. Norris et al., "Rethinking Load Growth", Nicholas Institute, Duke University, 2025: the load that a grid
       can take if 0.25, 0.5 or 1 % of its energy is curtailed.
    """
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"the share must lie between 0 and 1 (0 % and 100 %), got {share:g}. Give for example 0.005")
    order = np.argsort(-np.asarray(import_mw, dtype=float), kind="stable")
    power, length = np.asarray(import_mw, dtype=float)[order], np.asarray(hours, dtype=float)[order]
    if not power.size or power[0] <= 0:
        return 0.0
    above, time = np.cumsum(length * power), np.cumsum(length)
    allowed = share * above[-1]
    cut = above - time * np.append(power[1:], 0.0)  # energy that a cap at the next lower power cuts
    reach = min(int(np.searchsorted(cut, allowed)), len(power) - 1)
    return float(max(0.0, min(power[0], (above[reach] - allowed) / time[reach])))


def longest_run(cut: Floats) -> int:
    """Return the largest number of steps in a row in which something is cut."""
    longest = now = 0
    for here in np.asarray(cut) > 0:
        now = now + 1 if here else 0
        longest = max(longest, now)
    return longest


def grid_import(finished: Finished) -> Floats:
    """Return what the grid gives to the point of common coupling at every step [MW]."""
    flows = finished.flows.get("ac", {})
    bought = [np.maximum(flow, 0.0) for name, flow in flows.items() if finished.family[name] == "grid"]
    return np.asarray(sum(bought, np.zeros(finished.timeline.size)))


def curtailment_table(finished: Finished, shares: Sequence[float] = SHARES) -> pd.DataFrame:
    """Return what each share of curtailment a year buys in MW of grid connection.

    The load stays as planned and nothing on the site answers: the highest import of the year is cut to a cap. Design
    days do not count, so `grid_mw` is the year's highest import and not the connection.

    Returns
    -------
    DataFrame
        ``phase``; ``share`` of the year's import that is cut [1]; ``grid_mw``: the cap; ``freed_mw``: highest import
        less the cap; ``hours`` a year in which something is cut; ``longest_h``: longest event [h]; ``mean_depth``:
        power cut over import, mean of these hours [1].

    Raises
    ------
    ValueError
        If a share does not lie between 0 and 1.
    """
    timeline, drawn = finished.timeline, grid_import(finished)
    hours = timeline.hours_a_year
    rows = []
    for number, phase in enumerate(timeline.names):
        power = timeline.split(drawn, number)
        step_h = float(timeline.split(timeline.hours, number)[0])
        for share in shares:
            cap = capped(power, hours, share)
            cut = np.maximum(power - cap, 0.0)
            cut[cut <= 1e-9 * max(cap, 1.0)] = 0.0
            hit = cut > 0
            depth = float(np.average(cut[hit] / power[hit], weights=hours[hit])) if hit.any() else 0.0
            freed = float(power.max(initial=0.0)) - cap
            rows.append((phase, share, cap, freed, float(hours[hit].sum()), step_h * longest_run(cut), depth))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def curtailment_kpis(finished: Finished) -> dict[str, tuple[Floats, str]]:
    """Return the headline figures by phase: MW of grid that 0.25, 0.5 and 1 % of curtailment a year free."""
    table = curtailment_table(finished)
    names = zip(("0_25", "0_5", "1"), SHARES, strict=True)
    return {
        f"grid_freed_by_{name}_percent": (table["freed_mw"][table["share"] == share].to_numpy(dtype=float), "MW")
        for name, share in names
    }
