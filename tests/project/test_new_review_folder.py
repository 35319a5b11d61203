"""`make new-review` refuses what it should, leaves nothing half written, and brings a newer engine into a review that has one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from test_new_review import check, snapshot

from conftest import ROOT
from evidence_cli import new_review
from evidence_cli.__main__ import main


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """A new review to work on."""
    folder = tmp_path / "review"
    new_review.create(folder)
    return folder


# Refusing


def test_a_folder_in_use_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.md").write_text("mine", "utf-8")
    assert main(["new-review", str(tmp_path)]) == 1
    assert "is not empty; name a new or an empty folder" in capsys.readouterr().err
    assert main(["new-review", str(tmp_path / "mine.md")]) == 1
    assert snapshot(tmp_path) == {"mine.md": b"mine"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert main(["new-review", str(tmp_path / "new")]) == 0
    assert (tmp_path / "new/README.md").is_file()
    assert not [file for file in (tmp_path / "new").rglob("*") if file.name in ("__pycache__", ".cache", "tests")]
    assert [file.name for file in tmp_path.iterdir()] == ["new"]


def test_no_name_and_a_place_inside_this_project_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-review", ""]) == 1
    assert "as in: make new-review DIR=../our-review" in capsys.readouterr().err
    assert main(["new-review", str(ROOT / "docs/another")]) == 1
    assert "is inside this project" in capsys.readouterr().err
    assert not (ROOT / "docs/another").exists()


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path) -> Iterator[None]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(new_review, "_copy", full)
    assert main(["new-review", str(tmp_path / "new")]) == 1
    assert list(tmp_path.iterdir()) == []


# A newer engine


def test_an_update_brings_the_engine_and_leaves_the_review(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = {name: content for name, content in snapshot(review).items() if name.startswith(("data/", "docs/"))}
    (review / "hooks/evidence/site/site.py").write_text("old = True\n", "utf-8")
    (review / "hooks/gone.py").write_text("old = True\n", "utf-8")
    (review / "docs/assets").mkdir(exist_ok=True)
    for name in ("ours.svg", "own.css", "site.css"):  # the last is of an engine of before
        (review / "docs/assets" / name).write_text(name, "utf-8")
    (review / "mkdocs.yml").write_text(
        (review / "mkdocs.yml").read_text("utf-8").replace("An example review", "Ours"), "utf-8"
    )
    assert main(["new-review", "--update", str(review)]) == 0
    said = capsys.readouterr().out
    assert "mkdocs.yml" not in said
    after = snapshot(review)
    assert {name: after[name] for name in mine} == mine
    assert {name for name in after if name.startswith("docs/assets/")} == {
        "docs/assets/ours.svg",
        "docs/assets/own.css",
    }
    assert after["docs/assets/own.css"] == b"own.css"
    assert after[f"{new_review.BEFORE}/docs/assets/site.css"] == b"site.css"
    assert "site_name: Ours" in after["mkdocs.yml"].decode()
    assert after["hooks/evidence/site/site.py"] == (ROOT / "hooks/evidence/site/site.py").read_bytes()
    assert "hooks/gone.py" not in after
    assert after[f"{new_review.BEFORE}/hooks/gone.py"] == b"old = True\n"
    assert check(review)[0] == 0


def test_an_update_says_when_settings_have_changed(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = review / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("    frame: true\n", ""), "utf-8")
    assert main(["new-review", "--update", str(review)]) == 0
    assert "mkdocs.yml: its second half differs from hooks/skeleton/mkdocs.yml" in capsys.readouterr().out


def test_only_a_review_can_be_updated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-review", "--update", str(tmp_path)]) == 1
    assert "there is no review with an engine here" in capsys.readouterr().err
    assert main(["new-review", "--update", str(ROOT)]) == 1
    assert list(tmp_path.iterdir()) == []
