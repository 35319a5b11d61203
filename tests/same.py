"""Does a change leave what readers get as it was? `make same BASE=<commit>` builds from that commit and from the working tree, and compares every file.

Built are the real site with its copy for reading offline, the three samples, and the staged folder: each in a fresh tree, so
with empty caches, on a fixed day, with the tools of this environment. Files are compared to the byte. With `--words`, pages may differ in their markup
as long as their words, links, ids and metadata are the same, and JSON in how it is written. `--but PATTERN` names files that may differ.
"""

from __future__ import annotations

import argparse
import fnmatch
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import html

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".build/same"
SAMPLES = ("meadow", "tea", "night-trains")
DAY = "1764201600"  # 27 November 2025
FLOOR = 700  # fewer files than this are no real site

Built = dict[str, Path]


class SameError(Exception):
    """Why nothing can be compared; the message is for whoever compares."""


def main(arguments: list[str] | None = None) -> int:
    """Run the comparison; 0 where all files are the same, 1 where one differs, is missing or is new."""
    parser = argparse.ArgumentParser(prog="make same", description=__doc__)
    parser.add_argument("base", help="the commit to compare with")
    parser.add_argument("--words", action="store_true", help="let pages differ in their markup alone")
    parser.add_argument(
        "--but",
        action="append",
        default=[],
        metavar="PATTERN",
        help="files that may differ, as real/feed.xml or */changes/*",
    )
    parser.add_argument("--show", type=int, default=15, help="how many differing files are named (default: 15)")
    options = parser.parse_args(arguments)
    try:
        commit = _git("rev-parse", "--verify", f"{options.base}^{{commit}}").decode().strip()
        base = _built(WORK / commit, lambda tree: _unpack(commit, tree), again=False)
        ours = _built(WORK / "now", _copy, again=True)
    except SameError as error:
        print(error, file=sys.stderr)
        return 1
    return int(not _report(base, ours, options))


def _report(base: Built, ours: Built, options: argparse.Namespace) -> bool:
    names = sorted(base.keys() | ours.keys())
    differing: list[str] = []
    markup = passed_over = 0
    for name in names:
        how = _difference(base.get(name), ours.get(name))
        if how == "":
            continue
        if any(fnmatch.fnmatch(name, pattern) for pattern in options.but):
            passed_over += 1
        elif how == "markup" and options.words:
            markup += 1
        else:
            differing.append(f"{name}: {how}")
    print(*differing[: options.show], sep="\n")
    same = len(names) - len(differing) - markup - passed_over
    print(
        f"{len(names)} files: {same} the same to the byte, {markup} the same in words, links, ids and metadata, "
        f"{passed_over} passed over, {len(differing)} different."
    )
    return not differing


def _difference(old: Path | None, new: Path | None) -> str:
    """How a file differs: '' not at all, 'markup' in what no reader or program takes from it, else in words."""
    if old is None or new is None:
        return "is new" if old is None else "is missing"
    before, after = old.read_bytes(), new.read_bytes()
    if before == after:
        return ""
    if old.suffix == ".html":
        one, other = page_facts(before), page_facts(after)
        found = [kind for kind in one if one[kind] != other[kind]]
        return f"other {', '.join(found)}" if found else "markup"
    if old.suffix == ".json":
        return "markup" if json.loads(before) == json.loads(after) else "other data"
    return "other bytes"


def page_facts(content: bytes) -> dict[str, list[str]]:
    """What people and programs take from a page: its words, links, ids and metadata, each in order."""
    tree = html.fromstring(content)
    data = [e.text_content() for e in tree.xpath("//script[@type='application/ld+json']")]
    shown = [text for e in tree.xpath("//title | //body") for text in e.itertext() if _is_shown(text)]
    return {
        "words": " ".join(" ".join(shown).split()).split(" "),
        "links": [f"{e.tag} {e.get('href') or e.get('src')}" for e in tree.xpath("//body//*[@href or @src]")],
        "ids": tree.xpath("//@id"),
        "metadata": [html.tostring(e).decode().strip() for e in tree.xpath("//head/meta | //head/link")] + data,
        "alternatives": tree.xpath("//@alt | //@aria-label"),
    }


def _is_shown(text: object) -> bool:
    parent = text.getparent() if hasattr(text, "getparent") else None
    return parent is None or parent.tag not in ("script", "style") or bool(getattr(text, "is_tail", False))


def _built(folder: Path, fill: Callable[[Path], None], *, again: bool) -> Built:
    """All files of all builds by name, as 'real/index.html', made from the tree that `fill` writes; kept from before unless `again`."""
    done = folder / "done"
    if again or not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        tree, out = folder / "tree", folder / "out"
        tree.mkdir(parents=True)
        fill(tree)
        _build(tree, out)
        done.touch()
    out = folder / "out"
    files = {file.relative_to(out).as_posix(): file for file in sorted(out.rglob("*")) if file.is_file()}
    if len(files) < FLOOR:
        raise SameError(f"only {len(files)} files were built in {folder}; a site has more")
    return files


def _build(tree: Path, out: Path) -> None:
    """Build everything of the project in `tree` into `out`, in the way that this tree knows."""
    wanted = "true"
    if (tree / "offline.yml").exists():  # an older engine built the copy for reading offline by itself, and named it
        packed = tree / ".build/site-offline.zip"
        packed.parent.mkdir()
        _run(tree, "mkdocs", "build", "--strict", "-f", "offline.yml", "--site-dir", out / "offline")
        _run(tree, _command(tree), "pack", out / "offline", packed)
        wanted = str(packed)
    _run(tree, "mkdocs", "build", "--strict", "--site-dir", out / "real", OFFLINE_COPY=wanted)
    for name in SAMPLES:
        config = tree / "tests/sites" / name / "mkdocs.yml"
        _run(tree, "mkdocs", "build", "--strict", "-f", config, "--site-dir", out / name)
    _run(tree, _command(tree), "stage", out / "staged")
    for archive in [*out.rglob("*.zip"), *out.rglob("*.odt"), *out.rglob("*.docx")]:
        _unzip(archive)


def _command(tree: Path) -> str:
    """The module that has the commands; an older engine had them itself."""
    return "evidence" if (tree / "hooks/evidence/__main__.py").exists() else "evidence_cli"


def _unzip(archive: Path) -> None:
    """Lay the parts of a ZIP beside it, so that a difference has a name."""
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(archive.with_name(f"{archive.name}.parts"))


def _run(tree: Path, module: str, *arguments: str | Path, **more: str) -> None:
    settings = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(tree / "hooks"), "SOURCE_DATE_EPOCH": DAY}
    command = [sys.executable, "-m", module, *(str(argument) for argument in arguments)]
    result = subprocess.run(command, cwd=tree, env=settings | more, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SameError(f"{tree}: {module} {' '.join(command[3:])} failed:\n{result.stderr[-3000:]}")


def _unpack(commit: str, tree: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(_git("archive", commit))) as archive:
        archive.extractall(tree, filter="data")


def _copy(tree: Path) -> None:
    """The working tree as it is: all that git tracks or would."""
    for name in _listed():
        target = tree / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)


def _listed() -> Iterator[str]:
    names = _git("ls-files", "-z", "--cached", "--others", "--exclude-standard").decode().split("\0")
    return (name for name in names if name and (ROOT / name).is_file())


def _git(*command: str) -> bytes:
    result = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, check=False)
    if result.returncode:
        raise SameError(f"git {' '.join(command)}: {result.stderr.decode().strip()}")
    return result.stdout


if __name__ == "__main__":
    sys.exit(main())
