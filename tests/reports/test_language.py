"""Every fixed sentence has its translation."""

import ast
import re
from pathlib import Path

import pytest

import gigasite.reports
from gigasite.reports import language, words
from gigasite.reports.content import benchmark as benchmark_content
from gigasite.reports.content import plan as content
from gigasite.reports.content import project as project_content
from gigasite.reports.pages import typesetting
from gigasite.reports.results import hours

FOLDER = Path(gigasite.reports.__file__).parent
TABLES = (
    *words.HEADLINES.values(),
    *words.MONTHS,
    *words.WEEKDAYS,
    *content.GROUPS,
    "Other",
    *(title for title, _, _ in project_content.FLOWS),
    "Plant less loans",
    *project_content.RETURNS.values(),
    *benchmark_content.SYSTEM_NAMES.values(),
    *hours.WEEK_TITLES,
)
"""Sentences that stand in tables and are said from there."""


def sentences() -> dict[str, str]:
    """Return every fixed sentence of code and templates, and where it stands."""
    found = dict.fromkeys(TABLES, "a table")
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                said = node.args[0]
                if isinstance(said, ast.Constant):
                    found[str(said.value)] = path.name
    for path in FOLDER.rglob("*.typ"):
        found |= dict.fromkeys(typesetting.SAID.findall(path.read_text(encoding="utf-8")), path.name)
    return found


def test_no_sentence_lacks_its_chinese():
    """A sentence without one would end a Chinese report; a row without a sentence would be a word, which is allowed."""
    known = language.words("zh")
    assert {text: place for text, place in sentences().items() if text not in known} == {}


def test_translations_keep_every_part():
    """A part that is lost is a number that the reader never sees."""
    for english, translated in language.words("zh").items():
        assert translated.strip(), english
        assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", translated)), english


def test_every_call_is_found_by_the_test():
    """Only sentences from known tables may be said through a variable."""
    variables = {
        ast.unparse(node.args[0])
        for path in FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "say"
        and not isinstance(node.args[0], ast.Constant)
    }
    assert variables <= {
        *("HEADLINES[name]", "MONTHS[start.month - 1]", "MONTHS[day.month - 1]", "name", "title", "label", "english"),
        *("WEEKDAYS[day.weekday()]", "week.title", "MONTHS[times[place * 24].month - 1]", "FLOWS[place][0]"),
        "SYSTEM_NAMES[system]",
    }


def test_english_is_what_the_code_says_and_the_language_ends_with_its_block():
    assert language.say("From {phase}: {parts}.", phase="2026", parts="x") == "From 2026: x."
    with language.spoken("zh"):
        assert language.say("{year}", year=2026) == "2026年"
        assert language.word("no such word") == "no such word"
        with pytest.raises(KeyError):
            language.say("no such sentence")
    assert language.say("{year}", year=2026) == "2026"
