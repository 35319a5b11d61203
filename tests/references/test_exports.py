"""Every work comes out of every export as it went in: read again by libraries that know nothing of this project, field by field."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path

import bibtexparser
import pybtex.database
import pytest
import rispy

from conftest import ROOT
from evidence.model.base import Reference
from evidence.model.review import Review, of_their_kinds
from evidence.references.bibtex import latex, to_bibtex
from evidence.references.formats import FORMATS
from evidence.references.kinds import WORK_KINDS
from evidence.references.ris import to_ris
from evidence.sources.bibtex import parse_bibtex
from export_lists import EVERY, LAWS, LISTS, files_of, reference_files, whole, works
from exported import READERS, Record, differences, plain, read_back
from made_works import work

# What a reader gets wrong in files that are right.
MISREAD = {
    (
        "suffixes",
        "pandoc, RIS",
    ): "reads 'Family, Given, Suffix' in the order of BibTeX: given name and suffix change places",
    ("talk", "citation-js, RIS"): "reads no title of a conference",
}
NODE = pytest.mark.needs("Node")
ASKED = [pytest.param(name, marks=NODE) if name.startswith("citation-js") else name for name in READERS]


@cache
def read(name: str, reader: str) -> dict[str, Record]:
    return read_back(reference_files(name), works(LISTS[name]), reader)


@pytest.mark.parametrize("reader", ASKED)
@pytest.mark.parametrize(("name", "key"), EVERY, ids=[key for _, key in EVERY])
def test_a_work_is_read_as_the_bibliography_has_it(name: str, key: str, reader: str) -> None:
    found = differences(works(LISTS[name])[key], read(name, reader)[key], reader)
    assert bool(found) == ((key, reader) in MISREAD), found


@pytest.mark.parametrize("reader", ASKED)
@pytest.mark.parametrize("name", LISTS)
def test_a_file_holds_every_work_once_and_in_order(name: str, reader: str) -> None:
    assert list(read(name, reader)) == list(works(LISTS[name]))


@pytest.mark.parametrize("key", works(LISTS["real"]))
def test_our_bibtex_says_what_the_bibliography_says_to_another_reader(key: str) -> None:
    """Both read by pybtex, so that a fault of our own reading cannot hide a fault of our writing."""
    source = pybtex.database.parse_file(str(ROOT / "bibliography.bib")).entries[key]
    ours = pybtex.database.parse_string(whole("real", "bib"), "bibtex").entries[key]
    assert ours.type == source.type
    kept = {name for name in source.fields if name in ours.fields}
    left_out = {name.lower() for name in source.fields} - {name.lower() for name in kept}
    own = {"sourcekind", "nations", "access", "listing", "verified", "editornote", "uncited", "shortauthor"}
    assert left_out <= own
    for name in kept:
        assert plain(re.sub(r"[{}]", "", ours.fields[name])) == plain(re.sub(r"[{}]", "", source.fields[name])), name
    for role in source.persons:
        assert [str(one) for one in ours.persons[role]] == [str(one) for one in source.persons[role]]


@pytest.mark.parametrize(("name", "key"), EVERY, ids=[key for _, key in EVERY])
def test_this_project_reads_its_own_bibtex_again(name: str, key: str) -> None:
    reference = works(LISTS[name])[key]
    again, problems, _ = parse_bibtex(to_bibtex(reference), "again.bib")
    assert [problem for problem in problems if not problem.notice] == []
    assert (again[key].authors, again[key].editors) == (reference.authors, reference.editors)
    assert again[key].title == reference.title
    assert to_bibtex(again[key]) == to_bibtex(reference)


def test_a_publisher_with_an_and_in_its_name_is_one_publisher() -> None:
    """biblatex, and programs that follow it such as citation-js, take publishers and places for lists with "and" between their parts."""
    number = 0
    for one in bibtexparser.parse_string(
        reference_files("real").file(tuple(works(LISTS["real"])), "bib").decode()
    ).entries:
        for name in ("publisher", "institution", "school", "organization", "address", "location"):
            if name in one.fields_dict and " and " in str(one[name]):
                number += 1
                assert re.fullmatch(r"\{[^{}]+\}", str(one[name])), (one.key, one[name])
    assert number >= 2


def test_organisations_stay_whole() -> None:
    key, names = "organisations", ["Department of Health, Work and Play", "Ditches and Hedges Board"]
    item = next(item for item in json.loads(whole("hard", "json")) if item["id"] == key)
    assert item["author"][:2] == [{"literal": name} for name in names]
    entry = pybtex.database.parse_string(whole("hard", "bib"), "bibtex").entries[key]
    assert [person.last_names for person in entry.persons["author"]][:2] == [[f"{{{name}}}"] for name in names]
    record = next(one for one in rispy.loads(whole("hard", "ris")) if one["id"] == key)
    assert record["authors"][:2] == ["Department of Health，Work and Play,", "Ditches and Hedges Board,"]


@pytest.mark.parametrize(("name", "key"), EVERY, ids=[key for _, key in EVERY])
def test_no_style_can_change_the_capitals_of_a_title(name: str, key: str) -> None:
    reference = works(LISTS[name])[key]
    titles = re.findall(r"(?m)^  title = \{\{(.*)\}\},?$", to_bibtex(reference))
    shown = [re.sub(r"\\(?:emph|textbf|textsuperscript|textsubscript)\{([^{}]*)\}", r"\1", title) for title in titles]
    assert shown == ([latex(reference.title)] if reference.title else [])


# What each format allows


@cache
def csl_names(file: str) -> set[str]:
    """The names in quotation marks in a schema of CSL 1.0.2 (citation-style-language/schema on GitHub, under the MIT licence)."""
    schema = Path(__file__).with_name("csl_schema").joinpath(file).read_text("utf-8")
    return set(re.findall(r'"([\w-]+)"', re.sub(r"(?m)#.*$", "", schema)))


# Added in CSL 1.0.2: Zotero's reader of CSL-JSON was long without them, and refuses a whole file for one type that it does not know.
NEW_TYPES = {
    *("classic", "collection", "document", "event", "hearing"),
    *("performance", "periodical", "regulation", "software", "standard"),
}
NAMES = {"author", "editor"}
LISTED_ENTRY_TYPES = [*(name for kind in WORK_KINDS.values() for name in kind.entry_types), "misc", "anything"]


def entry(kind: str, more: str = "") -> Reference:
    references, problems, _ = parse_bibtex(f"@{kind}{{a, title={{T}}, year={{2000}}{more}}}", "x.bib")
    assert [problem for problem in problems if not problem.notice] == []
    return references["a"]


@pytest.mark.parametrize("name", LISTS)
def test_csl_json_keeps_to_the_schema(name: str) -> None:
    types, variables = csl_names("csl-types.rnc"), csl_names("csl-variables.rnc")
    assert {"article-journal", "webpage", "legislation"} <= types
    assert {"title", "DOI", "issued", "author", "container-title", "publisher-place"} <= variables
    for item in json.loads(whole(name, "json")):
        assert item["type"] in types - NEW_TYPES, item["id"]
        assert set(item) - {"id", "type"} <= variables, item["id"]
        for variable, value in item.items():
            if variable in NAMES:
                for person in value:
                    assert set(person) <= {"family", "given", "non-dropping-particle", "suffix", "literal"}
                    assert all(isinstance(part, str) and part for part in person.values())
                    assert ("literal" in person) == (set(person) == {"literal"})
            elif variable == "issued":
                assert set(value) in ({"date-parts"}, {"literal"})
                for parts in value.get("date-parts", []):
                    assert 1 <= len(parts) <= 3
                    assert all(isinstance(part, int) for part in parts)
                    assert all(1 <= month <= 12 for month in parts[1:2])
            else:
                assert isinstance(value, str), variable
                assert value, variable


@pytest.mark.parametrize("address", ["", ", url={https://a.example/}"])
@pytest.mark.parametrize("kind", LISTED_ENTRY_TYPES)
def test_every_kind_of_entry_has_a_type_that_reference_managers_know(kind: str, address: str) -> None:
    made = files_of(Review(references={"a": entry(kind, address)}))
    (item,) = json.loads(made.file(("a",), "json"))
    assert item["type"] in csl_names("csl-types.rnc") - NEW_TYPES
    (record,) = rispy.loads(made.file(("a",), "ris").decode())
    assert record["type_of_reference"] in rispy.config.TYPE_OF_REFERENCE_MAPPING
    assert record["type_of_reference"] != "GEN"  # Zotero takes it for an article
    assert (record["type_of_reference"] == "JOUR") == (kind == "article")


@pytest.mark.parametrize(
    ("kind", "more", "law", "ris", "csl"),
    [
        ("misc", ", url={https://law.example/}", True, "STAT", "legislation"),
        ("misc", ", url={https://a.example/}", False, "ELEC", "webpage"),
        ("misc", "", False, "MANSCPT", "manuscript"),
        ("techreport", "", False, "RPRT", "report"),
        ("online", "", False, "ELEC", "webpage"),
        ("incollection", "", False, "CHAP", "chapter"),
        ("book", "", False, "BOOK", "book"),
        ("article", "", False, "JOUR", "article-journal"),
        ("phdthesis", "", False, "THES", "thesis"),
        ("inproceedings", "", False, "CPAPER", "paper-conference"),
    ],
)
def test_a_work_has_the_type_that_fits_it(kind: str, more: str, law: bool, ris: str, csl: str) -> None:
    reference = entry(kind, f"{more}, sourcekind={{{'law' if law else 'other'}}}")
    made = files_of(Review(references=of_their_kinds({"a": reference}, LAWS)))
    assert made.file(("a",), "ris").decode().startswith(f"TY  - {ris}\r\n")
    assert json.loads(made.file(("a",), "json"))[0]["type"] == csl


@pytest.mark.parametrize("name", LISTS)
def test_ris_keeps_to_the_specification(name: str) -> None:
    text = whole(name, "ris")
    assert "\n" not in text.replace("\r\n", "")
    for record in text.removesuffix("\r\n\r\n").split("\r\n\r\n"):
        lines = record.split("\r\n")
        assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines), record
        tags = [line[:2] for line in lines]
        assert (tags[0], tags[-1], tags.count("TY"), tags.count("ER")) == ("TY", "ER", 1, 1)


def test_a_spreadsheet_runs_nothing_and_loses_nothing() -> None:
    data = reference_files("hard").file(("markup", "tags"), "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [len(row) for row in rows] == [len(rows[0])] * 3
    assert not [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r]", cell)]
    assert "'=cmd|' /C calc'!A0" in [plain(cell) for cell in rows[1]]


# What has a meaning in LaTeX, and hostile text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A & B", r"A \& B"),
        ("100% of #1: $5_a", r"100\% of \#1: \$5\_a"),
        ("~ and ^", r"\textasciitilde{} and \textasciicircum{}"),
        (r"\write18", r"\textbackslash{}write18"),
        ("{a} b", r"\{a\} b"),
        ("a} {b", r"a\textbraceright{} \textbraceleft{}b"),
        ("a -- b --- c", "a -{}- b -{}-{}- c"),
        ("``a'' ?`", "`{}`a'{}' ?{}`"),
        ("Łódź – “日本語”", "Łódź – “日本語”"),
        ("a\nb\x00\tc", "a b c"),
    ],
)
def test_text_is_latex_that_shows_just_that_text(text: str, written: str) -> None:
    assert latex(text) == written


@pytest.mark.parametrize(
    "value",
    [
        "</script><script>alert(1)</script>", "]]>", "<!--", "a\nER  - \nTY  - GEN", "a\r\nb", "}\n@book{x,", "{{{", "}}}",
        "\\write18{rm}", '", "x": "', "=cmd|' /C calc'!A0", "\u2028\u2029", "\x00\x1b\ud800", "@string{a=b}", "%", "\\", "$", "x" * 20000,
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "name", ["title", "journal", "volume", "number", "pages", "publisher", "doi", "url", "year", "eid"]
)
def test_hostile_text_in_any_field_is_harmless_in_every_format(name: str, value: str) -> None:
    fields = {"title": "T", "year": "2000", "journal": "J"} | {name: value}
    plain, other = work("a", "article", fields), work("b", "article", {"title": "After", "year": "2000"})
    made = files_of(Review(references={"a": plain, "b": other}))
    assert list(pybtex.database.parse_string(made.file(("a", "b"), "bib").decode(), "bibtex").entries) == ["a", "b"]
    again = bibtexparser.parse_string(made.file(("a", "b"), "bib").decode())
    assert ([one.key for one in again.blocks], again.failed_blocks) == (["a", "b"], [])
    assert [one["id"] for one in rispy.loads(made.file(("a", "b"), "ris").decode())] == ["a", "b"]
    text = made.file(("a", "b"), "json").decode()
    assert [item["id"] for item in json.loads(text)] == ["a", "b"]
    assert "</" not in text
    assert len(list(csv.reader(io.StringIO(made.file(("a", "b"), "csv").decode("utf-8-sig"), newline="")))) == 3
    for ending in FORMATS:
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", made.file(("a",), ending).decode())


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example"])
def test_an_address_that_is_not_of_the_web_goes_nowhere(address: str) -> None:
    reference = entry("online", f", url={{{address}}}")
    made = files_of(Review(references={"a": reference}))
    for text in (
        to_bibtex(reference),
        to_ris(reference),
        *(made.file(("a",), ending).decode() for ending in FORMATS),
    ):
        assert address not in text
