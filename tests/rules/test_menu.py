"""mkdocs.yml and the menu in it: what MkDocs would refuse, or leave out in silence, is told by the check with its line; what it takes is let be."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.sources import Settings
from evidence_mkdocs.settings import Settings as MkDocsSettings
from made_up import PAGE, review, told

OTHER = PAGE.replace("Home", "Other").replace("[@good2020]", "only")
START = "site_name: A small site\nplugins: [search, bibtex]\n"
NOT_IN_NAV = "not_in_nav: |\n  /themes/*\n  /references/*\n"


def menu(root: Path, settings: str) -> list[str]:
    files = {"docs/review/index.md": PAGE, "docs/review/other.md": OTHER, "docs/a.pdf": "x", "mkdocs.yml": settings}
    return told(root, files)


@pytest.mark.parametrize(
    ("nav", "where", "right"),
    [
        (
            "nav:\n  - Home: index.md\n  - review/index.md\n",
            "docs/review/other.md:1",
            "add a line '- Other: review/other.md'",
        ),
        (
            "- review/othr.md\n",
            "mkdocs.yml:7",
            "menu: there is no page 'review/othr.md'; did you mean 'review/other.md'?",
        ),
        ("- Other: nowhere.md\n", "mkdocs.yml:7", "menu: there is no page 'nowhere.md'"),
        ("- Part:\n      - nowhere.md\n", "mkdocs.yml:8", "menu: there is no page 'nowhere.md'"),
        (
            "- Audit: audit/index.md\n",
            "mkdocs.yml:7",
            "there is no page 'audit/index.md'; it is made from data/editorial.yml, which has nothing for it",
        ),
        ("- Part: review/\n", "mkdocs.yml:7", "did you mean 'review/index.md'?"),
        ("- Part: review\n", "mkdocs.yml:7", "did you mean 'review/index.md'?"),
        ("- Part: /review/other.md\n", "mkdocs.yml:7", "did you mean 'review/other.md'?"),
        ("- Part: review/other.md#a\n", "mkdocs.yml:7", "did you mean 'review/other.md'?"),
        ("- A file: a.pdf\n", "mkdocs.yml:7", "it leads to pages only, and this is 'a.pdf'"),
        ("- Part:review/other.md\n", "mkdocs.yml:7", "write a space after the colon"),
        ("- Part:\n", "mkdocs.yml:7", "leads to no page"),
        ("-\n", "mkdocs.yml:7", "leads to no page"),
        ("- A: index.md\n    B: index.md\n", "mkdocs.yml:7", "begin each line with '- '"),
        ("- Part:\n      A: index.md\n", "mkdocs.yml:7", "begin each line with '- '"),
        ("- [index.md]\n", "mkdocs.yml:7", "leads to no page"),
        ("nav: index.md\n", "mkdocs.yml:3", "'nav' must be a list"),
        ("nav:\n  Home: index.md\n", "mkdocs.yml:3", "'nav' must be a list"),
        ("- A: index.md\nnav:\n  - index.md\n", "mkdocs.yml:8", "'nav' stands here a second time"),
    ],
)
def test_a_menu_that_cannot_be_is_told(tmp_path: Path, nav: str, where: str, right: str) -> None:
    whole = "nav:\n  - Home: index.md\n  - review/index.md\n  - Other: review/other.md\n  "
    found = menu(tmp_path, START + (nav if nav.startswith("nav") else whole + nav))
    assert any(message.startswith(f"{where}: ") and right in message for message in found), found


@pytest.mark.parametrize(
    ("text", "line", "right"),
    [
        ("site_name: [A\nplugins: [bibtex]\n", 2, "this cannot be read: "),
        ("site_name: A\n\tplugins: [bibtex]\n", 2, "a tab stands at the beginning of this line"),
        ("site_name: A: B\nplugins: [bibtex]\n", 1, "put the text in quotation marks"),
        (f"{START}<<<<<<< HEAD\nnav:\n=======\nnav: []\n>>>>>>> other\n", 3, "a merge has left two versions here"),
        ("- site_name: A\n", 1, "this file must be a group of 'name: value' lines"),
        ("word\n", 1, "this file must be a group of 'name: value' lines"),
        ("", 1, "this file is empty"),
    ],
)
def test_settings_that_cannot_be_read_are_told_alone(tmp_path: Path, text: str, line: int, right: str) -> None:
    found = told(tmp_path, {"mkdocs.yml": text, "docs/index.md": f"{PAGE}[@nobody2020]\n"})
    assert len(found) == 1
    assert found[0].startswith(f"mkdocs.yml:{line}: ")
    assert right in found[0]


@pytest.mark.parametrize(
    ("text", "line", "right"),
    [
        (f"{START}site_descripton: A\n", 3, "did you mean 'site_description'?"),
        (f"{START}extra:\n  evidence:\n    frames: true\n", 5, "did you mean 'frame'?"),
        ("plugins: [bibtex]\n", 1, "'site_name' is missing"),
        ("site_name: A\nplugins:\n  - search\n", 2, "the plugin 'bibtex' is missing"),
        ("site_name: A\n", 1, "the plugin 'bibtex' is missing"),
    ],
)
def test_settings_that_would_stop_a_build_are_told(tmp_path: Path, text: str, line: int, right: str) -> None:
    found = told(tmp_path, {"mkdocs.yml": text})
    assert len(found) == 1
    assert found[0].startswith(f"mkdocs.yml:{line}: ")
    assert right in found[0]


@pytest.mark.parametrize(
    "settings",
    [
        START,
        f"{START}nav: []\n",
        f"{START}{NOT_IN_NAV}nav:\n  - Home: index.md\n  - Part:\n      - review/index.md\n      - Other: review/other.md\n"
        "  - Themes: themes/index.md\n  - A theme: themes/soil.md\n  - A work: references/good2020.md\n"
        "  - A site: https://example.org/\n  - Mail: mailto:a@example.org\n",
        f"{START}not_in_nav: |\n  # these\n  /review/*\nnav: [index.md]\n",
        f"{START}not_in_nav: |\n  *.md\n  !/index.md\nnav: [index.md]\n",
        f"{START}not_in_nav: review/\nnav: [index.md]\n",
        f"{START}extra: {{evidence: {{frame: true, offline: !ENV [OFFLINE, false]}}}}\n",
        "site_name: A\nplugins:\n  - search\n  - bibtex: {bib_file: bibliography.bib}\n",
        "site_name: &name A\nsite_description: *name\nplugins: {bibtex: {}}\nextra: {a: ~}\n",
        "INHERIT: base.yml\n",
    ],
)
def test_settings_that_mkdocs_takes_are_let_be(tmp_path: Path, settings: str) -> None:
    assert menu(tmp_path, settings) == []


def test_words_of_the_menu_that_are_no_title_are_noticed(tmp_path: Path) -> None:
    settings = (
        f"{START}nav:\n  - Start: index.md\n  - Part:\n      - review/index.md\n      - Another: review/other.md\n"
        f"      - “Other”: review/third.md\n      - review/fourth.md\n"
    )
    pages = {f"docs/review/{name}.md": OTHER for name in ("index", "other", "third", "fourth")}
    found = review(tmp_path, {"mkdocs.yml": settings, **pages})
    assert [str(notice) for notice in found.notices if "the menu" in notice.message] == [
        "mkdocs.yml:6: notice: the menu calls this page 'Part', its title is 'Other'; use one for both",
        "mkdocs.yml:7: notice: the menu calls this page 'Another', its title is 'Other'; use one for both",
    ]


def test_what_the_preview_looks_at_is_there(tmp_path: Path) -> None:
    found = menu(tmp_path, f"{START}watch:\n  - data\n  - CHANGELOG.md\n")
    assert found == [
        "mkdocs.yml:{}: 'CHANGELOG.md' (in watch) is not there; put it back, or take this line out".format(
            START.count("\n") + 3
        )
    ]


def test_pages_lie_where_the_settings_say_and_some_are_left_out(tmp_path: Path) -> None:
    settings = f"{START}docs_dir: pages\nexclude_docs: |\n  drafts/\n"
    text = f"{PAGE}[words](drafts/a.md)\n"
    found = told(tmp_path, {"mkdocs.yml": settings, "pages/index.md": text, "pages/drafts/a.md": "No page."})
    assert found == [f"pages/index.md:{PAGE.count(chr(10)) + 1}: link to 'drafts/a.md': there is no page 'drafts/a.md'"]


def test_patterns_pick_what_git_would() -> None:
    for pattern, fits, fits_not in (
        ("/themes/*", "themes/a.md", "a/themes/b.md"),
        ("*.md", "a/b.md", "a/b.txt"),
        ("drafts/", "a/drafts/b.md", "drafts.md"),
        ("a/**/b.md", "a/x/y/b.md", "x/a/b.md"),
        ("a?.md", "x/ab.md", "a/b.md"),
    ):
        settings = Settings(outside=(pattern,))
        assert settings.is_outside_menu(fits), pattern
        assert not settings.is_outside_menu(fits_not), pattern


def test_the_settings_of_the_engine_are_those_that_it_reads() -> None:
    from evidence.sources.settings import OWN  # noqa: PLC0415

    assert {name for name, _ in MkDocsSettings._schema} == set(OWN)
