"""Blocks of a paper as cards, each with a front and a back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from evidence.cards.shapes import COLOURS, SHAPES
from evidence.text.translation import _

if TYPE_CHECKING:
    from evidence.output.nodes import Node, Run

VERY_LONG = 24  # letters, from which a word may break anywhere
_BOTH = _("Print on both sides, turned on the long edge.")
_FRONTS = _("For the fronts alone, print the odd pages.")
_CUT = _("Cut along the lines.")
# Each of these fills a sheet of large print, on which there is no line.
_CUT_HELD = _("In 14 point, cut along the line between two cards. In large print, each card is a whole sheet.")
_WHOLE = re.compile(r"(\w{1,11}-\w{1,11})")  # a word with a hyphen: no line ends within it
_ASKED = _("Question %(number)s of %(total)s")


def to_print(held: bool) -> str:
    """How to print cards and what to cut, in any size; `held` ones are those to hold up."""
    return f"{_BOTH} {_CUT_HELD if held else _CUT} {_FRONTS}"


def with_cards(blocks: list[Node]) -> list[Node]:
    """The blocks of a paper with those of its cards as cards. A heading right above them, and what stands below it, is what they are called.

    Where a paper is nothing but cards, the last block says where they come from.
    """
    made: list[Node] = []
    for block in blocks:
        if block["kind"] == "cards":
            at = len(made)
            while at and made[at - 1]["kind"] == "paragraph":
                at -= 1
            at -= bool(at and made[at - 1]["kind"] == "heading")
            alone = not at and len(blocks) == len(made) + 2
            made[at:] = [_as_cards(block, made[at:], blocks[-1:] if alone else [])]
            if alone:
                break
        else:
            made.append(block)
    return made


def _as_cards(block: Node, opening: list[Node], about: list[Node]) -> Node:
    """Cards with what stands on the front and the back of each: `small` ones, of A6 in standard print, and those to be `held` up.

    What the cards of a whole paper are, and where they come from, stands on one of them: with small ones on the first, with others behind the last,
    where nobody has to hold it. Without such a card, the first card has their title.
    """
    opening = [node | {"new_page": False} if node["kind"] == "heading" else node for node in opening]
    heads = [node for node in opening if node["kind"] == "heading"]
    found = list(_cards(block["body"], block["source"]))
    small = [card for card in found if card["front"]["kind"] != "signal"]
    held = [card for card in found if card["front"]["kind"] == "signal"]
    if small and about:
        small.insert(0, {"front": _text(opening), "back": _text(about)})
    elif found:
        first = (small or held)[0]["front"]
        first["heads"] = heads + first["heads"]
    if about and not small:
        named = [{"kind": "paragraph", "body": [{"kind": "strong", "body": head["body"]}]} for head in heads]
        held.append({"front": _text([*named, *(node for node in opening if node not in heads), *about]), "back": None})
    called = heads[0]["body"] if heads else []
    return {"kind": "cards", "called": called, "source": block["source"], "small": small, "held": held}


def _text(body: list[Node]) -> Node:
    return {"kind": "text", "body": body, "longest": []}


def _cards(blocks: list[Node], source: str) -> Iterator[Node]:
    """The cards among blocks, each with the headings that stand above it; the last of them names those that follow, too."""
    heads: list[Node] = []
    group: list[Run] = []
    total = sum(len(block["items"]) for block in blocks if block["kind"] == "list" and block["ordered"])
    for block in blocks:
        if block["kind"] == "heading":
            heads.append(block)
            group = block["body"]
        elif block["kind"] == "card":
            yield _signal(block, heads)
            heads = []
        elif block["kind"] == "list":
            for number, item in enumerate(block["items"], block["start"]):
                label = {"group": group, "number": ""}
                if block["ordered"]:
                    label["number"] = _ASKED % {"number": number, "total": total}
                    front, back = _question(item)
                else:
                    front, back = _two_sides(item)
                yield {
                    "front": {"kind": "words", "heads": heads, **label, **front},
                    "back": {**label, **back, "source": source},
                }
                heads = []


def _question(item: list[Node]) -> tuple[Node, Node]:
    """The front of a card with a question, and its back with room to write."""
    picture, body = _picture([node for node in item if node["kind"] != "lines"])
    return {"picture": picture, "body": _whole(body), "longest": _longest(body)}, {"kind": "notes"}


def _two_sides(item: list[Node]) -> tuple[Node, Node]:
    """The front of a card with what stands out at the beginning of an item, and its back with the rest."""
    picture, (first, *rest) = _picture(item)
    named, *said = first["body"]
    while said and (said[0] == {"kind": "break"} or (isinstance(said[0], str) and not said[0].strip(" :"))):
        said = said[1:]
    if said and isinstance(said[0], str):
        said[0] = said[0].lstrip(" :")
    front = {"picture": picture, "body": [{"kind": "paragraph", "body": _whole([named])}], "longest": _longest([named])}
    body = [{"kind": "paragraph", "body": said}, *rest]
    return front, {"kind": "meaning", "called": [named], "body": _whole(body), "longest": _longest(body)}


def _longest(value: list[Any]) -> list[str]:
    """The longest words of a card, which decide with the number of all how large they may be. Very long ones may break anywhere."""
    said = " ".join(_words(value))
    found = {word for word in re.split(r"[\s/]+", said) if len(word) < VERY_LONG} | {*_WHOLE.findall(said)}
    return sorted(found, key=lambda word: (-len(word), word))[:5]


def _whole(value: Any) -> Any:
    """Blocks or runs in which words with a hyphen stay in one line."""
    if isinstance(value, dict):
        return {name: _whole(item) for name, item in value.items()}
    if not isinstance(value, list):
        return value
    made = []
    for item in value:
        cut = _WHOLE.split(item) if isinstance(item, str) else [_whole(item)]
        made += [{"kind": "whole", "text": part} if i % 2 else part for i, part in enumerate(cut) if part != ""]
    return made


def _picture(item: list[Node]) -> tuple[Node | None, list[Node]]:
    """The drawing at the beginning of an item, and the rest of it."""
    return (item[0], item[1:]) if item[0]["kind"] == "drawing" else (None, item)


def _signal(card: Node, heads: list[Node]) -> Node:
    """A card to hold up; its back shows the same, so that it can be held either way round."""
    shape = SHAPES.get(card["shape"], SHAPES["square"])
    ink = COLOURS.get(card["colour"], COLOURS["white"])[2]
    word = next(node for node in card["body"] if node["kind"] == "heading")
    drawing = next(node for node in card["body"] if node["kind"] == "drawing")
    body = [node for node in card["body"] if node not in (word, drawing)]
    front: dict[str, Any] = {
        "kind": "signal",
        "heads": heads,
        "word": word,
        "said": "".join(_words(word["body"])),
        "drawing": drawing,
        "body": body,
        "longest": _longest(body),
        "place": {"at": shape.word_at, "wide": shape.word_wide, "ink": ink},
    }
    return {"front": front, "back": front | {"heads": [], "again": True}}


def _words(value: Any) -> Iterator[str]:
    from evidence.output.nodes import words  # noqa: PLC0415 (checking reads no paper)

    return words(value)
