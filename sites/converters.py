"""What converters carry to the site of the power that stands behind them, told after the solve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gigasite.models.buses import FIRM, ON_SITE, firm_account
from gigasite.models.electric_storage import ElectricStorage
from gigasite.models.technologies.converter import Converter

from .tables import Finished, Floats


@dataclass(frozen=True)
class Way:
    """How power comes from a bus to the site, and back.

    Parameters
    ----------
    efficiency : float
        Power that arrives over power that leaves, either way [1].
    out_mw, back_mw : float
        Largest power that arrives on the site, and that is drawn from it [MW].
    """

    efficiency: float = 1.0
    out_mw: float = float("inf")
    back_mw: float = float("inf")


def way(finished: Finished, bus: str, phase: int, seen: frozenset[str] = frozenset()) -> Way:
    """Return how power comes from a bus to the site in a phase; several converters count as one of their mean.

    Nothing arrives where none leads there.
    """
    if bus in ON_SITE:
        return Way()
    links = [
        _joined(_through(one, _size(finished, one, phase)), way(finished, to, phase, seen | {bus}))
        for one, to in _leading(finished, bus)
        if to not in seen
    ]
    total = sum(link.out_mw for link in links)
    if total <= 0:
        return Way(1.0, 0.0, 0.0)
    efficiency = sum(link.efficiency * link.out_mw for link in links) / total
    return Way(efficiency, total, sum(link.back_mw for link in links))


def _leading(finished: Finished, bus: str) -> Iterator[tuple[Converter, str]]:
    """Yield the converters that carry power away from a bus, with the bus that they carry it to."""
    for c in finished.site.components:
        if isinstance(c, Converter) and c.firm_way is not None and c.firm_way[0] == bus:
            yield c, c.firm_way[1]


def _size(finished: Finished, converter: Converter, phase: int) -> float:
    stands = next(stands for name, _, stands, _ in finished.records() if name == converter.name)
    return max(0.0, float(stands[phase]))


def _through(converter: Converter, size: float) -> Way:
    """Return what one converter carries: its rating holds on the side of its `bus`."""
    efficiency = float(converter.efficiency)
    if converter.firm_way != (converter.source, converter.bus):
        return Way(efficiency, size * efficiency, size / efficiency)
    return Way(efficiency, size, size if converter.two_way else 0.0)


def _joined(first: Way, then: Way) -> Way:
    """Return two ways one after the other, the second ending on the site."""
    return Way(
        first.efficiency * then.efficiency,
        min(first.out_mw * then.efficiency, then.out_mw),
        min(first.back_mw / then.efficiency, then.back_mw),
    )


def firm_mw(finished: Finished) -> Floats:
    """Return the firm capacity of the site by phase, shape (phases,) [MW]: the most that suppliers and converters give.

    A plan takes no more of it than its reserve asks for, so that stores and converters may be left with less there.
    """
    phases = range(len(finished.timeline.names))
    return np.array([sum(_firm_on(finished, bus, phase, frozenset({bus})) for bus in ON_SITE) for phase in phases])


def _firm_on(finished: Finished, bus: str, phase: int, seen: frozenset[str]) -> float:
    """Return the firm capacity on a bus [MW]: of what stands there, and of what converters bring."""
    account = firm_account(FIRM, bus)
    total = 0.0
    for c in finished.site.components:
        term = finished.compiled.network.terms[c.name].into.get(account)
        if term is None or isinstance(c, Converter) or str(getattr(c, "bus", "")) != bus:
            continue
        total += _held(finished, c, phase) if isinstance(c, ElectricStorage) else float(finished.yearly(term)[phase])
    left: dict[str, float] = {}
    for c in finished.site.components:
        if isinstance(c, Converter) and c.firm_way is not None and c.firm_way[1] == bus and c.firm_way[0] not in seen:
            away = c.firm_way[0]
            if away not in left:
                left[away] = _firm_on(finished, away, phase, seen | {away})
            link = _through(c, _size(finished, c, phase))
            carried = min(link.out_mw, link.efficiency * left[away])
            left[away] -= carried / link.efficiency
            total += carried
    return total


def _held(finished: Finished, store: ElectricStorage, phase: int) -> float:
    """Return what a store can hold for its `firm_duration`, from full [MW]."""
    sizes = {
        record.quantity: float(stands[phase]) for name, record, stands, _ in finished.records() if name == store.name
    }
    lasting = (
        float(store.round_trip) ** 0.5
        * float(store.usable(store))
        * sizes["energy"]
        / float(store.firm_duration or 1.0)
    )
    return float(max(0.0, min(sizes["power"], lasting)))
