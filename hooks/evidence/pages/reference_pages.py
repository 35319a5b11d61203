"""A page for each reference: as blocks, since they come by the thousand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from evidence.crosslinks import index, reference_links
from evidence.documents.themes import above
from evidence.model.base import Reference
from evidence.model.review import Review, Theme
from evidence.model.site_data import EditorialNote
from evidence.model.vocabulary import LISTINGS, standing_words
from evidence.output import blocks, markdown
from evidence.pages import source_checks, work_facts
from evidence.pages.change_pages import page_changes
from evidence.references import work_kind
from evidence.text.direction import LANGUAGE, isolated
from evidence.text.languages import foreign
from evidence.text.translation import _, numbered
from evidence.text.words import GENRES

if TYPE_CHECKING:
    from evidence.pages.generated import Materials


def reference_pages(site: Materials) -> Iterator[blocks.Output]:
    """The page of each work."""
    notes: dict[str, list[EditorialNote]] = defaultdict(list)
    for note in site.review.notes.values():
        for key in note.references:
            notes[key].append(note)
    answers = source_checks.answers(site.review.checks)
    return (_reference_page(site, reference, notes[key], answers) for key, reference in site.review.references.items())


def _reference_page(
    site: Materials, reference: Reference, notes: list[EditorialNote], said_by_others: source_checks.Answers
) -> blocks.Output:
    """All that the site knows of one work. Its sections are the same on every reference page."""
    review, index, key, uri = site.review, site.index, reference.key, reference_links.reference_uri(reference.key)
    label, standing = site.known[key], reference_links.standing(reference, site.known)
    word, _more = standing_words(reference.field("status"), "")
    beside = (f" [{word}]",) if word else ()  # a citation that is copied stands alone
    occurrences = index.by_reference[key]
    facts = site.facts(sum(len(occurrence.excerpt.split()) for occurrence in occurrences))
    themes = [review.themes[name] for name in index.themes_of(key) if name in review.themes]
    nations = work_facts.named(review, index.nations_of(key))
    lang = _language(reference)
    titled = not (reference.authors or reference.editors or reference.field("shortauthor"))
    body = (
        blocks.Heading(1, str(label), "source", f'lang="{lang}"' if lang and titled else ""),
        blocks.Paragraph((work_facts.on_its_page(review, reference),), "source-facts"),
        *([blocks.Paragraph((facts,), "page-facts")] if facts else []),
        *([blocks.Paragraph(standing, "standing-of-work")] if standing else []),
        blocks.Paragraph(reference_links.in_full(reference, site.formatted[key], site.known)),
        *([blocks.Paragraph((blocks.Link(_how_often(occurrences), "#cited"),))] if occurrences else []),
        blocks.Heading(2, _("Cite this source"), "cite"),
        # One way in each style, with a text to be copied: a script puts a button there.
        *(
            part
            for style, name, text in site.ways_to_cite[key]
            for part in (
                blocks.Heading(3, name, f"in-{style}"),
                blocks.Paragraph((*blocks.reference_runs(text, ""), *beside), "cite-text"),
            )
        ),
        *site.reference_files.of_work(key, label),
        blocks.Heading(2, _("Details"), "details"),
        blocks.Table(
            _("Details of %(work)s") % {"work": label},
            (_("Detail"), _("This source")),
            tuple(((name,), runs) for name, runs in _details(review, reference, said_by_others)),
        ),
        blocks.Heading(2, _("Where this site cites it"), "cited"),
        *reference_links.backlinks(occurrences, f"{_('No page cites it.')} {reference.field('uncited')}".strip()),
        blocks.Heading(2, _("Themes of those passages"), "themes"),
        _items(
            [(blocks.Link(t.title, t.uri), f" ({_stands(review, t)})") for t in themes],
            _("No passage that cites it has a theme."),
        ),
        blocks.Heading(2, _("Nations of those passages"), "nations"),
        _items([(name,) for name in nations], _("No passage that cites it is about one nation.")),
        blocks.Heading(2, _("What the editors noted"), "notes"),
        _items([(line,) for line in _noted(reference, notes)], _("Nothing so far.")),
        # Without a heading: the sections of these pages are all the same.
        *page_changes(review, uri, site.changes_page, heading=False),
    )
    named = isolated(reference.title)
    title = f"{label}: {named}" if label.year else ", ".join(filter(None, (named, label.standing)))
    said = _("%(work)s: what kind of source it is, where this site cites it, and what the editors noted.")
    said %= {"work": label}
    return blocks.Output(uri, markdown.front_matter(title, said), reference.where.path, title, body, said)


def _items(items: list[blocks.Runs], otherwise: str) -> blocks.Block:
    return blocks.Items(tuple(blocks.Item(runs) for runs in items)) if items else blocks.Paragraph((otherwise,))


def _details(review: Review, reference: Reference, known: source_checks.Answers) -> Iterator[tuple[str, blocks.Runs]]:
    f = reference.field
    t = reference.text
    article, genre = work_kind(reference).article, GENRES.get(reference.text("genre"), reference.text("genre"))
    within = reference.container
    kind = review.kind_of(reference)
    fields = (
        (_("Title"), reference.item.get("title", "")),
        (_("Authors"), "; ".join(isolated(person.full) for person in reference.authors)),
        (_("Editors"), "; ".join(isolated(person.full) for person in reference.editors)),
        (_("Translators"), "; ".join(isolated(person.full) for person in reference.names("translator"))),
        (_("Year"), work_facts.year(reference)),
        (_("Journal") if article else _("In"), within),
        (_("Volume and issue"), _(", issue ").join(filter(None, (t("volume"), t("issue"))))),
        (_("Article number") if article and t("number") else _("Pages"), reference.pages("–")),
        (_("Edition"), t("edition")),
        (_("Series"), t("collection-title")),
        (_("Publisher"), t("publisher")),
        (_("Place"), t("publisher-place")),
        (_("Number"), "" if article else " ".join(filter(None, (genre, t("number") or t("collection-number"))))),
    )
    lang, titles = _language(reference), (_("Title"), _("Journal"), _("In"), _("Series"))
    for name, value in fields:
        if value:
            yield name, blocks.title_runs(value, lang) if name in titles else (isolated(value),)
    if t("DOI"):
        yield _("DOI"), (blocks.Link(t("DOI"), reference.url),)
    if t("URL"):
        yield _("Web address"), (blocks.Link(t("URL"), t("URL")),)
    if f("archived"):
        yield _("Kept copy"), (blocks.Link(f("archived"), f("archived")),)
    yield _("Kind of source"), (f"{kind.name}. {kind.meaning}" if kind else _("Not stated"),)
    yield _("Nations it is about"), (", ".join(work_facts.about(review, reference)) or _("No particular nation"),)
    yield _("Access"), (work_facts.access(reference),)
    yield from source_checks.rows(known, reference)
    yield _("How it came into this list"), (LISTINGS.get(f("listing"), _("Not stated")),)
    yield _("Key"), (blocks.Code(reference.key),)


def _language(reference: Reference) -> str:
    """The tag of the language of a work that is not in that of the site; '' for one that is, or whose language is not known."""
    tag = reference.text("language")
    return foreign(tag) if LANGUAGE.fullmatch(tag) else ""


def _how_often(occurrences: tuple[index.Occurrence, ...]) -> str:
    counts = numbered("%(num)s place", "%(num)s places", len(occurrences))
    pages = numbered("%(num)s page", "%(num)s pages", len({occurrence.uri for occurrence in occurrences}))
    return _("Where this site cites it: %(places)s on %(pages)s") % {"places": counts, "pages": pages}


def _noted(reference: Reference, notes: Iterable[EditorialNote]) -> Iterator[str]:
    if said := reference.field("editornote"):
        yield said
    if verified := reference.field("verified"):
        yield f"{_('What was checked:')} {verified}"
    for note in notes:
        yield f"{note.id}, {note.title}. {note.problem} {note.treatment}"


def _stands(review: Review, theme: Theme) -> str:
    """Who named a theme, and the theme that it is a part of."""
    over = above(review.themes, theme)
    return review.origin_title(theme) + (f"; {_('part of')} {over[0].title}" if over else "")
