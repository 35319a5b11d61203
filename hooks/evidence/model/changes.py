"""CHANGELOG.md as records: the one source of the version of the content, of its date, and of what changed on which page."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from evidence.model.base import Record
from evidence.text.translation import _
from evidence.text.words import in_words

FILE = "CHANGELOG.md"
NOT_RELEASED = "Not yet released"  # as editors write it in the file
KINDS = ("Content", "Code")
NUMBER = re.compile(r"(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}", re.ASCII)


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
        named = {"number": self.number, "day": in_words(self.day)}
        return _("Version %(number)s, %(day)s") % named if self.number else _("Not yet released")

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
        words = _("Content version %(number)s, %(day)s.") % {"number": newest.number, "day": in_words(newest.day)}
        return f"{words} {_('Changed since then.')}" if changes.pending else words
    words = _("Not yet released.")
    return f"{words} {_('Last checked on %s.') % in_words(checked)}" if checked else words


def order(number: str) -> tuple[int, ...]:
    """A version's number in a form that sorts."""
    return tuple(int(part) for part in number.split("."))
