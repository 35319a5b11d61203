"""Blocks of a paper made ready for sheets: tables fit or are stacked, and what belongs together stays on one side."""

from __future__ import annotations

import math
import re
from typing import Any

from evidence.output import drawings
from evidence.output.nodes import Node, words
from evidence.sheets.columns import MARK, fitted, letters
from evidence.text.languages import language_and_country

_WIDTH, _LENGTH = 170, 250  # millimetres of text, on a sheet that stands and on one that lies on its side
_ZERO_WIDTH_SPACE = "\u200b"
# A web address, which Typst itself breaks, or a very long run of letters, which may break anywhere; all else breaks after marks such as '/' and '-'.
_LONG = re.compile(r"https?://\S+|[^\s/-]{24,}")
_FEW = 4  # items of a list
_MOST_LINES = 20  # of the head and the first row of a table that words above it can wait for
_WRITTEN = 4  # lines that words take with room to write below them
_SHORT = 60  # letters of words below a heading that are nothing without the list below them


def laid_out(blocks: list[Node], across: int, *, pages_shared_out: bool = False) -> list[Node]:
    """The blocks of a paper, the last of which says where it comes from, ready for lines of so many letters.

    A booklet shares them out to its pages itself, so that its last one stays a block of its own.
    """
    made = _on_one_side(_on_sheets([_laid_out(block, across) for block in _kept_together(blocks)]))
    return made if pages_shared_out else _ended(made, across)


def _laid_out(block: Node, across: int) -> Node:
    """A block made ready (see `_prepared`); a picture that is too wide gets a sheet of its own, on its side, where it fits there."""
    if block["kind"] == "table" and MARK in "".join(letters(cell) for row in block["rows"] for cell in row):
        block = {"kind": "picture", "body": [block]}
    made: Node = _prepared(block, across)
    if block["kind"] == "picture" and _is_stacked(made):
        flipped: Node = _prepared(block, int(across * _LENGTH / _WIDTH))
        return made if _is_stacked(flipped) else flipped | {"flipped": True}
    return made


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
            made = fitted(made, across)
        case "list":
            made |= _wholes(value, across)
        case "paragraph" | "address":  # a drawing within a line only decorates
            runs = [run for run in made["body"] if isinstance(run, str) or run["kind"] != "drawing"]
            made["body"] = [runs[0].lstrip(" "), *runs[1:]] if runs and isinstance(runs[0], str) else runs
        case "drawing":
            made = _drawn(value) | ({"caption": made["caption"]} if "caption" in made else {})
        case "picture":  # the height of lists cannot be told before they are set
            made["whole"] = all(block["kind"] != "list" for block in made["body"])
        case "mark":
            made = value | {"svg": drawings.for_paper(value["svg"])}
        case "together":
            made["long"] = _height(value["body"], across) > across // 3
        case "card" | "beside":
            drawn = next((block for block in made["body"] if block["kind"] == "drawing"), None)
            said = [block for block in made["body"] if block["kind"] != "drawing"]
            made |= {"drawing": drawn, "body": said, "long": _height(value["body"], across) > across // 4}
        case "spoken":  # Typst knows a language by its code and that of a country
            language, region = language_and_country(value["lang"])
            made |= {"language": language, "region": region}
    return made


def _wholes(plain: Node, across: int) -> Node:
    """Whether a list stands on one page, as a few short items do (about 60 millimetres) and links up to half a side; and which items are too long for that.

    To set them for that would take long.
    """
    lines = [_height(item, across) for item in plain["items"]]
    bare = all(block["kind"] == "paragraph" for item in plain["items"] for block in item)
    most = across // 4 - len(lines) // 2 if "links" in plain else across // 9 if len(lines) <= _FEW else 0
    return {"short": bare and sum(lines) <= most, "long": [count > across // 3 for count in lines]}


def _height(blocks: list[Node], across: int) -> int:
    """About how many lines the words of blocks take, those of their parts included."""
    return sum(math.ceil((sum(map(len, words(block))) + 3) / across) for block in blocks)


def _drawn(drawing: Node) -> Node:
    """A drawing in black on white, with its width and height; one that only decorates has no alternative."""
    box = drawings.size(drawing["svg"])
    alt = "" if drawing["hidden"] else drawing["alt"]
    width, height = box or (100.0, 100.0)
    svg = drawings.for_paper(drawing["svg"])
    place = {"at": drawing["at"]} if "at" in drawing else {}
    return {"kind": "drawing", "svg": svg, "alt": alt, "width": width, "height": height, **place}


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
            short = below_heading and len(letters(before["body"])) < _SHORT
            names = "links" in value or str(before["body"][-1]).endswith(":")
            made[-1] = before | {"leads": kind != "list" or short or names}
        made.append(value)
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
        if block["kind"] == "table" and sum(block["lines"][:2]) > _MOST_LINES and made:
            made[-1] = made[-1] | {
                "leads": False
            }  # words would wait overleaf for a row that is nearly as high as a side
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
    at, left = len(blocks) - 1, across / 4  # lines: about half a side
    for _before in range(2):
        left -= _lines(blocks[at - 1], across) if at else 0
        if at and left >= 0:
            at -= 1
    while 0 < at < len(blocks) - 1 and blocks[at - 1]["kind"] == "heading":
        at -= 1
    return [*blocks[:at], {"kind": "together", "body": blocks[at:]}]


def _lines(block: Node, across: int) -> float:
    """About how many lines a block of a paper takes, for one that may stand with what is at its end."""
    if block["kind"] == "list":
        paragraphs = [part["body"] for item in block["items"] for part in item if part["kind"] == "paragraph"]
        if len(paragraphs) == sum(map(len, block["items"])):
            return sum(math.ceil((len(letters(said)) + 3) / across) + 1 for said in paragraphs)
    if block["kind"] == "table" and not block["stacked"]:
        return sum(block["lines"]) + 1
    if block["kind"] == "paragraph":
        return math.ceil(len(letters(block["body"])) / across)
    return _WRITTEN if block["kind"] == "together" else math.inf


def _is_stacked(picture: Node) -> bool:
    return any(block.get("stacked") for block in picture["body"])
