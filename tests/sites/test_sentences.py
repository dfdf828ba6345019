from datetime import date

from gigasite.models.technologies.battery import Battery
from gigasite.models.technologies.grid import Grid
from gigasite.models.technologies.work import Work, WorkClass
from gigasite.sites.sentences import field_text, hourly_unit, is_size, model_at, nearest, unknown_key


def test_places_read_as_keys_and_dates() -> None:
    assert field_text(("size", "maximum", date(2028, 1, 1))) == "size.maximum from 2028-01-01"


def test_an_unknown_key_is_answered_with_the_nearest_or_with_all() -> None:
    assert unknown_key("enrgy", ["energy", "power"]) == "unknown key 'enrgy'. Did you mean 'energy'?"
    assert unknown_key("x", ["energy", "power"]) == "unknown key 'x'. Known keys: energy, power."
    assert nearest("x", ["energy"]) == ""


def test_hourly_fields_are_known_by_their_unit_also_where_optional() -> None:
    units = {name: unit.name for name, field in Grid.model_fields.items() if (unit := hourly_unit(field)) is not None}
    assert units == {
        "energy_price": "USD/MWh", "emission": "t/MWh", "carbon_free_share": "", "renewable_share": "",
        "export_price": "USD/MWh",
    }  # fmt: skip


def test_records_inside_lists_are_found() -> None:
    assert model_at(Work, ("classes", 0)) is WorkClass
    assert model_at(Work, ("classes", 0, "value")) is None
    assert is_size(Battery.model_fields["power"].annotation)
