"""Data files as editors' programs read them, and what schemas and engine say of them: shared by the tests of the schemas."""

from __future__ import annotations

import re
import typing
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator

from conftest import ROOT
from evidence.documents.data_files import LISTS, SINGLES
from evidence.model.base import Problem
from evidence.model.review import Review
from evidence.paper_rules import cards, packs
from evidence.rules import data, publishing, reading
from evidence.site.schemas import schemas
from evidence.sources.records import many, one, parse_yaml
from evidence.sources.redirects import parse_redirects
from evidence.subject import Subject

SCHEMAS = schemas()
REVIEWS = [ROOT, *sorted(folder.parent for folder in (ROOT / "tests/sites").glob("*/docs"))]
FILES = [file for root in REVIEWS for file in sorted((root / "data").glob("*.yml"))]
PAGES = [file for root in REVIEWS for file in sorted((root / "docs").rglob("*.md"))]
BROKEN = ROOT / "tests/broken/data"
CLASSES = {name: cls for name, (_, cls, _) in LISTS.items()} | {name: cls for name, (_, cls) in SINGLES.items()}
# Rules on single fields, which the schemas know as well; others need the whole review.
RULES = (
    data.ids_can_be_addresses,
    data.dates_are_dates,
    data.keys_are_of_one_work,
    reading.reading_limits_are_possible,
    packs.packs_are_whole,
    cards.cards_hold_their_words,
    reading.allowances_are_needed,
    publishing.checks_have_days,
    publishing.publisher_can_be_reached,
)


def where(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


# YAML as editors' programs read it: version 1.2, core schema (yaml.org/spec/1.2.2, section 10.3.2).


class Core(yaml.CSafeLoader):
    """PyYAML reads version 1.1, in which no and 2026-11-22 are no text."""

    yaml_implicit_resolvers: typing.ClassVar[dict[str, Any]] = {}


for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+0123456789.")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), first)


def read(text: str) -> Any:
    return yaml.load(text, Loader=Core)


def faults(name: str, text: str) -> list[str]:
    """What the schema of a data file says of a text."""
    return [error.message for error in Draft7Validator(SCHEMAS[f"{name}.json"]).iter_errors(read(text))]


def refused(name: str, text: str) -> tuple[list[Problem], list[Problem]]:
    """What the engine says of it: the problems of shape, and those that rules on single fields find."""
    path = f"data/{name}.yml"
    tree, problems = parse_yaml(text, path)
    if tree is None or tree.data is None or problems:
        return problems, []
    if name == "redirects":
        return parse_redirects(tree)[1], []
    value: Any
    if name in SINGLES:
        target, cls = SINGLES[name]
        value, problems, _ = one(cls, tree)
    else:
        target, cls, key = LISTS[name]
        found, problems, _ = many(cls, tree)
        value = tuple(found) if target == "examples" else {getattr(record, key): record for record in found}
    if problems:
        return problems, []
    subject = Subject(Review(**{target: value}))
    return [], [problem for rule in RULES for problem in rule(subject)]
