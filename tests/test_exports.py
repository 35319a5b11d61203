"""Every work comes out of every export as it went in: read again by libraries that know nothing of this project, field by field."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

import bibtexparser
import pybtex.database
import pytest
import rispy

import exports_table
from conftest import ROOT, SITES, Built, mkdocs_build, run
from evidence.bibtex import parse_bibtex
from evidence.bibtex_writing import latex, to_bibtex
from evidence.csl import CSL_TYPES
from evidence.exports import FORMATS, Shelf, shelve
from evidence.model import Reference
from evidence.publishing import file_size
from evidence.review import Kind, Review
from evidence.ris import to_ris
from exported import READERS, Record, differences, read_back

LAWS = {"law": Kind("law", "Law", "Passed by a parliament.", authorless=True)}
# What a reader gets wrong in files that are right.
MISREAD = {
    (
        "suffixes",
        "pandoc, RIS",
    ): "reads 'Family, Given, Suffix' in the order of BibTeX: given name and suffix change places",
    ("talk", "citation-js, RIS"): "reads no title of a conference",
}


@cache
def works(name: str) -> dict[str, Reference]:
    """The works of a bibliography by key."""
    references, problems, _ = parse_bibtex((ROOT / name).read_text("utf-8"), name)
    assert problems == []
    return references


LISTS = {"real": "bibliography.bib", "hard": "tests/hard.bib"}
EVERY = [(name, key) for name, file in LISTS.items() for key in works(file)]


@cache
def shelf(name: str) -> Shelf:
    return shelve(Review(references=works(LISTS[name]), kinds=LAWS))


def whole(name: str, ending: str) -> str:
    """The file with all works of a list."""
    return shelf(name).file(tuple(works(LISTS[name])), ending).decode("utf-8-sig")


@cache
def read(name: str, reader: str) -> dict[str, Record]:
    return read_back(shelf(name), works(LISTS[name]), reader)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("name", "key"), EVERY, ids=[key for _, key in EVERY])
def test_a_work_is_read_as_the_bibliography_has_it(name: str, key: str, reader: str) -> None:
    found = differences(works(LISTS[name])[key], read(name, reader)[key], reader)
    assert bool(found) == ((key, reader) in MISREAD), found


@pytest.mark.parametrize("reader", READERS)
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
        assert re.sub(r"[{}]", "", ours.fields[name]) == re.sub(r"[{}]", "", source.fields[name]), name
    for role in source.persons:
        assert [str(one) for one in ours.persons[role]] == [str(one) for one in source.persons[role]]


@pytest.mark.parametrize(("name", "key"), EVERY, ids=[key for _, key in EVERY])
def test_this_project_reads_its_own_bibtex_again(name: str, key: str) -> None:
    reference = works(LISTS[name])[key]
    again, problems, _ = parse_bibtex(to_bibtex(reference), "again.bib")
    assert problems == []
    assert (again[key].authors, again[key].editors) == (reference.authors, reference.editors)
    assert again[key].title == reference.title
    assert to_bibtex(again[key]) == to_bibtex(reference)


def test_a_publisher_with_an_and_in_its_name_is_one_publisher() -> None:
    """biblatex, and programs that follow it such as citation-js, take publishers and places for lists with "and" between their parts."""
    number = 0
    for one in bibtexparser.parse_string(shelf("real").file(tuple(works(LISTS["real"])), "bib").decode()).entries:
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
    assert f"  title = {{{{{latex(reference.title)}}}}}" in to_bibtex(reference)


# What each format allows


@cache
def csl_names(file: str) -> set[str]:
    """The names in quotation marks in a schema of CSL 1.0.2, as citeproc-py ships it."""
    schema = files("citeproc").joinpath("data/schema/schemas/styles", file).read_text("utf-8")
    return set(re.findall(r'"([\w-]+)"', re.sub(r"(?m)#.*$", "", schema)))


# Added in CSL 1.0.2: Zotero's reader of CSL-JSON was long without them, and refuses a whole file for one type that it does not know.
NEW_TYPES = {
    *("classic", "collection", "document", "event", "hearing"),
    *("performance", "periodical", "regulation", "software", "standard"),
}
NAMES = {"author", "editor"}
LISTED_ENTRY_TYPES = [*CSL_TYPES, "misc", "anything"]


def entry(kind: str, more: str = "") -> Reference:
    references, problems, _ = parse_bibtex(f"@{kind}{{a, title={{T}}, year={{2000}}{more}}}", "x.bib")
    assert problems == []
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
    made = shelve(Review(references={"a": entry(kind, address)}))
    (item,) = json.loads(made.file(("a",), "json"))
    assert item["type"] in csl_names("csl-types.rnc") - NEW_TYPES
    (record,) = rispy.loads(made.file(("a",), "ris").decode())
    assert record["type_of_reference"] in rispy.config.TYPE_OF_REFERENCE_MAPPING
    assert record["type_of_reference"] != "GEN"  # Zotero takes it for an article
    assert (record["type_of_reference"] == "JOUR") == (kind == "article")


@pytest.mark.parametrize(
    ("kind", "more", "authorless", "ris", "csl"),
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
def test_a_work_has_the_type_that_fits_it(kind: str, more: str, authorless: bool, ris: str, csl: str) -> None:
    reference = entry(kind, f"{more}, sourcekind={{{'law' if authorless else 'other'}}}")
    made = shelve(Review(references={"a": reference}, kinds=LAWS))
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
    data = shelf("hard").file(("markup", "tags"), "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [len(row) for row in rows] == [len(rows[0])] * 3
    assert not [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r]", cell)]
    assert "'=cmd|' /C calc'!A0" in rows[1]


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
    plain = Reference("a", "article", fields, (), (), (), entry("article").where)
    other = Reference("b", "article", {"title": "After", "year": "2000"}, (), (), (), plain.where)
    made = shelve(Review(references={"a": plain, "b": other}))
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
    made = shelve(Review(references={"a": reference}))
    for text in (
        to_bibtex(reference),
        to_ris(reference),
        *(made.file(("a",), ending).decode() for ending in FORMATS),
    ):
        assert address not in text


# The files of a site


def test_a_list_is_as_long_as_its_links_say() -> None:
    keys = tuple(works(LISTS["hard"]))
    for ending in FORMATS:
        for some in (keys, keys[:1], keys[2:5]):
            assert shelf("hard").size(some, ending) == len(shelf("hard").file(some, ending))


def keys_of(data: bytes) -> list[str]:
    return [item["id"] for item in json.loads(data)]


def test_every_link_to_a_download_says_its_type_and_size(site: Built) -> None:
    lines = 0
    for name, tree in site.pages():
        for line in tree.xpath("//p[@class='downloads']"):
            lines += 1
            links = line.xpath("a")
            endings = [Path(a.get("href")).suffix[1:] for a in links]
            assert endings in (list(FORMATS), list(FORMATS)[:3]), name  # a table is no way to cite the site itself
            for a in links:
                file = site.folder / site.target(name, a.get("href"))[0]
                kind = FORMATS[file.suffix[1:]]
                assert a.text_content() == f"{kind} ({file_size(file.stat().st_size)})", (name, file)
                assert a.get("aria-label").startswith(f"{a.text_content()}, "), name
        names = [a.get("aria-label") for a in tree.xpath("//p[@class='downloads']/a")]
        assert len(names) == len(set(names)), name
        for a in tree.xpath("//a[contains(@href, '.csv')][not(parent::p[@class='downloads'])]"):  # tables
            size = file_size((site.folder / site.target(name, a.get("href"))[0]).stat().st_size)
            assert a.text_content().endswith(f"(CSV, {size})"), (name, a.get("href"))
            assert a.get("aria-label").startswith(f"{a.text_content()}: "), (name, a.get("href"))
            names.append(a.get("aria-label"))
        assert len(names) == len(set(names)), name
    assert lines >= 3


def test_each_reference_page_offers_its_own_work(site: Built) -> None:
    for name, tree in site.pages():
        found = re.fullmatch(r"references/([\w-]+?)(?:/index)?\.html", name)
        if found and found[1] != "index":
            (line,) = tree.xpath("//h2[@id='cite']/following-sibling::p[@class='downloads']")
            (link,) = line.xpath("a[contains(@href, '.json')]/@href")
            assert keys_of((site.folder / site.target(name, link)[0]).read_bytes()) == [found[1]]


def test_a_page_offers_just_the_works_that_it_lists(site: Built) -> None:
    pages = 0
    for name, tree in site.pages():
        listed = [i.removeprefix("ref-") for i in tree.xpath("//h2[@id='references']/following-sibling::ul[1]/li/@id")]
        if listed and "/packs/" not in name:  # papers, where nothing can be downloaded
            pages += 1
            own = "p[@class='downloads'][starts-with(., 'Download the') and contains(., 'of this page')]"
            links = tree.xpath(f"//h2[@id='references']/following-sibling::{own}/a/@href")
            assert links, name
            data = [(site.folder / site.target(name, link)[0]) for link in links]
            assert keys_of(next(file for file in data if file.suffix == ".json").read_bytes()) == listed, name
    assert pages


def test_the_list_of_references_offers_all_of_them(built: Callable[[str], Path]) -> None:
    for name, folder in SITES.items():
        keys = list(pybtex.database.parse_file(str(folder / "bibliography.bib")).entries)
        data = (built(name) / "references/bibliography.json").read_bytes()
        assert sorted(keys_of(data)) == sorted(keys)
        (line,) = [
            p.text_content() for p in Built(built(name)).trees["references/index.html"].xpath("//p[@class='downloads']")
        ]
        assert line.startswith(f"Download all {len(keys)} sources: BibTeX (") or len(keys) == 1


def test_a_theme_and_a_nation_offer_their_works(real: Built) -> None:
    themes = [name for name in real.trees if re.fullmatch(r"themes/[\w-]+/index\.html", name)]
    assert themes
    for name in themes:
        listed = real.trees[name].xpath("//h2[@id='sources']/following-sibling::ul[1]/li/a/@href")
        wanted = [Path(link).name for link in listed if "references/" in link]
        file = real.folder / f"{name.removesuffix('/index.html')}.json"
        assert (keys_of(file.read_bytes()) if file.exists() else []) == wanted, name
    entries = pybtex.database.parse_file(str(ROOT / "bibliography.bib")).entries
    for nation in ("england", "scotland", "wales", "northern-ireland"):
        speaking = {key for key, one in entries.items() if nation in one.fields.get("nations", "").split(", ")}
        offered = keys_of((real.folder / f"nations/{nation}-sources.json").read_bytes())
        assert speaking <= set(offered), nation
        links = real.trees[f"nations/{nation}/index.html"].xpath("//p[@class='downloads']/a/@href")
        assert f"../{nation}-sources.bib" in links


def test_staged_files_are_the_same_as_built_ones(tmp_path: Path, built: Callable[[str], Path]) -> None:
    result = run(sys.executable, "-m", "evidence", "--root", SITES["meadow"], "stage", tmp_path / "docs")
    assert result.returncode == 0, result.stderr
    site = built("meadow")
    names = {
        file.relative_to(tmp_path / "docs")
        for file in (tmp_path / "docs").rglob("*")
        if file.suffix[1:] in FORMATS and "assets" not in file.parts
    }
    assert len(names) > 20
    assert {Path(f"references/{key}.{ending}") for key in ("hay2018",) for ending in FORMATS} <= names
    for name in names:
        assert (site / name).read_bytes() == (tmp_path / "docs" / name).read_bytes(), name


def test_a_work_cannot_take_the_place_of_the_whole_list(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "bibliography.bib").write_text("@book{Bibliography, title={T}, year={2000}, uncited={x}}", "utf-8")
    (tmp_path / "docs/index.md").write_text("---\ntitle: T\ndescription: D\n---\n\n# T\n", "utf-8")
    result = run(sys.executable, "-m", "evidence", "--root", tmp_path, "check")
    assert "bibliography.bib:1: key 'Bibliography' is the name of the files that hold the whole list" in result.stderr


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    target = tmp_path / "a/b/meadow"
    shutil.copytree(SITES["meadow"], target, ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    (target / "docs/references").mkdir()
    (target / "docs/references/hay2018.bib").write_text("mine", "utf-8")
    result = mkdocs_build(target / "mkdocs.yml", target / "site")
    assert result.returncode == 1
    assert "references/hay2018.bib is generated; remove or rename the file of that name in docs/" in result.stderr


def test_the_readme_of_the_tests_names_every_test_file_and_the_table() -> None:
    text = (ROOT / "tests/README.md").read_text("utf-8")
    assert "(exports.md)" in text
    assert [file.name for file in sorted((ROOT / "tests").glob("test_*.py")) if f"`{file.name}`" not in text] == []


def test_the_table_of_all_works_is_current() -> None:
    """`python tests/exports_table.py` writes it anew."""
    assert exports_table.FILE.read_text("utf-8") == exports_table.table()
