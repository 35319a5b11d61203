"""What is said of themes follows the two documents: a line leads to the passages that it sums up, and what pages count of themes is so."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from test_content import EDITORS, KEY, UNITS, places, site

from conftest import ROOT
from evidence.model.review import Point, Theme

THEMES = tuple(site().review.themes.values())
NAMED = tuple(theme for theme in THEMES if theme.origin != "review")
POINTS = {f"{theme.id}-{i}": point for theme in THEMES for i, point in enumerate(theme.found, 1)}


@pytest.mark.parametrize("name", POINTS)
def test_a_line_cites_what_is_cited_in_the_passages_that_it_sums_up(name: str) -> None:
    """Each line names its passages. It cites all that the source cites there, and beyond that only what the editors add for a reason."""
    point: Point = POINTS[name]
    resolved, cited = set(), set(KEY.findall(point.text))
    assert point.at
    for address in point.at:
        page, _, unit = address.partition("#")
        assert page in site().pages, address
        assert any(place.startswith(f"{page}#") or ".yml:" in place for place, _ in places()[unit]), address
        resolved |= set(UNITS[unit])
    assert resolved <= cited
    assert cited - resolved <= set(EDITORS)


def test_what_members_said_fits_in_a_line_wherever_they_spoke() -> None:
    for theme in THEMES:
        assert bool(theme.in_a_line) == bool(theme.members_said), theme.id
        assert len(theme.in_a_line.split()) <= 20, theme.id
        assert theme.in_a_line.count(".") == bool(theme.in_a_line), theme.id


def those(themes: tuple[Theme, ...], agreement: str) -> int:
    return sum(theme.agreement == agreement for theme in themes)


def of(origin: str) -> int:
    return sum(theme.origin == origin for theme in THEMES)


def meetings(with_themes: bool = False) -> int:
    network = site().review.network
    assert network
    return sum(of(meeting.id) > 0 or not with_themes for meeting in network.meetings)


def actions() -> int:
    network = site().review.network
    assert network
    return len(network.actions)


def nations() -> int:
    return len(site().review.nations)


IN_WORDS = "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
WORDS = IN_WORDS.split()
# A number in words. “The two” are the two sides, and “one” is mostly no count.
NUMBER = re.compile(rf"(?<!\bthe )\b({'|'.join(WORDS[2:])})\b|\bno (?=themes?\b|meeting\b)", re.I)
MEETINGS = ("first", "second", "third")
# Page, what it says with {} for a number in words, and what that number must be: all that these pages count.
COUNTS: list[tuple[str, str, Callable[[], int]]] = [
    ("side-by-side/index.md", "On {} of the members' themes they agree only in part.", lambda: those(NAMED, "partly")),
    ("side-by-side/index.md", "On {}, the review says nothing.", lambda: those(NAMED, "review-silent")),
    ("side-by-side/index.md", "We found {} theme on which they plainly differ.", lambda: those(THEMES, "differ")),
    ("side-by-side/index.md", "{} voices stand next to each other", lambda: 3),
    ("side-by-side/index.md", "one of {} short statements", lambda: 5),
    ("side-by-side/index.md", "there are {} tensions between them", lambda: len(tensions())),
    ("side-by-side/index.md", "First Network meeting: {} themes.", lambda: of("meeting-1")),
    ("side-by-side/index.md", "Second Network meeting: {} themes.", lambda: of("meeting-2")),
    ("side-by-side/index.md", "Third Network meeting: {} themes.", lambda: of("meeting-3")),
    ("side-by-side/index.md", "The review's own themes: {} themes that", lambda: of("review")),
    ("side-by-side/index.md", "themes that {} meeting named.", lambda: 0),
    ("side-by-side/index.md", "the Network page gives {} themes for it", lambda: of("meeting-4")),
    ("side-by-side/index.md", "{} theme of the members has such doubts.", lambda: 0),
    *[(f"side-by-side/{m}-meeting.md", "on the {} themes of", lambda m=m: of_meeting(m)) for m in MEETINGS],
    *[(f"side-by-side/{m}-meeting.md", "meeting had {} themes.", lambda m=m: of_meeting(m)) for m in MEETINGS],
    ("side-by-side/review-themes.md", "on the {} themes that it names itself", lambda: of("review")),
    ("side-by-side/review-themes.md", "These {} themes come from the review", lambda: of("review")),
    ("side-by-side/review-themes.md", "and {} meeting named them", lambda: 0),
    ("network/index.md", "in each of the {} nations", nations),
    ("network/index.md", "In all {} nations", nations),
    ("network/index.md", "each of the {} nations", nations),
    ("network/index.md", "The {} meetings", meetings),
    ("network/meetings.md", "at {} meetings, theme by theme", lambda: meetings(True)),
    ("network/meetings.md", "The Network met {} times.", meetings),
    ("network/meetings.md", "the key themes of {} meetings", lambda: meetings(True)),
    *[("network/meetings.md", f"{{}} key themes came out of the {m} meeting", lambda m=m: of_meeting(m)) for m in MEETINGS],
    ("network/meetings.md", "from one to {}.", lambda: of("meeting-1")),
    ("network/meetings.md", "lists {} actions", actions),
    ("network/actions.md", "The {} actions that Network members hope to take", actions),
    ("network/actions.md", "The {} actions", actions),
]  # fmt: skip


def of_meeting(named: str) -> int:
    return of(f"meeting-{MEETINGS.index(named) + 1}")


def tensions() -> list[str]:
    part = written("side-by-side/index.md").partition("Where they pull apart")[2].partition("All themes")[0]
    return re.findall(r"(?m)^- ", part)


def written(page: str) -> str:
    """A page as its editors wrote it, with its description, without marks; a link is its words."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    text = re.sub(r"(?m)<!--[^>]*-->|\{ [^}]*\}|^(title|checked|voice|hide):.*$", "", text)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)


@pytest.mark.parametrize("page", sorted({page for page, _, _ in COUNTS}))
def test_what_a_page_counts_is_so(page: str) -> None:
    text, spans = written(page), []
    for _, said, number in (claim for claim in COUNTS if claim[0] == page):
        before, _, after = said.partition("{}")
        found = list(re.finditer(rf"{re.escape(before)}({'|'.join(WORDS)}){re.escape(after)}", text, re.I))
        assert found, said
        assert {match[1].lower() for match in found} == {WORDS[number()]}, said
        spans += [match.span(1) for match in found]
    loose = [
        text[max(0, m.start() - 40) : m.end() + 20]
        for m in NUMBER.finditer(text)
        if not any(a <= m.start() < b for a, b in spans)
    ]
    assert loose == []


def test_the_page_side_by_side_names_the_themes_on_which_both_agree() -> None:
    first = written("side-by-side/index.md").partition("agree on ")[2].partition(".")[0]
    assert [theme.title.lower() for theme in THEMES if theme.agreement == "agree"] == [first.lower()]
