"""Editor's notes on a page: each apart from the text, once a page, with a link to it from each statement that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from evidence.crosslinks import Context, Passage, passages
from evidence.model.document import Marks
from evidence.model.site_data import EditorialNote
from evidence.model.vocabulary import NOTE
from evidence.output import markdown
from evidence.text import escape
from evidence.text.words import in_words


def note(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """An editor's note, apart from the text."""
    name = passages.choose_one(wanted, context.review.notes, "note")
    if not context.review.notes[name].note:
        raise passages.DirectiveError(
            f"'{name}' has no text for readers; give it a 'note' in data/editorial.yml, or leave the marker out"
        )
    yield from notes(context, [name])


def note_anchor(name: str) -> str:
    """The id of a note's text on a page."""
    return f"note-{name.lower()}"


def note_links(context: Context, names: Iterable[str]) -> str:
    """Links from a statement to its notes, which stand further down."""
    links = ""
    for shown in _shown(context, names):
        name = f"{NOTE} {shown.id}"
        label = f"{name}: {shown.title}"
        links += f" {markdown.link(name, f'#{note_anchor(shown.id)}', '', css='note-link', label=label)}"
    return links


def _shown(context: Context, names: Iterable[str]) -> list[EditorialNote]:
    known = [context.review.notes[name] for name in dict.fromkeys(names) if name in context.review.notes]
    return [n for n in known if n.note]


def notes(context: Context, names: Iterable[str], **place: Any) -> Iterator[Passage]:
    """The notes, each once a page."""
    for found in _shown(context, names):
        if found.id in context.shown_notes:
            continue
        context.shown_notes.add(found.id)
        dated = f" ({in_words(found.dated)})" if found.dated else ""
        title = escape.markdown(f"{NOTE} {found.id}{dated}: {found.title}").replace('"', "&#34;")
        # A note is the editors' word, not the review's: no theme is spoken of in it, and a nation only if the note says so.
        marks = Marks(nations=found.nations)
        around = place | {"marks": Marks()}
        yield context.passage(f'\n\n!!! editor-note "{title}"\n\n    ', **around)
        end = f"\n    {{ #{note_anchor(found.id)} }}\n\n"
        # Each paragraph is a passage: within one passage, an indented line after an empty one would be code.
        for i, paragraph in enumerate(re.split(r"\n(?:[ \t]*\n)+", found.note.strip())):
            if i:
                yield context.passage("    ", **around)
            about = place | {"label": f"{NOTE} {found.id}", "marks": marks, "where": found.where}
            yield context.passage(paragraph.replace("\n", "\n    "), **about)
            yield context.passage("\n\n" if i else end, **around)
