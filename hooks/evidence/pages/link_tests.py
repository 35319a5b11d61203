"""Links to other websites: which there are, and what the last test of each showed. A build never needs a network: it reads data/links.yml.

The test itself is `evidence links`, which someone runs by hand where there is a network (`make linkcheck`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from evidence.model.document import Document
from evidence.model.review import Review
from evidence.model.site_data import LinkResult
from evidence.model.walking import records, words_of
from evidence.text import escape
from evidence.text.links import link_targets
from evidence.text.translation import _
from evidence.text.words import in_words

FILE = "data/links.yml"
WORDS: dict[str, str] = {
    "works": _("It worked"),
    "moved": _("It worked, but the page has moved to another address"),
    "not found": _("There was no page at this address"),
    "refused": _("The other website turned our test away, so it may still work for you"),
    "server error": _("The other website had a fault"),
    "no answer": _("The other website did not answer"),
}
_BARE = re.compile(r"<(https?://[^\s<>]+)>")


def words_on_links(links: Mapping[str, LinkResult], doi_address: str, web_address: str) -> str:
    """What the last tests of a work's links showed, its DOI as an address and its web address, with their days; '' where none has been tested."""
    parts = ((_("The DOI"), escape.url(doi_address)), (_("The web address"), escape.url(web_address)))
    several = all(address for name, address in parts)
    said = []
    for name, found in ((name, links[address]) for name, address in parts if address in links):
        words = f"{WORDS[found.status]}. {_('Tested on %(day)s.') % {'day': in_words(found.checked)}}"
        said.append(f"{name}: {words}" if several else words)
    return " ".join(said)


def outside_addresses(review: Review, documents: Iterable[Document]) -> list[str]:
    """Every address of another website that the site links to, as it stands in the links, sorted."""
    found: set[str] = set()
    for reference in review.references.values():
        found |= {reference.url, reference.field("url")}
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
