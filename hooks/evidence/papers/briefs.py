"""What a paper for a meeting says on one theme or nation: what was found, what members said, and what there is to talk about."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.base import Location
from evidence.model.network import Question, Suggestion
from evidence.model.review import Nation, Point, Review, Theme
from evidence.model.vocabulary import PICTURES
from evidence.text import escape
from evidence.text.translation import _

# More statements than these are no paper to talk over.
_MOST_FOUND = 3


@dataclass(frozen=True, slots=True)
class Brief:
    """A theme or a nation in brief. `picture` is SVG, `summary` and `said` are Markdown; `page` is the source address of the page that says more, if there is one.

    A side without a line is silent, and `review_silent` or `members_silent` says so in a sentence; both are '' where nobody knows. `ours` says that the
    questions are the editors' suggestions: where there are none, they are those of the review on the theme.
    """

    title: str
    where: Location
    page: str
    picture: str
    summary: str
    found: tuple[Point, ...]
    review_silent: str
    said: tuple[str, ...]
    members_silent: str
    questions: tuple[Suggestion | Question, ...]
    ours: bool


def brief_of(review: Review, name: str, each: str = "", page: str = "") -> Brief:
    """The theme or nation with an id in brief; where a theme and a nation share it, `each` ('nation') says which is meant."""
    about = review.nations[name] if each == "nation" or name not in review.themes else review.themes[name]
    suggested = review.suggested_on(about)
    theme = about if isinstance(about, Theme) else None
    asked = [q for q in review.questions.questions if theme and theme.id in q.themes]
    return Brief(
        title=about.title if isinstance(about, Theme) else about.name,
        where=about.where,
        page=page or (theme.uri if theme else ""),
        picture=review.drawings.get(f"{PICTURES}{about.picture}", ""),
        summary=_summary(review, theme) if theme else "",
        found=about.found[:_MOST_FOUND],
        review_silent=_("The review says nothing on this.") if theme and theme.agreement == "review-silent" else "",
        said=tuple(map(escape.markdown, about.members_said)) if isinstance(about, Nation) else about.members_said,
        members_silent=_members_silent(review, about),
        questions=suggested or tuple(asked),
        ours=bool(suggested),
    )


def _summary(review: Review, theme: Theme) -> str:
    """The line that sums a theme up, with who says what it says: the editors word it, be it on what members or on what the review told."""
    if theme.gathered:
        return _("In our words, as editors: %s") % theme.summary
    meetings = review.network.meetings if review.network else ()
    if theme.origin in {meeting.id for meeting in meetings}:
        return _("Members said, in our words: %s") % theme.summary
    return _("A theme of the review, in our words: %s") % theme.summary


def _members_silent(review: Review, about: Theme | Nation) -> str:
    """That members said nothing on a theme or a nation, for a review that tells what they said at all."""
    if not review.network:
        return ""
    if isinstance(about, Nation):
        return _("Nothing that members said is about %s alone.") % escape.markdown(about.name) if about.found else ""
    if about.origin == "review":
        return _("No meeting named this theme. It comes from the review.")
    return _("Members said nothing on this.") if about.agreement == "members-silent" else ""
