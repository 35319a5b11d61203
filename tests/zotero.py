"""Pages read as Zotero reads them: a small model of what its translators do, for the parts that this site relies on.

Written from what the translators "Embedded Metadata", "RDF" and "COinS" and the utilities `openurl.js` and `cleanAuthor` do (github.com/zotero/translators and
github.com/zotero/utilities, in 2026). Zotero itself is not run by any test. A creator is (role, family name, first name); one that is not split has no first name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml.html import HtmlElement

VOCABULARIES = {"bib", "bibo", "dc", "dcterms", "prism", "foaf", "z", "eprints", "og", "article", "book", "so"}
# Item field -> the terms that it is taken from, the first that is there.
FIELDS = {
    "title": ("dc:title", "dcterms:title", "og:title"),
    "publicationTitle": ("prism:publicationName", "dc:source", "dcterms:source"),
    "volume": ("prism:volume", "bibo:volume"),
    "issue": ("prism:number", "bibo:issue"),
    "edition": ("prism:edition", "bibo:edition"),
    "pages": ("bib:pages", "bibo:pages"),
    "publisher": ("dc:publisher", "dcterms:publisher"),
    "date": ("prism:publicationDate", "dcterms:issued", "dc:date", "dcterms:date"),
    "ISBN": ("bibo:isbn",),
    "ISSN": ("bibo:issn",),
    "DOI": ("bibo:doi",),
    "url": ("og:url", "bibo:uri"),
    "language": ("dc:language", "dcterms:language"),
    "abstractNote": ("og:description", "bibo:abstract", "dcterms:abstract", "dc:description"),
}
AUTHORS = ("bib:authors", "dc:creator", "dcterms:creator", "dc:contributor")
OG_TYPES = {"website": "webpage", "book": "book"}
Creator = tuple[str, str, str]


@dataclass
class Item:
    """What Zotero would save."""

    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    creators: list[Creator] = field(default_factory=list)


def clean_author(text: str, role: str, comma: bool) -> Creator:
    """A name taken apart: at its first comma if it has one, else at its last space."""
    text = text.strip(" \u00a0.,/[]:\t\n")
    if not comma:
        first, _, family = text.rpartition(" ")
        return role, family, _initials(first)
    family, *rest = re.split("[,،] ?", re.sub(r"\.([^ ])", r". \1", text, count=1))
    return role, family, _initials(rest[0] if rest else "")


def _initials(first: str) -> str:
    """First names, each initial with its full stop."""
    parts = [part for part in re.split(r"[\s.]+|(?=-)", first) if part]
    return " ".join(f"{part}." if re.fullmatch("-?[A-ZА-Я]", part) else part for part in parts).replace(" -", "-")


def embedded(tree: HtmlElement) -> Item:
    """The item that the translator "Embedded Metadata" makes of a page."""
    terms: dict[str, list[str]] = {}
    for tag in tree.xpath("//meta[@content]"):
        for name in (tag.get("name") or tag.get("property") or "").split():
            prefix, mark, rest = name.replace(".", ":", 1).partition(":")
            if mark and prefix.lower() in VOCABULARIES and tag.get("content"):
                terms.setdefault(f"{prefix.lower()}:{rest[:1].lower()}{rest[1:]}", []).append(tag.get("content"))
            assert "citation_" not in name, "Highwire tags would decide the type"

    def first(names: tuple[str, ...]) -> str:
        return next((terms[name][0] for name in names if name in terms), "")

    item = Item(first(("z:itemType",)) or OG_TYPES.get(first(("og:type",)), "") or "webpage")
    item.fields = {name: value for name, names in FIELDS.items() if (value := first(names))}
    for role, names in (("author", AUTHORS), ("editor", ("bib:editors",))):
        people = next((terms[name] for name in names if name in terms), [])
        item.creators += [clean_author(person, role, "," in person) for person in people]
    if "og:site_name" in terms and item.kind == "webpage":
        item.fields.setdefault("publicationTitle", first(("og:site_name",)))
    for name, values in terms.items():
        if name.startswith("z:") and name != "z:itemType":
            item.fields[name[2:]] = values[0]
    description = tree.xpath("string(//meta[@name='description']/@content)")
    if not item.fields.get("abstractNote"):
        item.fields["abstractNote"] = description
    if "url" not in item.fields:
        item.fields["url"] = tree.xpath("string(//head/link[@rel='canonical']/@href)")
    item.fields = {name: value.strip() for name, value in item.fields.items() if value.strip()}
    return item


def listed(tree: HtmlElement) -> list[Item]:
    """The items that the translator "COinS" offers on a page."""
    return [context_object(span.get("title")) for span in tree.xpath("//span[@class='Z3988'][@title]")]


def context_object(text: str) -> Item:
    """One work of a list, as `parseContextObject` takes it apart: every part is a key and a value with an '=' between them."""
    pairs = [(key, unquote(value.replace("+", " "))) for key, value in (part.split("=") for part in text.split("&"))]
    known = dict(pairs)
    genre, form = known.get("rft.genre", ""), known["rft_val_fmt"].removeprefix("info:ofi/fmt:kev:mtx:")
    books = {"bookitem": "bookSection", "proceeding": "conferencePaper", "report": "report", "document": "document"}
    kind = {"journal": "journalArticle", "dissertation": "thesis", "patent": "patent", "dc": "webpage"}.get(form, "")
    item = Item(kind or books.get(genre, "book"))
    if form == "dc":
        item.kind = known.get("rft.type", item.kind)
    part = item.kind in ("journalArticle", "bookSection", "conferencePaper")
    names = {
        "title": "rft.atitle" if part else "rft.title" if form in ("dc", "dissertation") else "rft.btitle",
        "publicationTitle": "rft.jtitle" if form == "journal" else "rft.btitle" if part else "rft.source",
        "publisher": "rft.inst"
        if form == "dissertation"
        else "rft.publisher"
        if "rft.publisher" in known
        else "rft.pub",
    }
    names |= {name: f"rft.{name}" for name in ("date", "volume", "issue", "pages", "place", "edition", "series")}
    item.fields = {name: known[key] for name, key in names.items() if key in known}
    organisations, people = [], []
    for key, value in pairs:
        if key == "rft_id" and value.startswith("info:doi/"):
            item.fields["DOI"] = value[9:]
        elif key == "rft_id" and value.startswith("urn:isbn:"):
            item.fields["ISBN"] = value[9:]
        elif key == "rft_id":
            item.fields["url"] = value
        elif key == "rft.aucorp":
            organisations.insert(0, ("author", value, ""))
        elif key == "rft.aulast":
            people.append(("author", value, known.get("rft.aufirst", "")))
        elif key in ("rft.au", "rft.contributor"):
            people.append(clean_author(value, "author" if key == "rft.au" else "contributor", "," in value))
    item.creators = organisations + people
    return item
