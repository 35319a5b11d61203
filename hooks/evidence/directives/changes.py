"""What readers see of changes: the lists of a page for them, with links to the pages that a change concerns, and the address of the feed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.crosslinks import Context, Passage, passages
from evidence.documents.walking import now_at
from evidence.model.changes import Change
from evidence.model.review import Review
from evidence.output import blocks, markdown
from evidence.text import escape
from evidence.text.translation import _

DIRECTIVE = "changes"
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
    folder, _slash, name = uri.removesuffix(".md").rpartition("/")
    if folder == "themes" and name in review.themes:
        return review.themes[name].page_title
    words = (folder.rpartition("/")[2] if name == "index" else name).replace("-", " ")
    # Most are titles of generated pages, which the catalogue has; of no words it would give its own head.
    return _(words[:1].upper() + words[1:]) if words else ""


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
        text = FEED_OFFER % markdown.link(FEED_WORDS, FEED, context.document.uri) + "\n{ data-search-exclude }"
    yield context.passage(f"\n\n{text}\n\n")
