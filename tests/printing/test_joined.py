"""PDFs joined for a printer: every copy on sheets of its own, each told once, and the same again to the byte."""

from __future__ import annotations

from io import BytesIO

import page
import pikepdf
import pypdfium2
import pytest
import typst

from evidence.output import typesetting
from evidence.printing import Copies, joined


def pdf(title: str, *sides: str) -> bytes:
    """A tagged PDF with a heading, a table and a link on its first side."""
    text = f'#set document(title: "{title}")\n#set text(lang: "en", font: "Source Sans Pro")\n= {title}\n'
    text += (
        '#table(columns: 2, table.header[a][b], [1], [2])\n#link("https://www.example.org/")[Out]\n#link(<end>)[On]\n'
    )
    text += "#pagebreak()\n".join(f"{side}\n" for side in sides) + "== End <end>\n"
    return typst.compile(
        text.encode(), font_paths=typesetting.fonts(), pdf_standards=["ua-1"], ignore_system_fonts=True
    )


FIRST, LONG, CARDS = pdf("First", "Read me"), pdf("Long", "One", "Two", "Three"), pdf("Cards", "Up", "Down")


def sides(made: bytes) -> list[str]:
    """The last word of each side, but for the heading at the end."""
    texts = (side.get_textpage().get_text_range().split() for side in pypdfium2.PdfDocument(made))
    return [[word for word in words if word != "End"][-1] if words else "" for words in texts]


@pytest.mark.parametrize(
    ("copies", "wanted"),
    [
        ([], ["me", ""]),
        ([Copies("Long", LONG, 1)], ["me", "", "One", "Two", "Three", ""]),
        ([Copies("Long", LONG, 2)], ["me", "", *["One", "Two", "Three", ""] * 2]),
        ([Copies("Cards", CARDS, 2)], ["me", "", *["Up", "Down"] * 2]),
    ],
)
def test_each_copy_begins_on_a_front(copies: list[Copies], wanted: list[str]) -> None:
    assert sides(joined(FIRST, copies)) == wanted


def test_it_stays_tagged_and_says_each_paper_once() -> None:
    """Also where several have tables, whose cells name their headers by ids."""
    made = joined(FIRST, [Copies("Long", LONG, 3), Copies("Cards", CARDS, 2)])
    report = page.validate_pdf_bytes(made, profile="ua1")
    assert report.is_compliant, [str(failure) for failure in report.failures]
    with pikepdf.open(BytesIO(made)) as file:
        assert file.check_pdf_syntax() == []
        names = file.Root.StructTreeRoot.IDTree.Names
        ids = [str(name) for name in list(names)[::2]]
        assert len(ids) == len(set(ids))
        assert sum("/StructParents" in side.obj for side in file.pages) == 1 + 3 + 2
        with file.open_outline() as outline:
            assert [item.title for item in outline.root] == ["First", "Long", "Cards"]
        with file.open_metadata() as meta:
            assert meta["dc:title"] == "First"
            assert meta["{http://ns.adobe.com/xap/1.0/t/pg/}NPages"] == str(len(file.pages))


def test_links_within_a_paper_lead_where_they_led() -> None:
    """Though several have places of one name."""
    made = joined(FIRST, [Copies("Long", LONG, 2), Copies("Cards", CARDS, 1)])
    with pikepdf.open(BytesIO(made)) as file:
        places = pikepdf.NameTree(file.Root.Names.Dests)
        led = {}
        for at, side in enumerate(file.pages):
            for note in side.get("/Annots", pikepdf.Array()):
                if "/Dest" in note:
                    led[at] = file.pages.index(pikepdf.Page(places[str(note.Dest)][0]))
        assert led == {0: 0, 2: 4, 10: 11}


def test_copies_look_like_the_first() -> None:
    shown = pypdfium2.PdfDocument(joined(FIRST, [Copies("Long", LONG, 2)]))
    first, second = (shown[at].render(grayscale=True).to_pil().tobytes() for at in (2, 6))
    assert first == second


def test_the_same_papers_give_the_same_bytes() -> None:
    wanted = [Copies("Long", LONG, 2), Copies("Cards", CARDS, 3)]
    assert joined(FIRST, wanted) == joined(FIRST, wanted)
