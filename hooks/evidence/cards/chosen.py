"""What packs of cards take from the review, and the directive by which a page has the cards of them all, for readers to choose from."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from evidence.cards.shapes import COLOURS, SHAPES, drawn
from evidence.crosslinks import Context, Passage, passages
from evidence.documents.themes import in_a_line
from evidence.model.review import Review, Source, Theme
from evidence.model.site_data import ALL, Card, Pack
from evidence.output import markdown
from evidence.text import escape
from evidence.text.translation import _


def sources_of(review: Review, pack: Pack) -> list[Source]:
    """The documents that a pack's words come from: those that it names, else the first; cards to hold up are the editors' own."""
    own = all(part.cards for part in pack.parts)
    ids = pack.sources or (() if own else tuple(review.sources)[:1])
    return [review.sources[name] for name in ids if name in review.sources]


def chosen_cards(review: Review, wanted: Collection[str]) -> list[Card]:
    """The wanted cards, by 'all', their set or their own id, in the order of the file."""
    return [card for card in review.packs.cards if {ALL, card.id, card.set} & set(wanted)]


def chosen_themes(review: Review, wanted: Collection[str]) -> dict[str, list[Theme]]:
    """The wanted themes, by 'all', their own id or who named them; in the order of the file, under the words for who named them."""
    found: dict[str, list[Theme]] = {}
    for theme in review.themes.values():
        if {ALL, theme.id, theme.origin} & set(wanted):
            found.setdefault(review.origin_title(theme), []).append(theme)
    return found


def source_line(review: Review, pack: Pack) -> str:
    """Where the words of a pack of cards come from, as it stands on each card, as plain text."""
    named = (f"{source.name}, {source.date}" for source in sources_of(review, pack))
    return "; ".join(named) or _("Our suggestion, as editors")


def cards(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The cards of all packs that hold nothing but cards to hold up and themes, folded, as lists: a script lets readers choose sets of them."""
    review = context.review
    packs = [pack for pack in review.packs.packs if pack.form == "cards" and not pack.each]
    sets = [pack for pack in packs if all(part.cards or part.themes for part in pack.parts)]
    if not sets:
        raise passages.AbsentError("there is no pack of cards to hold up, or of themes, in data/packs.yml")
    yield context.passage(
        f'\n\n<details class="more" markdown="1">\n<summary>{_("Cards to hold up or to sort")}</summary>\n\n'
    )
    for pack in sets:
        set_ = {"data-set": pack.id, "data-subject": pack.title, "data-source": source_line(review, pack)}
        yield context.passage(markdown.items([escape.markdown(pack.title)]), where=pack.where)
        for part in pack.parts:
            for card in chosen_cards(review, part.cards):
                shape, ink = SHAPES[card.shape], COLOURS[card.colour][2]
                place = {"data-at": str(shape.word_at), "data-wide": str(shape.word_wide), "data-ink": ink}
                said = f"{drawn(card)} {_said(card.word, card.text)}"
                yield context.passage(_item(said, set_ | place), where=card.where)
            for theme in (theme for found in chosen_themes(review, part.themes).values() for theme in found):
                yield context.passage(_item(_said(theme.title, in_a_line(theme)), set_), where=theme.where)
    yield context.passage("\n</details>\n\n")


def _said(name: str, text: str) -> str:
    return f"**{escape.markdown(name)}**: {escape.markdown(text)}"


def _item(said: str, data: dict[str, str]) -> str:
    return f"    - {said}\n      {markdown.marks(data=data)}\n"


CARDS = passages.DirectiveKind(
    "cards",
    cards,
    takes="nothing",
    gives="the cards to hold up and the theme cards of all packs, folded; a script lets readers choose sets of them",
)
