"""Packs on the site: the page of each, with its files, and the list of all packs that a directive puts into a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from evidence.crosslinks import Context, Passage, passages
from evidence.model.review import Review
from evidence.model.site_data import Pack
from evidence.output import blocks, markdown, templates
from evidence.papers.files import PaperFile, make_files
from evidence.papers.formats import PaperFormat, in_pages, offered
from evidence.papers.kit import FILE, KitPages
from evidence.papers.pack_parts import Find
from evidence.papers.packs import all_packs, pack_uri, page_title
from evidence.papers.paper import Paper, paper
from evidence.papers.relocating import led_away
from evidence.references import Label
from evidence.text import escape
from evidence.text.addresses import relative
from evidence.text.places import filled, has_place, place
from evidence.text.translation import _, numbered
from evidence.text.words import file_size

_SIZE = "size"  # the places for a file's pages and size, which are known when it is made
_PAGES = "pages"
_READY, _FILES, _FIRST = "ready", "files", "first"


@dataclass(frozen=True)
class Papers:
    """Every pack of a review as a paper, and the files of all, which are made when they are first asked for.

    `listed` leads to the page that lists the packs, None where none does; `cache` is the folder of earlier results, `previous` what `files` were in an earlier build: such a file stays although its paper has changed.
    On paper, links to pages that are `away` have these addresses, and `said` stands behind them.
    """

    all: tuple[Paper, ...]
    site_address: str
    cache: Path
    listed: blocks.Link | None = None
    previous: Mapping[str, PaperFile] | None = None
    away: Mapping[str, str] = field(default_factory=dict)
    said: str = ""

    @classmethod
    def of(
        cls,
        review: Review,
        find: Find,
        known: Mapping[str, Label],
        formatted: Mapping[str, str],
        *,
        cache: Path,
        title: str = "",
        listed: blocks.Link | None = None,
        previous: Mapping[str, PaperFile] | None = None,
    ) -> Papers:
        """The papers of a sound review; `find` finds its pages, `formatted` holds its references in full, `title` is the site's."""
        made = tuple(
            paper(review, pack, find, known, formatted, site_title=title, listed=listed)
            for pack in all_packs(review).values()
        )
        return cls(made, review.publisher.site_address, cache, listed, previous)

    @cached_property
    def files(self) -> dict[str, PaperFile]:
        """The files of all papers, by address; PaperError names a pack that cannot be set."""
        return make_files(self._on_paper, self.site_address, self.cache, self.previous)

    def files_anew(self) -> dict[str, PaperFile]:
        """The same, with every paper made that has changed since `previous`; what is made is cached for the next build, and not in memory."""
        made = make_files(self._on_paper, self.site_address, self.cache)
        if made != self.files:
            from evidence.output import typesetting  # noqa: PLC0415 (checking sets no paper)

            typesetting.forget()
        return made

    @cached_property
    def _on_paper(self) -> tuple[Paper, ...]:
        if not self.away:
            return self.all
        return tuple(replace(p, markdown=led_away(p.markdown, p.uri, self.away, self.said)) for p in self.all)

    def with_sizes(self, text: str) -> str:
        """Text with the pages and sizes of files in their places: ', 3 pages, 48 KB'; and with what is to be said of the kit for a meeting."""
        if not has_place(text):
            return text
        return self._kits.filled(filled(filled(text, _SIZE, self._size), _PAGES, self._pages))

    @cached_property
    def _kits(self) -> KitPages:
        packs = {made.pack.id: made.pack for made in self.all}
        sizes = {uri: len(file.content) for uri, file in self.files.items()}
        return KitPages(packs, {uri: file.pages for uri, file in self.files.items()}, sizes)

    @staticmethod
    def line(pack: Pack, from_uri: str) -> str:
        """A link to the page of a pack, which has its files, and behind it a place for the pages to print, as inline Markdown."""
        page = markdown.link(pack.title, pack_uri(pack.id), from_uri)
        pages = "".join(place(_PAGES, kind.uri(pack)) for kind in offered(pack)[:1])
        return f"{page}{pages}{_('; also in large print') if len(pack.sizes) > 1 else ''}"

    def _pages(self, uri: str) -> str:
        file = self.files[uri]
        pages = in_pages(file.pages)
        if kit := self._kits.sheets_in(uri):
            pages += f", {kit}"
        elif file.sheets:
            pages += numbered(", %(num)s sheet of paper", ", %(num)s sheets of paper", file.sheets)
        return pages

    def _size(self, uri: str) -> str:
        return f"{self._pages(uri)}, {file_size(len(self.files[uri].content))}"

    def outputs(self) -> Iterator[blocks.Output]:
        """For each pack its files, and the page that says the same as they do and links to them."""
        for made in self.all:
            pack, uris = made.pack, [kind.uri(made.pack) for kind in offered(made.pack)]
            links = markdown.items(_link(made.uri, pack, kind) for kind in offered(pack))
            text, links = self.with_sizes(made.markdown), self.with_sizes(links)
            _title, _line, rest = text.partition(
                "\n"
            )  # in its place stand its name as a page, and the files for those who came to print
            # The chapters of a book are on the site, so its page has none of their words.
            chapters = made.pages if pack.form == "book" else ()
            view = {
                "pack": pack,
                "title": page_title(pack),
                "paper": "" if chapters else rest,
                "links": links,
                "chapters": chapters,
            }
            onward = [(_("The page with these words:"), page) for page in made.pages if not chapters]
            onward += [(_("All papers:"), self.listed)] if self.listed else []
            yield templates.page("papers/pack.md.j2", made.uri, pack.where.path, tail=blocks.onward(onward), **view)
            yield from (blocks.Output(uri, self.files[uri].content, pack.where.path) for uri in uris)


def _link(from_uri: str, pack: Pack, kind: PaperFormat) -> str:
    """A link to a file that says what it is, with a place for its pages and size; by itself it names the pack as well."""
    uri = kind.uri(pack)
    shown = f"{kind.name}{place(_SIZE, uri)}"
    name = f"{shown}: {escape.attribute(pack.title)}"
    return f'[{shown}]({relative(from_uri, uri)}){{ aria-label="{name}" }}'


def _kind(pack: Pack) -> str:
    """Which list a pack stands in."""
    return pack.each or ("books" if pack.form == "book" else _READY)


def packs(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The packs: `ready` for a table of those that stand alone, `nation`, `theme` or `books` for a list of such; without words, all.

    The id of one pack gives a link to it, within the line; `files` and its id, a list of its files; `first` and its id, a line for the screen with a link to the first.
    """
    chosen = all_packs(context.review)
    if len(wanted) == 1 and wanted[0] in chosen:
        pack = chosen[wanted[0]]
        yield context.passage(Papers.line(pack, context.document.uri), where=pack.where)
        return
    if wanted[:1] in ((_FILES,), (_FIRST,)):
        pack = chosen[passages.choose_one(wanted[1:], chosen, "pack")]
        if wanted[0] == _FIRST:
            link = _link(context.document.uri, pack, offered(pack)[0])
            yield context.passage(f"\n\n{_('To print:')} {link}\n{{ .screen-only }}\n\n", where=pack.where)
            return
        links = markdown.items(_link(context.document.uri, pack, kind) for kind in offered(pack))
        yield context.passage(f"\n\n{links}\n", where=pack.where)
        return
    kinds = dict.fromkeys(map(_kind, chosen.values()))
    if kinds and FILE in context.review.damaged:  # perhaps since all of a kind could not be read, which is told already
        kinds |= dict.fromkeys((_READY, "nation", "theme", "books"))
    if not kinds:
        raise passages.AbsentError(f"there is no pack in {FILE}")
    for kind in passages.choose(wanted, kinds, "kind of pack") or sorted(kinds, key=lambda kind: kind != _READY):
        found = [pack for pack in chosen.values() if _kind(pack) == kind]
        caption = _("Papers for a meeting") if context.review.network else _("Papers to print")
        head = markdown.table_head(caption, (_("Papers"), _("What they are for"), _("Files")))
        yield context.passage(f"\n\n{head if kind == _READY else ''}")
        for pack in found:
            page = markdown.link(pack.title, pack_uri(pack.id), context.document.uri)
            files = "<br>".join(_link(context.document.uri, pack, offer) for offer in offered(pack))
            cells = (page, escape.markdown(pack.purpose), files)
            row = markdown.table_row(cells) if kind == _READY else markdown.items([f"{page}<br>{files}"])
            yield context.passage(row, where=pack.where)
        yield context.passage("\n")


PACKS = passages.DirectiveKind(
    "packs",
    packs,
    takes="nothing, `ready`, `nation`, `theme` or `books`; the id of one pack; or `files` or `first` and such an id",
    gives="the papers for a meeting, with pages, type and size: those that stand alone, those for each nation or for each theme, or the books; a link to one; the files of one, or a line with the first of them, which no paper has",
    examples=("ready", "nation", "theme"),
)
