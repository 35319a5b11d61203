"""The data package: what the Frictionless validator says of it, and that its files say what the pages' tables show."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import pytest
from lxml import html

from conftest import SITES, Built
from evidence.crosslinks.index import Index
from evidence.crosslinks.passages import Page, plain_page
from evidence.files.csv_lines import BOM
from evidence.model.base import Location
from evidence.model.review import Review, Source
from evidence.model.site_data import Publisher
from evidence.output.data_tables import Column, DataTable
from evidence.pages.data_page import data_package
from evidence.site.loading import load
from evidence.site.site import Site
from evidence.sources.document import parse_document
from evidence.tables.datapackage import NO_LICENCE, descriptor, package_zip
from evidence.text.words import file_size
from evidence.wording.measuring import sentences

HOSTILE = """Ann's "x", </script> ]]> <b>|</b> `a` [y](javascript:z) \x0b\n=cmd|'/c calc'!A1"""


def package(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "datapackage.json").read_text("utf-8"))  # type: ignore[no-any-return]


def rows(data: bytes) -> list[list[str]]:
    assert data.startswith(BOM)
    return list(csv.reader(io.StringIO(data.removeprefix(BOM).decode(), newline="")))


@pytest.mark.parametrize("name", list(SITES))
def test_the_validator_finds_nothing_wrong(name: str, built: Callable[[str], Path]) -> None:
    folder = built(name)
    report = frictionless.validate(str(folder / "datapackage.json"), type="package")
    assert report.flatten(["rowNumber", "fieldName", "type", "note"]) == []
    assert report.valid
    assert report.stats["tasks"] == len(package(folder)["resources"]) > 0
    assert report.warnings == []


def test_the_validator_would_see_a_change(built: Callable[[str], Path], tmp_path: Path) -> None:
    """A cell more, a header less, or another byte: each is found."""
    with zipfile.ZipFile(built("meadow") / "tables.zip") as archive:
        archive.extractall(tmp_path)
    file = tmp_path / package(tmp_path)["resources"][0]["path"]
    good = file.read_bytes()
    for broken in (good.replace(b"\r\n", b",more\r\n", 1), good.replace(BOM, BOM + b"X", 1), good + b"\r\n"):
        file.write_bytes(broken)
        assert not frictionless.validate(str(tmp_path / "datapackage.json"), type="package").valid
    file.write_bytes(good)
    assert frictionless.validate(str(tmp_path / "datapackage.json"), type="package").valid


@pytest.mark.parametrize("name", list(SITES))
def test_the_zip_holds_the_package(name: str, built: Callable[[str], Path]) -> None:
    folder = built(name)
    with zipfile.ZipFile(folder / "tables.zip") as archive:
        assert archive.testzip() is None
        paths = [resource["path"] for resource in package(folder)["resources"]]
        assert sorted(archive.namelist()) == sorted([*paths, "datapackage.json", "README.txt"])
        for path in [*paths, "datapackage.json"]:
            assert archive.read(path) == (folder / path).read_bytes()


def test_every_table_file_is_in_the_package_or_a_part_of_one(real: Built) -> None:
    paths = {resource["path"] for resource in package(real.folder)["resources"]}
    files = {file.relative_to(real.folder).as_posix() for file in real.folder.rglob("*.csv")}
    assert paths <= files
    whole = rows((real.folder / "references/bibliography.csv").read_bytes())
    for file in files - paths:  # lists of some of the works
        data = rows((real.folder / file).read_bytes())
        assert data[0] == whole[0], file
        assert all(row in whole for row in data), file


def text_of(cell: html.HtmlElement) -> str:
    """What a cell shows, without what a file cannot hold: links to notes, and the break between statements."""
    for element in cell.xpath(".//a[contains(@class, 'note-link')]"):
        element.drop_tree()
    for element in cell.xpath(".//br"):
        element.tail = " " + (element.tail or "")
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(cell.text_content().split()))


def unquoted(said: str) -> str:
    """A cell of a file as text: without the apostrophe that keeps it from being a formula."""
    text = said.removeprefix("'") if said[:2] in ("'=", "'-", "'+", "'@") else said
    return re.sub(r"\s+([.,;:])", r"\1", text)


def with_parents(data: list[list[str]]) -> list[list[str]]:
    """Rows as pages show them: the theme that one is a part of stands beside its name, where the file has a column for it."""
    if data[0][1:2] != ["Part of"]:
        return data
    return [data[0][:1] + data[0][2:], *([f"{r[0]}, part of {r[1]}" if r[1] else r[0], *r[2:]] for r in data[1:])]


@pytest.mark.parametrize("name", list(SITES))
def test_the_files_say_what_the_tables_show(name: str, built: Callable[[str], Path]) -> None:
    site = Built(built(name))
    checked = 0
    for page, tree in site.pages():
        # The picture of a table holds signs; the table of their words stands below it.
        for table in tree.xpath("//article//table[not(ancestor::*[contains(@class, 'glance')])]"):
            below = table.xpath("following::a[contains(@class, 'download')][1]/@href")
            path = site.target(page, below[0])[0] if below else ""
            if page.startswith(("about/data", "evidence-map")) or not path.endswith(".csv"):
                continue  # what the map shows of its files: tests/pages/test_evidence_map.py
            data = with_parents(rows((site.folder / path).read_bytes()))
            head = [text_of(cell) for cell in table.xpath("thead/tr/th")]
            # What a cell rests on stands on the page alone; that a statement names no source, in both.
            told = [
                ["no source" in "".join(cell.xpath(".//small[@class='support']//text()")) for cell in row]
                for row in table.xpath("tbody/tr")
            ]
            for mark in table.xpath(".//small[@class='support']"):
                mark.drop_tree()
            shown = [[text_of(cell) for cell in row] for row in table.xpath("tbody/tr")]
            if head != data[0][: len(head)]:
                continue  # a table without a file, above one that has one
            checked += 1
            assert len(shown) == len(data) - 1, path
            for row, marks, line in zip(shown, told, data[1:], strict=True):
                assert marks == ["(no source named)" in said for said in line[: len(row)]], path
                said = [unquoted(cell.replace(" (no source named)", "")) for cell in line[: len(row)]]
                assert row == said, path
    assert checked >= {"real": 12, "meadow": 0, "tea": 0, "night-trains": 6, "whistling": 1}[name]


@pytest.mark.parametrize("name", list(SITES))
def test_the_page_lists_every_table_with_its_columns_and_size(name: str, built: Callable[[str], Path]) -> None:
    site = Built(built(name))
    page = next(n for n in site.trees if n in ("about/data/index.html", "about/data.html"))
    tree = site.trees[page]
    links = {site.target(page, a.get("href"))[0]: a for a in tree.xpath("//article//a[contains(@class, 'download')]")}
    resources = package(site.folder)["resources"]
    assert list(links) == ["tables.zip", "datapackage.json", *(resource["path"] for resource in resources)]
    names = [a.get("aria-label") or a.text_content() for a in links.values()]
    assert len(set(names)) == len(names)
    for path, link in links.items():
        assert file_size((site.folder / path).stat().st_size) in link.text_content(), path
    for resource in resources:
        heading = tree.xpath(f"//h3[@id='table-{resource['name']}']")[0]
        shown = [" ".join(li.text_content().split()) for li in heading.xpath("following-sibling::ul[1]/li")]
        assert shown == [f"{field['title']}: {field['description']}" for field in resource["schema"]["fields"]]
        assert rows((site.folder / resource["path"]).read_bytes())[0] == [
            f["name"] for f in resource["schema"]["fields"]
        ]


def test_every_column_is_explained(real: Built) -> None:
    for resource in package(real.folder)["resources"]:
        assert resource["title"]
        assert resource["description"].endswith(".")
        for field in resource["schema"]["fields"]:
            assert field["description"].endswith("."), (resource["path"], field["name"])
            assert field["description"].rstrip(".") != field["name"]
    assert len({resource["name"] for resource in package(real.folder)["resources"]}) == len(
        package(real.folder)["resources"]
    )


def test_no_licence_is_claimed_until_one_is_chosen(real: Built) -> None:
    assert not [key for key in package(real.folder) if "licen" in key.lower()]
    assert NO_LICENCE in package(real.folder)["description"]
    assert NO_LICENCE in real.trees["about/data/index.html"].text_content()


def test_the_page_is_easy_to_read() -> None:
    """Generated pages are not measured with the others, so this one is measured here."""
    site = load(SITES["real"])
    output = next(o for o in site.other_outputs() if o.uri == "about/data.md")
    assert isinstance(output.content, str)
    page = plain_page(parse_document(output.content, "x", output.uri)[0])
    found = sentences(page)
    assert max(s.words for s in found) <= 25
    assert sum(s.words for s in found) / len(found) <= 15


def test_hostile_words_do_no_harm(tmp_path: Path) -> None:
    content = BOM + b"A,B\r\nx,'=1\r\n"
    table = DataTable(
        "a/b.csv",
        content,
        "a.md",
        HOSTILE,
        description="What.",
        page="a.md",
        columns=(Column("A", HOSTILE), Column("B", "x")),
        key="A",
    )
    publisher = Publisher(name=HOSTILE, content_licence="CC-BY-4.0")
    review = Review(publisher=publisher, sources={"s": Source("s", "n", HOSTILE, HOSTILE, "2020")})
    described = descriptor(review, HOSTILE, [table])
    with zipfile.ZipFile(io.BytesIO(package_zip(described, [table]))) as archive:
        archive.extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"), type="package")
    assert report.flatten(["type", "note"]) == []
    assert re.fullmatch(r"[a-z0-9-]+", json.loads(described)["name"])
    assert json.loads(described)["licenses"] == [{"name": "CC-BY-4.0"}]
    hostile = Review(publisher=Publisher(content_licence=HOSTILE))
    site = Site(tmp_path, hostile, (), {"a.md": Page("a.md", HOSTILE, (), Location())}, Index({}, {}, {}), {})
    site.__dict__["tables"] = (table,)
    *_, output = data_package(site)
    assert isinstance(output.content, str)
    body = output.content.partition("\n---\n")[2]
    assert "<b>" not in body
    assert "<script" not in body
    assert "](javascript:" not in body
    assert not re.search(r'aria-label="[^"\n]*[{}<>]', body)
    assert package_zip(described, [table]) == package_zip(described, [table])
