from datetime import date

import pytest

from gigasite.models.errors import SiteFileError
from gigasite.sites.document import Problems, overlaid, parse, pruned

KEPT = frozenset({("compute", "building")})


def test_every_value_knows_its_line() -> None:
    """Lines count from 1: `power` stands on line 2, its `size` on line 3."""
    document = parse("site: {name: A}\npower:\n  size: 5 MW\n  days: {2026-10-01: 1}\n", Problems("f"))
    assert document.data["power"] == {"size": "5 MW", "days": {date(2026, 10, 1): 1}}
    assert document.line(("power", "size")) == 3
    assert document.line(("power", "days", date(2026, 10, 1))) == 4
    assert document.line(("power", "unheard", "of")) == 2


def test_repeated_keys_are_named_with_both_lines() -> None:
    """A plain loader would keep the last and lose the first in silence."""
    problems = Problems("f.yaml")
    parse("a: 1\nb: 2\na: 3\n", problems)
    with pytest.raises(SiteFileError, match=r"f.yaml:3 key 'a' is repeated; it stands on line 1 already. Remove one"):
        problems.raise_if_any()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [1\nb: 2\n", r"f:2 is not valid YAML: expected ',' or '\]'"),
        ("- a\n- b\n", "f: must be a mapping of sections"),
        ("", "f: must be a mapping of sections"),
        ("a: !!python/object:os.system x\n", r"f:1 .* cannot be read"),
        ("a: &x {b: *x}\n", "f:1 a.b contains itself"),
        ("? [1, 2]\n: 3\n", "f:1 .*a key must be a plain word or a date"),
    ],
)
def test_what_is_no_plain_mapping_is_refused(text: str, says: str) -> None:
    def reading() -> None:
        problems = Problems("f")
        parse(text, problems)
        problems.raise_if_any()

    with pytest.raises(SiteFileError, match=says):
        reading()


def test_problems_are_sorted_by_line_and_said_once() -> None:
    problems = Problems("f")
    for line, sentence in ((9, "later"), (2, "earlier"), (9, "later")):
        problems.add(line, sentence)
    with pytest.raises(SiteFileError) as caught:
        problems.raise_if_any()
    assert caught.value.problems == ("f:2 earlier.", "f:9 later.")


BASE = """
power:
  sun: {kind: pv, size: {maximum: {2026-01-01: 1 MW, 2028-01-01: 2 MW}}, tags: [a, b]}
  bess: {kind: battery}
  offices: {demand: {profile: flat, peak: 1 MW}}
scenarios:
  other:
    note: A note
    power:
      sun: {size: {maximum: {2030-01-01: 3 MW}}, tags: [c]}
      bess: null
      offices: {demand: {file: a.csv, column: b}}
    water: {price: 1 USD/m3}
""".lstrip()


def test_a_scenario_merges_mappings_and_replaces_values() -> None:
    """Maps of dates, lists and hourly inputs are values: merging them would keep the offer of 2026."""
    problems = Problems("f")
    changed = overlaid(parse(BASE, problems), "other", KEPT, problems)
    sun = changed.data["power"]["sun"]
    assert sun == {"kind": "pv", "size": {"maximum": {date(2030, 1, 1): "3 MW"}}, "tags": ["c"]}
    assert changed.data["power"]["offices"] == {"demand": {"file": "a.csv", "column": "b"}}
    assert changed.data["water"] == {"price": "1 USD/m3"}
    assert "scenarios" not in changed.data
    assert "note" not in changed.data
    assert pruned(changed.data, KEPT)["power"].keys() == {"sun", "offices"}
    assert problems.found == {}


def test_lines_of_a_scenario_point_at_the_scenario() -> None:
    problems = Problems("f")
    changed = overlaid(parse(BASE, problems), "other", KEPT, problems)
    assert changed.line(("power", "sun", "kind")) == 2
    assert changed.line(("power", "sun", "size", "maximum", date(2030, 1, 1))) == 9
    assert changed.line(("water", "price")) == 12


def test_removing_what_is_not_there_is_a_mistake() -> None:
    problems = Problems("f")
    document = parse("power: {a: {}}\nscenarios:\n  x: {power: {b: null}, compute: {building: null}}\n", problems)
    overlaid(document, "x", KEPT, problems)
    assert list(problems.found) == ["f:3 scenario 'x': removes power.b, which the site does not have."]
