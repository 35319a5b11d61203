"""How far two sides agree, at a glance: how many themes are read in each way, as a row of squares and a number."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.crosslinks import Context, Passage
from evidence.model.vocabulary import AGREEMENTS, EDITORS
from evidence.output import markdown
from evidence.text import escape
from evidence.text.translation import _

_REVIEW = "review"  # the origin of a theme that no meeting named


def agreement(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """A table of the readings: for each, how many themes of meetings and how many of the review's own."""
    themes = context.review.themes.values()
    rows = []
    for reading, words in AGREEMENTS.items():
        read = [theme for theme in themes if theme.agreement == reading and not theme.gathered]
        own = sum(theme.origin == _REVIEW for theme in read)
        rows.append((escape.markdown(words), _squares(len(read) - own), _squares(own)))
    head = (_("How we read it"), _("Themes that a meeting named"), _("Themes that the review named"))
    table = markdown.table(_("How many themes we read in each way"), head, rows)
    yield context.passage(f"\n\n{table}\n", voice=EDITORS)


def _squares(number: int) -> str:
    """A number, with as many squares beside it, which a screen reader leaves out."""
    return f'{number} <span class="tally" aria-hidden="true">{"■" * number}</span>' if number else str(number)
