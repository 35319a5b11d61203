"""The shapes of cards to hold up, with their signs and colours: all three say the same, and the word says it again."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.site_data import Card
from evidence.text import escape
from evidence.text.translation import _


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape in a box of 100 by 100: its outline, and the middle and the width of the places for the sign and the word in it."""

    name: str
    outline: str
    sign_at: int
    sign_wide: int
    word_at: int
    word_wide: int


SHAPES = {
    "octagon": Shape(_("octagon"), '<path d="M31 4h38l27 27v38L69 96H31L4 69V31z"/>', 36, 44, 71, 64),
    "triangle": Shape(_("triangle"), '<path d="M50 5 98 95H2z"/>', 52, 32, 82, 64),
    "circle": Shape(_("circle"), '<circle cx="50" cy="50" r="47"/>', 36, 42, 71, 64),
    "square": Shape(_("square"), '<path d="M6 6h88v88H6z"/>', 37, 46, 77, 78),
    "diamond": Shape(_("diamond"), '<path d="M50 2 98 50 50 98 2 50z"/>', 30, 28, 56, 58),
    "hexagon": Shape(_("hexagon"), '<path d="M25 8h50l24 42-24 42H25L1 50z"/>', 34, 38, 70, 60),
}
# The colour of each shape, and that of what stands in it: at least seven to one.
COLOURS = {
    "red": (_("Red"), "#a50f15", "#ffffff"),
    "yellow": (_("Yellow"), "#ffdd00", "#000000"),
    "green": (_("Green"), "#005a30", "#ffffff"),
    "blue": (_("Blue"), "#003d7c", "#ffffff"),
    "purple": (_("Purple"), "#4c2c92", "#ffffff"),
    "white": (_("White"), "#ffffff", "#000000"),
}
# What each sign shows, and its lines in a box from -20 to 20.
_SIGNS = {
    "hand": (
        _("a raised hand"),
        '<path stroke-width="5" d="M-9 4v-14M-3 4v-20M3 4v-19M9 5v-14M11 13l6-11"/>'
        '<path stroke-width="5" fill="INK" d="M-9 2v8c0 5 3 8 8 8h4c4 0 6-1 8-5l-2-11z"/>',
    ),
    "hourglass": (
        _("an hourglass"),
        '<path stroke-width="4" d="M-13-18h26M-13 18h26M-10-18c0 9 4 13 10 18c6-5 10-9 10-18M-10 18c0-9 4-13 10-18c6 5 10 9 10 18"/>'
        '<path stroke-width="2" fill="INK" d="M-7 15c1-4 4-6 7-7c3 1 6 3 7 7zM-5-7h10c-1 2-3 4-5 5c-2-1-4-3-5-5z"/>',
    ),
    "arrow": (_("an arrow to the right"), '<path stroke-width="7" d="M-17 0h33M3-14l14 14-14 14"/>'),
    "tick": (_("a tick"), '<path stroke-width="8" d="M-17 2-6 14 17-13"/>'),
    "question": (
        _("a question mark"),
        '<path stroke-width="7" d="M-10-8c0-13 21-13 21 0c0 8-11 7-11 16"/><circle r="4" stroke="none" fill="INK" cx="0" cy="18"/>',
    ),
    "cross": (_("a cross"), '<path stroke-width="8" d="M-14-14l28 28M14-14l-28 28"/>'),
}


def drawn(card: Card) -> str:
    """The shape of a card with its sign as HTML on one line; its alternative says what is seen, since people speak of 'the red card'."""
    shape, (colour, fill, ink) = SHAPES[card.shape], COLOURS[card.colour]
    said, sign = f"{colour} {shape.name}", ""
    if card.sign:
        name, lines = _SIGNS[card.sign]
        said = _("%(shape)s with %(sign)s") % {"shape": said, "sign": name}
        place = f"translate(50 {shape.sign_at}) scale({shape.sign_wide / 40:.2f})"
        look = f'fill="none" stroke="{ink}" stroke-linecap="round" stroke-linejoin="round"'
        sign = f'<g {look} transform="{place}">{lines.replace("INK", ink)}</g>'
    opening = f'<svg class="card-shape" viewBox="0 0 100 100" width="100" height="100" role="img" aria-label="{escape.html_text(said)}"'
    return f'{opening}><g fill="{fill}" stroke="#000000" stroke-width="2">{shape.outline}</g>{sign}</svg>'
