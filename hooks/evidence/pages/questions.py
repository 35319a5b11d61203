"""The questions for discussion as a page shows them: numbered through all groups, each with its address and with links to help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence.crosslinks.passages import Context, Passage, choose
from evidence.model.review import Question, QuestionGroup, Questions, Review, Source
from evidence.model.themes import families
from evidence.references.labels import plain
from evidence.sources.document import Document, Section
from evidence.text import escape
from evidence.text.addresses import relative, site_path
from evidence.text.words import in_words


@dataclass(frozen=True, slots=True)
class Help:
    """Something to read on a theme: a page, or one `section` of it."""

    uri: str
    title: str
    section: str = ""


def numbered(questions: Questions) -> Iterator[tuple[QuestionGroup, tuple[tuple[int, Question], ...]]]:
    """The groups in order, each with its questions and their numbers, which go on from group to group."""
    number = 0
    for group in questions.groups:
        found = [question for question in questions.questions if question.group == group.id]
        yield group, tuple(enumerate(found, number + 1))
        number += len(found)


def questions(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The questions in their groups, below each the themes, pages and sections that help with it; then where they come from."""
    groups = {group.id: (group, found) for group, found in numbered(context.review.questions)}
    for name in choose(wanted, groups, "group") or groups:
        group, found = groups[name]
        place = {"section": group.id, "title": group.title}
        heading = f"\n\n## {escape.markdown(group.title)} {{ #{group.id} }}\n\n"
        yield context.passage(heading, where=group.where, heading=True, **place)
        for number, question in found:
            yield from _question(context, number, question)
    for source in list(context.review.sources.values())[:1]:
        address = page_address(context.document.uri, context.review.publisher.site_address)
        marks = f'data-version="{escape.attribute(version_line(context.review))}" data-address="{escape.attribute(address)}"'
        text = f"\n\n{source_line(source)}\n{{ .source-line .on-paper {marks} }}\n\n"
        yield context.passage(text, where=source.where)


def source_line(source: Source) -> str:
    """Where the questions come from, as inline Markdown."""
    author, title, date = (escape.markdown(text) for text in (source.author, source.title, source.date))
    return f"Source: {author}. <cite>{title}</cite>. {date}."


def version_line(review: Review) -> str:
    """Which version of the content a paper holds, and when that was last checked, as plain text."""
    version = f"Version {review.version}." if review.version else "This version is not yet released."
    return version + (f" Last checked on {in_words(review.reading.checked)}." if review.reading.checked else "")


def page_address(uri: str, site_address: str) -> str:
    """The address of a page for people to type: as long as the site has none, its path only."""
    return f"{site_address.rstrip('/')}/{site_path(uri)}"


def _question(context: Context, number: int, question: Question) -> Iterator[Passage]:
    name = f"Question {number}"
    place = {"section": question.id, "title": name, "where": question.where}
    yield context.passage(f"\n\n### {name} {{ #{question.id} }}\n\n", heading=True, **place)
    yield context.passage(
        f'{escape.markdown(question.text)}\n{{ .question data-number="{number}" data-question="{question.id}" }}\n\n',
        **place,
    )
    themes = [context.review.themes[theme] for theme in question.themes if theme in context.review.themes]
    links = [_link(context, f"Theme: {theme.title}", f"themes/{theme.id}.md") for theme in themes]
    others = (document for document in context.documents if document.uri != context.document.uri)
    within = families(context.review.themes)
    pages, sections = helps(others, dict.fromkeys(name for theme in themes for name in within[theme.id]))
    links += [_link(context, page.title, page.uri) for page in pages]
    if links:
        yield context.passage(f"Helps with this question:\n{{ .helps }}\n\n{''.join(links)}\n", **place)
    if sections:
        more = "".join(_link(context, found.title, f"{found.uri}#{found.section}") for found in sections)
        summary = f"More sections that help with question {number}"
        text = f'<details class="more" markdown="1">\n<summary>{summary}</summary>\n\n{more}\n</details>\n\n'
        yield context.passage(text, **place)
    yield context.passage(f"[Link to question {number}](#{question.id})\n{{ .question-link }}\n\n", **place)


def _link(context: Context, text: str, target: str) -> str:
    uri, mark, section = target.partition("#")
    return f"- [{escape.markdown(text)}]({relative(context.document.uri, uri)}{mark}{section})\n"


def helps(documents: Iterable[Document], themes: Iterable[str]) -> tuple[list[Help], list[Help]]:
    """What the review says on themes: the pages that speak of one of them throughout, and the sections of other pages that do."""
    pages: list[Help] = []
    sections: list[Help] = []
    wanted = list(themes)
    for document in documents:
        if any(_throughout(document, theme) for theme in wanted):
            pages.append(Help(document.uri, document.title))
            continue
        for section in document.sections:
            if section.id and not section.voice and any(theme in section.own.themes for theme in wanted):
                sections.append(Help(document.uri, f"{document.title}: {plain(section.title, {})}", section.id))
    return pages, sections


def _throughout(document: Document, theme: str) -> bool:
    """Whether a page speaks of a theme in every section below its title."""
    below = [section for section in document.sections if section.level > 1]
    found: list[Section] = below or [section for section in document.sections if section.level == 1]
    return bool(found) and all(theme in section.marks.themes and not section.voice for section in found)
