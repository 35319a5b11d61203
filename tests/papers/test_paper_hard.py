"""Made-up papers as PDF: text that tries to break one, codes, links, letters that no font has, and what is kept."""

from __future__ import annotations

import json
import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import page
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from evidence.office import to_office
from evidence.office.blocks import tree
from evidence.output.nodes import nodes, words
from evidence.paper_rules.letters import printable
from evidence.papers.files import PaperFile
from evidence.papers.packs import PaperError
from evidence.papers.pdf import paper_data, pdf
from evidence.site.site import Site
from evidence.text.escape import markdown
from made_up import review
from paper_files import A4, MM, POINTS, letters, texts, twin, words_of

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
        "docs/hard.md": HARD % words,
    }
    return review(root, files | ({"data/publisher.yml": publisher} if publisher else {}))


HOSTILE = [
    '#panic(1) #set page(width: 1cm) #include "x"',
    "$x^2$ and $",
    "@ref and @soil without brackets",
    "[square] and (round) and {curly}",
    "= no heading, - no list, + no list, / no term",
    "שלום עולם",
    "مرحبا بالعالم",
    "Ŵyn ŷ Gàidhlig ß ﬁ Ж λ",
    "W" * 300,
]
# A question has plain words alone; on a page these are shown as they stand, once they are escaped.
MARKUP = [
    "“curly” 'single' \"double\" and `` back ``",
    "a--b---c ... ~ ~~ // /* */ http://x.example/y",
    "back\\slash \\u{41} <label> &amp; &lt;",
    "https://www.example.org/" + "very-long-path/" * 20,
]


@pytest.mark.parametrize("text", [*HOSTILE, *MARKUP], ids=range(len(HOSTILE + MARKUP)))
@pytest.mark.parametrize("size", POINTS)
def test_text_comes_out_as_it_is_written(tmp_path: Path, text: str, size: str) -> None:
    short = text[:200].replace("\\", "\\\\").replace('"', '\\"')
    made_up = site(tmp_path, words=markdown(text[:200]), question="Why?" if text in MARKUP else short)
    assert made_up.problems == ()
    papers = [paper for paper in made_up.papers.all if paper.pack.id == "sheet" or text in HOSTILE]
    assert papers
    for paper in papers:
        content = pdf(paper_data(paper, POINTS[size]))
        said = words_of(content, paper.pack.title)
        if not re.search("[\u0590-\u06ff]", text):  # PDFium turns words that run from right to left
            assert letters(text[:200]) in said
        else:
            assert Counter(letters(text)) <= Counter(said)
        assert page.validate_pdf_bytes(content, profile="ua1").is_compliant
        for _, sheet in texts(content):
            letters_at = [i for i in range(sheet.count_chars()) if not sheet.get_text_range(i, 1).isspace()]
            boxes = [sheet.get_charbox(i) for i in letters_at]
            assert max((right for _, _, right, _ in boxes), default=0) <= A4[0] - 10 * MM + 1


def test_every_kind_of_block_can_be_set(tmp_path: Path) -> None:
    words = """\
!!! note ""

    No title.

<details class="editor-note" id="note-a" markdown="1">
<summary>Titled<span class="note-id"> A1</span>: folded</summary>
<div role="note" aria-label="Note" markdown="1">

Kept whole.

</div>
</details>

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
    paper = site(tmp_path, words).papers.all[0]
    for size in POINTS:
        content = pdf(paper_data(paper, POINTS[size]))
        assert page.validate_pdf_bytes(content, profile="ua1").is_compliant
        said = words_of(content, "Our sheet")
        for part in (
            "No title.",
            "Titled A1: folded",
            "Kept whole.",
            "quoted",
            "x # y",
            "code #here",
            "Onetwo, three, four and five.",
            "© & <",
        ):
            assert letters(part) in said, part


ROOM = '<div class="note-lines" data-lines="2"></div>'
BESIDE = (
    '<div class="easy" markdown="1">\n\n<!-- evidence: picture tree -->\n\n<div markdown="1">\n\n%s\n\n</div>\n\n</div>'
)
TREE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><circle cx="24" cy="24" r="20"/></svg>'


@pytest.mark.parametrize("size", POINTS)
@pytest.mark.parametrize("block", ["- %s\n\n    - and more", f"%s\n\n{ROOM}\n\nMore.", BESIDE, "> %s"])
def test_what_is_higher_than_a_page_goes_on_overleaf(tmp_path: Path, block: str, size: str) -> None:
    (tmp_path / "docs/assets/pictures").mkdir(parents=True)
    (tmp_path / "docs/assets/pictures/tree.svg").write_text(TREE)
    paper = site(tmp_path, block % ("Long words of a block. " * 200)).papers.all[0]
    content = pdf(paper_data(paper, POINTS[size]))
    assert words_of(content, "Our sheet").count(letters("Long words of a block.")) == 200
    for _, sheet in texts(content):
        boxes = [sheet.get_charbox(i) for i in range(sheet.count_chars()) if sheet.get_text_range(i, 1).strip()]
        assert min(bottom for _, bottom, _, _ in boxes) >= 15 * MM - 1


def test_a_code_leads_to_the_page_of_the_paper(tmp_path: Path) -> None:
    for paper in site(tmp_path, publisher=ADDRESS).papers.all:
        for size in POINTS:
            content = pdf(paper_data(paper, POINTS[size], "https://www.example.org/soil/"))
            address = f"https://www.example.org/soil/discuss/packs/{paper.pack.id}/"
            read = [
                (code.text, code.position)
                for sheet in pypdfium2.PdfDocument(content)
                for code in zxingcpp.read_barcodes(sheet.render(scale=2).to_pil())
            ]
            assert [text for text, _ in read] == [address]
            corner = read[0][1]
            assert corner.top_right.x - corner.top_left.x >= 20 * MM * 2  # two pixels a point
            assert letters(f"This paper on our website: {address[8:]}") in words_of(content, paper.pack.title)


def test_the_page_and_the_office_files_have_the_code_before_the_words(tmp_path: Path) -> None:
    """It is the last picture of each, and no wider than it needs to be read."""
    for paper in site(tmp_path, publisher=ADDRESS).papers.all:
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
            file = to_office(paper.markdown, title="x", language="en-GB", points=14, date="2026-01-01", kind=kind)
            with ZipFile(BytesIO(file)) as archive:
                pictures = [archive.read(name) for name in archive.namelist() if name.endswith(".png")]
                body = archive.read("content.xml" if kind == "odt" else "word/document.xml").decode()
            read = [code.text for png in pictures for code in zxingcpp.read_barcodes(Image.open(BytesIO(png)))]
            assert read == [address]
            assert f"QR code that opens this paper on our website: {address}" in body


def test_without_an_address_there_is_no_code_and_no_invented_address(tmp_path: Path) -> None:
    for paper in site(tmp_path).papers.all:
        data = paper_data(paper, 14)
        assert data["code"] is None
        assert "<svg" not in paper.markdown
        assert "http" not in paper.markdown
        assert f"“{paper.pack.title}”" in paper.markdown.splitlines()[-1]
        assert "discuss/packs" not in paper.markdown


def test_links_lead_on_only_where_paper_can_lead(tmp_path: Path) -> None:
    words = "See [home](index.md#top), [soil](https://soil.example/a?b=1) and [here](#hard)."
    for publisher, wanted in (("", 1), (ADDRESS, 4)):
        made_up = site(tmp_path, words, publisher=publisher)
        paper = made_up.papers.all[0]
        content = pdf(paper_data(paper, 14, made_up.review.publisher.site_address))
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
        pdf(paper_data(found.papers.all[0], 14))


def test_a_wide_table_becomes_blocks_in_large_print(tmp_path: Path) -> None:
    cell = "some words that need room"
    table = f"Table: Wide\n\n| A | B | C |\n| --- | --- | --- |\n| {cell} | {cell} | {cell} |\n"
    paper = site(tmp_path, table).papers.all[0]
    stacked = {
        size: [node["stacked"] for node in paper_data(paper, POINTS[size])["nodes"] if node["kind"] == "table"]
        for size in POINTS
    }
    assert stacked == {"standard": [False], "large": [True]}
    said = words_of(pdf(paper_data(paper, 18)), "Our sheet")
    assert letters(f"WideA: {cell}B: {cell}C: {cell}") in said


def test_a_file_is_kept_until_its_paper_changes(tmp_path: Path) -> None:
    first = site(tmp_path)
    assert all(isinstance(found, PaperFile) for found in first.papers.files.values())
    kept = {file.name: file.stat().st_mtime_ns for file in (tmp_path / ".cache/papers").iterdir()}
    assert len(kept) == 4
    assert site(tmp_path).papers.files == first.papers.files
    assert {file.name: file.stat().st_mtime_ns for file in (tmp_path / ".cache/papers").iterdir()} == kept
    changed = site(tmp_path, "Other words.").papers.files
    assert changed["discuss/packs/cards.pdf"] == first.papers.files["discuss/packs/cards.pdf"]
    assert changed["discuss/packs/sheet.pdf"] != first.papers.files["discuss/packs/sheet.pdf"]
    assert len(list((tmp_path / ".cache/papers").iterdir())) == 4


def test_a_paper_that_cannot_be_set_is_named(tmp_path: Path) -> None:
    packs = PACKS.replace("One each.", "One each. " * 200)
    files = {"data/packs.yml": packs, "data/questions.yml": QUESTIONS % "Why?", "data/sources.yml": SOURCES}
    found = review(tmp_path, files | {"docs/hard.md": HARD % "x"})
    assert found.problems == ()
    with pytest.raises(
        PaperError, match=r"data/packs\.yml:8: pack 'cards' cannot be set as a paper: .*card 1 has more"
    ):
        _ = found.papers.files


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>never()</script>",
        "<style>p { content: never }</style>",
        '<iframe src="https://www.example.org/"><p>never</p></iframe>',
        "<template><p>never</p></template>",
    ],
)
def test_what_pages_hide_is_not_on_paper(hidden: str) -> None:
    said = " ".join(words(nodes(f"Before.\n\n{hidden}\n\nAfter <b>*all*</b>.\n")))
    assert said.split() == ["Before.", "After", "all", "."]


def test_html_of_any_depth_keeps_its_words() -> None:
    text = f"Before.\n\n{'<div><p><b>' * 3000}Deep<script>never</script>{'</b></p></div>' * 3000}\n\nAfter.\n"
    assert " ".join(words(nodes(text))).split() == ["Before.", "Deep", "After."]
    made = json.dumps(tree(text, title="Title", points=14)[0])
    assert [word for word in ("Before.", "Deep", "After.", "never") if f'"{word}"' in made] == [
        "Before.",
        "Deep",
        "After.",
    ]
