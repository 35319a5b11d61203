"""Editable papers as office programs read them: their XML, by style, part and property."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from evidence.office import docx
from evidence.office.looks import looks
from office_files import KINDS, SIZES, docx_style_of, docx_styles, odf, odt_style_of, odt_styles, parts, w, xml


@pytest.mark.parametrize("kind", KINDS)
def test_the_title_language_and_date_are_those_of_the_paper(kind: str) -> None:
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
    assert not re.search(r"Theme=|<w:i />|<w:color|<w:shd", styles)
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
    assert targets[reference.get(f"{{{docx.R}}}id")] == "footer1.xml"
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


ARCHIVE = [look.name for look in looks(14) if look.keep_next]


@pytest.mark.parametrize("name", ARCHIVE)
def test_headings_questions_and_captions_keep_to_what_follows(name: str) -> None:
    assert docx_styles(14)[name.lower()].find(f"{w('pPr')}/{w('keepNext')}") is not None
    own = "TableCaption" if name == "Table Caption" else name.replace(" ", "_20_")
    properties = odt_styles(14)[own].find(odf("style:paragraph-properties"))
    assert properties is not None and properties.get(odf("fo:keep-with-next")) == "always"


def test_notes_and_cards_are_boxes_each_of_its_own() -> None:
    body = [docx_style_of(paragraph) for paragraph in xml("docx", "word/document.xml").iter(w("p"))]
    start = body.index("Boxtitle")
    assert [style.lower() for style in body[start : start + 4]] == ["boxtitle", "lastboxtext"] * 2
    insets = [
        p.find(f"{w('pPr')}/{w('ind')}") for p in list(xml("docx", "word/document.xml").iter(w("p")))[start : start + 4]
    ]
    # Word draws two boxes as one where both are set in alike, LibreOffice where the first says that it joins the next.
    assert [None if inset is None else inset.get(w("left")) for inset in insets] == [None, None, "201", "201"]
    last = odt_styles(14)["Last_20_box_20_text"].find(odf("style:paragraph-properties"))
    assert last is not None and last.get(odf("style:join-border")) == "false"
    for look in looks(14):
        if look.box:
            assert docx_styles(14)[look.name.lower()].find(f"{w('pPr')}/{w('pBdr')}/{w('left')}") is not None
            properties = odt_styles(14)[look.name.replace(" ", "_20_")].find(odf("style:paragraph-properties"))
            assert properties is not None and properties.get(odf("fo:border"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_style_that_a_paper_uses_is_there(kind: str) -> None:
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


def test_bullets_are_of_a_typeface_that_every_machine_has() -> None:
    levels = [
        level for level in xml("docx", "word/numbering.xml").iter(w("lvl")) if level.find(w("numFmt")) is not None
    ]
    bullets = [level for level in levels if next(level.iter(w("numFmt"))).get(w("val")) == "bullet"]
    assert {next(level.iter(w("lvlText"))).get(w("val")) for level in bullets} == {"•"}
    assert not [level for level in bullets if level.find(w("rPr")) is not None]


def test_a_card_ends_where_the_next_begins() -> None:
    card = '<div class="card card-red" markdown="1">\n\n### {}\n\nWords.\n\n</div>\n\n'
    text = "# Cards\n\n" + "".join(card.format(word) for word in ("Stop", "Go", "Wait"))
    boxed = [p for p in xml("docx", "word/document.xml", 14, text).iter(w("p")) if docx_style_of(p) != "Heading1"]
    insets = [p.find(f"{w('pPr')}/{w('ind')}") is not None for p in boxed]
    assert [docx_style_of(p) for p in boxed] == ["Cardheading3", "Boxtext", "Lastboxtext"] * 3
    assert insets == [False] * 3 + [True] * 3 + [False] * 3


def test_a_file_has_each_style_that_it_names() -> None:
    named = {
        name.get(w("val"))
        for kind in ("pStyle", "rStyle", "tblStyle")
        for name in xml("docx", "word/document.xml").iter(w(kind))
    }
    assert len(named) > 10 and named <= {
        style.get(w("styleId")) for style in xml("docx", "word/styles.xml").iter(w("style"))
    }
    content, styles = xml("odt", "content.xml"), xml("odt", "styles.xml")
    told = {element.get(odf("text:style-name")) for element in content.iter()} - {None}
    there = {style.get(odf("style:name")) for part in (content, styles) for style in part.iter()}
    assert len(told) > 10 and told <= there
