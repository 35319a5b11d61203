"""What statements rest on, in a few words and shapes: how many sources, of what kind, or that none is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from evidence.crosslinks.statements import Placed, Statement
from evidence.model.review import Review
from evidence.model.vocabulary import EDITORS, NO_KIND, NO_SOURCE
from evidence.output import blocks
from evidence.text import escape
from evidence.text.translation import _, numbered

__all__ = [
    "Statement",
    "Support",
    "anchors_of",
    "explained",
    "kinds_on_page",
    "marks_of",
    "support_mark",
    "support_of",
    "support_of_works",
    "with_links",
]

# More shapes than this can't be counted at a glance.
MOST_SHAPES = 8
REVIEWED, OTHER = "●", "○"
_MARK, _SHAPES, _KEY = "support", "support-shapes", "support-key"
_MARK_END = "</small>"


@dataclass(frozen=True, slots=True)
class Support:
    """What one statement or several together rest on: the keys of the works, how many of these are peer reviewed and how many not traced.

    `without` counts statements for which no source is named, and `one` names the kind of a single work, with its article.
    """

    keys: tuple[str, ...]
    reviewed: int
    untraced: int
    without: int
    one: str
    told_apart: bool

    def words(self) -> str:
        """'3 sources, 2 peer reviewed', '1 source, a report' or 'no source named'; '' where there is nothing to say."""
        said = []
        number = len(self.keys)
        if number:
            said.append(numbered("%(num)s source", "%(num)s sources", number))
            if self.one:
                said.append(self.one)
            elif self.told_apart and number > self.untraced:
                some = _("all peer reviewed") if self.reviewed == number else _("%s peer reviewed") % self.reviewed
                said.append(some if self.reviewed else _("none peer reviewed"))
            if self.untraced:
                said.append(_("not traced") if number == 1 else _("%s not traced") % self.untraced)
            if self.without:
                named = numbered("%(num)s point names no source", "%(num)s points name no source", self.without)
                return f"{', '.join(said)}; {named}"
        elif self.without:
            said.append(NO_SOURCE)
        return ", ".join(said)

    def shapes(self) -> str:
        """A filled circle for each peer-reviewed work, and a ring for each other."""
        return (REVIEWED * self.reviewed + OTHER * (len(self.keys) - self.reviewed))[:MOST_SHAPES]


def support_of(statements: Iterable[Statement], review: Review) -> Support:
    """What statements rest on, together."""
    said = list(statements)
    cited = dict.fromkeys(item.key for statement in said for item in statement.items)
    return support_of_works(cited, review, sum(statement.uncited and not statement.items for statement in said))


def support_of_works(cited: Iterable[str], review: Review, without: int = 0) -> Support:
    """The same for the keys of works, of which those that nobody knows count for nothing."""
    keys = tuple(key for key in cited if key in review.references or key in review.untraced)
    works = [review.references[key] for key in keys if key in review.references]
    kind = review.kind_of(works[0]) if len(keys) == len(works) == 1 else None
    return Support(
        keys,
        sum(map(review.is_peer_reviewed, works)),
        sum(key in review.untraced for key in keys),
        without,
        kind.one if kind else "",
        review.tells_peer_reviewed,
    )


def support_mark(support: Support) -> str:
    """Support as HTML within a line, to stand behind what it belongs to; '' where there is nothing to say. Shapes are for the eye alone."""
    words = support.words()
    if not words:
        return ""
    shapes = support.shapes()
    shown = f'<span class="{_SHAPES}" aria-hidden="true">{shapes}</span> ' if shapes else ""
    # No span: search would take its words in again behind the end of the first element of the same name inside it.
    return f' <small class="{_MARK}" data-search-exclude>{shown}{escape.html_words(words)}{_MARK_END}'


def marks_of(placed: Iterable[Placed], review: Review) -> Iterator[tuple[int, int, str]]:
    """One mark for each block or group of statements in the review's voice, with its place: the number of a passage, and an offset in it."""

    def together(made: Placed) -> tuple[object, ...]:
        return (made.group,) if made.group else (made.passage, made.end)

    for _key, found in groupby((made for made in placed if not made.statement.voice), together):
        block = list(found)
        if mark := support_mark(support_of((made.statement for made in block), review)):
            yield block[-1].passage, block[-1].end, mark


def anchors_of(placed: Iterable[Placed]) -> Iterator[tuple[int, int, str]]:
    """The id of each statement, but the editors' own, as an anchor before its words, with its place as above."""
    for made in (made for made in placed if made.statement.voice != EDITORS):
        yield made.passage, made.start, f'<span id="{made.statement.id}" class="statement"></span>'


def with_links(marks: Iterable[tuple[int, int, str]], placed: Iterable[Placed]) -> Iterator[tuple[int, int, str]]:
    """Marks of support, with a link to each statement that has an anchor: at the end of its words, or in the mark that stands there.

    The sign of the link is drawn by the style: it is no word of the page.
    """
    shown = [made for made in placed if made.statement.voice != EDITORS]
    last = {(made.passage, made.end): made for made in shown}
    told = {(passage, at): mark for passage, at, mark in marks}
    for number, made in enumerate(shown, 1):
        name = _("Link to passage %s") % number
        link = f'<a class="passage" href="#{made.statement.id}" aria-label="{name}"></a>'
        at = made.end if last[made.passage, made.end] is made else made.words_end
        mark = told.pop((made.passage, at), "")
        yield made.passage, at, f"{mark.removesuffix(_MARK_END)}{link}{_MARK_END}" if mark else link
    yield from ((*place, mark) for place, mark in told.items())


def explained(texts: Iterable[str], review: Review) -> str:
    """A line on what marks of support mean, as Markdown, for the page with these texts; '' where none names a source, or the texts say it themselves.

    Shapes are explained to the eye alone, as they are shown to it alone.
    """
    said = "".join(texts)
    return "" if _SHAPES not in said or _KEY in said else _key_line(review)


def _key_line(review: Review) -> str:
    """That line; '' for a review that does not say which works are peer reviewed."""
    if not review.tells_peer_reviewed:
        return ""
    shape = "<span>%s</span> "
    named = _("%(reviewed)speer-reviewed source, %(other)sany other source.")
    shapes = named % {"reviewed": shape % REVIEWED, "other": shape % OTHER}
    rests = _("Points say how many sources they rest on.")
    first = _("Other experts read and judged peer-reviewed ones before they came out.")
    quality = _("Neither number nor kind shows how good they are.")
    line = f'<span class="{_SHAPES}" aria-hidden="true">{shapes}</span> {rests} {first} {quality}'
    return f"{line}\n{{ .{_KEY} data-search-exclude }}\n\n"


def kinds_on_page(placed: Iterable[Placed], review: Review) -> Iterator[blocks.Block]:
    """How many works of each kind the review's statements on a page rest on, as the end of the page."""
    support = support_of((made.statement for made in placed if not made.statement.voice), review)
    works = [review.references[key] for key in support.keys if key in review.references]
    if not works or not review.kinds:
        return
    counts = Counter(kind.id if kind else "" for kind in map(review.kind_of, works))
    said = [(kind.name, counts[kind.id]) for kind in review.kinds.values()]
    said += [(NO_KIND, counts[""]), (_("Not traced"), support.untraced)]
    yield blocks.Heading(2, _("Kinds of evidence on this page"), "kinds-of-evidence", "data-search-exclude")
    whole = numbered("%(num)s source", "%(num)s sources", len(support.keys))
    named = _("The review's statements on this page rest on %s. A kind says how a work came out, not how good it is.")
    yield blocks.Paragraph((named % whole,))
    yield blocks.Items(tuple(blocks.Item((f"{name}: {number}",)) for name, number in said if number))
    if support.without:
        without = numbered(
            "For %(num)s statement, no source is named.", "For %(num)s statements, no source is named.", support.without
        )
        yield blocks.Paragraph((without,))
