"""Where the pages of a PDF begin in the book with the same words: marks for both, and the pages that the PDF has them on.

A mark is the number of letters and digits before it, so that it is the same in every format, whatever else stands in a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence.output.nodes import Node, Run, words

_LONG = 200  # letters, from which a text may go on overleaf: Typst leaves no single line of a paragraph alone
_SENTENCE = re.compile(r"(?<=[.?!:;] )(?=\S)")


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a PDF. `source` names it; `starts` are the pages that headings, by their ids, and marks stand on; `front` is how many pages its
    cover and its contents take, 0 where it has no such list."""

    source: str = ""
    starts: Mapping[str, int] = field(default_factory=dict)
    front: int = 0


def marked(blocks: list[Node]) -> list[Node]:
    """Blocks of a paper (see `nodes`) with marks: `at` of each block but headings, and runs of the kind `at` in cells and between the sentences of long texts."""
    marker = _Marker()
    return [marker.block(block) for block in blocks]


@dataclass(slots=True)
class _Marker:
    letters: int = 0

    def block(self, block: Node) -> Node:
        match block["kind"]:
            case "paragraph" | "term":
                return block | {"at": self.place(), "body": self.runs(block["body"])}
            case "list":
                return block | {"items": [[self.block(one) for one in item] for item in block["items"]]}
            case "table":
                self.count([block["caption"], block["head"]])
                return block | {"rows": [self.row(row) for row in block["rows"]]}
            case "drawing":
                made = block | {"at": self.place()}
                return made | {"caption": self.runs(block["caption"])} if "caption" in block else made
            case "note" | "beside" | "card" | "cards" | "cover" | "picture" | "quote":
                at = self.place()
                self.count(block.get("title", []))
                return block | {"at": at, "body": [self.block(one) for one in block["body"]]}
        self.count(block)
        return block

    def row(self, row: list[list[Run]]) -> list[list[Run]]:
        """A row with a mark in each cell but the first, which heads it: what heads a row is read with each of its cells."""
        made = []
        for at, cell in enumerate(row):
            mark = [self.mark()] if at or len(row) == 1 else []
            made.append(mark + self.runs(cell))
        return made

    def runs(self, runs: list[Run]) -> list[Run]:
        """Runs with a mark before each sentence and line but the first, where they are long."""
        made: list[Run] = []
        is_long = sum(map(len, words(runs))) > _LONG
        for run in runs:
            if is_long and made and isinstance(made[-1], dict) and made[-1]["kind"] == "break":
                made.append(self.mark())
            parts = _SENTENCE.split(run) if isinstance(run, str) and is_long else [run]
            for at, part in enumerate(parts):
                made += [self.mark(), part] if at else [part]
                self.count([part])
        return made

    def mark(self) -> Run:
        return {"kind": "at", "at": self.place(), "body": []}

    def place(self) -> str:
        return f"@{self.letters}"  # the id of no heading

    def count(self, value: Any) -> None:
        self.letters += sum(sum(map(str.isalnum, text)) for text in words(value))
