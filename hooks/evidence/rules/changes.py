"""The rules for what changed, and for redirects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidence.documents.walking import now_at
from evidence.model.base import Problem
from evidence.model.changes import NOT_RELEASED, Version, order
from evidence.model.redirects import Redirect
from evidence.subject import Subject
from evidence.text.addresses import site_path
from evidence.text.words import did_you_mean, quoted

# Folders of the site that pages cannot move out of, since the engine or the theme fills them.
_TAKEN = re.compile(r"(?:v|assets|search)/")


def versions_are_in_order(subject: Subject) -> Iterator[Problem]:
    """Versions stand newest first, each once; what is not released stands above all."""
    versions = subject.review.changes.versions
    seen: dict[str, Version] = {}
    above: Version | None = None
    for version in versions:
        name = f"version {version.number}" if version.number else f"'{NOT_RELEASED}'"
        if version.number in seen:
            first = seen[version.number].where.line
            yield Problem(version.where, f"{name} stands here a second time; the first is at line {first}")
            continue
        if not version.number:
            if seen:
                yield Problem(version.where, f"'## {NOT_RELEASED}' must stand above all versions")
        elif above and order(version.number) > order(above.number):
            yield Problem(version.where, f"{name} is newer than {above.number} above it; newest first")
        elif above and version.day > above.day:
            later = f"after that of {above.number} above it ({above.day})"
            yield Problem(version.where, f"{name} has the day {version.day}, {later}")
        seen[version.number] = version
        above = version if version.number else above


def changed_pages_exist(subject: Subject) -> Iterator[Problem]:
    """A change names pages that exist, or that data/redirects.yml says have moved; each by its address with '.md'."""
    known = subject.uris
    for change in (c for version in subject.review.changes.versions for c in (*version.content, *version.code)):
        for uri in change.pages:
            if now_at(uri, subject.review.redirects.values()) not in known and not subject.is_lost(uri):
                hint = did_you_mean(uri, known) or "; if it has moved, say so in data/redirects.yml"
                yield Problem(change.where, f"there is no page {quoted(uri)}{hint}")
        ending = re.search(r"\(([\w/ ,`-]+)\)\.?$", change.text)
        for part in ending[1].split(",") if ending else ():
            name = part.strip(" `").rstrip("/")
            for uri in (f"{name}.md", f"{name}/index.md"):
                if "/" in part and uri in known:
                    yield Problem(change.where, f"to name the page {quoted(name)}, write '{uri}'")


def redirects_lead_somewhere(subject: Subject) -> Iterator[Problem]:
    """An old address is no page of today's, and leads straight to a page that exists."""
    known = subject.uris
    addresses = {site_path(uri).rstrip("/").lower() for uri in known}
    redirects = subject.review.redirects.values()
    for entry in redirects:
        if entry.old.removesuffix("/").removesuffix(".html").removesuffix("/index").lower() in addresses:
            yield Problem(entry.where, f"{quoted(entry.old)} is the address of a page; take one of the two away")
        elif _TAKEN.match(entry.old):
            yield Problem(entry.where, f"{quoted(entry.old)} lies in a folder that is kept for other files")
        if entry.page in known:
            continue
        end = _last(entry, redirects)
        if end is None:
            yield Problem(entry.where, f"{quoted(entry.old)} leads round in a circle; name a page that exists")
        elif end != entry.page and end in known:
            yield Problem(entry.where, f"{quoted(entry.page)} has moved itself; name '{end}'")
        elif message := subject.no_page(entry.page):
            yield Problem(entry.where, message)


def _last(entry: Redirect, redirects: Iterable[Redirect]) -> str | None:
    """Where a row of moves ends; None where it never does."""
    page, seen = entry.page, {entry.old}
    while found := next((other for other in redirects if page in other.sources), None):
        if found.old in seen:
            return None
        seen.add(found.old)
        page = found.page
    return page
