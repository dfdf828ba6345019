from gigasite.models.component import Component
from gigasite.sites.document import Problems, parse
from gigasite.sites.parts import home, parts_of, sections_of


def test_every_kind_has_a_section() -> None:
    assert {home(kind) for kind in Component.kinds} == {"compute", "cooling", "power", "grid", "water", "limits"}


def test_stores_of_cold_stand_with_the_coolers() -> None:
    """They work on a loop of the cooling; a battery stays with the power."""
    assert [home(kind) for kind in ("cold_store", "ice_store", "battery")] == ["cooling", "cooling", "power"]


def test_sections_become_components_in_order() -> None:
    problems = Problems("f")
    carbon = "carbon: {price: 1 USD/t, carbon_free_share: 0.8}\nlimits: {pue: 1.2}\n"
    text = f"power: {{a: {{kind: battery}}}}\ngrid: {{g: {{}}}}\n{carbon}"
    document = parse(text, problems)
    parts = parts_of(sections_of(document, Problems("f")), document, problems)
    assert [(part.name, part.kind) for part in parts] == [
        ("a", "battery"), ("g", "grid"), ("carbon", "carbon_limit"), ("carbon_free", "carbon_free_target"),
        ("pue", "pue_limit"),
    ]  # fmt: skip
    assert parts[3].where(("share",)) == ("carbon", "carbon_free_share")
    assert parts[4].label(("limit",)) == "pue"
    assert problems.found == {}
