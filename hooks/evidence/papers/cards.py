"""Blocks of a paper as cards, each with what stands on it."""

from __future__ import annotations

from evidence.output.nodes import Node, Run
from evidence.text.translation import _


def as_cards(blocks: list[Node]) -> list[Node]:
    """Blocks as cards: the title, each question or word, each card to hold up, and where they come from."""
    found: list[Node] = []
    opening: list[Node] = []
    group: list[Run] = []
    level, first = 2, True
    asked = _("Question %(number)s of %(total)s")
    total = sum(len(block["items"]) for block in blocks if block["kind"] == "list" and block["ordered"])
    for block in blocks:
        if block["kind"] == "heading" and block["level"] > 1:
            group, level, first = block["body"], block["level"], True
        elif block["kind"] == "list":
            for number, item in enumerate(block["items"], block["start"]):
                named = asked % {"number": number, "total": total} if block["ordered"] else ""
                body = [b for b in item if b["kind"] != "lines"]
                card = {"kind": "question", "group": group, "level": level, "first": first}
                found.append(card | {"number": named, "body": body})
                first = False
        elif block["kind"] == "card":
            found.append(block | {"kind": "signal"})
        elif block["kind"] == "about":
            found.append(block)
        else:
            opening.append(block)
    return [{"kind": "title", "body": opening}, *found]
