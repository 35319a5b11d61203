"""Editable papers: read back by pandoc, and their XML as office programs read it."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from evidence import office_blocks, office_docx, office_odt
from evidence.office import Kind, _program, office
from evidence.office_looks import looks

KINDS: tuple[Kind, ...] = ("docx", "odt")
SIZES = (14, 18)
SQUARE = '<svg viewBox="0 0 10 10" {}><path d="M1 1h8v8h-8z" fill="#c00"/></svg>'
PAPER = f"""\
# Questions for our meeting

Read [the guide](https://example.org/guide?a=1&b=2), [a page](../page.md), [the list](#bring) or [write](mailto:ann@example.org).

<!-- nobody reads this -->

## Your experiences {{ #experiences data-themes="money" }}

1. What helps?
   {{ #q-helps .question data-number="1" }}

    <div class="note-lines" data-lines="4"></div>

2. What hinders?
   {{ #q-hinders }}

    <div class="note-lines" data-lines="2"></div>

## Next steps {{ #next .new-page }}

3. Who should come?

    <div class="note-lines" data-lines="1"></div>

4. When?

### Things to bring {{ #bring }}

- A pen
- Papers

Place, and how to get there:

<div class="note-lines" data-lines="2"></div>

!!! note "Editor's note: the year"
    The source says 2019.

!!! note "Another note"
    The report says **2018**.

Table: What each place does

| Place | Law | Guidance |
| --- | --- | --- |
| North | An Act | [More](https://example.org/more) |
| South | None | Some |

Table: A wide one

| Row | Responsibilities | Representatives | Recommendations | Administrations | Neighbourhoods |
| --- | --- | --- | --- | --- | --- |
| First | Alpha | Beta | Gamma | Delta | Epsilon |

<div class="card card-red" markdown="1">

{SQUARE.format('aria-hidden="true"')}

### Stop

Please stop for a moment.

</div>

{SQUARE.format('role="img" aria-label="A plain square"')}

## About this paper {{ #about }}

<cite>A title</cite>, *stressed*.
"""


@cache
def made(kind: Kind, points: int = 14, text: str = PAPER) -> bytes:
    return office(text, title="Questions & answers", language="en-GB", points=points, date="2026-11-22", kind=kind)


@cache
def parts(kind: Kind, points: int = 14, text: str = PAPER) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made(kind, points, text))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def xml(kind: Kind, part: str, points: int = 14, text: str = PAPER) -> Element:
    return ElementTree.fromstring(parts(kind, points, text)[part])


@cache
def read_back(kind: Kind, points: int = 14, text: str = PAPER) -> Any:
    command = [str(_program()), "--from", f"{kind}+styles" if kind == "docx" else kind, "--to", "json"]
    return json.loads(subprocess.run(command, input=made(kind, points, text), capture_output=True, check=True).stdout)


def found(node: Any, kind: str) -> Iterator[Any]:
    """Every element of this kind in pandoc's tree."""
    if isinstance(node, dict):
        if node.get("t") == kind:
            yield node["c"]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from found(child, kind)


def words(node: Any) -> str:
    """The words of a part of pandoc's tree."""
    if isinstance(node, dict):
        if node.get("t") == "Str":
            return str(node["c"])
        if node.get("t") in ("Space", "SoftBreak", "LineBreak"):
            return " "
        return words(node.get("c", node.get("blocks", "")))
    return "".join(words(child) for child in node) if isinstance(node, list) else ""


def w(name: str) -> str:
    return f"{{{office_docx.W}}}{name}"


def odf(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{office_odt.NAMESPACES[prefix]}}}{local}"


def docx_styles(points: int) -> dict[str, Element]:
    styles = xml("docx", "word/styles.xml", points).iter(w("style"))
    return {str(name.get(w("val"))).lower(): style for style in styles for name in style.findall(w("name"))}


def odt_styles(points: int) -> dict[str, Element]:
    return {
        str(style.get(odf("style:name"))): style for style in xml("odt", "styles.xml", points).iter(odf("style:style"))
    }


def odt_style_of(paragraph: Element) -> str:
    return (paragraph.get(odf("text:style-name")) or "").replace("_20_", " ")


def docx_style_of(paragraph: Element) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else str(style.get(w("val")))


# What pandoc reads back


@pytest.mark.parametrize("kind", KINDS)
def test_headings_are_headings_and_the_title_is_the_first(kind: Kind) -> None:
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
def test_a_paper_without_a_title_gets_it_as_a_heading(kind: Kind) -> None:
    back = read_back(kind, 14, "Only words.")
    assert [(level, words(text)) for level, _, text in found(back, "Header")] == [(1, "Questions & answers")]


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_questions_go_on_over_groups(kind: Kind) -> None:
    lists = [(attributes[0], len(items)) for attributes, items in found(read_back(kind), "OrderedList")]
    assert lists == [(1, 2), (3, 2)]
    assert [len(items) for items in found(read_back(kind), "BulletList")] == [2]


@pytest.mark.parametrize("kind", KINDS)
def test_links_lead_to_the_web_or_into_the_paper(kind: Kind) -> None:
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
def test_a_table_has_its_header_row_and_caption(kind: Kind) -> None:
    (table,) = found(read_back(kind), "Table")
    assert words(table[3]) == "PlaceLawGuidance"
    assert words(table[4]) == "NorthAnActMoreSouthNoneSome".replace("AnAct", "An Act")
    everything = words(read_back(kind))
    assert "What each place does" in everything
    assert "Table:" not in everything


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("points", SIZES)
def test_a_table_too_wide_for_its_words_becomes_rows_below_each_other(kind: Kind, points: int) -> None:
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
def test_nothing_that_is_only_for_the_website_is_read(kind: Kind) -> None:
    everything = words(read_back(kind))
    assert not re.search(r"nobody reads|data-|[{}<>]|!!!|note-lines", everything)
    assert "a page" in everything and "page.md" not in str(read_back(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_no_italics(kind: Kind) -> None:
    slanted = {words(text) for text in found(read_back(kind), "Emph")}
    assert not slanted & {"stressed", "A title"}  # pandoc reads the underlined words of links in ODT as stressed
    assert {"stressed", "2018"} <= {words(text) for text in found(read_back(kind), "Strong")}


def test_pictures_have_their_alternative() -> None:
    assert [words(alt) for _, alt, _ in found(read_back("docx"), "Image")] == ["Drawing in red", "A plain square"]
    titles = [title.text for title in xml("odt", "content.xml").iter(odf("svg:title"))]
    assert titles == ["Drawing in red", "A plain square"]
    for kind in KINDS:
        pictures = [data for name, data in parts(kind).items() if name.endswith(".png")]
        assert pictures and all(data.startswith(b"\x89PNG") for data in pictures)
        assert "Colour: red." in words(read_back(kind))


# What office programs read


@pytest.mark.parametrize("kind", KINDS)
def test_the_title_language_and_date_are_those_of_the_paper(kind: Kind) -> None:
    core = parts(kind)["docProps/core.xml" if kind == "docx" else "meta.xml"].decode()
    assert ">Questions &amp; answers</dc:title>" in core
    assert ">en-GB</dc:language>" in core
    assert set(re.findall(r">(\d{4}-\d\d-\d\d)T", core)) == {"2026-11-22"}
    if kind == "docx":
        (lang,) = xml(kind, "word/styles.xml").iter(w("lang"))
        assert lang.get(w("val")) == "en-GB"
    else:
        texts = [
            style.find(odf("style:text-properties"))
            for style in xml(kind, "styles.xml").iter(odf("style:default-style"))
        ]
        spoken = [(text.get(odf("fo:language")), text.get(odf("fo:country"))) for text in texts if text is not None]
        assert spoken and set(spoken) == {("en", "GB")}


@pytest.mark.parametrize("points", SIZES)
def test_all_words_are_as_large_as_the_body_or_larger(points: int) -> None:
    styles = xml("docx", "word/styles.xml", points)
    sizes = [int(size.get(w("val"), "0")) for name in ("sz", "szCs") for size in styles.iter(w(name))]
    assert min(sizes) == points * 2
    document = parts("docx", points)
    assert not re.search(rb"<w:sz\b", document["word/document.xml"] + document["word/footer1.xml"])
    for part in ("styles.xml", "content.xml"):
        for element in xml("odt", part, points).iter(odf("style:text-properties")):
            size = element.get(odf("fo:font-size")) or ""
            assert not size or float(size.removesuffix("pt")) >= points
    standard = next(
        style.find(odf("style:text-properties"))
        for style in xml("odt", "styles.xml", points).iter(odf("style:default-style"))
        if style.get(odf("style:family")) == "paragraph"
    )
    assert standard is not None and standard.get(odf("fo:font-size")) == f"{points}pt"


def test_one_sans_serif_typeface_black_and_upright() -> None:
    styles = parts("docx")["word/styles.xml"].decode()
    assert set(re.findall(r'w:(?:ascii|hAnsi|cs)="([^"]*)"', styles)) == {"Arial"}
    shown = styles.partition('w:styleId="SourceCode"')[
        0
    ]  # what pandoc adds for program text comes last, and is not used
    assert not re.search(r"Theme=|<w:i />|<w:color|<w:shd", shown)
    odt = parts("odt")["styles.xml"].decode()
    assert set(re.findall(r'style:font-name[a-z-]*="([^"]*)"', odt.partition("<office:styles>")[2])) <= {
        "Arial",
        "StarSymbol",
    }
    assert not re.search(r'fo:font-style="italic"| fo:color="(?!#000000)', odt)


def test_left_aligned_without_hyphens_and_with_wide_lines() -> None:
    defaults = xml("docx", "word/styles.xml").find(w("docDefaults"))
    assert defaults is not None
    (spacing,), (side,) = defaults.iter(w("spacing")), defaults.iter(w("jc"))
    assert int(spacing.get(w("line"), "0")) / 240 * 1.15 >= 1.4  # a line of Arial is 1.15 ems high
    assert side.get(w("val")) == "left"
    (hyphens,) = xml("docx", "word/settings.xml").iter(w("autoHyphenation"))
    assert hyphens.get(w("val")) == "false"
    standard = odt_styles(14)["Standard"].find(odf("style:paragraph-properties"))
    assert standard is not None
    assert standard.get(odf("fo:text-align")) == "start"
    assert int((standard.get(odf("fo:line-height")) or "").rstrip("%")) * 1.15 >= 140
    assert b'fo:hyphenate="true"' not in parts("odt")["styles.xml"]
    for kind in KINDS:
        assert not re.search(
            rb'(jc w:val|text-align)="(center|justify|both|right|end)"', b"".join(parts(kind).values())
        )


def test_a4_with_margins_of_20_millimetres() -> None:
    document = xml("docx", "word/document.xml")
    (size,), (margins,) = document.iter(w("pgSz")), document.iter(w("pgMar"))
    assert [size.get(w(side)) for side in ("w", "h")] == ["11906", "16838"]
    assert {margins.get(w(side)) for side in ("top", "right", "bottom", "left")} == {"1134"}
    for layout in xml("odt", "styles.xml").iter(odf("style:page-layout-properties")):
        assert (layout.get(odf("fo:page-width")), layout.get(odf("fo:page-height"))) == ("210mm", "297mm")
        assert {layout.get(odf(f"fo:margin-{side}")) for side in ("top", "left", "right")} == {"20mm"}


def test_the_foot_counts_pages_and_names_the_paper() -> None:
    footer = xml("docx", "word/footer1.xml")
    assert [(field.get(w("instr")) or "").strip() for field in footer.iter(w("fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert "".join(footer.itertext()) == "1 of 1Questions & answers"
    (reference,) = xml("docx", "word/document.xml").iter(w("footerReference"))
    relations = ElementTree.fromstring(parts("docx")["word/_rels/document.xml.rels"])
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    assert targets[reference.get(f"{{{office_docx.R}}}id")] == "footer1.xml"
    (foot,) = xml("odt", "styles.xml").iter(odf("style:footer"))
    assert "".join(foot.itertext()) == "1 of 1Questions & answers"
    assert [len(list(foot.iter(odf(f"text:{name}")))) for name in ("page-number", "page-count", "title")] == [1, 1, 1]


def test_the_first_row_of_a_table_is_repeated_and_no_row_is_split() -> None:
    (table,) = xml("docx", "word/document.xml").iter(w("tbl"))
    rows = list(table.iter(w("tr")))
    assert [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)
    (caption,) = table.iter(w("tblCaption"))
    assert caption.get(w("val")) == "What each place does"
    (head,) = xml("odt", "content.xml").iter(odf("table:table-header-rows"))
    assert "".join("".join(head.itertext()).split()) == "PlaceLawGuidance"
    assert b'<style:table-row-properties fo:keep-together="always"' in parts("odt")["styles.xml"]


KEPT = [look.name for look in looks(14) if look.keep_next]


@pytest.mark.parametrize("name", KEPT)
def test_headings_questions_and_captions_keep_to_what_follows(name: str) -> None:
    assert docx_styles(14)[name.lower()].find(f"{w('pPr')}/{w('keepNext')}") is not None
    own = "TableCaption" if name == "Table Caption" else name.replace(" ", "_20_")
    properties = odt_styles(14)[own].find(odf("style:paragraph-properties"))
    assert properties is not None and properties.get(odf("fo:keep-with-next")) == "always"


def test_room_to_write_is_lines_that_stay_with_their_question() -> None:
    body = [docx_style_of(paragraph) for paragraph in xml("docx", "word/document.xml").iter(w("p"))]
    start = body.index("Question")
    assert body[start : start + 8] == [
        "Question",
        *["Noteline"] * 3,
        "Lastnoteline",
        "Question",
        "Noteline",
        "Lastnoteline",
    ]
    assert body[body.index("Prompt") :][:3] == ["Prompt", "Noteline", "Lastnoteline"]
    body = [odt_style_of(paragraph) for paragraph in xml("odt", "content.xml").iter(odf("text:p"))]
    start = body.index("Question")
    assert body[start : start + 5] == ["Question", *["Note line"] * 3, "Last note line"]
    for paragraph in xml("docx", "word/document.xml").iter(w("p")):
        if docx_style_of(paragraph).lower().endswith("noteline"):
            assert not "".join(paragraph.itertext()).strip()
            assert paragraph.find(f".//{w('numPr')}") is None  # a screen reader would call it an item of a list
    for name in ("note line", "last note line"):
        borders = docx_styles(14)[name].find(f"{w('pPr')}/{w('pBdr')}")
        assert borders is not None and [border.tag for border in borders] == [w("bottom"), w("between")]
        properties = odt_styles(14)[name.capitalize().replace(" ", "_20_")].find(odf("style:paragraph-properties"))
        assert properties is not None and (properties.get(odf("fo:border-bottom")) or "").endswith("solid #000000")
        assert properties.get(odf("style:join-border")) == "false"


def test_notes_and_cards_are_boxes_each_of_its_own() -> None:
    body = [docx_style_of(paragraph) for paragraph in xml("docx", "word/document.xml").iter(w("p"))]
    start = body.index("Boxtitle")
    assert [style.lower() for style in body[start : start + 5]] == [
        "boxtitle",
        "lastboxtext",
        "gap",
        "boxtitle",
        "lastboxtext",
    ]
    for look in looks(14):
        if look.box:
            assert docx_styles(14)[look.name.lower()].find(f"{w('pPr')}/{w('pBdr')}/{w('left')}") is not None
            properties = odt_styles(14)[look.name.replace(" ", "_20_")].find(odf("style:paragraph-properties"))
            assert properties is not None and properties.get(odf("fo:border"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_style_that_a_paper_uses_is_there(kind: Kind) -> None:
    if kind == "docx":
        known = {style.get(w("styleId")) for style in xml(kind, "word/styles.xml").iter(w("style"))}
        used = {
            style.get(w("val"))
            for name in ("pStyle", "rStyle", "tblStyle")
            for style in xml(kind, "word/document.xml").iter(w(name))
        }
    else:
        content = xml(kind, "content.xml")
        known = set(odt_styles(14)) | {style.get(odf("style:name")) for style in content.iter(odf("style:style"))}
        used = {
            element.get(odf("text:style-name"))
            for name in ("text:p", "text:h", "text:span")
            for element in content.iter(odf(name))
        }
    assert used - known - {None} == set()


def test_a_part_can_begin_a_page() -> None:
    assert docx_styles(14)["new page heading 2"].find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None
    heading = next(h for h in xml("odt", "content.xml").iter(odf("text:h")) if "Next" in "".join(h.itertext()))
    assert odt_style_of(heading) == "New page heading 2"
    # The title alone does not fill a page.
    text = "# Papers\n\n## First { #first .new-page }\n\nWords.\n\n## Second { #second .new-page }\n\nWords.\n"
    styles = [docx_style_of(paragraph) for paragraph in xml("docx", "word/document.xml", 14, text).iter(w("p"))]
    assert [style.lower() for style in styles if style.lower().endswith("2")] == ["heading2", "newpageheading2"]


# The same bytes


@pytest.mark.parametrize("kind", KINDS)
def test_two_runs_give_the_same_bytes(kind: Kind) -> None:
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
def test_no_text_is_taken_for_pandoc_markup(kind: Kind) -> None:
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


@pytest.mark.parametrize("block", BLOCKS)
def test_no_block_runs_loads_or_breaks_anything(block: str) -> None:
    made = office_blocks.tree(f"# Title\n\nBefore.\n\n{block}\n\nAfter.\n", title="Title", points=14).blocks
    everything = words(made)
    assert everything.startswith("TitleBefore.")
    assert "After." in everything
    assert not re.search("alert|framed", everything)
    assert all(target.startswith(("http://", "https://", "#")) for _, _, (target, _) in found(made, "Link"))
    assert len(list(found(made, "Para"))) <= 45
    if "passwd" in block or "alt words" in block:
        assert not list(found(made, "Image"))


@pytest.mark.parametrize("kind", KINDS)
def test_an_office_file_of_all_those_blocks_is_whole(kind: Kind) -> None:
    text = "# Title\n\n" + "\n\n".join(["Before.", *BLOCKS, "After."])
    everything = "".join(xml(kind, "word/document.xml" if kind == "docx" else "content.xml", 14, text).itertext())
    assert "Before." in everything and "After." in everything and "Controls: ." in everything
    assert not re.search("alert|framed|root:", everything)
    assert b">Questions &amp; answers<" in parts(kind, 14, text)["docProps/core.xml" if kind == "docx" else "meta.xml"]


@pytest.mark.parametrize("title", ['<b> & "quotes"', "a\x00b\nc", "{title} $x$ \\d \\1", "שלום"])
@pytest.mark.parametrize("kind", KINDS)
def test_any_title_stands_in_the_foot_and_the_properties(kind: Kind, title: str) -> None:
    with zipfile.ZipFile(
        io.BytesIO(office("Words.", title=title, language="en-GB", points=14, date="2026-11-22", kind=kind))
    ) as archive:
        foot, core = ("word/footer1.xml", "docProps/core.xml") if kind == "docx" else ("styles.xml", "meta.xml")
        shown = " ".join(title.replace("\x00", " ").split())
        for part in (foot, core):
            assert shown in "".join(ElementTree.fromstring(archive.read(part)).itertext())


def test_no_raw_element_ever_reaches_pandoc() -> None:
    made = office_blocks.tree("\n\n".join([PAPER, *HOSTILE, *BLOCKS]), title="Title", points=14)
    kinds = set(re.findall(r'"t": "(\w+)"', json.dumps(made.blocks)))
    assert not {kind for kind in kinds if kind.startswith("Raw") or kind in ("Math", "Cite", "Note")}
