"""Packs as papers: each as one Markdown text that its page, PDF and office files are made from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat

from evidence.cards import sources_of
from evidence.crosslinks import Page, index, reference_links, resolving
from evidence.directives import publisher
from evidence.model.changes import edition
from evidence.model.review import Review, Source
from evidence.model.site_data import Pack
from evidence.model.vocabulary import PICTURES
from evidence.output import blocks, markdown
from evidence.papers.briefs import brief_of
from evidence.papers.pack_parts import Find, language_of, passages_of
from evidence.papers.packs import INSIDE, REFERENCES, pack_uri
from evidence.papers.relocating import Mover
from evidence.pictures import qr_code
from evidence.references import Label, in_order
from evidence.text import escape, languages
from evidence.text.addresses import page_address
from evidence.text.places import filled, has_place, place
from evidence.text.translation import _

ABOUT_ID = "about-this-paper"
ENDS = {
    resolving.REFERENCES_ID: "bibliography",
    reference_links.NOT_TRACED_ID: "bibliography",
    ABOUT_ID: "colophon",
}
"""What the last sections of a paper are, by the ids of their headings, in the vocabulary of EPUB."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A pack as Markdown: a heading of level 1, its parts, its references, and the lines about it. `address` is '' for a site without one.

    `pages` are the pages of the site that it takes words from; `source` names its sources in a few words, and `picture` is the drawing, for its cover.
    `tested` says whether readers have tested it, `language` is the tag of the language that it is written in, `ours` that of the
    review where that is another: in it is what the engine says.
    """

    pack: Pack
    uri: str
    markdown: str
    author: str
    date: str
    address: str
    pages: tuple[blocks.Link, ...] = ()
    source: str = ""
    picture: str = ""
    tested: bool = False
    language: str = "en-GB"
    ours: str = ""


def paper(
    review: Review,
    pack: Pack,
    find: Find,
    known: Mapping[str, Label],
    formatted: Mapping[str, str],
    *,
    site_title: str = "",
    listed: blocks.Link | None = None,
) -> Paper:
    """A pack as a paper. All that it names must be there (see `paper_rules.packs`); `formatted` holds the references in full.

    `site_title` and `listed`, the page that lists the packs, say where to find it while the site has no address.
    """
    uri = pack_uri(pack.id)
    mover = Mover(uri)
    passages = tuple(passages_of(review, pack, find, mover))
    links_terms = not any(part.words for part in pack.parts) and pack.form != "cards"
    page = Page(uri, pack.title, passages, pack.where, links_terms=links_terms)
    occurrences = index.build_index(review, [page], known).by_page[uri]
    resolved = resolving.resolve_citations(
        page, occurrences, review, known, formatted, words_here=False, content_first=True
    )
    works = blocks.to_markdown(tuple(_references(occurrences, review, known, formatted)), uri)
    lang = language_of(pack, find)
    ours = f'\n\n<div{languages.attributes(review.reading.language)} markdown="1">{{}}\n</div>\n' if lang else "{}"
    works = ours.format(works) if works else ""
    text = replace(resolved, tail=()).markdown()
    if not has_place(text, REFERENCES):
        text += works
    lists = chain([works], repeat(""))  # they stand once, above what is to write on
    text = filled(text, REFERENCES, lambda name: next(lists))
    if pack.form == "book":
        text = mover.led(text)
    site = review.publisher.site_address
    address = page_address(uri, site)
    sources = sources_of(review, pack)
    about = [" ".join(filter(None, (_whose(sources), edition(review.changes, review.reading.checked))))]
    there = (
        markdown.link(re.sub(r"^https?://", "", address), address, uri) if site else _found(pack, site_title, listed)
    )
    code = _code(address) if site else ""
    where = f"{_('This paper on our website:')} {there}"
    about = [*about, f"{code}{where}\n{{ .paper-address }}"] if code else [f"{about[0]} {where}"]
    heading = markdown.heading(2, _("About this paper"), ABOUT_ID)
    # A paper does not wait for the copy that it would tell the size of.
    inside = f"\n\n{place(INSIDE, pack.id)}" if pack.form == "kit" else ""
    whole = text.strip().replace(publisher.SIZE, "") + inside + ours.format(heading + "\n\n".join(about) + "\n")
    uris = [brief_of(review, p.brief, pack.each, p.page).page if p.brief else p.page for p in pack.parts]
    taken = {uri: found.title for uri in uris if uri and (found := find(uri))}
    pages = tuple(blocks.Link(title, target) for target, title in taken.items())
    short = "; ".join(f"{source.name}, {source.date}" for source in sources)
    picture = review.drawings.get(f"{PICTURES}{pack.picture}", "")
    day = review.reading.checked
    tested = bool(review.accessibility.sessions_on(uri))
    written = (
        review.publisher.name,
        day,
        address if site else "",
        pages,
        short,
        picture,
        tested,
        lang or review.reading.language,
        review.reading.language if lang else "",
    )
    return Paper(pack, uri, whole, *written)


def _whose(sources: Sequence[Source]) -> str:
    """What a paper rests on and whose words it holds, so that nobody takes ours for those of its sources: in so few words that they fill no side."""
    if not sources:
        return _("The words are ours, as editors.")
    told = _("%(name)s by %(author)s, %(date)s")
    named = [
        told % {name: escape.markdown(getattr(one, name)) for name in ("name", "author", "date")} for one in sources
    ]
    ours = _("The words are ours, as editors, but for quotations.")
    return f"{_('Sources: %s.') % '; '.join(named)} {ours}"


def _found(pack: Pack, site_title: str, listed: blocks.Link | None) -> str:
    """Where to look for a paper while the site has no address: on the page that lists it, else under its title."""
    page = escape.markdown(listed.text if listed else pack.title)
    said = {"page": page, "site": escape.markdown(site_title)}
    return _("“%(page)s”, in “%(site)s”") % said if site_title else _("“%(page)s”") % said


def _code(address: str) -> str:
    """A QR code to stand before the words that say the same: the page and the office files show it, the PDF makes its own from the address."""
    code = qr_code(address)
    size = f'width="{code.width}mm" height="{code.width}mm"'
    opening = f'<svg class="paper-code" role="img" aria-label="{html.escape(code.alt)}" focusable="false" {size}'
    return code.svg.replace("<svg", opening, 1) + " "


def _references(
    occurrences: tuple[index.Occurrence, ...], review: Review, known: Mapping[str, Label], formatted: Mapping[str, str]
) -> Iterator[blocks.Block]:
    """The works that a paper cites, once each, without the links of a page's own list: paper cannot be clicked."""
    keys = {occurrence.item.key for occurrence in occurrences}
    traced = in_order(keys, review, known)
    if traced:
        yield blocks.Heading(2, _("References"), resolving.REFERENCES_ID)
        runs = {
            key: reference_links.entry(review.references[key], formatted[key], known, on_paper=True) for key in traced
        }
        yield blocks.Items(tuple(blocks.Item(runs[key], reference_links.entry_id(key), "reference") for key in traced))
    untraced = [review.untraced[key] for key in sorted(keys) if key in review.untraced]
    if untraced:
        yield blocks.Heading(2, reference_links.NOT_TRACED_TITLE, reference_links.NOT_TRACED_ID)
        yield blocks.Items(
            tuple(
                blocks.Item((record.words,), reference_links.entry_id(record.key), "reference") for record in untraced
            )
        )
