"""What docs-dev/editing.md and editing-site.md tell an editor to write, done in a copy of the project: for its tests, and for its pictures (`make pictures`)."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from conftest import ROOT, run

GUIDES = (ROOT / "docs-dev/editing.md", ROOT / "docs-dev/editing-site.md")
PAGE = "docs/review/issue.md"
NOT_RELEASED = "## Not yet released\n"
# What a fresh checkout would not have.
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "node_modules", ".build", ".cache", "__pycache__", ".*_cache")
_BUILT = {"site", "dist", "releases"}  # beside mkdocs.yml; the engine has a room of the name `site`


def left_out(folder: str, names: list[str]) -> set[str]:
    """What a copy of a project leaves out, for `copytree`."""
    return _LEFT_OUT(folder, names) | (_BUILT & set(names) if "mkdocs.yml" in names else set())


def section(heading: str) -> str:
    """What stands below a heading of the guides, up to the next one; a line in a code block is no heading."""
    found: dict[str, list[str]] = {"": []}
    current, code = "", False
    for line in "".join(guide.read_text("utf-8") for guide in GUIDES).splitlines(keepends=True):
        code ^= line.startswith("```")
        if line.startswith("## ") and not code:
            current = line.removeprefix("## ").strip()
            found[current] = []
        else:
            found[current].append(line)
    return "".join(found[heading])


def block(language: str, heading: str, number: int = 0) -> str:
    """A code block of a language below a heading of the guides, by default the first."""
    found = re.findall(rf"^```{language}\n(.*?)^```", section(heading), re.S | re.M)
    assert len(found) > number, heading
    return str(found[number])


def anchor_of(heading: str) -> str:
    """The address of a heading as GitHub and GitLab make it: small letters, spaces as '-', other signs left out."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def copied(target: Path) -> Path:
    """The project as a fresh checkout would have it, before its first release, so that the number of the guide's example is free."""
    shutil.copytree(ROOT, target, ignore=left_out)
    file = target / "CHANGELOG.md"
    file.write_text(before_releases(file.read_text("utf-8")), "utf-8")
    return target


def before_releases(changes: str) -> str:
    """A list of changes without its released versions."""
    head, *versions = re.split(r"^(?=## )", changes, flags=re.M)
    empty = f"{NOT_RELEASED}\n### Content\n\n### Code\n"
    return head + next((one for one in versions if one.startswith(NOT_RELEASED) and "### Content\n" in one), empty)


def check(folder: Path) -> tuple[int, str]:
    """What `make check` returns and says."""
    result = run(sys.executable, "-m", "evidence_cli", "check", cwd=folder)
    return result.returncode, result.stderr


def append(file: Path, text: str) -> None:
    """Add text at the end of a file."""
    file.write_text(f"{file.read_text('utf-8').rstrip()}\n{text}", "utf-8")


def replace(file: Path, old: str, new: str) -> None:
    """Put text in the place of other text, which must stand there once."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, (file.name, old, text.count(old))
    file.write_text(text.replace(old, new), "utf-8")


# The tasks, each as the guide has it


def add_a_reference(folder: Path) -> None:
    append(folder / "bibliography.bib", "\n" + block("bibtex", "Add a reference"))


def cite_it(folder: Path) -> None:
    append(folder / PAGE, "\n" + block("markdown", "Cite it"))
    replace(folder / "bibliography.bib", "  uncited    = {No page cites it yet.},\n", "")


def change_a_cell(folder: Path) -> None:
    file = folder / "data/comparison.yml"
    text = file.read_text("utf-8")
    cell = re.compile(r"^( +)wales:\n((?:\1 +.*\n| *\n)+)", re.M).search(text, text.index("- id: law"))
    assert cell
    file.write_text(text[: cell.start()] + block("yaml", "Change a nation's cell") + text[cell.end() :], "utf-8")


def answer_a_comment(folder: Path) -> None:
    append(folder / "data/editorial.yml", "\n" + block("yaml", "Answer a comment"))
    append(folder / PAGE, "\n" + block("markdown", "Answer a comment"))


def add_a_theme(folder: Path) -> None:
    append(folder / "data/themes.yml", block("yaml", "Add a theme"))
    replace(folder / PAGE, '{ #a-new-section data-themes="money"', '{ #a-new-section data-themes="money a-new-theme"')


def say_which_page_people_mean(folder: Path) -> None:
    append(folder / "data/search.yml", block("yaml", "Say which page people mean"))


def add_a_question(folder: Path) -> None:
    append(folder / "data/questions.yml", block("yaml", "Add a question"))


def add_a_paper(folder: Path) -> None:
    replace(folder / "data/packs.yml", "\ncards:\n", f"\n{block('yaml', 'Add a paper for a meeting')}cards:\n")


def write_down_a_change(folder: Path) -> None:
    file = folder / "CHANGELOG.md"
    text = file.read_text("utf-8")
    content = re.compile(r"### Content\n\n?(?:[-* ] *\S.*\n)*").search(text, text.index(NOT_RELEASED))
    assert content
    there = content[0].rstrip() + ("\n" if "\n-" in content[0] else "\n\n")
    rest = text[content.end() :].lstrip("\n")
    file.write_text(f"{text[: content.start()]}{there}{block('text', 'Write down a change')}\n{rest}", "utf-8")


def release_a_version(folder: Path) -> None:
    replace(folder / "CHANGELOG.md", NOT_RELEASED, block("text", "Release a version"))


def move_a_page(folder: Path) -> str:
    """Also what `make check` says before the links, and what in the data points at the page, are mended."""
    found = re.match(r"\$ git mv (\S+) (\S+)\n", block("console", "Rename or delete a page"))
    assert found
    old, new = found.groups()
    (folder / old).rename(folder / new)
    replace(folder / "mkdocs.yml", old.removeprefix("docs/"), new.removeprefix("docs/"))
    _, said = first = check(folder)
    for _round in range(2):  # what stands in the data is told once the pages are mended
        for path in sorted(set(re.findall(r"^(\S+?):\d+: ", said, re.M))):
            file = folder / path
            file.write_text(file.read_text("utf-8").replace(Path(old).name, Path(new).name), "utf-8")
        _, said = check(folder)
    append(folder / "data/redirects.yml", block("yaml", "Rename or delete a page"))
    return first[1]


def add_to_menu(folder: Path, above: str, line: str) -> None:
    menu = (folder / "mkdocs.yml").read_text("utf-8")
    (before,) = re.findall(rf"^.*{re.escape(above)}\n", menu, re.M)
    replace(folder / "mkdocs.yml", before, before + line)


def add_a_page(folder: Path) -> None:
    (folder / "docs/review/a-new-page.md").write_text(block("markdown", "Add a page"), "utf-8")
    add_to_menu(folder, "Tokenism: review/tokenism.md", block("yaml", "Add a page"))


def add_a_picture(folder: Path) -> None:
    photos = folder / "docs/assets/photos"
    photos.mkdir()
    shutil.copy(ROOT / "docs-dev/pictures/moved.png", photos / "table.png")
    for number in (0, 1):
        append(folder / "docs/review/a-new-page.md", "\n" + block("markdown", "Add a picture", number))


def add_a_nation(folder: Path) -> None:
    append(folder / "data/nations.yml", block("yaml", "Add a nation"))
    (folder / "docs/nations/isle-of-man.md").write_text(block("markdown", "Add a nation"), "utf-8")
    add_to_menu(folder, "Northern Ireland: nations/northern-ireland.md", block("text", "Add a nation"))


def change_the_title(folder: Path) -> None:
    file = folder / "mkdocs.yml"
    text, number = re.subn(r"^site_name: .*\n", block("yaml", "Change the title"), file.read_text("utf-8"), flags=re.M)
    assert number == 1
    file.write_text(text, "utf-8")


def change_a_colour(folder: Path) -> None:
    (folder / "docs/assets/own.css").write_text(block("css", "Change a colour"), "utf-8")


def import_from_zotero(folder: Path) -> None:
    """What is copied by hand; then the same from a file, which has nothing new. A page cites it, so that no notice is left."""
    append(folder / "bibliography.bib", "\n" + block("bibtex", "Import from Zotero"))
    (folder / "library.bib").write_text(block("bibtex", "Import from Zotero"), "utf-8")
    before = (folder / "bibliography.bib").read_bytes()
    told = run(sys.executable, "-m", "evidence_cli", "import", "library.bib", "--yes", cwd=folder)
    assert told.returncode == 0, told.stderr
    assert (folder / "bibliography.bib").read_bytes() == before
    append(folder / "docs/review/a-new-page.md", "\nPeople are paid for their time [@ash_paying_2020].\n")


TASKS = (
    add_a_reference,
    cite_it,
    change_a_cell,
    answer_a_comment,
    add_a_theme,
    say_which_page_people_mean,
    add_a_question,
    add_a_paper,
    write_down_a_change,
    move_a_page,
    add_a_page,
    add_a_picture,
    add_a_nation,
    change_the_title,
    change_a_colour,
    import_from_zotero,
)
