"""The cross-links, derived from the pages and never typed by hand: who cites what, where, under which theme and nation."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from evidence.crosslinks.passages import Page, Passage, statements_at
from evidence.crosslinks.sentences import sentence_around
from evidence.crosslinks.statements import Statement
from evidence.documents.document import Marks
from evidence.documents.parts import Citation, CitedItem, Parts
from evidence.documents.themes import Branch, Mention, Themes, families, grow, walk
from evidence.model.base import Location
from evidence.model.review import Review
from evidence.references import Label, plain
from evidence.text.direction import beginning
from evidence.text.spans import blanked
from evidence.text.words import one_slip

EXCERPT_CHARACTERS = 400
# How much of a long sentence is turned into plain words.
LONG = 2_000
# To look for near keys among thousands takes some hundredths of a second.
MAX_SLIPS = 100


@dataclass(frozen=True)
class Occurrence:
    """One citation of one work: the page and section, the words around it, and what the passage is about.

    `number` counts the citations of this work on this page from 1; `around` is the passage's text, and `bracket` the whole citation in it.
    `statement` is the statement that it stands in; None where it stands in a heading.
    """

    uri: str
    page_title: str
    section: str
    label: str
    marks: Marks
    item: CitedItem
    number: int
    where: Location
    around: Parts = field(repr=False, compare=False)
    bracket: Citation = field(repr=False, compare=False)
    known: Mapping[str, Label] = field(repr=False, compare=False)
    statement: Statement | None = field(default=None, repr=False, compare=False)

    @cached_property
    def excerpt(self) -> str:
        """The sentence that holds the citation, as plain text of at most EXCERPT_CHARACTERS characters; made when a page asks for it."""
        words = plain(sentence_around(self.around, self.bracket).cut(0, LONG), self.known).strip()
        return words if len(words) <= EXCERPT_CHARACTERS else f"{beginning(words, EXCERPT_CHARACTERS - 1)} …"


@dataclass(frozen=True)
class Index:
    """All cross-links. Every mapping keeps the order of the pages, `themes` that of the data."""

    by_reference: Mapping[str, tuple[Occurrence, ...]] = field(default_factory=dict)
    by_page: Mapping[str, tuple[Occurrence, ...]] = field(default_factory=dict)
    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    themes: Themes = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)

    def statements_at(self, pointer: str) -> tuple[Statement, ...]:
        """The statements that 'page.md#id' means: those with this id, or with it in their mark; none where there are none."""
        return statements_at(self.pages, pointer)

    @cached_property
    def families(self) -> dict[str, tuple[str, ...]]:
        """Each theme's id with those of all themes below it, itself first."""
        return families(self.themes)

    @cached_property
    def branches(self) -> dict[str, Branch]:
        """Each theme with those below it, by its id, in the order of the tree."""
        return {branch.theme.id: branch for branch in walk(grow(self.themes))}

    def themes_of(self, key: str) -> list[str]:
        """The themes of the passages that cite `key`, in the order of the pages."""
        return list(dict.fromkeys(theme for cited in self.by_reference.get(key, ()) for theme in cited.marks.themes))

    def nations_of(self, key: str) -> list[str]:
        """The nations of the passages that cite `key`."""
        return list(dict.fromkeys(nation for cited in self.by_reference.get(key, ()) for nation in cited.marks.nations))

    def references_of(self, theme: str) -> list[str]:
        """The works that passages on `theme`, or on a theme below it, cite."""
        return self.cited_under(self.families.get(theme, (theme,)))

    def cited_under(self, themes: Iterable[str]) -> list[str]:
        """The works that passages on one of `themes` cite, each once."""
        found = {key for theme in themes for key in self._cited_on.get(theme, ())}
        return [key for key in self.by_reference if key in found]

    @cached_property
    def _cited_on(self) -> dict[str, set[str]]:
        """By theme, the works that passages on it cite."""
        found: dict[str, set[str]] = defaultdict(set)
        for key in self.by_reference:
            for theme in self.themes_of(key):
                found[theme].add(key)
        return found


def build_index(review: Review, pages: Collection[Page], known: Mapping[str, Label]) -> Index:
    """Derive all cross-links from the pages' passages. A theme is spoken of only where a passage makes a statement."""
    by_reference: dict[str, list[Occurrence]] = {key: [] for key in [*review.references, *review.untraced]}
    by_page: dict[str, list[Occurrence]] = {}
    spoken: dict[str, dict[tuple[str, str, str, str], list[str]]] = defaultdict(dict)
    for page in pages:
        numbers: Counter[str] = Counter()
        occurrences = by_page.setdefault(page.uri, [])
        stating = {made.passage for made in page.stated if not made.statement.voice}
        stated = {(made.passage, at): made.statement for made in page.stated for at in made.citations}
        for place, passage in enumerate(page.passages):
            for theme in passage.marks.themes if place in stating else ():
                section = (page.uri, page.title, passage.section, passage.title)
                spoken[theme].setdefault(section, []).append(passage.label)
            for citation in passage.parts.citations:
                said = stated.get((place, citation.start))
                for item in citation.items:
                    if item.key not in by_reference:
                        continue
                    numbers[item.key] += 1
                    occurrence = Occurrence(
                        page.uri,
                        page.title,
                        passage.section,
                        passage.label,
                        passage.marks,
                        item,
                        numbers[item.key],
                        passage.line(citation.start),
                        passage.parts,
                        citation,
                        known,
                        said,
                    )
                    occurrences.append(occurrence)
                    by_reference[item.key].append(occurrence)
    return Index(
        {key: tuple(found) for key, found in by_reference.items()},
        {uri: tuple(found) for uri, found in by_page.items()},
        {theme: tuple(_mention(section, parts) for section, parts in found.items()) for theme, found in spoken.items()},
        review.themes,
        {page.uri: page for page in pages},
    )


def places_of_citations(passages: Iterable[Passage]) -> dict[str, set[Location]]:
    """Where each key is cited, whether or not there is such a work."""
    found: dict[str, set[Location]] = {}
    for passage in passages:
        for citation in passage.parts.citations:
            for item in citation.items:
                found.setdefault(item.key, set()).add(passage.line(citation.start))
    return found


def perhaps_cited(review: Review, pages: Iterable[Page], cited: Collection[str]) -> set[str]:
    """What the review may mean as citations of works that are known: words of pages behind an @, keys one slip away from `cited` ones that are not known,
    what refused records cite, and where a page lacks what a directive would put there, all that is cited anywhere.
    """
    words = {name.removeprefix("@") for name in review.refused if name.startswith("@")}
    for parts in (p.parts for page in pages for p in page.passages if not p.generated and "@" in p.text):
        words.update(_BEHIND_AT.findall(blanked(parts.text, parts.comments)))
    slips = sorted(set(cited).difference(review.references))[:MAX_SLIPS]
    words.update(key for key in review.references if one_slip(key, slips))
    return words if all(page.whole for page in pages) else words.union(cited)


def _mention(section: tuple[str, str, str, str], parts: list[str]) -> Mention:
    whole = section[3] in parts
    return Mention(*section, () if whole else tuple(dict.fromkeys(parts)))


_BEHIND_AT = re.compile(r"@\{?([^\s\[\]{}();,]*\w)")
