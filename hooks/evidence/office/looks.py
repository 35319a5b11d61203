"""How ODT and DOCX papers look, and what they say beside their paper, once for both: clear print (UKAAF G003 and G017) in paragraph styles that people can change in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from evidence.office.rooms import STYLE
from evidence.text.translation import _

FONT = "Arial"
"""A sans serif typeface that most machines have, or have one of the same widths for."""
LINE_HEIGHT = 1.25
"""Times the height that the typeface gives a line. Arial's is 1.15 ems, so lines are 1.44 ems apart."""
PAGE = (210.0, 297.0)
MARGIN = 20.0
"""Millimetres, as is `PAGE`: A4."""
FOOT = 10.0
"""Millimetres from the lower edge of the page to the foot."""
IDEA_INDENT = 78.0
"""Points: the picture of an idea, and the room beside it."""
BORDER = 1.0
"""Points: thin enough to write on, thick enough to survive a photocopier."""
FRAMED = "Framed words"
"""The style of words with a frame around them, such as "retracted"."""
# What readers see in office files beside the words of the paper.
OF = _(" of ")  # between a page's number and that of all pages
COLOUR = _("Colour: %(colour)s.")
SIGN = _("Sign in %(colour)s that means: %(word)s")


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style. Lengths are points; `size` 0 is that of the body, `line` 0 the usual line height, `outline` the level of a heading; lines that are `ruled` end in a tab.

    `left` is how far it is set in, `hanging` how far its first line stands out from that.
    """

    name: str
    parent: str = ""
    size: float = 0
    bold: bool = False
    before: float = 0
    after: float = 0
    line: float = 0
    outline: int = 0
    keep_next: bool = False
    keep_lines: bool = False
    box: bool = False
    ruled: bool = False
    new_page: bool = False
    left: float = 0
    hanging: float = 0


def looks(points: int) -> tuple[Look, ...]:
    """The styles for a body of `points`."""
    gap = points * 0.7
    heads = [points + 8, points + 4, points + 2, points, points, points]
    heading = partial(Look, bold=True, keep_next=True, keep_lines=True)
    headings = [
        heading(f"Heading {level}", size=size, before=gap * (1 if level == 1 else 1.6), after=gap * 0.6, outline=level)
        for level, size in enumerate(heads, 1)
    ]
    begun = [replace(look, name=f"New page {look.name.lower()}", parent=look.name, new_page=True) for look in headings]
    cards = [
        heading(f"Card {name.lower()}", name, size=points * 2, after=gap * 0.5, outline=level, box=True)
        for level, name in ((level, f"Heading {level}") for level in (2, 3, 4))
    ]
    line = points * 1.8 + 5  # room for handwriting: 10.6 mm at 14 points, 13.2 mm at 18
    return (
        *headings,
        *begun,
        *cards,
        Look("Body Text", after=gap),
        Look("First Paragraph", "Body Text", before=gap * 0.4, after=gap),
        Look("Compact", after=gap * 0.4),
        heading("Question", after=gap * 0.3),
        Look("Prompt", before=gap * 0.6, after=gap * 0.3, keep_next=True, keep_lines=True),
        Look("After list", "Body Text", before=gap * 0.7, after=gap),
        Look(STYLE, line=line, keep_lines=True, ruled=True, after=gap * 2),
        heading("Box title", before=gap * 1.4, after=gap * 0.5, box=True),
        Look("Box text", after=gap * 0.5, keep_lines=True, box=True),
        Look("Last box text", after=gap * 1.8, keep_lines=True, box=True),
        Look("Card picture", before=gap * 1.4, after=gap * 0.5, keep_next=True, box=True),
        Look("Idea", after=gap, keep_lines=True, left=IDEA_INDENT, hanging=IDEA_INDENT),
        Look("More of an idea", after=gap, keep_lines=True, left=IDEA_INDENT),
        Look("New page", new_page=True),
        heading("Term", after=gap * 0.3),
        heading("Row title", before=gap, after=gap * 0.3),
        heading("Row caption", before=gap, after=gap * 0.5),
        heading("Table Caption", before=gap, after=gap * 0.5),
        Look("Footer", before=points * 0.6),
    )


def list_indent(points: int) -> float:
    """How far a list is set in, in points: room for a number of two digits and its full stop."""
    return points * 2.2
