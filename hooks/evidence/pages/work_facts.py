"""What is said of a work in a few words: its kind, its year, what it is about, whether it is free to read, how often it is cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from evidence.model.base import Reference
from evidence.model.review import Review
from evidence.model.vocabulary import ACCESS, ALL_NATIONS, UNDATED
from evidence.text.translation import _, numbered

if TYPE_CHECKING:
    from evidence.pages.generated import Materials


def year(reference: Reference) -> str:
    """The year of a work, or that it has none."""
    return reference.year if reference.year not in ("", UNDATED) else _("No date")


def access(reference: Reference) -> str:
    """Whether a work can be read freely."""
    return ACCESS.get(reference.field("access"), ACCESS["unknown"])


def named(review: Review, nations: Iterable[str]) -> list[str]:
    """Nations by their names."""
    return [review.nations[name].name for name in nations if name in review.nations]


def about(review: Review, reference: Reference) -> list[str]:
    """What a work is about, told apart from where it is cited: the names of nations, or that it is about them all."""
    found = named(review, review.nations_about(reference))
    return found or ([ALL_NATIONS] if named(review, reference.nations) else [])


def in_list(site: Materials, reference: Reference) -> str:
    """The line behind a work in the list of all: 'Report. About: Norway. Cited in 4 places.'"""
    places = len(site.index.by_reference[reference.key])
    cited = numbered("Cited in %(num)s place", "Cited in %(num)s places", places) if places else _("Not cited")
    return _sentences(site.review.kind_name(reference), _about_what(site.review, reference), cited)


def on_its_page(review: Review, reference: Reference) -> str:
    """The line below the title of a work's page: 'Report. 2019. About: Norway. Free to read.'"""
    free = "" if access(reference) == ACCESS["unknown"] else access(reference)
    return _sentences(review.kind_name(reference), year(reference), _about_what(review, reference), free)


def _about_what(review: Review, reference: Reference) -> str:
    found = about(review, reference)
    nowhere = _("About no particular nation") if review.nations else ""
    return f"{_('About:')} {', '.join(found)}" if found else nowhere


def _sentences(*words: str) -> str:
    return " ".join(f"{word.removesuffix('.')}." for word in words if word)
