"""One slip in a data file is told alone, whatever else names what it belongs to; and no slip hides another in the same file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from evidence.site.loading import load


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of this review, to break."""
    root = tmp_path_factory.mktemp("real")
    for name in ("data", "docs", ".cache"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("papers"))
    for name in ("bibliography.bib", "CHANGELOG.md", "mkdocs.yml"):
        shutil.copy(ROOT / name, root)
    return root


def said(real: Path, file: str, *slips: tuple[str, str]) -> list[str]:
    """What is told of this review with slips in a file, each as the text and what stands in its place."""
    path = real / file
    right = text = path.read_text("utf-8")
    for old, new in slips:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    try:
        return [str(problem) for problem in load(real).problems]
    finally:
        path.write_text(right, "utf-8")


SHAPE = [
    (
        "packs",
        "    form: kit\n",
        "    form: kti\n",
        "'form' is 'kti' (in packs, item 14); it must be 'sheet', 'cards', 'booklet', 'kit' or 'book'",
    ),
    ("packs", "form: booklet", "form: bookelt", "'form' is 'bookelt'"),
    ("packs", "  - id: kit\n", "  - idd: kit\n", "'idd' is not a field that is known here"),
    ("packs", "  - id: easier\n    title", "  - title", "'id' is missing (in packs, item 1)"),
    ("packs", "    each: theme", "    each: themes", "'each' is 'themes'"),
    ("packs", "    each: nation", "    each: [nation]", "'each' is a list"),
    ("packs", "    colour: red", "    colour: pink", "'colour' is 'pink'"),
    ("packs", "packs:\n", "packz:\n", "'packz' is not a field that is known here"),
    ("packs", "packs:\n", "pack:\n", "'pack' is not a field that is known here; did you mean 'packs'?"),
    ("packs", "        lines: 5", "        lines: five", "'lines' must be a whole number"),
    ("packs", "        copies: each\n", "        copies: all\n", "'copies' is 'all'"),
    ("questions", "said: [review, members]", "said: [revew]", "'item 1' is 'revew'"),
    ("questions", "  - id: experiences\n    title", "  - id: experiences\n    titel", "'titel' is not a field"),
    ("questions", "questions:\n", "qestions:\n", "'qestions' is not a field"),
    ("themes", "- id: money\n", "- id: money\n  colour: red\n", "'colour' is not a field"),
    ("nations", "- id: wales\n", "- id: wales\n  colour: red\n", "'colour' is not a field"),
    ("glossary", "- id: tokenism\n", "- id: tokenism\n  colour: red\n", "'colour' is not a field"),
    ("comparison", "rows:\n", "rowz:\n", "'rowz' is not a field"),
    ("methods", "columns:\n", "colums:\n", "'colums' is not a field"),
    ("barriers", "groups:\n", "grops:\n", "'grops' is not a field"),
    ("network", "meetings:\n", "meetigs:\n", "'meetigs' is not a field"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), SHAPE, ids=range(len(SHAPE)))
def test_a_slip_is_told_with_nothing_that_only_follows(real: Path, name: str, old: str, new: str, message: str) -> None:
    told = said(real, f"data/{name}.yml", (old, new))
    assert told[0].startswith(f"data/{name}.yml:")
    assert message in told[0]
    assert [line for line in told if not line.startswith(told[0].partition(" ")[0])] == []


def test_a_slip_hides_no_other_in_the_same_file(real: Path) -> None:
    told = said(
        real,
        "data/packs.yml",
        ("    form: booklet\n", "    form: bookelt\n"),
        ("      - page: discuss/feedback.md\n", "      - page: discuss/fedback.md\n"),
        ("    word: Go on\n", "    word: Stop\n"),
    )
    assert [line.partition(": ")[2] for line in told] == [
        "'form' is 'bookelt' (in packs, item 1); it must be 'sheet', 'cards', 'booklet', 'kit' or 'book'",
        "there is no page 'discuss/fedback.md'; did you mean 'discuss/feedback.md'?",
        "word of card 'go' is 'Stop', as that of 'stop' in the same set; give each its own",
    ]


def test_a_slip_in_a_question_hides_no_slip_in_another(real: Path) -> None:
    told = said(
        real,
        "data/questions.yml",
        ("said: [review, members]", "said: [revew]"),
        ("    themes: [confidence-and-stigma]\n", "    themes: [confidence]\n"),
    )
    assert [line.partition(": ")[2] for line in told] == [
        "'item 1' is 'revew' (in suggestions, item 1, said); it must be 'review' or 'members'",
        "theme 'confidence' is not in data/themes.yml; did you mean 'confidence-and-stigma'?",
    ]


def test_pages_of_packs_that_cannot_be_read_are_not_called_missing(real: Path) -> None:
    """Search and moves lead to pages of papers, each made for a theme."""
    moved = real / "data/redirects.yml"
    search = real / "data/search.yml"
    kept = {file: file.read_text("utf-8") for file in (moved, search)}
    try:
        moved.write_text(
            kept[moved] + "old-kit/: discuss/packs/kit.md\nold-paper/: discuss/packs/theme-money.md\n", "utf-8"
        )
        search.write_text(
            kept[search]
            + "- {page: discuss/packs/kit.md, words: [the whole kit]}\n- {page: discuss/packs/kti.md, words: [a kit]}\n",
            "utf-8",
        )
        slips = [("    form: kit\n", "    form: kti\n"), ("    each: theme\n", "    each: them\n")]
        assert [line.partition(": ")[2].partition(" (")[0] for line in said(real, "data/packs.yml", *slips)] == [
            "'form' is 'kti'",
            "'each' is 'them'",
            "there is no page 'discuss/packs/kti.md'; did you mean 'discuss/packs/book.md'?",
        ]
    finally:
        for file, text in kept.items():
            file.write_text(text, "utf-8")
