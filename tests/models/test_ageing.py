import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigasite.models.ageing import mean_age


def test_mean_age_within_the_first_life_is_the_middle_of_the_period():
    assert mean_age(2.0, 6.0, 20.0) == pytest.approx(4.0)


def test_mean_age_over_whole_lives_is_half_a_life():
    assert mean_age(0.0, 30.0, 10.0) == pytest.approx(5.0)


def test_replacement_starts_the_age_anew():
    """Life 10, from year 8 to 14: ages 8 to 10 over two years, 0 to 4 over four: (2 x 9 + 4 x 2) / 6 = 4.333."""
    assert mean_age(8.0, 14.0, 10.0) == pytest.approx(26 / 6)


@given(st.floats(0, 50), st.floats(0.1, 50), st.floats(1, 40))
def test_the_integral_agrees_with_a_sum(first, length, life):
    """5,000 ages at the middle of as many intervals; a jump at the end of a life costs at most one interval each."""
    times = first + length * (np.arange(5000) + 0.5) / 5000
    assert mean_age(first, first + length, life) == pytest.approx(float((times % life).mean()), abs=0.02 * life)


@pytest.mark.parametrize(("first", "last", "life"), [(1.0, 1.0, 5.0), (-1.0, 2.0, 5.0), (0.0, 1.0, 0.0)])
def test_times_out_of_order_are_refused(first, last, life):
    with pytest.raises(ValueError, match="needs 0 <= first < last"):
        mean_age(first, last, life)
