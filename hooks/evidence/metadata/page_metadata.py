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

from evidence.model.base import OTHERS, Name, Reference
from evidence.model.vocabulary import UNDATED
from evidence.references import work_kind
from evidence.text import escape
from evidence.text.direction import without_isolates

_COMMA = re.compile(r",\s*")


@dataclass(frozen=True, slots=True)
class Host:
    """The site that a page belongs to. `publisher` and `address` are '' while they are not known; `contact` is how to reach the publisher."""

    title: str
    publisher: str = ""
    contact: str = ""
    address: str = ""
    language: str = "en"

    @property
    def author(self) -> str:
        """Who stands behind a page: the publisher, else the site by its title. Never an author of what the page is about."""
        return self.publisher or self.title


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page: its title and description as plain text, its address inside the site ('' for the home page), and the day of its last check."""

    title: str
    description: str
    path: str
    date: str = ""


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
        _tag("DC.language", host.language),
        _tag("DC.identifier", address),
        _tag("bib:authors", whole(host.author)),
        _link("cite-as", address),
        _link("type", "https://schema.org/WebPage"),
        _link("author", escape.url(host.contact)),
    ]
    return "".join(tags)


def reference_meta(reference: Reference, authorless: bool, files: Iterable[tuple[str, str]]) -> str:
    """Tags and links for a page about one work; `authorless` as for `work_kind`, `files` are the addresses of its files and their media types.

    RDF.js copies each `z:` term into the item field of that name; a DOI and an ISBN have terms of their own, because Embedded Metadata makes
    the first letter of a term small.
    """
    f = reference.field
    kind = work_kind(reference, authorless)
    tags = [
        _tag("z:itemType", kind.zotero),
        _tag("dc:title", reference.title),
        *(_tag("bib:authors", listed_name(name)) for name in reference.authors if name != OTHERS),
        *(_tag("bib:editors", listed_name(name)) for name in reference.editors if name != OTHERS),
        _tag("dc:date", issued(reference)),
        _tag("dc:source", reference.container),
        _tag("bibo:volume", f("volume")),
        _tag("bibo:issue" if kind.article else "z:number", f("number")),
        _tag("bib:pages", f("eid") or reference.pages()),
        _tag("bibo:edition", f("edition")),
        _tag("dc:publisher", reference.publisher),
        _tag("z:place", reference.place),
        _tag("z:series", f("series")),
        _tag(f"z:{kind.zotero_genre}" if kind.zotero_genre else "", f("type")),
        _tag("bibo:doi", f("doi")),
        _tag("bibo:isbn", f("isbn")),
        _tag("bibo:issn", f("issn")),
        _tag("bibo:uri", escape.url(reference.url)),
        # Else our description of the page would become the abstract of the work. Zotero drops a field that holds a space.
        '<meta name="z:abstractNote" content=" ">\n',
        _link("cite-as", reference.url if f("doi") else ""),
        *(_link("describedby", address, media_type) for address, media_type in files),
        _link("type", "https://schema.org/AboutPage"),
    ]
    return "".join(tags)


def full_address(host: Host, path: str) -> str:
    """The web address of a page, '' while the site has none."""
    return f"{host.address}{path}" if host.address else ""


def issued(reference: Reference) -> str:
    """The date of a work as a year or a year and a month (ISO 8601); what else stands there as it is; '' for a work without date."""
    if re.fullmatch(r"\d{4}", reference.year) and reference.month:
        return f"{reference.year}-{reference.month:02d}"
    return "" if reference.year == UNDATED else reference.year


def listed_name(name: Name) -> str:
    """A name as 'Family, Given'; an organisation, or a person of one name, so that no program splits it."""
    if name.literal or not name.given:
        return whole(name.short)
    family, suffix = name.family_and_suffix
    parts = (f"{name.particle} {family} {suffix}", name.given)
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
