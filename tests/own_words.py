"""What only this review speaks of, by word: no other review and no file of the engine may hold it."""

from __future__ import annotations

import re

from conftest import ROOT
from evidence.references.labels import labels
from evidence.sources.read import read

# The subject of this review, which stands in no one field of its data.
SUBJECT = {"co-production", "coproduction", "involvement", "involving", "ladder", "commissioning", "IMPACT", "tokenism"}


def own_words() -> list[str]:
    """What only this review speaks of: its subject, nations, themes, meetings, co-ordinators, examples, notes and sources."""
    review = read(ROOT).review
    assert review.network is not None
    names = [
        *(nation.name for nation in review.nations.values()),
        *(theme.title for theme in review.themes.values()),
        *(person.name for person in review.network.coordinators),
        *(meeting.title for meeting in review.network.meetings),
        *(example.name for example in review.examples),
        *(source.title for source in review.sources.values()),
        *(row.title for row in (review.comparison.rows if review.comparison else ())),
        *(barrier.title for barrier in review.barriers.barriers),
        *(label.author for label in labels(review).values()),
    ]
    ids = [*review.nations, *review.themes, *review.references, *review.untraced, *review.notes]
    # One lower-case word, such as the theme 'Money', is everyone's; so is a family name that is a word, such as 'Fox'.
    return sorted(
        SUBJECT
        | {name for name in names if " " in name}
        | set(review.nations)
        | {i for i in ids if NOT_A_WORD.search(i)}
    )


NOT_A_WORD = re.compile(r"[-0-9]")
