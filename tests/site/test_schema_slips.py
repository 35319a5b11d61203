"""Schema and engine say the same of slips, one of each shape, and of words that stand for numbers."""

from __future__ import annotations

import re

import pytest
from jsonschema import Draft7Validator

from editor_yaml import SCHEMAS, faults, refused
from evidence.documents.shapes import Reading, reader
from evidence.model.base import Location
from jargon import jargon

NOTE = """\
- id: N1
  kind: fact
  title: T
  where_in_source: [page 3]
  source_says: S
  problem: P
  treatment: T
  severity: clarify
  certainty: verified
  basis: B
"""
THEME = "- {id: a, title: A, origin: review, summary: S"
CARD = "cards: [{id: a, colour: red, shape: circle, word: a, text: %s}]"
PACK = "packs: [{id: a, title: A, purpose: P, %s}]"

GOOD = [
    ("editorial", NOTE),
    ("editorial", f"{NOTE}  dated: 2026-11-22\n  references: [a2020]\n"),
    ("editorial", NOTE.replace("[page 3]", "\n    - 3\n    - 4")),
    ("nations", ""),
    ("nations", "- {id: 2024, name: true}"),
    ("themes", f"{THEME}, number: 3, parent: , agreement: , found: [{{text: T, notes: }}]}}"),
    ("kinds", "- {id: a b, name: A, meaning: M, authorless: yes}"),
    ("comparison", "caption: C\nrows: [{id: a, title: A, from: examples}, {id: b, title: B, cells: {n: [{text: T}]}}]"),
    ("publisher", "name: A\nsite_address: https://www.example.org/evidence/"),
    ("reading", "sentence_mean: 14.5\nlimits: [{pages: '*', grade: 11}]"),
    ("packs", PACK % "parts: [{page: a.md, title: , lines: 0}], sizes: [large]"),
]
BAD = [
    ("editorial", NOTE.replace("  title: T\n", "")),  # a field that is needed
    ("editorial", NOTE.replace("title: T", "title:")),
    ("editorial", NOTE.replace("title: T", "title: ' '")),
    ("editorial", NOTE.replace("title: T", "title: [T]")),
    ("editorial", NOTE.replace("title: T", "titel: T")),
    ("editorial", NOTE.replace("[page 3]", "page 3")),  # a list
    ("editorial", NOTE.replace("[page 3]", "[[page 3]]")),
    ("editorial", NOTE.replace("[page 3]", "\n    - 3\n    -")),  # an item with nothing in it
    ("editorial", NOTE.replace("[page 3]", "[page 3, ' ']")),
    ("editorial", NOTE.replace("[page 3]", "{page: 3}")),
    ("editorial", NOTE.replace("fact", "facts")),  # a choice
    ("editorial", NOTE.replace("fact", "")),
    ("editorial", f"{NOTE}  where: a\n"),
    ("editorial", f"{NOTE}  dated: 22 November 2026\n"),
    ("editorial", f"{NOTE}  dated: 2026-13-01\n"),
    ("themes", f"{THEME}, number: three}}"),
    ("themes", f"{THEME}, number: 3.5}}"),
    ("themes", f"{THEME}, agreement: perhaps}}"),
    ("themes", f"{THEME}, found: [{{source: a}}]}}"),
    ("themes", f"{THEME}, found: [words]}}"),
    ("themes", f"{THEME}, found: [{{text: T, sources: a}}]}}"),
    ("kinds", "- {id: a, name: A, meaning: M, authorless: perhaps}"),
    ("nations", "- {id: south/east, name: A}"),
    ("nations", "- {id: -a, name: A}"),
    ("nations", f"- {{id: {'a' * 101}, name: A}}"),
    ("nations", "id: a\nname: A"),
    ("nations", "- words"),
    ("untraced", "- {key: a b, cited_as: A, label: A, status: S, known: K}"),
    ("comparison", "caption: C"),
    ("comparison", "caption: C\nrows: [{id: a, title: A, from: nowhere}]"),
    ("comparison", "caption: C\nrows: [{id: a, title: A, cells: [b]}]"),
    ("comparison", "caption: C\nrows: [{id: a, title: A, cells: {n: words}}]"),
    ("comparison", "- caption: C"),
    ("reading", "checked: 2026-11-32"),
    ("reading", "words_a_minute: 0"),
    ("reading", "limits: [{pages: '*', grade: hard}]"),
    ("sources-checked", "addresses: [{address: https://a.org/, status: works, checked: ''}]"),
    ("publisher", "site_address: www.example.org"),
    ("publisher", "site_address: https://www.example.org/evidence"),
    ("packs", CARD % ("a" * 161)),
    ("packs", PACK % "form: sheet"),
    ("packs", PACK % "parts: []"),
    ("packs", PACK % "parts: [{lines: 21, questions: [all]}]"),
    ("packs", PACK % "parts: [{page: a.md, pack: a}]"),
    ("packs", PACK % "parts: [{page: ''}]"),
    ("packs", PACK % "parts: [{page: a.md}], sizes: [large, large]"),
    ("packs", PACK % "parts: [{page: a.md}], sizes: [small]"),
]


@pytest.mark.parametrize(("name", "text"), GOOD)
def test_what_is_right_fits(name: str, text: str) -> None:
    assert (faults(name, text), refused(name, text)) == ([], ([], []))


@pytest.mark.parametrize(("name", "text"), BAD)
def test_what_the_engine_refuses_does_not_fit(name: str, text: str) -> None:
    told = [problem.message for problems in refused(name, text) for problem in problems]
    assert told
    assert faults(name, text), told
    assert [message for message in told if jargon(message)] == []


@pytest.mark.parametrize(
    "line",
    [
        "old/address/: new/page.md",
        "old.html: new/page.md#part",
        "/old: index.md",
        "old/address/:",
        "../old/: index.md",
        "old/ address/: index.md",
        "café noir/тема/: été à vélo.md#là",
        "what's new/q&a (old)/: index.md",
        "100%/: index.md",
        "old/: new/page",
        "old/: https://www.example.org/page.md",
        "old/: [index.md]",
        "- old/",
        "old/: 3",
    ],
)
def test_redirects_fit_as_the_engine_reads_them(line: str) -> None:
    assert bool(faults("redirects", line)) == bool(refused("redirects", line)[0])


NUMBERS = "0 1 3 -3 +3 007 3.0 3. 3.5 .5 -.5 1e3 1_000 1__0 _1 1_ 0x1F 3,5 three ٣ '' ' 3 ' '3 4' -"
WORDS = "true false True TRUE yes no YES on off y n t f 0 1 2 -1 01 perhaps ja '' null"


@pytest.mark.parametrize("kind", [int, float, bool])
def test_text_that_stands_for_a_number_or_a_yes_is_taken_as_the_engine_takes_it(kind: type) -> None:
    names = {int: ("network", "number"), float: ("reading", "grade"), bool: ("glossary", "link")}
    file, field = names[kind]
    (cls,) = (c for c in SCHEMAS[f"{file}.json"]["definitions"].values() if field in c["properties"])
    ways = {key: value for key, value in cls["properties"][field].items() if key != "description"}
    different = []
    for text in re.findall(r"'[^']*'|\S+", WORDS if kind is bool else NUMBERS):
        value = text.strip("'")
        reading = Reading(lambda place: Location(), {})
        reader(kind)(value, (), reading)
        good = not reading.slips
        different += [value] if Draft7Validator(ways).is_valid(value) != good else []
    assert different == []
