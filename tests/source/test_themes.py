"""What is said of themes follows the two documents: a line leads to the passages that it sums up, and says in few words what members said."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from test_content import KEY, site

from evidence.crosslinks.passages import DirectiveError, paginate
from evidence.crosslinks.statements import Statement
from evidence.files import Cache
from evidence.model.base import Location
from evidence.model.review import Nation, Point, Theme
from evidence.model.vocabulary import MEMBERS
from evidence.site.directives import all_directives
from evidence.sources.document import parse_document
from evidence.tables import TABLES
from evidence.wording import grade
from evidence.wording.measuring import Sentence

THEMES = tuple(site().review.themes.values())
NATIONS = tuple(site().review.nations.values())
POINTS = {f"{one.id}-{i}": point for one in (*THEMES, *NATIONS) for i, point in enumerate(one.found, 1)}
# As many of the lines stand on the paper of a theme or a nation.
ON_PAPER = 3
SUGGESTED = site().review.questions.suggestions


def how_hard(text: str) -> tuple[float, int]:
    """The reading grade of a line or a question without its citations, and the words of its longest sentence."""
    spoken = " ".join(re.sub(r"\s*\[[^\]]*@[^\]]*\]", "", text).split())
    found = [Sentence(said, len(said.split()), Location("")) for said in re.split(r"(?<=[.?])\s+(?=[A-Z])", spoken)]
    return round(grade(found, site().review.reading, Cache()), 1), max(said.words for said in found)


@pytest.mark.parametrize("name", POINTS)
def test_a_line_cites_the_works_of_the_statements_that_it_sums_up(name: str) -> None:
    point: Point = POINTS[name]
    statements = [said for address in point.at for said in site().index.statements_at(address)]
    assert statements
    assert {said.voice for said in statements} == {""}  # the review's
    assert set(KEY.findall(point.text)) == {item.key for said in statements for item in said.items}


@pytest.mark.parametrize("one", [one for one in (*THEMES, *NATIONS) if one.found], ids=lambda one: one.id)
def test_what_stands_first_can_be_read_by_all(one: Theme | Nation) -> None:
    """The lines on its paper, which those read who are tired, too: grade 8 and 20 words a sentence at most."""
    for point in one.found[:ON_PAPER]:
        hardness, longest = how_hard(point.text)
        assert hardness <= 8, (hardness, point.text)
        assert longest <= 20, (longest, point.text)


def test_suggested_questions_are_short_and_ask_one_thing() -> None:
    """In plain words, each once, on themes and nations of which each has two or three."""
    texts = [asked.text for asked in (*SUGGESTED, *site().review.questions.questions)]
    assert len(set(texts)) == len(texts)
    for asked in SUGGESTED:
        hardness, words = how_hard(asked.text)
        assert hardness <= 6, (hardness, asked.text)
        assert words <= 20, asked.text
        assert asked.text.count("?") == 1, asked.text
    named = [name for asked in SUGGESTED for name in (*asked.themes, *asked.nations)]
    assert {one.id: named.count(one.id) for one in (*THEMES, *NATIONS) if named.count(one.id) not in (2, 3)} == {}


def test_what_members_said_fits_in_a_line_wherever_they_spoke() -> None:
    for theme in (named for named in THEMES if not named.gathered):
        assert bool(theme.in_a_line) == bool(theme.members_said), theme.id
        assert len(theme.in_a_line.split()) <= 20, theme.id
        assert theme.in_a_line.count(".") == bool(theme.in_a_line), theme.id


def test_a_theme_that_the_review_is_silent_on_has_no_passage() -> None:
    silent = [theme for theme in THEMES if theme.agreement == "review-silent"]
    assert silent
    assert [theme.id for theme in silent if site().index.mentions.get(theme.id)] == []


HELPS = "what-helps.md"
LINK = re.compile(r"\]\(([^()\s]+)\)")


def told() -> Iterator[tuple[str, Statement, set[str]]]:
    """Each statement of the page on what helps, by its id, with the sections of other pages that its words, or those of its section, lead to."""
    page = site().pages[HELPS]
    written = (
        made.statement for made in page.stated if made.statement.where.path == f"docs/{HELPS}"
    )  # not what a figure says of itself
    for statement in written:
        section = "".join(p.text for p in page.passages if p.section == statement.section)
        yield statement.id, statement, set(LINK.findall(statement.parts.text)) or set(LINK.findall(section))


def test_what_helps_adds_nothing_and_leads_to_what_it_sums_up() -> None:
    """Each point of the review carries a unit that stands where its link leads, in the same voice and with the same works; each of members, a theme that they named."""
    points = list(told())
    assert len(points) > 40
    for name, statement, leads in points:
        assert statement.units, name
        if statement.voice == MEMBERS:
            themes = {link.partition("#")[2] for link in leads if link.startswith("network/meetings.md#")}
            assert themes, name
            assert all(site().review.themes[theme].members_said for theme in themes), name
            assert all(unit.startswith("wp-") for unit in statement.units), name
            continue
        found = [
            made
            for unit in statement.units
            for link in leads
            for made in site().index.statements_at(f"{link.partition('#')[0]}#{unit}")
            if made.section == link.partition("#")[2]
        ]
        assert found, name
        assert {made.voice for made in found} == {""}, name
        assert {item.key for item in statement.items} == {item.key for made in found for item in made.items}, name


def test_a_theme_that_the_editors_gathered_is_nobodys() -> None:
    """It says so, and stands neither among the themes of the review or a meeting nor in a table that sets both sides beside each other."""
    (theme,) = (theme for theme in THEMES if theme.gathered)
    review = site().review
    assert review.origin_title(theme) == "Gathered by the editors"
    page = site().find(theme.uri)
    assert page
    text = "".join(passage.text for passage in page.passages)
    assert "Gathered by the editors" in text
    assert "Named by" not in text
    assert "No meeting named" not in text
    for kind, wanted in (
        ("readings", ()),
        *(("side-by-side", (named.origin,)) for named in THEMES if not named.gathered),
    ):
        assert theme.title not in str(TABLES[kind].build(review, "index.md", wanted)), kind
    with pytest.raises(DirectiveError, match="origin 'editors' is unknown"):
        TABLES["side-by-side"].build(review, "index.md", ("editors",))


def test_each_theme_of_a_meeting_has_its_line_below_the_meeting() -> None:
    """The page for one sheet of paper has them all, in the order of the meetings, each with an id of its own and a link to its theme."""
    page = site().pages["network/in-a-line.md"]
    lines = [(made.statement.id, made.statement.voice, made.statement.parts.text) for made in page.stated]
    named = [theme for theme in THEMES if theme.members_said and not theme.gathered]
    assert len(named) == 18
    assert [(name, voice) for name, voice, _ in lines] == [(f"{theme.id}-line", MEMBERS) for theme in named]
    for theme, (_, _, text) in zip(named, lines, strict=True):
        assert theme.in_a_line in text, theme.id
        assert f"](../themes/{theme.id}.md)" in text, theme.id


def test_each_action_stands_beside_what_the_review_found_on_its_themes() -> None:
    network = site().review.network
    assert network
    table = TABLES["actions-held"].build(site().review, "network/actions.md", ())
    assert [row.title for row in table.rows] == [action.text for action in network.actions]
    for action, row in zip(network.actions, table.rows, strict=True):
        links, found = (" ".join(line.text for line in cell.lines) for cell in row.cells)
        assert action.themes
        for theme in (site().review.themes[name] for name in action.themes):
            assert f"](../themes/{theme.id}.md)" in links, action.id
            assert all(" ".join(point.text.split()).rstrip(".") in found for point in theme.found), action.id
            assert theme.found or f"{theme.title}: The review says nothing on this." in found, action.id


def test_a_meeting_without_lines_is_told() -> None:
    page = parse_document(
        "---\ntitle: T\ndescription: D\n---\n\n# T\n\n<!-- evidence: meeting-lines meeting-4 -->\n", "t.md", "t.md"
    )[0]
    problems = paginate(site().review, site().known, page, all_directives())[1]
    assert [problem.message for problem in problems] == [
        "marker 'meeting-lines': no theme of 'meeting-4' in data/themes.yml has a line 'in_a_line: ...'"
    ]
