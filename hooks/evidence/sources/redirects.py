"""data/redirects.yml -> records."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from evidence.model.base import Problem
from evidence.model.redirects import NEW, OLD, Redirect
from evidence.sources.records import Tree
from evidence.text.words import quoted


def parse_redirects(tree: Tree) -> tuple[dict[str, Redirect], list[Problem], list[str]]:
    """The records of a file of 'old/address/: new/page.md' lines, by old address; the problems; and the addresses in lines that were refused."""
    if not isinstance(tree.data, Mapping):
        message = "this file must be lines such as 'old/address/: new/page.md'"
        return {}, [Problem(tree.where(), message, unread=True)], [tree.file]
    redirects: dict[str, Redirect] = {}
    problems: list[Problem] = []
    refused: list[str] = []
    for old, new in tree.data.items():
        where = tree.where((old,))
        if not re.fullmatch(OLD, old):
            problems.append(Problem(where, f"{quoted(old)} is no address of this site; write it as 'old/address/'"))
        elif not isinstance(new, str) or not re.fullmatch(NEW, new):
            advice = "write it as in docs/, such as 'new/page.md'"
            problems.append(Problem(where, f"{quoted(str(new))} is no page; {advice}"))
        else:
            name = old.removeprefix("/")
            name = name if name.endswith((".html", "/")) else f"{name}/"
            if name in redirects:
                problems.append(Problem(where, f"{quoted(name)} stands here a second time ({redirects[name].where})"))
            redirects.setdefault(name, Redirect(name, posixpath.normpath(new), where=where))
            continue
        refused.append(old.strip("/").removesuffix(".html"))
    return redirects, problems, refused
