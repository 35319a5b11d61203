"""The released versions as a feed that news readers can follow, in Atom (RFC 4287).

Ids must be full addresses that never change. Where the site has an address, ids begin with it; until then they are UUIDs made from the
title (RFC 4122, section 4.3), and links are relative: a reader resolves them against the address that the feed was fetched from (RFC 4287,
section 2, and RFC 3986, section 5.1.3).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from evidence.model.changes import Change, Version
from evidence.model.review import Review
from evidence.output.blocks import Code
from evidence.pages.change_pages import FEED, feed_day, words_of_change
from evidence.text import escape
from evidence.text.words import in_words

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
NOBODY = "The editors of this site"
# From the source address of a page to its address inside the site.
Address = Callable[[str], str]


def feed(review: Review, title: str, changes_page: str, address: Address) -> bytes:
    """The feed, an entry for each released version; b'' while there is no day to give it. `changes_page` is the page that lists the changes."""
    released = review.changes.released
    day = feed_day(review)
    if not day:
        return b""
    base = review.publisher.site_address
    page = address(changes_page) if changes_page else "./"
    root = Element(_atom("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _text(root, "id", urljoin(base, FEED) if base else _uuid(title, ""))
    _text(root, "title", f"Changes: {title}")
    _text(root, "subtitle", "Each released version of this site, with what changed in its content.")
    _text(root, "updated", _moment(day))
    SubElement(SubElement(root, _atom("author")), _atom("name")).text = escape.clean(review.publisher.name) or NOBODY
    _link(root, "self", urljoin(base, FEED), "application/atom+xml")
    _link(root, "alternate", urljoin(base, page), "text/html")
    for version in released:
        root.append(_entry(version, title, base, f"{page}#content-{version.anchor}"))
    ElementTree.indent(root)
    ElementTree.register_namespace("", ATOM)
    ElementTree.register_namespace("xhtml", XHTML)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(version: Version, title: str, base: str, place: str) -> Element:
    entry = Element(_atom("entry"))
    _text(entry, "id", urljoin(base, f"{FEED}#{version.anchor}") if base else _uuid(title, version.number))
    _text(entry, "title", f"Version {version.number}")
    _text(entry, "updated", _moment(version.day))
    _text(entry, "published", _moment(version.day))
    _link(entry, "alternate", urljoin(base, place), "text/html")
    first = version.content[0].text if version.content else "Only the code of the site changed."
    _text(entry, "summary", f"{in_words(version.day)}. {first}")
    content = SubElement(entry, _atom("content"), {"type": "xhtml"})
    div = SubElement(content, _html("div"))
    for name, lines in (("Content", version.content), ("Code", version.code)):
        if lines:
            SubElement(div, _html("h2")).text = name
            _list(div, lines)
    return entry


def _list(parent: Element, changes: tuple[Change, ...]) -> None:
    items = SubElement(parent, _html("ul"))
    for change in changes:
        item = SubElement(items, _html("li"))
        item.text = ""
        last: Element | None = None
        for run in words_of_change(change):
            if isinstance(run, Code):
                last = SubElement(item, _html("code"))
                last.text = escape.clean(run.text)
            elif isinstance(run, str):
                text = escape.keeping_space(run, escape.clean)
                if last is None:
                    item.text += text
                else:
                    last.tail = text


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, _atom(name)).text = escape.clean(text)


def _link(parent: Element, rel: str, href: str, media: str) -> None:
    SubElement(parent, _atom("link"), {"rel": rel, "type": media, "href": href})


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _html(name: str) -> str:
    return f"{{{XHTML}}}{name}"


def _moment(day: str) -> str:
    """The start of a day, as RFC 3339 writes it."""
    return f"{day}T00:00:00Z"


def _uuid(title: str, version: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{escape.clean(title)}\n{version}").urn
