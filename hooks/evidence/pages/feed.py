"""The released versions as a feed that news readers can follow, in Atom (RFC 4287).

Ids must be full addresses that never change. Where the site has an address, ids begin with it; until then they are UUIDs made from the
title (RFC 4122, section 4.3), and links are relative: a reader resolves them against the address that the feed was fetched from (RFC 4287,
section 2, and RFC 3986, section 5.1.3).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from urllib.parse import urljoin

from evidence.model.review import Review
from evidence.output.templates import render
from evidence.pages.change_pages import FEED, feed_day, words_of_change
from evidence.text import escape

# From the source address of a page to its address inside the site.
Address = Callable[[str], str]


def feed(review: Review, title: str, changes_page: str, address: Address) -> bytes:
    """The feed, an entry for each released version; b'' while there is no day to give it. `changes_page` is the page that lists the changes."""
    day, base = feed_day(review), review.publisher.site_address
    page = address(changes_page) if changes_page else "./"

    def id_of(version: str, place: str) -> str:
        return urljoin(base, place) if base else uuid.uuid5(uuid.NAMESPACE_OID, f"{escape.clean(title)}\n{version}").urn

    entries = [
        (version, id_of(version.number, f"{FEED}#{version.anchor}"), urljoin(base, f"{page}#content-{version.anchor}"))
        for version in review.changes.released
    ]
    written = render(
        "pages/feed.xml.j2",
        id=id_of("", FEED),
        title=title,
        day=day,
        publisher=review.publisher.name,
        feed=urljoin(base, FEED),
        page=urljoin(base, page),
        entries=entries,
        words_of_change=words_of_change,
    )
    return written.encode() if day else b""
