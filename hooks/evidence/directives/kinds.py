"""The directives of this room: what `<!-- evidence: name arguments -->` puts into a page, as Markdown passages; each one record of `DIRECTIVES`."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.crosslinks import Context, Passage, passages
from evidence.directives.accessibility import PARTS, accessibility, reader_tests
from evidence.directives.changes import changes
from evidence.directives.comparisons import comparison_directive
from evidence.directives.counts import agreement, sources_by_year
from evidence.directives.drawings import figure, picture
from evidence.directives.findings import findings
from evidence.directives.nations import glance, timeline
from evidence.directives.notes import note, note_links, notes
from evidence.directives.pairs import pairs
from evidence.directives.publisher import kept_up, offline, publisher, tested
from evidence.directives.questions import questions, suggestions
from evidence.directives.recordings import recording
from evidence.documents.document import Marks
from evidence.model.network import Network
from evidence.model.vocabulary import MEMBERS, SILENT
from evidence.output import markdown
from evidence.tables import TABLES, statement_line
from evidence.text import escape
from evidence.text.translation import _


def examples(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The examples of one method, by nation."""
    review = context.review
    methods = list(dict.fromkeys(example.method for example in review.examples))
    method = passages.choose_one(wanted, methods, "method")
    places = {nation: i for i, nation in enumerate(review.nations)}
    chosen = [example for example in review.examples if example.method == method]
    yield context.passage("\n\n")
    for example in sorted(chosen, key=lambda example: places.get(example.nation, len(places))):
        nation = review.nations[example.nation].name if example.nation in places else _("Not tied to a nation")
        marks = context.marks | Marks(example.themes, (example.nation,) if example.nation else ())
        line = statement_line(review, example)
        item = markdown.items([f"{escape.markdown(nation)}. {line.text}{note_links(context.review, example.notes)}"])
        label = f"{example.name}, {nation}"
        yield context.passage(item, label=label, marks=marks, where=example.where, unit=line.unit)
    yield from notes(context, [name for example in chosen for name in example.notes])


def meeting(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The themes of one meeting, and what members said on each."""
    review = context.review
    meetings = {m.id: m for m in review.network.meetings} if review.network else {}
    name = passages.choose_one(wanted, meetings, "meeting")
    for theme in (t for t in review.themes.values() if t.origin == name):
        place = {"section": theme.id, "title": theme.title, "voice": MEMBERS}
        yield context.passage(markdown.heading(3, theme.title, theme.id), where=theme.where, heading=True, **place)
        for number, sentence in enumerate(theme.members_said, 1):
            unit = f"{theme.id}-{number}"
            yield context.passage(markdown.items([sentence]), where=theme.where, unit=unit, **place)
        words = _("What the review says on this")
        more = markdown.link(words, theme.uri, context.document.uri, label=f"{words}: {theme.title}")
        yield context.passage(f"\n{more}\n{{ .screen-only }}\n\n", **place)
        yield from notes(context, list(theme.notes), **place)


def meeting_lines(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """The themes of one meeting, each with what members said on it in one line."""
    review = context.review
    meetings = [m.id for m in review.network.meetings] if review.network else []
    name = passages.choose_one(wanted, meetings, "meeting")
    said = [theme for theme in review.themes.values() if theme.origin == name and theme.in_a_line]
    if not said:
        raise passages.AbsentError(f"no theme of '{name}' in data/themes.yml has a line 'in_a_line: ...'")
    yield context.passage("\n\n")
    for theme in said:
        item = markdown.items([f"{markdown.link(theme.title, theme.uri, context.document.uri)}<br>{theme.in_a_line}"])
        place = {"label": theme.title, "where": theme.where, "voice": MEMBERS}
        yield context.passage(item, unit=f"{theme.id}-line", **place)
    yield context.passage("\n")


def _network(context: Context) -> Network:
    if context.review.network is None:
        raise passages.AbsentError("there is no data/network.yml")
    return context.review.network


def coordinators(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """Who co-ordinates the network, by nation."""
    people = _network(context).coordinators
    rows, found = [], []
    for nation in context.review.nations.values():
        of_nation = [person for person in people if person.nation == nation.id]
        names = [escape.markdown(person.name) + note_links(context.review, person.notes) for person in of_nation]
        rows.append((escape.markdown(nation.name), "; ".join(names) or SILENT))
        found += [name for person in of_nation for name in person.notes]
    caption, head = _("Who co-ordinates the network in each nation"), (_("Nation"), _("Co-ordinated by"))
    yield context.passage(f"\n\n{markdown.table(caption, head, rows)}\n")
    yield from notes(context, found)


def actions(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    """What the last meeting wants to do."""
    yield context.passage("\n\n")
    for number, action in enumerate(_network(context).actions, 1):
        text = f"{number}. {escape.markdown(action.text)}\n   {{ #{action.id} }}\n"
        yield context.passage(text, label=action.text, where=action.where, unit=f"action-{action.id}", voice=MEMBERS)
    yield context.passage("\n")


DIRECTIVES = passages.by_name(
    passages.DirectiveKind(
        "examples",
        examples,
        takes="the id of a column of `data/methods.yml`",
        gives="the examples of one way of working, by nation",
        examples=("consultation",),
    ),
    passages.DirectiveKind(
        "meeting",
        meeting,
        takes="the id of a meeting of `data/network.yml`",
        gives="the meeting's themes and what members said",
        examples=("meeting-1",),
    ),
    passages.DirectiveKind(
        "meeting-lines",
        meeting_lines,
        takes="the id of a meeting of `data/network.yml`",
        gives="the meeting's themes, each with what members said in one line",
        examples=("meeting-1",),
    ),
    passages.DirectiveKind(
        "coordinators", coordinators, takes="nothing", gives="who co-ordinates the network, by nation"
    ),
    passages.DirectiveKind("actions", actions, takes="nothing", gives="what the network wants to do"),
    passages.DirectiveKind("glance", glance, TABLES["glance"].takes, TABLES["glance"].gives, ("", "france")),
    passages.DirectiveKind(
        "timeline",
        timeline,
        takes="nothing, or ids of nations",
        gives="laws, policies and the like in the order of their years, as `data/timeline.yml` says, with a lane for each nation",
        examples=("", "france"),
    ),
    passages.DirectiveKind(
        "pairs",
        pairs,
        takes="nothing, or the id of a nation",
        gives="links to the pages that set two nations side by side, all or those with that nation",
        examples=("", "france"),
    ),
    passages.DirectiveKind(
        "agreement",
        agreement,
        takes="nothing",
        gives="a picture of how many themes the editors read in each way, with the same numbers as a table",
    ),
    passages.DirectiveKind(
        "years",
        sources_by_year,
        takes="nothing",
        gives="a picture of when the sources came out, a mark for each, with the same numbers as a table",
    ),
    passages.DirectiveKind(
        "questions",
        questions,
        takes="nothing, or ids of groups of `data/questions.yml`",
        gives="the questions for discussion, with links to pages and sections that help",
    ),
    passages.DirectiveKind(
        "suggestions",
        suggestions,
        takes="nothing",
        gives="the questions that the editors suggest on themes and nations, folded; a script lets readers choose from them",
    ),
    passages.DirectiveKind(
        "findings",
        findings,
        takes="nothing, or `members` for what members said; `list` for a list without pictures",
        gives="what was found, each point with its picture, what it rests on and a link to it",
        examples=("", "members", "list"),
        looks=True,
    ),
    passages.DirectiveKind(
        "figure",
        figure,
        takes="the id of a drawing in `data/figures.yml`",
        gives="the drawing from `docs/assets/figures/`, with its title, its text alternative and its credit",
        examples=("hedges",),
    ),
    passages.DirectiveKind(
        "picture",
        picture,
        takes="the name of a file in `docs/assets/pictures/`, without `.svg`",
        gives="a small picture beside words that say the same, for an easier version",
        examples=("coins",),
    ),
    passages.DirectiveKind(
        "recording",
        recording,
        takes="the id of a recording in `data/media.yml`",
        gives="a video or a sound recording that people made: a player with captions, what is said in it, and a download; or a link to the website that has it",
        examples=("hedges-bsl",),
    ),
    passages.DirectiveKind(
        "note", note, takes="the id of a note in `data/editorial.yml`", gives="an editor's note", examples=("N1",)
    ),
    passages.DirectiveKind(
        "publisher",
        publisher,
        takes="`name` or `contact`",
        gives="who publishes the site, or how to reach them; or that nobody has been set",
        examples=("name", "contact"),
    ),
    passages.DirectiveKind(
        "changes",
        changes,
        takes="`content`, `code`, `versions` or `feed`",
        gives="what `CHANGELOG.md` says of changes to the content or the code, the versions and where they are kept, or the link to the feed",
        examples=("content", "code", "versions", "feed"),
    ),
    passages.DirectiveKind(
        "offline", offline, takes="nothing", gives="the link to the copy for reading offline, with its size"
    ),
    passages.DirectiveKind(
        "tested", tested, takes="nothing", gives="what the tests showed when they were last recorded"
    ),
    passages.DirectiveKind(
        "kept-up",
        kept_up,
        takes="`new` or `checked`",
        gives="the editor's notes of severity `update`, which say what has changed since the sources came out; or what was checked, and when",
        examples=("new", "checked"),
    ),
    passages.DirectiveKind(
        "accessibility",
        accessibility,
        takes="`status`, `gaps`, `mended`, `people` or `dates`",
        gives="a part of the accessibility statement, as `data/accessibility.yml` and the tests have it",
        examples=tuple(PARTS),
    ),
    passages.DirectiveKind(
        "reader-tests", reader_tests, takes="nothing", gives="whether the page has been tested with readers, and when"
    ),
)
"""To add a directive, add a record here, or in the room that it belongs to (see `evidence.site.directives`)."""


def own_directives() -> dict[str, passages.DirectiveKind]:
    """Every directive of this room by its name: one for each kind of comparison table, and those of `DIRECTIVES`."""
    return passages.by_name(*map(comparison_directive, TABLES.values())) | DIRECTIVES
