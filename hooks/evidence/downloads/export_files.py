"""References to take away: each work, and the works of the whole review, of a theme, a nation or a page, as BibTeX, RIS, CSL-JSON and CSV.

Each work is written once in each format; a list is put together from these pieces, so thousands of files cost little more than their bytes.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidence.crosslinks.index import Index
from evidence.downloads.links import CSS, NAMES, download_line
from evidence.model.base import Name, Reference
from evidence.model.review import Review, Theme
from evidence.output.blocks import Block, Output, Paragraph
from evidence.output.csv_files import BOM, to_csv
from evidence.references.bibtex import to_bibtex
from evidence.references.csl import (
    container_title,
    csl_name,
    page_range,
    publisher,
    publisher_place,
    to_csl_json,
    web_address,
)
from evidence.references.formatting import in_order
from evidence.references.labels import Label
from evidence.references.ris import to_ris
from evidence.sources.document import Document
from evidence.text.words import counted

# The endings of the files, and what readers call the formats.
FORMATS = NAMES | {"csv": "CSV"}
WHOLE = "references/bibliography"
_OF_PAGE = "-references"
_HEADS = (
    "Key Type Authors Editors Year Month Title Container Series Volume Number Pages Article_number Edition Publisher Place Kind_of_work DOI URL "
    "Kind_of_source Nations Access How_it_came_into_the_list What_was_checked Editors'_note Why_no_page_cites_it"
)
_CSV_HEAD = tuple(name.replace("_", " ") for name in _HEADS.split())
_START = {"json": b"[\n", "csv": to_csv(_CSV_HEAD, ())}
_BETWEEN = {"bib": b"\n", "json": b",\n"}
_END = {"json": b"\n]\n"}


@dataclass(frozen=True, slots=True)
class ReferenceFiles:
    """Every work in every format, by ending and key; files are put together from these."""

    pieces: Mapping[str, Mapping[str, bytes]]

    def file(self, keys: Iterable[str], ending: str) -> bytes:
        """The file that holds these works, in this order."""
        pieces = self.pieces[ending]
        works = _BETWEEN.get(ending, b"").join(pieces[key] for key in keys)
        return _START.get(ending, b"") + works + _END.get(ending, b"")

    def size(self, keys: tuple[str, ...], ending: str) -> int:
        """The size of that file in bytes."""
        around = len(_START.get(ending, b"")) + len(_END.get(ending, b""))
        between = len(_BETWEEN.get(ending, b"")) * (len(keys) - 1)
        return around + between + sum(len(self.pieces[ending][key]) for key in keys)

    def holds(self, uri: str) -> bool:
        """Whether `uri` is the address of one work in one format."""
        stem, _, ending = uri.rpartition(".")
        return stem.startswith("references/") and stem.removeprefix("references/") in self.pieces.get(ending, {})

    def downloads(self, words: str, stem: str, keys: tuple[str, ...], of: str) -> Paragraph:
        """One line of links to the files of `stem`: `words` begin it, `of` tells its links from those of other lines."""
        files = ((name, f"{stem}.{ending}", self.size(keys, ending)) for ending, name in FORMATS.items())
        return download_line(words, files, of)


def make_reference_files(review: Review) -> ReferenceFiles:
    """Write every work in every format."""
    pieces: dict[str, dict[str, bytes]] = {ending: {} for ending in FORMATS}
    for key, reference in review.references.items():
        authorless = review.authorless(reference)
        pieces["bib"][key] = to_bibtex(reference).encode()
        pieces["ris"][key] = to_ris(reference, authorless).encode()
        pieces["json"][key] = to_csl_json(reference, authorless).encode()
        pieces["csv"][key] = to_csv(_row(review, reference), ()).removeprefix(BOM)
    return ReferenceFiles(pieces)


def _row(review: Review, reference: Reference) -> tuple[str, ...]:
    f = reference.field
    kind = review.kind_of(reference)
    nations = [review.nations[name].name for name in reference.nations if name in review.nations]
    return (
        reference.key,
        reference.entry_type,
        _people(reference.authors),
        _people(reference.editors),
        reference.year,
        f("month"),
        reference.title,
        container_title(reference),
        f("series"),
        f("volume"),
        f("number"),
        page_range(reference, "–"),
        f("eid"),
        f("edition"),
        publisher(reference),
        publisher_place(reference),
        f("type"),
        f("doi"),
        web_address(f("url")),
        kind.name if kind else "",
        "; ".join(nations),
        f("access"),
        f("listing"),
        f("verified"),
        f("editornote"),
        f("uncited"),
    )


def _people(names: tuple[Name, ...]) -> str:
    """Names with semicolons between them: 'van den Berg, Kees; Hedge and Ditch Trust'."""
    parts = ("non-dropping-particle", "family")
    found = []
    for name in map(csl_name, names):
        first = " ".join(name[part] for part in parts if part in name)
        rest = [name[part] for part in ("suffix", "given") if part in name]
        found.append(name.get("literal") or ", ".join([first, *rest]))
    return "; ".join(found)


@dataclass(frozen=True, slots=True)
class Lists:
    """Which works go together into files: by theme, nation and page; without those that have none."""

    themes: Mapping[str, tuple[str, ...]]
    nations: Mapping[str, tuple[str, ...]]
    pages: Mapping[str, tuple[str, ...]]
    whole: tuple[str, ...]

    def stems(self) -> Iterator[tuple[str, tuple[str, ...], str]]:
        """Each list but those of pages: its address without the ending, its works, and the source file that it comes from."""
        if self.whole:
            yield WHOLE, self.whole, "bibliography.bib"
        for theme, keys in self.themes.items():
            yield theme_stem(theme), keys, "data/themes.yml"
        for nation, keys in self.nations.items():
            yield nation_stem(nation), keys, "data/nations.yml"


def theme_stem(theme: str) -> str:
    """The address of a theme's files, without the ending."""
    return f"themes/{theme}"


def nation_stem(nation: str) -> str:
    """The address of a nation's files, without the ending: `nations/<id>.csv` is the table of its profile."""
    return f"nations/{nation}-sources"


def page_stem(uri: str) -> str:
    """The address of a page's files, without the ending. The page's name stays in it, so that files of two pages can lie in one folder."""
    return f"{posixpath.splitext(uri)[0]}{_OF_PAGE}"


def make_lists(review: Review, index: Index, known: Mapping[str, Label]) -> Lists:
    """All lists, each in the order of a list of references. A nation's works speak about it, or are cited where the review speaks of it."""
    place = {key: i for i, key in enumerate(in_order(review.references, review, known))}

    def ordered(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({key for key in keys if key in place}, key=place.__getitem__))

    nations: dict[str, list[str]] = {nation: [] for nation in review.nations}
    for key, reference in review.references.items():
        for nation in {*reference.nations, *index.nations_of(key)} & nations.keys():
            nations[nation].append(key)
    themes = {theme: ordered(index.references_of(theme)) for theme in review.themes}
    pages = {uri: ordered(mention.item.key for mention in mentions) for uri, mentions in index.by_page.items()}
    return Lists(
        {theme: keys for theme, keys in themes.items() if keys},
        {nation: ordered(keys) for nation, keys in nations.items() if keys},
        {uri: keys for uri, keys in pages.items() if keys},
        tuple(place),
    )


def list_files(reference_files: ReferenceFiles, lists: Lists) -> Iterator[Output]:
    """The files of the whole list, of themes and of nations."""
    for stem, keys, made_from in lists.stems():
        for ending in FORMATS:
            yield Output(f"{stem}.{ending}", reference_files.file(keys, ending), made_from)


def small_files(reference_files: ReferenceFiles, lists: Lists) -> Iterator[tuple[str, bytes]]:
    """The files of single works and of pages, by address: there are many of them, and each is small."""
    for ending, works in reference_files.pieces.items():
        for key in works:
            yield f"references/{key}.{ending}", reference_files.file((key,), ending)
        for uri, keys in lists.pages.items():
            yield f"{page_stem(uri)}.{ending}", reference_files.file(keys, ending)


def is_small_file(reference_files: ReferenceFiles, lists: Lists, uri: str) -> bool:
    """Whether `uri` is the address of one of them."""
    stem, _, ending = uri.rpartition(".")
    of_page = ending in FORMATS and stem.endswith(_OF_PAGE) and f"{stem.removesuffix(_OF_PAGE)}.md" in lists.pages
    return of_page or reference_files.holds(uri)


def page_downloads(
    reference_files: ReferenceFiles, lists: Lists, review: Review, document: Document
) -> tuple[Block, ...]:
    """What stands at the end of a page's list of references: its own files, and those of the nations whose profile it shows."""
    found: list[Block] = []
    if keys := lists.pages.get(document.uri):
        words = f"Download {_all(keys)} of this page"
        name = f"sources of the page {document.title}"
        found.append(reference_files.downloads(words, page_stem(document.uri), keys, name))
    for nation in dict.fromkeys(
        name for directive in document.directives("nation") for name in directive.arguments[:1]
    ):
        if keys := lists.nations.get(nation):
            name = review.nations[nation].name
            words = f"Download {_all(keys)} that speak about {name}, or that this site cites about it"
            found.append(reference_files.downloads(words, nation_stem(nation), keys, f"sources about {name}"))
    return tuple(found)


def theme_downloads(reference_files: ReferenceFiles, lists: Lists, theme: Theme) -> tuple[Block, ...]:
    """What stands at the end of a theme's sources."""
    keys = lists.themes.get(theme.id, ())
    name = f"sources of the theme {theme.title}"
    return (reference_files.downloads(f"Download {_all(keys)}", theme_stem(theme.id), keys, name),) if keys else ()


def whole_downloads(reference_files: ReferenceFiles, lists: Lists) -> tuple[Block, ...]:
    """What stands above the list of all references."""
    number = f"all {counted(len(lists.whole), 'source')}"
    return (reference_files.downloads(f"Download {number}", WHOLE, lists.whole, number),) if lists.whole else ()


def _all(keys: tuple[str, ...]) -> str:
    return "the one source" if len(keys) == 1 else f"the {len(keys)} sources"


def without_downloads(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks for paper, where nothing can be downloaded."""
    return (block for block in blocks if not (isinstance(block, Paragraph) and block.css == CSS))
