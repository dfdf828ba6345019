import pytest

from gigasite.models.errors import SolverError
from gigasite.solvers import highs
from gigasite.solvers import threads as module


def test_two_parts_at_once_where_nothing_is_said(monkeypatch):
    monkeypatch.delenv("GIGASITE_THREADS", raising=False)
    assert (module.stated(), module.threads()) == (None, 2)


def test_environment_limits_the_parts_at_once(monkeypatch):
    monkeypatch.setenv("GIGASITE_THREADS", "1")
    assert module.threads() == 1


@pytest.mark.parametrize("text", ["0", "-1", "many", ""])
def test_wrong_limit_is_told_with_its_value(monkeypatch, text):
    monkeypatch.setenv("GIGASITE_THREADS", text)
    with pytest.raises(SolverError, match="GIGASITE_THREADS must be a whole number above zero"):
        module.threads()


def test_environment_of_a_worker_limits_the_libraries_too():
    assert module.limited(1)["OMP_NUM_THREADS"] == module.limited(1)["GIGASITE_THREADS"] == "1"


@pytest.mark.parametrize(("environment", "option"), [("1", 1), (None, 0)])
def test_solver_gets_the_limit(monkeypatch, programme, environment, option):
    """Without a limit HiGHS decides, which it calls zero."""
    made = []
    load = highs.load
    monkeypatch.setattr(highs, "load", lambda matrix: made.append(load(matrix)) or made[0])
    monkeypatch.delenv("GIGASITE_THREADS", raising=False)
    if environment is not None:
        monkeypatch.setenv("GIGASITE_THREADS", environment)
    highs.solve(programme([[1.0]], [1.0], [1.0], [9.0]), highs.SIMPLEX)
    assert made[0].getOptionValue("threads")[1] == option
