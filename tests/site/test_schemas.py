"""The JSON Schemas that editors' programs read: up to date, true of every real file, and with a word of help for every field."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from conftest import ROOT
from editor_yaml import BROKEN, CLASSES, FILES, PAGES, SCHEMAS, faults, read, refused, where
from evidence.rules import pages
from evidence.site.loading import load
from evidence.sources.records import parse_yaml
from evidence_cli.__main__ import main

# The files


def test_the_schemas_are_those_of_the_classes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--root", str(ROOT), "schemas", "--check"]) == 0, capsys.readouterr().err
    assert main(["--root", str(tmp_path), "schemas"]) == 0
    (tmp_path / "schemas/old.json").write_text("{}")
    (tmp_path / "schemas/nations.json").write_text("{}")
    assert main(["--root", str(tmp_path), "schemas", "--check"]) == 1
    err = capsys.readouterr().err.splitlines()
    assert err == [f"schemas/{name}.json: out of date; run `make schemas`" for name in ("nations", "old")]
    assert main(["--root", str(tmp_path), "schemas"]) == 0
    assert main(["--root", str(tmp_path), "schemas", "--check"]) == 0


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_of_draft_07(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("file", FILES, ids=where)
def test_a_data_file_fits_its_schema(file: Path) -> None:
    assert faults(file.stem, file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", sorted((ROOT / "data").glob("*.yml")), ids=where)
def test_a_data_file_names_its_schema_to_editors(file: Path) -> None:
    if file.stem not in ("sources-checked", "tested"):  # programs write these two
        first = file.read_text("utf-8").partition("\n")[0]
        assert first == f"# yaml-language-server: $schema=../schemas/{file.stem}.json"
        assert (file.parent / f"../schemas/{file.stem}.json").is_file()


def test_visual_studio_code_is_told_of_the_extension_and_the_version() -> None:
    told = {name: json.loads((ROOT / f".vscode/{name}.json").read_text("utf-8")) for name in ("extensions", "settings")}
    assert told["extensions"]["recommendations"] == ["redhat.vscode-yaml"]
    assert told["settings"]["yaml.yamlVersion"] == "1.2"
    assert not [name for name in told["settings"] if name.startswith("yaml.schemas")], "each file names its own"


def test_all_front_matter_fits_its_schema() -> None:
    validator = Draft7Validator(SCHEMAS["page.json"])
    found = {where(file): front_matter(file) for file in PAGES}
    assert len(found) > 45
    wrong = {name: [e.message for e in validator.iter_errors(front)] for name, front in found.items()}
    assert {name: messages for name, messages in wrong.items() if messages} == {}


def front_matter(file: Path) -> Any:
    match = re.match(r"---\n(.*?)^---$", file.read_text("utf-8"), re.S | re.M)
    assert match, file
    return read(match[1])


@pytest.mark.parametrize(
    ("front", "fault"),
    [
        ("title: T\n", "'description' is a required property"),
        (f"title: {'T' * 66}\ndescription: D\n", "is too long"),
        ("title: T\ndescription: [D]\n", "is not of type"),
        ("title: T\ndescription: D\nchecked: yesterday\n", "does not match"),
        ("title: T\ndescription: D\nhide: [header]\n", "is not one of"),
        ("title: ' '\ndescription: D\n", "does not match"),
        (f"title: T\ndescription: {'D' * 501}\n", "is too long"),
        ("title: T\ndescription: D\ntheme: money\n", "'theme' was unexpected"),
        ("title: T\ndescription: D\nglossary: no\n", "is not valid under any of the given schemas"),
    ],
)
def test_front_matter_with_a_slip_does_not_fit(front: str, fault: str) -> None:
    errors = [error.message for error in Draft7Validator(SCHEMAS["page.json"]).iter_errors(read(front))]
    assert len(errors) == 1
    assert fault in errors[0]


@pytest.mark.parametrize("file", sorted(f for f in BROKEN.glob("*.yml") if f.stem in CLASSES), ids=where)
def test_a_broken_file_does_not_fit(file: Path) -> None:
    """What is wrong in its shape, a schema sees; and it sees nothing where the engine sees nothing."""
    text = file.read_text("utf-8")
    tree, problems = parse_yaml(text, file.name)
    assert tree is not None
    if not problems:
        problems, _ = refused(file.stem, text)
        said = {str(problem.where.path) for problem in load(BROKEN.parent).problems}
        assert not problems or faults(file.stem, text)
        assert not faults(file.stem, text) or where(file).removeprefix("tests/broken/") in said


def test_there_are_broken_files_that_do_not_fit() -> None:
    fit = {
        name: faults(name, (BROKEN / f"{name}.yml").read_text("utf-8")) for name in ("editorial", "kinds", "questions")
    }
    assert [name for name, told in fit.items() if not told] == []


# The help that editors get


def test_every_field_and_every_record_has_words_of_help() -> None:
    records = {cls: record for schema in SCHEMAS.values() for cls, record in schema.get("definitions", {}).items()}
    records |= {file: schema for file, schema in SCHEMAS.items() if "properties" in schema}
    fields = {(cls, name): field for cls, record in records.items() for name, field in record["properties"].items()}
    assert len(fields) > 150
    assert [at for at, field in fields.items() if len(field["description"]) < 5] == []
    assert [cls for cls, record in records.items() if len(record["description"]) < 20] == []


def test_front_matter_offers_what_the_rules_know() -> None:
    properties = SCHEMAS["page.json"]["properties"]
    assert set(properties) == pages.FRONT
    assert properties["hide"]["items"]["enum"] == ["footer", "navigation", "path", "toc"]
    assert properties["title"]["description"] == "The page's title, at most 65 letters."


def test_a_choice_is_offered_for_completion() -> None:
    note = SCHEMAS["editorial.json"]["definitions"]["EditorialNote"]["properties"]
    assert note["kind"]["enum"] == ["citation", "fact"]
    assert note["severity"]["enum"] == ["correct", "clarify", "update", "gap", "copyright", "no-error"]
