"""Hostile text that is no mistake: it is built, and the pages show it as it was written, with nothing in them that runs, loads or leads astray."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import html

from conftest import ROOT, mkdocs_build
from evidence.references.bibtex import latex
from evidence.text import escape
from hostile.bibliographies import MEMBERS
from hostile.cases import SITE, encodings

TEXT = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> {{ config }} {% include 'x' %} {# x #} ![i](x) *s* _e_ `c` ~~d~~ & &lt;b&gt; ]]> --> </title></head> "
    "\" ' onmouseover=alert(3) | a^b^ $x$ :smile: <!-- evidence: compare --> </script> \\ ==m== ++i++ [[x]] [^1] @odd # 1. </textarea> %3Cb%3E"
)
# In a bibliography an address may be in any text; in data files such a link is refused.
WORK = f"{TEXT} [m](javascript:alert(4)) [r]: data:text/html,x <javascript:alert(5)>"
# What Markdown of data files may hold.
WORDS = (
    "{{ config }} {% include 'x' %} {# x #} & &lt;b&gt; &lt;script&gt;alert(1)&lt;/script&gt; \" ' onmouseover=alert(3)"
)
SHOWN = "{{ config }} {% include 'x' %} {# x #} & <b> <script>alert(1)</script> \" ' onmouseover=alert(3)"
SCRIPT = re.compile(r"[\x00-\x20]*(?:javascript|vbscript|data):", re.I)


def quoted(text: str) -> str:
    """A string of JSON is one of YAML."""
    return json.dumps(text, ensure_ascii=False)


def files() -> Iterator[tuple[str, str]]:
    """The review's files with hostile text in every field that shows text."""
    fields = (
        "title",
        "journal",
        "publisher",
        "note",
        "editornote",
        "verified",
        "shorttitle",
        "volume",
        "number",
        "pages",
        "edition",
        "series",
        "address",
        "type",
    )
    lines = "".join(f"  {name} = {{{latex(WORK)}}},\n" for name in fields)
    people = f"  author = {{{{{latex(WORK)}}} and {{{latex('Odd <b>x</b>')}}}, Ann}},\n"
    members = MEMBERS.replace("uncited = {Odd.}", f"uncited = {{{latex(WORK)}}}")
    url = "https://www.example.org/\"'><script>alert(6)</script>?a=b&c={{d}}[e]()|`f`"
    entry = f"@article{{odd2020,\n{people}{lines}  year = {{n.d.}},\n  url = {{{url.replace('{', '').replace('}', '')}}},\n  doi = {{10.1234/a'b()[];&<c}},\n  {members}\n}}\n"
    yield (
        "bibliography.bib",
        entry.replace("&<c", "&c")
        + (SITE / "bibliography.bib").read_text("utf-8").replace("counted plants", "counted plants"),
    )
    yield "data/nations.yml", f"- {{id: NO, name: {quoted('Norway ' + TEXT)}}}\n- {{id: se, name: Sweden}}\n"
    yield (
        "data/kinds.yml",
        f"- {{id: study, name: {quoted(TEXT)}, meaning: {quoted(TEXT)}}}\n- {{id: plan, name: Plan, meaning: A plan.}}\n",
    )
    yield (
        "data/sources.yml",
        f"- {{id: report, name: {quoted(TEXT)}, title: {quoted(TEXT)}, author: {quoted(TEXT)}, date: '2021'}}\n- {{id: talk, name: Talk, title: Talk, author: A. Writer, date: '2022'}}\n",
    )
    yield (
        "data/themes.yml",
        f"- {{id: bees, title: {quoted(TEXT)}, origin: review, summary: {quoted(WORDS)}, search: [{quoted(TEXT)}]}}\n- {{id: sight-lines, title: Sight, origin: review, summary: Sight.}}\n",
    )
    yield (
        "data/glossary.yml",
        f"- {{id: odd, term: {quoted(TEXT)}, meaning: {quoted(TEXT)}}}\n- {{id: crews, term: Crews, meaning: {quoted(TEXT)}}}\n",
    )
    yield (
        "data/publisher.yml",
        f"name: {quoted(TEXT)}\ncontact: odd@www.example.org\nsite_address: https://www.example.org/\n",
    )
    # Each page has names of its own, and but for the home page that of its first heading; their words may stand among other signs.
    for name, title, text in (("index", 'Odd <b>&lt;"', TEXT), ("barriers", 'What <b>&lt;"', f"{TEXT} Barriers.")):
        page = (SITE / f"docs/{name}.md").read_text("utf-8").replace("# What stops councils", "# What b lt", 1)
        yield (
            f"docs/{name}.md",
            re.sub(
                r"(?m)^title: .*\ndescription: .*$",
                lambda _, n=title, t=text: f"title: {quoted(n)}\ndescription: {quoted(t)}",
                page,
                count=1,
            ),
        )
    yield "CHANGELOG.md", f"# Changes\n\n## 1.0.0 - 2026-11-22\n\n### Content\n\n- {TEXT} (index.md).\n"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The small review as it is, and with hostile text, each built."""
    made = []
    for name in ("plain", "hostile"):
        root = tmp_path_factory.mktemp(name)
        copy = root / "a/b/meadow"
        shutil.copytree(SITE, copy, ignore=shutil.ignore_patterns(".cache"))
        (root / "hooks").symlink_to(ROOT / "hooks")
        for file, text in files() if name == "hostile" else ():
            (copy / file).write_text(text, "utf-8")
        config = copy / "mkdocs.yml"
        nav = (
            config.read_text("utf-8").replace("  - References: ref", "  - Glossary: glossary.md\n  - References: ref")
            if name == "hostile"
            else config.read_text("utf-8")
        )
        config.write_text(nav, "utf-8")
        result = mkdocs_build(config, copy / "site")
        assert result.returncode == 0, result.stderr[-3000:]
        assert "Traceback" not in result.stderr
        made.append(copy / "site")
    return made[0], made[1]


def trees(folder: Path) -> dict[str, html.HtmlElement]:
    return {file.relative_to(folder).as_posix(): html.fromstring(file.read_bytes()) for file in folder.rglob("*.html")}


def test_nothing_in_the_pages_runs_loads_or_leads_astray(folders: tuple[Path, Path]) -> None:
    plain = list(trees(folders[0]).values())
    scripts = {
        (script.get("src", "").rpartition("/")[2], script.get("type", ""))
        for tree in plain
        for script in tree.iter("script")
    }
    elements = {element.tag for tree in plain for element in tree.iter(html.etree.Element)} | {
        "dl",
        "dt",
        "dd",
        "abbr",
        "details",
        "summary",
    }
    hostile = trees(folders[1])
    assert len(hostile) > 10
    for name, tree in hostile.items():
        for element in tree.iter(html.etree.Element):
            assert element.tag in elements, (name, element.tag)
            assert not [
                attribute for attribute in element.attrib if attribute.startswith("on") or attribute == "style"
            ], name
            for attribute in ("href", "src", "action", "formaction"):
                assert not SCRIPT.match(element.get(attribute) or ""), (name, element.get(attribute))
        for script in tree.iter("script"):
            assert (script.get("src", "").rpartition("/")[2], script.get("type", "")) in scripts, (name, script.text)
            assert "alert(" not in (script.text or "") or script.get("type") in (
                "application/ld+json",
                "application/json",
            ), name
            if "json" in script.get("type", ""):
                json.loads(script.text or "")
        # A tag that text opens would swallow what comes after it.
        assert Counter(element.tag for element in tree.iter("h1", "main", "footer")) == {
            "h1": 1,
            "main": 1,
            "footer": 1,
        }, name


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("references/odd2020/index.html", WORK),
        ("references/index.html", WORK),
        ("themes/bees/index.html", TEXT),
        ("themes/bees/index.html", SHOWN),
        ("themes/index.html", TEXT),
        ("compare/index.html", TEXT),
        ("glossary/index.html", TEXT),
    ],
)
def test_a_page_shows_the_text_as_it_was_written(folders: tuple[Path, Path], page: str, text: str) -> None:
    shown = " ".join(html.fromstring((folders[1] / page).read_bytes()).text_content().split())
    wanted = escape.clean(text)
    quotes = str.maketrans("“”‘’`", "\"\"'''")  # the style sheets of citations choose the marks of quotation
    assert wanted in shown or wanted.translate(quotes) in shown.translate(quotes)


def test_the_title_and_description_of_a_page_are_text(folders: tuple[Path, Path]) -> None:
    tree = html.fromstring((folders[1] / "index.html").read_bytes())
    assert tree.findtext(".//title").startswith('Odd <b>&lt;"')
    assert tree.xpath("string(//meta[@name='description']/@content)") == TEXT


def test_files_for_programs_are_whole(folders: tuple[Path, Path]) -> None:
    for file in folders[1].rglob("*.json"):
        json.loads(file.read_text("utf-8"))
    for file in [*folders[1].rglob("*.xml"), *folders[1].rglob("*.svg")]:
        ElementTree.parse(file)
    for file in folders[1].rglob("*.csv"):
        for line in file.read_text("utf-8-sig").splitlines():
            assert not re.match(r"[=+@\t]", line), (file, line[:80])


@pytest.mark.parametrize("word", ["NO", "true", "2026-11-22", "0x1F", "012"])
def test_words_of_front_matter_stay_words(tmp_path: Path, word: str) -> None:
    """MkDocs reads NO as false: the page would then have no title of its own."""
    copy = tmp_path / "a/b/meadow"
    shutil.copytree(SITE, copy, ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    page = copy / "docs/barriers.md"
    named = page.read_text("utf-8").replace("title: What stops councils", f"title: {word}")
    page.write_text(named.replace("# What stops councils", f"# {word}", 1), "utf-8")
    if word != "NO":  # one build shows it for the engine and MkDocs together; the others are quicker
        from evidence.site.loading import load  # noqa: PLC0415

        assert load(copy).title_of("barriers.md") == word
        return
    result = mkdocs_build(copy / "mkdocs.yml", copy / "site")
    assert result.returncode == 0, result.stderr
    assert html.fromstring((copy / "site/barriers/index.html").read_bytes()).findtext(".//title").startswith(word)


KINDS = [case for case in encodings() if case.problems and case.id.endswith(("utf-16-with-bom", "latin-1", "nul"))]


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case.id)
def test_a_build_with_hostile_input_leaves_the_site_as_it_was(case: object, tmp_path: Path) -> None:
    from hostile.cases import Case  # noqa: PLC0415

    assert isinstance(case, Case)
    copy = tmp_path / "a/b/meadow"
    shutil.copytree(SITE, copy, ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    (copy / "site/x").mkdir(parents=True)
    (copy / "site/x/index.html").write_text("of yesterday", "utf-8")
    case.write(copy)
    result = mkdocs_build(copy / "mkdocs.yml", copy / "site")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert case.problems[0] in result.stderr
    assert [
        (f.relative_to(copy).as_posix(), f.read_text("utf-8")) for f in (copy / "site").rglob("*") if f.is_file()
    ] == [("site/x/index.html", "of yesterday")]
