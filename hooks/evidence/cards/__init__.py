"""Cards to cut out: what packs of them take from the review, what those to hold up look like, and the blocks of a paper as cards with a front and a back.

`papers/cards.typ` sets them; `CARDS` puts them into a page, where a script prints what readers choose.
"""

from evidence.cards.chosen import CARDS, chosen_cards, chosen_themes, source_line, sources_of
from evidence.cards.shapes import drawn
from evidence.cards.sides import to_print, with_cards

__all__ = [
    "CARDS",
    "chosen_cards",
    "chosen_themes",
    "drawn",
    "source_line",
    "sources_of",
    "to_print",
    "with_cards",
]
