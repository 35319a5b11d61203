"""`make new-review DIR=...`: a new review that builds at once, does what its guide says, and holds nothing of this one."""

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
from evidence_cli import new_review, wheel
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
    said = ('TITLE=Trees & "their" streets', "AREAS=country/countries", "MEETINGS=yes", "LANGUAGE=en-GB")
    made = run("make", "--no-print-directory", "new-review", f"DIR={folder}", f"PYTHON={sys.executable}", *said)
    assert made.returncode == 0, made.stderr
    assert f"A new review is in {folder}, with engine {wheel.own().version}." in made.stdout
    return folder


@pytest.fixture(scope="module")
def engine(fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine of the new review, installed from its folder `vendor/` by the hash in its lock, beside the tools that are here."""
    base = tmp_path_factory.mktemp("engine")
    lock = (fresh / "requirements.lock").read_text("utf-8")
    (line,) = (line for line in lock.splitlines() if "vendor/" in line)
    (base / "own.lock").write_text(line, "utf-8")
    pip = (sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--no-cache-dir", "--require-hashes")
    made = run(*pip, "--target", base / "installed", "-r", base / "own.lock", cwd=fresh)
    assert made.returncode == 0, made.stderr
    return base / "installed"


@pytest.fixture
def review(fresh: Path, tmp_path: Path) -> Path:
    """A new review to work on."""
    return Path(shutil.copytree(fresh, tmp_path / "review", ignore=left_out))


def check(folder: Path, engine: Path) -> tuple[int, str]:
    """`make check` in a review, with its own engine."""
    result = run(sys.executable, "-m", "evidence_cli", "check", cwd=folder, PYTHONPATH=str(engine))
    return result.returncode, result.stdout + result.stderr


def build(folder: Path, engine: Path) -> Built:
    """`mkdocs build --strict` in a review, with its own engine and no warning."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", folder / "site"]
    result = run(*command, cwd=folder, PYTHONPATH=str(engine))
    assert result.returncode == 0, result.stderr
    assert "WARNING" not in result.stderr, result.stderr
    return Built(folder / "site")


@pytest.fixture(scope="module")
def site(fresh: Path, engine: Path) -> Built:
    return build(fresh, engine)


# It builds, and shows each thing


def test_it_has_no_problems(fresh: Path, engine: Path) -> None:
    assert check(fresh, engine) == (0, "No problems in 11 pages and 3 references.\n")


def test_it_builds_strictly_with_no_broken_link(site: Built) -> None:
    links_lead_somewhere(site)


def test_its_pages_show_each_thing(site: Built) -> None:
    page = site.trees["evidence/index.html"]
    assert page.xpath("//a[contains(@class, 'citation')]")
    assert page.xpath("//li[@id='ref-example2021']")
    assert page.xpath("//*[contains(@class, 'editor-note')]")
    assert site.trees["index.html"].xpath("string(//h1)") == 'Trees & "their" streets'
    assert site.trees["side-by-side/index.html"].xpath("//table//th[.='South']")
    assert site.trees["side-by-side/index.html"].xpath("string(//h1)") == "Countries side by side"
    assert site.trees["themes/time/index.html"].xpath("//p[starts-with(., 'Part of: ')]/a")
    assert "The last bus leaves too early." in site.trees["meetings/index.html"].text_content()
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
    text = (fresh / file).read_text("utf-8")
    assert len(remarks(fresh / file).split()) > 12, file
    assert not re.search(r"[«»]|\{(no )?(areas|meetings)\}", text), file
    assert "checked: 2026-11-22" not in text or str(date.today()) == "2026-11-22"


def test_every_data_file_leads_editors_programs_to_its_schema(fresh: Path) -> None:
    for file in (fresh / "data").glob("*.yml"):
        first = file.read_text("utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema=../schemas/{file.stem}.json"
        assert json.loads((fresh / f"schemas/{file.stem}.json").read_text("utf-8"))


def test_its_guide_names_commands_that_are_there(fresh: Path) -> None:
    targets = set(re.findall(r"(?m)^([\w-]+):", (fresh / "Makefile").read_text("utf-8")))
    texts = "".join((fresh / name).read_text("utf-8") for name in ("README.md", "docs-dev/editing.md"))
    named = set(re.findall(r"\bmake ([a-z-]+)", texts)) - {"complains"}
    assert {"check", "site", "serve", "publish", "import", "sources-check", "update-engine"} <= named <= targets


# What its guide says works


def test_a_first_page_is_made_as_the_guide_says(review: Path, engine: Path) -> None:
    text = (review / "docs-dev/editing.md").read_text("utf-8")
    theme, menu = code(text, "yaml")[:2]
    for file, more in (("data/themes.yml", theme), ("bibliography.bib", "\n" + code(text, "bibtex")[0])):
        with (review / file).open("a", encoding="utf-8") as target:
            target.write(more)
    (review / "docs/rest.md").write_text(code(text, "markdown")[0], "utf-8")
    settings = (review / "mkdocs.yml").read_text("utf-8")
    (review / "mkdocs.yml").write_text(settings.replace("  - Themes: ", f"{menu}  - Themes: "), "utf-8")
    assert check(review, engine) == (0, "No problems in 12 pages and 5 references.\n")
    site = build(review, engine)
    page = site.trees["rest/index.html"]
    assert page.xpath("//li[@id='ref-writer2023']")
    assert page.xpath("//table/caption")
    assert site.trees["references/index.html"].xpath("//li[@id='office2024']")
    assert site.trees["themes/rest/index.html"].xpath("//a[contains(@href, 'references/writer2023')]")


def test_its_commands_check_and_build_it(review: Path, engine: Path) -> None:
    """With the tools that are here: `make` would install the same ones first."""
    tools = ("--no-print-directory", "READY=", f"BIN={Path(sys.executable).parent}")
    checked = run("make", *tools, "check", cwd=review, PYTHONPATH=str(engine))
    assert (checked.returncode, checked.stdout) == (0, "No problems in 11 pages and 3 references.\n"), checked.stderr
    made = run("make", *tools, "site", cwd=review, PYTHONPATH=str(engine))
    assert made.returncode == 0, made.stderr
    links_lead_somewhere(Built(review / "site"))
    refused = run("make", *tools, "publish", cwd=review, PYTHONPATH=str(engine))
    assert refused.returncode != 0
    assert "data/publisher.yml" in refused.stderr


def test_words_of_another_language_stay_with_the_review(review: Path, engine: Path) -> None:
    """The engine is installed from a file, where nothing may be written that shall last."""
    reading = review / "data/reading.yml"
    reading.write_text(reading.read_text("utf-8").replace("language: en-GB", "language: cy"), "utf-8")
    code, said = check(review, engine)
    assert code == 1 and "the site has no words of its own in 'cy'" in said
    run(sys.executable, "-m", "evidence_cli", "words", "cy", cwd=review, PYTHONPATH=str(engine))
    catalogue = review / "locale/cy.po"
    translated = catalogue.read_text("utf-8").replace(
        'msgid "References"\nmsgstr ""', 'msgid "References"\nmsgstr "Cyfeiriadau"'
    )
    catalogue.write_text(translated, "utf-8")
    title = "from evidence.text import spoken; from pathlib import Path; spoken.speak(Path()); from evidence.text.translation import _; print(_('References'))"
    assert run(sys.executable, "-c", title, cwd=review, PYTHONPATH=str(engine)).stdout == "Cyfeiriadau\n"
    assert not (engine / "evidence/locale").exists()


def test_a_slip_is_named_by_file_and_line(review: Path, engine: Path) -> None:
    page = review / "docs/evidence.md"
    text = page.read_text("utf-8").replace("[@institute2023].", "[@institut2023].")
    page.write_text(text, "utf-8")
    line = text[: text.index("[@institut2023]")].count("\n") + 1
    code, said = check(review, engine)
    assert code == 1
    assert (
        f"docs/evidence.md:{line}: citation of 'institut2023': no such reference; did you mean 'institute2023'?" in said
    )


@pytest.mark.parametrize(
    ("areas", "meetings"), [("none", "none"), ("region/regions", "none"), ("none", "yes")], ids=str
)
def test_it_has_what_was_asked_for_and_no_more(areas: str, meetings: str, engine: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    given = {"title": "NO: a *test* of <b>", "areas": areas, "meetings": meetings, "language": "en-GB"}
    new_review.create(folder, new_review.answers(given), wheel.own())
    text = "".join(
        file.read_text("utf-8").lower()
        for part in ("docs/*.md", "docs/**/*.md", "mkdocs.yml")
        for file in folder.glob(part)
    )
    assert (folder / "data/nations.yml").exists() is ("regions" in text) is (areas != "none")
    assert (folder / "data/network.yml").exists() is ("meeting" in text) is (meetings != "none")
    assert check(folder, engine)[0] == 0
    if (areas, meetings) == ("none", "none"):
        site = build(folder, engine)
        links_lead_somewhere(site)
        assert site.trees["index.html"].xpath("string(//h1)") == "NO: a *test* of <b>"


def test_the_frame_of_pages_leads_only_to_pages_that_are_there(review: Path, engine: Path) -> None:
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
    site = build(review, engine)
    links_lead_somewhere(site)
    assert "about/accessibility" in str(site.trees["index.html"].xpath("//footer//a/@href"))
    missing = site.trees["404.html"].xpath("//article//a/@href")
    assert [href for href in missing if "glossary" in href] == []
    assert [href for href in missing if "references" in href]


# It stands alone, and holds nothing of this review


def test_it_holds_no_copy_of_the_engines_source(fresh: Path) -> None:
    names = set(snapshot(fresh))
    assert {name for name in names if name.endswith(".py")} == {"hooks/mkdocs_hooks.py"}
    assert [name for name in names if name.startswith("vendor/")] == [f"vendor/{wheel.own().name}"]


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
        if name.startswith(("site/", ".cache/", "vendor/")) or name == "requirements.lock":
            continue
        text = content.decode("utf-8", "replace")
        found += [(name, word.pattern) for word in words if word.search(text)]
    # A heading of ours that is also a plain remark in the style sheet.
    assert [pair for pair in found if pair[1] != r"(?<![\w-])What\ helps(?![\w-])"] == []


def test_what_it_shares_with_this_project_is_the_same(fresh: Path) -> None:
    for name in wheel.SHARED:
        if (ROOT / name).is_file() and name != "requirements.lock":
            assert (fresh / name).read_bytes() == (ROOT / name).read_bytes(), name
    ours = (ROOT / "requirements.lock").read_text("utf-8")
    assert (fresh / "requirements.lock").read_text("utf-8") == ours + wheel.own().lock_line


def test_its_pipelines_do_the_same_on_both_services(fresh: Path) -> None:
    github, gitlab = ((fresh / name).read_text("utf-8") for name in (".github/workflows/review.yml", ".gitlab-ci.yml"))
    image = re.findall(r"python:\S+", github) + re.findall(r"python:\S+", gitlab)
    assert len(set(image)) == 1 and image[0] in (ROOT / ".gitlab-ci.yml").read_text("utf-8")
    for text in (github, gitlab):
        made = set(re.findall(r"\bmake (?:-s )?([a-z-]+)(?:$| DIR| ON| >>)", text, re.M))
        assert made == {"check", "changed", "site", "publish"}
    pinned = re.findall(r"uses: (\S+)", github)
    known = "".join(file.read_text("utf-8") for file in (ROOT / ".github/workflows").glob("*.yml"))
    assert pinned and all(action in known for action in pinned)


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
        "publish-back",
        "server-rules",
        "release",
        "sources-check",
    }
    assert shared <= set(theirs)
    assert {name: theirs[name] for name in shared} == {name: ours[name] for name in shared}


class _Settings(yaml.SafeLoader):
    """Reads settings with their tags as plain data."""


_Settings.add_multi_constructor("!", lambda loader, tag, node: (tag, loader.construct_sequence(node)))


def test_its_settings_are_those_of_this_project_but_for_the_menu(fresh: Path) -> None:
    ours, theirs = (yaml.load((f / "mkdocs.yml").read_text("utf-8"), _Settings) for f in (ROOT, fresh))
    own = {"site_name", "site_description", "nav"}
    assert {k: v for k, v in theirs.items() if k not in own} == {k: v for k, v in ours.items() if k not in own}
