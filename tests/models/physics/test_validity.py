import dataclasses
import importlib
import pkgutil

import numpy as np
import pandas as pd
import pytest

from gigasite.models import physics
from gigasite.models.physics import Validity, outside

RANGE = Validity("air", 24.0, 51.7, "degC", "a catalogue")


def test_ends_of_the_range_are_inside():
    np.testing.assert_array_equal(outside(RANGE, [23.9, 24.0, 51.7, 51.8]), [True, False, False, True])


def test_missing_values_count_as_outside():
    """A comparison written the other way round would let nan pass as valid."""
    np.testing.assert_array_equal(outside(RANGE, [np.nan, 30.0]), [True, False])


def test_numbers_and_series_are_accepted():
    assert not outside(RANGE, 30.0)
    assert outside(RANGE, pd.Series([10.0, 30.0])).sum() == 1


def test_a_validity_says_itself_and_cannot_be_changed():
    assert str(RANGE) == "air: 24 to 51.7 degC"
    with pytest.raises(dataclasses.FrozenInstanceError):
        RANGE.low = 0.0


MODULES = [
    importlib.import_module(f"{physics.__name__}.{found.name}") for found in pkgutil.iter_modules(physics.__path__)
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[1])
def test_every_range_is_named_where_it_applies(module):
    """A range that no docstring mentions is one that nobody counts hours against."""
    own = [each for each in vars(module).values() if getattr(each, "__module__", None) == module.__name__]
    text = " ".join(each.__doc__ or "" for each in own)
    unnamed = [name for name, each in vars(module).items() if isinstance(each, Validity) and f"`{name}`" not in text]
    assert not unnamed
