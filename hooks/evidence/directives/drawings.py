"""The drawings of docs/assets, as directives put them into pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.crosslinks import Context, Passage, passages
from evidence.model.vocabulary import EDITORS, PICTURES
from evidence.text import escape
from evidence.text.translation import _


def figure(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """A drawing with its full text alternative, and its title and credit as its caption: what is drawn is heard once, and so is what it is called."""
    known = context.review.figures
    found = known[passages.choose_one(wanted, known, "figure")]
    name = f"figure-{found.id}"
    inside = f'<desc id="{name}-desc">{escape.html_text(found.description)}</desc>'
    drawn = _in_page(_drawing(context, f"figures/{found.id}"), f'<svg role="img" aria-labelledby="{name}-desc"', inside)
    yield context.passage(
        f'\n\n<figure class="drawing" id="{name}" markdown="1">\n<div class="drawn" markdown="0">{drawn}</div>\n\n'
    )
    yield context.passage(
        f'<figcaption class="credit" markdown="1">\n\n{_("Figure: %s. ") % escape.markdown(found.title)}'
    )
    yield context.passage(found.credit, where=found.where, voice=EDITORS)
    yield context.passage("\n\n</figcaption>\n</figure>\n\n")


def picture(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """A small drawing beside words that say the same: decorative for a screen reader."""
    if len(wanted) != 1:
        raise passages.DirectiveError("name one picture: the name of its file in docs/assets/pictures, without .svg")
    yield context.passage(small_picture(context, wanted[0]))


def small_picture(context: Context, name: str) -> str:
    """A drawing of docs/assets/pictures as HTML on one line, which no screen reader speaks of."""
    return small(_drawing(context, f"{PICTURES}{name}"))


def small(svg: str) -> str:
    """A small drawing as HTML on one line, which no screen reader speaks of."""
    return _in_page(svg, '<svg class="easy-picture" aria-hidden="true" focusable="false"')


def _drawing(context: Context, name: str) -> str:
    """A drawing of docs/assets, as it lies there."""
    drawings = context.review.drawings
    return drawings[passages.choose([name], drawings, "drawing")[0]]


def _in_page(svg: str, opening: str, inside: str = "") -> str:
    """A drawing as HTML on one line, with an opening tag that says what it is here, and what stands first inside it."""
    # The file's own opening tag is kept but for what the page says anew; a blank line would end the HTML block in Markdown.
    own = re.match(r"<svg\b([^>]*)>", svg)
    assert own is not None, "read() has checked it"
    kept = re.sub(r'\s(?:role|class|aria-\w+|focusable|xmlns)="[^"]*"', "", own[1])
    return re.sub(r"\s*\n\s*", "", f"{opening}{kept}>{inside}{svg[own.end() :]}")
