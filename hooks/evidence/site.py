"""A review's folder -> everything that its site is made of: the pages with citations filled in, and the generated files."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from evidence import export, overviews, theme_pages
from evidence.blocks import Output, to_markdown
from evidence.check import Subject, check
from evidence.cite import Label, labels, plain
from evidence.document import Document, markers
from evidence.expand import Filled, fill
from evidence.finding import Finding, findings
from evidence.grids import GRIDS
from evidence.harvard import format_references
from evidence.index import Index, build_index
from evidence.markers import RENDERERS
from evidence.memo import Memo
from evidence.model import Problem, Where
from evidence.passages import Page, paginate
from evidence.read import BIBLIOGRAPHY, read
from evidence.reading import Measure, facts, measure
from evidence.reference_pages import REFERENCES, ReferencePage, reference_page, reference_uri, references_page
from evidence.review import EditorialNote, Review

CACHE = ".cache/harvard.json"
GRADES = ".cache/grades.json"


@dataclass(frozen=True)
class Site:
    """A review with its pages and cross-links. `problems` must be empty before anything is made from it."""

    root: Path
    review: Review
    documents: tuple[Document, ...]
    pages: Mapping[str, Page]
    index: Index
    known: Mapping[str, Label]
    measures: tuple[Measure, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def formatted(self) -> dict[str, str]:
        """Every reference in Harvard style, by key (see `harvard`)."""
        return format_references(self.review, self.known, self.root / CACHE)

    def filled(self, uri: str) -> Filled:
        """A hand-written page with its citations and its reference list."""
        return fill(self.pages[uri], self.index.by_page[uri], self.review, self.known, self.formatted)

    def reference_pages(self) -> Iterator[ReferencePage]:
        """A page for each reference."""
        notes: dict[str, list[EditorialNote]] = defaultdict(list)
        for note in self.review.notes.values():
            for key in note.references:
                notes[key].append(note)
        for key, reference in self.review.references.items():
            words = sum(len(place.excerpt.split()) for place in self.index.by_reference[key])
            line = facts(words, "", self.review.reading)
            label, formatted = self.known[key], self.formatted[key]
            yield reference_page(
                self.review, self.index, reference, label, formatted=formatted, notes=notes[key], facts=line
            )

    def other_outputs(self) -> Iterator[Output]:
        """The lists, the theme pages and the tables as CSV."""
        return (self._with_facts(output) for output in self._other_outputs())

    def _with_facts(self, output: Output) -> Output:
        """A generated page with its reading time and the day of the last check below its title, as written pages have them."""
        reading = self.review.reading
        if not reading.checked or not isinstance(output.content, str) or "\n# " not in output.content:
            return output
        before, title, after = re.split(r"(?m)^(# .*\n)", output.content, maxsplit=1)
        words = plain(after + to_markdown(output.tail, output.uri), self.known).split()
        line = facts(len(words), "", reading)
        return replace(output, content=f"{before}{title}\n{line}\n{{ .page-facts }}\n\n{after}")

    def _other_outputs(self) -> Iterator[Output]:
        if self.review.references:
            yield references_page(self.review, self.index, self.known, self.formatted)
        if self.review.themes:
            yield theme_pages.themes_page(self.review, self.index)
            yield from overviews.evidence_map(self.review, self.index, self.known)
        if self.review.notes:
            yield from overviews.audit(self.review, self.pages.values(), self.known)
        if self.review.glossary:
            yield overviews.glossary(self.review)
        for theme in self.review.themes.values():
            yield theme_pages.theme_page(self.review, self.index, theme, self.known, self.formatted)
        yield from _tables(self.review, self.documents, self.known)

    def findings(self) -> Iterator[Finding]:
        """What search knows of pages beyond their words."""
        return findings(self.review, self.documents)

    def outputs(self) -> Iterator[Output]:
        """All generated files."""
        yield from self.other_outputs()
        yield from (page.output() for page in self.reference_pages())


def load(root: Path, docs: Path | None = None, ignore: Callable[[str], bool] = lambda uri: False) -> Site:
    """Read and check the review under `root`; `docs` and `ignore` as for `read`."""
    sources = read(root, docs, ignore)
    review = sources.review
    known = labels(review)
    problems = list(sources.problems)
    pages: dict[str, Page] = {}
    measures: list[Measure] = []
    memo = Memo(root / GRADES)
    for document in sources.documents:
        pages[document.uri], found = paginate(review, document, RENDERERS)
        measured, hard = measure(pages[document.uri], review.reading, memo)
        line = facts(measured.words, str(document.front.get("checked", "")), review.reading)
        if line:
            pages[document.uri] = replace(pages[document.uri], facts=f"{line}\n{{ .page-facts }}\n\n")
        measures.append(measured)
        problems += found + hard
    memo.save()
    index = build_index(review, pages.values(), known)
    generated = tuple(_generated(review))
    problems += check(Subject(review, sources.documents, tuple(pages.values()), index, generated))
    return Site(root, review, sources.documents, pages, index, known, tuple(measures), tuple(sorted(set(problems))))


def _generated(review: Review) -> Iterator[tuple[str, Where]]:
    """The addresses of all generated pages, and the record that each comes from."""
    if review.references:
        yield REFERENCES, Where(BIBLIOGRAPHY)
    if review.themes:
        yield theme_pages.THEMES, Where("data/themes.yml")
        yield overviews.MAP, Where("data/themes.yml")
    if review.notes:
        yield theme_pages.AUDIT, Where("data/editorial.yml")
    if review.glossary:
        yield overviews.GLOSSARY, Where("data/glossary.yml")
    for reference in review.references.values():
        yield reference_uri(reference.key), reference.where
    for theme in review.themes.values():
        yield theme_pages.theme_uri(theme.id), theme.where


def _tables(review: Review, documents: tuple[Document, ...], known: Mapping[str, Label]) -> Iterator[Output]:
    """A CSV file for each table marker, beside the page that it stands on."""
    made: dict[str, Output] = {}
    for document in documents:
        for marker in (m for section in document.sections for m in markers(section.text)[0] if m.name in GRIDS):
            grid = GRIDS[marker.name](review, document.uri, marker.arguments)
            uri = posixpath.join(posixpath.dirname(document.uri), grid.csv_name)
            made.setdefault(uri, Output(uri, export.grid_csv(grid, review, known), document.where.path))
    yield from made.values()
