"""Room to write in office files: each is one field that says what it asks, and none is an empty paragraph."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from evidence.office.rooms import HERE, Room
from evidence.papers.formats import PAPER_FORMATS
from evidence.papers.paper import Paper
from office_files import KINDS, docx_style_of, docx_styles, odf, odt_style_of, odt_styles, read_back, w, words, xml
from paper_files import REAL

# What the paper of office_files asks, and how many lines there are for it.
ASKED = [("What helps?", 4), ("What hinders?", 2), ("Who should come?", 1), ("Place, and how to get there", 2)]
EDITABLE = [pytest.param(paper, id=paper.pack.id) for paper in REAL.papers.all if paper.pack.editable]
FORMS = {"participant-sheet", "feedback-sheet", "before-our-meeting"}


def controls(document: Element) -> list[tuple[str, str, int]]:
    """The title of each content control of a DOCX, its words, and how many lines it rules."""
    return [
        (
            str(next(control.iter(w("alias"))).get(w("val"))),
            "".join(control.itertext()),
            len(list(paragraph.iter(w("tab")))),
        )
        for paragraph in document.iter(w("p"))
        for control in paragraph.findall(w("sdt"))
    ]


def placeholders(content: Element) -> list[tuple[str, str, int]]:
    """The same of an ODT, for its placeholders."""
    return [
        (str(field.get(odf("text:description"))), str(field.text), len(list(paragraph.iter(odf("text:tab")))))
        for paragraph in content.iter(odf("text:p"))
        for field in paragraph.iter(odf("text:placeholder"))
    ]


def blank(kind: str, document: Element) -> list[Element]:
    """The paragraphs with neither a word nor a picture, but for those in cells of tables."""
    names = (
        (w("p"), w("tc"), w("drawing"))
        if kind == "docx"
        else tuple(map(odf, ("text:p", "table:table-cell", "draw:frame")))
    )
    in_cells = {p for cell in document.iter(names[1]) for p in cell.iter(names[0])}
    return [
        p
        for p in document.iter(names[0])
        if p not in in_cells and not "".join(p.itertext()).strip() and p.find(f".//{names[2]}") is None
    ]


def test_each_room_in_docx_is_a_content_control_for_plain_text_with_a_name() -> None:
    document = xml("docx", "word/document.xml")
    assert controls(document) == [(asked, HERE, lines) for asked, lines in ASKED]
    for number, control in enumerate(document.iter(w("sdt")), 1):
        (properties,) = control.findall(w("sdtPr"))
        assert [child.tag for child in properties] == [
            w(name) for name in ("alias", "tag", "id", "showingPlcHdr", "text")
        ]
        assert properties[1].get(w("val")) == f"room-{number}"
        assert properties[4].get(w("multiLine")) == "1"
    paragraphs = [p for p in document.iter(w("p")) if p.find(w("sdt")) is not None]
    assert {docx_style_of(paragraph) for paragraph in paragraphs} == {"Roomtowrite"}
    assert all(
        p.find(f".//{w('numPr')}") is None for p in paragraphs
    )  # a screen reader would call it an item of a list


def test_each_room_in_odt_is_a_placeholder_with_a_name() -> None:
    assert placeholders(xml("odt", "content.xml")) == [(asked, f"<{HERE}>", lines) for asked, lines in ASKED]


def test_lines_are_ruled_from_margin_to_margin() -> None:
    (stop,) = docx_styles(14)["room to write"].iter(w("tab"))
    assert [stop.get(w(name)) for name in ("val", "leader", "pos")] == ["right", "underscore", "9638"]
    (stop,) = odt_styles(14)["Room_20_to_20_write"].iter(odf("style:tab-stop"))
    facts = [stop.get(odf(f"style:{name}")) for name in ("type", "leader-style", "position")]
    assert facts == ["right", "solid", "170mm"]


def test_a_room_stays_with_its_question() -> None:
    body = [docx_style_of(paragraph) for paragraph in xml("docx", "word/document.xml").iter(w("p"))]
    start = body.index("Question")
    assert body[start : start + 4] == ["Question", "Roomtowrite", "Question", "Roomtowrite"]
    assert body[body.index("Prompt") :][:2] == ["Prompt", "Roomtowrite"]
    body = [odt_style_of(paragraph) for paragraph in xml("odt", "content.xml").iter(odf("text:p"))]
    start = body.index("Question")
    assert body[start : start + 2] == ["Question", "Room to write"]


def test_a_name_is_no_longer_than_word_takes_and_ends_with_a_word() -> None:
    assert Room("Place, and how to get there:", 2).name == "Place, and how to get there"
    long = Room("What, if anything, do you need from the team that wrote this, and by when do you need it?", 2).name
    assert long == "What, if anything, do you need from the team that wrote this…"
    assert len(Room("a" * 90, 1).name) == 64
    assert Room("", 1).name == "Room to write"


@pytest.mark.parametrize("kind", KINDS)
def test_no_paragraph_is_empty(kind: str) -> None:
    assert blank(kind, xml(kind, "word/document.xml" if kind == "docx" else "content.xml")) == []


def test_pandoc_reads_the_words_of_a_form_back() -> None:
    assert words(read_back("docx")).count(HERE) == len(ASKED)
    assert "Place, and how to get there:" in words(read_back("odt"))


@pytest.mark.parametrize("paper", EDITABLE)
@pytest.mark.parametrize("kind", KINDS)
def test_the_papers_to_edit_have_a_field_for_each_room_and_no_empty_paragraph(paper: Paper, kind: str) -> None:
    content = REAL.papers.files[PAPER_FORMATS[kind].uri(paper.pack)].content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = ElementTree.fromstring(archive.read("word/document.xml" if kind == "docx" else "content.xml"))
    assert blank(kind, document) == []
    fields = controls(document) if kind == "docx" else placeholders(document)
    wanted = paper.markdown.count('class="note-lines"')
    assert len(fields) == wanted
    assert wanted or paper.pack.id not in FORMS
    asked = [name for name, _, _ in fields]
    assert all(asked) and "Room to write" not in asked
    plain = "".join(document.itertext())
    assert [name for name in asked if name.rstrip("…") not in plain] == []


def test_the_forms_are_among_them() -> None:
    assert {paper.pack.id for paper in REAL.papers.all if paper.pack.editable} >= FORMS
