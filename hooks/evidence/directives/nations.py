"""The nations at a glance: what each has, in signs and words; and which laws and policies came when, as a time line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from evidence.crosslinks import Context, Passage, passages
from evidence.directives.comparisons import table_passages
from evidence.directives.notes import note_links, notes_together
from evidence.documents.document import Marks
from evidence.model.nations import Event, Topic
from evidence.model.vocabulary import ALL_NATIONS, EDITORS, EVENTS, NOT_SAID, SAYS
from evidence.output import markdown
from evidence.pictures import pip, sign
from evidence.tables import TABLES
from evidence.text import escape
from evidence.text.translation import _
from evidence.text.words import listed

# More lanes leave no room for words.
MOST_LANES = 6
_OURS = {"voice": EDITORS, "marks": Marks()}


def glance(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """A table of signs and words. For all nations it leads on to the reasons, folded below it; of those named each sign has its reason beside it."""
    review, kind = context.review, TABLES["glance"]
    table = kind.build(review, context.document.uri, wanted)
    names = wanted or tuple(review.nations)
    rows = [
        (escape.markdown(topic.title), *(_sign(topic, name, context if wanted else None) for name in names))
        for topic in review.glance.values()
    ]
    head = (_("Topic"), *(escape.markdown(review.nations[name].name) for name in names))
    shown = markdown.table(_("How we, the editors, read the sources"), head, rows)
    css = "picture glance reasons" if wanted else "picture glance"
    silent = _("“Not said” means that we found nothing on it in the sources. It does not mean that there is nothing.")
    yield context.passage(
        f'\n\n<div class="{css}" markdown="1">\n\n{shown}\n{silent}\n{{ .picture-key }}\n\n</div>\n\n', **_OURS
    )
    if not wanted:
        summary = escape.html_text(_("Why we read it so"))
        yield context.passage(
            f'<details class="picture-table" data-search-exclude markdown="1">\n<summary>{summary}</summary>\n\n',
            **_OURS,
        )
        yield from table_passages(context, kind, table)
        yield context.passage("\n\n</details>\n\n", **_OURS)


def _sign(topic: Topic, nation: str, reasons: Context | None) -> str:
    """A reading as a sign and a word; with `reasons` the word leads to where it is said, and the reason stands below it."""
    read = topic.cells.get(nation)
    if read is None:
        return f"{sign('silent')} {NOT_SAID}"
    says = SAYS[read.says]
    if reasons is None:
        return f"{sign(read.says)} {says}"
    name = reasons.review.nations[nation].name
    label = _("%(says)s: %(topic)s, %(nation)s") % {"says": says, "topic": topic.title, "nation": name}
    link = markdown.link(says, read.at[0], reasons.document.uri, label=label)
    return f'{sign(read.says)} {link} <span class="why">{escape.markdown(read.why)}</span>'


def timeline(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """Years from the first to the last, each with what came then and where: a lane for each nation where there is room. With names, of those nations alone."""
    review = context.review
    nations = passages.choose(wanted, review.nations, "nation") or list(review.nations)
    events = [e for e in review.timeline.values() if not e.nations or not set(e.nations).isdisjoint(nations)]
    if not events:
        raise passages.AbsentError("there is no such event in data/timeline.yml")
    lanes = f" lanes-{len(nations)}" if 1 < len(nations) <= MOST_LANES else ""
    yield context.passage(f'\n\n<div class="picture timeline{lanes}" markdown="1">\n\n', **_OURS)
    for begins, group in groupby(sorted(events, key=lambda event: event.begins), lambda event: event.begins):
        found = list(group)
        years = {event.year for event in found}
        year = years.pop() if len(years) == 1 else str(begins)
        yield context.passage(f"- {escape.markdown(year)}\n\n", **_OURS)
        for event in found:
            alone = event.nations[0] if len(event.nations) == 1 else ""
            lane = f"lane-{nations.index(alone) + 1}" if lanes and alone in nations else "lane-all"
            text = f"    - {_event(context, event, year)}\n      {{ .{lane} }}\n"
            yield context.passage(text, where=event.where, label=event.title, **_OURS)
        yield context.passage("\n", **_OURS)
    yield context.passage("</div>\n\n", **_OURS)
    yield from notes_together(context, [name for event in events for name in event.notes])


def _event(context: Context, event: Event, year: str) -> str:
    """An event in words: where and what it is, its name as a link to where it is told, and what is said of it; `year` stands above it."""
    known = context.review.nations
    where = escape.markdown(listed(known[name].name for name in event.nations if name in known) or ALL_NATIONS)
    facts = ", ".join(
        filter(None, (where, EVENTS[event.kind], escape.markdown(event.year) if event.year != year else ""))
    )
    title = markdown.link(event.title, event.at[0] if event.at else "", context.document.uri)
    words = " ".join([escape.markdown(event.what), *([] if event.at else [_("Added by us, the editors.")])])
    said = f"{words}{note_links(context.review, event.notes)}".strip()
    return "<br>".join(
        filter(None, (f'<span class="event-kind">{pip(event.kind)} {facts}</span>', f"**{title}**", said))
    )
