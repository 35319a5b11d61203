"""Editable papers: read back by pandoc, the same bytes each time, and text that wants to be more than text."""

from __future__ import annotations

import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest

from evidence.office import blocks, to_office
from office_files import KINDS, PAPER, SIZES, found, made, odf, parts, read_back, w, words, xml

# What pandoc reads back


@pytest.mark.parametrize("kind", KINDS)
def test_headings_are_headings_and_the_title_is_the_first(kind: str) -> None:
    headings = [(level, words(inlines).strip()) for level, _, inlines in found(read_back(kind), "Header")]
    assert headings == [
        (1, "Questions for our meeting"),
        (2, "Your experiences"),
        (2, "Next steps"),
        (3, "Things to bring"),
        (3, "Stop"),
        (2, "About this paper"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_without_a_title_gets_it_as_a_heading(kind: str) -> None:
    back = read_back(kind, 14, "Only words.")
    assert [(level, words(text)) for level, _, text in found(back, "Header")] == [(1, "Questions & answers")]


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_questions_go_on_over_groups(kind: str) -> None:
    lists = [(attributes[0], len(items)) for attributes, items in found(read_back(kind), "OrderedList")]
    assert [start + at for start, items in lists for at in range(items)] == [1, 2, 3, 4]
    assert [len(items) for items in found(read_back(kind), "BulletList")] == [2]


@pytest.mark.parametrize("kind", KINDS)
def test_links_lead_to_the_web_or_into_the_paper(kind: str) -> None:
    targets = [(words(inlines), target[0]) for _, inlines, target in found(read_back(kind), "Link")]
    (_, inside) = targets.pop(1)
    assert targets == [
        ("the guide", "https://example.org/guide?a=1&b=2"),
        ("write", "mailto:ann@example.org"),
        ("More", "https://example.org/more"),
    ]
    if kind == "docx":
        document = xml(kind, "word/document.xml")
        places = [mark.get(w("name")) for mark in document.iter(w("bookmarkStart"))]
        leads = [link.get(w("anchor")) for link in document.iter(w("hyperlink")) if link.get(w("anchor"))]
    else:
        content = xml(kind, "content.xml")
        places = [mark.get(odf("text:name")) for mark in content.iter(odf("text:bookmark-start"))]
        leads = [(link.get(odf("xlink:href")) or "").removeprefix("#") for link in content.iter(odf("text:a"))][1:2]
    assert inside.startswith("#") and leads == ["bring"] and "bring" in places


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_has_its_header_row_and_caption(kind: str) -> None:
    (table,) = found(read_back(kind), "Table")
    assert words(table[3]) == "PlaceLawGuidance"
    assert words(table[4]) == "NorthAnActMoreSouthNoneSome".replace("AnAct", "An Act")
    everything = words(read_back(kind))
    assert "What each place does" in everything
    assert "Table:" not in everything


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("points", SIZES)
def test_a_table_too_wide_for_its_words_becomes_rows_below_each_other(kind: str, points: int) -> None:
    assert "First" + "".join(
        f"{name}: {value}"
        for name, value in (
            ("Responsibilities", "Alpha"),
            ("Representatives", "Beta"),
            ("Recommendations", "Gamma"),
            ("Administrations", "Delta"),
            ("Neighbourhoods", "Epsilon"),
        )
    ) in words(read_back(kind, points))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_is_only_for_the_website_is_read(kind: str) -> None:
    everything = words(read_back(kind))
    assert not re.search(r"nobody reads|data-|[{}<>]|!!!|note-lines", everything)
    assert "a page" in everything and "page.md" not in str(read_back(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_no_italics(kind: str) -> None:
    slanted = {words(text) for text in found(read_back(kind), "Emph")}
    assert not slanted & {"stressed", "A title"}  # pandoc reads the underlined words of links in ODT as stressed
    assert {"stressed", "2018"} <= {words(text) for text in found(read_back(kind), "Strong")}


def test_pictures_have_their_alternative() -> None:
    assert [words(alt) for _, alt, _ in found(read_back("docx"), "Image")] == [
        "Sign in red that means: Stop",
        "A plain square",
    ]
    titles = [title.text for title in xml("odt", "content.xml").iter(odf("svg:title"))]
    assert titles == ["Sign in red that means: Stop", "A plain square"]
    for kind in KINDS:
        pictures = [data for name, data in parts(kind).items() if name.endswith(".png")]
        assert pictures and all(data.startswith(b"\x89PNG") and data.endswith(b"IEND\xaeB`\x82") for data in pictures)
        assert "Colour: red." in words(read_back(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_that_cannot_be_set_stands_in_its_words_beside_those_that_can(kind: str) -> None:
    drawing = '<svg viewBox="0 0 9 9" role="img"{}><title>{}</title><path d="M1 1h7v7z"/></svg>\n\n'
    text = "# A title\n\n" + drawing.format("", "A corner") + drawing.format(' width="0"', "No width")
    assert len([name for name in parts(kind, text=text) if name.endswith(".png")]) == 1
    assert "No width" in words(read_back(kind, text=text))


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_that_stands_in_several_places_is_in_the_file_once(kind: str) -> None:
    drawing = '<svg viewBox="0 0 9 9" role="img"><title>{}</title><path d="{}"/></svg>\n\n'
    text = "# A title\n\n" + "".join(drawing.format("A sign", d) for d in ("M1 1h7v7z", "M1 1h7v7z", "M1 1v7h7z"))
    inside = parts(kind, text=text)
    pictures = {name: part for name, part in inside.items() if name.endswith(".png")}
    assert len(pictures) == 2 == len(set(pictures.values()))
    part, named = ("content.xml", "Pictures/") if kind == "odt" else ("word/_rels/document.xml.rels", "media/")
    shown = re.findall(rf'(?:href|Target)="({named}[^"]*)"', inside[part].decode())
    assert {name.removeprefix("word/") for name in pictures} == set(shown)
    listed = inside["META-INF/manifest.xml" if kind == "odt" else "[Content_Types].xml"].decode()
    assert sorted(re.findall(r'"/?([^"]*[.]png)"', listed)) == sorted(pictures)


# The same bytes


@pytest.mark.parametrize("kind", KINDS)
def test_two_runs_give_the_same_bytes(kind: str) -> None:
    first = made(kind)
    made.cache_clear()
    assert made(kind) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        if kind == "odt":
            entry = archive.infolist()[0]
            assert (entry.filename, entry.compress_type) == ("mimetype", zipfile.ZIP_STORED)


# Text that wants to be more than text

HOSTILE = (
    "`<w:p/>`{=openxml}",
    "$x^2$ and \\\\(y\\\\) and $$\\\\input{/etc/passwd}$$",
    "@someone and [@key, p. 3] and [-@key]",
    "[text]{.class} and [text]{custom-style=Title}",
    "^[an inline note] and x^2^ and H~2~O and ~~gone~~",
    "\\\\newcommand{\\\\x}{y} \\\\x",
    "\"double\" and 'single' -- and ... and ---",
    "{=html} ::: box ::: and (@) example and #. list",
    "@@PLACE@@ %TITLE% ${title} $title$ {{ title }}",
    "שלום עולם (a) مرحبا",
    "W" * 300,
    "\u202eright to left\u202c",
)


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_is_taken_for_pandoc_markup(kind: str) -> None:
    lines = '\n\n    <div class="note-lines" data-lines="1"></div>\n'
    paper = "".join(f"Before {text} after.\n\n- {text}\n\n1. {text}{lines}\n\n" for text in HOSTILE)
    back = read_back(kind, 14, f"# Title\n\n{paper}")
    everything = words(back)
    for text in HOSTILE:
        # Python-Markdown takes an attribute list behind code for just that, here as on the website.
        shown = text.replace("`", "").replace("\\\\", "\\").removesuffix("{=openxml}")
        assert everything.count(shown) == 3, text
    for element in ("Math", "RawInline", "RawBlock", "Cite", "Note", "Superscript", "Subscript", "Strikeout", "Image"):
        assert not list(found(back, element))


BLOCKS = (
    "```{=openxml}\n<w:p><w:r><w:t>raw</w:t></w:r></w:p>\n```",
    "---\ntitle: Other\n---",
    "% Other title\n% Author",
    '::: {custom-style="Title"}\nWords\n:::',
    "\\newpage",
    "<script>alert(1)</script>",
    '<iframe src="https://example.org"><p>framed</p></iframe>',
    "<template><p>framed</p></template>",
    "![alt words](/etc/passwd)",
    "![alt words](https://example.org/x.png)",
    '<img src="data:image/png;base64,AAAA" alt="alt words">',
    '<svg viewBox="0 0 1 1"><image href="/etc/passwd"/></svg>',
    '<svg viewBox="0 0 1 1"><script>alert(1)</script></svg>',
    '<svg viewBox="0 0 0 nan"><path d="M0 0"/></svg>',
    '<svg viewBox="0 0 1e9 1e9"><path d="M0 0"/></svg>',
    "[TOC]",
    "</div></p></body></html>",
    '<div class="note-lines" data-lines="999999999"></div>',
    '<div class="note-lines" data-lines="²"></div>',
    '<div class="card card-" markdown="1">\n\n## Card\n\n</div>',
    '<ol start="x"><li>One</li></ol>',
    '<ol start="99999999999999999999"><li>One</li></ol>',
    "<table><tr></tr></table>",
    "<table><tr><td>One</td><td>Two</td></tr><tr><td>Three</td></tr></table>",
    '<a href="javascript:alert(1)">click</a> <a href="file:///etc/passwd">file</a> <a href="//example.org">net</a> <a href="http://[">odd</a>',
    "Controls: \x00\x01\x0b\x1f\ufffe.",
    '<x:y z:a="b">prefixed</x:y> <1> <a b=c d> <é>',
)


def test_a_picture_that_a_page_names_is_on_paper_in_its_words() -> None:
    """No format of papers holds it, and nothing is dropped in silence."""
    made = blocks.tree("# Title\n\nSee ![A panel](assets/pic.png) here.\n", title="Title", points=14)[0]
    assert words(made) == "TitleSee [Picture: A panel] here."


@pytest.mark.parametrize("block", BLOCKS)
def test_no_block_runs_loads_or_breaks_anything(block: str) -> None:
    made = blocks.tree(f"# Title\n\nBefore.\n\n{block}\n\nAfter.\n", title="Title", points=14)[0]
    everything = words(made)
    assert everything.startswith("TitleBefore.")
    assert "After." in everything
    assert not re.search("alert|framed", everything)
    assert all(target.startswith(("http://", "https://", "#")) for _, _, (target, _) in found(made, "Link"))
    assert len(list(found(made, "Para"))) <= 45
    if "passwd" in block or "alt words" in block:
        assert not list(found(made, "Image"))


@pytest.mark.parametrize("kind", KINDS)
def test_an_office_file_of_all_those_blocks_is_whole(kind: str) -> None:
    text = "# Title\n\n" + "\n\n".join(["Before.", *BLOCKS, "After."])
    everything = "".join(xml(kind, "word/document.xml" if kind == "docx" else "content.xml", 14, text).itertext())
    assert "Before." in everything and "After." in everything and "Controls: ." in everything
    assert not re.search("alert|framed|root:", everything)
    assert b">Questions &amp; answers<" in parts(kind, 14, text)["docProps/core.xml" if kind == "docx" else "meta.xml"]


@pytest.mark.parametrize("title", ['<b> & "quotes"', "a\x00b\nc", "{title} $x$ \\d \\1", "שלום"])
@pytest.mark.parametrize("kind", KINDS)
def test_any_title_stands_in_the_foot_and_the_properties(kind: str, title: str) -> None:
    with zipfile.ZipFile(
        io.BytesIO(to_office("Words.", title=title, language="en-GB", points=14, date="2026-11-22", kind=kind))
    ) as archive:
        foot, core = ("word/footer1.xml", "docProps/core.xml") if kind == "docx" else ("styles.xml", "meta.xml")
        shown = " ".join(title.replace("\x00", " ").split())
        for part in (foot, core):
            assert shown in "".join(ElementTree.fromstring(archive.read(part)).itertext())


def test_no_raw_element_ever_reaches_pandoc() -> None:
    made = blocks.tree("\n\n".join([PAPER, *HOSTILE, *BLOCKS]), title="Title", points=14)[0]
    kinds = set(re.findall(r'"t": "(\w+)"', json.dumps(made)))
    assert not {kind for kind in kinds if kind.startswith("Raw") or kind in ("Math", "Cite", "Note")}


@pytest.mark.parametrize("kind", KINDS)
def test_the_author_is_who_publishes_it_or_nobody(kind: str) -> None:
    core = "docProps/core.xml" if kind == "docx" else "meta.xml"
    for author in ("", "A & B"):
        about = {"title": "Sheet", "language": "en-GB", "date": "2026-11-22", "author": author}
        with zipfile.ZipFile(io.BytesIO(to_office("Words.", points=14, kind=kind, **about))) as archive:
            found = [e.text for e in ElementTree.fromstring(archive.read(core)).iter() if e.tag.endswith("creator")]
        assert found and {*found} == {author or None}
