"""A paper's blocks cut into chapters, each a file of the book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidence.output.nodes import Node, Run, said, words
from evidence.text.direction import spoken

OPENING, CHAPTER, NOTES, WORKS = "introduction", "chapter", "endnotes", "bibliography"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of the book: what stands below one heading of level 2, or before the first. `role` is its word in the vocabulary of EPUB."""

    file: str
    title: str
    role: str
    blocks: tuple[Node, ...]

    def headings(self) -> Iterator[tuple[str, str]]:
        """The id and the words of each heading one level below its own; notes are too many to be told."""
        for block in self.blocks[1:] if self.role != NOTES else ():
            if block["kind"] == "heading" and block["level"] == self.blocks[0]["level"] + 1 and block["id"]:
                yield block["id"], text_of(block)


def text_of(block: Node) -> str:
    """The words of a line as plain text, in which isolates say the language of those in another one."""
    return " ".join("".join(map(_plain, block["body"])).split())


def _plain(run: Run) -> str:
    if isinstance(run, str):
        return run
    inside = "".join(map(_plain, run["body"])) if "body" in run else "".join(words(run))
    return spoken(inside, run["lang"], run["way"] or "ltr") if run["kind"] == "spoken" and run["lang"] else inside


def chapters(blocks: list[Node], title: str, roles: Mapping[str, str]) -> list[Chapter]:
    """The chapters of a paper with a title; `roles` are those of headings by their ids, where they are more than chapters."""
    starts = [i for i, block in enumerate(blocks) if block["kind"] == "heading" and block["level"] <= 2 and i]
    made = []
    for number, (begin, end) in enumerate(zip([0, *starts], [*starts, len(blocks)], strict=True)):
        first = blocks[begin]
        name = text_of(first) if first["kind"] == "heading" else title
        role = roles.get(first.get("id", ""), CHAPTER) if number else OPENING
        made.append(Chapter(f"part-{number:02}.xhtml", name, role, tuple(blocks[begin:end])))
    return made


def places(found: list[Chapter]) -> dict[str, Chapter]:
    """Where each id of the paper is."""
    return {name: chapter for chapter in reversed(found) for name in said(list(chapter.blocks), "id")}
