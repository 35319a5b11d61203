"""What everything else is made of: a place in a source, a problem there, a reference, and the base of all records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence.text.addresses import slug
from evidence.text.spans import unmarked
from evidence.text.translation import _
from evidence.text.words import BC

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


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
    suffix: str = ""

    @property
    def short(self) -> str:
        """The part used in a citation: 'van Meerkerk', or an organisation's whole name."""
        return self.literal or joined(self.particle, self.family)

    @property
    def full(self) -> str:
        """The name as people read it: 'I. van Meerkerk', 'John Smith, Jr.'."""
        return self.literal or f"{self.given} {self.short}".strip() + (f", {self.suffix}" if self.suffix else "")


def joined(particle: str, family: str) -> str:
    """A family name with its particle: 'van Meer', but 'al-Hassan' and "d'Arc"."""
    return f"{particle}{family}" if particle.endswith(("-", "'", "’")) else f"{particle} {family}".strip()


# Stands last among the names of a work that has more authors than its entry names (BibTeX: "and others").
OTHERS = Name(literal="others")

# What holds for an entry that does not say otherwise, so that one from a reference manager needs nothing added.
_UNLESS_SAID = {"access": "unknown", "listing": "added"}


@dataclass(frozen=True, slots=True)
class Reference:
    """One work of the bibliography: an item of CSL 1.0.2, and what only this project says of it.

    Texts of `item` may hold MARKUP; a work without date has no `issued` there. `own` holds the fields of our own as plain text, names in lower case.
    `entry_type` is the word of BibTeX or biblatex for its kind.
    """

    key: str
    entry_type: str
    item: Mapping[str, Any]
    own: Mapping[str, str] = field(default_factory=dict)
    nations: tuple[str, ...] = ()
    where: Location = field(default_factory=Location)

    @property
    def slug(self) -> str:
        """What stands for the key in addresses and ids."""
        return slug(self.key)

    def field(self, name: str) -> str:
        """The text of a field of our own; where the entry has none, what holds for it then, or ''."""
        return self.own.get(name) or _UNLESS_SAID.get(name, "")

    def text(self, variable: str) -> str:
        """A variable of CSL as plain text, '' where the work has none; of a date, the words for its year."""
        value = self.item.get(variable, "")
        return year_words(value) if isinstance(value, dict) else unmarked(str(value))

    def texts(self) -> Iterator[str]:
        """All that the entry says as text."""
        for value in self.item.values():
            if isinstance(value, str):
                yield value
            elif isinstance(value, list):
                yield from (part for name in value for part in name.values() if isinstance(part, str))
        yield from self.own.values()

    def names(self, role: str) -> tuple[Name, ...]:
        """The people and organisations of a role of CSL, such as 'author' or 'translator'."""
        return tuple(
            Name(
                name.get("family", ""),
                name.get("given", ""),
                name.get("non-dropping-particle", ""),
                name.get("literal", ""),
                name.get("suffix", ""),
            )
            for name in self.item.get(role, ())
        )

    @property
    def authors(self) -> tuple[Name, ...]:
        return self.names("author")

    @property
    def editors(self) -> tuple[Name, ...]:
        return self.names("editor")

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def year(self) -> str:
        """The year as people read it: '2019', '2019–2020', 'c. 1890', 'in press'; '' where the work has no date."""
        return self.text("issued")

    @property
    def url(self) -> str:
        """The best address of the work: its DOI as a link, else its own, else ''."""
        doi = self.text("DOI")
        return f"https://doi.org/{doi}" if doi else self.text("URL")

    @property
    def container(self) -> str:
        """The title of the journal or book that the work stands in."""
        return self.text("container-title")

    def pages(self, between: str = "-") -> str:
        """The pages that the work stands on, with this dash between the first and the last; of an article without pages its number."""
        number = self.text("number") if self.text("type").startswith("article") else ""
        return self.text("page").replace("-", between) or number


def year_words(date: Mapping[str, Any]) -> str:
    """The year of a date of CSL in words."""
    if "literal" in date:
        return str(date["literal"])
    years = [BC % -parts[0] if parts[0] < 0 else str(parts[0]) for parts in date.get("date-parts", ())]
    words = "–".join(dict.fromkeys(years))
    return _("c. %s") % words if date.get("circa") and words else words


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a data file. It must not have fields that its class does not know: a misspelt name would be lost in silence."""

    where: Location = field(default_factory=Location, kw_only=True)


@dataclass(frozen=True, slots=True)
class Named(Record):
    """A record of a list, which others name by its id."""

    id: str
    """A short name of letters, digits and '-' that nothing else in this list has. It becomes part of an address, so it stays as it is."""
