"""What a proposed change changes for readers: pages told by their own text, and a copy of the site that opens from a folder."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from conftest import run
from evidence_publish.changed import LIST, Changed, as_html, as_markdown, compare

# Stands in the place of MkDocs: a site whose page `a` holds the words of the file `text`, and which has a copy for reading offline.
STUB = """
import sys, zipfile
from pathlib import Path
site = Path(sys.argv[sys.argv.index("--site-dir") + 1])
site.mkdir(parents=True)
text = Path("text").read_text()
if text == "wrong":
    sys.exit("docs/a.md:3: this is wrong")
page = "<title>{0} - A site</title><nav>{1}</nav><article>{0} {1}</article>".format("A", text)
(site / "a.html").write_text(page)
(site / "index.html").write_text("<title>Home</title><article>Home</article>")
with zipfile.ZipFile(site / "site-offline.zip", "w") as packed:
    for name in ("a.html", "index.html"):
        packed.write(site / name, "site-offline/" + name)
"""


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def page(title: str, text: str, menu: str = "menu") -> str:
    return f"<title>{title} - A site</title><nav>{menu}</nav><article>{text}</article><footer>{menu}</footer>"


def test_pages_are_told_by_their_own_text(tmp_path: Path) -> None:
    before = write(
        tmp_path / "before",
        {
            "index.html": page("Home", "Hay"),
            "a/index.html": page("A", "One"),
            "b/index.html": page("B", "Two <a>(PDF, 41 KB)</a>"),
            "c/index.html": page("C", "Three"),
            "papers/x.pdf": "1",
            "search/words/a.js": "1",
        },
    )
    now = write(
        tmp_path / "now",
        {
            "index.html": page("Home", "Hay"),
            "a/index.html": page("A &amp; A", "Other", menu="another"),
            "b/index.html": page("B", "Two <a>(PDF, 1.2 MB)</a>", menu="another"),
            "d/index.html": page("D", "Four"),
            "papers/x.pdf": "2",
            "search/words/a.js": "2",
            "site-offline.zip": "",
        },
    )
    assert compare(before, now) == Changed(
        new=(("d/index.html", "D"),),
        changed=(("a/index.html", "A & A"),),
        gone=(("c/index.html", "C"),),
        frames=1,
        files=(("pdf", 1),),
    )
    assert compare(now, now) == Changed()


def test_the_list_is_the_same_in_both_forms_and_hostile_titles_stay_text() -> None:
    found = Changed(
        new=(("d/index.html", "<b>D</b> [x](http://a)"),),
        changed=tuple((f"{n}/index.html", f"Page {n}") for n in range(70)),
        gone=(("c/index.html", "C"),),
        frames=3,
    )
    summary, listed = as_markdown(found, copy=True), as_html(found)
    for words in ("1 page is new:", "70 pages are changed:", "1 page is gone:", "In 3 other pages only the menu"):
        assert words in summary
        assert words in listed
    assert "- and 10 more" in summary
    assert "<b>" not in summary.replace("\\<b", "")
    assert "[x](" not in summary
    assert '<a href="d/index.html">&lt;b&gt;D' in listed
    assert 'href="c/' not in listed, "a page that is gone has nothing to lead to"
    assert f"open `{LIST}`" in summary
    assert "The text of every page is as it was." in as_markdown(Changed(), copy=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = write(
        tmp_path / "project", {"hooks/mkdocs.py": STUB, "text": "first", ".gitignore": ".build\n.cache\ndist\n"}
    )
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "One")):
        assert run("git", "-c", "user.name=Ann", "-c", "user.email=ann@a.example", *command, cwd=folder).returncode == 0
    return folder


def changed(folder: Path, *more: str) -> tuple[int, str, str]:
    told = run(sys.executable, "-m", "evidence_cli", "changed", *more, cwd=folder)
    return told.returncode, told.stdout, told.stderr


def test_the_site_is_held_against_a_commit_and_can_be_looked_at(project: Path) -> None:
    (project / "text").write_text("second")
    code, said, errors = changed(project, "HEAD", "--copy", "dist/changed")
    assert code == 0, errors
    assert "1 page is changed:\n\n- A: `a.html`\n" in said
    copy = project / "dist/changed"
    assert {file.name for file in copy.iterdir()} == {"a.html", "index.html", LIST}
    assert "second" in (copy / "a.html").read_text()
    assert run("git", "worktree", "list", cwd=project).stdout.count("\n") == 1
    assert run("git", "status", "--porcelain", cwd=project).stdout == " M text\n"
    assert changed(project, "HEAD", "--copy", "dist/changed")[0] == 0, "a second time it takes the place of the first"


def test_what_stands_in_the_way_is_said(project: Path) -> None:
    for name in ("v9.9.9", "--lock", "HEAD:text", ""):
        code, _, errors = changed(project, "--", name)
        said = f"there is no commit {name!r} here; name one, as in: make changed AGAINST=HEAD\n"
        assert (code, errors) == (1, said)
    assert not (project / ".build/now-site").exists(), "told before anything is built"
    (project / "mine").mkdir()
    code, _, errors = changed(project, "HEAD", "--copy", "mine")
    assert (code, errors.strip()) == (1, "mine is there already; name a folder that is not")
    (project / "mine" / LIST).write_text("")
    (project / "link").symlink_to("mine")
    assert changed(project, "HEAD", "--copy", "link")[2] == "link is there already; name a folder that is not\n"
    (project / "text").write_text("wrong")
    code, said, errors = changed(project, "HEAD")
    assert (code, said) == (1, "")
    assert errors == "docs/a.md:3: this is wrong\nthe site cannot be built; what is wrong stands above\n"


def test_without_git_it_is_said_in_a_line(project: Path) -> None:
    shutil.rmtree(project / ".git")
    code, _, errors = changed(project, "HEAD")
    assert code == 1
    assert errors.startswith("git does not know this folder, so there is no site to hold this one against (fatal: ")
    told = run(sys.executable, "-m", "evidence_cli", "changed", "HEAD", cwd=project, PATH=str(project))
    assert told.returncode == 1
    assert told.stderr == "there is no program git here, which knows the site as it was before\n"
