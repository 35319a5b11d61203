"""Editors' notes at the end: each once, and a link where it stood; for books, which have many of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from evidence.output.nodes import Node, Run, words
from evidence.text.languages import way_of
from evidence.text.translation import _

NOTES_ID = "notes"


def with_endnotes(blocks: list[Node], before: Collection[str], ours: str = "") -> list[Node]:
    """Blocks of a paper (see `nodes`) with its editors' notes in a section of their own, sorted, before the first heading with an id of `before`.
    `ours` is the language of its heading, '' for that of the paper.

    A note that stands in several places is told once: the links to all of them lead to it. The section begins a page, and so does that heading.
    """
    notes: dict[str, Node] = {}
    moved: dict[str, str] = {}
    kept = _links_in_place(blocks, notes, moved)
    at = next((i for i, block in enumerate(kept) if block["kind"] == "heading" and block["id"] in before), len(kept))
    told = [block for title in sorted(notes) for block in _note(notes[title])]
    if told:
        words: list[Run] = [_("Editors' notes")]
        body = [{"kind": "spoken", "lang": ours, "way": way_of(ours), "body": words}] if ours else words
        told.insert(0, {"kind": "heading", "level": 2, "id": NOTES_ID, "new_page": True, "body": body})
    after = [block | {"new_page": True} if not i else block for i, block in enumerate(kept[at:])]
    return [_led(block, moved) for block in (*kept[:at], *told, *after)]


def _note(note: Node) -> list[Node]:
    """A note as a section of its own."""
    heading = {"kind": "heading", "level": 3, "id": note["id"], "new_page": False, "body": note["title"]}
    return [heading, *note["body"]]


def _links_in_place(blocks: list[Node], notes: dict[str, Node], moved: dict[str, str]) -> list[Node]:
    """Blocks with a link in the place of each note, several as a list; the notes go into `notes` by their titles, and from which id to which into `moved`."""
    made: list[Node] = []
    for block in blocks:
        if block["kind"] == "note" and block.get("id"):
            title = "".join(words(block["title"]))
            first = notes.setdefault(title, block)
            moved[f"#{block['id']}"] = url = f"#{first['id']}"
            link = {"kind": "link", "url": url, "body": block["title"]}
            line = {"kind": "paragraph", "bare": True, "body": [link]} | {k: block[k] for k in ("at",) if k in block}
            if not made or "links" not in made[-1]:
                made.append({"kind": "list", "ordered": False, "start": 1, "links": True, "items": []})
            made[-1]["items"].append([line])
        elif block["kind"] == "list":
            made.append(block | {"items": [_links_in_place(item, notes, moved) for item in block["items"]]})
        elif block["kind"] in ("quote", "card", "cards", "beside", "cover", "picture", "note"):
            made.append(block | {"body": _links_in_place(block["body"], notes, moved)})
        else:
            made.append(block)
    return [block["items"][0][0] if "links" in block and len(block["items"]) == 1 else block for block in made]


def _led(value: Any, moved: dict[str, str]) -> Any:
    """A block whose links lead to where notes are now."""
    if isinstance(value, list):
        return [_led(item, moved) for item in value]
    if not isinstance(value, dict):
        return value
    made = {name: _led(item, moved) if isinstance(item, dict | list) else item for name, item in value.items()}
    return made | {"url": moved[made["url"]]} if made.get("url") in moved else made
