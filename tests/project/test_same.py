"""`make same` sees a difference, and says of what sort it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import same

PAGE = '<html><head><title>A</title><meta name="x" content="y"></head><body><p id="i">Some <a href="b/">words</a>.</p></body></html>'


@pytest.mark.parametrize(
    ("name", "old", "new", "how"),
    [
        ("a.html", PAGE, PAGE, ""),
        ("a.html", PAGE, PAGE.replace("<p ", '<p class="wide"\n '), "markup"),
        ("a.html", PAGE, PAGE.replace("Some", "Other"), "other words"),
        ("a.html", PAGE, PAGE.replace("b/", "c/"), "other links"),
        ("a.html", PAGE, PAGE.replace('"i"', '"j"'), "other ids"),
        ("a.html", PAGE, PAGE.replace('"y"', '"z"'), "other metadata"),
        ("a.html", PAGE, PAGE.replace("<title>A", "<title>B"), "other words"),
        ("a.html", PAGE, PAGE.replace("<p ", '<p aria-label="n" '), "other alternatives"),
        ("a.json", '{"a": 1}', '{ "a":1 }', "markup"),
        ("a.json", '{"a": 1}', '{"a": 2}', "other data"),
        ("a.css", "a{}", "a {}", "other bytes"),
        ("a.css", None, "a {}", "is new"),
        ("a.css", "a{}", None, "is missing"),
    ],
)
def test_a_difference_is_named(tmp_path: Path, name: str, old: str | None, new: str | None, how: str) -> None:
    files = []
    for folder, text in (("old", old), ("new", new)):
        file = tmp_path / folder / name
        file.parent.mkdir()
        if text is not None:
            file.write_text(text, "utf-8")
        files.append(file if text is not None else None)
    assert same._difference(*files) == how


def test_too_few_files_are_no_site(tmp_path: Path) -> None:
    """A build that fails to write would be the same as another that does."""
    (tmp_path / "done").touch()
    with pytest.raises(same.SameError, match="only 0 files were built"):
        same._built(tmp_path, lambda tree: None, again=False)
