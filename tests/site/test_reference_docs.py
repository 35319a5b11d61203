"""What editors can write into a page is told by the registries that hold it, and a directive is one record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from evidence.bibliography.entries import OWN_FIELDS
from evidence.crosslinks.passages import Context, DirectiveKind, Passage
from evidence.directives import kinds
from evidence.model.vocabulary import DATA_MARKS
from evidence.rules.pages import FRONT
from evidence.site import reference_docs
from evidence.site.directives import all_directives
from evidence.site.loading import load

PAGE = "---\ntitle: Home\ndescription: A page.\n---\n\n# Home\n\n<!-- evidence: {} -->\n"


@pytest.mark.parametrize("name", sorted(reference_docs.FILES))
def test_the_documents_are_what_the_registries_say(name: str) -> None:
    """To write them anew: make docs"""
    assert (ROOT / name).read_text("utf-8") == reference_docs.FILES[name]()


def test_every_directive_field_and_mark_is_told() -> None:
    told = reference_docs.directives_page()
    for kind in all_directives().values():
        assert f"`{kind.name}`" in told
        assert kind.takes
        assert kind.gives
    fields = reference_docs.fields_page()
    assert {name for name in (*OWN_FIELDS, *DATA_MARKS, *FRONT) if f"| `{name}` |" not in fields} == set()


def _greeting(context: Context, wanted: tuple[str, ...]) -> Iterator[Passage]:
    yield context.passage(f"\n\nGood day, {' '.join(wanted)}.\n\n")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small review, and a directive that is made up."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "bibliography.bib").write_text("")
    kind = DirectiveKind("greeting", _greeting, takes="names", gives="a good day", examples=("Ann",))
    monkeypatch.setitem(kinds.DIRECTIVES, kind.name, kind)
    return tmp_path


def test_a_made_up_directive_works_in_a_page_and_is_told(small: Path) -> None:
    (small / "docs/index.md").write_text(PAGE.format("greeting Ann"))
    site = load(small)
    assert site.problems == ()
    assert "Good day, Ann." in site.resolved("index.md").markdown()
    assert "| `greeting` | names | a good day | `<!-- evidence: greeting Ann -->` |" in reference_docs.directives_page()


def test_a_made_up_directive_is_suggested_when_misspelt(small: Path) -> None:
    (small / "docs/index.md").write_text(PAGE.format("greating Ann"))
    assert [str(problem) for problem in load(small).problems] == [
        "docs/index.md:8: marker 'greating' is unknown; did you mean 'greeting'?"
    ]
