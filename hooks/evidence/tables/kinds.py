"""The kinds of comparison tables, each one record of `TABLES`, with the function that makes its tables from the review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evidence.crosslinks import passages
from evidence.documents.document import Marks
from evidence.documents.themes import in_order, part_of
from evidence.model import review as records
from evidence.model.nations import Topic
from evidence.model.review import Comparison, Example, Nation, Point, Review, Row, Theme
from evidence.model.vocabulary import AGREEMENTS, EDITORS, MEMBERS, NOT_SAID, SAYS, SILENT
from evidence.output import data_tables, markdown
from evidence.tables.comparison import (
    NO_POINT,
    NO_THEME,
    NO_VOICE,
    Cell,
    ComparisonKind,
    ComparisonTable,
    Line,
    TableRow,
    statement_line,
)
from evidence.text import escape
from evidence.text.translation import _
from evidence.text.words import listed

Column = data_tables.Column
_TOPIC = Column(_("Topic"), _("What the row is about."))
_THEME = Column(_("Theme"), _("The name of the theme."))
_AGREEMENT = _("Whether the two sides agree, as the editors read them.")


def _rows(comparison: Comparison | None, wanted: tuple[str, ...]) -> tuple[Comparison, list[Row]]:
    """A comparison, and the rows of it that a directive names, or all."""
    if comparison is None:
        raise passages.AbsentError("the data file that it compares from is missing or empty")
    rows = {row.id: row for row in comparison.rows}
    return comparison, [rows[name] for name in passages.choose(wanted, rows, "row") or rows]


def _compared(review: Review, rows: Iterable[Row], columns: Sequence[records.Column]) -> tuple[TableRow, ...]:
    return tuple(
        TableRow(escape.markdown(r.title), tuple(_cell(review, r, c) for c in columns), r.where, r.id, r.title)
        for r in rows
    )


def _cell(review: Review, row: Row, column: records.Column) -> Cell:
    """What a cell of a comparison says, from the comparison's own file or from the file that the row names."""
    joint = "<br>"
    if row.from_ == "coordinators" and review.network:
        people = [person for person in review.network.coordinators if person.nation == column.id]
        lines = [Line(escape.markdown(person.name), person.notes, person.where, voice=MEMBERS) for person in people]
        joint = "; "
    else:
        said: Iterable[Point | Example] = row.cells.get(column.id, ())
        if row.from_ == "examples":
            of = "nation" if column.id in review.nations else "method"
            said = (example for example in review.examples if getattr(example, of) == column.id)
        lines = [statement_line(review, point) for point in said]
    if not lines:  # where nothing is said, nothing speaks of the themes of the row
        return Cell((Line(SILENT, where=row.where),))
    nations = (column.id,) if column.id in review.nations else ()
    return Cell(tuple(lines), f"{row.title}, {column.name}", Marks((*row.themes, *column.themes), nations), joint)


def _on_topic(name: str) -> Column:
    return Column(escape.markdown(name), _("What the sources say on the topic for %s.") % name)


def _nations(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """Nations side by side: all rows of comparison.yml, or those named, for all nations, or those named."""
    known = {row.id for row in review.comparison.rows} if review.comparison else set()
    named = [name for name in wanted if name in review.nations and name not in known]
    comparison, rows = _rows(review.comparison, tuple(name for name in wanted if name not in named))
    topics = f": {listed(row.title[:1].lower() + row.title[1:] for row in rows)}" if len(wanted) > len(named) else ""
    if named:
        topics += f": {listed(review.nations[name].name for name in named)}"
    columns = [records.Column(name, review.nations[name].name) for name in named or review.nations]
    head = (_TOPIC, *(_on_topic(column.name) for column in columns))
    name = f"{'-'.join(['compare', *wanted])}.csv"
    return ComparisonTable(comparison.caption + topics, head, _compared(review, rows, columns), name)


def _glance(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """How the editors read what is said of each nation on each topic, and why: for all nations, or those named."""
    if not review.glance:
        raise passages.AbsentError("there is no topic in data/glance.yml")
    nations = [review.nations[name] for name in passages.choose(wanted, review.nations, "nation") or review.nations]
    rows = [
        TableRow(escape.markdown(t.title), tuple(_reading(t, nation, uri) for nation in nations), t.where)
        for t in review.glance.values()
    ]
    meaning = _("Yes, in part, no or not said, and why the editors read it so, for %s.")
    head = (_TOPIC, *(Column(escape.markdown(nation.name), meaning % nation.name) for nation in nations))
    caption = _("The nations at a glance: why we read it so")
    return ComparisonTable(caption, head, tuple(rows), f"{'-'.join(['glance', *wanted])}.csv")


def _reading(topic: Topic, nation: Nation, uri: str) -> Cell:
    """A reading in words, with a link to where it is said."""
    if nation.id not in topic.cells:
        return Cell((Line(NOT_SAID),))
    read = topic.cells[nation.id]
    says = SAYS[read.says]
    label = _("%(says)s: %(topic)s, %(nation)s") % {"says": says, "topic": topic.title, "nation": nation.name}
    link = markdown.link(says, read.at[0], uri, label=label)
    return Cell((Line(f"{link}. {escape.markdown(read.why)}", where=read.where, voice=EDITORS),))


def _nation(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """One nation's profile: every row of comparison.yml for it."""
    nation = review.nations[passages.choose_one(wanted, review.nations, "nation")]
    rows = _compared(review, _rows(review.comparison, ())[1], [records.Column(nation.id, nation.name)])
    return ComparisonTable(nation.name, (_TOPIC, _on_topic(nation.name)), rows, f"{nation.id}.csv")


def _methods(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """The methods side by side, from methods.yml."""
    comparison, rows = _rows(review.methods, wanted)
    meaning = _("What the sources say on this for %s.")
    columns = (Column(markdown.link(c.name, c.page, uri), meaning % c.name) for c in comparison.columns)
    head = (Column(_("Aspect"), _("What is compared.")), *columns)
    name = f"{'-'.join(['methods', *wanted])}.csv"
    return ComparisonTable(comparison.caption, head, _compared(review, rows, comparison.columns), name)


def _barriers(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """One group of barriers, with what members said about the same thing and the themes linked to it; or all, with what they affect and who reports them."""
    groups = {group.id: group for group in review.barriers.groups}
    if not groups:
        raise passages.AbsentError("there are no groups in data/barriers.yml")
    chosen = passages.choose(wanted, groups, "group") or list(groups)
    several = len(chosen) > 1
    heard = review.network or any(barrier.members for barrier in review.barriers.barriers)
    rows = []
    for barrier in (b for b in review.barriers.barriers if b.group in chosen):
        group = groups[barrier.group]
        themes = [review.themes[name] for name in barrier.themes if name in review.themes]
        # A theme that the review is silent on is linked all the same, but the review does not speak of it here.
        marks = Marks(tuple(theme.id for theme in themes if theme.agreement != "review-silent"))
        says = Cell((statement_line(review, barrier),), barrier.title, marks)
        facts = [_plain(group.bites), _plain(group.reported_by)] if several else []
        said = Cell(
            tuple(Line(sentence, (), barrier.where, voice=MEMBERS) for sentence in barrier.members) or (Line(NO_POINT),)
        )
        links = Cell(tuple(Line(_theme_link(uri, theme)) for theme in themes) or (Line(NO_THEME),))
        cells = (says, *facts, *([said] if heard else []), links)
        rows.append(TableRow(escape.markdown(barrier.title), cells, barrier.where))
    head = [
        Column(_("Barrier"), _("A short name for what gets in the way.")),
        Column(_("What the review says"), _("What the review says of it.")),
        Column(_("What it affects"), _("What it gets in the way of.")),
        Column(_("Who reports it"), _("Who told of it.")),
        Column(_("What members said about it"), _("What members of the network said about the same thing.")),
        Column(_("Themes that we link to it"), _("Themes that the editors link to it.")),
    ]
    if not heard:
        head.pop(-2)
    if several:
        caption = (
            _("Barriers: what each affects, who reports it, and what members said")
            if heard
            else _("Barriers: what each affects, and who reports it")
        )
        return ComparisonTable(caption, tuple(head), tuple(rows), "barriers.csv")
    group = groups[chosen[0]]
    named = {"title": group.title, "bites": group.bites, "reported_by": group.reported_by}
    caption = _("%(title)s. What they affect: %(bites)s. Reported by: %(reported_by)s") % named
    return ComparisonTable(caption, (*head[:2], *head[4:]), tuple(rows), f"barriers-{group.id}.csv")


def _sides(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """What the review found beside what members said, for the themes of one origin; the last column is the editors' reading."""
    origins = list(dict.fromkeys(theme.origin for theme in review.themes.values() if not theme.gathered))
    origin = passages.choose_one(wanted, origins, "origin", f"origin of themes: {listed(origins, 'or')}")
    themes = [theme for theme in in_order(review.themes) if theme.origin == origin]
    rows = []
    for theme in themes:
        found = tuple(statement_line(review, point) for point in theme.found)
        said = tuple(Line(sentence, (), theme.where, voice=MEMBERS) for sentence in theme.members_said)
        # The passages that these lines sum up have the marks: the selection is the editors'.
        cells = (
            Cell(found or (Line(NO_VOICE["review"]),), _("%s, in the review") % theme.title if found else ""),
            Cell(said or (Line(NO_VOICE["members"]),)),
            Cell((Line(f"{AGREEMENTS.get(theme.agreement, '')}. {theme.reading}".strip(". ") + "."),)),
        )
        rows.append(TableRow(_theme_name(review, uri, theme), cells, theme.where))
    head = (
        _THEME,
        Column(_("What the review found"), _("What the review says on the theme.")),
        Column(_("What members said"), _("What members of the network said on it.")),
        Column(_("How we, the editors, read it"), _AGREEMENT),
    )
    caption = _("Evidence and experience side by side: %s") % review.origin_title(themes[0])
    return ComparisonTable(caption, head, tuple(rows), f"side-by-side-{origin}.csv")


def _readings(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """All themes at a glance: who named each, and how the editors read the two sides."""
    rows = []
    for theme in (named for named in in_order(review.themes) if not named.gathered):
        cells = (_plain(review.origin_title(theme)), _plain(AGREEMENTS.get(theme.agreement, "")))
        rows.append(TableRow(_theme_name(review, uri, theme), cells, theme.where))
    head = (
        _THEME,
        Column(_("Named by"), _("The meeting that named the theme, or the review.")),
        Column(_("How we read it"), _AGREEMENT),
    )
    return ComparisonTable(_("How we read each theme"), head, tuple(rows), "readings.csv")


def _actions_held(review: Review, uri: str, wanted: tuple[str, ...]) -> ComparisonTable:
    """What the network wants to do, beside what the review found on the themes that each action answers, or that it says nothing on them."""
    if review.network is None:
        raise passages.AbsentError("there is no data/network.yml")
    rows = []
    for number, action in enumerate(review.network.actions, 1):
        themes = [review.themes[name] for name in action.themes if name in review.themes]
        # The passages that these lines sum up have the marks, as side by side.
        held = [line for theme in themes for line in _held(review, theme, alone=len(themes) == 1)]
        links = Cell(tuple(Line(_theme_link(uri, theme)) for theme in themes) or (Line(NO_THEME),))
        found = Cell(tuple(held) or (Line(NO_THEME),), _("Action %s, in the review") % number if held else "")
        rows.append(TableRow(escape.markdown(action.text), (links, found), action.where))
    head = (
        Column(_("Action"), _("What the network wants to do.")),
        Column(_("Themes that we link to it"), _("Themes that the editors link to it.")),
        Column(_("What the review found"), _("What the review says on those themes.")),
    )
    return ComparisonTable(_("The actions, beside what the review found"), head, tuple(rows), "actions-held.csv")


def _held(review: Review, theme: Theme, *, alone: bool) -> list[Line]:
    """What the review found on a theme, or that it says nothing, with the theme's name where it does not stand `alone`."""
    silent = NO_VOICE["review"] if alone else f"{escape.markdown(theme.title)}: {NO_VOICE['review']}"
    return [statement_line(review, point) for point in theme.found] or [Line(silent)]


def _plain(text: str) -> Cell:
    return Cell((Line(escape.markdown(text)),))


def _theme_name(review: Review, uri: str, theme: Theme) -> str:
    """A theme at the head of its row, with the theme that it is a part of."""
    return _theme_link(uri, theme) + part_of(review.themes, theme)


def _theme_link(uri: str, theme: Theme) -> str:
    return markdown.link(theme.title, theme.uri, uri)


_KINDS = (
    ComparisonKind(
        "compare",
        _nations,
        about=_("What the sources say on each topic, side by side."),
        takes="nothing, or ids of rows of `data/comparison.yml`, or of nations",
        gives="the comparison of all nations or those named, with all rows or those named",
    ),
    ComparisonKind(
        "glance",
        _glance,
        about=_("What each nation has, as the editors read the sources."),
        takes="nothing, or ids of nations",
        gives="what each nation has, in signs and words, as `data/glance.yml` says; of nations that are named, with the reasons beside the signs",
    ),
    ComparisonKind(
        "nation",
        _nation,
        about=_("What the sources say on each topic for one nation."),
        takes="the id of a nation",
        gives="one nation's profile, a section for each row of `data/comparison.yml`",
        examples=("france",),
        in_sections=True,
    ),
    ComparisonKind(
        "methods",
        _methods,
        about=_("What the sources say on each of several ways of working, side by side."),
        takes="nothing, or ids of rows of `data/methods.yml`",
        gives="the comparison of several ways of working, with all rows or those named",
    ),
    ComparisonKind(
        "barriers",
        _barriers,
        about=_("What gets in the way: what it is, and what was said about it."),
        takes="nothing, or ids of groups in `data/barriers.yml`",
        gives="all barriers, with what they affect and who reports them; or those of one group",
    ),
    ComparisonKind(
        "side-by-side",
        _sides,
        about=_("What the review found on each theme, and what members said on it."),
        takes="the id of a meeting, or `review`",
        gives="what the review found beside what members said, on the themes that the meeting or the review named",
        examples=("review",),
    ),
    ComparisonKind(
        "readings",
        _readings,
        about=_("All themes, with how the editors read the two sides."),
        takes="nothing",
        gives="all themes at a glance, with how the editors read both sides",
    ),
    ComparisonKind(
        "actions-held",
        _actions_held,
        about=_("What the network wants to do, and what the review found on the themes of each action."),
        takes="nothing",
        gives="what the network wants to do, beside what the review found on the themes of each action",
    ),
)
TABLES = {kind.name: kind for kind in _KINDS}
"""Every kind of comparison table by the name of its directive: to add one, add a record."""
