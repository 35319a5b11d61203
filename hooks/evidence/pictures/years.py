"""When the works of a review came out: for each year one mark a work, told apart by kind, and the day of the review itself."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from evidence.model.base import Reference
from evidence.model.review import Review
from evidence.output import markdown
from evidence.pictures import drawn
from evidence.pictures.marks import figure, pip
from evidence.text import escape
from evidence.text.translation import _, numbered

KINDS = {"peer": _("Peer reviewed"), "law": _("Law"), "other": _("Other kinds")}
MOST_MARKS, MOST_COLUMNS, LEAST_GAP = 20, 30, 3
_STEPS = (1, 5, 10, 50, 100, 10_000)  # years that stand in one row
Years = dict[int | None, Counter[str]]
"""How many works of each kind came out in a year, or in the span that begins with it; None for those without a year."""


def works_by_year(review: Review) -> Years:
    """Each year in which a work came out, with how many of each kind; None, which comes last, for those without one."""
    found: Years = {}
    for work in review.references.values():
        found.setdefault(_year(work), Counter())[_kind(review, work)] += 1
    return dict(sorted(found.items(), key=lambda item: (item[0] is None, item[0] or 0)))


def _year(work: Reference) -> int | None:
    parts = work.item.get("issued", {}).get("date-parts", ())
    return int(parts[0][0]) if parts and parts[0] else None


def _kind(review: Review, work: Reference) -> str:
    if work.item.get("type") == "legislation":
        return "law"
    return "peer" if review.is_peer_reviewed(work) else "other"


def years(review: Review, id_: str = "years") -> str:
    """The picture as Markdown, to stand on lines of its own under a heading with the same words; '' for a review without works."""
    found = works_by_year(review)
    if not found:
        return ""
    added = sum(work.field("listing") == "added" for work in review.references.values())
    head = (_("Year"), _("Sources"), _("Number"))
    each = max(1, -(-max(map(sum_of, found.values())) // MOST_MARKS))
    rows = drawn.table("years", head, _rows(review, found, each))
    lines = [
        [_("No year") if year is None else str(year), *(str(counts[kind]) for kind in KINDS), str(sum_of(counts))]
        for year, counts in found.items()
    ]
    table = markdown.table(_("Sources by year and kind"), (_("Year"), *KINDS.values(), _("All")), lines)
    return figure(id_, _("When the sources came out"), f"{_says(found, added)}\n\n{_key(found, each)}", rows, table)


def sum_of(counts: Counter[str]) -> int:
    """How many works there are of all kinds."""
    return sum(counts.values())


def _says(found: Years, added: int) -> str:
    """What the picture shows, in sentences; `added` is how many works the review does not name."""
    total = sum(map(sum_of, found.values()))
    dated = {year: sum_of(counts) for year, counts in found.items() if year is not None}
    said = []
    if dated:
        most = max(dated.values())
        busiest = [str(year) for year, number in dated.items() if number == most]
        view = {"first": min(dated), "last": max(dated), "most": most, "year": busiest[0]}
        words = numbered(
            "The one source came out", "The %(num)s sources came out", total - sum_of(found.get(None, Counter()))
        )
        said.append(
            f"{words} {_('from %(first)s to %(last)s.') % view}"
            if len(dated) > 1
            else f"{words} {_('in %(first)s.') % view}"
        )
        if len(dated) > 1 and len(busiest) == 1:
            said.append(_("Most came out in %(year)s: %(most)s.") % view)
    if None in found:
        said.append(
            numbered(
                "For %(num)s source no year is known.", "For %(num)s sources no year is known.", sum_of(found[None])
            )
        )
    if 0 < added < total:
        said.append(numbered("The editors added %(num)s source.", "The editors added %(num)s sources.", added))
    said.append(_("How many there are does not tell how strong the evidence is."))
    return " ".join(said)


def _key(found: Years, each: int) -> str:
    """What each mark stands for, with how many there are of it."""
    totals = sum(found.values(), Counter[str]())
    marks = [f"{pip(kind)} {words}: {totals[kind]}" for kind, words in KINDS.items() if totals[kind]]
    one = _("One mark is one source.") if each == 1 else _("One mark is up to %s sources.") % each
    return f"{one} {'. '.join(marks)}.\n{{ .picture-key }}"


def _rows(review: Review, found: Years, each: int) -> list[drawn.Row]:
    """A row for each year or span of years, for each gap between them, and for the review itself."""
    known = [year for year in found if year is not None]
    step = next(step for step in _STEPS if len({year // step for year in known}) <= MOST_COLUMNS)
    spans: dict[int, Counter[str]] = {}
    for year in known:
        spans.setdefault(year - year % step, Counter()).update(found[year])
    rows: list[tuple[float, drawn.Row]] = [
        (year, _row(_span(year, step), counts, each)) for year, counts in spans.items()
    ]
    for before, after in pairwise(spans):
        missing = range(before + step, after, step)
        if len(missing) < LEAST_GAP:
            rows += [(year, _row(_span(year, step), Counter(), each, "empty")) for year in missing]
        else:
            rows.append(
                (missing[0], _row(f"{missing[0]} {_('to')} {missing[-1] + step - 1}", Counter(), each, "empty span"))
            )
    if source := next(iter(review.sources.values()), None):
        for year in re.findall(r"\b\d{4}\b", source.date)[-1:]:
            name, date = escape.html_text(source.name), escape.html_text(source.date)
            rows.append((int(year) - int(year) % step + step - 0.5, drawn.Row(date, name, "", "itself")))
    undated = [_row(_("No year"), found[None], each, "undated")] if None in found else []
    return [row for _at, row in sorted(rows, key=lambda row: row[0])] + undated


def _row(name: str, counts: Counter[str], each: int, css: str = "") -> drawn.Row:
    """A mark for every `each` works of a kind, or a part of them."""
    marks = "".join(pip(kind) * -(-counts[kind] // each) for kind in KINDS)
    return drawn.Row(name, marks, str(sum_of(counts)), css)


def _span(year: int, step: int) -> str:
    return str(year) if step == 1 else f"{year} {_('to')} {year + step - 1}"
