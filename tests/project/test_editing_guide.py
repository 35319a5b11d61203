"""The guide for editors is carried out word for word in a copy of the project, and what it shows and promises is there."""

from __future__ import annotations

import re
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from conftest import ROOT, run
from evidence.search.words import name_key
from evidence.sources.changes import parse_changes
from guided import (
    GUIDES,
    TASKS,
    anchor_of,
    before_releases,
    block,
    check,
    copied,
    move_a_page,
    release_a_version,
    section,
    write_down_a_change,
)
from pictures import FOLDER, SHOTS, WIDTH, done

pytestmark = pytest.mark.needs("much time")

TEXT = "".join(guide.read_text("utf-8") for guide in GUIDES)
# Without its code blocks.
PROSE = re.sub(r"^```.*?^```", "", TEXT, flags=re.S | re.M)
PICTURES = re.findall(r"!\[([^\]]*)\]\(pictures/([\w-]+)\.png\)", PROSE)
MAX_BYTES = 60_000


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of a copy in which all that the guide says has been done; each task was checked when it was done."""
    return done(tmp_path_factory.mktemp("guide") / "project")


def page(site: Path, address: str) -> str:
    """The words of a built page."""
    return " ".join(html.fromstring((site / address / "index.html").read_bytes()).text_content().split())


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("references/example2024", "A title with the name of Wales kept in capitals"),
        ("references", "A title with the name of Wales kept in capitals"),
        ("review/issue", "Example and An Organisation, 2024, p. 12"),
        ("themes/a-new-theme", "Example and An Organisation, 2024"),
        ("themes/a-new-theme", "What the theme is, in one sentence."),
        ("nations/wales", "What the source says about Wales"),
        ("nations", "What the source says about Wales"),
        ("review/issue", "Editor's note F99: An example: a year that a reader corrected"),
        ("audit", "What is wrong: A reader wrote that the Act is from 2014."),
        ("discuss", "What would make it easier for you to come to a meeting?"),
        ("discuss", "Questions for the first hour"),
        ("discuss/packs/first-hour", "What would make it easier for you to come to a meeting?"),
        ("review/issue", "version 1.0.0: A reader showed us that a year was wrong."),
        ("about/changes", "Version 1.0.0, 1 December 2026"),
        ("review/criticism", "Doubts about co-production"),
        ("review/critiques", "This page has moved"),
        ("review/a-new-page", "A new page"),
        ("review/tokenism", "A new page"),
        ("nations/isle-of-man", "What the source says"),
        ("nations/compare/wales-and-isle-of-man", "Isle of Man"),
        ("references/ash_paying_2020", "Paying people for their time: a study of NHS panels"),
        ("review/issue", "Having a say in strategic decisions"),
    ],
)
def test_what_the_guide_promises_is_on_the_page(followed: Path, address: str, words: str) -> None:
    assert words in page(followed, address)


def test_the_picture_and_the_colour_of_the_guide_are_on_the_page(followed: Path) -> None:
    built = (followed / "review/a-new-page/index.html").read_text("utf-8")
    assert 'alt="People at a round table, seen from above."' in built
    assert 'class="fill-1"' in built, "the small drawing stands in the page itself"
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', built)[-1].endswith("assets/own.css")
    assert "--band: #4a2545" in (followed / "assets/own.css").read_text("utf-8")


def test_search_knows_what_the_guide_says_people_mean(followed: Path) -> None:
    words = "".join(file.read_text("utf-8") for file in (followed / "search/words").glob("*.js"))
    assert f'["{name_key("to do list")}"' in words


def test_the_paper_of_the_guide_can_be_printed(followed: Path) -> None:
    files = {file.name for file in (followed / "discuss").rglob("*first-hour*") if file.is_file()}
    assert {f"first-hour{size}.pdf" for size in ("", "-large")} <= files, files


def outcome(project: Path, *names: str) -> tuple[int, str]:
    """What tests of a copy of the project return and say, when they are run there."""
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(f"tests/{name}" for name in names))
    result = run(*command, cwd=project, PYTHONPATH=str(project / "hooks"))
    return result.returncode, result.stdout + result.stderr


def test_who_follows_the_guide_gets_tests_that_pass(followed: Path) -> None:
    """Those of the tests without a browser that look at what the guide changes: all that need no built site, and one that does."""
    content = (
        "test_every_unit_is_carried_and_every_mark_is_a_unit",
        "test_a_unit_is_cited_as_resolved",
        "test_the_review_cites_nothing_of_its_own",
        "test_a_point_of_the_data_cites_nothing_of_its_own",
        "test_a_law_is_cited_in_notes_alone",
        "test_no_run_of_nine_words_is_the_sources",
        "test_notes_that_update_are_dated",
        "test_every_theme_stands_side_by_side",
    )
    code, said = outcome(
        followed.parent, "site/test_real_data.py", *(f"source/test_content.py::{name}" for name in content)
    )
    assert code == 0, said


@pytest.mark.needs("Node")
def test_who_adds_a_reference_need_not_make_the_tables_of_exports_and_styles(followed: Path) -> None:
    """Nothing that an editor on the web must do needs a terminal. Whoever has one can make them, and they then hold the new work."""
    (followed.parent / "node_modules").symlink_to(ROOT / "node_modules")  # one of the libraries
    asked = (
        "downloads/test_export_files.py::test_the_table_of_all_works_says_what_comes_out_now",
        "references/test_styles.py::test_what_other_processors_make_of_each_work_is_the_same_or_explained",
    )
    code, said = outcome(followed.parent, *asked)
    assert code == 0, said
    (command,) = re.findall(
        r"^exports-table:.*\n\t\$\(BIN\)/python (\S+)\n", (ROOT / "Makefile").read_text("utf-8"), re.M
    )
    made = run(sys.executable, command, cwd=followed.parent, PYTHONPATH=str(followed.parent / "hooks"))
    assert made.returncode == 0, made.stderr
    assert "\n| example2024 |" in (followed.parent / "tests/exports.md").read_text("utf-8")


@pytest.mark.parametrize(
    "versions",
    [
        "## Not yet released\n\n### Content\n\n- One.\n\n### Code\n\n- Two.\n",
        "## 1.0.0 - 2026-12-01\n\n### Content\n\n- One.\n",
        "## Not yet released\n\n### Content\n\n### Code\n\n## 1.0.0 - 2026-12-01\n\n### Content\n\n- One.\n\n### Code\n\n- Two.\n",
        "## Not yet released\n\n### Code\n\n- Two.\n\n### Content\n\n- One,\n  in two lines.\n",
    ],
    ids=["before", "released", "begun anew", "other order"],
)
def test_the_guide_can_be_followed_before_and_after_releases(tmp_path: Path, versions: str) -> None:
    (tmp_path / "CHANGELOG.md").write_text(before_releases(f"# Changes\n\n{versions}"), "utf-8")
    write_down_a_change(tmp_path)
    release_a_version(tmp_path)
    found, problems = parse_changes((tmp_path / "CHANGELOG.md").read_text("utf-8"))
    assert problems == []
    assert [version.number for version in found.versions] == ["", "1.0.0"]
    assert found.versions[1].content[-1].text == "A reader showed us that a year was wrong. There is now a note."
    assert not found.pending


@pytest.mark.parametrize("name", SHOTS)
def test_a_picture_shows_what_is_on_its_page(followed: Path, name: str) -> None:
    """What a picture was taken of is still there, from its first element on."""
    shot = SHOTS[name]
    words = page(followed, shot.address)
    assert shot.shows in words
    identifier = re.search(r"#([\w-]+)", shot.start)
    if identifier:
        assert f'id="{identifier[1]}"' in (followed / shot.address / "index.html").read_text("utf-8")


def test_every_picture_is_there_and_described_and_small() -> None:
    assert sorted(name for _, name in PICTURES) == sorted(SHOTS) == sorted(file.stem for file in FOLDER.iterdir())
    for words, name in PICTURES:
        data = (FOLDER / f"{name}.png").read_bytes()
        assert data.startswith(b"\x89PNG\r\n\x1a\n"), name
        width, height = struct.unpack(">II", data[16:24])
        assert len(data) <= MAX_BYTES, name
        assert width <= WIDTH, name
        assert 80 <= height <= 500, name
        assert len(words.split()) >= 12, f"{name}: say what is in the picture"


def test_a_slip_gives_the_message_that_the_guide_shows(tmp_path: Path) -> None:
    folder = copied(tmp_path / "project")
    shown = block("text", "When `make check` complains").strip()
    found = re.match(r"(\S+?):(\d+): citation of '(\w+)'", shown)
    assert found
    file = folder / found[1]
    lines = file.read_text("utf-8").splitlines(keepends=True)
    assert "@" in lines[int(found[2]) - 1]
    lines[int(found[2]) - 1] = re.sub(r"@[\w]+", f"@{found[3]}", lines[int(found[2]) - 1], count=1)
    file.write_text("".join(lines), "utf-8")
    code, message = check(folder)
    assert code == 1
    assert shown in message.splitlines()


def test_steps_that_the_guide_speaks_of_are_asked_for(tmp_path: Path) -> None:
    """Between the steps, `make check` says what the guide says that it does."""
    folder = copied(tmp_path / "project")
    do: dict[str, Callable[[Path], object]] = {task.__name__: task for task in TASKS}
    do["add_a_reference"](folder)
    assert check(folder) == (0, "")
    page_file = folder / "docs/review/issue.md"
    before = page_file.read_text("utf-8")
    page_file.write_text(before + "\n" + block("markdown", "Cite it"), "utf-8")
    code, message = check(folder)
    assert code == 1
    assert "field 'uncited'" in message
    page_file.write_text(before, "utf-8")
    said = move_a_page(folder)
    assert "docs/review/index.md:" in said
    assert "there is no page 'review/critiques.md'" in said
    assert check(folder) == (0, "")


def test_the_messages_in_the_table_are_those_that_editors_get() -> None:
    expected = ((ROOT / f"tests/{name}/expected.txt").read_text("utf-8") for name in ("broken", "unread"))
    told = {line.partition(": ")[2] for text in expected for line in text.splitlines()}
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", section("When `make check` complains"), re.M)[2:]
    assert len(rows) > 15
    assert [message for message, _ in rows if message not in told] == []


def test_links_and_commands_of_the_guide_lead_somewhere() -> None:
    prose = {guide.name: re.sub(r"^```.*?^```", "", guide.read_text("utf-8"), flags=re.S | re.M) for guide in GUIDES}
    headings = {
        name: {anchor_of(heading) for heading in re.findall(r"^#+ (.+)$", text, re.M)} for name, text in prose.items()
    }
    for guide, text in prose.items():
        links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", text)
        assert len(links) > 10
        for link in links:
            name, _, anchor = link.partition("#")
            assert (ROOT / "docs-dev" / (name or guide)).is_file(), link
            assert not anchor or anchor in headings[name or guide], link
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert (
        {"serve", "check", "release", "publish", "hooks-on", "import", "changed", "show"}
        <= set(re.findall(r"(?:`|\$ )make ([a-z-]+)", TEXT))
        <= targets
    )


def test_the_guide_names_every_certainty_that_notes_have() -> None:
    used = set(re.findall(r"^  certainty: (.+)$", (ROOT / "data/editorial.yml").read_text("utf-8"), re.M))
    (line,) = re.findall(r"^- `certainty` .+$", section("Answer a comment"), re.M)
    assert used
    assert sorted(used) == sorted(set(re.findall(r"`([^`]+)`", line)) - {"certainty"})


def test_the_tasks_of_the_issue_are_there() -> None:
    headings = re.findall(r"^## (.+)$", PROSE, re.M)
    wanted = ["Add a reference", "Change a nation's cell", "Answer a comment", "Release a version", "Add a page"]
    wanted += ["Add a picture", "Rename or delete a page", "Add a nation", "Change the title", "Change a colour"]
    wanted += ["Import from Zotero", "See a change before it is published"]
    assert [heading for heading in wanted if heading not in headings] == []
