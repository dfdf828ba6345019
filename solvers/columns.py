"""Where the members of variables, parameters and index sets stand: columns of the matrix, and places in arrays."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray

from gigasite.models.errors import SolverError
from gigasite.models.templates import values

Places = NDArray[np.int64]


class Columns:
    """Where every variable of a model stands among the columns of its matrix."""

    def __init__(self, model: Any) -> None:
        self.variables = list(model.component_objects(pyo.Var, active=True, descend_into=True))
        sizes = [len(variable) for variable in self.variables]
        starts = np.cumsum([0, *sizes])
        self.count = int(starts[-1])
        self._start = {id(v): int(s) for v, s in zip(self.variables, starts, strict=False)}
        self._members: dict[int, Members] = {}
        self._values: dict[int, NDArray[Any]] = {}
        self._through: dict[tuple[int, int], Places] = {}

    def slice(self, variable: Any) -> slice:
        """Return the columns of an indexed variable, in the order of its index."""
        start = self._start[id(variable)]
        return slice(start, start + len(variable))

    def of(self, variable: Any, index: Any) -> Places:
        """Return the columns of ``variable`` at an index or an array of indices."""
        return self.at(variable, self.place(variable, index))

    def at(self, variable: Any, place: Any) -> Places:
        """Return the columns of ``variable`` at a place, or an array of places, in its index set."""
        return np.asarray(self._start[id(variable)] + place)

    def of_data(self, data: Any) -> int:
        """Return the column of one variable."""
        variable = data.parent_component()
        return self._start[id(variable)] + int(self.place(variable, data.index()))

    def values(self, parameter: Any) -> NDArray[Any]:
        """Return the values of a parameter, in the order of its index."""
        if id(parameter) not in self._values:
            self._values[id(parameter)] = values(parameter)
        return self._values[id(parameter)]

    def place(self, component: Any, index: Any) -> Any:
        """Return the place of an index, or the places of an array of indices, in the index set of a component."""
        return known(component, self.members(component.index_set()).places(index))

    def members(self, index_set: Any) -> Members:
        """Return the members of an index set and their places."""
        if id(index_set) not in self._members:
            self._members[id(index_set)] = Members(list(index_set))
        return self._members[id(index_set)]

    def through(self, parameter: Any, place: Any, component: Any) -> Places:
        """Return the places in the index set of a component that values of a parameter have: the phase of each step."""
        index_set = component.index_set()
        key = id(parameter), id(index_set)
        if key not in self._through:
            self._through[key] = self.members(index_set).places(self.values(parameter))
        found: Places = known(component, self._through[key][place])
        return found


class Members:
    """The members of an index set, and the place of each."""

    def __init__(self, members: list[Any]) -> None:
        self.array = np.array(members) if members else np.empty(0, dtype=np.int64)
        self._listed = members
        self._numbered = members == list(range(len(members)))

    @cached_property
    def _place(self) -> dict[Any, int]:
        return {member: place for place, member in enumerate(self._listed)}

    def places(self, index: Any) -> Any:
        """Return the place of an index, or the places of an array of indices; -1 for what is no member.

        The billing month of a step, for example, is none on design days.
        """
        if not isinstance(index, np.ndarray):
            return self._place.get(index, -1)
        if self._numbered and index.dtype.kind == "i":
            return np.where(index < len(self._listed), index, -1)
        return np.array([self._place.get(each, -1) for each in index.tolist()], dtype=np.int64)


def known(component: Any, place: Any) -> Any:
    """Return a place, or places, after a check that the component has a member at each.

    Raises
    ------
    SolverError
        If it has not: the place would be that of another variable.
    """
    if place < 0 if isinstance(place, int) else np.min(place, initial=0) < 0:
        raise SolverError(f"an equation uses {component.name} at an index that it does not have")
    return place
