"""What the tags of a PDF say beyond Typst's own: which cell heads a row, where a note begins and ends, where a link within the paper leads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest
import typst
from test_paper_pdf import PDFS

from evidence.papers.formats import pdf_pages
from evidence.papers.paper import Paper
from evidence.papers.pdf import paper_data, pdf
from evidence.printing import tagged
from made_up import review
from paper_files import POINTS, REAL, made

PACKS = "packs: [{id: sheet, title: Our sheet, purpose: For us., parts: [{page: tabled.md}]}]\n"
WORDS = """\
---
title: Tabled
description: A page.
---

# Tabled

Table: What each place does

| Place | Law | Guidance |
| --- | --- | --- |
| North | An Act | Some |
| South | None | None |

!!! note "A note"
    It ends here.

After it.

> A quotation.
"""


def elements(node: pikepdf.Object, tag: str) -> Iterator[pikepdf.Object]:
    """The parts with this tag below a part of the tree, in reading order."""
    inside = node.get("/K")
    for child in inside if isinstance(inside, pikepdf.Array) else [inside]:
        if isinstance(child, pikepdf.Dictionary):
            if child.get("/S") == tag:
                yield child
            yield from elements(child, tag)


def facts(cell: pikepdf.Object) -> dict[str, pikepdf.Object]:
    return next((dict(found) for found in cell.get("/A", []) if found.O == "/Table"), {})


def faults(file: pikepdf.Pdf) -> list[str]:
    """What is wrong with the tables of a PDF: rows without a header, headers that cannot be found, cells that do not name theirs."""
    names = [str(name) for name in list(file.Root.StructTreeRoot.IDTree.Names)[::2]]
    by_name = dict(zip(names, list(file.Root.StructTreeRoot.IDTree.Names)[1::2], strict=True))
    found = [] if names == sorted(set(names)) else ["the names are not in order"]
    for table in elements(file.Root.StructTreeRoot, "/Table"):
        for row in elements(next(elements(table, "/TBody"), table), "/TR"):
            first, *others = row.K
            if first.S != "/TH" or facts(first).get("/Scope") != "/Row":
                found.append("a row has no header")
                continue
            if by_name.get(str(first.ID)) != first:
                found.append(f"{first.ID} leads nowhere")
            found += [f"a cell does not name {first.ID}" for cell in others if first.ID not in facts(cell)["/Headers"]]
            if any(cell.S != "/TD" for cell in others):
                found.append("a row has two headers")
    return found


SPANNED = b"""
#set document(title: "Spans")
#set text(lang: "en")
#table(columns: 3,
  table.header([Place], [Law], [Year]),
  table.cell(rowspan: 2)[North], [An Act], [2014],
  [A code], [2015],
  [South], table.cell(colspan: 2)[None],
)
#table(columns: 2, [One], [Two], [Three], [Four])
"""


def compiled(source: bytes) -> bytes:
    return typst.compile(source, pdf_standards=["ua-1"], ignore_system_fonts=True)


def sheet(root: Path, words: str = WORDS, files: Mapping[str, str] | None = None) -> pikepdf.Pdf:
    site = review(root, {"data/packs.yml": PACKS, **(files or {}), "docs/tabled.md": words})
    content = pdf(paper_data(site.papers.all[0], 14))
    report = page.validate_pdf_bytes(content, profile="ua1")
    assert report.is_compliant, [str(failure) for failure in report.failures]
    return pikepdf.open(BytesIO(content))


DRAWN = {
    "docs/tabled.md": WORDS.partition("Table:")[0] + "<!-- evidence: figure steps -->\n",
    "docs/assets/figures/steps.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 5"><path d="M1 1h7v3z"/></svg>',
    "data/figures.yml": "- {id: steps, title: Two steps, description: One is above the other., credit: Drawn by us.}\n",
}


def test_a_drawing_stands_with_its_caption(tmp_path: Path) -> None:
    """Beside each other in a part of their own: the alternative of a figure is read in the place of all that is in it."""
    with sheet(tmp_path, DRAWN["docs/tabled.md"], DRAWN) as file:
        root = file.Root.StructTreeRoot
        [together] = elements(root, "/Div")
        assert sorted(str(part.S) for part in together.K) == ["/Caption", "/Figure"]
        [figure] = elements(together, "/Figure")
        assert str(figure.Alt) == "One is above the other."
        assert len([*elements(root, "/Caption")]) == 1
        assert len([*elements(root, "/P")]) == 1  # about the paper


def test_the_first_cell_of_each_row_heads_it(tmp_path: Path) -> None:
    with sheet(tmp_path) as file:
        (table,) = elements(file.Root.StructTreeRoot, "/Table")
        heads = [(str(cell.ID), str(facts(cell)["/Scope"])) for cell in elements(table, "/TH")]
        assert heads == [
            ("U1x0y0", "/Column"),
            ("U1x1y0", "/Column"),
            ("U1x2y0", "/Column"),
            ("R0y1", "/Row"),
            ("R0y2", "/Row"),
        ]
        named = [[str(name) for name in facts(cell)["/Headers"]] for cell in elements(table, "/TD")]
        assert named == [["U1x1y0", "R0y1"], ["U1x2y0", "R0y1"], ["U1x1y0", "R0y2"], ["U1x2y0", "R0y2"]]
        assert faults(file) == []


def test_cells_that_span_and_tables_without_a_head_keep_the_rules() -> None:
    content = compiled(SPANNED)  # it holds the second in which it was made
    first = tagged(content)
    assert tagged(content) == first
    report = page.validate_pdf_bytes(first, profile="ua1")
    assert report.is_compliant, [str(failure) for failure in report.failures]
    with pikepdf.open(BytesIO(first)) as file:
        spanned, plain = elements(file.Root.StructTreeRoot, "/Table")
        assert [str(cell.ID) for cell in elements(spanned, "/TH")][3:] == ["R0y1", "R0y3"]
        rows = [["R0y1", "R0y1"], ["R0y1", "R0y1"], ["R0y3"]]
        named = [
            [str(facts(cell)["/Headers"][-1]) for cell in elements(row, "/TD")] for row in elements(spanned, "/TR")
        ]
        assert named[1:] == rows
        assert [str(cell.ID) for cell in elements(plain, "/TH")] == ["R1y0", "R1y1"]


def test_the_tags_of_a_paper_are_packed_and_its_pages_are_counted_as_before() -> None:
    content = compiled(SPANNED + b"\n#pagebreak()\nMore.\n#pagebreak()\nThe end.\n")
    packed = tagged(content)
    assert b"/ObjStm" in packed and len(packed) < 0.9 * len(content)
    assert pdf_pages(packed) == pdf_pages(content) == 3


def test_a_row_without_its_header_is_seen(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(compiled(SPANNED))) as file:
        assert "a row has no header" in faults(file)


def test_a_note_is_a_part_of_its_own_that_begins_with_its_title(tmp_path: Path) -> None:
    with sheet(tmp_path) as file:
        (note,) = elements(file.Root.StructTreeRoot, "/Sect")
        assert [str(part.S) for part in note.K] == ["/P", "/P"]
        assert [str(part.S) for part in elements(note.K[0], "/Strong")] == ["/Strong"]
        assert not list(elements(file.Root.StructTreeRoot, "/BlockQuote"))


def test_words_lead_to_a_heading_of_the_paper_and_nowhere_else(tmp_path: Path) -> None:
    words = WORDS + "\nSee [its end](#the-end) or [nothing](#nothing).\n\n## The end { #the-end }\n\nIt is.\n"
    with sheet(tmp_path, words) as file:
        (link,) = elements(file.Root.StructTreeRoot, "/Link")
        (annotation,) = (item for sheet in file.pages for item in sheet.get("/Annots", []))
        assert "/Dest" in annotation or annotation.A.S == "/GoTo"
        assert link is not None


def test_the_facilitator_sheet_leads_to_what_members_asked_for() -> None:
    paper = next(paper for paper in REAL.papers.all if paper.pack.id == "facilitator-sheet")
    wanted = len(re.findall(r"\]\(#(?!ref|note)", paper.markdown))
    for size in POINTS:
        with pikepdf.open(BytesIO(made(paper, size))) as file:
            led = [
                item for sheet in file.pages for item in sheet.get("/Annots", []) if "/URI" not in item.get("/A", {})
            ]
        assert len(led) >= wanted > 10, size


@pytest.mark.parametrize(("paper", "size"), PDFS)
def test_each_row_of_a_table_has_its_header(paper: Paper, size: str) -> None:
    with pikepdf.open(BytesIO(made(paper, size))) as file:
        if any(elements(file.Root.StructTreeRoot, "/Table")):
            assert faults(file) == []
