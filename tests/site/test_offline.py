"""What search finds, and the copy to carry away, which knows the same without a server."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from built_pages import asks_nothing_of_another_host, review
from conftest import ROOT, Built, run
from evidence.directives.publisher import IN_COPY, OFFLINE, SIZE
from evidence.model.site_data import Pack, Part
from evidence.model.vocabulary import NO_SOURCE
from evidence.papers.packs import all_packs
from evidence.papers.paper import paper
from evidence.site.loading import load
from evidence.text.words import file_size
from evidence_publish.offline import add_copy, offline_page
from searching import ask, searched

pytestmark = pytest.mark.needs("much time")

# What search finds


@pytest.fixture(scope="module")
def entries(real: Built) -> dict[str, dict[str, str]]:
    found = searched(real.folder)
    assert len({entry["url"] for entry in found}) == len(found)
    return {entry["url"]: entry for entry in found}


@pytest.mark.needs("Node")
def test_search_finds_themes_by_what_people_type(real: Built) -> None:
    themes = review().themes.values()
    typed = [(theme, word) for theme in themes for word in theme.search]
    found = ask(real.folder, [word for _theme, word in typed])
    missed = []
    for (theme, word), result in zip(typed, found, strict=True):
        urls = [
            item["url"].partition("#")[0]
            for group in result["groups"]
            if group["kind"] == "theme"
            for item in group["all"]
        ]
        if f"themes/{theme.id}/" not in urls:
            missed.append(f"{word}: {theme.id}")
    assert missed == []
    assert "Search words" not in " ".join(entry["text"] for entry in searched(real.folder))


def test_what_statements_rest_on_is_not_searched(entries: dict[str, dict[str, str]], real: Built) -> None:
    marks = [mark for _, tree in real.own_pages() for mark in tree.find_class("support")]
    said = {" ".join("".join(mark.xpath("text()")).split()) for mark in marks} - {
        NO_SOURCE
    }  # a table's caption says that too
    searched_text = " ".join(entry["text"] for entry in entries.values())
    assert len(said) > 10
    assert [words for words in said if words in searched_text] == []


def test_lists_and_controls_are_not_searched(entries: dict[str, dict[str, str]]) -> None:
    """Each work, theme and page has an entry of its own: a list of them would only say the same again."""
    for url in (
        "references/",
        "evidence-map/",
        "themes/money/#sources",
        "themes/money/#review",
        "nations/wales/#references",
    ):
        assert len(entries.get(url, {"text": ""})["text"]) < 500, url
    # The list of changes speaks of the sign.
    text = " ".join(entry["text"] for url, entry in entries.items() if not url.startswith("about/changes/"))
    assert "Reading time" not in text and "¶" not in text and "BibTeX (" not in text


def test_search_says_what_kind_of_thing_it_found(entries: dict[str, dict[str, str]]) -> None:
    known = review()
    assert (entries["nations/wales/"]["kind"], entries["nations/wales/"]["title"]) == ("nation", "Wales")
    assert (entries["glossary/#tokenism"]["kind"], entries["glossary/#tokenism"]["title"]) == ("word", "Tokenism")
    assert entries["references/burns2023/"]["title"].startswith("Burns, McGinn and Fitzsimons, 2023")
    groups: dict[str, set[str]] = {}
    for entry in entries.values():
        groups.setdefault(entry["kind"], set()).add(entry["url"])
    assert {url.partition("#")[0] for url in groups["theme"]} == {f"themes/{name}/" for name in known.themes}
    assert groups["source"] == {f"references/{reference.slug}/" for reference in known.references.values()}
    assert groups["word"] == {f"glossary/#{name}" for name in known.glossary}
    assert len({url.partition("#")[0] for url in groups["nation"]}) == len(known.nations)
    assert len(groups["question"]) == len(known.questions.questions)
    assert len(groups["audit"]) == len(known.notes)
    assert {url.partition("/packs/")[2].rstrip("/") for url in groups["paper"]} == {*all_packs(known)}


# The copy to carry away


def test_the_same_files_make_the_same_zip(tmp_path: Path) -> None:
    pages = (
        "b.html",
        "index.html",
        "a/c.css",
        "_headers",
        "404.html",
        "old/index.html",
        "v/1.0.0/index.html",
        "changes.xml",
    )
    for name, order in (("one", pages), ("two", pages[::-1])):
        for uri in order:
            file = tmp_path / name / uri
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"<html><head></head>{uri}{SIZE}</html>")
        add_copy(tmp_path / name, ["old/index.html"])
    assert (tmp_path / "one" / OFFLINE).read_bytes() == (tmp_path / "two" / OFFLINE).read_bytes()
    size = (tmp_path / "one" / OFFLINE).stat().st_size
    assert (tmp_path / "one/b.html").read_text() == f"<html><head></head>b.html, {file_size(size)}</html>"
    shutil.unpack_archive(tmp_path / "one" / OFFLINE, tmp_path / "out")
    names = {file.relative_to(tmp_path / "out").as_posix() for file in (tmp_path / "out").rglob("*") if file.is_file()}
    assert names == {f"site-offline/{name}" for name in ("b.html", "index.html", "a/c.css", "README.txt")}


def test_a_page_of_the_copy_has_links_to_files_and_says_nothing_of_a_host() -> None:
    page = (
        '<head><link rel="canonical" href="https://x.example/a/b/"><link rel="alternate" type="application/atom+xml" href="../../changes.xml">'
        '<link rel="alternate" type="application/x-bibtex" href="b.bib"></head><a href="../..">H</a> <a href=".">S</a> <a href="../c/#d">C</a>'
        ' <a href="./">T</a> <a href="e.pdf">E</a> <a href="https://x.example/">X</a> <a href="#top">Top</a> <a href="mailto:a/">M</a>'
        '<li><a href="../../v/1.0.0/">Version 1.0.0</a>, kept as it was</li>'
        '<p><a href="../../changes.xml">Follow new versions in a feed</a> (Atom).</p>'
    )
    assert offline_page(page) == (
        '<head><link rel="alternate" type="application/x-bibtex" href="b.bib"></head>'
        '<a href="../../index.html">H</a> <a href="index.html">S</a> <a href="../c/index.html#d">C</a>'
        ' <a href="index.html">T</a> <a href="e.pdf">E</a> <a href="https://x.example/">X</a> <a href="#top">Top</a> <a href="mailto:a/">M</a>'
        "<li>Version 1.0.0</li><p>This copy of the site has no feed.</p>"
    )


@pytest.fixture(scope="module")
def offering(tmp_path_factory: pytest.TempPathFactory) -> list[Built]:
    """The real site with its copy for reading offline, built twice in folders of their own."""
    made = []
    for name in ("one", "two"):
        folder = tmp_path_factory.mktemp(name) / "site"
        command = (sys.executable, "-m", "mkdocs", "build", "--strict", "-f", ROOT / "mkdocs.yml", "-d", folder)
        result = run(*command, OFFLINE_COPY="true")
        assert result.returncode == 0, result.stderr
        assert "WARNING" not in result.stderr, result.stderr
        made.append(Built(folder))
    return made


@pytest.fixture(scope="module")
def carried(offering: list[Built], tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("carried")
    shutil.unpack_archive(offering[0].folder / OFFLINE, folder)
    return Built(folder / "site-offline")


def test_two_copies_are_byte_identical(offering: list[Built]) -> None:
    one, two = ((site.folder / OFFLINE).read_bytes() for site in offering)
    assert one == two


def test_every_link_of_the_copy_leads_to_a_file_in_it(carried: Built) -> None:
    """As a browser opens files: a folder's address would show a list of files."""
    ids = {name: set(tree.xpath("//@id")) for name, tree in carried.trees.items()}
    number, wrong = 0, []
    for name, tree in carried.trees.items():
        for address in tree.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            if re.match(r"[a-z][a-z+.-]*:|//", address, re.I):
                continue
            number += 1
            path, _, fragment = unquote(address).partition("#")
            target = os.path.normpath(Path(name).parent / path) if path else name
            if not (carried.folder / target).is_file() or (fragment and fragment not in ids.get(target, ())):
                wrong.append(f"{name}: {address}")
    assert number > 2000
    assert wrong == []


def test_the_copy_says_the_same_on_every_page(carried: Built, offering: list[Built]) -> None:
    """But for the two sentences on what only the site has."""

    def words(built: Built, name: str) -> list[str]:
        return " ".join(built.trees[name].xpath("//text()[not(parent::script)]")).split()

    site = offering[1]
    pages = [name for name, _ in site.own_pages()]
    assert {*pages} == {*carried.trees}
    differing = {name for name in pages if words(site, name) != words(carried, name)}
    assert differing == {"about/formats/index.html", "about/changes/index.html"}
    assert "This copy of the site has no feed." in carried.trees["about/changes/index.html"].text_content()


def test_the_copy_asks_nothing_of_a_server(carried: Built) -> None:
    asks_nothing_of_another_host(carried)
    for name, tree in carried.trees.items():
        scripts = tree.xpath("//script/@src")
        assert [script for script in scripts if "assets/" not in script] == [], name
        assert tree.xpath("//link[@rel='canonical']") == [], name
    readme = (carried.folder / "README.txt").read_text("utf-8")
    assert "Open the file index.html" in readme
    assert not [
        name for name in ("_headers", "404.html", "sitemap.xml", ".nojekyll") if (carried.folder / name).exists()
    ]


def test_search_in_the_copy_is_the_same(carried: Built, offering: list[Built]) -> None:
    """Its files are scripts, and none of its words are others in the copy."""
    files = sorted(file.relative_to(carried.folder) for file in (carried.folder / "search").rglob("*"))
    assert files == sorted(file.relative_to(offering[0].folder) for file in (offering[0].folder / "search").rglob("*"))
    for name in (name for name in files if name.suffix):
        assert (carried.folder / name).read_bytes() == (offering[0].folder / name).read_bytes(), name
    text = " ".join(entry["text"] for entry in searched(carried.folder))
    assert "Download the whole site" not in text and "Follow new versions" not in text


def test_the_site_offers_the_copy_with_its_size(offering: list[Built]) -> None:
    site = offering[0]
    page = site.trees["about/formats/index.html"]
    [link] = page.xpath("//main//a[contains(@href, 'site-offline.zip')]")
    copy = site.folder / "about/formats" / link.get("href")
    size = f"(ZIP, {file_size(copy.stat().st_size)})"
    assert re.fullmatch(r"\(ZIP, [3-8]\.\d MB\)", size)
    assert size in link.text_content()
    for file in (*site.folder.rglob("*.html"), *site.folder.rglob("*.json"), *site.folder.rglob("*.js")):
        text = file.read_text("utf-8")
        assert SIZE not in text and json.dumps(SIZE)[1:-1] not in text, file


def test_pages_without_a_copy_offer_none(real: Built, carried: Built) -> None:
    """A link to a file that is not there would be worse than none."""
    assert "has no copy for reading offline" in real.trees["about/formats/index.html"].text_content()
    assert IN_COPY in carried.trees["about/formats/index.html"].text_content()


def test_a_paper_does_not_wait_for_the_size_of_the_copy() -> None:
    site = load(ROOT, offline=True)
    pack = Pack("all", "All", "For a test", (Part(page="about/formats.md"),))
    text = paper(site.review, pack, site.find, site.known, site.formatted).markdown
    assert "[Download the whole site (ZIP)]" in text
    assert SIZE not in text
