"""The tables of a plan: names that other programs read."""

from gigasite.models.plan_tables import COLUMNS, CORE, FOLLOWING


def test_every_table_has_columns_of_its_own_names():
    """A name twice in a table could not be read back; a table in both groups would be written twice."""
    assert all(len(set(names)) == len(names) for names in COLUMNS.values())
    assert not CORE.keys() & FOLLOWING.keys()
    assert list(COLUMNS) == [*CORE, *FOLLOWING]


def test_amounts_are_told_with_their_unit():
    """`value` stands for amounts of many units, so that each of these tables says which."""
    assert [name for name, columns in COLUMNS.items() if "value" in columns and "unit" not in columns] == []
