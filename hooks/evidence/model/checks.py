"""The records of what programs wrote into data/: what was asked of other websites about each source, and what tests showed of the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evidence.model.base import Record
from evidence.model.vocabulary import GRAVITY

# What a request showed of a web address, and what Crossref said of a DOI.
AddressStatus = Literal["works", "moved", "not found", "refused", "server error", "no answer"]
DoiStatus = Literal["found", "not found", "elsewhere"]
Status = Literal["retracted", "withdrawn", "concern", "corrected", "superseded"]
Detail = Literal["title", "names", "year", "volume", "pages"]


@dataclass(frozen=True, slots=True)
class AddressCheck(Record):
    """What the last request of a web address showed, and on which day. `leads_to` is where a `moved` one ended."""

    address: str
    """The address that was asked for."""
    status: AddressStatus
    """What the request showed."""
    checked: str
    """The day of the request, as 2026-11-22."""
    leads_to: str = ""
    """Where an address that has moved now leads."""


@dataclass(frozen=True, slots=True)
class Difference(Record):
    """A detail in which Crossref and an entry of the bibliography differ."""

    detail: Detail
    """Which detail it is."""
    crossref: str
    """What Crossref has."""
    entry: str
    """What the entry had on that day."""


@dataclass(frozen=True, slots=True)
class Update(Record):
    """That a work was retracted, corrected or the like, as Crossref has it from publishers and from Retraction Watch."""

    status: Status
    """What became of the work: an id of the field 'status' in bibliography.bib."""
    notice: str = ""
    """The DOI of the notice that says so."""
    date: str = ""
    """The day of the notice, as far as it is known."""


@dataclass(frozen=True, slots=True)
class DoiCheck(Record):
    """What Crossref said of a DOI, and on which day."""

    doi: str
    """The DOI that was asked about."""
    status: DoiStatus
    """found, not found, or elsewhere: with another agency than Crossref."""
    checked: str
    """The day of the question, as 2026-11-22."""
    agency: str = ""
    """The agency that has it, where that is not Crossref."""
    differs: tuple[Difference, ...] = ()
    """The details in which Crossref and the entry differ."""
    updates: tuple[Update, ...] = ()
    """What became of the work."""

    @property
    def gravest(self) -> Update | None:
        """The gravest of what became of the work, the first notice of it; None where nothing is known."""
        return max(self.updates, key=lambda update: GRAVITY[update.status], default=None)


@dataclass(frozen=True, slots=True)
class SourcesChecked(Record):
    """What others said of the sources when they were last asked. `make sources-check` writes it."""

    dois: tuple[DoiCheck, ...] = ()
    """What Crossref said of each DOI."""
    addresses: tuple[AddressCheck, ...] = ()
    """What a request showed of each web address."""

    def by_doi(self) -> dict[str, DoiCheck]:
        """What Crossref said, by DOI in small letters: DOIs are the same in either (DOI Handbook, "Case sensitivity")."""
        return {check.doi.casefold(): check for check in self.dois}


@dataclass(frozen=True, slots=True)
class Tool(Record):
    """A program that the site was tested with."""

    name: str
    """The program's name."""
    version: str
    """Its version."""


@dataclass(frozen=True, slots=True)
class Shown(Record):
    """What tests showed of one side of the site: `about` says which, each of `shown` is a sentence for readers."""

    about: str
    """Which side of the site."""
    shown: tuple[str, ...]
    """What the tests showed, one sentence an item."""


@dataclass(frozen=True, slots=True)
class Tested(Record):
    """The last test of the whole site, on how many pages it was, and what it showed. Without a `date` there has been none."""

    date: str = ""
    """The day of the test. `make tested` writes this file."""
    pages: int = 0
    """How many pages were tested."""
    tools: tuple[Tool, ...] = ()
    """The programs that the site was tested with."""
    claims: tuple[Shown, ...] = ()
    """What the tests showed."""
