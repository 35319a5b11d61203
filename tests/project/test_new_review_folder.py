"""`evidence new` asks what it must know, refuses what it should, and leaves nothing half written; the engine as a wheel; a newer engine for a review."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from test_new_review import snapshot

from conftest import ROOT, run
from evidence_cli import new_review, wheel
from evidence_cli.__main__ import main
from evidence_cli.wheel import Wheel

GIVEN = {"title": "Ours", "areas": "country/countries", "meetings": "yes", "language": "en-GB"}
OPTIONS = [part for name, value in GIVEN.items() for part in (f"--{name}", value)]


@pytest.fixture(scope="module")
def engine() -> Wheel:
    return wheel.own()


@pytest.fixture
def review(engine: Wheel, tmp_path: Path) -> Path:
    """A new review to work on."""
    new_review.create(tmp_path / "review", new_review.answers(GIVEN), engine)
    return tmp_path / "review"


# The four questions


def test_without_answers_it_says_which_are_missing_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "new"), "--meetings", "none"]) == 1
    assert [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()] == [
        "--title is missing",
        "--areas is missing",
        "--language is missing",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("areas", "countries", "write one and many in letters, with / between them, as in country/countries, or none"),
        ("areas", "country/", "write one and many in letters, with / between them, as in country/countries, or none"),
        ("areas", "<b>/<i>", "write one and many in letters, with / between them, as in country/countries, or none"),
        ("areas", "1/2", "write one and many in letters, with / between them, as in country/countries, or none"),
        ("title", "x" * 66, "--title has 66 characters; write at most 65, as its first page has that title"),
        ("meetings", "perhaps", "--meetings is 'perhaps'; write yes or none"),
        ("language", "English", "--language is 'English'; write a tag such as en-GB, cy or pt-BR"),
        ("title", "One\nTwo", "--title has a line break or another sign that cannot be shown; write it on one line"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_told(option: str, value: str, said: str) -> None:
    with pytest.raises(new_review.ReviewError, match=re.escape(said)):
        new_review.answers({**GIVEN, option: value})


@pytest.mark.parametrize("title", ["می\u200cخواهم", "Qu’en dit-on\xa0?", "\U0001f468\u200d\U0001f467 and care"])
def test_signs_within_words_are_no_slip_of_a_title(title: str) -> None:
    assert new_review.answers({**GIVEN, "title": title}).title == title


def test_it_asks_for_what_no_option_says() -> None:
    asked: list[str] = []

    def ask(words: str) -> str:
        asked.append(words)
        return "none" if "none" in words else "cy"

    told = new_review.answers({"title": "Ours"}, ask)
    assert [words.split("?")[0] for words in asked] == [
        "What does it compare, one and many, as in country/countries",
        "Did people meet about it, whose words it reports",
        "Which language is it in, as in en-GB",
    ]
    assert told == new_review.Answers("Ours", "", "", False, "cy")


def test_that_nobody_has_translated_the_engine_is_said(engine: Wheel, tmp_path: Path) -> None:
    told = new_review.answers({**GIVEN, "language": "cy"})
    said = "\n".join(new_review.create(tmp_path / "new", told, engine))
    assert "Nobody has translated the engine's own words, such as “References”, into cy yet" in said
    assert "language: en-GB\n" in (tmp_path / "new/data/reading.yml").read_text("utf-8")
    assert "area: country\nareas: countries\n" in (tmp_path / "new/data/review.yml").read_text("utf-8")


# Refusing


def test_a_folder_in_use_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.md").write_text("mine", "utf-8")
    assert main(["new", str(tmp_path), *OPTIONS]) == 1
    assert "is not empty; name a new or an empty folder" in capsys.readouterr().err
    for inside in ("mine.md", "mine.md/new", "mine.md/new/er"):
        assert main(["new", str(tmp_path / inside), *OPTIONS]) == 1
        assert capsys.readouterr().err.startswith(f"{tmp_path / 'mine.md'} is a file; name a new or an empty folder")
    assert snapshot(tmp_path) == {"mine.md": b"mine"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert main(["new", str(tmp_path / "new"), *OPTIONS]) == 0
    assert (tmp_path / "new/README.md").is_file()
    assert [file.name for file in tmp_path.iterdir()] == ["new"]


def test_no_name_and_a_place_inside_this_project_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", ""]) == 1
    assert "as in: make new-review DIR=../our-review" in capsys.readouterr().err
    assert main(["new", str(ROOT / "docs/another"), *OPTIONS]) == 1
    assert "is inside this project" in capsys.readouterr().err
    assert not (ROOT / "docs/another").exists()


def test_a_place_where_no_folder_can_be_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(**_: object) -> str:
        raise PermissionError(13, "Permission denied", "/srv/.new-abc")

    monkeypatch.setattr(new_review.tempfile, "mkdtemp", full)
    assert main(["new", str(tmp_path / "new"), *OPTIONS]) == 1
    assert (
        capsys.readouterr().err
        == f"{tmp_path / 'new'} cannot be made: Permission denied; name a folder inside one of yours\n"
    )


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(new_review, "_write", full)
    assert main(["new", str(tmp_path / "new"), *OPTIONS]) == 1
    assert list(tmp_path.iterdir()) == []


# The engine as one file


def test_the_same_sources_give_the_same_bytes(engine: Wheel, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere"
    for name in ("hooks", *wheel.SHARED, "pyproject.toml", "CHANGELOG.md"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, copy_function=shutil.copyfile)  # other modes, other times
        else:
            shutil.copyfile(ROOT / name, copy / name)
    assert wheel.build(copy) == engine


def test_it_holds_every_file_of_the_engine(engine: Wheel, tmp_path: Path) -> None:
    (tmp_path / engine.name).write_bytes(engine.content)
    with zipfile.ZipFile(tmp_path / engine.name) as opened:
        held = set(opened.namelist())
        assert opened.testzip() is None
    kept = run("git", "ls-files", "-co", "--exclude-standard", "hooks/evidence*").stdout.splitlines()
    wanted = {name.removeprefix("hooks/") for name in kept if (ROOT / name).is_file()}
    added = (wheel.REVIEW, wheel.CHANGES, "evidence_review_site-")
    assert {name for name in held if not name.startswith(added)} == wanted
    assert {".py", ".typ", ".css", ".html", ".js", ".svg", ".csl"} <= {Path(name).suffix for name in wanted}


def test_a_review_gives_its_engine_to_another(review: Path, engine: Wheel) -> None:
    """Run out of the wheel itself, with nothing installed."""
    at = {"PYTHONPATH": str(review / "vendor" / engine.name)}
    made = run(sys.executable, "-m", "evidence_cli", "new", "../second", *OPTIONS, cwd=review, **at)
    assert made.returncode == 0, made.stderr
    assert snapshot(review.parent / "second") == snapshot(review)


def test_what_makes_the_environment_runs_out_of_it(review: Path) -> None:
    """With nothing to install, as that takes minutes: tests of the environment do."""
    (review / "requirements.lock").write_text("", "utf-8")
    made = run("make", "environment", f"PYTHON={sys.executable}", cwd=review, PYTHONPATH="")
    assert made.returncode == 0, made.stderr
    assert (review / ".venv/bin/python").exists()
    assert "Installing 0 packages of requirements.lock" in made.stderr


# A newer engine


def newer(engine: Wheel, folder: Path) -> Path:
    """A file with a later version of the engine, in which a schema, the guide, a workflow and the lock are others."""
    file = folder / engine.name.replace(engine.version, "9.9.9")
    with zipfile.ZipFile(file, "w") as target:
        for name, content in _entries(engine).items():
            text = content
            if name.endswith(("schemas/themes.json", "docs-dev/editing.md", "workflows/review.yml", "new/Makefile")):
                text += b"\n# newer\n"
            elif name == f"{wheel.REVIEW}docs/index.md":
                text += b"\nAnother example.\n"
            elif name.endswith("changes.txt"):
                text = b"Tables can be sorted.\n" + text
            target.writestr(name.replace(f"-{engine.version}.dist-info", "-9.9.9.dist-info"), text)
    return file


def _entries(engine: Wheel) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(engine.content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def update(review: Path, engine: Path | str) -> subprocess.CompletedProcess[str]:
    return run("make", "update-engine", f"FROM={engine}", f"PYTHON={sys.executable}", cwd=review, PYTHONPATH="")


def test_an_update_replaces_the_engine_and_touches_nothing_of_the_owners(
    review: Path, engine: Wheel, tmp_path: Path
) -> None:
    own = {
        "docs/index.md": b"mine",
        "docs/assets/own.css": b"mine",
        "mkdocs.yml": (review / "mkdocs.yml").read_bytes() + b"# mine\n",
        "docs-dev/editing.md": b"our own guide",
        "Makefile": (review / "Makefile").read_bytes() + b"\nours:\n\techo ours\n",
        "data/themes.yml": b"# mine",
        "new.txt": b"mine",
    }
    for name, content in own.items():
        (review / name).parent.mkdir(parents=True, exist_ok=True)
        (review / name).write_bytes(content)
    (review / ".gitlab-ci.yml").unlink()
    (review / "schemas/kinds.json").unlink()
    before, file = snapshot(review), newer(engine, tmp_path)
    made = update(review, file)
    assert made.returncode == 0, made.stderr
    after = {name: content for name, content in snapshot(review).items() if not name.startswith(".build/")}
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    assert changed == {
        f"vendor/{engine.name}",
        f"vendor/{file.name}",
        "requirements.lock",
        "schemas/themes.json",
        "schemas/kinds.json",
        ".github/workflows/review.yml",
    }
    assert after["requirements.lock"].decode().splitlines()[-1] == wheel.read(file).lock_line.strip()
    said = made.stdout
    assert f"The engine is 9.9.9 now; it was {engine.version}." in said
    assert "What is new in it:\n- Tables can be sorted.\ndocs-dev/editing.md" not in said
    assert "- Tables can be sorted.\n" in said and said.count("\n- ") == 1
    for name in ("Makefile", "docs-dev/editing.md"):
        assert f"{name}: you have changed this file, so it stays" in said
        assert (review / new_review.NEWER / name).read_bytes().endswith(b"# newer\n")


def test_an_update_to_the_same_engine_changes_nothing(review: Path, engine: Wheel) -> None:
    before = snapshot(review)
    made = update(review, ROOT)
    assert made.returncode == 0, made.stderr
    assert made.stdout == f"The engine here is {engine.version} already, to the last byte. Nothing was changed.\n"
    assert snapshot(review) == before


def test_what_is_no_engine_is_refused(review: Path, tmp_path: Path) -> None:
    (tmp_path / "other.whl").write_text("no wheel")
    before = snapshot(review)
    for wrong in ("", "../nowhere", tmp_path / "other.whl", tmp_path):
        made = update(review, wrong)
        assert made.returncode != 0
        assert "FROM must be a newer engine, a file that ends in .whl or a copy of its project" in made.stderr
        assert "Traceback" not in made.stderr
    assert snapshot(review) == before


def test_a_review_that_holds_the_engine_file_by_file_gets_it_as_one(review: Path, engine: Wheel) -> None:
    shutil.rmtree(review / "vendor")
    shutil.copytree(ROOT / "hooks", review / "hooks", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", review)
    (review / "Makefile").write_text("environment: of before\n", "utf-8")
    assert "it was a copy of its files" in new_review.update(review, engine)[0]
    assert [file.name for file in (review / "hooks").iterdir()] == ["mkdocs_hooks.py"]
    assert "ENGINE :=" in (review / "Makefile").read_text("utf-8")
    assert (review / new_review.BEFORE / "hooks/evidence/site/site.py").is_file()
    assert wheel.vendored(review) == engine


def test_only_a_review_can_be_updated(tmp_path: Path, engine: Wheel) -> None:
    for folder, said in ((tmp_path, "there is no review with an engine here"), (ROOT, "the engine's own project")):
        with pytest.raises(new_review.ReviewError, match=said):
            new_review.update(folder, engine)
    assert list(tmp_path.iterdir()) == []


def test_an_engine_may_lie_in_the_folder_of_the_review_under_another_name(
    review: Path, engine: Wheel, tmp_path: Path
) -> None:
    file = newer(engine, tmp_path)
    file.rename(review / "engine (1).whl")
    made = update(review, "engine (1).whl")
    assert made.returncode == 0, made.stderr
    assert [one.name for one in (review / "vendor").iterdir()] == [file.name]
    assert f"./vendor/{file.name} --hash" in (review / "requirements.lock").read_text("utf-8")


@pytest.mark.parametrize("there", [[], ["a.whl", "b.whl"]], ids=["none", "two"])
def test_a_folder_with_no_engine_or_two_is_told(review: Path, engine: Wheel, there: list[str]) -> None:
    (review / "vendor" / engine.name).unlink()
    for name in there:
        (review / "vendor" / name).write_bytes(engine.content)
    said = f"there must be one file that ends in .whl here, and there {'are 2: a.whl b.whl' if there else 'is none'};"
    with pytest.raises(wheel.EngineError, match=re.escape(said)):
        new_review.update(review, replace(engine, name="x-1-py3-none-any.whl"))
    made = run("make", "check", f"PYTHON={sys.executable}", cwd=review, PYTHONPATH="")
    assert made.returncode != 0
    assert said in made.stderr and "git restore vendor requirements.lock" in made.stderr
    assert "Traceback" not in made.stderr


def test_an_engine_that_has_come_in_part_is_told(review: Path, engine: Wheel) -> None:
    file = review / "vendor" / engine.name
    for content in (engine.content[:100_000], engine.content.replace(b"def main", b"def mean", 1)):
        file.write_bytes(content)
        with pytest.raises(wheel.EngineError, match="this is no whole file of the engine; fetch it anew"):
            new_review.update(review, replace(engine, name="x-1-py3-none-any.whl"))
