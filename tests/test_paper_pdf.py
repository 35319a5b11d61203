"""The papers of the real site as PDF, each as a reader, a screen reader and a photocopier meet it; and texts that try to break one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import page
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from lxml import html
from markdown import Markdown
from PIL import Image

from conftest import ROOT
from evidence.note_lines import NoteLines
from evidence.office import office
from evidence.packs import Paper
from evidence.paper_nodes import EXTENSIONS
from evidence.paper_pdf import PaperError, pages, paper_data, pdf, printable
from evidence.printing import Print, file_uris
from evidence.real_tables import RealTables
from evidence.site import Site, load
from test_check import review

REAL = load(ROOT)
POINTS = {"standard": 14, "large": 18}
A4 = (595.276, 841.89)
MM = 72 / 25.4
PDFS = [
    pytest.param(paper, size, id=Path(file_uris(paper.pack)[size]).stem)
    for paper in REAL.papers
    for size in paper.pack.sizes
]
each_pdf = pytest.mark.parametrize(("paper", "size"), PDFS)


def made(paper: Paper, size: str) -> bytes:
    return REAL.prints[file_uris(paper.pack)[size]].content


@cache
def twin(markdown: str) -> html.HtmlElement:
    """What a paper's page shows, read by another parser than the papers' own."""
    converter = Markdown(extensions=[*EXTENSIONS, RealTables(), NoteLines()])
    return html.fromstring(f"<main>{converter.convert(markdown)}</main>")


def letters(text: str) -> str:
    """Text without what lines and fonts do to it: spaces, hyphens at the ends of lines, marks of lists."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u200b\x02\ufffe\u2010\u00ad•\u2022-]", "", text)


def texts(content: bytes) -> Iterator[tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage]]:
    document = pypdfium2.PdfDocument(content)
    for sheet in document:
        yield sheet, sheet.get_textpage()


def words_of(content: bytes, title: str) -> str:
    """All words of a PDF in their order, without the feet of its pages."""
    found = []
    total = pages(content)
    for number, (_, text) in enumerate(texts(content), 1):
        said = letters(text.get_text_range())
        foot = letters(f"{number} of {total} {title}")
        found.append(said.removesuffix(foot).removeprefix(foot))
    return "".join(found)


@each_pdf
def test_it_keeps_the_rules_of_pdf_ua(paper: Paper, size: str) -> None:
    report = page.validate_pdf_bytes(made(paper, size), profile="ua1")
    assert report.is_compliant, [str(failure) for failure in report.failures]


@each_pdf
def test_it_says_what_it_is(paper: Paper, size: str) -> None:
    with pikepdf.open(BytesIO(made(paper, size))) as file:
        assert str(file.Root.Lang) == "en-GB"
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(file.Root.MarkInfo.Marked)
        with file.open_metadata() as meta:
            assert meta["dc:title"] == paper.pack.title
            assert meta.get("dc:creator", []) == ([paper.author] if paper.author else [])
            assert meta["pdfuaid:part"] == "1"
            assert meta["xmp:CreateDate"].startswith(REAL.review.reading.checked)


@each_pdf
def test_tags_and_bookmarks_follow_the_headings_of_its_page(paper: Paper, size: str) -> None:
    wanted = [(int(h.tag[1]), letters(h.text_content())) for h in twin(paper.markdown).iter("h1", "h2", "h3", "h4")]
    content = made(paper, size)
    toc = pypdfium2.PdfDocument(content).get_toc()
    bookmarks = [(item.level + 1, letters(item.get_title())) for item in toc]
    with pikepdf.open(BytesIO(content)) as file:
        tags = [tag for tag in _tags(file.Root.StructTreeRoot) if re.fullmatch(r"H[1-6]", tag)]
    assert tags[0] == "H1"
    assert tags.count("H1") == 1
    if paper.pack.form == "cards":  # where a paper comes from may stand on its first card
        assert sorted(bookmarks) == sorted(wanted)
        assert sorted(tags) == sorted(f"H{level}" for level, _ in wanted)
    else:
        assert bookmarks == wanted
        assert tags == [f"H{level}" for level, _ in wanted]


def _tags(element: pikepdf.Object) -> Iterator[str]:
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from _tags(child)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S).removeprefix("/")
        if "/K" in element:
            yield from _tags(element.K)


@each_pdf
def test_its_fonts_are_inside(paper: Paper, size: str) -> None:
    with pikepdf.open(BytesIO(made(paper, size))) as file:
        found = set()
        for item in file.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                assert {"/FontFile2", "/FontFile3"} & set(item.keys())
                found.add(str(item.FontName).partition("+")[2])
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
                # One without a description would be the reader's own font.
                inside = item.DescendantFonts[0] if item.Subtype == "/Type0" else item
                assert inside.Subtype == "/Type3" or "/FontDescriptor" in inside
    assert any(name.startswith("SourceSansPro") for name in found)


@each_pdf
def test_letters_are_large_and_stay_inside_the_margins(paper: Paper, size: str) -> None:
    sizes: Counter[float] = Counter()
    content = made(paper, size)
    small_cards = paper.pack.form == "cards" and size == "standard"
    edge = (10 if small_cards else 20) * MM - 1
    for sheet, text in texts(content):
        assert sheet.get_size() == pytest.approx(A4, abs=0.1)
        for i in range(text.count_chars()):
            if text.get_text_range(i, 1).isspace() or not text.get_text_range(i, 1).strip("\x02\ufffe\u200b"):
                continue
            sizes[round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, i), 1)] += 1
            left, bottom, right, top = text.get_charbox(i)
            assert left >= edge
            assert bottom >= edge
            assert right <= A4[0] - edge
            assert top <= A4[1] - edge
            if small_cards:  # nor across the cuts
                assert right <= A4[0] / 2 - edge or left >= A4[0] / 2 + edge
                assert top <= A4[1] / 2 - edge or bottom >= A4[1] / 2 + edge
    assert min(sizes) == POINTS[size]
    if paper.pack.form == "sheet":
        assert sizes.most_common(1)[0][0] == POINTS[size]


@each_pdf
def test_it_has_the_words_of_its_page(paper: Paper, size: str) -> None:
    said = words_of(made(paper, size), paper.pack.title)
    tree = twin(paper.markdown)
    if paper.pack.form == "cards" or tree.find(".//table") is not None:
        # Each card names its group, and a table its columns on each page: words come again, but none is lost.
        lines = [letters(node.text_content()) for node in tree.iter("h1", "h2", "h3", "p", "td", "th", "li")]
        assert [line for line in lines if line not in said] == []
        if paper.pack.form == "sheet":  # and all but the names of columns, which come again, stand in their order
            at = 0
            for node in tree.iter("h1", "h2", "h3", "h4", "p", "td", "li"):
                at = said.find(letters(node.text_content()), at)
                assert at >= 0, node.text_content()
    else:
        assert said == letters(_spoken(tree))


def _spoken(tree: html.HtmlElement) -> str:
    """The words of a page with the numbers of its lists."""
    tree = deepcopy(tree)
    for listed in tree.iter("ol"):
        for number, item in enumerate(listed.findall("li"), int(listed.get("start", "1"))):
            item.text = f"{number}.{item.text or ''}"
    return str(tree.text_content())


@each_pdf
def test_made_again_it_is_the_same_to_the_byte(paper: Paper, size: str) -> None:
    assert pdf(paper_data(paper, size)) == made(paper, size)


def test_addresses_of_works_can_be_copied_whole() -> None:
    for found in REAL.prints.values():
        if found.uri.endswith(".pdf"):
            assert not any("\u200b" in text.get_text_range() for _, text in texts(found.content)), found.uri


def test_no_question_stands_on_two_pages() -> None:
    texts_of = [letters(question.text) for question in REAL.review.questions.questions]
    for found in REAL.prints.values():
        if found.uri.endswith(".pdf"):
            sheets = [letters(text.get_text_range()) for _, text in texts(found.content)]
            whole = "".join(sheets)
            for question in texts_of:
                assert whole.count(question) == sum(sheet.count(question) for sheet in sheets), found.uri


# Made-up papers

PACKS = """\
packs:
  - id: sheet
    title: Our sheet
    purpose: For all of us.
    parts:
      - {page: hard.md}
      - {questions: [all], lines: 2}
  - id: cards
    title: Our cards
    purpose: One each.
    form: cards
    parts:
      - {questions: [all]}
"""
QUESTIONS = """\
groups: [{id: one, title: "One # $x$ [b] @c"}]
questions: [{id: q1, group: one, text: %s}]
"""
SOURCES = "- {id: paper, name: Our paper, title: A paper on soil, author: Ann Good, date: May 2020}\n"
HARD = """\
---
title: Hard
description: A page that is hard to set.
---

# Hard

%s
"""
ADDRESS = "site_address: https://www.example.org/soil/\n"


def site(root: Path, words: str = "Plain words.", question: str = "Why?", publisher: str = "") -> Site:
    files = {
        "data/packs.yml": PACKS,
        "data/questions.yml": QUESTIONS % f'"{question}"',
        "data/sources.yml": SOURCES,
        "data/publisher.yml": publisher,
        "docs/hard.md": HARD % words,
    }
    return review(root, files)


HOSTILE = [
    '#panic(1) #set page(width: 1cm) #include "x"',
    "$x^2$ and $",
    "@ref and @soil2020 without brackets",
    "[square] and (round) and {curly}",
    "“curly” 'single' \"double\" and `` back ``",
    "= no heading, - no list, + no list, / no term",
    "a--b---c ... ~ ~~ // /* */ http://x.example/y",
    "back\\slash \\u{41} <label> &amp; &lt;",
    "שלום עולם",
    "مرحبا بالعالم",
    "Ŵyn ŷ Gàidhlig ß ﬁ Ж λ",
    "W" * 300,
    "https://www.example.org/" + "very-long-path/" * 20,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("size", POINTS)
def test_text_comes_out_as_it_is_written(tmp_path: Path, text: str, size: str) -> None:
    short = text[:200].replace("\\", "\\\\").replace('"', '\\"')
    made_up = site(tmp_path, question=short)
    assert made_up.problems == ()
    for paper in made_up.papers:
        content = pdf(paper_data(paper, size))
        said = words_of(content, paper.pack.title)
        if not re.search("[\u0590-\u06ff]", text):  # PDFium turns words that run from right to left
            assert letters(text[:200]) in said
        else:
            assert Counter(letters(text)) <= Counter(said)
        assert page.validate_pdf_bytes(content, profile="ua1").is_compliant
        for _, sheet in texts(content):
            boxes = [sheet.get_charbox(i) for i in range(sheet.count_chars())]
            assert max(right for _, _, right, _ in boxes) <= A4[0] - 10 * MM + 1


def test_every_kind_of_block_can_be_set(tmp_path: Path) -> None:
    words = """\
!!! note ""

    No title.

!!! editor-note "Titled"

- one

> quoted

| A | B |
| --- | --- |
| `x # y` |  |
|  | z |

```
code #here
```

---

<div class="note-lines" data-lines="2"></div>

One<br>two, *three*, **four** and <u>five</u>.

1. a

    - b

        <div class="note-lines" data-lines="1"></div>

Loose end: &copy; &amp; &lt;
"""
    paper = site(tmp_path, words).papers[0]
    for size in POINTS:
        content = pdf(paper_data(paper, size))
        assert page.validate_pdf_bytes(content, profile="ua1").is_compliant
        said = words_of(content, "Our sheet")
        for part in ("No title.", "Titled", "quoted", "x # y", "code #here", "Onetwo, three, four and five.", "© & <"):
            assert letters(part) in said, part


def test_a_code_leads_to_the_page_of_the_paper(tmp_path: Path) -> None:
    for paper in site(tmp_path, publisher=ADDRESS).papers:
        for size in POINTS:
            content = pdf(paper_data(paper, size, "https://www.example.org/soil/"))
            address = f"https://www.example.org/soil/discuss/packs/{paper.pack.id}/"
            read = [
                (code.text, code.position)
                for sheet in pypdfium2.PdfDocument(content)
                for code in zxingcpp.read_barcodes(sheet.render(scale=2).to_pil())
            ]
            assert [text for text, _ in read] == [address]
            corner = read[0][1]
            assert corner.top_right.x - corner.top_left.x >= 20 * MM * 2  # two pixels a point
            assert letters(f"This paper on our website, to read or in other formats: {address[8:]}") in words_of(
                content, paper.pack.title
            )


def test_the_page_and_the_office_files_have_the_code_before_the_words(tmp_path: Path) -> None:
    """It is the last picture of each, and no wider than it needs to be read."""
    for paper in site(tmp_path, publisher=ADDRESS).papers:
        address = f"https://www.example.org/soil/discuss/packs/{paper.pack.id}/"
        line = twin(paper.markdown).xpath("//p[@class='paper-address']")[0]
        drawing = line.find("svg")
        assert drawing.tail.strip().startswith("This paper on our website")
        assert drawing.get("role") == "img"
        assert address in drawing.get("aria-label")
        width = float(drawing.get("width").removesuffix("mm"))
        modules = float(drawing.get("viewbox").split()[2])
        assert width * (modules - 8) / modules >= 20  # millimetres, without the quiet zone of four modules on each side
        for kind in ("odt", "docx"):
            file = office(paper.markdown, title="x", language="en-GB", points=14, date="2026-01-01", kind=kind)
            with ZipFile(BytesIO(file)) as archive:
                pictures = [archive.read(name) for name in archive.namelist() if name.endswith(".png")]
                body = archive.read("content.xml" if kind == "odt" else "word/document.xml").decode()
            read = [code.text for png in pictures for code in zxingcpp.read_barcodes(Image.open(BytesIO(png)))]
            assert read == [address]
            assert f"QR code that opens this paper on our website: {address}" in body


def test_without_an_address_there_is_no_code_and_no_invented_address(tmp_path: Path) -> None:
    for paper in site(tmp_path).papers:
        data = paper_data(paper, "standard")
        assert data["code"] is None
        assert "<svg" not in paper.markdown
        assert "http" not in paper.markdown
        assert f"/discuss/packs/{paper.pack.id}/" in paper.markdown


def test_links_lead_on_only_where_paper_can_lead(tmp_path: Path) -> None:
    words = "See [home](index.md#top), [soil](https://soil.example/a?b=1) and [here](#hard)."
    for publisher, wanted in (("", 1), (ADDRESS, 4)):
        made_up = site(tmp_path, words, publisher=publisher)
        paper = made_up.papers[0]
        content = pdf(paper_data(paper, "standard", made_up.review.publisher.site_address))
        with pikepdf.open(BytesIO(content)) as file:
            links = {
                str(item.A.URI)
                for item in file.objects
                if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Link"
            }
        assert "https://soil.example/a?b=1" in links
        assert len(links) == wanted


def test_a_letter_that_no_font_has_is_named_and_never_a_box(tmp_path: Path) -> None:
    found = site(tmp_path, "Some words.\n\nThen 中 at the end.")
    line = HARD.count("\n", 0, HARD.index("%s")) + 3
    assert [str(problem) for problem in found.problems] == [
        f"docs/hard.md:{line}: letter '中' (U+4E2D) is in none of the fonts for papers; write it otherwise"
    ]
    assert printable("ש")
    with pytest.raises(PaperError, match="中"):
        pdf(paper_data(found.papers[0], "standard"))


def test_a_wide_table_becomes_blocks_in_large_print(tmp_path: Path) -> None:
    cell = "some words that need room"
    table = f"Table: Wide\n\n| A | B | C |\n| --- | --- | --- |\n| {cell} | {cell} | {cell} |\n"
    paper = site(tmp_path, table).papers[0]
    stacked = {
        size: [node["stacked"] for node in paper_data(paper, size)["nodes"] if node["kind"] == "table"]
        for size in POINTS
    }
    assert stacked == {"standard": [False], "large": [True]}
    said = words_of(pdf(paper_data(paper, "large")), "Our sheet")
    assert letters(f"WideA: {cell}B: {cell}C: {cell}") in said


def test_a_file_is_kept_until_its_paper_changes(tmp_path: Path) -> None:
    first = site(tmp_path)
    assert all(isinstance(found, Print) for found in first.prints.values())
    kept = {file.name: file.stat().st_mtime_ns for file in (tmp_path / ".cache/papers").iterdir()}
    assert len(kept) == 4
    assert site(tmp_path).prints == first.prints
    assert {file.name: file.stat().st_mtime_ns for file in (tmp_path / ".cache/papers").iterdir()} == kept
    changed = site(tmp_path, "Other words.").prints
    assert changed["discuss/packs/cards.pdf"] == first.prints["discuss/packs/cards.pdf"]
    assert changed["discuss/packs/sheet.pdf"] != first.prints["discuss/packs/sheet.pdf"]
    assert len(list((tmp_path / ".cache/papers").iterdir())) == 4


def test_a_paper_that_cannot_be_set_is_named(tmp_path: Path) -> None:
    packs = PACKS.replace("One each.", "One each. " * 200)
    files = {"data/packs.yml": packs, "data/questions.yml": QUESTIONS % "Why?", "data/sources.yml": SOURCES}
    found = review(tmp_path, files | {"docs/hard.md": HARD % "x"})
    assert found.problems == ()
    with pytest.raises(
        PaperError, match=r"data/packs\.yml:8: pack 'cards' cannot be set as a paper: .*card 1 has more"
    ):
        _ = found.prints
