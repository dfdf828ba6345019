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


def test_an_older_power_chain_is_chosen_by_its_kind(site, trouble, texts):
    """Its efficiency comes from the rows of 2015; an unknown kind is answered with the known ones."""
    older = texts["compute"].replace("cooling:", "  power_chain: {kind: legacy_power_chain}\ncooling:")
    made = site(texts["head"] + older + texts["grid"])
    assert made.component("power_chain").kind == "legacy_power_chain"
    wrong = older.replace("legacy_power_chain", "legacy_power_chian")
    assert "Did you mean 'legacy_power_chain'" in trouble(texts["head"] + wrong + texts["grid"])[0]
