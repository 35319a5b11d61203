"""A paper's blocks as the document tree that pandoc writes ODT and DOCX from (pandoc-types 1.23, as JSON).

They are read once for all formats (see `output.nodes`), and pandoc's own Markdown never sees text that somebody typed: none of its features can be
set off by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from evidence.office import rooms
from evidence.office.looks import COLOUR, SIGN
from evidence.office.pictures import CARD_WIDTH, COVER_WIDTH, IDEA_WIDTH, Picture
from evidence.office.rooms import Room
from evidence.office.words import ILLEGAL, Node, Setting, attributes, drawn, inlines_of, node, words
from evidence.output import nodes
from evidence.output.nodes import Run

TEXT_WIDTH = 170 / 25.4 * 72
"""Points between the margins of an A4 page."""
LETTER = 0.56
"""Mean width of a letter of a sans serif typeface, in ems; a little wide, so that estimates err to the safe side."""
CELL_PADDING = 14
TAB = (node("RawInline", ["openxml", "<w:r><w:tab/></w:r>"]), node("RawInline", ["opendocument", "<text:tab/>"]))
"""A tab, for each kind of file: pandoc takes the one that it knows."""


def tree(
    markdown: str, *, title: str, points: int, way: str = "", refused: Collection[Picture] = ()
) -> tuple[list[Node], Setting]:
    """The document tree of a paper, and what its writer needs to know of its pictures and rooms to write. One without a heading of level 1 gets its `title` as that. `way` is that of the whole paper.

    Pictures that cannot be drawn, which are `refused`, are there in their words.
    """
    setting = Setting(points, refused=refused, way=way)
    blocks = list(_blocks(nodes.nodes(ILLEGAL.sub("", markdown)), setting))
    if not any(block["t"] == "Header" and block["c"][0] == 1 for block in blocks):
        blocks.insert(0, node("Header", [1, attributes(), words(ILLEGAL.sub("", title))]))
    return list(_arranged(blocks)), setting


def _styled(style: str, blocks: Sequence[Node]) -> Node:
    return node("Div", [attributes(style=style), list(blocks)])


def _style(block: Node) -> str:
    return str(dict(block["c"][0][2]).get("custom-style", "")) if block["t"] == "Div" else ""


def _arranged(blocks: Sequence[Node]) -> Iterator[Node]:
    """Blocks in styles that say what they stand beside, since office programs know only a paragraph's own style."""
    before: Node = {"t": ""}
    for at, (plain, after) in enumerate(zip(blocks, [*map(_style, blocks[1:]), ""], strict=True)):
        mine = _style(plain)
        block = plain
        if mine == "Box text" and after != mine:
            block = _styled("Last box text", block["c"][1])
        elif block["t"] == "Para" and after == rooms.STYLE:
            block = _styled("Prompt", [block])
        elif block["t"] == "Para" and before["t"] in ("BulletList", "OrderedList"):
            block = _styled("After list", [block])
        elif mine.startswith("New page heading") and at == 1 and before["t"] == "Header":
            block = node("Header", [int(mine[-1]), attributes(), block["c"][1][0]["c"]])  # no page for the title alone
        yield block
        before = block


def _text(runs: Sequence[Run]) -> str:
    """All the words of a line."""
    return " ".join("".join(nodes.words(runs)).split())


def _blocks(blocks: Iterable[Node], setting: Setting, bare: str = "Para") -> Iterator[Node]:
    """Blocks of pandoc's; words that stand in no paragraph become one of the kind `bare`."""
    above = ""  # what the last words asked
    for block in blocks:
        if block["kind"] in ("heading", "paragraph"):
            above = _text(block["body"])
        if block["kind"] == "lines" and block["count"]:
            setting.rooms.append(Room(above, min(block["count"], rooms.MOST_LINES)))
            yield _styled(rooms.STYLE, [node("Para", words(rooms.HERE))])
        yield from _block(block, replace(setting, way=block.get("way", setting.way)), bare)


def _block(block: Node, setting: Setting, bare: str) -> Iterator[Node]:
    match block["kind"]:
        case "heading" | "paragraph" | "address" | "term":
            if inlines := inlines_of(block["body"], setting):
                yield _line(block, inlines, bare)
        case "drawing":
            if inlines := drawn(block, setting):
                yield node("Para", inlines)
            if inlines := inlines_of(block.get("caption", []), setting):
                yield node("Para", inlines)
        case "list":
            yield _list(block, setting)
        case "table":
            yield from _table(block, setting)
        case "code":
            lines = block["text"].split("\n")
            yield node("Para", [inline for line in lines for inline in (*words(line), node("LineBreak"))][:-1])
        case "quote":
            yield node("BlockQuote", list(_blocks(block["body"], setting)))
        case "note":
            title = [{"kind": "paragraph", "body": block["title"]}] if block["title"] else []
            yield from _as("Box text", _blocks([*title, *block["body"]], setting), "Box title" if title else "")
        case "card" | "beside" as kind:
            yield from (_card if kind == "card" else _idea)(block, setting)
        case "cover" | "picture" | "cards" as kind:
            yield from _blocks(block["body"], replace(setting, adorned=COVER_WIDTH if kind == "cover" else 0))


def _line(block: Node, inlines: list[Node], bare: str) -> Node:
    """A block that is one line of words."""
    if block["kind"] == "heading":
        return _heading(block, inlines)
    if block["kind"] == "term":
        return _styled("Term", [node("Para", inlines)])
    if "leads" in block:
        return _styled("Row caption", [node("Para", inlines)])
    return node(bare if "bare" in block else "Para", inlines)


def _heading(block: Node, inlines: list[Node]) -> Node:
    """A heading; one that begins a page does so by a style that is a heading's (an empty paragraph before it would be read out)."""
    level, identifier = block["level"], block["id"]
    if not block["new_page"]:
        return node("Header", [level, attributes(identifier), inlines])
    place = [node("Span", [attributes(identifier), []])] if identifier else []
    return _styled(f"New page heading {level}", [node("Para", [*place, *inlines])])


def _list(block: Node, setting: Setting) -> Node:
    items = []
    for item in block["items"]:
        loose = any(part["kind"] == "paragraph" and "bare" not in part for part in item)
        blocks = list(_blocks(item, setting, "Para" if loose else "Plain"))
        lined = any(_style(block) == rooms.STYLE for block in blocks)
        items.append(list(_as("Question", blocks)) if lined else blocks)
    if not block["ordered"]:
        return node("BulletList", items)
    return node("OrderedList", [[block["start"], node("Decimal"), node("Period")], items])


def _as(style: str, blocks: Iterable[Node], first: str = "") -> Iterator[Node]:
    """Paragraphs in a style, the first block in one of its own. Lists keep their own look, since a border would cut through their numbers."""
    for at, block in enumerate(blocks):
        plain = block["t"] in ("Para", "Plain")
        yield _styled(first if first and not at else style, [node("Para", block["c"])]) if plain else block


def _idea(idea: Node, setting: Setting) -> Iterator[Node]:
    """An idea in one paragraph, its picture at the left and its words set in to the right of it; more paragraphs are set in as well."""
    picture: list[Node] = []
    for block in _blocks(idea["body"], replace(setting, adorned=IDEA_WIDTH)):
        if block["t"] != "Para":
            yield block
        elif len(block["c"]) == 1 and block["c"][0]["t"] == "Image":
            picture = block["c"]
        else:
            yield _styled(
                "Idea" if picture else "More of an idea",
                [node("Para", [*picture, *(TAB if picture else ()), *block["c"]])],
            )
            picture = []


def _card(card: Node, setting: Setting) -> Iterator[Node]:
    """A card to hold up: its drawing, its word as a heading, its meaning, and its colour in words for those who cannot see it."""
    colour = card["colour"]
    word = next((_text(block["body"]) for block in card["body"] if block["kind"] == "heading"), "")
    blocks = list(_blocks(card["body"], replace(setting, adorned=CARD_WIDTH)))
    if colour and colour.lower() not in _text(card["body"]).lower():
        blocks.append(node("Para", words(COLOUR % {"colour": colour})))
    for at, block in enumerate(blocks):
        if block["t"] == "Header":
            blocks[at] = _styled(f"Card heading {max(2, min(block['c'][0], 4))}", [node("Para", block["c"][2])])
        elif block["t"] == "Para" and block["c"][0]["t"] == "Image":
            if colour and not setting.alternatives[-1]:
                setting.alternatives[-1] = SIGN % {"colour": colour, "word": word}
                block["c"][0]["c"][1] = words(setting.alternatives[-1])
            if not at:
                blocks[at] = _styled("Card picture", [block])
    yield from _as("Box text", blocks)


# Tables


def _table(table: Node, setting: Setting) -> Iterator[Node]:
    """A table with its header row; or, where its columns are too narrow for their longest words, its rows one below the other."""
    rows = [row for row in (table["head"], *table["rows"]) if row]
    if not rows:
        return
    caption = inlines_of(table["caption"], setting)
    columns = list(zip_longest(*rows, fillvalue=[]))
    least = [_least(column, setting.points) for column in columns]
    if sum(least) > TEXT_WIDTH:
        yield from _stacked(rows, caption, setting)
        return
    amount = [sum(min(len(_text(cell)), 400) for cell in column) for column in columns]
    spare = TEXT_WIDTH - sum(least)
    widths = [(n + spare * much / (sum(amount) or 1)) / TEXT_WIDTH for n, much in zip(least, amount, strict=True)]
    nothing = ["", [], []]

    def cell(runs: Sequence[Run]) -> list[Any]:
        inlines = inlines_of(runs, setting)
        return [nothing, node("AlignLeft"), 1, 1, [node("Plain", inlines)] if inlines else []]

    head, *body = ([nothing, [cell(runs) for runs in row]] for row in zip(*columns, strict=True))
    specs = [[node("AlignLeft"), node("ColWidth", round(width, 4))] for width in widths]
    titled = [None, [node("Plain", caption)] if caption else []]
    yield node("Table", [nothing, titled, specs, [nothing, [head]], [[nothing, 1, [], body]], [nothing, []]])


def _least(column: Sequence[Sequence[Run]], points: int) -> float:
    """How wide a column must be, in points, for its longest word to fit in one line (without breaking at slashes or hyphens)."""
    longest = max((len(word) for cell in column for word in _text(cell).split()), default=0)
    return longest * LETTER * points + CELL_PADDING


def _stacked(rows: Sequence[Sequence[Sequence[Run]]], caption: list[Node], setting: Setting) -> Iterator[Node]:
    if caption:
        yield _styled("Row caption", [node("Para", caption)])
    heads = [_text(cell) for cell in rows[0][1:]]
    for row in rows[1:]:
        yield _styled("Row title", [node("Para", inlines_of(row[0], setting))])
        for name, cell in zip(heads, row[1:], strict=False):
            label = [node("Strong", words(f"{name}:")), node("Space")] if name else []
            inlines = inlines_of(cell, setting)
            if label or inlines:
                yield node("Para", [*label, *inlines] if inlines else label[:1])
