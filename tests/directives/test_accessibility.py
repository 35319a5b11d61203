"""What the accessibility statement says of how far the site meets the guidelines, and what pages say of tests with readers: no more than the file says."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from conftest import ROOT
from evidence.model.accessibility import Accessibility
from evidence.site.loading import load
from made_up import PAGE, review, told

FILE = "data/accessibility.yml"
FULLY, PARTIALLY, NOT = (f"This site is {words} compliant" for words in ("fully", "partially", "not"))
NOBODY = "No one outside the project has assessed the site yet."
UNTESTED = "This version has not yet been tested with readers."
GAP = {
    "id": "dark",
    "what": "The *map* cannot be read in dark colours.",
    "criteria": "[1.4.3]",
    "pages": "[index.md]",
    "found": "2026-11-02",
    "by": "editor",
    "used": "an old phone",
    "instead": "Read the list.",
}
SESSION = {"id": "one", "held": "2026-11-01", "people": "2", "groups": "[members]", "pages": "[index.md]"}
ASSESSMENT = {"id": "first", "made": "2026-11-03", "by": "an [organisation]", "outcome": "fully"}


def record(base: dict[str, str], **changes: str | None) -> str:
    """A record of a list, changed; None takes a line out."""
    lines = [f"{name}: '{value}'" if value[:1] not in "[" else f"{name}: {value}" for name, value in (base | changes).items() if value is not None]  # fmt: skip
    return "  - " + "\n    ".join(lines) + "\n"


def data(gaps: str = "", sessions: str = "", assessments: str = "") -> str:
    lists = {"gaps": gaps, "sessions": sessions, "assessments": assessments}
    return "written: 2026-10-01\n" + "".join(f"{name}:\n{text}" for name, text in lists.items() if text)


def shown(root: Path, text: str, *directives: str) -> str:
    """What a page shows of directives with this file, without its marks."""
    page = PAGE + "".join(f"<!-- evidence: {name} -->\n\n" for name in directives)
    site = review(root, {"docs/index.md": page} | ({FILE: text} if text else {}))
    assert site.problems == ()
    return html.unescape(" ".join(site.resolved("index.md").markdown().split()))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", None),
        (data(record(GAP)), PARTIALLY),
        (data(assessments=record(ASSESSMENT)), FULLY),
        (data(record(GAP), assessments=record(ASSESSMENT, outcome="not")), NOT),
    ],
)
def test_the_statement_says_the_status_and_what_it_rests_on(tmp_path: Path, text: str, status: str | None) -> None:
    said = shown(tmp_path, text, "accessibility status")
    assert [words for words in (FULLY, PARTIALLY, NOT) if words in said] == ([status] if status else [])
    assert (NOBODY in said) == ("assessments" not in text)
    assert ("an assessment by an [organisation] on 3 November 2026" in said) == ("assessments" in text)
    assert ("we do not say that it meets them" in said) == (not status)


def test_each_fault_is_told_with_its_criterion_place_and_day(tmp_path: Path) -> None:
    text = data(record(GAP, planned="2027-03-01") + record(GAP, id="words", what="Hard words.", criteria=None, pages="[all]", used=None))  # fmt: skip
    said = shown(tmp_path, text, "accessibility gaps", "accessibility mended")
    assert (
        "The \\*map\\* cannot be read in dark colours. This does not meet criterion 1.4.3 Contrast (Minimum). Where: [Home](index.md). Found by an editor on 2 November 2026. It was found with: an old phone. What you can do instead: Read the list. We plan to mend it by 1 March 2027."
        in said.replace("&#42;", "\\*").replace(" *map*", " \\*map\\*")
    )
    assert said.index("The guidelines do not ask for it:") < said.index("Hard words. It is so on all pages.")
    assert "Nothing that people found has been mended yet." in said
    mended = shown(tmp_path, data(record(GAP, mended="2026-11-04")), "accessibility gaps", "accessibility mended")
    assert "We know of nothing that does not meet the guidelines." in mended
    assert "1.4.3 Contrast (Minimum). Mended on 4 November 2026." in mended


def test_pages_say_tested_only_once_the_file_does(tmp_path: Path) -> None:
    asked = ("reader-tests", "accessibility people")
    nothing = shown(tmp_path / "a", data(), *asked)
    for words in (
        UNTESTED,
        "It has not been tested with readers.",
        "It has not been tested with disabled people.",
        "No person has tested it with a screen reader, a magnifier, voice control, a keyboard alone or a switch.",
        "The button that reads aloud was tested with a stand-in, not with real voices.",
    ):
        assert words in nothing
    tested = shown(tmp_path / "b", data(sessions=record(SESSION, disabled="true", help="[screen reader, listen button]")), *asked)  # fmt: skip
    for words in (
        "This version was tested with readers on 1 November 2026.",
        "It has not been tested with facilitators or researchers.",
        "No person has tested it with a magnifier, voice control, a keyboard alone or a switch.",
        "1 November 2026: 2 readers (network members). Disabled people took part. They used a screen reader and the button that reads aloud.",
    ):
        assert words in tested
    assert not {UNTESTED, "with disabled people.", "stand-in"} & {words for words in (UNTESTED, "with disabled people.", "stand-in") if words in tested}  # fmt: skip
    other = {"docs/other.md": PAGE.replace("# Home", "# Other").replace("title: Home", "title: Other").replace("A page", "A second page")}  # fmt: skip
    review(tmp_path / "c", other)
    elsewhere = shown(tmp_path / "c", data(sessions=record(SESSION, pages="[other.md]")), *asked)
    assert UNTESTED in elsewhere


SLIPS: dict[str, tuple[str, str]] = {
    "an unknown criterion": (
        data(record(GAP, criteria="[9.9.9]")),
        "3: gap 'dark': '9.9.9' is no criterion of WCAG 2.2, level A or AA; write a number such as 1.3.2",
    ),
    "a near one": (
        data(record(GAP, criteria="[1.4.30]")),
        "3: gap 'dark': '1.4.30' is no criterion of WCAG 2.2, level A or AA; did you mean '1.4.3'?",
    ),
    "a criterion twice": (
        data(record(GAP, criteria="[1.4.3, 1.4.3]")),
        "3: 'criteria' holds '1.4.3' twice; write it once",
    ),
    "twice on a page": (
        data(record(GAP) + record(GAP, id="more")),
        "11: gap 'more': criterion 1.4.3 stands for 'index.md' in gap 'dark' (line 3), too; make one record of both",
    ),
    "an unknown page": (
        data(record(GAP, pages="[indes.md]")),
        "3: gap 'dark': there is no page 'indes.md'; did you mean 'index.md'?",
    ),
    "no page": (
        data(record(GAP, pages="[]")),
        "6: 'pages' is empty; write something there",
    ),
    "all and more": (
        data(record(GAP, pages="[all, index.md]")),
        "3: gap 'dark' names 'all' beside other pages; leave the others out",
    ),
    "no way out": (
        data(record(GAP, instead=None)),
        "3: gap 'dark' is not mended and does not say what readers can do instead; add 'instead', or the day as 'mended'",
    ),
    "no day": (data(record(GAP, found="May")), "3: 'found' of gap 'dark' is 'May'; write a date as 2026-11-22"),
    "in the future": (
        data(record(GAP, found="2999-01-01")),
        "3: 'found' of gap 'dark' is '2999-01-01', which is still to come; write the day on which it was done",
    ),
    "mended before": (
        data(record(GAP, mended="2026-11-01")),
        "3: gap 'dark' was found on 2026-11-02, and 'mended' is 2026-11-01; change one of them",
    ),
    "planned before": (
        data(record(GAP, planned="2026-11-01")),
        "3: gap 'dark' was found on 2026-11-02, and 'planned' is 2026-11-01; change one of them",
    ),
    "a test that was not held": (
        data(record(GAP, by="reader test")),
        "3: gap 'dark' was found by 'reader test', and there is none in 'sessions' on or before 2026-11-02; add it there",
    ),
    "an audit that was not made": (
        data(record(GAP, by="auditor"), assessments=record(ASSESSMENT)),
        "3: gap 'dark' was found by 'auditor', and there is none in 'assessments' on or before 2026-11-02; add it there",
    ),
    "an outcome without points": (
        data(assessments=record(ASSESSMENT, outcome="partially")),
        "3: assessment 'first' has the outcome 'partially', and no gap names a criterion that is not met; add what it found",
    ),
    "a test to come": (
        data(sessions=record(SESSION, held="2999-01-01")),
        "3: 'held' of session 'one' is '2999-01-01', which is still to come; write the day on which it was done",
    ),
    "a test without readers": (
        data(sessions=record(SESSION, people="0")),
        "3: session 'one' has 0 people; write how many readers took part",
    ),
    "a test with nobody": (
        data(sessions=record(SESSION, groups="[]")),
        "6: 'groups' is empty; write something there",
    ),
    "an id twice": (
        data(sessions=record(SESSION) + record(SESSION)),
        "8: id 'one' is used a second time; the first is at line 3",
    ),
    "reviewed before it was written": (
        "written: 2026-10-01\nreviewed: 2026-09-01\n",
        "1: 'reviewed' is 2026-09-01, and the statement was written on 2026-10-01; change one of them",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_is_told_alone_with_its_line(tmp_path: Path, name: str) -> None:
    text, message = SLIPS[name]
    assert told(tmp_path, {FILE: text}) == [f"{FILE}:{message}"]


def test_a_wrong_directive_says_what_it_takes(tmp_path: Path) -> None:
    end = PAGE.count("\n") + 1
    found = told(
        tmp_path, {"docs/index.md": f"{PAGE}<!-- evidence: accessibility -->\n<!-- evidence: reader-tests all -->\n"}
    )
    assert found == [
        f"docs/index.md:{end}: marker 'accessibility': name one part: status, gaps, mended, people, dates or listen",
        f"docs/index.md:{end + 1}: marker 'reader-tests': it takes nothing more",
    ]


def test_the_real_file_invents_no_people() -> None:
    """Whoever holds the first test or assessment changes this test, too: until then the site must not say that there was one."""
    found = load(ROOT).review.accessibility
    assert found != Accessibility()
    assert {gap.by for gap in found.gaps} <= {"editor"}
    assert (found.sessions, found.assessments) == ((), ())
