"""A review's folder -> a `Site`, read and checked: the first step of every command and build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.crosslinks import Page, index, passages
from evidence.documents.document import Document
from evidence.files import Cache
from evidence.model.base import Problem
from evidence.model.review import Review
from evidence.pages import facts
from evidence.papers import PaperFile
from evidence.references import labels
from evidence.rules import Subject, check
from evidence.site import editions
from evidence.site.directives import all_directives
from evidence.site.site import Site
from evidence.sources import Settings, read
from evidence.text import languages
from evidence.wording import Measure, measure

GRADES = ".cache/grades.json"


@dataclass(frozen=True)
class _Draft:
    """One edition as it was read, before the rules look at it; `problems` were met on the way."""

    site: Site
    files: frozenset[str]
    settings: Settings
    problems: tuple[Problem, ...]

    def checked(self, main: _Draft | None) -> list[Problem]:
        """All problems and notices; `main` is the review in its own language, None for that itself."""
        site = self.site
        theirs = main.site.uris | main.files if main else frozenset()
        lacking = theirs - site.uris if main else theirs

        def ids(uri: str) -> frozenset[str]:
            return main.site.ids(uri) if main and uri in lacking else site.ids(uri)

        subject = Subject(
            site.review,
            site.documents,
            tuple(site.pages.values()),
            site.index,
            tuple(site.addresses()),
            site.measures,
            site.find,
            self.files,
            site.file_names,
            ids,
            self.settings,
            site.may_be_made(),
            main.site.review if main else None,
            theirs,
        )
        found = check(subject, self.problems)
        return [editions.in_edition(problem, site.review.edition) for problem in found] if main else found


def _drafted(
    root: Path,
    review: Review,
    documents: tuple[Document, ...],
    met: tuple[Problem, ...],
    previous: Mapping[str, PaperFile] | None,
) -> tuple[Site, tuple[Problem, ...]]:
    """The pages of what was read, in passages, and the links between them; and the problems, with those `met` before."""
    known = labels(review)
    problems = list(met)
    pages: dict[str, Page] = {}
    measures: list[Measure] = []
    cache = Cache(root / GRADES)
    directives = all_directives()
    looks = [name for name, kind in directives.items() if kind.looks]
    # A page that shows what others state comes after them.
    for document in sorted(documents, key=lambda document: any(document.directives(*looks))):
        page, found = passages.paginate(review, known, document, directives, documents, pages=pages)
        pages[document.uri] = page
        measured = measure(pages[document.uri], review.reading, cache)
        line = facts(measured.words, str(document.front.get("checked", "")), review.reading)
        if line:
            apart = languages.attributes(review.reading.language) if page.lang else ""
            pages[document.uri] = replace(pages[document.uri], facts=f"{line}\n{{ .page-facts{apart} }}\n\n")
        measures += [measured] if pages[document.uri].whole else []
        problems += found
    cache.save()
    pages = {document.uri: pages[document.uri] for document in documents}
    links = index.build_index(review, pages.values(), known)
    site = Site(root, review, documents, pages, links, known, tuple(measures), (), previous)
    return site, tuple(problems)


def load(
    root: Path,
    docs: Path | None = None,
    ignore: Callable[[str], bool] | None = None,
    *,
    edition: str = "",
    offline: bool = False,
    archived: tuple[str, ...] = (),
    previous: Mapping[str, PaperFile] | None = None,
) -> Site:
    """Read and check the review under `root` in all its languages; or only its `edition` in one other than its own. Raises ValueError if it has none such.

    `docs` and `ignore` as for `read`, `offline` and `archived` as in `Review`, `previous` as for `make_files`.
    """

    def draft(tag: str, beside: Review | None = None) -> _Draft:
        sources = read(root, docs, ignore, tag)
        review = replace(sources.review, offline=offline and not tag, archived=() if tag else archived)
        review, documents = editions.adapted(review, sources.documents, beside)
        site, problems = _drafted(root, review, documents, sources.problems, previous)
        return _Draft(site, sources.files, sources.settings, problems)

    main = draft("")
    review = main.site.review
    others = [tag for tag in review.editions if not languages.no_edition(tag, review.reading.language)]
    drafts = {"": main} | {tag: draft(tag, review) for tag in others}
    if edition not in drafts:
        raise ValueError(f"data/languages.yml names no language {edition!r}")
    found: list[Problem] = []
    for tag, one in drafts.items():
        if not edition or tag == edition:
            found += one.checked(main if tag else None)
    unread = [problem for problem in found if problem.unread]
    told = sorted(set(unread or found))
    seen = editions.twins(edition, {tag: one.site for tag, one in drafts.items()})
    site = replace(
        drafts[edition].site,
        problems=tuple(problem for problem in told if not problem.notice),
        notices=tuple(problem for problem in told if problem.notice),
        twins=tuple(seen),
    )
    if not edition:
        return site
    absent = sorted(main.site.uris - site.uris)
    titles = main.settings.names
    return replace(
        site,
        absent={uri: titles.get(uri) or main.site.title_of(uri) for uri in absent},
        absent_files=main.files - drafts[edition].files,
        main_language=main.site.review.reading.language,
    )
