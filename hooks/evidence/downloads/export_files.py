"""References to take away: each work, and the works of the whole review, of a theme, a nation or a page, in all FORMATS.

Each work is written once in each format; a list is put together from these pieces, so thousands of files cost little more than their bytes.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evidence.crosslinks import index
from evidence.documents.document import Document
from evidence.model.review import Review, Theme
from evidence.output import blocks
from evidence.references import FORMATS, Label, in_order
from evidence.text.addresses import slug
from evidence.text.translation import _, numbered
from evidence.text.words import file_size

WHOLE = "references/bibliography"
_MADE_FROM = {"references": "bibliography.bib", "themes": "data/themes.yml", "nations": "data/nations.yml"}
_CSS = "downloads"
Lists = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ReferenceFiles:
    """Every work in every format, by ending and key, and which works go together into files: by the address of the files without the ending.

    `lists` are those of the whole review, of themes and of nations; `small` those of single works and of pages, of which there are many. Lists
    without works have no files.
    """

    review: Review
    pieces: Mapping[str, Mapping[str, bytes]]
    lists: Lists
    small: Lists

    def file(self, keys: Iterable[str], ending: str) -> bytes:
        """The file that holds these works, in this order."""
        pieces = self.pieces[ending]
        return FORMATS[ending].file(pieces[key] for key in keys)

    def list_files(self) -> Iterator[blocks.Output]:
        """The files of the whole list, of themes and of nations."""
        for stem, keys in self.lists.items():
            for ending in self.pieces:
                yield blocks.Output(f"{stem}.{ending}", self.file(keys, ending), _MADE_FROM[stem.partition("/")[0]])

    def entry_scripts(self) -> Iterator[blocks.Output]:
        """Every work in each format as a script, from which the page of all works puts files together of those that a reader has filtered."""
        for ending, pieces in self.pieces.items():
            form = FORMATS[ending]
            around = {name: getattr(form, name).decode() for name in ("head", "between", "end")}
            works = {self.review.references[key].slug: pieces[key].decode() for key in self.lists.get(WHOLE, ())}
            written = json.dumps(around | {"works": works}, ensure_ascii=False, separators=(",", ":"))
            script = f'(globalThis.evidenceEntries ??= {{}})["{ending}"] = {written};\n'
            yield blocks.Output(f"references/entries-{ending}.js", script.encode(), _MADE_FROM["references"])

    def small_files(self) -> Iterator[tuple[str, bytes]]:
        """The files of single works and of pages, by address."""
        for ending in self.pieces:
            for stem, keys in self.small.items():
                yield f"{stem}.{ending}", self.file(keys, ending)

    def is_small_file(self, uri: str) -> bool:
        """Whether `uri` is the address of one of them."""
        stem, _, ending = uri.rpartition(".")
        return ending in self.pieces and stem in self.small

    def of_work(self, key: str, label: Label) -> tuple[blocks.Block, ...]:
        """A line of links to the files of one work."""
        return self._line(work_stem(key), _("Download this source"), str(label))

    def of_page(self, document: Document) -> tuple[blocks.Block, ...]:
        """What stands at the end of a page's list of references: its own files, and those of the nations whose profile it shows."""
        of = _("sources of the page %(page)s") % {"page": document.title}
        found = self._line(_page_stem(document.uri), _("Download %(works)s of this page"), of)
        profiles = (name for directive in document.directives("nation") for name in directive.arguments[:1])
        for nation in dict.fromkeys(profiles):
            if nation in self.review.nations:
                name = {"nation": self.review.nations[nation].name}
                words, of = _("Download %(works)s about %(nation)s"), _("sources about %(nation)s") % name
                found += self._line(_about_stem(nation), words, of, **name)
                words = _("Download %(works)s cited where the review speaks of %(nation)s, on whatever subject")
                of = _("sources cited on %(nation)s") % name
                found += self._line(_cited_stem(nation), words, of, **name)
        return found

    def of_theme(self, theme: Theme) -> tuple[blocks.Block, ...]:
        """What stands at the end of a theme's sources."""
        of = _("sources of the theme %(theme)s") % {"theme": theme.title}
        return self._line(f"themes/{theme.id}", _("Download %(works)s"), of)

    def of_all(self) -> tuple[blocks.Block, ...]:
        """What stands above the list of all references."""
        number = numbered("the one source", "all %(num)s sources", len(self.review.references))
        return self._line(WHOLE, _("Download %(number)s"), number, number=number)

    def _line(self, stem: str, words: str, of: str, **names: str) -> tuple[blocks.Block, ...]:
        """The links to the files of a list, none for one without works; `works` and `names` are put into `words`."""
        keys = self.small.get(stem) or self.lists.get(stem, ())
        works = numbered("the one source", "the %(num)s sources", len(keys))
        files = ((FORMATS[ending].name, f"{stem}.{ending}", len(self.file(keys, ending))) for ending in self.pieces)
        return (download_line(words % {"works": works, **names}, files, of),) if keys else ()


def make_reference_files(review: Review, index: index.Index, known: Mapping[str, Label]) -> ReferenceFiles:
    """Write every work in every format, and see which go together, in the order of a list of references.

    The works about a nation are one list; those that are cited where the review speaks of it are another.
    """
    place = {key: i for i, key in enumerate(in_order(review.references, review, known))}
    lists: dict[str, Iterable[str]] = {WHOLE: place}
    lists |= {f"themes/{theme}": index.references_of(theme) for theme in review.themes}
    for nation in review.nations:
        lists[_about_stem(nation)] = [
            key for key, work in review.references.items() if nation in review.nations_about(work)
        ]
        lists[_cited_stem(nation)] = [key for key in review.references if nation in index.nations_of(key)]
    small: dict[str, Iterable[str]] = {work_stem(key): (key,) for key in review.references}
    small |= {_page_stem(uri): [mention.item.key for mention in found] for uri, found in index.by_page.items()}

    def ordered(some: Mapping[str, Iterable[str]]) -> Lists:
        found = {stem: sorted(place.keys() & keys, key=place.__getitem__) for stem, keys in some.items()}
        return {stem: tuple(keys) for stem, keys in found.items() if keys}

    works = review.references.items()
    pieces = {made.id: {key: made.work(reference, review) for key, reference in works} for made in FORMATS.values()}
    return ReferenceFiles(review, pieces, ordered(lists), ordered(small))


def work_stem(key: str) -> str:
    """The address of a work's files, without the ending."""
    return f"references/{slug(key)}"


def _about_stem(nation: str) -> str:
    """`nations/<id>.csv` is the table of its profile."""
    return f"nations/{nation}-sources"


def _cited_stem(nation: str) -> str:
    return f"nations/{nation}-cited"


def _page_stem(uri: str) -> str:
    """The page's name stays in it, so that files of two pages can lie in one folder."""
    return f"{posixpath.splitext(uri)[0]}-references"


def download_line(words: str, files: Iterable[tuple[str, str, int]], of: str) -> blocks.Paragraph:
    """One line of links: `words` begin it, `of` tells its links from those of other lines. `files` are names of formats, addresses, sizes in bytes."""
    runs: list[blocks.Inline] = [f"{words}: "]
    for name, uri, size in files:
        text = f"{name} ({file_size(size)})"
        runs += [blocks.Link(text, uri, f"{text}, {of}"), ", "]
    return blocks.Paragraph((*runs[:-1], "."), _CSS)


def without_downloads(page: Iterable[blocks.Block]) -> Iterator[blocks.Block]:
    """Blocks for paper, where nothing can be downloaded."""
    return (block for block in page if not (isinstance(block, blocks.Paragraph) and block.css == _CSS))
