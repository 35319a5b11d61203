"""The words of a paper as pandoc keeps them: runs of words, links and pictures (pandoc-types 1.23, inline elements)."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from evidence.office.looks import FRAMED
from evidence.office.pictures import Picture, picture
from evidence.office.rooms import Room
from evidence.output.nodes import Run

Node = dict[str, Any]
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
LEFTWARD = "\u200f"
"""Begins a paragraph whose lines run from right to left."""
_WHITE = " \t\n\r"
_SPACE = re.compile(f"([{_WHITE}]+)")
_KINDS = {"strong": "Strong", "sub": "Subscript", "super": "Superscript"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What setting a paper needs to know beside its text; the alternative text of its pictures, these by what stands for them, and its rooms to write, so far. `way` is the direction of its lines.

    `adorned` is how wide a drawing is that only adorns, in centimetres; 0 leaves it out. `refused` are pictures that
    cannot be drawn.
    """

    points: int
    alternatives: list[str] = field(default_factory=list)
    pictures: dict[bytes, Picture] = field(default_factory=dict)
    rooms: list[Room] = field(default_factory=list)
    adorned: float = 0
    refused: Collection[Picture] = ()
    way: str = ""


def node(kind: str, content: Any = None) -> Node:
    """An element of pandoc's tree."""
    return {"t": kind} if content is None else {"t": kind, "c": content}


def attributes(identifier: str = "", style: str = "", **more: str) -> list[Any]:
    """Attributes of an element: its id, the style that it has in office programs (pandoc, "Custom styles"), and others that are not ''."""
    return [identifier, [], [[name, value] for name, value in ({"custom-style": style} | more).items() if value]]


def words(text: str) -> list[Node]:
    """Plain text as words and the spaces between them."""
    return [node("Str", part) if part.strip(_WHITE) else node("Space") for part in _SPACE.split(text) if part]


def inlines_of(runs: Sequence[Run], setting: Setting) -> list[Node]:
    """The runs of a block."""
    inlines = _inlines(runs, setting)
    return [node("Str", LEFTWARD), *inlines] if inlines and setting.way == "rtl" else inlines


def _inlines(runs: Sequence[Run], setting: Setting) -> list[Node]:
    return [inline for run in runs for inline in _inline(run, setting)]


def _inline(run: Run, setting: Setting) -> list[Node]:
    if isinstance(run, str):
        return words(run)
    match run["kind"]:
        case "break":
            return [node("LineBreak")]
        case "literal":
            return words(run["text"])
        case "drawing":
            return drawn(run, setting)
        case "mark":
            return words(run["alt"])
    return [_around(run, _inlines(run["body"], setting))]


def _around(run: Node, inside: list[Node]) -> Node:
    """What a run says of the words in it."""
    match run["kind"]:
        case "link":
            return node("Link", [attributes(), inside, [run["url"], ""]])
        case "framed":
            return node("Span", [attributes(style=FRAMED), inside])
        case "spoken":
            return node("Span", [attributes(lang=run["lang"], dir=run["way"]), inside])
    return node(_KINDS[run["kind"]], inside)


def drawn(run: Node, setting: Setting) -> list[Node]:
    """A drawing; one that only adorns is left out, except on a card, on a cover and beside an idea. Words alone where it cannot be drawn."""
    if run["hidden"] and not setting.adorned:
        return []
    made = picture(run["svg"], width=setting.adorned)
    if made is None or made in setting.refused:
        return words(run["alt"])
    setting.alternatives.append(run["alt"])
    setting.pictures[made.stub] = made
    size = [["width", f"{made.width:.2f}cm"], ["height", f"{made.height:.2f}cm"]]
    return [
        node(
            "Image", [["", [], size], words(run["alt"]), [f"data:image/png;base64,{b64encode(made.stub).decode()}", ""]]
        )
    ]
