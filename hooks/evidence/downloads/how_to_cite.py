"""How to cite a page of the site, the site, and each document that it is made from: in words, and as files.

All go through STYLES and FORMATS, as every work of the bibliography does. What is not known is said in the place where it belongs: a site
without an address gets none, and nobody's date of access is made up ("add the date").
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from evidence.crosslinks import Context, Passage, passages
from evidence.documents.document import Document, page_with
from evidence.downloads.export_files import download_line
from evidence.metadata import Host, PageFacts, full_address
from evidence.model.base import MONTHS, Location, Reference
from evidence.model.review import Review, Source
from evidence.output import blocks
from evidence.references import FORMATS, STYLES, format_works
from evidence.text import escape
from evidence.text.direction import spoken
from evidence.text.languages import way_of
from evidence.text.places import filled, has_place, place
from evidence.text.translation import _

DIRECTIVE = "cite"
SITE = "site"
_NO_ADDRESS = _("web address not yet set")
_ADD_ADDRESS = _("add the address")
_YEAR = re.compile(r"\b\d{4}\b")


def source_reference(source: Source) -> Reference:
    """A document that the site is made from, as a reference: what its record says and no more."""
    authors = [{"family": name, "given": given} if given else {"literal": name} for name, given in source.names]
    item = {"title": source.title, "author": authors, "publisher": source.publisher, "URL": source.address}
    web = source.kind == "webpage"
    return _reference(
        "online" if web else "techreport", "webpage" if web else "report", item, source.date, source.where
    )


def page_reference(host: Host, page: PageFacts) -> Reference:
    """A page of the site as a reference; the home page stands for the site."""
    whole = not page.path
    item = {
        "title": spoken(page.title, page.language, way_of(page.language)) if page.language else page.title,
        "author": [] if whole and not host.publisher else [{"literal": host.author}],
        "container-title": host.title if host.publisher and not whole else "",
        "URL": full_address(host, page.path),
    }
    return _reference("online", "webpage", item, page.date[:4], Location())


def _reference(entry_type: str, kind: str, item: Mapping[str, Any], date: str, where: Location) -> Reference:
    authors = item["author"]
    first = authors[0].get("family") or authors[0]["literal"] if authors else item["title"]
    word, years = re.search(r"\w+", first), _YEAR.findall(date)
    key = f"{word[0].lower() if word else 'page'}{years[0] if years else ''}"
    month = date.split(maxsplit=1)[0].lower()[:3] if date else ""
    parts = [int(years[0]), *([MONTHS.index(month) + 1] if month in MONTHS else [])] if len(years) == 1 else []
    issued = {"date-parts": [parts]} if parts else {"literal": date} if date else {}
    whole = {"id": key, "type": kind, **item, "issued": issued}
    return Reference(key, entry_type, {name: value for name, value in whole.items() if value}, where=where)


def works(review: Review, host: Host) -> dict[str, Reference]:
    """What readers may want to cite besides the bibliography: the site, and each document, by id."""
    site = page_reference(host, PageFacts(host.title, "", "", review.reading.checked))
    return {SITE: site} | {source.id: source_reference(source) for source in review.sources.values()}


def cited(
    references: Mapping[str, Reference], style: str, paths: Mapping[str, str], cache: Path | None = None
) -> dict[str, str]:
    """Each reference in full, by its name, as HTML (see `format_works`). `paths` are the addresses of the site's own pages, inside it."""
    done = format_works(references, {}, style, cache)
    return {name: _finished(text, references[name], style, paths.get(name)) for name, text in done.items()}


def _finished(text: str, reference: Reference, style: str, path: str | None) -> str:
    """A reference with what belongs to a web page: where it is, even where no address is known, and a place for the day of access."""
    if reference.entry_type != "online":
        return text
    where = _ADD_ADDRESS if path is None else f"/{path} ({_NO_ADDRESS})" if path else _NO_ADDRESS
    return STYLES[style].web_page(text, "" if reference.url else html.escape(where, quote=False))


def cite(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """How to cite the site (`site`), or one of the documents by its id: a place that `with_ways` fills."""
    which = f"thing: {SITE}, or the id of a document in data/sources.yml"
    name = passages.choose_one(wanted, (SITE, *context.review.sources), "thing to cite", which)
    yield context.passage(f"\n\n{place(DIRECTIVE, name)}\n\n")


CITE = passages.DirectiveKind(
    DIRECTIVE,
    cite,
    takes=f"`{SITE}`, or the id of a document in `data/sources.yml`",
    gives="how to cite it, in each style and as files",
    examples=(SITE,),
)


def cite_page(documents: Iterable[Document]) -> str:
    """The source address of the page that tells how to cite the site; '' where there is none."""
    return page_with(documents, DIRECTIVE, SITE)


def with_ways(text: str, uri: str, review: Review, host: Host, *, page: str, cache: Path | None = None) -> str:
    """Markdown of the page `uri` with the ways to cite in their places; the files lie beside `page`, and are there if it is."""
    if not has_place(text, DIRECTIVE):
        return text
    references = works(review, host)
    ways = []
    for style in STYLES.values():
        file = cache.with_name(f"{cache.stem}-{style.id}.json") if cache else None
        ways.append((style, cited(references, style.id, {SITE: ""}, file)))

    def resolved(name: str) -> str:
        made: list[blocks.Block] = []
        for style, done in ways:
            words = blocks.reference_runs(done[name], references[name].url)
            made += [blocks.Heading(3, style.name, f"{name}-{style.id}"), blocks.Paragraph(words, "cite-text")]
        if page:
            written = _written(name, references[name], review, page)
            links = ((called, address, len(content)) for called, address, content in written)
            made.append(download_line(_("Download this reference"), links, references[name].title))
        return blocks.to_markdown(made, uri)

    return filled(text, DIRECTIVE, resolved)


def _written(name: str, reference: Reference, review: Review, page: str) -> Iterator[tuple[str, str, bytes]]:
    """A reference in every format that reference managers read: what the format is called, the address of the file beside `page`, and the file."""
    for made in FORMATS.values():
        if made.for_managers:
            address = posixpath.join(posixpath.dirname(page), f"cite-{name}.{made.id}")
            yield made.name, address, made.file([made.work(reference, review)])


def files(review: Review, host: Host, page: str) -> Iterator[blocks.Output]:
    """The site and each document as files; none where no page tells how to cite."""
    for name, reference in works(review, host).items() if page else ():
        for _called, address, content in _written(name, reference, review, page):
            yield blocks.Output(address, content, reference.where.path or "data/publisher.yml")


def page_lines(pages: Mapping[str, PageFacts], host: Host, cache: Path | None = None) -> dict[str, str]:
    """By source address, the reference to each page in Harvard style."""
    references = {uri: page_reference(host, page) for uri, page in pages.items()}
    return cited(references, "harvard", {uri: page.path for uri, page in pages.items()}, cache)


def page_line(formatted: str, address: str, how: str, resolve: blocks.Resolve, kept: str = "") -> str:
    """The line at the end of a page; `how` is the source address of the page that tells how to cite, '' for none.

    A script makes of it how to cite a passage of the page: `kept` is the address of the page in the archived version with the same words, '' for none.
    """
    words = blocks.runs_to_html(blocks.reference_runs(formatted, address), resolve)
    named = f' data-kept="{escape.html_text(kept)}"' if kept else ""
    return f'<p class="cite-this">{_("To cite this page:")} <span{named}>{words}</span>{_onward(how, resolve)}</p>\n'


def work_line(how: str, resolve: blocks.Resolve) -> str:
    """The line at the end of a page about one work, which nobody needs to cite."""
    return f'<p class="cite-this">{_("Cite the source itself, rather than this page about it.")}{_onward(how, resolve)}</p>\n'


def _onward(how: str, resolve: blocks.Resolve) -> str:
    runs: blocks.Runs = (" ", blocks.Link(_("How to cite this site"), how), ".") if how else ()
    return blocks.runs_to_html(runs, resolve)
