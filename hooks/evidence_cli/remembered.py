"""Addresses of a released version that the site no longer has: people have cited them, so something has to lead on from each.

Git remembers them: what differs between the newest released version, by its tag, and the folder says which pages and ids are gone. No file has to be kept for
it, and a tag that was made with a button on the web counts like any other. Where git or the tag is not at hand, nothing is told.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from evidence.documents.walking import now_at
from evidence.model.base import Location, Problem
from evidence.model.redirects import FILE, OLD
from evidence.site import Site
from evidence.text.addresses import site_path, slug

# A line that gives a page its address, in each of the files that do, and what that address is as a page.
_IDS = {
    "data/themes.yml": (re.compile(r"- (?:\{ *)?id: *[\"']?([\w-]+)"), "themes/{}.md"),
    "data/packs.yml": (re.compile(r"  - (?:\{ *)?id: *[\"']?([\w-]+)"), "discuss/packs/{}.md"),
    "bibliography.bib": (re.compile(r"@\w+\s*[{(]\s*([^\s,{}]+)\s*,"), "references/{}.md"),
    FILE: (re.compile(r"/?([\w./-]+?)(?:/|\.html)?: "), "{}.md"),
}
_EACH = re.compile(r"^-    each:", re.M)  # such a pack is no page itself
_FILE, _HUNK = re.compile(r"^diff --git .*\n", re.M), re.compile(r"^@@ .*\n", re.M)
_FROM, _TO = re.compile(r"^(?:---|rename from) (.+?)\t?$", re.M), re.compile(r"^(?:\+\+\+|rename to) (.+?)\t?$", re.M)
_TITLE = re.compile(r"^title: *(.+?) *$", re.M)


def lost_addresses(site: Site) -> list[Problem]:
    """A problem for each address of the newest released version from which nothing leads on, with the line that would."""
    if any(problem.unread for problem in site.problems) or site.review.damaged or site.review.refused:
        return []  # what cannot be read is told already
    tags = _git(site.root, "tag", "--list").split()
    released = (f"{mark}{version.number}" for version in site.review.changes.released for mark in ("v", ""))
    tag = next((name for name in released if name in tags), None)
    if tag is None:
        return []
    redirects = site.review.redirects.values()
    there = {document.uri for document in site.documents} | {uri for uri, _ in site.addresses()}
    lines = (site.root / FILE).read_text("utf-8").count("\n") if (site.root / FILE).is_file() else 1
    found: dict[str, Problem] = {}
    for old, new in _gone(site, f"refs/tags/{tag}"):
        if old.partition("/")[0] in site.review.editions:
            continue  # a page in another language, which has redirects of its own
        other = old.removesuffix(".md") + "/index.md"
        if {old, other} & there or now_at(old, redirects) != old or (new and new not in there and old not in found):
            continue
        target = new or next(uri for uri in (f"{old.rpartition('/')[0]}/index.md", "index.md") if uri in there)
        address = site_path(old)
        if not re.fullmatch(OLD, address):
            continue  # a line for it would be refused: its name has signs that addresses use themselves
        line = f"'{address}: {target}'" + ("" if new else ", or name the page that has its content now")
        message = f"version {tag.removeprefix('v')} has the page '{address}', which is gone, and links to it lead nowhere; add the line {line}"
        found.setdefault(address, Problem(Location(FILE, max(lines, 1)), message))
    return list(found.values())


def _gone(site: Site, tag: str) -> Iterator[tuple[str, str]]:
    """What the tag has and the folder has not, as source addresses of pages; each with the page that is there now, '' where that cannot be told."""
    how = ("--relative", "--no-prefix", "--no-color", "--no-ext-diff", "-M", "-U0")
    for part in _FILE.split(_git(site.root, "-c", "core.quotePath=false", "diff", *how, tag, "--", "docs", *_IDS))[1:]:
        head, *hunks = _HUNK.split(part)
        old, new = (found[1] if (found := pattern.search(head)) else "" for pattern in (_FROM, _TO))
        if old in _IDS:
            for hunk in hunks:
                yield from _ids_gone(old, hunk)
        elif old.endswith(".md") and new != old:
            uri = old.removeprefix("docs/")
            yield uri, new.removeprefix("docs/") if new.endswith(".md") else _same_title(site, tag, old)


def _ids_gone(file: str, hunk: str) -> Iterator[tuple[str, str]]:
    """The same of the ids in a hunk of a file of `_IDS`: where as many have come as have gone, one stands for the other."""
    pattern, address = _IDS[file]
    before, now = (
        [found[1] for line in hunk.splitlines() if line[:1] == side and (found := pattern.match(line[1:]))]
        for side in "-+"
    )
    if _EACH.search(hunk):
        return
    paired = now if len(now) == len(before) and file != FILE else [""] * len(before)
    names = slug if file == "bibliography.bib" else str
    for old, new in zip(before, paired, strict=True):
        if old != new:
            yield address.format(names(old)), address.format(names(new)) if new else ""


def _same_title(site: Site, tag: str, file: str) -> str:
    """The page that has the title of one that is gone: a file that git has not been told of yet is no renamed one to it."""
    found = _TITLE.search(_git(site.root, "show", f"{tag}:./{file}"))
    title = found[1].strip("\"'") if found else ""
    return next((document.uri for document in site.documents if title and document.title == title), "")


def _git(root: Path, *command: str) -> str:
    try:
        result = subprocess.run(["git", *command], cwd=root, capture_output=True, check=False)
    except OSError:
        return ""
    return result.stdout.decode("utf-8", "replace") if result.returncode == 0 else ""
