"""Write docs/reference from the code; with --check, fail if a page there is not what the code says."""

from __future__ import annotations

import argparse
import ast
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import typer
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gigasite.climate import ClimateSection
from gigasite.climate.section import DesignOverrides
from gigasite.models import technologies
from gigasite.models.buses import BUSES
from gigasite.models.component import Component, Frozen
from gigasite.models.described import descriptions
from gigasite.models.investor import Investor
from gigasite.models.plan_tables import COLUMNS
from gigasite.models.quantities import Unit
from gigasite.reports.cli import app
from gigasite.reports.compare.comparing import COLUMNS as COMPARED_COLUMNS
from gigasite.reports.cooling import directory as cooling_directory
from gigasite.reports.cooling.results import COLUMNS as COOLING_COLUMNS
from gigasite.reports.cooling.results import LEADING
from gigasite.reports.results.columns import FILES, meaning
from gigasite.reports.words import HEADLINES
from gigasite.sites.cooling_comparison import FIGURES
from gigasite.sites.hourly_inputs import FileInput, ProfileInput, TariffInput, WindowInput
from gigasite.sites.sections import Location, Money, Phases, Settings
from gigasite.sites.sentences import hourly_unit, inner_model, is_size

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Written by scripts/docs.py from the code; change it there. -->\n"
SECTIONS: dict[str, type[BaseModel]] = {
    "site": Location,
    "climate": ClimateSection,
    "DesignOverrides": DesignOverrides,
    "phases": Phases,
    "money": Money,
    "money.investor": Investor,
    "solve": Settings,
    "an hourly input from a file": FileInput,
    "an hourly input from a profile": ProfileInput,
    "an hourly input from a tariff": TariffInput,
    "an hourly input of windows": WindowInput,
}
WORDS = {str: "text", bool: "true or false", int: "number", float: "number", Path: "path", date: "date"}
UNITS = {"delta_degC": "K", "m**3/hour": "m3/hour", "m**3/year": "m3/year", "USD/m**3": "USD/m3"}
FURTHER = {
    "value_of_grid_capacity": "USD/kW a year that one more kW of connection saves, before its own cost",
    "value_of_water": "USD/m3 that one more m3 of a yearly cap saves, above its price",
    "value_of_water_peak": "USD/(L/s) a year that a higher peak rate saves",
    "water_discharged": "blowdown and bleed, m3 a year",
    "sea_water": "drawn and returned, m3 a year",
    "upstream_energy": "electricity that a district plant uses for the cold that is bought, MWh a year",
    "throttled_work, throttled_hours": "GPU-hours lost, and hours in which they are, because water is too warm",
    "trim_hours": "hours in which a compressor takes heat in a system with a free mode",
    "delay_idle_cost, delay_cost, delay_work": "cost of a month of delay, and the work that is lost in it",
    "embodied_carbon, embodied_carbon_per_year": "CO2 of what is built",
    "firm_capacity, reserve_margin": "MW on the design days where a reserve is asked for, over the peak",
    "survival_24h, expected_unserved": "chance to outlast an outage of a day; compute lost in outages",
    "grid_freed_by_...": "MW of connection that curtailing a share of the imported energy frees",
    "ride_through": "minutes for which the reserve of cold stores carries the peak heat of their loop",
}
COOLING_FILES = {
    "run.json": "places, load, changes of the climate, the sentence on each winner, warnings, seconds, versions, sha256"
    " of every input and of every data file below",
    "ranking.csv": "every figure of every option in every place, best first; a column per figure, with its unit",
    "cooling.csv": "the same figures, one a row",
    "costs.csv": "yearly costs by reason; their sum is annual_cost",
    "sweeps.csv": "some figures with other supply temperatures [degC], liquid shares [1] and redundancy",
    "overhead.csv": "facility over IT power reached or exceeded in so many percent of the hours",
    "options.csv": "what was compared: systems and their supply",
    "places.csv": "prices, design temperatures and limits of each place",
    "assumptions.csv": "every resolved input with source and evidence",
    "*.svg, *.png": "charts by place",
    "report.pdf": "for people",
}


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    cells = ([" ".join(str(cell).replace("|", "\\|").split()) for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def first_paragraph(text: str | None) -> str:
    """Return the first paragraph of a docstring, on one line."""
    return " ".join((text or "").split("\n\n")[0].split())


def whole(text: str | None) -> str:
    """Return a docstring without its indentation."""
    return "\n".join(line.strip() for line in (text or "").strip().splitlines())


def unit_of(field: FieldInfo) -> str:
    """Return what a field accepts, in words."""
    unit = next((mark for mark in field.metadata if isinstance(mark, Unit)), None)
    if hourly_unit(field) is not None:
        return f"hourly, {_accepts(hourly_unit(field))}"
    if is_size(field.annotation):
        return "a size: fixed, minimum, maximum, existing"
    if unit is not None:
        return _accepts(unit)
    inner = inner_model(field.annotation)
    if inner is not None:
        return f"[{inner.__name__}](#{inner.__name__.lower()})"
    return _plain(field.annotation)


def _plain(annotation: Any) -> str:
    """Return a type in words."""
    if unit := next(_units(annotation), None):
        return _accepts(unit)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " or ".join(f"`{each}`" for each in inner)
    if origin is Annotated:
        return _plain(inner[0])
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(_plain(each) for each in inner if each is not type(None)))
    if origin is tuple:
        return f"list: {_plain(inner[0])}"
    return WORDS.get(annotation, str(getattr(annotation, "__name__", annotation)))


def _accepts(unit: Unit) -> str:
    return UNITS.get(unit.name, unit.expects.removeprefix("a quantity in "))


def _units(annotation: Any) -> Iterator[Unit]:
    yield from (mark for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, Unit))
    for inner in getattr(annotation, "__args__", ()):
        yield from _units(inner)


def default_of(name: str, field: FieldInfo, listed: dict[str, Any]) -> tuple[str, str]:
    """Return the default of a field and who says so."""
    if name in listed:
        entry = listed[name]
        return entry.text.replace("delta_degC", "K"), f"{entry.source} ({entry.evidence})"
    if field.is_required():
        return "required", ""
    if field.default_factory is not None or field.default is None:
        return "", ""
    unit = next((mark for mark in field.metadata if isinstance(mark, Unit)), None)
    plain = isinstance(field.default, str | bool | int | float)
    if not plain or field.default == "":
        return "", ""
    bare = unit is None or not unit.name
    return (f"{field.default}" if bare else f"{field.default:g} {_accepts(unit)}"), "program"


def fields(model: type[BaseModel], data: dict[str, Any]) -> str:
    """Return the table of the fields of a record."""
    listed = dict(model.listed_fields(data)) if issubclass(model, Frozen) else {}
    rows = [
        (f"`{name}`", unit_of(field), *default_of(name, field, listed), descriptions(model).get(name, ""))
        for name, field in model.model_fields.items()
        if name != "name" or model is Location
    ]
    return table(("field", "takes", "default", "source of the default", "meaning"), rows)


def technologies_page() -> str:
    """Return every kind with its fields."""
    text = "# Technologies\n\nA component of a site file has a `kind`; these are they, with the fields of each.\n"
    text += "Where a default depends on the row of the catalogue, the row of the example is shown.\n"
    text += "`gigasite catalogue` shows ranges and the other rows.\n"
    parts: dict[str, type[BaseModel]] = {}
    families: dict[str, list[str]] = {}
    for kind in sorted(Component.kinds):
        families.setdefault(Component.kinds[kind].family, []).append(kind)
    for family in sorted(families):
        text += f"\n## {family.replace('_', ' ').capitalize()}\n"
        for kind in families[family]:
            model = Component.kinds[kind]
            text += f"\n### {kind}\n\n{whole(model.__doc__)}\n\n{fields(model, model.example)}"
            _collect(model, parts)
    text += "\n## Records inside components\n"
    for name in sorted(parts):
        text += f"\n### {name}\n\n{whole(parts[name].__doc__)}\n\n{fields(parts[name], {})}"
    return text


def _collect(model: type[BaseModel], parts: dict[str, type[BaseModel]]) -> None:
    for field in model.model_fields.values():
        inner = inner_model(field.annotation)
        if inner is None or is_size(field.annotation) or hourly_unit(field) is not None or inner.__name__ in parts:
            continue
        parts[inner.__name__] = inner
        _collect(inner, parts)


def equations_page() -> str:
    """Return every equation of the model with its sentence."""
    text = "# Equations\n\nEvery equation has a name and a sentence."
    text += " `tests/golden/` holds them written out for each kind.\n"
    models = Path(next(iter(technologies.__path__))).parent
    for path in sorted((*models.glob("*.py"), *(models / "technologies").glob("*.py"))):
        found = list(_equations(ast.parse(path.read_text(encoding="utf-8"))))
        if found:
            module = ".".join(("gigasite.models", *path.relative_to(models).with_suffix("").parts))
            summary = first_paragraph(import_module(module).__doc__)
            text += f"\n## {path.stem}\n\n{summary}\n\n{table(('equation', 'sentence'), found)}"
    text += "\n## Buses\n\nWhat flows into a bus flows out of it:"
    text += " at every step, or over the year of a phase for an account.\n\n"
    return text + table(
        ("bus", "unit", "balances", "what flows"),
        (
            (f"`{each.name}`", each.unit, "yearly" if each.account else "every step", each.label)
            for each in BUSES.values()
        ),
    )


def _equations(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield name and sentence of each ``@block.Constraint(..., doc=...)`` and ``Constraint(..., doc=...)``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for call in node.decorator_list:
                if isinstance(call, ast.Call) and (sentence := _doc(call)):
                    yield f"`{node.name}`", sentence
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and (sentence := _doc(node.value)):
            yield f"`{ast.unparse(node.targets[0]).split('.')[-1]}`", sentence


def _doc(call: ast.Call) -> str:
    if not ast.unparse(call.func).endswith("Constraint"):
        return ""
    found = next((word.value for word in call.keywords if word.arg == "doc"), None)
    return str(found.value) if isinstance(found, ast.Constant) else ""


def site_file_page() -> str:
    """Return the sections of a site file that describe no component."""
    text = "# The site file\n\nEvery quantity is text with its unit; a bare number is refused where a unit is due.\n"
    text += "`gigasite init NAME` writes a commented file, `gigasite schema` a JSON Schema for editors.\n"
    text += "Components stand in `compute`, `cooling`, `power`, `grid`, `water`, `carbon` and `limits`:\n"
    text += "[their fields](technologies.md).\n"
    for name, model in SECTIONS.items():
        text += f"\n## {name}\n\n{whole(model.__doc__)}\n\n{fields(model, {})}"
    return text


def run_directory_page() -> str:
    """Return files, columns and headline figures of a run directory."""
    text = "# The run directory\n\n`runs/SITE/SCENARIO/`, or `--out DIR`."
    text += " It is whole or absent: written beside, then renamed.\n\n"
    text += table(("file", "content"), ((f"`{name}`", content) for name, content in FILES.items()))
    text += "\n## Columns\n"
    for name, columns in COLUMNS.items():
        text += f"\n### {name}.csv\n\n"
        text += table(("column", "unit", "meaning"), ((f"`{column}`", *meaning(name, column)) for column in columns))
    text += "\nA phase is named by its ISO start date. Kpis, costs, energy and hourly series come from the"
    text += " dispatch of every hour at the sizes that were found.\n\n## Headline figures in kpis.csv\n\n"
    text += table(("name", "meaning"), ((f"`{name}`", meaning) for name, meaning in HEADLINES.items()))
    text += "\nWhere a site has what they are about, among others:\n\n"
    text += table(("name", "meaning"), ((f"`{name}`", meaning) for name, meaning in FURTHER.items()))
    return text + _comparison() + _cooling_directory()


def _comparison() -> str:
    """Return files and columns of a comparison of plans."""
    text = "\n## A comparison of plans\n\n`gigasite compare` writes `runs/compare/NAME/`, or `--out DIR`: `run.json`"
    text += (
        " (which runs, with the sha256 of their run.json), `compare.csv`, `compare.pdf`, on request `compare.html`.\n"
    )
    text += f"\nColumns of `compare.csv`: {', '.join(COMPARED_COLUMNS)}. `table` is kpis, capacities or costs;"
    text += " `name` is the headline figure, `component.quantity` or `component.reason`; `difference` is the value less"
    return (
        f"{text} that of the first run in the phase of the same name, in the last phase less that of its last phase.\n"
    )


def _cooling_directory() -> str:
    """Return files, columns and figures of a comparison of cooling options."""
    text = "\n## A comparison of cooling options\n\n`gigasite cooling` writes `runs/cooling/SITE/`, or `--out DIR`.\n\n"
    text += table(("file", "content"), ((f"`{name}`", content) for name, content in COOLING_FILES.items()))
    columns = {
        cooling_directory.WIDE_FILE: (*LEADING, "a column for each figure, such as `pue_annual [1]`"),
        cooling_directory.TIDY_FILE: cooling_directory.TIDY,
        **{f"{name}.csv": names for name, names in COOLING_COLUMNS.items()},
    }
    text += "\n"
    text += table(("file", "columns"), ((f"`{name}`", ", ".join(names)) for name, names in columns.items()))
    text += "\n`standing` is `ranked`, `reference` (shown, not ranked) or `unfit` (not possible there; `why` says the"
    text += " reason). Figures:\n\n"
    return text + table(
        ("name", "unit", "meaning"), ((f"`{name}`", unit, meaning) for name, (unit, meaning) in FIGURES.items())
    )


def command_line_page() -> str:
    """Return every command with its arguments and options."""
    text = "# The command line\n\nExit codes: 0 optimal; 2 the input is wrong; 3 infeasible; 4 the solver failed"
    text += " or stopped at a limit; 130 after Ctrl-C.\n"
    for name, command in _commands(app, "gigasite"):
        text += f"\n## {name}\n\n{first_paragraph(command.__doc__)}\n\n"
        rows = [
            (f"`{_spelling(parameter, mark)}`", mark.help or "") for parameter, mark in _parameters(command).items()
        ]
        text += table(("argument or option", "meaning"), rows) if rows else ""
    return text


def _commands(program: typer.Typer, name: str) -> Iterator[tuple[str, Callable[..., None]]]:
    for each in program.registered_commands:
        yield f"{name} {each.name}", each.callback  # type: ignore[misc]
    for group in program.registered_groups:
        yield from _commands(group.typer_instance, f"{name} {group.name}")  # type: ignore[arg-type]


def _parameters(command: Callable[..., None]) -> dict[inspect.Parameter, Any]:
    """Return the parameters of a command with their marks."""
    found = inspect.signature(command, eval_str=True).parameters.values()
    return {each: each.annotation.__metadata__[0] for each in found}


def _spelling(parameter: inspect.Parameter, mark: Any) -> str:
    if isinstance(mark, typer.models.ArgumentInfo):
        return mark.metavar or parameter.name.upper()
    # In Annotated the first spelling of an option stands where typer otherwise has the default.
    spelled = mark.param_decls or ([mark.default] if str(mark.default).startswith("--") else [])
    words = "/".join(spelled or [f"--{parameter.name.replace('_', '-')}"])
    kinds = (parameter.annotation.__origin__, *get_args(parameter.annotation.__origin__))
    choices = next((each for each in kinds if isinstance(each, type) and issubclass(each, Enum)), ())
    value = mark.metavar or "|".join(str(each.value) for each in choices)
    return f"{words} {value}".strip()


PAGES = {
    "technologies.md": technologies_page,
    "equations.md": equations_page,
    "site-file.md": site_file_page,
    "run-directory.md": run_directory_page,
    "command-line.md": command_line_page,
}


def main() -> None:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is out of date")
    check = parser.parse_args().check
    REFERENCE.mkdir(parents=True, exist_ok=True)
    stale = []
    for name, page in PAGES.items():
        path, text = REFERENCE / name, MADE + page()
        if check and (not path.is_file() or path.read_text(encoding="utf-8") != text):
            stale.append(f"docs/reference/{name} is not what the code says: run `make docs` and commit it")
        elif not check:
            path.write_text(text, encoding="utf-8", newline="\n")
    if stale:
        sys.exit("\n".join(stale))


if __name__ == "__main__":
    main()
