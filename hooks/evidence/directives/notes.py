"""Editor's notes on a page: each folded into one line that opens it, once a page, with a small link to it from each statement that it is about.

A note opens without a script, since it is a <details>; the frame's script opens one that a link leads to. On paper all are open. Search passes
notes over: the audit, where each stands in full, is found instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from evidence.crosslinks import Context, Passage, passages
from evidence.documents.document import Marks
from evidence.model.review import Review
from evidence.model.site_data import EditorialNote
from evidence.model.vocabulary import EDITORS, NOTE
from evidence.output import markdown
from evidence.text import escape
from evidence.text.translation import _, numbered
from evidence.text.words import in_words

# So many notes below one another are few enough to be seen by their titles.
MOST_LINES = 3


def note(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """An editor's note, apart from the text."""
    name = passages.choose_one(wanted, context.review.notes, "note")
    if not context.review.notes[name].note:
        raise passages.DirectiveError(
            f"'{name}' has no text for readers; give it a 'note' in data/editorial.yml, or leave the marker out"
        )
    if name in context.shown_notes:
        yield context.passage("")  # it stands above: the page is whole without it
    yield from notes(context, [name])


def note_anchor(name: str) -> str:
    """The id of a note's text on a page."""
    return f"note-{name.lower()}"


def note_links(review: Review, names: Iterable[str]) -> str:
    """Links from a statement to its notes, which stand further down."""
    links = ""
    for shown in _shown(review, names):
        name = _("Note %s") % shown.id
        label = f"{name}: {shown.title}"
        links += f" {markdown.link(name, f'#{note_anchor(shown.id)}', '', css='note-link', label=label)}"
    return links


def _opening(found: EditorialNote) -> str:
    """What stands before the words of a note: the line that opens it, and the beginning of the part that is read out as a note."""
    title = f"{found.title} ({in_words(found.dated)})" if found.dated else found.title
    line = f'{NOTE}<span class="note-id"> {found.id}</span>: {escape.markdown(title)}'
    name = escape.html_text(f"{NOTE} {found.id}")
    return (
        f'\n\n<details class="editor-note" id="{note_anchor(found.id)}" data-search-exclude="" markdown="1">\n<summary>{line}</summary>\n'
        f'<div role="note" aria-label="{name}" markdown="1">\n\n'
    )


def _closing(found: EditorialNote) -> str:
    """What stands behind the words of a note: few screen readers say where a part with a role ends."""
    end = escape.html_text(_("End of note %s.") % found.id)
    return f'\n\n<p class="heard" data-search-exclude="">{end}</p>\n\n</div>\n</details>\n\n'


def _shown(review: Review, names: Iterable[str]) -> list[EditorialNote]:
    known = [review.notes[name] for name in dict.fromkeys(names) if name in review.notes]
    return [n for n in known if n.note]


def written_notes(review: Review, names: Iterable[str], said: Callable[[str], str]) -> str:
    """The notes for the end of a section of a generated page; `said` makes the words of each ready for the page."""
    return "".join(f"{_opening(found)}{said(found.note.strip())}{_closing(found)}" for found in _shown(review, names))


def notes(context: Context, names: Iterable[str], **place: Any) -> Iterator[Passage]:
    """The notes, each once a page."""
    for found in _shown(context.review, names):
        if found.id in context.shown_notes:
            continue
        context.shown_notes.add(found.id)
        # A note is the editors' word, not the review's: no theme is spoken of in it, and a nation only if the note says so.
        marks = Marks(nations=found.nations)
        around = place | {"voice": EDITORS, "marks": Marks()}
        yield context.passage(_opening(found), **around)
        about = place | {"voice": EDITORS, "label": f"{NOTE} {found.id}", "marks": marks, "where": found.where}
        yield context.passage(found.note.strip(), **about)
        yield context.passage(_closing(found), **around)


def notes_together(context: Context, names: Iterable[str]) -> Iterator[Passage]:
    """The notes, each once a page; where they are many, folded into one line."""
    new = [found.id for found in _shown(context.review, names) if found.id not in context.shown_notes]
    around = {"voice": EDITORS, "marks": Marks()}
    folded = len(new) > MOST_LINES
    if folded:
        words = numbered("%(num)s editor's note", "%(num)s editor's notes", len(new))
        opening = f'<details class="editor-notes" data-search-exclude="" markdown="1">\n<summary>{escape.html_text(words)}</summary>'
        yield context.passage(f"\n\n{opening}\n\n", **around)
    yield from notes(context, new)
    if folded:
        yield context.passage("</details>\n\n", **around)
