"""CHANGELOG.md as records: the one source of the version of the content, of its date, and of what changed on which page.

The form is close to "Keep a Changelog" (keepachangelog.com), kept simple enough to be written without tools; the head of the file describes it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from evidence.model.base import Location, Problem, Record
from evidence.text.limits import line_faults
from evidence.text.words import did_you_mean, in_words, is_day, quoted

FILE = "CHANGELOG.md"
NOT_RELEASED = "Not yet released"
KINDS = ("Content", "Code")
NUMBER = re.compile(r"(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}", re.ASCII)
_RELEASED = re.compile(r"(\S+)\s+[-–—]\s+(\S+)")
_ITEM = re.compile(r"[-*]\s+(\S.*)")
# The pages that a change names, at its end in round brackets: '(areas/north.md, summary.md)'.
_PAGE = r"`?[\w./-]+\.md`?"
_PAGES = re.compile(rf"\s*\(\s*({_PAGE}(?:\s*,\s*{_PAGE})*)\s*\)\s*\.?$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_HEADING_FORM = f"write '## {NOT_RELEASED}' or '## 1.0.0 - 2026-12-01'"


@dataclass(frozen=True, slots=True)
class Change(Record):
    """One change in words, and the source addresses of the pages that it concerns."""

    text: str
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version(Record):
    """A version with its changes. `number` and `day` (as 2026-12-01) are '' for what has not been released."""

    number: str = ""
    day: str = ""
    content: tuple[Change, ...] = ()
    code: tuple[Change, ...] = ()

    @property
    def title(self) -> str:
        """'Version 1.0.0, 1 December 2026', or that it has not been released."""
        return f"Version {self.number}, {in_words(self.day)}" if self.number else NOT_RELEASED

    @property
    def anchor(self) -> str:
        """What ids of its sections begin with."""
        return f"v-{self.number.replace('.', '-')}" if self.number else "not-released"


@dataclass(frozen=True, slots=True)
class Changes(Record):
    """All versions, newest first."""

    versions: tuple[Version, ...] = ()

    @property
    def released(self) -> tuple[Version, ...]:
        """The versions that have a number, newest first."""
        return tuple(version for version in self.versions if version.number)

    @property
    def newest(self) -> Version | None:
        """The newest released version."""
        return next(iter(self.released), None)

    @property
    def pending(self) -> bool:
        """Whether the content has changed since the newest release."""
        return any(version.content for version in self.versions[:1] if not version.number)

    def of_pages(self, uris: Collection[str]) -> list[tuple[Version, Change]]:
        """What changed in the content of any of these pages, newest first."""
        return [(v, change) for v in self.versions for change in v.content if any(uri in uris for uri in change.pages)]


def edition(changes: Changes, checked: str) -> str:
    """The version and date of the content in words, for the foot of pages and papers. `checked` is the day of the last check."""
    newest = changes.newest
    if newest:
        words = f"Content version {newest.number}, {in_words(newest.day)}."
        return f"{words} Changed since then." if changes.pending else words
    return f"{NOT_RELEASED}." + (f" Last checked on {in_words(checked)}." if checked else "")


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
    found = tuple(reader.versions)
    return Changes(found, where=Location(path)), sorted(reader.problems + list(_disorder(found)))


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


def order(number: str) -> tuple[int, ...]:
    """A version's number in a form that sorts."""
    return tuple(int(part) for part in number.split("."))


def _disorder(versions: tuple[Version, ...]) -> Iterator[Problem]:
    """Versions stand newest first, each once; what is not released stands above all."""
    seen: dict[str, Version] = {}
    above: Version | None = None
    for i, version in enumerate(versions):
        if version.number in seen:
            first = seen[version.number].where.line
            name = f"version {version.number}" if version.number else f"'{NOT_RELEASED}'"
            yield Problem(version.where, f"{name} stands here a second time; the first is at line {first}")
            continue
        seen[version.number] = version
        if not version.number:
            if i:
                yield Problem(version.where, f"'## {NOT_RELEASED}' must stand above all versions")
            continue
        if above and order(version.number) > order(above.number):
            yield Problem(
                version.where, f"version {version.number} is newer than {above.number} above it; newest first"
            )
        elif above and version.day > above.day:
            yield Problem(
                version.where,
                f"version {version.number} has the day {version.day}, after that of {above.number} above it ({above.day})",
            )
        above = version
