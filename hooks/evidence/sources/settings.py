"""mkdocs.yml -> what of it concerns the review: the menu, the pages' folder, and which pages are left out. MkDocs itself is not loaded.

What MkDocs would refuse is told here in plain words ("Configuration" in its user guide; patterns are those of gitignore(5)).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidence.documents.data_files import DOCS
from evidence.model.base import Location, Problem
from evidence.sources.opening import read_text
from evidence.sources.records import NOTHING, Tree, parse_yaml
from evidence.text.words import did_you_mean, quoted

FILE = "mkdocs.yml"
PLUGIN = "bibtex"
# What `extra: evidence:` may say, as `evidence_mkdocs` reads it.
OWN = ("frame", "releases", "offline")
_NAMES = [
    *("INHERIT", "site_name", "nav", "exclude_docs", "draft_docs", "not_in_nav", "site_url"),
    *("site_description", "site_author", "theme", "docs_dir", "site_dir", "copyright", "dev_addr"),
    *("use_directory_urls", "repo_url", "repo_name", "edit_uri_template", "edit_uri", "extra_css"),
    *("extra_javascript", "extra_templates", "markdown_extensions", "mdx_configs", "strict"),
    *("remote_branch", "remote_name", "extra", "plugins", "hooks", "watch", "validation"),
]
_ITEM = "'- Title: page.md'"


@dataclass(frozen=True, slots=True)
class Settings:
    """`menu` holds the addresses that the menu leads to, each with its place; None where MkDocs makes the menu by itself.

    `names` are the words that it has for pages, by their addresses, `groups` those for parts without a page of their own. `frame` says
    whether pages have the engine's frame. The others are patterns.
    """

    menu: tuple[tuple[str, Location], ...] | None = None
    docs: str = DOCS
    outside: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    frame: bool = True

    def is_outside_menu(self, uri: str) -> bool:
        """Whether a page may be missing from the menu."""
        return _fits(uri, self.outside)

    def is_excluded(self, uri: str) -> bool:
        """Whether a file in the pages' folder is no part of the site."""
        return _fits(uri, self.excluded)


def read_settings(root: Path) -> tuple[Settings, list[Problem]]:
    """The settings of the review under `root`; what holds for any where it has no such file, as for another generator."""
    if not (root / FILE).exists():
        return Settings(), []
    text, problems = read_text(root / FILE, FILE)
    tree, wrong = (None, problems) if text is None else parse_yaml(text, FILE, plain=False)
    if tree is None:
        return Settings(), wrong
    data = tree.data
    if not isinstance(data, dict):
        return Settings(), [Problem(tree.where(), "this file must be a group of 'name: value' lines", unread=True)]
    wrong += [*_wrong_names(tree), *_not_there(tree, root)]
    nav = data.get("nav")
    found = _Menu()
    if isinstance(nav, list):
        faults = list(_menu(nav, ("nav",), tree, found))
    else:
        message = "'nav' must be a list: begin each line below it with '- ', as in " + _ITEM
        faults = [Problem(tree.where(("nav",)), message)] if "nav" in data else []
    outside, drafts, excluded = (
        str(data.get(name) or "").splitlines() for name in ("not_in_nav", "draft_docs", "exclude_docs")
    )
    docs = str(data.get("docs_dir") or DOCS)
    # What is missing from a menu that is wrong in itself may only follow from that.
    whole = tuple(found.leads) if found.leads and not faults else None
    names, groups = found.names, tuple(found.groups)
    extra = data.get("extra")
    own = extra.get("evidence") if isinstance(extra, dict) else None
    frame = "INHERIT" in data or (isinstance(own, dict) and own.get("frame") not in (None, "false"))
    return Settings(whole, docs, (*outside, *drafts), tuple(excluded), names, groups, frame), wrong + faults


def _wrong_names(tree: Tree) -> Iterator[Problem]:
    for name in tree.data:
        if name not in _NAMES:
            message = f"'{name}' is not a setting that is known here{did_you_mean(name, _NAMES)}"
            yield Problem(tree.where((name,)), message)
    extra = tree.data.get("extra")
    own = extra.get("evidence") if isinstance(extra, dict) else None
    for name in own if isinstance(own, dict) else ():
        if name not in OWN:
            message = f"'{name}' is not a setting that is known here (in extra, evidence){did_you_mean(name, OWN)}"
            yield Problem(tree.where(("extra", "evidence", name)), message)
    if "INHERIT" in tree.data:  # the rest stands in another file
        return
    if str(tree.data.get("site_name") or "~") in NOTHING:
        yield Problem(tree.where(), "'site_name' is missing; add a line 'site_name: ...' with the name of the site")
    plugins = tree.data.get("plugins") or ()
    if PLUGIN not in {name for item in plugins for name in (item if isinstance(item, dict) else (item,))}:
        yield Problem(tree.where(("plugins",)), f"the plugin '{PLUGIN}' is missing; add it to the list 'plugins'")


def _not_there(tree: Tree, root: Path) -> Iterator[Problem]:
    """Files and folders that `make serve` is to look at, without which MkDocs does not even build."""
    items = tree.data.get("watch")
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, str) and not (root / item).exists():
            message = f"{quoted(item)} (in watch) is not there; put it back, or take this line out"
            yield Problem(tree.where(("watch", number)), message)


@dataclass(slots=True)
class _Menu:
    """What a menu holds: where it leads, and its words, as in `Settings`."""

    leads: list[tuple[str, Location]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)


def _menu(items: list[Any], at: tuple[str | int, ...], tree: Tree, menu: _Menu) -> Iterator[Problem]:
    """What is wrong with the items of a list of the menu; what they hold is added to `menu`."""
    for number, item in enumerate(items):
        here = (*at, number)
        title, below = next(iter(item.items())) if isinstance(item, dict) and len(item) == 1 else ("", item)
        there = (*here, title) if title else here
        if isinstance(below, str) and below:
            menu.leads.append((below, tree.where(there)))
            if title:
                menu.names[below] = str(title)
        elif isinstance(below, list) and title:
            first = below[0] if below else ""
            if isinstance(first, str) and first.endswith("index.md"):  # the page of the whole part is called as that is
                menu.names[first] = str(title)
            else:
                menu.groups.append(str(title))
            yield from _menu(below, there, tree, menu)
        elif isinstance(below, dict) and title:
            message = f"what stands below {quoted(title)} must be a list: begin each line with '- ', as in {_ITEM}"
            yield Problem(tree.where(there), message)
        elif isinstance(below, dict) and below:
            two = " and ".join(map(quoted, list(below)[:2]))
            message = f"{two} stand in one item of the menu; begin each line with '- ', as in {_ITEM}"
            yield Problem(tree.where(here), message)
        else:
            yield Problem(tree.where(here), f"this item of the menu leads to no page; write it as in {_ITEM}")


def _fits(uri: str, patterns: Iterable[str]) -> bool:
    """Whether the last pattern that says something of a file picks it."""
    picked = False
    for line in patterns:
        pattern = line.strip()
        if pattern and not pattern.startswith("#"):
            negated, body = pattern.startswith("!"), pattern.lstrip("!")
            if _regex(body).match(uri):
                picked = not negated
    return picked


def _regex(pattern: str) -> re.Pattern[str]:
    anchored = "/" in pattern.rstrip("/")
    steps = re.escape(pattern.strip("/")).replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*")
    steps = steps.replace(r"\*", "[^/]*").replace(r"\?", "[^/]")
    return re.compile(f"{'' if anchored else '(?:.*/)?'}{steps}{'/' if pattern.endswith('/') else '(?:/|$)'}")
