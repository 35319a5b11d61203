"""What a page says of a whole list is true of the whole list: 'all', 'every' and numbers are held to the units of the sources and to the data."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from test_content import UNITS, site

from conftest import ROOT, Built
from evidence.model.network import Network
from evidence.model.vocabulary import AGREEMENTS

WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
NUMBERS = {word: number for number, word in enumerate(WORDS)}
BARRIER = re.compile(r"dm-(summary|issue)-barrier-|dm-barrier-|dm-barriers-consultation-")


def units(pattern: str) -> int:
    """How many units of the sources have an id of this form."""
    return sum(bool(re.fullmatch(pattern, unit)) for unit in UNITS)


def in_group(name: str) -> int:
    return sum(barrier.group == name for barrier in site().review.barriers.barriers)


def named_by(origin: str) -> int:
    return sum(theme.origin == origin for theme in site().review.themes.values())


def read_as(agreement: str, *, members: bool = False) -> int:
    """How many themes the editors read so: of all, or of those that members named."""
    themes = site().review.themes.values()
    return sum(theme.agreement == agreement and not (members and theme.origin == "review") for theme in themes)


def network() -> Network:
    found = site().review.network
    assert found
    return found


def with_themes() -> int:
    return sum(named_by(meeting.id) > 0 for meeting in network().meetings)


def bullets(page: str, section: str) -> int:
    text = next(
        part.parts.text for doc in site().documents if doc.uri == page for part in doc.sections if part.id == section
    )
    return len(re.findall(r"(?m)^- ", text))


# Page, what it says of how many there are, and how many there are.
COUNTED: list[tuple[str, str, Callable[[], int]]] = [
    ("review/barriers-compared.md", r"names (\w+) barriers in", lambda: len(site().review.barriers.barriers)),
    ("review/barriers-compared.md", r"barriers in (\w+) places", lambda: len(site().review.barriers.groups)),
    ("review/barriers-compared.md", r"most of the (\w+),", lambda: len(site().review.barriers.barriers)),
    ("review/barriers.md", r"found (\w+) of the main barriers", lambda: in_group("co-production")),
    ("review/barriers.md", r"gives (\w+) barriers as examples", lambda: in_group("issue")),
    ("review/barriers.md", r"names (\w+) barriers to involving", lambda: in_group("summary")),
    ("review/benefits.md", r"with\) (\w+) benefits", lambda: units(r"dm-benefit-individual-.*")),
    ("review/benefits.md", r"names (\w+) benefits", lambda: units(r"dm-benefit-services-.*")),
    ("review/benefits.md", r"gives (\w+) examples", lambda: units(r"dm-benefit-community-.*")),
    ("review/commissioning.md", r"includes (\w+) activities", lambda: units(r"dm-cycle-.*")),
    ("review/commissioning.md", r"gives (\w+) key areas", lambda: units(r"dm-case3-area-.*")),
    (
        "review/commissioning.md",
        r"names (\w+) main domains",
        lambda: units(r"dm-cbo-.*") - 1,
    ),  # but for the one of them all
    ("side-by-side/index.md", r"On (\w+) of the members' themes they agree", lambda: read_as("partly", members=True)),
    ("side-by-side/index.md", r"On (\w+), the review says nothing", lambda: read_as("review-silent", members=True)),
    ("side-by-side/index.md", r"We found (\w+) theme on which they plainly differ", lambda: read_as("differ")),
    ("side-by-side/index.md", r"one of (\w+) short statements", lambda: len(AGREEMENTS)),
    ("side-by-side/index.md", r"there are (\w+) tensions", lambda: bullets("side-by-side/index.md", "tensions")),
    ("side-by-side/index.md", r"gives (\w+) themes for it", lambda: named_by(network().meetings[-1].id)),
    ("side-by-side/index.md", r"own themes\S+: (\w+) themes that no meeting named", lambda: named_by("review")),
    ("side-by-side/review-themes.md", r"on (\w+) themes of its own", lambda: named_by("review")),
    ("side-by-side/review-themes.md", r"These (\w+) themes come from the review", lambda: named_by("review")),
    ("network/index.md", r"each of the (\w+) nations\.", lambda: len(site().review.nations)),
    ("network/index.md", r"In all (\w+) nations", lambda: len(site().review.nations)),
    ("network/index.md", r"The (\w+) meetings", lambda: len(network().meetings)),
    ("network/meetings.md", r"said at (\w+) meetings", with_themes),
    ("network/meetings.md", r"themes of (\w+) meetings", with_themes),
    ("network/meetings.md", r"from one to (\w+)", lambda: named_by("meeting-1")),
    ("network/meetings.md", r"met (\w+) times", lambda: len(network().meetings)),
    ("network/meetings.md", r"lists \[(\w+) actions", lambda: len(network().actions)),
    ("network/actions.md", r"The (\w+) actions that", lambda: len(network().actions)),
    ("network/actions.md", r"## The (\w+) actions", lambda: len(network().actions)),
    ("network/in-a-line.md", r"# The (\w+) themes in", lambda: sum(named_by(m.id) for m in network().meetings)),
    ("network/in-a-line.md", r"each of the (\w+) themes", lambda: sum(named_by(m.id) for m in network().meetings)),
    ("network/in-a-line.md", r"said at (\w+) Network meetings", with_themes),
    ("network/index.md", r"The (\w+) themes in one line", lambda: sum(named_by(m.id) for m in network().meetings)),
    ("what-helps.md", r"from the (\w+) documents", lambda: len(site().review.sources)),
    ("what-helps.md", r"its (\w+) key areas", lambda: units(r"dm-case3-area-.*")),
    *(
        counted
        for number, meeting in enumerate(("first", "second", "third"), 1)
        for counted in (
            (
                "side-by-side/index.md",
                rf"\({meeting}-meeting.md\): (\w+) themes",
                partial(named_by, f"meeting-{number}"),
            ),
            (f"side-by-side/{meeting}-meeting.md", r"said on the (\w+) themes", partial(named_by, f"meeting-{number}")),
            (f"side-by-side/{meeting}-meeting.md", r"meeting had (\w+) themes", partial(named_by, f"meeting-{number}")),
            (
                "network/meetings.md",
                rf"(\w+) key themes came out of the {meeting}",
                partial(named_by, f"meeting-{number}"),
            ),
        )
    ),
    ("review/method.md", r"a list of (\w+) references", lambda: len(printed())),
    ("review/method.md", r"never cites (\w+) of", lambda: len(printed().difference(*UNITS.values()))),
    ("review/method.md", r"and (\w+) of those citations could not be traced", lambda: len(site().review.untraced)),
]


def printed() -> set[str]:
    """The works of the list that the review prints."""
    return {key for key, work in site().review.references.items() if work.field("listing") == "printed"}


@pytest.mark.parametrize(("page", "said", "there"), COUNTED, ids=[f"{page}: {said}" for page, said, _ in COUNTED])
def test_a_number_of_things_is_right(page: str, said: str, there: Callable[[], int]) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    found = re.search(said, text)
    assert found, said
    assert NUMBERS.get(found[1].lower()) == there() or found[1] == str(there())


def test_no_page_that_compares_counts_what_is_not_held_here() -> None:
    """Of the pages side by side and on the Network: 'the two' are the two sides, and the three voices are counted by looking."""
    counts = re.compile(rf"(?<!the )\b({'|'.join(WORDS[2:])})\b(?! voices)", re.I)
    for page in sorted({page for page, _, _ in COUNTED if page.startswith(("side-by-side/", "network/"))}):
        text = re.sub(r"<!--[^>]*-->|\{ [^}]*\}|(?m:^title:.*$)", "", (ROOT / "docs" / page).read_text("utf-8"))
        for said in (said for of, said, _ in COUNTED if of == page):
            text = re.sub(said, "", text)
        assert counts.findall(text) == [], page


def test_side_by_side_names_the_themes_on_which_both_agree() -> None:
    text = (ROOT / "docs/side-by-side/index.md").read_text("utf-8")
    agreed = [theme.title for theme in site().review.themes.values() if theme.agreement == "agree"]
    assert text.partition("agree on ")[2].partition(".")[0].capitalize() == " and on ".join(agreed)


def test_the_picture_of_readings_counts_every_theme_once(real: Built) -> None:
    (picture,) = real.trees["side-by-side/index.html"].find_class("picture")
    drawn, counted = (picture.xpath(f".//{table}/tbody/tr") for table in ("table[@class='bars']", "details//table"))
    themes = [theme for theme in site().review.themes.values() if theme.agreement]
    assert f"on {len(themes)} themes." in picture.text_content()
    for shown, row, (reading, words) in zip(drawn, counted, AGREEMENTS.items(), strict=True):
        read = [theme.origin == "review" for theme in themes if theme.agreement == reading]
        numbers = [read.count(False), read.count(True), len(read)]
        squares = [len(shown.find_class(name)) for name in ("square", "frame")]
        assert [shown.xpath("th")[0].text_content().strip(), row.xpath("th")[0].text_content()] == [words, words]
        assert [*squares, int(shown.find_class("count")[0].text_content())] == numbers
        assert [int(cell.text_content()) for cell in row.xpath("td")] == numbers


def test_every_barrier_of_the_review_has_one_row() -> None:
    carried = [unit for barrier in site().review.barriers.barriers for unit in barrier.unit.split()]
    assert sorted(carried) == sorted(unit for unit in UNITS if BARRIER.match(unit))


def test_most_barriers_have_a_point_of_members() -> None:
    barriers = site().review.barriers.barriers
    assert sum(bool(barrier.members) for barrier in barriers) > len(barriers) * 3 / 4


def test_barriers_in_more_than_one_place() -> None:
    """What the page says comes up in more than one place does."""
    said = re.search(
        r"places\. (.*) come up in more than one place", (ROOT / "docs/review/barriers-compared.md").read_text("utf-8")
    )
    assert said
    for word in re.split(", | and ", said[1].lower()):
        stem = {"pay": r"\bpay", "tokenism": "token"}.get(word, word.rstrip("s"))
        rows = site().review.barriers.barriers
        assert len({row.group for row in rows if re.search(stem, f"{row.title} {row.text}".lower())}) > 1, word


# Lists that pages speak of as a whole, and what stands for each of their items.
LISTS: dict[str, Callable[[], list[str]]] = {
    "barriers": lambda: [barrier.title for barrier in site().review.barriers.barriers],
    "themes": lambda: [theme.title for theme in site().review.themes.values() if not theme.gathered],
    "questions": lambda: [question.text for question in site().review.questions.questions],
    "actions": lambda: [action.text for action in site().review.network.actions] if site().review.network else [],
}
WHOLE = re.compile(rf"\b(?:all|every)\b(?: of)?(?: the| its)?(?: \w+)? ({'|'.join(LISTS)})\b", re.I)


def test_who_says_all_shows_all(real: Built) -> None:
    """Where a sentence says 'all the barriers', the page that it stands on, or one that it leads to, has all of them."""
    held, wrong = 0, []
    for name, tree in real.own_pages():
        if name.startswith(
            ("discuss/packs/", "changes/", "about/data/")
        ):  # papers, and what is said of changes and of files
            continue
        for block in tree.xpath("//article//p | //article//li"):
            for found in WHOLE.finditer(" ".join(block.text_content().split())):
                pages = {name, *(real.target(name, href)[0] for href in block.xpath(".//a/@href") if "://" not in href)}
                texts = [" ".join(real.trees[page].text_content().split()) for page in pages if page in real.trees]
                items = LISTS[found[1].lower()]()
                if not any(all(" ".join(item.split()) in text for item in items) for text in texts):
                    wrong.append((name, found[0]))
                held += 1
    assert wrong == []
    assert held
