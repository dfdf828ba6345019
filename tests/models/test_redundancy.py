"""What redundancy buys, by hand."""

import pytest

from gigasite.models.redundancy import Redundant


@pytest.mark.parametrize(
    ("redundancy", "modules", "spare"), [("N", 4, 1.0), ("N+1", 4, 1.25), ("N+1", 1, 2.0), ("2N", 4, 2.0)]
)
def test_spare_units_share_the_load(redundancy, modules, spare):
    """N+1 on four units is five: 5 / 4 bought, each at 4 / 5. On one unit it is 2N."""
    block = Redundant(redundancy=redundancy, modules=modules)
    assert block.spare == pytest.approx(spare)
    assert block.load == pytest.approx(1 / spare)


def test_a_block_needs_a_whole_unit():
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        Redundant(modules=0.5)
