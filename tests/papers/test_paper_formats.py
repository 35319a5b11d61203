"""A format of papers is one record: one that is made up is made, linked, kept, checked and served as the others are; and checking makes none."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import run
from evidence.model.site_data import Pack
from evidence.output import typesetting
from evidence.papers import pack_pages
from evidence.papers.files import PaperFile, make_files
from evidence.papers.formats import PAPER_FORMATS, PaperFormat
from evidence.papers.packs import PaperError, all_packs
from evidence.papers.paper import Paper
from evidence_publish.host_files import Rules
from evidence_publish.server_rules import apache, nginx
from made_up import PAGE
from made_up_packs import packs, site, two
from paper_files import REAL

BRAILLE = "application/x-braille"
DIRECTIVE = {"docs__index_md": PAGE + "<!-- evidence: packs -->\n"}


def _wanted(pack: Pack) -> bool:
    return pack.id != "other"


def _make(paper: Paper, site_address: str) -> bytes:
    if "Why soil?" not in paper.markdown:
        raise PaperError("there is nothing to emboss")
    return f"{paper.pack.title} {paper.date} {site_address}".encode().ljust(2600, b".")


@pytest.fixture
def braille(monkeypatch: pytest.MonkeyPatch) -> PaperFormat:
    """A format that all packs but one have: three pages, 3 KB."""
    made_up = PaperFormat(
        "braille", "-braille.brf", "Braille file, BRF", BRAILLE, _wanted, _make, pages=lambda content: 3
    )
    monkeypatch.setitem(PAPER_FORMATS, made_up.id, made_up)
    return made_up


def test_a_new_format_is_made_linked_and_kept_by_its_record_alone(tmp_path: Path, braille: PaperFormat) -> None:
    third = packs("questions: [why]", cards="", name="third")
    found = site(tmp_path, third + two("", "").removeprefix("packs:\n"), **DIRECTIVE)
    assert found.problems == ()
    outputs = {output.uri: output.content for output in found.outputs()}
    listed = found.resolved("index.md").markdown()
    for pack in all_packs(found.review).values():
        uri = f"discuss/packs/{pack.id}-braille.brf"
        said = f"{braille.name}, 3 pages, 3 KB"
        listed_link = f'[{said}]({uri}){{ aria-label="{said}: {pack.title}" }}'
        page = str(outputs[f"discuss/packs/{pack.id}.md"])
        assert (uri in outputs) == _wanted(pack)
        assert (listed_link in listed) == _wanted(pack)
        assert (listed_link.replace("discuss/packs/", "") in page) == _wanted(pack)
    assert bytes(outputs["discuss/packs/sheet-braille.brf"]).startswith(b"Our sheet")
    assert len(list((tmp_path / ".cache/papers").iterdir())) == 3 * 2 + 2


def _never(*_args: object) -> bytes:
    raise PaperError("it was made again")


@pytest.fixture
def no_makers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Formats that cannot make a file, once the real papers are made."""
    assert REAL.papers.files
    for kind in PAPER_FORMATS.values():
        monkeypatch.setitem(PAPER_FORMATS, kind.id, replace(kind, make=_never))


@pytest.mark.usefixtures("no_makers")
def test_nothing_is_made_again_where_nothing_has_changed() -> None:
    papers = REAL.papers
    assert make_files(papers.all, papers.site_address, papers.cache) == papers.files
    first = papers.all[0]
    with pytest.raises(PaperError, match="it was made again"):
        make_files((replace(first, date="1999-01-01"),), papers.site_address, papers.cache / "other")


def test_two_files_with_one_address_are_told_for_any_format(
    tmp_path: Path, braille: PaperFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PAPER_FORMATS, "braille", replace(braille, suffix="-easy.pdf"))
    found = site(tmp_path, two("", "").replace("id: other", "id: sheet-easy"))
    told = "pack 'sheet-easy' has a file 'discuss/packs/sheet-easy.pdf', and so has 'sheet'; rename one"
    assert [problem.message for problem in found.problems] == [told]


@pytest.mark.usefixtures("braille")
def test_a_paper_that_a_new_format_cannot_show_is_told(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match=r"data/packs\.yml:2: pack 'cards' cannot be set as a paper: there is nothing"):
        _ = site(tmp_path, packs("cards: [all]", name="cards")).papers.files


@pytest.mark.usefixtures("braille")
def test_servers_are_told_its_media_type() -> None:
    assert f"AddType {BRAILLE} .brf\n" in apache(Rules((), ()))
    assert f"    {BRAILLE} brf;\n" in nginx(Rules((), ()))


def test_checking_loads_nothing_that_makes_papers() -> None:
    code = (
        "import sys; from pathlib import Path; from evidence.site.loading import load; assert not load(Path('.')).problems;"
        "print(*sorted(name for name in ('typst', 'segno', 'pypandoc', 'font_source_sans_pro') if name in sys.modules))"
    )
    ran = run(sys.executable, "-c", code)
    assert (ran.returncode, ran.stdout.strip()) == (0, ""), ran.stderr


def test_what_typst_remembers_is_let_go_where_papers_have_changed_while_a_site_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would take hundreds of MB more after each change of a page that stands in a book."""
    old, new = ({"a.pdf": PaperFile("a.pdf", content)} for content in (b"old", b"new"))
    results, forgotten = iter((old, old, new)), []
    monkeypatch.setattr(pack_pages, "make_files", lambda *_: next(results))
    papers = pack_pages.Papers((), "", tmp_path)
    monkeypatch.setattr(typesetting, "forget", lambda: forgotten.append(True))
    assert (papers.files, papers.files_anew(), forgotten) == (old, old, [])
    assert (papers.files_anew(), forgotten) == (new, [True])
    monkeypatch.undo()
    typesetting.forget()
    assert typesetting.typeset(b"Words", {}).startswith(b"%PDF")
