"""What readers see of changes beside the page for them: at the end of a page what changed on it, and the feed.

The feed holds the released versions, in Atom (RFC 4287).

Ids must be full addresses that never change. Where the site has an address, ids begin with it; until then they are UUIDs made from the
title (RFC 4122, section 4.3), and links are relative: a reader resolves them against the address that the feed was fetched from (RFC 4287,
section 2, and RFC 3986, section 5.1.3).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from urllib.parse import urljoin

from evidence.directives.changes import DIRECTIVE, FEED, feed_day, words_of_change
from evidence.documents.document import Document, page_with
from evidence.model.changes import Change, Version
from evidence.model.review import Review
from evidence.output import blocks, templates
from evidence.text import escape
from evidence.text.translation import _
from evidence.text.words import in_words

SECTION = "page-changes"
TITLE = _("What changed on this page")
SHOWN = 5  # of the changes that a page lists of itself


def page_changes(review: Review, uri: str, all_changes: str, heading: bool = True) -> tuple[blocks.Block, ...]:
    """The newest changes to a page, to stand at its end. `all_changes` is the source address of the page with all, '' where there is none."""
    before = {old for entry in review.redirects.values() if entry.page == uri for old in entry.sources}
    found = review.changes.of_pages({uri} | before)
    if not found or uri == all_changes:
        return ()
    items = [_item(version, change) for version, change in found[:SHOWN]]
    if all_changes:
        items.append(blocks.Item((blocks.Link(_("All changes to this site"), all_changes),)))
    title = blocks.Heading(2, TITLE, SECTION, "data-search-exclude")
    return (title if heading else blocks.Paragraph((f"{TITLE}:",), SECTION), blocks.Items(tuple(items)))


def _item(version: Version, change: Change) -> blocks.Item:
    when = _("Not yet in a released version: ")
    if version.number:
        when = _("%(day)s, version %(number)s: ") % {"day": in_words(version.day), "number": version.number}
    return blocks.Item((when, *words_of_change(change)))


def changes_page(documents: Iterable[Document]) -> str:
    """The source address of the page that lists the changes to the content; '' where there is none."""
    return page_with(documents, DIRECTIVE, "content")


def feed(review: Review, title: str, changes_page: str, address: Callable[[str], str]) -> bytes:
    """The feed, an entry for each released version, the newest with what was found; b'' while there is no day to give it.

    `changes_page` is the page that lists the changes; `address` gives a page's address inside the site.
    """
    day, base = feed_day(review), review.publisher.site_address
    page = address(changes_page) if changes_page else "./"

    def id_of(version: str, place: str) -> str:
        return urljoin(base, place) if base else uuid.uuid5(uuid.NAMESPACE_OID, f"{escape.clean(title)}\n{version}").urn

    entries = [
        (version, id_of(version.number, f"{FEED}#{version.anchor}"), urljoin(base, f"{page}#content-{version.anchor}"))
        for version in review.changes.released
    ]
    found = [finding.text for finding in review.findings.values() if not finding.voice]
    view = {
        "id": id_of("", FEED),
        "title": title,
        "language": review.reading.language,
        "day": day,
        "publisher": review.publisher.name,
        "entries": entries,
        "found": found,
    }
    links = {"feed": urljoin(base, FEED), "page": urljoin(base, page)}
    written = templates.render("pages/feed.xml.j2", **view, **links, words_of_change=words_of_change)
    return written.encode() if day else b""
