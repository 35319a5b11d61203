"""The real bibliography and data, each entry a case of its own, read by other programs than the engine."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pybtex.database
import pypandoc
import pytest
import yaml
from mkdocs_bibtex.citation import Citation
from mkdocs_bibtex.registry import SimpleRegistry

from conftest import ROOT
from evidence.model.base import MONTHS
from evidence.references.labels import labels
from evidence.site.loading import load
from evidence.sources.read import read_review
from made_works import VARIABLES, straight

BIB = ROOT / "bibliography.bib"
REVIEW, PROBLEMS = read_review(ROOT, ROOT / "docs")
ENTRIES = pybtex.database.parse_file(str(BIB)).entries
# What an entry has that was written for this site, and one that was copied from a program has not.
OURS = ("sourcekind", "access", "listing")


@pytest.fixture(scope="session")
def pandoc() -> dict[str, dict[str, Any]]:
    """The bibliography as pandoc reads it: CSL-JSON items by key."""
    program = pypandoc.get_pandoc_path()
    result = subprocess.run([program, "-f", "bibtex", "-t", "csljson", BIB], capture_output=True, text=True, check=True)
    assert result.stderr == ""
    return {item["id"]: item for item in json.loads(result.stdout)}


def test_all_sources_are_there() -> None:
    assert PROBLEMS == []
    """What the sources name, to the last work; what editors have added since may grow."""
    listings = [reference.field("listing") for reference in REVIEW.references.values()]
    assert listings.count("printed") == 29
    assert listings.count("cited-only") == 11
    assert listings.count("printed") + listings.count("cited-only") + listings.count("added") == len(listings) >= 42
    assert len(REVIEW.untraced) == 3
    assert not set(REVIEW.untraced) & set(REVIEW.references)


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_reads_alike_in_pybtex_and_the_engine(key: str) -> None:
    theirs, ours = ENTRIES[key], REVIEW.references[key]
    assert theirs.type == ours.entry_type
    plain = re.compile(r"[{}\\]")
    assert [plain.sub("", " ".join(p.last_names)) for p in theirs.persons.get("author", [])] == [
        name.literal or name.family for name in ours.authors
    ]
    for name, value in theirs.fields.items():
        if name.lower() == "month":  # pybtex spells the abbreviation out
            assert ours.item["issued"]["date-parts"][0][1] == MONTHS.index(value.lower()[:3]) + 1
        elif name.lower() == "year":
            assert value == (ours.year or "n.d.")
        elif name.lower() in ("number", "eid"):
            assert value in (ours.text("issue"), ours.text("number"))
        elif name.lower() == "pages":
            assert value.replace("--", "-") == ours.pages()
        elif variable := VARIABLES.get(name.lower()):
            assert straight(plain.sub("", value)) == straight(ours.text(variable)), name
        elif {*OURS} & theirs.fields.keys():  # what programs write besides is read in tests of their libraries
            assert plain.sub("", value).replace("--", "–") == ours.field(name.lower()), name


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_reads_alike_in_pandoc(key: str, pandoc: dict[str, dict[str, Any]]) -> None:
    item, ours = pandoc[key], REVIEW.references[key]
    title = re.sub(r"<[^>]+>", "", item["title"])
    assert straight(title.lower()) == straight(ours.title.lower())
    people = [name.get("literal") or name["family"] for name in item.get("author", [])]
    assert people == [name.literal or name.family for name in ours.authors]
    if ours.year.isdigit():
        assert item["issued"]["date-parts"][0][0] == int(ours.year)
    assert item.get("DOI", "") == ours.text("DOI")
    if ours.text("URL"):
        assert item["URL"] == ours.text("URL")
    assert str(item.get("page", "")).replace("–", "-") == ours.pages()
    for variable in ("volume", "container-title"):
        assert straight(re.sub(r"<[^>]+>", "", str(item.get(variable, "")))) == straight(ours.text(variable))


def test_stock_mkdocs_bibtex_formats_every_entry() -> None:
    registry = SimpleRegistry(bib_files=[str(BIB)])
    for key in ENTRIES:
        assert len(registry.reference_text(Citation(key=key))) > 20, key


def test_letters_tell_works_of_one_author_and_year_apart() -> None:
    known = labels(REVIEW)
    assert str(known["scie2022a"]) == "SCIE, 2022a"
    assert str(known["scie2022b"]) == "SCIE, 2022b"
    assert str(known["tlapnd"]) == "TLAP, n.d."
    assert str(known["careact2014"]) == "Care Act 2014"
    assert len({str(label) for label in known.values()}) == len(known)


def records() -> Iterator[tuple[str, int]]:
    for file in sorted((ROOT / "data").glob("*.yml")):
        data = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
        for name, part in (("", data),) if isinstance(data, list) else (data or {}).items():
            if isinstance(part, list):
                yield from ((f"{file.name}/{name}", i) for i in range(len(part)))


@pytest.mark.parametrize(("place", "number"), list(records()))
def test_each_record_reaches_the_review_with_its_words_and_its_line(place: str, number: int) -> None:
    file, _, part = place.partition("/")
    path = ROOT / "data" / file
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    raw = (data[part] if part else data)[number]
    target = {"editorial": "notes", "search": "bets"}.get(Path(file).stem, Path(file).stem)
    held = getattr(REVIEW, target)
    found = getattr(held, part) if part else tuple(held.values()) if hasattr(held, "values") else held
    record = found[number]
    for name, value in raw.items():
        ours = getattr(record, f"{name}_" if name == "from" else name)
        if isinstance(ours, float):
            assert ours == float(value), name
        elif isinstance(value, str) and value:
            assert str(ours).lower() == value.lower(), name
        elif isinstance(value, list) and value and isinstance(value[0], str):
            assert list(ours) == value, name
    line = path.read_text("utf-8").splitlines()[record.where.line - 1]
    assert line.lstrip().startswith("- "), line


def test_editorial_notes_are_complete() -> None:
    """All that the sources gave reason for, and of others only such as the guide for editors tells to write."""
    wanted = {f"C{i:02}" for i in range(1, 34)} | {f"F{i:02}" for i in range(1, 48)}
    assert sorted(wanted - set(REVIEW.notes)) == []
    kinds = {"C": "citation", "F": "fact"}
    assert [
        n.id for n in REVIEW.notes.values() if not re.fullmatch(r"[CF]\d{2,}", n.id) or kinds[n.id[0]] != n.kind
    ] == []


def test_the_tests_have_their_tools() -> None:
    assert Path(pypandoc.get_pandoc_path()).exists()
    assert shutil.which("make")


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_of_ours_says_itself_what_others_may_leave_out(key: str) -> None:
    """All of it, or, of one that was copied from a program, none: the guide says that such an entry works as it is."""
    assert [name for name in OURS if name in ENTRIES[key].fields] in ([*OURS], [])


def test_our_review_has_nothing_to_be_noticed() -> None:
    """Each work is cited or says why not, and has its names, its year and its kind; but for those that an editor has just copied from a program."""
    copied = {REVIEW.references[key].where for key, entry in ENTRIES.items() if not {*OURS} & entry.fields.keys()}
    assert [str(notice) for notice in load(ROOT).notices if notice.where not in copied] == []
