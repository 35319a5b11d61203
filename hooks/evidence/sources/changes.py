"""CHANGELOG.md -> its versions.

The form is close to "Keep a Changelog" (keepachangelog.com), kept simple enough to be written without tools; the head of the file describes it.
"""

from __future__ import annotations

import re

from evidence.model.base import Location, Problem
from evidence.model.changes import FILE, KINDS, NOT_RELEASED, NUMBER, Change, Changes, Version
from evidence.text.limits import line_faults
from evidence.text.words import did_you_mean, is_day, quoted

_RELEASED = re.compile(r"(\S+)\s+[-–—]\s+(\S+)")
_ITEM = re.compile(r"[-*]\s+(\S.*)")
# The pages that a change names, at its end in round brackets: '(areas/north.md, summary.md)'.
_PAGE = r"`?[\w./-]+\.md`?"
_PAGES = re.compile(rf"\s*\(\s*({_PAGE}(?:\s*,\s*{_PAGE})*)\s*\)\s*\.?$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_HEADING_FORM = f"write '## {NOT_RELEASED}' or '## 1.0.0 - 2026-12-01'"


def parse_changes(text: str, path: str = FILE) -> tuple[Changes, list[Problem]]:
    """The versions that `text` lists; `path` names the file in problems. What is wrong is left out of the record."""
    reader = _Reader(path)
    faults = [Problem(Location(path, line), message) for line, message in line_faults(text)]
    if faults:
        return Changes(where=Location(path)), faults
    shown = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for number, line in enumerate(shown.split("\n"), 1):
        reader.line(line, number)
    reader.end_version()
    return Changes(tuple(reader.versions), where=Location(path)), sorted(reader.problems)


class _Reader:
    """Goes through the lines of a file; what is being read is closed by the next heading or item."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.versions: list[Version] = []
        self.problems: list[Problem] = []
        self.heading: tuple[str, str, int] | None = None
        self.lists: dict[str, list[Change]] = {}
        self.kind = ""
        self.item: list[str] = []
        self.item_line = 0
        self.skipping = False  # below a heading that could not be read

    def problem(self, line: int, message: str) -> None:
        self.problems.append(Problem(Location(self.path, line), message))

    def line(self, line: str, number: int) -> None:
        text = line.strip()
        if line.startswith("## "):
            self.end_version()
            self.version(text.removeprefix("## ").strip(), number)
        elif line.startswith("### "):
            self.end_item()
            if self.heading:
                self.kind_heading(text.removeprefix("### ").strip(), number)
        elif not self.heading or not text or (self.skipping and not self.item):
            self.end_item()
        elif match := _ITEM.fullmatch(line.rstrip()):
            self.end_item()
            self.item, self.item_line = [match[1]], number
            if not self.kind:
                self.problem(number, "this line stands below neither '### Content' nor '### Code'")
        elif self.item and line[:1].isspace():
            self.item.append(text)
        else:
            self.end_item()
            self.problem(number, f"{quoted(text)} is not part of a list; begin the line with '- '")

    def version(self, words: str, number: int) -> None:
        self.heading, self.lists, self.kind, self.skipping = None, {}, "", False
        if words.casefold() == NOT_RELEASED.casefold():
            self.heading = ("", "", number)
            return
        match = _RELEASED.fullmatch(words)
        if not match or not NUMBER.fullmatch(match[1]):
            near = did_you_mean(words, [NOT_RELEASED])
            self.problem(number, f"heading {quoted(words)} is no version; {_HEADING_FORM}{near}")
        elif not is_day(match[2]):
            self.problem(number, f"{quoted(match[2])} is no date; write a day such as 2026-12-01")
        else:
            self.heading = (match[1], match[2], number)

    def kind_heading(self, words: str, number: int) -> None:
        self.skipping = words not in KINDS
        self.kind = "" if self.skipping else words
        if self.skipping:
            self.problem(number, f"heading {quoted(words)}; it must be 'Content' or 'Code'{did_you_mean(words, KINDS)}")
        elif words in self.lists:
            self.problem(number, f"'### {words}' stands here a second time in one version; put its lines together")
        else:
            self.lists[words] = []

    def end_item(self) -> None:
        if self.item and self.kind:
            text = " ".join(" ".join(self.item).split())
            match = _PAGES.search(text)
            pages = tuple(dict.fromkeys(re.findall(r"[\w./-]+", match[1]))) if match else ()
            words = text[: match.start()].rstrip() if match else text
            where = Location(self.path, self.item_line)
            if words:
                ended = words if words[-1] in ".!?" else f"{words}."
                self.lists[self.kind].append(Change(ended, pages, where=where))
            else:
                self.problem(self.item_line, "this line names pages, but not what changed on them")
        self.item = []

    def end_version(self) -> None:
        self.end_item()
        if self.heading:
            number, day, line = self.heading
            content, code = (tuple(self.lists.get(kind, ())) for kind in KINDS)
            self.versions.append(Version(number, day, content, code, where=Location(self.path, line)))
            if number and not content and not code and not self.skipping:
                self.problem(line, f"version {number} names no change")
        self.heading = None
