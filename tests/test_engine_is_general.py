"""The engine knows no site generator and no topic: another engine or another review can use it as it is."""

from __future__ import annotations

import re
import sys

import pytest

from conftest import ROOT, run
from evidence.references.labels import labels
from evidence.sources.read import read

ENGINE = sorted((ROOT / "hooks/evidence").rglob("*.py"))
# All that ships with the engine: its templates and style sheets speak to readers as well.
SHIPPED = sorted(file for file in (ROOT / "hooks/evidence").rglob("*") if file.is_file() and file.suffix != ".pyc")
WITHOUT_MKDOCS = """
import importlib, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0].startswith("mkdocs") or name.partition(".")[0] == "material":
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
for name in sys.argv[1:]:
    importlib.import_module(name)
print(len(sys.argv[1:]), any(name.startswith("mkdocs") for name in sys.modules))
"""
# The subject of this review, which stands in no one field of its data.
SUBJECT = {"co-production", "coproduction", "involvement", "involving", "ladder", "commissioning", "IMPACT", "tokenism"}


def own_words() -> list[str]:
    """What only this review speaks of: its subject, nations, themes, meetings, co-ordinators, examples, notes and sources."""
    review = read(ROOT).review
    assert review.network is not None
    names = [
        *(nation.name for nation in review.nations.values()),
        *(theme.title for theme in review.themes.values()),
        *(person.name for person in review.network.coordinators),
        *(meeting.title for meeting in review.network.meetings),
        *(example.name for example in review.examples),
        *(source.title for source in review.sources.values()),
        *(row.title for row in (review.comparison.rows if review.comparison else ())),
        *(barrier.title for barrier in review.barriers.barriers),
        *(label.author for label in labels(review).values()),
    ]
    ids = [*review.nations, *review.themes, *review.references, *review.untraced, *review.notes]
    # One lower-case word, such as the theme 'Money', is everyone's; so is a family name that is a word, such as 'Fox'.
    return sorted(
        SUBJECT
        | {name for name in names if " " in name}
        | set(review.nations)
        | {i for i in ids if NOT_A_WORD.search(i)}
    )


NOT_A_WORD = re.compile(r"[-0-9]")


def test_every_module_works_without_mkdocs() -> None:
    names = [
        ".".join(file.relative_to(ROOT / "hooks").with_suffix("").parts)
        for file in ENGINE
        if not file.stem.startswith("__")
    ]
    assert len(names) >= 70
    result = run(sys.executable, "-c", WITHOUT_MKDOCS, *names, "evidence.__main__")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"{len(names) + 1} False\n"


@pytest.mark.parametrize("word", own_words())
def test_no_file_of_the_engine_speaks_of_this_review(word: str) -> None:
    found = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])", 0 if word.isupper() else re.I)
    spoken = [
        f"{file.name}:{number}: {line.strip()}"
        for file in SHIPPED
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if found.search(line)
    ]
    assert spoken == []


def test_all_of_the_engine_is_looked_at() -> None:
    """A move of files must not leave these tests looking at a part of them."""
    assert len(ENGINE) >= 75
    assert {".py", ".typ", ".css"} <= {file.suffix for file in SHIPPED}
