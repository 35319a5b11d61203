"""Cards to cut out: what those to hold up look like, and the blocks of a paper as cards with a front and a back. `papers/cards.typ` sets them."""

from evidence.cards.shapes import drawn
from evidence.cards.sides import TO_PRINT, with_cards

__all__ = ["TO_PRINT", "drawn", "with_cards"]
