import numpy as np
import pyomo.environ as pyo
import pytest

from gigasite.models.errors import SolverError
from gigasite.models.templates import ArrayParam
from gigasite.solvers.columns import Columns, Members


@pytest.fixture
def model():
    """Four steps, two periods; the last step belongs to no period."""
    m = pyo.ConcreteModel()
    m.t = pyo.RangeSet(0, 3)
    m.p = pyo.Set(initialize=["late", "early"], ordered=True)
    m.few = pyo.Set(initialize=[1, 3], ordered=True)
    m.x, m.size, m.part, m.alone = pyo.Var(m.t), pyo.Var(m.p), pyo.Var(m.few), pyo.Var()
    m.period = ArrayParam(m.t, np.array(["early", "early", "late", ""], dtype=object))
    return m


def test_columns_stand_in_the_order_of_the_variables(model):
    columns = Columns(model)
    assert columns.count == 4 + 2 + 2 + 1
    assert columns.slice(model.size) == slice(4, 6)
    assert columns.of(model.size, "early") == 5
    assert columns.of(model.part, np.array([3, 1])).tolist() == [7, 6]
    assert columns.of_data(model.part[3]) == 7
    assert columns.of_data(model.alone) == 8


def test_a_variable_is_found_through_a_parameter(model):
    """The size of the period of steps 2 and 0: "late" is the first period, "early" the second."""
    assert Columns(model).through(model.period, np.array([2, 0]), model.size).tolist() == [0, 1]


@pytest.mark.parametrize("index", [0, np.array([1, 2]), "early"])
def test_what_is_no_member_is_not_taken_for_another_variable(model, index):
    with pytest.raises(SolverError, match="uses part at an index that it does not have"):
        Columns(model).of(model.part, index)


def test_a_value_that_is_no_member_may_stand_where_nobody_looks(model):
    """The last step has no period: it is refused only where an equation needs it."""
    columns = Columns(model)
    with pytest.raises(SolverError, match="uses size at an index"):
        columns.through(model.period, np.array([0, 3]), model.size)
    assert columns.through(model.period, 0, model.size) == 1


@pytest.mark.parametrize(
    ("members", "places"), [([0, 1, 2], [2, 0, -1, -1]), ([5, 2], [1, -1, -1, -1]), ([], [-1, -1, -1, -1])]
)
def test_places_of_numbers(members, places):
    assert Members(members).places(np.array([2, 0, 3, -1])).tolist() == places
    assert [Members(members).places(each) for each in (2, 0, 3, -1)] == places
