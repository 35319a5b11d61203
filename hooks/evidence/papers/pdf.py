"""A paper as PDF/UA-1 (ISO 14289-1), set by Typst from one template. The same paper gives the same bytes on every machine.

Only the fonts that come with Typst and with the font package are used, and the date is that of the content. Typst refuses to make a file
that breaks the rules of PDF/UA-1, and a letter that no font has.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import typst

from evidence.cards import with_cards
from evidence.epub import with_endnotes
from evidence.output import drawings, fonts
from evidence.output.nodes import Node, Run, nodes, said
from evidence.papers.packs import PaperError
from evidence.papers.paper import ENDS, LANGUAGE, Paper
from evidence.pictures import qr_code
from evidence.printing import tagged
from evidence.text.translation import _

TEMPLATE = Path(__file__).with_name("paper.typ")  # it takes from what lies beside it
_WIDTH, _LENGTH = 170, 250  # millimetres of text, on a sheet that stands and on one that lies on its side
_WIDTH_A5 = 120
_MOST_LINES = 15  # of a row of a table that stays on one page
_ZERO_WIDTH_SPACE = "\u200b"
# A web address, which Typst itself breaks, or a very long run of letters, which may break anywhere; all else breaks after marks such as '/' and '-'.
_LONG = re.compile(r"https?://\S+|[^\s/-]{24,}")
_LETTER = 0.47  # how wide letters are on average, in ems
# So many letters of a head that is turned stand in a line, and a line is as high as so many letters are wide.
_TURNED, _LINE = 12, 2.8
_MARK, _TENTH = "\ue000", 0.1  # stands for so much of a letter's width of a mark
_SIGN_WIDE, _SIGN = 5, 13  # letters: no sign is wider; so long a text stands beside one in one line
_FEW = 4  # items of a list
_SHORT = 60  # letters of words below a heading that are nothing without the list below them
LARGE = 18  # points, from which on large print has its own layout


@dataclass(frozen=True, slots=True)
class Bound:
    """What a booklet's pages are: their `sheet` ('a4' or 'a5'), how many it has room for at `most` (0 for any number), and what their number is a `multiple` of."""

    sheet: str = "a4"
    most: int = 0
    multiple: int = 1


def pdf(data: dict[str, Any]) -> bytes:
    """The PDF of a paper's data (see `paper_data`); PaperError where Typst refuses it."""
    year, month, day = data["date"] or (1980, 1, 1)
    try:
        made = typst.compile(
            TEMPLATE,
            font_paths=fonts.fonts(),
            sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=datetime(year, month, day, tzinfo=UTC),
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        raise PaperError(error.message) from error
    return tagged(made) if {"table", "note"}.intersection(said(data["nodes"], "kind")) else made


def paper_data(paper: Paper, points: int, site_address: str = "", bound: Bound | None = None) -> dict[str, Any]:
    """All that the template needs to set a paper in type of a size; `bound` is for booklets alone."""
    book = paper.pack.form == "book"
    blocks = nodes(paper.markdown, paper.uri, site_address)
    blocks = with_endnotes(blocks, ENDS) if book else blocks
    last = max(i for i, block in enumerate(blocks) if block["kind"] == "heading")
    # The picture of what it is on stands beside its title.
    if blocks[1]["kind"] == "beside" and paper.pack.parts[0].brief:
        blocks[:2] = [blocks[1] | {"body": [blocks[0], *blocks[1]["body"]]}]
        last -= 1
    blocks[last:] = [{"kind": "about", "body": blocks[last:]}]  # where the paper comes from, on one page
    bound = bound or Bound()
    across = (_WIDTH_A5 if bound.sheet == "a5" else _WIDTH) / (points * 0.3528 * _LETTER)  # letters in a line
    blocks = _kept_together(with_cards(blocks))
    prepared = _ended(_on_one_side(_on_sheets([_laid_out(block, int(across)) for block in blocks])), int(across))
    return {
        "title": paper.pack.title,
        "author": paper.author,
        "description": paper.pack.purpose,
        "date": [int(part) for part in paper.date.split("-")] if paper.date else None,
        "language": LANGUAGE,
        "fonts": fonts.FONTS,
        "points": points,
        "large": points >= LARGE,
        "form": paper.pack.form,
        "foot_lines": math.ceil((len(paper.pack.title) + 12) / across),
        "code": asdict(qr_code(paper.address)) if paper.address else None,
        "places": [] if book else sorted(_places(prepared)),  # in a book hundreds, which take long to set
        "nodes": prepared,
        "source": paper.source,
        **asdict(bound),
        "picture": drawings.for_paper(paper.picture) if paper.picture else "",
        "words": {"contents": _("Contents") if book else _("In this booklet"), "notes": _("Notes")},
    }


def _places(blocks: Any) -> Iterator[str]:
    """The ids of all headings, to which words of the paper may lead."""
    if isinstance(blocks, dict) and blocks.get("kind") == "heading" and blocks["id"]:
        yield blocks["id"]
    inside = blocks.values() if isinstance(blocks, dict) else blocks if isinstance(blocks, list) else ()
    for part in inside:
        yield from _places(part)


def _prepared(value: Any, across: int) -> Any:
    """Blocks made ready for lines of so many letters: very long words may break, tables fit or are stacked."""
    if isinstance(value, str):
        return _LONG.sub(lambda long: long[0] if "://" in long[0] else _ZERO_WIDTH_SPACE.join(long[0]), value)
    if isinstance(value, list):
        return [_prepared(item, across) for item in _kept_together(value)]
    if not isinstance(value, dict):
        return value
    as_is = ("id", "url", "kind", "way")
    made = {name: item if name in as_is else _prepared(item, across) for name, item in value.items()}
    match value.get("kind", ""):
        case "table":
            made = _fitted(made, across)
        case "list":
            made["short"] = _is_short(made["items"], across)
        case "paragraph" | "address":  # a drawing within a line only decorates
            runs = [run for run in made["body"] if isinstance(run, str) or run["kind"] != "drawing"]
            made["body"] = [runs[0].lstrip(" "), *runs[1:]] if runs and isinstance(runs[0], str) else runs
        case "drawing":
            made = _drawn(value)
        case "picture":  # the height of lists cannot be told before they are set
            made["whole"] = all(block["kind"] != "list" for block in made["body"])
        case "mark":
            made = value | {"svg": drawings.for_paper(value["svg"])}
        case "card" | "beside":
            drawn = next((block for block in made["body"] if block["kind"] == "drawing"), None)
            made |= {"drawing": drawn, "body": [block for block in made["body"] if block["kind"] != "drawing"]}
        case "spoken":  # Typst knows a language by its code and that of a country
            language, *more = value["lang"].split("-")
            region = next((part.upper() for part in more if re.fullmatch("[A-Za-z]{2}", part)), "")
            made |= {"language": language.lower(), "region": region}
    return made


def _is_short(items: list[list[Node]], across: int) -> bool:
    """Whether a list of a few items takes less than about 60 millimetres, so that it may stand on one page; to set it for that would take long."""
    found = list(chain.from_iterable(items))
    if len(items) > _FEW or any(block["kind"] != "paragraph" for block in found):
        return False
    return sum(math.ceil((len(_letters(block["body"])) + 3) / across) for block in found) <= across // 9


def _drawn(drawing: Node) -> Node:
    """A drawing in black on white, with its width and height; one that only decorates has no alternative."""
    box = drawings.size(drawing["svg"])
    alt = "" if drawing["hidden"] else drawing["alt"]
    width, height = box or (100.0, 100.0)
    svg = drawings.for_paper(drawing["svg"])
    return {"kind": "drawing", "svg": svg, "alt": alt, "width": width, "height": height}


def _kept_together(values: list[Any]) -> list[Any]:
    """Blocks with words and the room to write below them as one, and words that lead to a list, a table or a picture marked as such."""
    made: list[Any] = []
    for value in values:
        kind = value.get("kind", "") if isinstance(value, dict) else ""
        before = made[-1] if made and isinstance(made[-1], dict) else {}
        after_words = before.get("kind") == "paragraph"
        if after_words and kind == "lines" and len(values) > 2:
            made[-1] = {"kind": "together", "body": [before, value]}
            continue
        if after_words and kind in ("table", "picture", "list"):
            below_heading = len(made) > 1 and isinstance(made[-2], dict) and made[-2]["kind"] == "heading"
            short = below_heading and len(_letters(before["body"])) < _SHORT
            made[-1] = before | {"leads": kind != "list" or short or str(before["body"][-1]).endswith(":")}
        made.append(value)
    return made


def _laid_out(block: Node, across: int) -> Node:
    """A block made ready (see `_prepared`); a picture that is too wide gets a sheet of its own, on its side, where it fits there."""
    if block["kind"] == "table" and _MARK in "".join(_letters(cell) for row in block["rows"] for cell in row):
        block = {"kind": "picture", "body": [block]}
    made: Node = _prepared(block, across)
    if block["kind"] == "picture" and _is_stacked(made):
        flipped: Node = _prepared(block, int(across * _LENGTH / _WIDTH))
        return made if _is_stacked(flipped) else flipped | {"flipped": True}
    return made


def _on_sheets(blocks: list[Node]) -> list[Node]:
    """Blocks with each picture that is not to be cut on the same sheet as its heading and the words between them; where it lies on its side, with its key, too."""
    made: list[Node] = []
    for block in blocks:
        if "flipped" in block or block.get("whole"):
            between = ("heading", "paragraph", "list") if "flipped" in block else ("heading", "paragraph")
            at = len(made)
            while at and made[at - 1]["kind"] in between:
                at -= 1
            heads = [i for i in range(at, len(made)) if made[i]["kind"] == "heading"]
            first = next((i for i in reversed(heads) if i - 1 not in heads), len(made))
            block["body"] = made[first:] + block["body"]
            del made[first:]
        made.append(block)
    return made


def _on_one_side(blocks: list[Node]) -> list[Node]:
    """Blocks with each section that is to stand on one side as one."""
    made: list[Node] = []
    inside = made
    for block in blocks:
        first = block["body"][0] if block["kind"] == "picture" else block
        if first["kind"] == "heading":  # where a paper comes from stays with what is before it
            inside = made
        if block.get("one_side"):
            section: Node = {"kind": "written", "body": []}
            made.append(section)
            inside = section["body"]
        inside.append(block)
    return made


def _ended(blocks: list[Node], across: int) -> list[Node]:
    """Blocks whose end stands on one side: where the paper comes from, with what is before it, so that it is not alone on the last."""
    if blocks[-1]["kind"] != "about":
        return blocks
    at = len(blocks) - 1
    for _before in range(2):
        if at and _is_low(blocks[at - 1], across):
            at -= 1
    while 0 < at < len(blocks) - 1 and blocks[at - 1]["kind"] == "heading":
        at -= 1
    return [*blocks[:at], {"kind": "together", "body": blocks[at:]}]


def _is_low(block: Node, across: int) -> bool:
    """Whether a block of a paper takes up to about a third of a side."""
    if block["kind"] == "list":
        words = [part["body"] for item in block["items"] for part in item if part["kind"] == "paragraph"]
        whole = len(words) == sum(map(len, block["items"]))
        return whole and sum(math.ceil((len(_letters(said)) + 3) / across) + 1 for said in words) <= across // 5
    return block["kind"] in ("paragraph", "together")


def _is_stacked(picture: Node) -> bool:
    return any(block.get("stacked") for block in picture["body"])


def _fitted(table: Node, across: int) -> Node:
    """A table with the share of the page that each column gets, or marked to be stacked where a column would get too little.

    The heads of a table of marks may break between words; where they are too wide even so, they are `turned`.
    """
    rows = [[" ".join(_letters(cell).split()) for cell in row] for row in (table["head"], *table["rows"]) if row]
    shares, turned, marked = _shares(rows, across), False, _MARK in "".join(map("".join, rows))
    if not shares and marked:
        shares = _shares(rows, across, spare=-0.6, short=0, signs=_SIGN) or _shares(rows, across, spare=1, short=0)
    if not shares and marked and table["head"]:
        heads = (_LINE * math.ceil(len(head) / _TURNED) for head in rows[0][1:])
        shares = _shares([rows[0][:1], *rows[1:]], across, spare=0.6, short=0, at_least=(0, *heads))
        turned = bool(shares)
    lines = ([math.ceil(_length(_letters(cell)) / across) + 1 for cell in row] for row in table["rows"])
    long = [len(row) > 4 or sum(row) > _MOST_LINES for row in lines]  # it may go on overleaf, where it is stacked
    return table | {"long": long, "stacked": not shares, "turned": turned, "marked": marked, "widths": shares}


def _shares(
    rows: list[list[str]],
    across: int,
    *,
    spare: float = 2,
    short: int = 20,
    signs: int = 0,
    at_least: Sequence[float] = (),
) -> list[float]:
    """The share of each column of a table, in letters; none where there is not enough room for its longest word and what is between columns, or for a `short` text.

    A sign stands in one line with the word behind it, and with all behind it where both have no more letters than `signs`.
    """
    columns = [[text for text in column if text is not None] for column in zip_longest(*rows)]
    least = [
        max((_length(word) for text in column for word in _unbroken(text, signs)), default=1) + spare
        for column in columns
    ]
    least = [max(pair) for pair in zip_longest(least, at_least, fillvalue=0)]
    needed = [
        max(n, *(min(_length(text), short) + spare for text in column))
        for n, column in zip(least, columns, strict=True)
    ]
    if sum(needed) > across * 0.92:
        return []
    # What is left goes to columns that need it.
    mean = [sum(map(_length, column)) / max(len(column), 1) for column in columns]
    full = [max(map(_length, column), default=0) + spare <= n for n, column in zip(needed, columns, strict=True)]
    mean = mean if all(full) else [0 if done else m for done, m in zip(full, mean, strict=True)]
    more = across * 0.92 - sum(needed)
    return [n + more * m / max(sum(mean), 1) for n, m in zip(needed, mean, strict=True)]


def _unbroken(text: str, signs: int) -> list[str]:
    """What of a cell stands in one line: each word; a sign at its beginning with what is behind it (see `_shares`)."""
    first, *rest = text.split() or [""]
    if not rest or first.strip(_MARK) or _length(first) > _SIGN_WIDE:
        return [first, *rest]
    if _length(text) <= signs:
        return [text]
    return [f"{first} {rest[0]}", *rest[1:]]


def _letters(runs: list[Run]) -> str:
    """The words of a cell, with signs in the place of a mark that are as long."""
    found = ""
    for run in runs:
        if isinstance(run, str):
            found += run
        elif run["kind"] == "mark":
            found += f" {_MARK * math.ceil(run['wide'] / _LETTER / _TENTH)} "
        else:
            found += _letters(run.get("body", []))
    return found


def _length(text: str) -> float:
    """How long a text is, in letters."""
    return len(text) - (1 - _TENTH) * text.count(_MARK)
