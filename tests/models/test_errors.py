import pytest

from gigasite.models import errors


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.SiteFileError, 2),
        (errors.WeatherError, 2),
        (errors.RunDirectoryError, 2),
        (errors.InfeasibleError, 3),
        (errors.SolverError, 4),
    ],
)
def test_every_error_has_its_exit_code(error, code):
    assert issubclass(error, errors.PlanError)
    assert error("x").exit_code == code


def test_all_problems_are_told_at_once():
    raised = errors.SiteFileError(["first", "second"])
    assert raised.problems == ("first", "second")
    assert str(raised) == "first\nsecond"


def test_one_sentence_is_one_problem():
    """A string is a sequence of letters: it must not become one problem a letter."""
    assert errors.SolverError("gone").problems == ("gone",)
