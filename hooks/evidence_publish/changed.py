"""What a proposed change changes for readers: the pages of the site as it is in this folder, held against those of an earlier commit.

Both are built, so a page that changes because of a line in the data, or a source, is named like one whose own text was changed. Beside the list, for whoever
works on the web and has no terminal, comes a copy of the site that opens from a folder, with the same list as its first page.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence.directives import publisher
from evidence.text import escape
from evidence.text.words import counted
from evidence_publish.release import ArchiveError, checked_out, tools_of

LIST = "what-changed.html"
_CACHE = ".cache"
_SHOWN = 60
_TEXT = re.compile(r"<article\b.*</article>", re.S)
# A page that says how large a file is has not changed where the file is larger by a little.
_SIZE = re.compile(r"\d[\d.,]* [KM]B")
_TITLE = re.compile(r"<title>(.*?)(?: - [^<]*)?</title>", re.S)


class ChangedError(Exception):
    """Why it cannot be said what has changed; the message is for whoever proposes the change."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What differs between two sites. Pages are (file, title); of pages, what counts is their own text: not the menu, the head or the foot, which all pages share."""

    new: tuple[tuple[str, str], ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
    # Pages in which only what all pages share is another.
    frames: int = 0
    # Of files that are no pages, how many are new, changed or gone, by the ending of their names.
    files: tuple[tuple[str, int], ...] = ()


def compare(before: Path, now: Path) -> Changed:
    """What differs between the built sites in two folders."""
    old, new = ({file.relative_to(site).as_posix(): file for file in _files(site)} for site in (before, now))
    lists: dict[str, list[tuple[str, str]]] = {"new": [], "changed": [], "gone": []}
    frames, files = 0, Counter[str]()
    for name in sorted(old.keys() | new.keys()):
        one, other = (side[name].read_bytes() if name in side else b"" for side in (old, new))
        if one == other:
            continue
        if not name.endswith(".html"):
            files[Path(name).suffix.removeprefix(".")] += not name.startswith(("search/", "assets/", "_", "sitemap"))
            continue
        text, wording = one.decode(), other.decode()
        kind = "new" if name not in old else "gone" if name not in new else "changed"
        if kind == "changed" and _text(text) == _text(wording):
            frames += 1
        else:
            found = _TITLE.search(wording or text)
            lists[kind].append((name, html.unescape(found[1]).strip() if found else name))
    told = {kind: tuple(pages) for kind, pages in lists.items()}
    return Changed(**told, frames=frames, files=tuple(item for item in sorted(files.items()) if item[1]))


def _files(site: Path) -> Iterator[Path]:
    return (file for file in site.rglob("*") if file.is_file() and file.name != publisher.OFFLINE)


def _text(page: str) -> str:
    found = _TEXT.search(page)
    return _SIZE.sub("", found[0] if found else page)


def sentences(found: Changed) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """What has changed, as a sentence and the pages that it is about."""
    for pages, what in ((found.new, "new"), (found.changed, "changed"), (found.gone, "gone")):
        if pages:
            yield f"{counted(len(pages), 'page')} {'is' if len(pages) == 1 else 'are'} {what}:", pages
    if not (found.new or found.changed or found.gone):
        yield "The text of every page is as it was.", ()
    if found.frames:
        yield f"In {counted(found.frames, 'other page')} only the menu, the head or the foot is another.", ()
    if found.files:
        yield f"Files that differ: {', '.join(f'{number} {ending}' for ending, number in found.files)}.", ()


def as_markdown(found: Changed, copy: bool) -> str:
    """For the summary of a job."""
    lines = ["## What readers will see", ""]
    for sentence, pages in sentences(found):
        lines += [sentence, ""]
        lines += [f"- {escape.markdown(title)}: `{name}`" for name, title in pages[:_SHOWN]]
        lines += [f"- and {len(pages) - _SHOWN} more"] if len(pages) > _SHOWN else []
        lines += [""] if pages else []
    if copy:
        lines += [f"To see them: download the site below, unpack it, and open `{LIST}` in a browser.", ""]
    return "\n".join(lines)


def as_html(found: Changed) -> str:
    """For the copy: the same with links into it."""
    parts = []
    for sentence, pages in sentences(found):
        parts.append(f"<p>{escape.html_text(sentence)}</p>\n")
        items = (_item(name, title, linked=(name, title) not in found.gone) for name, title in pages)
        parts.append(f"<ul>\n{''.join(items)}</ul>\n" if pages else "")
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>What readers will see</title>\n'
        '<meta name="viewport" content="width=device-width">\n</head>\n<body>\n<h1>What readers will see</h1>\n'
        f'{"".join(parts)}<p><a href="index.html">The whole site</a></p>\n</body>\n</html>\n'
    )


def _item(name: str, title: str, *, linked: bool) -> str:
    text = escape.html_text(title)
    return f'<li><a href="{escape.html_text(name)}">{text}</a></li>\n' if linked else f"<li>{text}</li>\n"


def changed(root: Path, against: str, copy: Path | None = None) -> str:
    """Build the site in `root` and that of the commit `against`, and say as Markdown what differs. Raises ChangedError.

    With `copy`, the site is put there as files that open without a server; the folder must be new, or one that this has made.
    """
    if copy and (copy.is_symlink() or (copy.exists() and not (copy / LIST).is_file())):
        raise ChangedError(f"{copy} is there already; name a folder that is not")
    commit = _commit(root, against)  # before anything is built
    work = root / ".build"
    tree, before, now = work / "before", work / "before-site", work / "now-site"
    for folder in (before, now):
        shutil.rmtree(folder, ignore_errors=True)
    work.mkdir(exist_ok=True)
    (root / _CACHE).mkdir(exist_ok=True)
    _build(Path(sys.executable), root, now)
    try:
        with checked_out(root, tree, commit):
            # What has not changed need not be made twice: what is kept there is kept by what it is made from.
            (tree / _CACHE).symlink_to(root / _CACHE, target_is_directory=True)
            _build(tools_of(root, tree), tree, before)
    except (ArchiveError, ChangedError) as error:
        raise ChangedError(f"the site of {against} cannot be held against this one: {error}") from error
    found = compare(before, now)
    if copy:
        if not (now / publisher.OFFLINE).is_file():
            raise ChangedError("mkdocs.yml: extra: evidence: offline is not set, so there is no copy of the site")
        _unpack(now / publisher.OFFLINE, copy, as_html(found))
    return as_markdown(found, copy is not None)


def _build(python: Path, tree: Path, site: Path) -> None:
    """Build what is in `tree` by its own engine, where it has one."""
    settings = os.environ | {"NO_MKDOCS_2_WARNING": "1", "OFFLINE_COPY": "true", "RELEASES": ""}
    settings["PYTHONPATH"] = os.pathsep.join(filter(None, (str(tree / "hooks"), os.environ.get("PYTHONPATH"))))
    command = [str(python), "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    if subprocess.run(command, cwd=tree, env=settings, stdout=subprocess.DEVNULL, check=False).returncode:
        raise ChangedError("the site cannot be built; what is wrong stands above")


def _commit(root: Path, against: str) -> str:
    """The id of a commit, by one of its names."""
    command = ("git", "rev-parse", "--quiet", "--verify", "--end-of-options", f"{against}^{{commit}}")
    try:
        told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        if told.returncode == 0:
            return told.stdout.strip()
        inside = subprocess.run(("git", "rev-parse", "--git-dir"), cwd=root, capture_output=True, check=False)
    except OSError as error:
        raise ChangedError("there is no program git here, which knows the site as it was before") from error
    if inside.returncode:
        why = inside.stderr.decode("utf-8", "replace").strip()
        raise ChangedError(f"git does not know this folder, so there is no site to hold this one against ({why})")
    raise ChangedError(f"there is no commit {against!r} here; name one, as in: make changed AGAINST=HEAD")


def _unpack(archive: Path, folder: Path, listed: str) -> None:
    """The copy for reading offline without the folder that all of it lies in, and with the list: killed on the way, none of it is there."""
    draft = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(draft)
    (only,) = draft.iterdir()
    (only / LIST).write_text(listed, "utf-8", newline="\n")
    shutil.rmtree(folder, ignore_errors=True)
    only.rename(folder)
    draft.rmdir()
