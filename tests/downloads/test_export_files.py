"""The files of references that a site offers: which works they hold, what their links say, where they lie."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pybtex.database
import pytest

import exports_table
from conftest import ROOT, SITES, Built, mkdocs_build, run
from evidence.downloads.export_files import WHOLE, ReferenceFiles
from evidence.model.base import Reference
from evidence.model.review import Review
from evidence.references.formats import FORMATS
from evidence.text.addresses import slug
from evidence.text.words import file_size


def keys_of(data: bytes) -> list[str]:
    return [item["id"] for item in json.loads(data)]


def test_every_link_to_a_download_says_its_type_and_size(site: Built) -> None:
    lines = 0
    for name, tree in site.pages():
        for line in tree.xpath("//p[@class='downloads']"):
            lines += 1
            links = line.xpath("a")
            endings = [Path(a.get("href")).suffix[1:] for a in links]
            for_managers = [made.id for made in FORMATS.values() if made.for_managers]
            assert endings in (list(FORMATS), for_managers), name  # a table is no way to cite the site itself
            for a in links:
                file = site.folder / site.target(name, a.get("href"))[0]
                kind = FORMATS[file.suffix[1:]].name
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
            assert [slug(key) for key in keys_of((site.folder / site.target(name, link)[0]).read_bytes())] == [found[1]]


def test_a_page_offers_just_the_works_that_it_lists(site: Built) -> None:
    pages = 0
    for name, tree in site.pages():
        listed = [i.removeprefix("ref-") for i in tree.xpath("//h2[@id='references']/following-sibling::ul[1]/li/@id")]
        if (
            listed and "/packs/" not in name and "/compare/" not in name
        ):  # papers and cuts of a page, whose works that page offers
            pages += 1
            own = "p[@class='downloads'][starts-with(., 'Download the') and contains(., 'of this page')]"
            links = tree.xpath(f"//h2[@id='references']/following-sibling::{own}/a/@href")
            assert links, name
            data = [(site.folder / site.target(name, link)[0]) for link in links]
            keys = keys_of(next(file for file in data if file.suffix == ".json").read_bytes())
            assert [slug(key) for key in keys] == listed, name
    assert pages


def test_the_list_of_references_offers_all_of_them(built: Callable[[str], Path]) -> None:
    for name, folder in SITES.items():
        keys = list(pybtex.database.parse_file(str(folder / "bibliography.bib")).entries)
        data = (built(name) / "references/bibliography.json").read_bytes()
        assert sorted(keys_of(data)) == sorted(keys)
        (line,) = [
            p.text_content() for p in Built(built(name)).trees["references/index.html"].xpath("//p[@class='downloads']")
        ]
        what = f"all {len(keys)} sources" if len(keys) > 1 else "the one source"
        assert line.startswith(f"Download {what}: BibTeX (")


def test_one_source_is_spoken_of_as_one() -> None:
    review = Review(references={"a": Reference("a", "book", {"type": "book"}, {})})
    of_all = ReferenceFiles(review, {"bib": {"a": b"@book{a}"}}, {WHOLE: ("a",)}, {}).of_all()
    assert "Download the one source" in str(of_all)


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
        spoken = {key: set(one.fields.get("nations", "").split(", ")) for key, one in entries.items()}
        # A work about all four is about no one of them.
        about = {key for key, named in spoken.items() if nation in named and len(named) < 4}
        assert about == set(keys_of((real.folder / f"nations/{nation}-sources.json").read_bytes())), nation
        lines = real.trees[f"nations/{nation}/index.html"].xpath("//p[@class='downloads']")
        assert f"../{nation}-sources.bib" in lines[-2].xpath("a/@href")
        assert f"../{nation}-cited.bib" in lines[-1].xpath("a/@href")
        assert "cited where the review speaks of" in lines[-1].text_content()


def test_staged_files_are_the_same_as_built_ones(tmp_path: Path, built: Callable[[str], Path]) -> None:
    result = run(sys.executable, "-m", "evidence_cli", "--root", SITES["meadow"], "stage", tmp_path / "docs")
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
    result = run(sys.executable, "-m", "evidence_cli", "--root", tmp_path, "check")
    assert "bibliography.bib:1: key 'Bibliography' is the name of the list of all works" in result.stderr


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    target = tmp_path / "a/b/meadow"
    shutil.copytree(SITES["meadow"], target, ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    (target / "docs/references").mkdir()
    (target / "docs/references/hay2018.bib").write_text("mine", "utf-8")
    result = mkdocs_build(target / "mkdocs.yml", target / "site")
    assert result.returncode == 1
    assert (
        "docs/references/hay2018.bib:1: 'references/hay2018.bib' is the address of what is generated" in result.stderr
    )


def test_the_readme_of_the_tests_names_every_test_file_and_the_table() -> None:
    text = (ROOT / "tests/README.md").read_text("utf-8")
    assert "(exports.md)" in text
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    assert len(files) >= 60
    assert [f.name for f in files if f"`{f.name}`" not in text and "browser" not in f.parts] == []


@pytest.mark.needs("Node")
def test_the_table_of_all_works_says_what_comes_out_now() -> None:
    """Of works that are as they were; what editors add or change is no fault of the engine, and CI makes the table anew."""
    now = exports_table.table()
    assert now.count("\n| ") > 40
    found = exports_table.engine_differs(exports_table.FILE.read_text("utf-8"), now)
    assert found == [], "the exports come out otherwise; if they should, write the table anew with: make exports-table"


def test_only_another_engine_makes_the_table_wrong() -> None:
    before = (
        "| Work | json | Page |\n| --- | --- | --- |\n| hay2018 | 7 of 7 | 6 of 6 |\n| ash2017 | 4 of 5 | 4 of 4 |\n"
    )
    new = before + "| elm2020 | 6 of 7 | 7 of 7 |\n"
    assert exports_table.engine_differs(before, new) == []
    assert exports_table.engine_differs(before, new.replace("7 of 7 | 6 of 6", "8 of 8 | 7 of 7")) == []
    assert exports_table.engine_differs(before, new.replace("4 of 5", "5 of 5")) == ["ash2017 | 5 of 5 | 4 of 4"]
