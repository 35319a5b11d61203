"""Pages for search engines, as schema.org terms in JSON-LD: the site, the pages that cite works, the tables, and each work.

A <script> of type application/ld+json is data: a browser runs nothing of it, and a Content-Security-Policy does not concern it (HTML Standard, "The
script element": data blocks). Relative addresses are resolved against the page (JSON-LD 1.1, "Base IRI"), so they hold before the site has an address.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from evidence.metadata.page_metadata import Host, PageFacts, full_address, issued
from evidence.model.base import OTHERS, Name, Reference
from evidence.model.vocabulary import standing_words
from evidence.references import work_kind
from evidence.text import escape
from evidence.text.direction import without_isolates

Node = dict[str, Any]
# What could end the script or begin a comment, and line ends that JavaScript knows and JSON does not.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(node: Node) -> str:
    """A node as a data block for the head of a page."""
    text = json.dumps({"@context": "https://schema.org"} | node, ensure_ascii=False, separators=(",", ":"))
    return f'<script type="application/ld+json">{text.translate(_ESCAPED)}</script>\n'


def site_node(host: Host, home: str) -> Node:
    """The site; `home` is the relative address of its home page."""
    publisher = _organisation(host.publisher)
    return _node("WebSite", name=host.title, url=host.address or home, inLanguage=host.language, publisher=publisher)


def page_node(host: Host, page: PageFacts, home: str, based_on: Iterable[Node], cited: Iterable[Node]) -> Node:
    """A page: a report where it cites works, with what it rests on, else a plain web page."""
    works = list(cited)
    return _node(
        "Report" if works else "WebPage",
        name=page.title,
        description=page.description,
        url=full_address(host, page.path),
        inLanguage=page.language or host.language,
        dateModified=page.date,
        author=_organisation(host.author),
        publisher=_organisation(host.publisher),
        isPartOf=site_node(host, home),
        isBasedOn=list(based_on),
        citation=works,
    )


def dataset_node(host: Host, name: str, description: str, files: Iterable[tuple[str, str]]) -> Node:
    """A table, or several, as data; `files` are addresses seen from the page, and their media types."""
    return _node(
        "Dataset",
        name=name,
        description=description,
        creator=_organisation(host.author),
        inLanguage=host.language,
        isAccessibleForFree=True,
        distribution=[_node("DataDownload", encodingFormat=kind, contentUrl=address) for address, kind in files],
    )


def about_node(host: Host, page: PageFacts, home: str, work: Node) -> Node:
    """A page about one work."""
    return _node(
        "AboutPage",
        name=page.title,
        url=full_address(host, page.path),
        inLanguage=host.language,
        dateModified=page.date,
        isPartOf=site_node(host, home),
        about=work,
    )


def work_node(reference: Reference) -> Node:
    """A work."""
    kind = work_kind(reference)
    within = reference.container
    return _node(
        kind.schema_org,
        name=reference.title,
        author=[_person(name) for name in reference.authors if name != OTHERS],
        editor=[_person(name) for name in reference.editors if name != OTHERS],
        datePublished=issued(reference),
        inLanguage=reference.text("language"),
        translator=[_person(name) for name in reference.names("translator") if name != OTHERS],
        publisher=_organisation(reference.text("publisher")),
        isPartOf=_node("Periodical" if kind.article else "CreativeWork", name=within) if within else "",
        url=escape.url(reference.text("URL")),
        creativeWorkStatus=standing_words(reference.field("status"), "")[0],
        archivedAt=escape.url(reference.field("archived")),
        sameAs=escape.url(reference.url) if reference.text("DOI") else "",
    )


def _person(name: Name) -> Node:
    if name.literal:
        return _organisation(name.literal)
    return _node("Person", name=name.full, givenName=name.given, familyName=name.short)


def _organisation(name: str) -> Node:
    return _node("Organization", name=name) if name else {}


def _node(kind: str, **facts: Any) -> Node:
    """A node of a type of schema.org without what is empty, its texts on one line."""
    cleaned = {k: without_isolates(escape.clean(v)) if isinstance(v, str) else v for k, v in facts.items()}
    return {"@type": kind} | {key: value for key, value in cleaned.items() if value not in ("", [], {}, None)}
