"""What a check of the sources found that was not known: lines for whoever keeps the bibliography (`evidence sources-check --news FILE`).

Only what stays as it is from one night to the next: a website that is slow, broken or lets no programs in is asked again.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.checks import AddressCheck, DoiCheck, SourcesChecked
from evidence.model.vocabulary import STATUSES
from evidence.pages import source_checks
from evidence.text import escape

# What is told only where it was not known; of these the first two are also told once they are over.
_GONE, _MOVED = "not found", "moved"


def news(before: SourcesChecked, now: SourcesChecked) -> list[str]:
    """Lines of Markdown on what differs from `before`; of what was never asked about, only what somebody has to look into."""
    dois = before.by_doi()
    addresses = {check.address: check for check in before.addresses}
    return [
        *(f"- {line}" for check in now.dois for line in _doi(dois.get(check.doi.casefold()), check)),
        *(f"- {line}" for check in now.addresses for line in _address(addresses.get(check.address), check)),
    ]


def _doi(before: DoiCheck | None, now: DoiCheck) -> Iterator[str]:
    name = f"DOI {escape.markdown(now.doi)}"
    was = before.status if before else ""
    if now.status == _GONE != was:
        yield f"{name}: Crossref does not know it."
    elif was == _GONE and now.status == "found":
        yield f"{name}: Crossref knows it now."
    for update in now.updates:
        if not before or update not in before.updates:
            yield f"{name}: {escape.markdown(STATUSES[update.status][0])}{update.notice and f' ({escape.markdown(update.notice)})'}."
    for one in now.differs:
        if not before or one not in before.differs:
            yield f"{name}: {escape.markdown(source_checks.difference_in_words(one))}"


def _address(before: AddressCheck | None, now: AddressCheck) -> Iterator[str]:
    name = escape.markdown(now.address)
    was = before.status if before else ""
    if now.status == _GONE != was:
        yield f"{name}: there is no page at this address."
    elif now.status == _MOVED and (not before or now.leads_to != before.leads_to):
        yield f"{name}: it has moved to {escape.markdown(now.leads_to)}."
    elif was == _GONE and now.status == "works":
        yield f"{name}: it works again."
