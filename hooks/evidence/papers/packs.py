"""Packs of papers for meetings: which there are, and what they choose from the questions and words of the review."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from evidence.model.network import Question, QuestionGroup
from evidence.model.review import Review
from evidence.model.site_data import ALL, Pack, Part, Term
from evidence.text.translation import _

FOLDER = "discuss/packs"
INSIDE = "kit"  # the place for what is in a kit, which is known when its papers are made
REFERENCES = "references"  # the place for the works that a paper cites, where they do not stand at its end
_PLACEHOLDER = re.compile(r"\{(id|title)\}")


class PaperError(ValueError):
    """A paper that cannot be set; the message is for the editor."""


def pack_uri(pack_id: str) -> str:
    """The source address of the page of a pack."""
    return f"{FOLDER}/{pack_id}.md"


def page_title(pack: Pack) -> str:
    """The title of the page of a pack, which the page with the same words does not share."""
    return _("%(title)s (paper)") % {"title": pack.title}


def all_packs(review: Review) -> dict[str, Pack]:
    """Every pack by its id; those with `each` once for each theme or nation, under ids such as 'theme-x', their names filled in."""
    found: dict[str, Pack] = {}
    for pack in review.packs.packs:
        if not pack.each:
            found.setdefault(pack.id, pack)
        for name, title in each_of(review, pack).items():
            made = f"{pack.each}-{name}"
            found.setdefault(made, replace(_filled(pack, {"id": name, "title": title}), id=made))
    return found


def each_of(review: Review, pack: Pack) -> dict[str, str]:
    """What a pack with `each` is made for: by id, the titles of all themes or the names of all nations. Nothing for any other pack."""
    if pack.each == "theme":
        return {theme.id: theme.title for theme in review.themes.values()}
    return {nation.id: nation.name for nation in review.nations.values()} if pack.each == "nation" else {}


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    """A pack, or something in it, with names in the place of placeholders; a name is not searched for placeholders again."""
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda match: names[match[1]], value) if "{" in value else value
    if isinstance(value, tuple):
        return tuple(_filled(item, names) for item in value)
    if isinstance(value, Pack | Part):
        return replace(value, **{name: _filled(getattr(value, name), names) for name in value.__match_args__})
    return value


def chosen_questions(review: Review, wanted: Collection[str]) -> list[tuple[QuestionGroup, list[Question]]]:
    """The groups with those of their questions that are wanted, by 'all', the group's id or their own."""
    groups = []
    for group, pairs in review.questions.numbered():
        found = [q for _, q in pairs if {ALL, group.id, q.id} & set(wanted)]
        if found:
            groups.append((group, found))
    return groups


def chosen_words(review: Review, wanted: Collection[str]) -> list[Term]:
    """The wanted words of the glossary, in the order of the alphabet."""
    found = [term for term in review.glossary.values() if ALL in wanted or term.id in wanted]
    return sorted(found, key=lambda term: term.term.casefold())
