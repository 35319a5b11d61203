"""The bibliographies whose works go through every export, and their files."""

from __future__ import annotations

from functools import cache

from conftest import ROOT
from evidence.crosslinks.index import Index
from evidence.downloads.export_files import ReferenceFiles, make_reference_files
from evidence.model.base import Reference
from evidence.model.review import Kind, Review, of_their_kinds
from evidence.references.labels import labels
from evidence.sources.bibtex import parse_bibtex

LAWS = {"law": Kind("law", "Law", "Passed by a parliament.", authorless=True)}


@cache
def works(name: str) -> dict[str, Reference]:
    """The works of a bibliography by key."""
    references, problems, _ = parse_bibtex((ROOT / name).read_text("utf-8"), name)
    assert [problem for problem in problems if not problem.notice] == []
    return references


LISTS = {"real": "bibliography.bib", "hard": "tests/hard.bib"}
EVERY = [(name, key) for name, file in LISTS.items() for key in works(file)]


@cache
def reference_files(name: str) -> ReferenceFiles:
    return files_of(Review(references=of_their_kinds(works(LISTS[name]), LAWS)))


def files_of(review: Review) -> ReferenceFiles:
    return make_reference_files(review, Index(), labels(review))


def whole(name: str, ending: str) -> str:
    """The file with all works of a list."""
    return reference_files(name).file(tuple(works(LISTS[name])), ending).decode("utf-8-sig")
