"""Schema and engine say the same of slips of every shape, made by rule, and of words that stand for numbers."""

from __future__ import annotations

import copy
import dataclasses
import re
import types
import typing
from collections.abc import Iterator
from typing import Any, Literal

import pytest
import yaml
from jsonschema import Draft7Validator
from pydantic import TypeAdapter, ValidationError

from editor_yaml import CLASSES, SCHEMAS, Writer, faults, refused
from evidence.sources.read import LISTS
from jargon import jargon

# Slips, made by rule


# What fits fields that rules look at; a part of a pack is one thing only.
ODD: dict[str, dict[str, Any]] = {
    "EditorialNote": {"dated": "2026-11-22"},
    "Reading": {"checked": "2026-11-22"},
    "LinkResult": {"checked": "2026-11-22"},
    "AllowedAbbreviation": {"short": "ABC"},
    "Publisher": {"contact": "post@example.org", "site_address": "https://www.example.org/evidence/"},
    "Pack": {"editable": False, "each": ""},
    "Part": {"page": "", "sections": [], "words": [], "cards": [], "pack": ""},
}


def sample(annotation: Any) -> Any:
    """A value that fits a type, with every field filled in; as it stands in a file."""
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        hints = typing.get_type_hints(annotation)
        names = [field.name for field in dataclasses.fields(annotation) if field.name != "where"]
        return {name.rstrip("_"): sample(hints[name]) for name in names} | ODD.get(annotation.__name__, {})
    simple = {str: "a", int: 3, float: 2.5, bool: True}
    if annotation in simple:
        return simple[annotation]
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Literal:
        return next(value for value in arguments if value)
    if origin in (typing.Union, types.UnionType):
        return sample(arguments[0])
    return [sample(arguments[0])] if origin is tuple else {"a": sample(arguments[1])}


def whole(name: str) -> Any:
    record = sample(CLASSES[name])
    return [record] if name in LISTS else record


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in pairs:
        yield from places(inner, (*at, step))


DROP, ADD = object(), object()
VALUES = [
    DROP,
    ADD,
    None,
    "",
    "a",
    "a b",
    "yes",
    "3",
    3,
    -3,
    3.5,
    True,
    [],
    ["a"],
    [None],
    [["a"]],
    {},
    {"a": "a"},
    [{}],
]


def written(value: Any) -> str:
    """A value as the text of a file; nothing is an empty file."""
    return "" if value is None else yaml.dump(value, Dumper=Writer, sort_keys=False)


def slips(name: str) -> Iterator[tuple[str, str]]:
    """A file with one value left out, added, or put in the place of another; each with words for what was done."""
    good = whole(name)
    for at in places(good):
        for value in VALUES:
            changed = copy.deepcopy(good)
            around: Any = None
            here = changed
            for step in at:
                around, here = here, here[step]
            if value is ADD:
                if not isinstance(here, dict):
                    continue
                here["a-field-that-is-not-known"] = "a"
            elif value is DROP:
                if not at:
                    continue
                del around[at[-1]]
            elif at:
                around[at[-1]] = value
            else:
                changed = value
            what = "left out" if value is DROP else "added to" if value is ADD else repr(value)
            yield f"{'.'.join(map(str, at))} {what}", written(changed)


@pytest.mark.parametrize("name", CLASSES)
def test_a_whole_file_fits(name: str) -> None:
    text = written(whole(name))
    assert (faults(name, text), refused(name, text)) == ([], ([], []))


@pytest.mark.parametrize("name", CLASSES)
def test_schema_and_engine_agree_on_every_slip(name: str) -> None:
    """What the engine refuses for its shape does not fit, and what does not fit the engine refuses; in words without jargon."""
    tried, differences, unclear = 0, [], []
    for what, text in slips(name):
        told, (shape, rules) = faults(name, text), refused(name, text)
        if shape and not told:
            differences.append(f"{what}: only the engine refuses it: {shape[0].message}")
        if told and not (shape or rules):
            differences.append(f"{what}: only the schema refuses it: {told[0]}")
        unclear += [problem.message for problem in (*shape, *rules) if jargon(problem.message)]
        tried += 1
    assert (differences, unclear) == ([], [])
    assert tried > 20


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("nations", {"id": "south/east"}),
        ("nations", {"id": "-a"}),
        ("untraced", {"key": "a b"}),
        ("editorial", {"dated": "22 November 2026"}),
        ("editorial", {"dated": "2026-13-01"}),
        ("reading", {"checked": "2026-11-32"}),
        ("reading", {"words_a_minute": 0}),
        ("nations", {"id": "a" * 101}),
        ("links", {"checked": ""}),
        ("publisher", {"site_address": "www.example.org"}),
        ("publisher", {"site_address": "https://www.example.org/evidence"}),
        ("packs", {"cards": [{"id": "a", "colour": "red", "shape": "circle", "word": "a", "text": "a" * 161}]}),
        ("packs", {"packs": [{"id": "a", "title": "A", "purpose": "P"}]}),
        (
            "packs",
            {"packs": [{"id": "a", "title": "A", "purpose": "P", "parts": [{"lines": 21, "questions": ["all"]}]}]},
        ),
        ("packs", {"packs": [{"id": "a", "title": "A", "purpose": "P", "parts": [{"page": "a.md", "pack": "a"}]}]}),
        (
            "packs",
            {"packs": [{"id": "a", "title": "A", "purpose": "P", "parts": [{"page": "a.md"}], "sizes": ["large"] * 2}]},
        ),
    ],
)
def test_a_rule_on_one_field_is_in_the_schema_too(name: str, changes: dict[str, Any]) -> None:
    good = whole(name)
    (good[0] if name in LISTS else good).update(changes)
    text = written(good)
    assert faults(name, text)
    assert any(refused(name, text))


@pytest.mark.parametrize(
    "line",
    [
        "old/address/: new/page.md",
        "old.html: new/page.md#part",
        "/old: index.md",
        "old/address/:",
        "../old/: index.md",
        "old/ address/: index.md",
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
        try:
            TypeAdapter(kind).validate_python(value)
            good = True
        except ValidationError:
            good = False
        different += [value] if Draft7Validator(ways).is_valid(value) != good else []
    assert different == []
