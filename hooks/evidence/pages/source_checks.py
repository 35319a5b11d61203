"""What others say of the sources: which DOIs and addresses there are, and what pages say of the last answers. A build asks nobody: it reads a file.

The questions are asked by `evidence sources-check`, which someone runs by hand where there is a network (`make sources-check`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidence.documents.document import Document
from evidence.documents.walking import records, words_of
from evidence.model.base import OTHERS, Reference
from evidence.model.checks import AddressCheck, Difference, DoiCheck, SourcesChecked
from evidence.model.review import Review
from evidence.model.vocabulary import standing_words
from evidence.output import blocks
from evidence.text import escape
from evidence.text.links import link_targets
from evidence.text.translation import _
from evidence.text.words import in_words

FILE = "data/sources-checked.yml"
# What a request of an address showed, in words.
ADDRESSES: dict[str, str] = {
    "works": _("It worked"),
    "moved": _("It worked, but the page has moved to another address"),
    "not found": _("There was no page at this address"),
    "refused": _("The other website turned our test away, so it may still work for you"),
    "server error": _("The other website had a fault"),
    "no answer": _("The other website did not answer"),
}
DETAILS: dict[str, str] = {
    "title": _("title"),
    "names": _("names"),
    "year": _("year"),
    "volume": _("volume"),
    "pages": _("pages"),
}
# Among names, as data/sources-checked.yml has them: that there are more.
ET_AL = "et al."
_BARE = re.compile(r"<(https?://[^\s<>]+)>")


def stated(reference: Reference) -> dict[str, str]:
    """What an entry says of its work, by each of DETAILS; '' for what it leaves out."""
    return {
        "title": reference.title,
        "names": "; ".join(ET_AL if name == OTHERS else name.short for name in reference.authors or reference.editors),
        "year": reference.year,
        "volume": reference.text("volume"),
        "pages": reference.pages("–"),
    }


@dataclass(frozen=True, slots=True)
class Answers:
    """What others said, by DOI in small letters and by address."""

    dois: Mapping[str, DoiCheck]
    addresses: Mapping[str, AddressCheck]


def answers(checks: SourcesChecked) -> Answers:
    """The answers of a review, to look for those about one work."""
    return Answers(checks.by_doi(), {check.address: check for check in checks.addresses})


def rows(known: Answers, reference: Reference) -> Iterator[tuple[str, blocks.Runs]]:
    """What others said of a work, and when they were asked: rows of details, each with its name. None where nobody has been asked."""
    if check := known.dois.get(reference.text("DOI").casefold()):
        yield _("What Crossref says"), tuple(_crossref(check, reference))
    parts = ((_("The web address"), reference.text("URL")), (_("The kept copy"), reference.field("archived")))
    several = all(address for name, address in parts)
    said = []
    for name, result in ((name, known.addresses.get(escape.url(address))) for name, address in parts):
        if result:
            words = f"{ADDRESSES[result.status]}. {_('Tested on %(day)s.') % {'day': in_words(result.checked)}}"
            said.append(f"{name}: {words}" if several else words)
    if said:
        yield _("Test of the link"), (" ".join(said),)


def _crossref(check: DoiCheck, reference: Reference) -> Iterator[blocks.Inline]:
    """What Crossref said of a work, as sentences."""
    now = stated(reference)
    # What the editors have changed since then is no longer known to differ.
    differs = [difference for difference in check.differs if now[difference.detail] == difference.entry]
    if check.status == "not found":
        yield _("Crossref does not know this DOI.")
    elif check.status == "elsewhere":
        yield _("This DOI is not one of Crossref's: it is registered with %s.") % (check.agency or _("another agency"))
    elif differs:
        yield f"{_('It differs from this list.')} {' '.join(map(difference_in_words, differs))}"
    elif check.differs:
        yield _("It differed from this list, which has been changed since then.")
    else:
        yield _("Crossref knows this DOI, and what it says agrees with this list.")
    yield from updates(check)
    yield f" {_('Asked on %(day)s.') % {'day': in_words(check.checked)}}"


def updates(check: DoiCheck) -> Iterator[blocks.Inline]:
    """What Crossref said has become of a work, each with its notice and its day."""
    for update in check.updates:
        word, _more = standing_words(update.status, "")
        yield " "
        yield blocks.Standing(word)
        if update.notice:
            yield f" ({_('notice:')} "
            yield blocks.Link(update.notice, f"https://doi.org/{update.notice}")
            yield f", {in_words(update.date)})." if update.date else ")."
        else:
            yield f" ({in_words(update.date)})." if update.date else "."


def difference_in_words(difference: Difference) -> str:
    """'The year: Crossref has 2019, the entry 2018.'"""
    # A word of the file's own, which readers see in their language.
    both = {"crossref": difference.crossref, "entry": difference.entry}
    said = {name: re.sub(rf"(?<=; ){re.escape(ET_AL)}$", _("et al."), words) for name, words in both.items()}
    said["detail"] = DETAILS[difference.detail]
    return _("The %(detail)s: Crossref has “%(crossref)s”, the entry “%(entry)s”.") % said


def outside_addresses(review: Review, documents: Iterable[Document]) -> list[str]:
    """Every web address of another website that the site links to, as it stands in the links, sorted. DOIs are asked for by themselves."""
    found: set[str] = set()
    for reference in review.references.values():
        found |= {reference.text("URL"), reference.field("archived")}
    for document in documents:
        found |= {target for target, at in _targets(document.body) if not document.parts.in_code(at)}
    for record in records(review):
        found |= {target for _, text in words_of(record) for target, _ in _targets(text)}
    own = review.publisher.site_address
    addresses = {escape.url(address.split(" ")[0]) for address in found} - {""}
    return sorted(a for a in addresses if not own or not a.startswith(own))


def _targets(text: str) -> Iterator[tuple[str, int]]:
    yield from link_targets(text)
    yield from ((match[1], match.start()) for match in _BARE.finditer(text))
