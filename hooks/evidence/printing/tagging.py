"""What Typst cannot say in the tags of a PDF (ISO 32000-1, 14.7 and 14.8): that the first cell of a row heads it, and that a note is a part of its own.

A screen reader then says the row that a cell is in, and where a note ends. Typst names the headers of each cell, which go before what a header
says of itself, so the new ones are named there, too. And the pages of a booklet in the order in which they are printed, which needs the same library.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

NOTE = Name.Sect
"""What a note is: a part of the text that stands apart. Papers set notes, and nothing else, as quotations (see paper.typ)."""


def tagged(content: bytes) -> bytes:
    """A PDF of Typst's with row headers and parts; the same bytes for the same PDF."""
    with Pdf.open(BytesIO(content)) as file:
        root = file.Root.StructTreeRoot
        found = list(_elements(root))
        headers: dict[str, Object] = {}
        for number, table in enumerate(element for element in found if Name.Table == element.S):
            headers |= _row_headers(table, number)
        for quotation in (element for element in found if Name.BlockQuote == element.S):
            quotation.S = NOTE
        if headers:
            _name_all(file, root, headers)
        saved = BytesIO()
        # Tags are most of the objects of a long paper: packed, a book is less than half as large.
        file.save(saved, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return saved.getvalue()


def _elements(element: Object) -> Iterator[Object]:
    """The parts below an element of the tree, in reading order."""
    inside = element.get("/K")
    for child in inside if isinstance(inside, Array) else [inside]:
        if isinstance(child, Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def _row_headers(table: Object, number: int) -> dict[str, Object]:
    """Mark the first cell of each row of a body as the header of the row. A header that spans rows heads all of them."""
    headers: dict[str, Object] = {}
    name, left = "", 0  # the header that holds, and in how many rows more
    for at, row in enumerate(element for element in _elements(table) if element.S == Name.TR):
        cells = [element for element in _elements(row) if element.S in (Name.TD, Name.TH)]
        if not cells or cells[0].S == Name.TH:
            continue  # a row that heads columns
        if not left:
            first, *cells = cells
            name = f"R{number}y{at}"
            headers[name] = first
            first.S, first.ID = Name.TH, String(name)
            facts = _facts(first)
            facts.Scope = Name.Row
            left = int(facts.get("/RowSpan", 1))
        left -= 1
        for cell in cells:
            facts = _facts(cell)
            facts.Headers = Array([*facts.get("/Headers", []), String(name)])
    return headers


def _facts(cell: Object) -> Any:
    """What a cell says of itself as a part of a table."""
    given: Any = cell.get("/A", Array())
    sets = list(given) if isinstance(given, Array) else [given]
    own = next((facts for facts in sets if Name.Table == facts.O), None)
    if own is None:
        cell.A = Array([Dictionary(O=Name.Table), *sets])
        own = cell.A[0]
    return own


def _name_all(file: Pdf, root: Object, headers: dict[str, Object]) -> None:
    """Put headers among the parts that can be found by their names, which stand in order (ISO 32000-1, 7.9.6)."""
    names = headers | dict(_named(root.get("/IDTree", Dictionary())))
    pairs = [part for name in sorted(names) for part in (String(name), names[name])]
    root.IDTree = file.make_indirect(Dictionary(Names=Array(pairs)))


def _named(tree: Object) -> Iterator[tuple[str, Object]]:
    for branch in tree.get("/Kids", []):
        yield from _named(branch)
    pairs = list(tree.get("/Names", []))
    yield from ((str(name), part) for name, part in zip(pairs[::2], pairs[1::2], strict=True))


def printing_order(content: bytes) -> bytes:
    """A PDF with two pages side by side, turned on the short edge, from one whose pages are a multiple of four. Tags do not survive: it is for printing alone."""
    with Pdf.open(BytesIO(content)) as booklet, Pdf.new() as made:
        pages = list(booklet.pages)
        wide, high = (float(pages[0].mediabox[at]) for at in (2, 3))
        for left, right in pairs(len(pages)):
            sheet = made.add_blank_page(page_size=(2 * wide, high))
            forms = [made.copy_foreign(pages[number - 1].as_form_xobject()) for number in (left, right)]
            sheet.obj.Resources = Dictionary(XObject=Dictionary(Left=forms[0], Right=forms[1]))
            sheet.obj.Contents = made.make_stream(b"/Left Do q 1 0 0 1 %.3f 0 cm /Right Do Q" % wide)
        made.docinfo["/Title"] = booklet.docinfo["/Title"]
        made.Root.Lang = booklet.Root.Lang
        result = BytesIO()
        made.save(result, deterministic_id=True)
    return result.getvalue()


def pairs(count: int) -> list[tuple[int, int]]:
    """The pages on the left and the right of each side, in the order of printing: of eight pages 8|1, 2|7, 6|3, 4|5."""
    fronts = ((count - i, i + 1) for i in range(count // 2))
    return [(left, right) if i % 2 == 0 else (right, left) for i, (left, right) in enumerate(fronts)]
