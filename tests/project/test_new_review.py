"""`make new-review DIR=...`: a new review that builds at once, does what its README says, and holds nothing of this one."""

from __future__ import annotations

import json
import re
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from built_pages import links_lead_somewhere
from conftest import ROOT, Built, run
from evidence_cli import new_review
from guided import left_out
from own_words import own_words

pytestmark = pytest.mark.needs("much time")

SKELETON = ROOT / "hooks/skeleton"


def snapshot(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def code(text: str, language: str) -> list[str]:
    """The examples of a Markdown text in one language."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", text)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new review, made by the command as an editor gives it. Tests do not change it."""
    folder = tmp_path_factory.mktemp("new") / "our review"
    made = run("make", "--no-print-directory", "new-review", f"DIR={folder}", f"PYTHON={sys.executable}")
    assert made.returncode == 0, made.stderr
    assert f"A new review is in {folder}." in made.stdout
    return folder


@pytest.fixture
def review(fresh: Path, tmp_path: Path) -> Path:
    """A new review to work on."""
    return Path(shutil.copytree(fresh, tmp_path / "review", ignore=left_out))


def check(folder: Path) -> tuple[int, str]:
    """`make check` in the new folder, with its own engine."""
    result = run(sys.executable, "-m", "evidence_cli", "check", cwd=folder, PYTHONPATH=str(folder / "hooks"))
    return result.returncode, result.stdout + result.stderr


def build(folder: Path) -> Built:
    """`mkdocs build --strict` in the new folder, with its own engine and no warning."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", folder / "site"]
    result = run(*command, cwd=folder, PYTHONPATH=str(folder / "hooks"))
    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr, result.stderr
    return Built(folder / "site")


@pytest.fixture(scope="module")
def site(fresh: Path) -> Built:
    return build(fresh)


# It builds, and shows each thing


def test_it_has_no_problems(fresh: Path) -> None:
    assert check(fresh) == (0, "No problems in 10 pages and 3 references.\n")


def test_it_builds_strictly_with_no_broken_link(site: Built) -> None:
    links_lead_somewhere(site)


def test_its_pages_show_each_thing(site: Built) -> None:
    page = site.trees["evidence/index.html"]
    assert page.xpath("//a[contains(@class, 'citation')]")
    assert page.xpath("//li[@id='ref-example2021']")
    assert page.xpath("//*[contains(@class, 'editor-note')]")
    assert site.trees["nations/index.html"].xpath("//table//th[.='South']")
    assert site.trees["themes/meetings/index.html"].xpath("//p[starts-with(., 'Part of: ')]/a")
    assert site.trees["discuss/index.html"].xpath("//p[contains(@class, 'question')]")
    assert len(list((site.folder / "discuss/packs").glob("our-meeting*.pdf"))) == 2
    assert "No publisher has been set yet." in site.trees["about/index.html"].text_content()


def test_the_bibliography_has_three_examples(fresh: Path) -> None:
    text = (fresh / "bibliography.bib").read_text("utf-8")
    assert len(re.findall(r"(?m)^@\w+\{", text)) == 3


def test_remarks_for_editors_do_not_reach_readers_eyes(site: Built) -> None:
    for name, tree in site.pages():
        assert "This is a remark" not in tree.text_content(), name


# It explains itself


def remarks(file: Path) -> str:
    """What a file says to whoever edits it."""
    text = file.read_text("utf-8")
    marks = {".yml": r"(?m)^\s*# (?!yaml-language-server)(.*)$", ".bib": r"(?m)^% ?(.*)$", "": r"(?m)^# (.*)$"}
    return "\n".join(re.findall(marks.get(file.suffix, r"(?s)(.*)"), text))


@pytest.mark.parametrize("file", sorted(f.relative_to(SKELETON).as_posix() for f in SKELETON.rglob("*") if f.is_file()))
def test_every_file_says_what_it_is(file: str, fresh: Path) -> None:
    assert len(remarks(fresh / file).split()) > 12, file
    skeleton = (SKELETON / file).read_text("utf-8")
    assert (fresh / file).read_text("utf-8") == skeleton.replace("checked: 2026-11-22", f"checked: {date.today()}")


def test_every_data_file_leads_editors_programs_to_its_schema(fresh: Path) -> None:
    for file in (fresh / "data").glob("*.yml"):
        first = file.read_text("utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema=../schemas/{file.stem}.json"
        assert json.loads((fresh / f"schemas/{file.stem}.json").read_text("utf-8"))


def test_the_readme_names_commands_that_are_there(fresh: Path) -> None:
    targets = set(re.findall(r"(?m)^([\w-]+):", (fresh / "Makefile").read_text("utf-8")))
    named = set(re.findall(r"\bmake ([a-z-]+)", (fresh / "README.md").read_text("utf-8")))
    assert {"check", "site", "serve", "publish", "update-engine"} <= named <= targets


# What its README says works


def test_a_reference_is_added_and_cited_as_the_readme_says(review: Path) -> None:
    text = (review / "README.md").read_text("utf-8")
    entry, passage = code(text, "bibtex")[0], code(text, "markdown")[0]
    for file, more in (("bibliography.bib", entry), ("docs/evidence.md", passage)):
        with (review / file).open("a", encoding="utf-8") as target:
            target.write(f"\n{more}")
    assert check(review)[0] == 0
    site = build(review)
    page = site.trees["evidence/index.html"]
    assert page.xpath("//li[@id='ref-newbook2024']")
    assert "references/newbook2024/index.html" in site.trees
    assert site.trees["references/index.html"].xpath("//li[@id='newbook2024']")
    assert site.trees["themes/people/index.html"].xpath("//a[contains(@href, 'references/newbook2024')]")


def test_its_commands_check_and_build_it(review: Path) -> None:
    """With the tools that are here: `make` would install the same ones first."""
    tools = ("--no-print-directory", "READY=", f"BIN={Path(sys.executable).parent}")
    checked = run("make", *tools, "check", cwd=review, PYTHONPATH=str(review / "hooks"))
    assert (checked.returncode, checked.stdout) == (0, "No problems in 10 pages and 3 references.\n"), checked.stderr
    made = run("make", *tools, "site", cwd=review, PYTHONPATH=str(review / "hooks"))
    assert made.returncode == 0, made.stderr
    links_lead_somewhere(Built(review / "site"))
    refused = run("make", *tools, "publish", cwd=review, PYTHONPATH=str(review / "hooks"))
    assert refused.returncode != 0
    assert "data/publisher.yml" in refused.stderr


def test_a_slip_is_named_by_file_and_line(review: Path) -> None:
    page = review / "docs/evidence.md"
    text = page.read_text("utf-8").replace("[@institute2023].", "[@institut2023].")
    page.write_text(text, "utf-8")
    line = text[: text.index("[@institut2023]")].count("\n") + 1
    code, said = check(review)
    assert code == 1
    assert (
        f"docs/evidence.md:{line}: citation of 'institut2023': no such reference; did you mean 'institute2023'?" in said
    )


def test_it_can_do_without_nations_as_the_data_file_says(review: Path) -> None:
    for name in ("data/nations.yml", "data/comparison.yml", "docs/nations.md"):
        (review / name).unlink()
    for file, pattern in (
        ("mkdocs.yml", r"(?m)^  - North and South: nations.md\n"),
        ("bibliography.bib", r"(?m)^  nations .*\n"),
        ("docs/evidence.md", r" data-nations=\"\w+\""),
        ("docs/index.md", r"(?m)^- \[North and South\].*\n"),
    ):
        text, number = re.subn(pattern, "", (review / file).read_text("utf-8"))
        assert number, file
        (review / file).write_text(text, "utf-8")
    assert check(review)[0] == 0
    links_lead_somewhere(build(review))


def test_the_frame_of_pages_leads_only_to_pages_that_are_there(review: Path) -> None:
    """Its links are in templates, where MkDocs does not look."""
    for name in ("docs/about/privacy.md", "docs/about/formats.md", "data/glossary.yml"):
        (review / name).unlink()
    for file, pattern in (
        ("mkdocs.yml", r"(?m)^ .*: (about/privacy|about/formats|glossary)\.md\n"),
        ("docs/about/index.md", r"(?m)^- .*\((privacy|formats)\.md\)\n"),
        ("data/packs.yml", r"(?m)^      - words: .*\n.*\n"),
    ):
        text, number = re.subn(pattern, "", (review / file).read_text("utf-8"))
        assert number, file
        (review / file).write_text(text, "utf-8")
    site = build(review)
    links_lead_somewhere(site)
    assert "about/accessibility" in str(site.trees["index.html"].xpath("//footer//a/@href"))
    missing = site.trees["404.html"].xpath("//article//a/@href")
    assert [href for href in missing if "glossary" in href] == []
    assert [href for href in missing if "references" in href]


# It stands alone, and holds nothing of this review


def test_nothing_in_it_leads_back_to_this_project(fresh: Path) -> None:
    assert not [file for file in fresh.rglob("*") if file.is_symlink()]
    for name, content in snapshot(fresh).items():
        if not name.startswith(("site/", ".cache/")):
            assert str(ROOT).encode() not in content, name


def test_it_holds_no_word_of_this_review(fresh: Path) -> None:
    notes = re.compile(r"[A-Z]\d+")  # ids of notes, such as F01, are anybody's
    words = [
        re.compile(rf"(?<![\w-]){re.escape(w)}(?![\w-])", 0 if w.isupper() else re.I)
        for w in own_words()
        if not notes.fullmatch(w)
    ]
    found = []
    for name, content in snapshot(fresh).items():
        # Words of the engine itself are the matter of test_engine_is_general; names of packages are nobody's.
        if name.startswith(("site/", ".cache/", "hooks/evidence/")) or name in ("requirements.lock", "pyproject.toml"):
            continue
        text = content.decode("utf-8", "replace")
        found += [(name, word.pattern) for word in words if word.search(text)]
    # A heading of ours that is also a plain remark in the style sheet.
    assert [pair for pair in found if pair[1] != r"(?<![\w-])What\ helps(?![\w-])"] == []


def test_what_it_shares_with_this_project_is_the_same(fresh: Path) -> None:
    for name in new_review.ENGINE:
        if (ROOT / name).is_file():
            assert (fresh / name).read_bytes() == (ROOT / name).read_bytes(), name
    assert (fresh / "hooks/evidence/site/site.py").read_bytes() == (ROOT / "hooks/evidence/site/site.py").read_bytes()
    assert not (fresh / "tests").exists()
    assert {file.name for file in (fresh / "docs").iterdir() if file.suffix == ".md"} == {
        "index.md",
        "evidence.md",
        "nations.md",
    }


def rules(makefile: Path) -> dict[str, str]:
    """The recipe of each target."""
    return dict(re.findall(r"(?m)^([\w$()-]+):.*\n((?:\t.*\n)+)", makefile.read_text("utf-8")))


def test_its_commands_do_what_those_of_this_project_do(fresh: Path) -> None:
    ours, theirs = rules(ROOT / "Makefile"), rules(fresh / "Makefile")
    shared = {
        "site",
        "serve",
        "show",
        "check",
        "check-all",
        "import",
        "offline",
        "publish",
        "server-rules",
        "release",
        "sources-check",
        "sources-environment",
        "environment",
    }
    assert shared <= set(theirs)
    assert {name: theirs[name] for name in shared} == {name: ours[name] for name in shared}


class _Settings(yaml.SafeLoader):
    """Reads settings with their tags as plain data."""


_Settings.add_multi_constructor("!", lambda loader, tag, node: (tag, loader.construct_sequence(node)))


def test_its_settings_are_those_of_this_project_but_for_the_menu() -> None:
    ours, theirs = (yaml.load((f / "mkdocs.yml").read_text("utf-8"), _Settings) for f in (ROOT, SKELETON))
    own = {"site_name", "site_description", "nav"}
    assert {k: v for k, v in theirs.items() if k not in own} == {k: v for k, v in ours.items() if k not in own}
