"""Battery: shifts electricity in time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self

import pyomo.environ as pyo
from pydantic import model_validator

from ..clock import Clock
from ..component import Annual, Listed, Term
from ..electric_storage import ElectricStorage
from ..given import Given
from ..investment import Asset
from ..quantities import Number, PerYear

DIRECT_CURRENT = "dc"
HOURS_PER_YEAR = 8784.0  # bounds what can be discharged in a year


class Battery(ElectricStorage, kind="battery"):
    """Battery with power and energy apart; a calendar annuity pays for its cells and the cycles included in them.

    stored(t) = (1 - loss x h) stored(t-1) + h (efficiency x charge - discharge / efficiency), where the efficiency each
    way is the root of the round trip. Usable energy is the average over its life of what fade leaves:
    depth x (1 - fade x life / 2). With `augmentation` it stays depth, and cells for what fades are bought every year:
    fade x capex_energy x energy.

    Discharge of a year <= cycle_life / life x energy, the included cycles. With `wear` it may exceed them by
    ``beyond``, which uses cells up before their time and pays for them: beyond x capex_energy / cycle_life. The annuity
    never pays for these cycles and wear never for the included ones, so no cell is paid for twice.
    """

    example: ClassVar = {"name": "bess", "power": {"maximum": "50 MW"}, "energy": {"maximum": "0.2 GWh"}}
    variants: ClassVar = {
        "wear": {"wear": True, "duration": "4 hour"},
        "augmentation": {"augmentation": True, "bus": "dc"},
        "steadies": {"swing_duration": "1 minute"},
    }
    label: ClassVar = "Battery"
    machine: ClassVar[str] = "inverter"
    direct: ClassVar[str] = "battery_lfp_dc"

    technology: str = "battery_lfp"
    """Row of the catalogue; on bus `dc`, where a converter is the inverter, `battery_lfp_dc` where left out."""
    fade: Annotated[PerYear, Listed("fade")]
    """Energy lost a year by ageing."""
    cycle_life: Annotated[Number, Listed("cycle_life")]
    """Full cycles that the cells bear over their life."""
    wear: bool = False
    """Allow cycles beyond the included ones, at the cost of the cells that they use up."""
    augmentation: bool = False
    """Keep the energy as when new by yearly additions of cells, instead of living with less."""

    @classmethod
    def technology_of(cls, data: Mapping[str, Any]) -> str:
        """Return the catalogue row: on a bus of direct current one without an inverter, where nothing is stated."""
        if cls.direct and not data.get("technology") and data.get("bus") == DIRECT_CURRENT:
            return cls.direct
        return super().technology_of(data)

    @model_validator(mode="before")
    @classmethod
    def _row_of_its_bus(cls, data: Any) -> Any:
        return {**data, "technology": cls.technology_of(data)} if isinstance(data, Mapping) else data

    @model_validator(mode="after")
    def _ages(self) -> Self:
        if self.wear and self.augmentation:
            raise ValueError(
                "give either wear or augmentation, not both: cells that are added would be paid for a second time"
                " as they wear. Remove one of them"
            )
        if self.cycle_life <= 0:
            raise ValueError("cycle_life must lie above 0, got 0: cells that bear no cycle")
        if self.fade * self.life >= 1:
            raise ValueError(
                f"fade must leave some energy at the end of the life, got {self.fade:g} 1/year over {self.life:g}"
                " years. Lower fade or life"
            )
        return self

    def usable(self, given: Given) -> Any:
        return given.depth if self.augmentation else given.depth * (1 - given.fade * given.life / 2)

    def ageing(self, block: Any, time: Clock, given: Given, machine: Asset, store: Asset) -> Mapping[str, Term]:
        if self.wear:
            most = HOURS_PER_YEAR * machine.most
            block.beyond = pyo.Var(time.rings, bounds=(0, most), units=time.unit("MWh/year"))

        @block.Constraint(time.rings, doc="the year stays within the included cycles")
        def cycle_limit(b: Any, r: str) -> Any:
            included = given.cycle_life / given.life * store.capacity[time.phase_of[r]]
            borne = included + b.beyond[r] if self.wear else included
            return time.over_year(r, lambda t: b.discharge[t]) <= time.chance[r] * borne

        costs: dict[str, Term] = {}
        if self.wear:
            costs["wear"] = time.expected(lambda r: given.capex_energy / given.cycle_life * block.beyond[r])
        if self.augmentation:
            costs["augmentation"] = Annual(lambda p: given.fade * given.capex_energy * store.capacity[p])
        return costs
