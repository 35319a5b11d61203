"""What everything else is made of: a place in a source, a problem there, a reference, and the base of all records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from evidence.text.addresses import slug

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SUFFIX = re.compile(r"(.+), ((?:Jr|Sr)\.?|[IVX]+)")


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file: `path` relative to the review's root, `line` counted from 1."""

    path: str = ""
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that an editor is told: printed as `path:line: message`, or as `path:line: notice: message`.

    A problem has to be mended before anything is built; a notice is told and stops nothing, so that a real library can be taken as it is.
    A file that is `unread` is told alone: what else seems to be wrong may only follow from what could not be read.
    """

    where: Location
    message: str
    notice: bool = False
    unread: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {'notice: ' if self.notice else ''}{self.message}"


@dataclass(frozen=True, slots=True)
class Name:
    """An author or editor. An organisation has its whole name in `literal`; a person has the other parts."""

    family: str = ""
    given: str = ""
    particle: str = ""
    literal: str = ""

    @property
    def short(self) -> str:
        """The part used in a citation: 'van Meerkerk', or an organisation's whole name."""
        return self.literal or f"{self.particle} {self.family}".strip()

    @property
    def full(self) -> str:
        """The name as people read it: 'I. van Meerkerk'."""
        return self.literal or f"{self.given} {self.short}".strip()

    @property
    def family_and_suffix(self) -> tuple[str, str]:
        """A person's family name, and the 'Jr' or 'III' that stands behind it, or ''."""
        found = _SUFFIX.fullmatch(self.family)
        return (found[1], found[2]) if found else (self.family, "")


# Stands last among the names of a work that has more authors than its entry names (BibTeX: "and others").
OTHERS = Name(literal="others")

# What holds for an entry that does not say otherwise, so that one from a reference manager needs nothing added.
_UNLESS_SAID = {"access": "unknown", "listing": "added"}


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the bibliography. `fields` holds all fields as plain text (LaTeX decoded), names in lower case."""

    key: str
    entry_type: str
    fields: Mapping[str, str]
    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    nations: tuple[str, ...]
    where: Location

    @property
    def slug(self) -> str:
        """What stands for the key in addresses and ids."""
        return slug(self.key)

    def field(self, name: str) -> str:
        """A field's text; where the entry has none, what holds for it then, or ''."""
        return self.fields.get(name) or _UNLESS_SAID.get(name, "")

    @property
    def title(self) -> str:
        return self.field("title")

    @property
    def year(self) -> str:
        return self.field("year")

    @property
    def url(self) -> str:
        """The best address of the work: its DOI as a link, else its url, else ''."""
        doi = self.field("doi")
        return f"https://doi.org/{doi}" if doi else self.field("url")

    @property
    def month(self) -> int:
        """The month from 1, or 0 where the entry has none that is known."""
        month = self.field("month").lower()
        if month[:3] in MONTHS:
            return MONTHS.index(month[:3]) + 1
        return int(month) if re.fullmatch(r"[1-9]|1[0-2]", month, re.ASCII) else 0

    @property
    def container(self) -> str:
        """The title of the journal or book that the work stands in."""
        return self.field("journal") or self.field("journaltitle") or self.field("booktitle")

    def pages(self, between: str = "-") -> str:
        """The pages that the work stands on, with this dash between the first and the last."""
        return self.field("pages").replace("--", between).replace("–", between)

    @property
    def publisher(self) -> str:
        """Who brought the work out, whatever its entry type calls them."""
        f = self.field
        return f("publisher") or f("institution") or f("school") or f("organization")

    @property
    def place(self) -> str:
        """Where the publisher is: BibTeX and biblatex have two names for it."""
        return self.field("address") or self.field("location")


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a data file. It must not have fields that its class does not know: a misspelt name would be lost in silence."""

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid", "allow_inf_nan": False}
    where: Location = field(default_factory=Location, kw_only=True)


@dataclass(frozen=True, slots=True)
class Named(Record):
    """A record of a list, which others name by its id."""

    id: str
    """A short name of letters, digits and '-' that nothing else in this list has. It becomes part of an address, so it stays as it is."""
