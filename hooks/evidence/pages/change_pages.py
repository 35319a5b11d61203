"""What readers see of changes: the lists of a page for them, at the end of a page what changed on it, and the feed.

The feed holds the released versions, in Atom (RFC 4287).

Ids must be full addresses that never change. Where the site has an address, ids begin with it; until then they are UUIDs made from the
title (RFC 4122, section 4.3), and links are relative: a reader resolves them against the address that the feed was fetched from (RFC 4287,
section 2, and RFC 3986, section 5.1.3).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urljoin

from evidence.crosslinks import Context, Passage, passages
from evidence.model.changes import Change, Version
from evidence.model.document import Document, page_with
from evidence.model.redirects import now_at
from evidence.model.review import Review
from evidence.output import blocks, markdown, templates
from evidence.text import escape
from evidence.text.translation import _
from evidence.text.words import in_words

DIRECTIVE = "changes"
SECTION = "page-changes"
TITLE = _("What changed on this page")
SHOWN = 5  # of the changes that a page lists of itself
ARCHIVE = "v"  # the folder of the site that holds archived versions
FEED = "changes.xml"
# What the copy for reading offline says otherwise, as it has no address.
FEED_WORDS, FEED_OFFER = _("Follow new versions in a feed"), _("%s (Atom).")
NO_FEED = _("This copy of the site has no feed.")
ARCHIVED = _("%s, kept as it was")
_NOTHING = {
    "content": _("No change to the content has been written down yet."),
    "code": _("No change to the code has been written down yet."),
}


def words_of_change(change: Change) -> blocks.Runs:
    """The words of a change: what stands between backticks is code, all else is plain text."""
    parts = re.split(r"`([^`]+)`", change.text)
    return tuple(blocks.Code(part) if i % 2 else part for i, part in enumerate(parts) if part)


def changes(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """`content` or `code`: what changed, by version; `versions`: the versions, with links to those that are archived; `feed`: where to follow them."""
    made = {"content": _listed, "code": _listed, "versions": _versions, "feed": _feed}
    what = passages.choose_one(wanted, made, "part", "thing: content, code, versions or feed")
    yield from made[what](context, what)


def _listed(context: Context, what: str) -> Iterator[Passage]:
    titles = {document.uri: document.title for document in context.documents}
    of_kind = [(version, lines) for version in context.review.changes.versions if (lines := getattr(version, what))]
    for version, lines in of_kind:
        place = {"section": f"{what}-{version.anchor}", "title": version.title}
        above = markdown.heading(3, version.title, place["section"])
        yield context.passage(above, where=version.where, heading=True, **place)
        for change in lines:
            text = blocks.runs_to_markdown(words_of_change(change), context.document.uri)
            text = markdown.items([f"{text}{_pages(context, titles, change)}"])
            yield context.passage(text, where=change.where, label=version.title, **place)
        yield context.passage("\n", **place)
    if not of_kind:
        yield context.passage(f"\n\n{_NOTHING[what]}\n\n")


def _pages(context: Context, titles: dict[str, str], change: Change) -> str:
    """Links to the pages that a change concerns."""
    links = []
    for uri in dict.fromkeys(now_at(page, context.review.redirects.values()) for page in change.pages):
        title = titles.get(uri) or page_title(context.review, uri)
        links.append(markdown.link(title, uri, context.document.uri))
    return " " + _("See: %s.") % ", ".join(links) if links else ""


def page_title(review: Review, uri: str) -> str:
    """What a generated page is called, as far as it can be told before it is made."""
    folder, _, name = uri.removesuffix(".md").rpartition("/")
    if folder == "themes" and name in review.themes:
        return review.themes[name].title
    words = (folder.rpartition("/")[2] if name == "index" else name).replace("-", " ")
    return words[:1].upper() + words[1:]


def _versions(context: Context, what: str) -> Iterator[Passage]:
    """A list, newest first; an archived version has a link to it."""
    released = context.review.changes.released
    yield context.passage("\n\n")
    for version in released:
        text = escape.markdown(version.title)
        if version.number in context.review.archived:
            address = f"{ARCHIVE}/{version.number}/index.html"
            text = ARCHIVED % markdown.link(version.title, address, context.document.uri)
        yield context.passage(markdown.items([text]), where=version.where)
    nothing = _("No version has been released yet.")
    yield context.passage("\n" if released else f"{nothing}\n\n")


def feed_day(review: Review) -> str:
    """The day of the newest version or, while there is none, of the last check: a feed must have one (RFC 4287, section 4.2.15)."""
    return review.changes.newest.day if review.changes.newest else review.reading.checked


def _feed(context: Context, what: str) -> Iterator[Passage]:
    """The link to the feed; the copy for reading offline has none."""
    text = NO_FEED
    if feed_day(context.review):
        text = FEED_OFFER % markdown.link(FEED_WORDS, FEED, context.document.uri)
    yield context.passage(f"\n\n{text}\n\n")


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
    """The feed, an entry for each released version; b'' while there is no day to give it.

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
    view = {"id": id_of("", FEED), "title": title, "day": day, "publisher": review.publisher.name, "entries": entries}
    links = {"feed": urljoin(base, FEED), "page": urljoin(base, page)}
    written = templates.render("pages/feed.xml.j2", **view, **links, words_of_change=words_of_change)
    return written.encode() if day else b""
