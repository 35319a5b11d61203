"""What editors are told stays in words that they know: no jargon, and advice that fits the commonest slips."""

from __future__ import annotations

import ast

import pytest

from conftest import ROOT
from evidence.sources.bibtex import parse_bibtex
from evidence.sources.records import parse_yaml
from jargon import jargon

EXPECTED = (ROOT / "tests/broken/expected.txt").read_text("utf-8").splitlines()
ENGINE = sorted((ROOT / "hooks").rglob("*.py"))
# What makes a message, by name: what is called with it.
TELLING = {"Problem", "DirectiveError", "Slip", "PaperError", "PluginError", "problem"}


@pytest.mark.parametrize(
    "message",
    [
        "mapping values are not allowed in this context",
        "Input should be a valid string",
        "'title' must be text, not '['Light', 'Shade']'",
        "expected str, got NoneType",
        "this is not valid YAML: found unexpected end of stream",
        "character '\\x07' cannot stand here",
        "must match [^a-z]+",
    ],
)
def test_jargon_is_seen(message: str) -> None:
    assert jargon(message)


def test_what_a_message_quotes_from_a_file_is_no_jargon() -> None:
    assert jargon("'None' of 'true2020' is 'str', an abbreviation that no @string explains") == ""


def test_no_message_on_the_awful_review_holds_jargon() -> None:
    assert [line for line in EXPECTED if jargon(line.partition(": ")[2])] == []


def messages(tree: ast.AST) -> list[str]:
    """The texts of a module that go into messages: without the values that are filled in."""
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) else None
        name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
        if isinstance(node, ast.Call) and name in TELLING:
            found += node.args
        elif isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "message" for t in node.targets):
            found.append(node.value)
    return [
        "".join(part.value if isinstance(part, ast.Constant) else "'...'" for part in node.values)  # type: ignore[misc]
        if isinstance(node, ast.JoinedStr)
        else node.value
        for place in found
        for node in ast.walk(place)
        # One word alone is the name of something that is filled in.
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and " " in str(node.value))
    ]


def test_no_message_in_the_engine_holds_jargon() -> None:
    assert len(ENGINE) >= 90
    told = {(file.name, text) for file in ENGINE for text in messages(ast.parse(file.read_text("utf-8")))}
    assert len(told) > 150
    assert sorted((name, jargon(text), text) for name, text in told if jargon(text)) == []


MARKS = "put the text in quotation marks"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("- title: One: two\n", f"a colon and a space stand inside the text; {MARKS}"),
        ("- title: @key says so\n", f"has a meaning of its own; {MARKS}"),
        ("- title: %100\n", f"has a meaning of its own; {MARKS}"),
        ("- title: *very* good\n", f"has a meaning of its own; {MARKS}"),
        ("- title: *very\n", "write the value out, or put it in quotation marks if it is text"),
        ("- title: & more\n", f"has a meaning of its own; {MARKS}"),
        ("- title: !important\n", "put text that begins with '!' in quotation marks"),
        ("- title: 'open\n", "a quotation mark or bracket is opened and never closed"),
        ("- themes: [one, two\n- title: A\n", "a list in square brackets lacks a comma or its closing bracket"),
        ("- {id: a, title: A\n- title: B\n", "a group in braces lacks a comma or its closing brace"),
        ("- id: a\n\ttitle: A\n", "a tab stands at the beginning of this line; use spaces"),
        ("- id: a\n   title: A\n", "put the text in quotation marks"),
        ("  - id: a\n - id: b\n", "look at the spaces at its beginning"),
        ("a:\n  - id: a\n - id: b\n", "give it the same number of spaces"),
        ("id: a\nb\n", "a colon is missing after a name"),
        ("notes: - N1\n", "a list begins on the line below its name"),
        ("title: 'A' and B\n", "give it the same number of spaces"),
        ('title: "a \\q"\n', "write two, or use single ones"),
        ("id: a\n---\nid: b\n", "stands in the middle of the file; remove that line"),
        ("id: a\x07\n", "a character that cannot be seen (U+0007) stands in this line"),
    ],
)
def test_a_slip_in_a_data_file_gets_advice(text: str, advice: str) -> None:
    _, problems = parse_yaml(text, "data/x.yml")
    assert problems
    assert advice in problems[0].message
    assert not any(jargon(problem.message) for problem in problems)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("@book{a title = {A}}\n", "a comma is missing after its key"),
        ("@book{a,\n title {A}}\n", "an equals sign is missing after the name of a field"),
        ("@book{a,\n title}\n", "an equals sign is missing after the name of a field"),
        ("@book{a,\n title = {A}\n@book{b,\n title = {B}}\n", "a closing brace or quotation mark is missing"),
    ],
)
def test_a_slip_in_the_bibliography_gets_advice(text: str, advice: str) -> None:
    _, problems, _ = parse_bibtex(text, "x.bib")
    assert advice in problems[0].message
    assert not any(jargon(problem.message) for problem in problems)
