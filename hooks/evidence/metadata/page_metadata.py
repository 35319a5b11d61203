"""What stands in the head of a page for programs that keep references: whose page it is, or which work it is about.

Zotero's translator "Embedded Metadata" reads <meta> tags of known vocabularies and takes the type of the item from `z:itemType`, then from `og:type`
(its source, with RDF.js: github.com/zotero/translators). So a page of ours says `og:type` website, and becomes a "Web Page"; a page about a work says
the work in terms that only reference managers read (`z:`, `bib:`, `bibo:`, `dc:` with a colon), and becomes that work.

No page has Highwire tags (`citation_title` and so on). Google Scholar's "Inclusion Guidelines for Webmasters" ask for them on pages that hold a paper
or its abstract. Ours hold neither: a page that is about a paper would pass for the paper.

Links follow the FAIR Signposting Profile (signposting.org/FAIR): `cite-as` (RFC 8574) names what to cite, `describedby` the record of a work in a file,
`type` the kind of page (RFC 6903), `author` who publishes. There is no `license`: none has been given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from evidence.model.base import OTHERS, Name, Reference, joined
from evidence.references import work_kind
from evidence.text import escape
from evidence.text.direction import without_isolates
from evidence.text.words import iso_date

_COMMA = re.compile(r",\s*")


@dataclass(frozen=True, slots=True)
class Host:
    """The site that a page belongs to. `publisher` and `address` are '' while they are not known; `contact` is how to reach the publisher."""

    title: str
    publisher: str = ""
    contact: str = ""
    address: str = ""
    language: str = "en-GB"

    @property
    def author(self) -> str:
        """Who stands behind a page: the publisher, else the site by its title. Never an author of what the page is about."""
        return self.publisher or self.title


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page: its title and description as plain text, its address inside the site ('' for the home page), and the day of its last check. `language` is that of
    its words where it is not the site's."""

    title: str
    description: str
    path: str
    date: str = ""
    language: str = ""


def page_meta(host: Host, page: PageFacts) -> str:
    """Tags and links for a page of the site's own words."""
    address = full_address(host, page.path)
    tags = [
        _tag("og:type", "website", "property"),
        _tag("og:title", page.title, "property"),
        _tag("og:site_name", host.title, "property"),
        _tag("og:url", address, "property"),
        _link("schema.DC", "http://purl.org/dc/elements/1.1/"),
        _tag("DC.title", page.title),
        _tag("DC.creator", host.author),
        _tag("DC.publisher", host.publisher),
        _tag("DC.date", page.date),
        _tag("DC.language", page.language or host.language),
        _tag("DC.identifier", address),
        _tag("bib:authors", whole(host.author)),
        _link("cite-as", address),
        _link("type", "https://schema.org/WebPage"),
        _link("author", escape.url(host.contact)),
    ]
    return "".join(tags)


def reference_meta(reference: Reference, files: Iterable[tuple[str, str]]) -> str:
    """Tags and links for a page about one work; `files` are the addresses of its files and their media types.

    RDF.js copies each `z:` term into the item field of that name; a DOI and an ISBN have terms of their own, because Embedded Metadata makes
    the first letter of a term small.
    """
    t = reference.text
    kind = work_kind(reference)
    tags = [
        _tag("z:itemType", kind.zotero),
        _tag("dc:title", reference.title),
        *(_tag("bib:authors", listed_name(name)) for name in reference.authors if name != OTHERS),
        *(_tag("bib:editors", listed_name(name)) for name in reference.editors if name != OTHERS),
        _tag("dc:date", issued(reference)),
        _tag("dc:source", reference.container),
        _tag("dc:language", t("language")),
        _tag("bibo:volume", t("volume")),
        _tag("bibo:issue" if kind.article else "z:number", t("issue") if kind.article else t("number")),
        _tag("bib:pages", reference.pages()),
        _tag("bibo:edition", t("edition")),
        _tag("dc:publisher", t("publisher")),
        _tag("z:place", t("publisher-place")),
        _tag("z:series", t("collection-title")),
        _tag(f"z:{kind.zotero_genre}" if kind.zotero_genre else "", t("genre")),
        _tag("bibo:doi", t("DOI")),
        _tag("bibo:isbn", t("ISBN")),
        _tag("bibo:issn", t("ISSN")),
        _tag("bibo:uri", escape.url(reference.url)),
        # Else our description of the page would become the abstract of the work. Zotero drops a field that holds a space.
        '<meta name="z:abstractNote" content=" ">\n',
        _link("cite-as", reference.url if t("DOI") else ""),
        *(_link("describedby", address, media_type) for address, media_type in files),
        _link("type", "https://schema.org/AboutPage"),
    ]
    return "".join(tags)


def full_address(host: Host, path: str) -> str:
    """The web address of a page, '' while the site has none."""
    return f"{host.address}{path}" if host.address else ""


def issued(reference: Reference) -> str:
    """The date of a work as a year, with month and day where they are known, or a span of such (ISO 8601); '' for a work without such a date."""
    written = iso_date(reference.item.get("issued", {}))
    return "" if written.startswith("-") else written  # before our era, programs that read pages know no years


def listed_name(name: Name) -> str:
    """A name as 'Family, Given'; an organisation, or a person of one name, so that no program splits it."""
    if name.literal or not name.given:
        return whole(name.short)
    parts = (f"{joined(name.particle, name.family)} {name.suffix}", name.given)
    return ", ".join(" ".join(_COMMA.sub("，", part).split()) for part in parts)


def whole(name: str) -> str:
    """A name with a comma at its end: Zotero then takes it for a family name and does not split it at its spaces. A comma within would split it."""
    return f"{_COMMA.sub('，', escape.clean(name))},"


def _tag(name: str, value: str, key: str = "name") -> str:
    text = escape.html_text(without_isolates(value)) if name and value else ""
    return f'<meta {key}="{name}" content="{text}">\n' if text else ""


def _link(relation: str, address: str, kind: str = "") -> str:
    """A link of the head; to the web, or to a file of the site. '' where there is no address, or one of another kind."""
    target = escape.url(address) if ":" in address.partition("/")[0] else address
    if not target:
        return ""
    typed = f' type="{kind}"' if kind else ""
    return f'<link rel="{relation}"{typed} href="{escape.html_text(target)}">\n'
