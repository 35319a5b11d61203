"""The questions for discussion as a page shows them: numbered through all groups, each with its address and with links to help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence.crosslinks import Context, Passage, passages
from evidence.documents.document import Document
from evidence.documents.themes import families
from evidence.model.network import Question, Suggestion
from evidence.model.review import Review
from evidence.output import blocks, markdown
from evidence.references import plain
from evidence.text import escape
from evidence.text.addresses import page_address
from evidence.text.translation import _
from evidence.text.words import in_words


def questions(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The questions in their groups, below each the themes, pages and sections that help with it; then where they come from."""
    groups = {group.id: (group, found) for group, found in context.review.questions.numbered()}
    for name in passages.choose(wanted, groups, "group") or groups:
        group, found = groups[name]
        place = {"section": group.id, "title": group.title}
        yield context.passage(markdown.heading(2, group.title, group.id), where=group.where, heading=True, **place)
        for number, question in found:
            yield from _question(context, number, question)
    for source in list(context.review.sources.values())[:1]:
        address = page_address(context.document.uri, context.review.publisher.site_address)
        data = {"data-version": version_line(context.review), "data-address": address}
        text = f"\n\n{markdown.source_line(source)}\n{markdown.marks(css='source-line .on-paper', data=data)}\n\n"
        yield context.passage(text, where=source.where)


def suggestions(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The questions that the editors suggest, below the first theme or nation that each is on, folded: a script lets readers choose from them."""
    review = context.review
    if not review.questions.suggestions:
        raise passages.AbsentError("there are no 'suggestions:' in data/questions.yml")
    subjects = [("themes", theme.id, theme.title) for theme in review.themes.values()]
    subjects += [("nations", nation.id, nation.name) for nation in review.nations.values()]
    yield context.passage(
        f'\n\n<details class="more" markdown="1">\n<summary>{_("Questions on each theme and nation")}</summary>\n\n'
    )
    for *subject, title in subjects:
        found = [asked for asked in review.questions.suggestions if _first(asked) == subject]
        if found:
            yield context.passage(markdown.items([escape.markdown(title)]))
        for asked in found:
            data = markdown.marks(data={"data-suggestion": asked.id, "data-subject": title})
            yield context.passage(f"    - {escape.markdown(asked.text)}\n      {data}\n", where=asked.where)
    yield context.passage("\n</details>\n\n")


def _first(asked: Suggestion) -> list[str]:
    """What a suggestion is on first; a theme and a nation may have the same id."""
    return ["themes", asked.themes[0]] if asked.themes else ["nations", *asked.nations[:1]]


def version_line(review: Review) -> str:
    """Which version of the content a paper holds, and when that was last checked, as plain text."""
    version = _("Version %s.") % review.version if review.version else _("This version is not yet released.")
    checked = _("Last checked on %s.") % in_words(review.reading.checked)
    return f"{version} {checked}" if review.reading.checked else version


def _question(context: Context, number: int, question: Question) -> Iterator[Passage]:
    uri, themes = context.document.uri, context.review.themes
    name = _("Question %s") % number
    place = {"section": question.id, "title": name, "where": question.where}
    data = {"data-number": str(number), "data-question": question.id}
    marks = markdown.marks(question.id, "question", data)
    words = f'<span class="number">{escape.html_text(name)}:</span> {escape.markdown(question.text)}'
    yield context.passage(f"\n\n### {words} {marks}\n\n", heading=True, **place)
    asked = [themes[theme] for theme in question.themes if theme in themes]
    within = families(themes)
    others = (document for document in context.documents if document.uri != uri)
    pages, sections = helps(others, dict.fromkeys(name for theme in asked for name in within[theme.id]))
    links = [markdown.link(_("Theme: %s") % theme.title, theme.uri, uri) for theme in asked]
    links += [markdown.link(page.text, page.target, uri) for page in pages]
    if links:
        helping = _("Helps with this question:")
        yield context.passage(f"{helping}\n{{ .helps }}\n\n{markdown.items(links)}\n", **place)
    if sections:
        more = markdown.items(markdown.link(section.text, section.target, uri) for section in sections)
        summary = _("More sections that help with question %s") % number
        text = f'<details class="more" markdown="1">\n<summary>{summary}</summary>\n\n{more}\n</details>\n\n'
        yield context.passage(text, **place)
    own = markdown.link(_("Link to question %s") % number, f"#{question.id}", uri)
    yield context.passage(f"{own}\n{{ .question-link }}\n\n", **place)


def helps(documents: Iterable[Document], themes: Iterable[str]) -> tuple[list[blocks.Link], list[blocks.Link]]:
    """What the review says on themes: the pages that speak of one of them throughout, and sections on the themes that have no such page."""
    found, wanted = list(documents), list(themes)
    pages = {document.uri: document for document in found if any(_throughout(document, theme) for theme in wanted)}
    left = [theme for theme in wanted if not any(_throughout(document, theme) for document in pages.values())]
    sections = [
        blocks.Link(f"{document.title}: {plain(section.title, {})}", f"{document.uri}#{section.id}")
        for document in found
        if document.uri not in pages
        for section in document.sections
        if section.id and not section.voice and any(theme in section.own.themes for theme in left)
    ]
    return [blocks.Link(page.title, page.uri) for page in pages.values()], sections


def _throughout(document: Document, theme: str) -> bool:
    """Whether a page speaks of a theme in every section below its title, but for those where others than the review speak."""
    said = [section for section in document.sections if not section.voice]
    found = [s for s in said if s.level > 1] or [s for s in said if s.level == 1]
    return bool(found) and all(theme in section.marks.themes for section in found)
