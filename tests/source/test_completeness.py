"""A page that says 'all', 'every' or 'each' of a list of the data is true of the whole list; a new sentence of that kind has to come with what holds it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from test_content import site

from conftest import ROOT, Built
from evidence.text.addresses import site_path

LISTS = "actions|barriers|claims|doubts|nations|notes|points|questions|references|sources|statements|themes|topics"
NOUNS = "|".join(f"{noun[:-1]}s?" for noun in LISTS.split("|"))
WHOLE = re.compile(
    rf"\b(?:all|every|each)\b(?:(?: one)? of)?(?: the| these| those| its| our)?(?: [\w’'-]+){{0,2}}? (?:{NOUNS})\b(?!-)",
    re.I,
)


def addresses(real: Built, page: str) -> set[str]:
    """The pages that a built page leads to from its text."""
    links = real.trees[page].xpath("//article//a/@href")
    return {real.target(page, href)[0] for href in links if "://" not in href}


def works() -> set[str]:
    return {f"references/{work.slug}/index.html" for work in site().review.references.values()}


def has_page_for_each_theme(real: Built) -> bool:
    return {f"themes/{name}/index.html" for name in site().review.themes} <= addresses(real, "themes/index.html")


def has_paper_for_each(kind: str, ids: Callable[[], set[str]]) -> Callable[[Built], bool]:
    return lambda real: (
        {f"discuss/packs/{kind}-{name}/index.html" for name in ids()} <= addresses(real, "discuss/index.html")
    )


def themes() -> set[str]:
    return set(site().review.themes)


def nations() -> set[str]:
    return set(site().review.nations)


def lists_every_source(real: Built) -> bool:
    return works() <= addresses(real, "references/index.html")


def lists_each_point(real: Built) -> bool:
    """The lists of points lead to all that the review says on a page; to the first place of what it says there twice."""
    lists = [f"support/{name}/index.html" for name in ("no-source", "one-source", "several-sources")]
    links = [(page, href) for page in lists for href in real.trees[page].xpath("//article//a/@href")]
    led = {real.target(page, href) for page, href in links if "://" not in href}
    said = [placed.statement for page in site().pages.values() for placed in page.stated]
    points = [(f"{site_path(s.uri)}index.html", s) for s in said if not s.voice and s.tells]
    found = {(page, s.text(site().known)) for page, s in points if (page, s.id) in led}
    return len(points) > 400 and {(page, s.text(site().known)) for page, s in points} == found


def can_save_all_sources(real: Built) -> bool:
    return len(real.trees["references/index.html"].xpath("//li//span[@class='Z3988']")) == len(works())


def each_source_can_be_downloaded(real: Built) -> bool:
    return all((real.folder / page).parent.with_suffix(".bib").is_file() for page in works())


def has_page_for_each_topic(real: Built) -> bool:
    written = {f"review/{file.stem}/index.html" for file in (ROOT / "docs/review").glob("*.md") if file.stem != "index"}
    return written <= addresses(real, "review/index.html")


def each_finding_leads_to_its_statement(real: Built) -> bool:
    """On home all of them, on the two pages those of the review."""
    findings = site().review.findings.values()
    for page in ("index.html", "discuss/two-pages/index.html"):
        links = {real.target(page, href) for href in real.trees[page].xpath("//article//a/@href") if "://" not in href}
        for finding in findings:
            if page == "index.html" or not finding.voice:
                (first, *_) = site().index.statements_at(finding.statements[0])
                target = f"{first.uri.removesuffix('index.md').removesuffix('.md').rstrip('/')}/index.html"
                if (target, first.id) not in links:
                    return False
    return bool(findings)


def each_theme_has_its_line(real: Built) -> bool:
    text = " ".join(real.trees["network/in-a-line/index.html"].xpath("string(//article)").split())
    named = [theme for theme in site().review.themes.values() if theme.origin.startswith("meeting-")]
    return len(named) == 18 and all(" ".join(theme.in_a_line.split()).rstrip(".") in text for theme in named)


def each_action_has_what_was_found(real: Built) -> bool:
    """Where there is nothing, the cell says so."""
    network = site().review.network
    (table,) = real.trees["network/actions/index.html"].xpath("//article//table")
    cells = [row[-1].text_content().strip() for row in table.xpath("tbody/tr")]
    return bool(network) and len(cells) == len(network.actions) and all(cells)


def each_point_names_its_meeting(real: Built) -> bool:
    text = (ROOT / "docs/discuss/facilitator.md").read_text("utf-8")
    section = text.partition("{ #what-members-asked-for")[2].partition("\n## ")[0]
    points = re.findall(r"(?m)^- .*$", section)
    return bool(points) and all(
        re.search(r"\(\w+ meeting: \[.*\]\(.*\)\)\.( <!-- unit: [^>]*-->)?$", point) for point in points
    )


def each_barrier_has_its_links(real: Built) -> bool:
    (table,) = real.trees["review/barriers-compared/index.html"].xpath("//article//table")
    rows = [row[-1].text_content().strip() for row in table.xpath("tbody/tr")]
    return all(rows) and len(rows) == len(site().review.barriers.barriers)


def shows_all_themes(real: Built) -> bool:
    (table,) = real.trees["side-by-side/index.html"].xpath("//*[@id='at-a-glance']/following::table[1]")
    shown = [" ".join(cell.text_content().split()) for cell in table.xpath("tbody/tr/th")]
    # What the editors gather themselves has no two sides to be read.
    return sorted(shown) == sorted(theme.title for theme in site().review.themes.values() if theme.agreement)


def each_nation_has_co_ordinators(real: Built) -> bool:
    network = site().review.network
    return bool(network) and {person.nation for person in network.coordinators} == nations()


def are_four(real: Built) -> bool:
    """What the source says of its nations, it says of as many as the data have."""
    return len(nations()) == 4


def is_no_claim(real: Built) -> bool:
    """Words for those who come to a meeting, which say nothing of a list."""
    return True


# Page, what it says of a whole list, and what holds that.
CLAIMS: list[tuple[str, str, Callable[[Built], bool]]] = [
    ("about/index.md", "lists what each point of the review rests on", lists_each_point),
    ("review/method.md", "support for each point", lists_each_point),
    ("about/index.md", "Support for each point", lists_each_point),
    ("about/cite.md", "can save all sources", can_save_all_sources),
    ("discuss/before-our-meeting.md", "You do not have to answer every question", is_no_claim),
    ("discuss/facilitator.md", "you need not reach every question", is_no_claim),
    ("discuss/facilitator.md", "Each point names the meeting", each_point_names_its_meeting),
    ("discuss/index.md", "apers on each nation", has_paper_for_each("nation", nations)),
    ("discuss/index.md", "apers on each theme", has_paper_for_each("theme", themes)),
    ("discuss/two-pages.md", "Each point leads to the page that tells it", each_finding_leads_to_its_statement),
    ("easier.md", "Each nation does this in its own way", are_four),
    ("easier.md", "Read about each theme", has_page_for_each_theme),
    ("index.md", "Each point leads to the page that tells it", each_finding_leads_to_its_statement),
    ("index.md", "What members said on each theme", each_theme_has_its_line),
    ("index.md", "Every source, and where each is used", lists_every_source),
    ("nations/index.md", "all four nations", are_four),
    ("nations/index.md", "how each nation is governed", are_four),
    ("network/actions.md", "what the review found on each", each_action_has_what_was_found),
    ("network/actions.md", "What the review found on each", each_action_has_what_was_found),
    ("network/actions.md", "link each action to themes", each_action_has_what_was_found),
    ("network/in-a-line.md", "on each of the 18 themes", each_theme_has_its_line),
    ("network/index.md", "who co-ordinates it in each of the four nations", each_nation_has_co_ordinators),
    ("network/index.md", "In all four nations", are_four),
    ("network/index.md", "says something about each of the four nations", are_four),
    ("network/index.md", "The Networks met in each nation", each_nation_has_co_ordinators),
    ("review/barriers-compared.md", "the themes that we link to each barrier", each_barrier_has_its_links),
    ("review/index.md", "Each topic has a page of its own", has_page_for_each_topic),
    ("review/method.md", "All references are listed", lists_every_source),
    ("side-by-side/index.md", "All themes at a glance", shows_all_themes),
    ("side-by-side/index.md", "how we read each theme", shows_all_themes),
]


def sayings() -> Iterator[tuple[str, str]]:
    """Each written page, and what it says on one line: without comments and marks, a link as its words."""
    for file in sorted((ROOT / "docs").rglob("*.md")):
        text = re.sub(r"<!--.*?-->|\{ [^}]*\}", "", file.read_text("utf-8"), flags=re.S)
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
        yield file.relative_to(ROOT / "docs").as_posix(), " ".join(text.split())


def test_whoever_says_all_of_a_list_stands_in_the_table() -> None:
    """A new claim of completeness needs a line in CLAIMS, with a function that holds it to the data; a line whose words are gone goes, too."""
    loose, used = [], set()
    for page, text in sayings():
        held = [(m.span(), said) for uri, said, _ in CLAIMS if uri == page for m in re.finditer(re.escape(said), text)]
        used |= {(page, said) for _, said in held}
        for found in WHOLE.finditer(text):
            if not any(start <= found.start() < end or start < found.end() <= end for (start, end), _ in held):
                loose.append(f"{page}: {text[max(0, found.start() - 40) : found.end() + 20]}")
    assert loose == []
    assert {(page, said) for page, said, _ in CLAIMS} == used


@pytest.mark.parametrize(("page", "said", "holds"), CLAIMS, ids=[f"{page}: {said}" for page, said, _ in CLAIMS])
def test_what_is_said_of_a_whole_list_is_so(page: str, said: str, holds: Callable[[Built], bool], real: Built) -> None:
    assert holds(real)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Here are all the barriers.", True),
        ("Here is every one of the themes", True),
        ("Each of its own four nations", True),
        ("All references are here", True),
        ("All of this is about sources.", False),
        ("Every week there are themes", False),
        ("Some sources, and above all people", False),
    ],
)
def test_a_claim_of_completeness_is_seen(text: str, told: bool) -> None:
    assert bool(WHOLE.search(text)) == told
