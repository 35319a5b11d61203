"""A review's folder -> a `Site`, read and checked: the first step of every command and build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from evidence.crosslinks import Page, index, passages
from evidence.files import Cache
from evidence.pages import facts
from evidence.papers import PaperFile
from evidence.references import labels
from evidence.rules import Subject, check
from evidence.site.directives import all_directives
from evidence.site.site import Site
from evidence.sources import read
from evidence.text import languages
from evidence.wording import Measure, measure

GRADES = ".cache/grades.json"


def load(
    root: Path,
    docs: Path | None = None,
    ignore: Callable[[str], bool] | None = None,
    *,
    offline: bool = False,
    archived: tuple[str, ...] = (),
    previous: Mapping[str, PaperFile] | None = None,
) -> Site:
    """Read and check the review under `root`; `docs` and `ignore` as for `read`, `offline` and `archived` as in `Review`, `previous` as for `make_files`."""
    sources = read(root, docs, ignore)
    review = replace(sources.review, offline=offline, archived=archived)
    known = labels(review)
    problems = list(sources.problems)
    pages: dict[str, Page] = {}
    measures: list[Measure] = []
    cache = Cache(root / GRADES)
    directives = all_directives()
    looks = [name for name, kind in directives.items() if kind.looks]
    # A page that shows what others state comes after them.
    for document in sorted(sources.documents, key=lambda document: any(document.directives(*looks))):
        page, found = passages.paginate(review, known, document, directives, sources.documents, pages=pages)
        pages[document.uri] = page
        measured = measure(pages[document.uri], review.reading, cache)
        line = facts(measured.words, str(document.front.get("checked", "")), review.reading)
        if line:
            apart = languages.attributes(review.reading.language) if page.lang else ""
            pages[document.uri] = replace(pages[document.uri], facts=f"{line}\n{{ .page-facts{apart} }}\n\n")
        measures += [measured] if pages[document.uri].whole else []
        problems += found
    cache.save()
    pages = {document.uri: pages[document.uri] for document in sources.documents}
    links = index.build_index(review, pages.values(), known)
    site = Site(root, review, sources.documents, pages, links, known, tuple(measures), (), previous)
    subject = Subject(
        review,
        site.documents,
        tuple(pages.values()),
        links,
        tuple(site.addresses()),
        site.measures,
        site.find,
        sources.files,
        site.file_names,
        site.ids,
        sources.settings,
        site.may_be_made(),
    )
    found = check(subject, problems)
    told = {level: tuple(problem for problem in found if problem.notice == level) for level in (False, True)}
    return replace(site, problems=told[False], notices=told[True]) if found else site
