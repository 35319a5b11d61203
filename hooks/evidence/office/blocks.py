"""A paper's Markdown as the document tree that pandoc writes ODT and DOCX from (pandoc-types 1.23, as JSON).

Python-Markdown reads the text as it does for the pages (see `output.html_tree`), and pandoc's own Markdown never sees text that somebody typed: none of
its features can be set off by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import Any
from xml.etree.ElementTree import Element

from evidence.office.looks import COLOUR, DRAWN
from evidence.office.words import ILLEGAL, Node, Setting, attributes, inlines_of, node, words
from evidence.output import html_tree

BLOCKS = {
    *("h1", "h2", "h3", "h4", "h5", "h6"),
    *("div", "section", "article", "aside", "main", "header", "footer", "nav", "figure", "figcaption", "details"),
    *("html", "body", "form", "fieldset", "address"),
    *("p", "ul", "ol", "dl", "dt", "dd", "li", "pre", "blockquote", "hr", "table", "summary"),
}
TEXT_WIDTH = 170 / 25.4 * 72
"""Points between the margins of an A4 page."""
LETTER = 0.56
"""Mean width of a letter of a sans serif typeface, in ems; a little wide, so that estimates err to the safe side."""
CELL_PADDING = 14


def tree(markdown: str, *, title: str, points: int) -> tuple[list[Node], list[str]]:
    """The document tree of a paper, and the alternative text of each picture in it. One without a heading of level 1 gets its `title` as that."""
    setting = Setting(points)
    blocks = list(_blocks(html_tree.children(html_tree.html_tree(ILLEGAL.sub("", markdown))), setting))
    if not any(block["t"] == "Header" and block["c"][0] == 1 for block in blocks):
        blocks.insert(0, node("Header", [1, attributes(), words(ILLEGAL.sub("", title))]))
    return list(_arranged(blocks)), setting.alternatives


def _styled(style: str, blocks: Sequence[Node]) -> Node:
    return node("Div", [attributes(style=style), list(blocks)])


def _style(block: Node) -> str:
    return str(dict(block["c"][0][2]).get("custom-style", "")) if block["t"] == "Div" else ""


def _arranged(blocks: Sequence[Node]) -> Iterator[Node]:
    """Blocks in styles that say what they stand beside, since office programs know only a paragraph's own style."""
    before: Node = {"t": ""}
    for at, (plain, after) in enumerate(zip(blocks, [*map(_style, blocks[1:]), ""], strict=True)):
        mine, above = _style(plain), _style(before)
        if mine in ("Box title", "Card picture") and above.startswith(("Last box", "Box", "Card")):
            yield _styled("Gap", [node("Para", [])])  # else both would be drawn as one box
        block = plain
        if mine == "Box text" and not after.startswith(("Box text", "Card heading")):
            block = _styled("Last box text", block["c"][1])
        elif block["t"] == "Para" and after in ("Note line", "Last note line"):
            block = _styled("Prompt", [block])
        elif block["t"] == "Para" and before["t"] in ("BulletList", "OrderedList"):
            block = _styled("After list", [block])
        elif mine.startswith("New page heading") and at == 1 and before["t"] == "Header":
            block = node("Header", [int(mine[-1]), attributes(), block["c"][1][0]["c"]])  # no page for the title alone
        yield block
        before = block


def _text(element: Element) -> str:
    """All the words of an element."""
    return " ".join("".join(element.itertext()).split())


# Blocks


def _is_block(part: Element | str) -> bool:
    return isinstance(part, Element) and any(inner.tag in BLOCKS for inner in part.iter())


def _blocks(parts: Sequence[Element | str], setting: Setting, kind: str = "Para") -> Iterator[Node]:
    """Blocks from what stands in a block: runs of words become paragraphs (`kind`), whatever stood around them."""
    for is_block, found in groupby(parts, _is_block):
        run = list(found)
        if is_block:
            for part in run:
                yield from _block(part, setting) if isinstance(part, Element) else ()
        elif inlines := inlines_of(run, setting):
            yield node(kind, inlines)


def _inside(element: Element, setting: Setting, kind: str = "Para") -> list[Node]:
    return list(_blocks(html_tree.children(element), setting.within(element), kind))


def _line(element: Element, setting: Setting) -> list[Node]:
    return inlines_of(html_tree.children(element), setting.within(element))


def _block(element: Element, setting: Setting) -> Iterator[Node]:
    setting = setting.within(element)
    match element.tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6" as tag:
            if inlines := _line(element, setting):
                yield _heading(int(tag[1]), element, inlines)
        case "ul" | "ol":
            yield _list(element, setting)
        case "table":
            yield from _table(element, setting)
        case "dl":
            for child in element:
                if child.tag == "dt":
                    yield _styled("Term", [node("Para", _line(child, setting))])
                else:
                    yield from _inside(child, setting)
        case "pre":
            lines = "".join(element.itertext()).strip("\n").split("\n")
            yield node("Para", [inline for line in lines for inline in (*words(line), node("LineBreak"))][:-1])
        case "blockquote":
            yield node("BlockQuote", _inside(element, setting))
        case "summary":
            yield node("Para", [node("Strong", _line(element, setting))])
        case _:
            yield from _group(element, setting)


def _heading(level: int, element: Element, inlines: list[Node]) -> Node:
    """A heading; one of class `new-page` begins a page, by a style that is a heading's (an empty paragraph before it would be read out)."""
    identifier = element.get("id") or ""
    if "new-page" not in html_tree.classes(element):
        return node("Header", [level, attributes(identifier), inlines])
    place = [node("Span", [attributes(identifier), []])] if identifier else []
    return _styled(f"New page heading {level}", [node("Para", [*place, *inlines])])


def _group(element: Element, setting: Setting) -> Iterator[Node]:
    """What a block with a class of its own becomes; any other gives what is in it."""
    named = html_tree.classes(element)
    if "note-lines" in named:
        yield from _note_lines(element)
    elif "new-page" in named:
        yield _styled("New page", [node("Para", [])])
    elif "admonition" in named:
        title = "Box title" if element.find("p") is not None else ""
        yield from _as("Box text", _inside(element, setting), title)
    elif "card" in named:
        yield from _card(element, setting)
    else:
        yield from _inside(element, setting)


def _note_lines(element: Element) -> Iterator[Node]:
    """Lines to write on. All but the last keep to the next, so that they stay together below their question."""
    number = element.get("data-lines", "")
    lines = [node("Para", [])] * (min(int(number), 40) if number.isdecimal() else 0)
    if lines[1:]:
        yield _styled("Note line", lines[1:])
    if lines:
        yield _styled("Last note line", lines[:1])


def _list(element: Element, setting: Setting) -> Node:
    items = []
    for item in element.findall("li"):
        loose = any(child.tag == "p" for child in item)
        blocks = _inside(item, setting, "Para" if loose else "Plain")
        lined = any(_style(block) == "Last note line" for block in blocks)
        items.append(list(_as("Question", blocks)) if lined else blocks)
    if element.tag == "ul":
        return node("BulletList", items)
    start = element.get("start", "1")
    number = int(start) if start.isdecimal() and len(start) < 7 else 1
    return node("OrderedList", [[number, node("Decimal"), node("Period")], items])


def _as(style: str, blocks: Iterable[Node], first: str = "") -> Iterator[Node]:
    """Paragraphs in a style, the first block in one of its own. Lists keep their own look, since a border would cut through their numbers."""
    for at, block in enumerate(blocks):
        plain = block["t"] in ("Para", "Plain")
        yield _styled(first if first and not at else style, [node("Para", block["c"])]) if plain else block


def _card(element: Element, setting: Setting) -> Iterator[Node]:
    """A card to hold up: its drawing, its word as a heading, its meaning, and its colour in words for those who cannot see it."""
    colour = next((name.removeprefix("card-") for name in html_tree.classes(element) if name.startswith("card-")), "")
    blocks = _inside(element, replace(setting, card=True))
    if colour and colour.lower() not in _text(element).lower():
        blocks.append(node("Para", words(COLOUR % {"colour": colour})))
    for at, block in enumerate(blocks):
        if block["t"] == "Header":
            blocks[at] = _styled(f"Card heading {max(2, min(block['c'][0], 4))}", [node("Para", block["c"][2])])
        elif block["t"] == "Para" and block["c"][0]["t"] == "Image":
            if colour and not setting.alternatives[-1]:
                setting.alternatives[-1] = DRAWN % {"colour": colour}
                block["c"][0]["c"][1] = words(setting.alternatives[-1])
            if not at:
                blocks[at] = _styled("Card picture", [block])
    yield from _as("Box text", blocks)


# Tables


def _table(element: Element, setting: Setting) -> Iterator[Node]:
    """A table with its header row; or, where its columns are too narrow for their longest words, its rows one below the other."""
    found = ([cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr"))
    rows = [row for row in found if row]
    if not rows:
        return
    own = element.find("caption")
    caption = _line(own, setting) if own is not None else []
    columns = list(zip_longest(*rows, fillvalue=Element("td")))
    least = [_least(column, setting.points) for column in columns]
    if sum(least) > TEXT_WIDTH:
        yield from _stacked(rows, caption, setting)
        return
    amount = [sum(min(len(_text(cell)), 400) for cell in column) for column in columns]
    spare = TEXT_WIDTH - sum(least)
    widths = [(n + spare * much / (sum(amount) or 1)) / TEXT_WIDTH for n, much in zip(least, amount, strict=True)]
    nothing = ["", [], []]

    def row(cells: Sequence[Element]) -> list[Any]:
        return [nothing, [[nothing, node("AlignLeft"), 1, 1, _inside(cell, setting, "Plain")] for cell in cells]]

    head, *body = map(row, zip(*columns, strict=True))
    specs = [[node("AlignLeft"), node("ColWidth", round(width, 4))] for width in widths]
    titled = [None, [node("Plain", caption)] if caption else []]
    yield node("Table", [nothing, titled, specs, [nothing, [head]], [[nothing, 1, [], body]], [nothing, []]])


def _least(column: Sequence[Element], points: int) -> float:
    """How wide a column must be, in points, for its longest word to fit in one line (without breaking at slashes or hyphens)."""
    longest = max((len(word) for cell in column for word in _text(cell).split()), default=0)
    return longest * LETTER * points + CELL_PADDING


def _stacked(rows: Sequence[Sequence[Element]], caption: list[Node], setting: Setting) -> Iterator[Node]:
    if caption:
        yield _styled("Row caption", [node("Para", caption)])
    heads = [_text(cell) for cell in rows[0][1:]]
    for row in rows[1:]:
        yield _styled("Row title", [node("Para", _line(row[0], setting))])
        for name, cell in zip(heads, row[1:], strict=False):
            blocks = _inside(cell, setting)
            label = [node("Strong", words(f"{name}:")), node("Space")] if name else []
            if blocks and blocks[0]["t"] == "Para":
                blocks[0] = node("Para", [*label, *blocks[0]["c"]])
            elif label:
                blocks.insert(0, node("Para", label[:1]))
            yield from blocks
