"""Asks others about the sources and writes what they said into data/sources-checked.yml (`make sources-check`). It needs a network; no build does.

Crossref is asked about each DOI (see `crossref`), and each web address is asked for (see `web_addresses`). A run that is broken off keeps what it has
found so far; what it did not come to, and what gave no answer, stays as it was, with its day.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from evidence.directives import publisher
from evidence.model.base import Reference
from evidence.model.checks import AddressCheck, DoiCheck, SourcesChecked
from evidence.model.vocabulary import STATUS_FROM, STATUSES
from evidence.pages import source_checks
from evidence.site import Site, load
from evidence.text import escape
from evidence.text.words import counted
from evidence_library import crossref, web_addresses
from evidence_library.crossref import NoAnswerError, Registry
from evidence_library.sources_news import news
from evidence_library.web_addresses import Web

_HEAD = """\
# What others said of the sources when they were last asked: Crossref of each DOI, and a request of each web address. `make sources-check` writes this file.
# DOIs: found, not found, elsewhere (with another agency). Addresses: works, moved (for good, to `leads_to`), not found, refused (no programs), server error, no answer.
"""
_SAVE_AFTER = 25  # questions, so that a machine that goes off loses little


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run asks: how long it waits for an answer, in seconds, the day that it writes down, and where Crossref is. `pause` is that between requests."""

    timeout: int = 30
    day: str = ""
    crossref: str = crossref.ADDRESS
    pause: float | None = None


@dataclass(slots=True)
class Run:
    """What one run has found so far. `silent` are addresses that gave no answer: that is a finding only if others did, as a network may be down."""

    site: Site
    dois: dict[str, DoiCheck] = field(default_factory=dict)
    addresses: dict[str, AddressCheck] = field(default_factory=dict)
    silent: dict[str, AddressCheck] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        return bool(self.dois or self.addresses)

    def results(self, asked: Iterable[str]) -> SourcesChecked:
        """What is known now: what was found, and from before what was not come to, of those that the review still has."""
        before = self.site.review.checks
        dois = {name: check for name, check in before.by_doi().items() if name in works_with_dois(self.site)}
        wanted = set(asked)
        addresses = {check.address: check for check in before.addresses if check.address in wanted}
        dois |= self.dois
        addresses |= self.addresses | (self.silent if self.answered else {})
        return SourcesChecked(
            tuple(check for _, check in sorted(dois.items())),
            tuple(check for _, check in sorted(addresses.items())),
        )


def check_sources(root: Path, settings: Settings, *, fail: bool = False, told: Path | None = None) -> int:
    """Ask about the sources of the review in a folder. What was not known is also written into the file `told`, as lines of Markdown.

    Returns 0 when somebody could be asked, whatever was found; with `fail`, 1 where a DOI or an address is not found, or where Crossref knows of a
    retraction or the like that an entry does not tell.
    """
    site = load(root)
    if site.problems:
        print(*site.problems, sep="\n", file=sys.stderr)
        return 1
    if find_spec("habanero") is None:
        print("habanero is not there; `make sources-check` installs it", file=sys.stderr)
        return 1
    works, addresses = works_with_dois(site), source_checks.outside_addresses(site.review, site.documents)
    file, run = root / source_checks.FILE, Run(site)
    much = f"{counted(len(works), 'DOI')} and {counted(len(addresses), 'web address', 'web addresses')}"
    print(f"Asking about {much}, one at a time; this takes some minutes.", flush=True)
    try:
        for number, line in enumerate(_asked(run, works, addresses, settings), 1):
            print(line, flush=True)
            if number % _SAVE_AFTER == 0 and run.answered:
                save(file, run.results(addresses))
    except KeyboardInterrupt:
        print("Broken off; what was found so far is kept.", file=sys.stderr)
    finally:
        if run.answered:
            save(file, run.results(addresses))
    if (works or addresses) and not run.answered:
        print("Nobody answered: is there a network? What was known stays as it was.", file=sys.stderr)
        return 1
    if told:
        told.parent.mkdir(parents=True, exist_ok=True)
        told.write_text("".join(f"{line}\n" for line in news(site.review.checks, run.results(addresses))), "utf-8")
    lines, bad = report(run, works)
    print(*lines, sep="\n")
    return int(fail and bad)


def works_with_dois(site: Site) -> dict[str, Reference]:
    """The works that have a DOI, by that DOI in small letters; the first of those that share one."""
    found: dict[str, Reference] = {}
    for reference in site.review.references.values():
        if doi := reference.text("DOI"):
            found.setdefault(doi.casefold(), reference)
    return found


def _asked(run: Run, works: Mapping[str, Reference], addresses: Iterable[str], settings: Settings) -> Iterator[str]:
    """Ask about one after the other, and tell what each answer was."""
    import httpx2  # noqa: PLC0415 (comes with habanero, which only this command needs)
    from habanero import Crossref  # noqa: PLC0415

    day = settings.day or date.today().isoformat()
    record = run.site.review.publisher
    name = agent(run.site.title, record.site_address)
    mail = record.contact if publisher.EMAIL.fullmatch(record.contact) else None
    client = Crossref(base_url=settings.crossref, mailto=mail, ua_string=name, timeout=settings.timeout)
    registry = Registry(client, crossref.PAUSE if settings.pause is None else settings.pause)
    # Those that were never asked about come first, and then those of longest ago: a long list gets done in several runs.
    asked_on = {name: check.checked for name, check in run.site.review.checks.by_doi().items()}
    asked_on |= {check.address: check.checked for check in run.site.review.checks.addresses}
    for doi in sorted(works, key=lambda doi: asked_on.get(doi, "")):
        reference = works[doi]
        try:
            check = registry.check(reference, day)
        except NoAnswerError as why:
            yield f"Crossref could not be asked about {doi}: {why}"
            continue
        run.dois[doi] = check
        yield "\n".join((f"{check.status}: {doi}", *(f"  {line}" for line in _about(check, reference))))
    with httpx2.Client(headers={"User-Agent": name}, timeout=settings.timeout) as http:
        web = Web(http, web_addresses.PAUSE if settings.pause is None else settings.pause)
        for address in sorted(addresses, key=lambda address: asked_on.get(address, "")):
            found = web.check(address, day)
            (run.silent if found.status == "no answer" else run.addresses)[address] = found
            yield f"{found.status}: {address}" + (f" leads to {found.leads_to}" if found.leads_to else "")


def _about(check: DoiCheck, reference: Reference) -> Iterator[str]:
    yield from (f"{reference.where}: {source_checks.difference_in_words(one)}" for one in check.differs)
    for update in check.updates:
        told = reference.field("status") if not reference.field(STATUS_FROM) else ""
        advice = "" if told == update.status else f"; add status = {{{update.status}}} to the entry, or say why not"
        yield f"{reference.where}: {STATUSES[update.status][0]}{update.notice and f' ({update.notice})'}{advice}"


def agent(title: str, site_address: str) -> str:
    """How other websites are told who asks."""
    name = re.sub(r"[^ -~]|[()%]", "", escape.clean(title)).strip()
    return f"{web_addresses.NAME} ({'; '.join(filter(None, (name, site_address and f'+{site_address}')))})"


def save(file: Path, results: SourcesChecked) -> None:
    """Write the file in one step: whoever reads it finds the old one or the new one, never a part."""
    file.parent.mkdir(exist_ok=True)
    draft = file.with_name(f".{file.name}.new")
    draft.write_text(written(results), "utf-8", newline="\n")
    draft.replace(file)


def written(results: SourcesChecked) -> str:
    """Results as YAML; a JSON string is a YAML string."""
    return _HEAD + "".join(
        (
            "dois:\n" if results.dois else "",
            *(line for check in results.dois for line in _doi(check)),
            "addresses:\n" if results.addresses else "",
            *(line for check in results.addresses for line in _record(2, check, *_ADDRESS)),
        )
    )


_ADDRESS = ("address", "status", "checked", "leads_to")


def _doi(check: DoiCheck) -> Iterator[str]:
    yield from _record(2, check, "doi", "status", "checked", "agency")
    for name, records in (("differs", check.differs), ("updates", check.updates)):
        if records:
            yield f"    {name}:\n"
            fields = ("detail", "crossref", "entry") if name == "differs" else ("status", "notice", "date")
            yield from chain.from_iterable(_record(6, record, *fields) for record in records)


def _record(indent: int, record: object, *names: str) -> Iterator[str]:
    """A record as an item of a list, with those of its fields that hold something."""
    lead = "- "
    for name in names:
        if value := escape.clean(getattr(record, name)):
            yield f"{' ' * indent}{lead}{name}: {json.dumps(value, ensure_ascii=False)}\n"
            lead = "  "


def report(run: Run, works: Mapping[str, Reference]) -> tuple[list[str], bool]:
    """How many gave which answer, as lines, and whether somebody has to look into any."""
    lines = [f"{counted(len(run.dois), 'DOI')} of {len(works)} asked about. What was found is in {source_checks.FILE}."]
    dois = Counter(check.status for check in run.dois.values())
    lines += [f"  {status}: {dois[status]}" for status in dois]
    if differing := sum(bool(check.differs) for check in run.dois.values()):
        lines.append(f"  differing from the entry: {differing}")
    untold = [
        name
        for name, check in run.dois.items()
        if check.gravest and (works[name].field(STATUS_FROM) or not works[name].field("status"))
    ]
    if untold:
        lines.append(f"  retracted, corrected or the like, and the entry does not say so: {len(untold)}")
    addresses: Counter[str] = Counter(check.status for check in (run.addresses | run.silent).values())
    lines.append(f"{counted(sum(addresses.values()), 'web address', 'web addresses')} asked for.")
    lines += [f"  {status}: {addresses[status]}" for status in source_checks.ADDRESSES if status in addresses]
    # Not for hosts that are slow, broken or let no programs in: those change from night to night, and may work for readers.
    return lines, bool(untold or dois["not found"] or addresses["not found"])
