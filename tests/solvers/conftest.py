"""Small linear programmes, by hand or at random."""

import numpy as np
import pytest
import scipy.sparse as sp

from gigasite.solvers.matrix import Matrix


@pytest.fixture(scope="session")
def programme():
    """Return a matrix from plain lists; columns lie between 0 and 10 unless said otherwise."""

    def build(a, cost, row_lower, row_upper, lower=None, upper=None, offset=0.0, integral=None):
        a = sp.csc_array(np.asarray(a, dtype=float))
        rows, columns = a.shape
        return Matrix(
            a=a,
            cost=np.asarray(cost, dtype=float),
            offset=offset,
            lower=np.zeros(columns) if lower is None else np.asarray(lower, dtype=float),
            upper=np.full(columns, 10.0) if upper is None else np.asarray(upper, dtype=float),
            row_lower=np.asarray(row_lower, dtype=float),
            row_upper=np.asarray(row_upper, dtype=float),
            integral=np.zeros(columns, dtype=bool) if integral is None else np.asarray(integral),
            rows={"all": slice(0, rows)},
        )

    return build


@pytest.fixture(scope="session")
def random_programme(programme):
    """Return a random bounded programme that a known point satisfies: equalities, one-sided and two-sided rows."""

    def build(seed, rows=6, columns=8):
        rng = np.random.default_rng(seed)
        a = rng.normal(size=(rows, columns)) * (rng.random((rows, columns)) < 0.6)
        lower, upper = -rng.random(columns) * 3, rng.random(columns) * 3
        activity = a @ rng.uniform(lower, upper)
        side = rng.integers(0, 4, rows)
        low = np.where(side == 1, -np.inf, activity - np.where(side == 0, 0.0, rng.random(rows)))
        high = np.where(side == 2, np.inf, activity + np.where(side == 0, 0.0, rng.random(rows)))
        return programme(a, rng.normal(size=columns), low, high, lower, upper, offset=float(rng.normal()))

    return build
