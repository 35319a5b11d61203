"""CHANGELOG.md -> its versions.

The form is close to "Keep a Changelog" (keepachangelog.com), kept simple enough to be written without tools; the head of the file describes it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from evidence.model.base import Location, Problem
from evidence.model.changes import FILE, KINDS, NOT_RELEASED, NUMBER, Change, Changes, Version
from evidence.text.limits import line_faults
from evidence.text.words import did_you_mean, is_day, quoted

_RELEASED = re.compile(r"(\S+)\s+[-–—]\s+(\S+)")
_ITEM = re.compile(r"[-*]\s+(\S.*)")
# The pages that a change names, at its end in round brackets: '(areas/north.md, summary.md)'.
_PAGE = r"`?[\w./-]+\.md`?"
_PAGES = re.compile(rf"\s*\(\s*({_PAGE}(?:\s*,\s*{_PAGE})*)\s*\)\s*\.?$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_HEADING_FORM = f"write '## {NOT_RELEASED}' or '## 1.0.0 - 2026-12-01'"


Block = tuple[int, str, str]


def parse_changes(text: str, path: str = FILE) -> tuple[Changes, list[Problem]]:
    """The versions that `text` lists; `path` names the file in problems. What is wrong is left out of the record."""
    problems = [Problem(Location(path, line), message, unread=True) for line, message in line_faults(text)]
    if problems:
        return Changes(where=Location(path)), problems
    blocks = _blocks(_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text))
    starts = [i for i, (_, sign, _) in enumerate(blocks) if sign == "##"]
    versions = []
    for start, end in pairwise([*starts, len(blocks)]):
        line, _, words = blocks[start]
        version, found = _version(words, blocks[start + 1 : end], Location(path, line))
        versions += [version] if version else []
        problems += found
    return Changes(tuple(versions), where=Location(path)), sorted(problems)


def _blocks(text: str) -> list[Block]:
    """The lines of a file that say something: the number, the sign ('##', '###', '-' or '') and the words of each. An item may go on in further lines."""
    blocks: list[tuple[int, str, list[str]]] = []
    in_item = False
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip()
        item = _ITEM.fullmatch(line.rstrip())
        if in_item and words and line[0].isspace():
            blocks[-1][2].append(words)
            continue
        in_item = bool(item)
        if line.startswith(("## ", "### ")):
            sign = line.partition(" ")[0]
            blocks.append((number, sign, [words.removeprefix(f"{sign} ").strip()]))
        elif words:
            blocks.append((number, "-", [item[1]]) if item else (number, "", [words]))
    return [(number, sign, " ".join(words)) for number, sign, words in blocks]


def _version(words: str, blocks: list[Block], where: Location) -> tuple[Version | None, list[Problem]]:
    """A version from the words of its heading and what stands below; none where the heading cannot be read."""
    number = day = ""
    if words.casefold() != NOT_RELEASED.casefold():
        match = _RELEASED.fullmatch(words)
        if not match or not NUMBER.fullmatch(match[1]):
            near = did_you_mean(words, [NOT_RELEASED])
            return None, [Problem(where, f"heading {quoted(words)} is no version; {_HEADING_FORM}{near}")]
        number, day = match.groups()
        if not is_day(day):
            return None, [Problem(where, f"{quoted(day)} is no date; write a day such as 2026-12-01")]
    lists: dict[str, list[Change]] = {kind: [] for kind in KINDS}
    headings: list[str] = []
    problems: list[Problem] = []
    for line, sign, text in blocks:
        if sign == "###":
            message = _kind_fault(text, headings)
            headings.append(text)
        elif headings and headings[-1] not in KINDS:
            continue  # that heading has been told
        elif not sign:
            message = f"{quoted(text)} is not part of a list; begin the line with '- '"
        elif not headings:
            message = "this line stands below neither '### Content' nor '### Code'"
        else:
            change = _change(text, Location(where.path, line))
            lists[headings[-1]] += [change] if change else []
            message = "" if change else "this line names pages, but not what changed on them"
        problems += [Problem(Location(where.path, line), message)] if message else []
    content, code = (tuple(lists[kind]) for kind in KINDS)
    if number and not content and not code and (not headings or headings[-1] in KINDS):
        problems.append(Problem(where, f"version {number} names no change"))
    return Version(number, day, content, code, where=where), problems


def _kind_fault(words: str, before: list[str]) -> str:
    """What is wrong with the heading of a list of changes, after those `before` it in the same version; '' for nothing."""
    if words not in KINDS:
        return f"heading {quoted(words)}; it must be 'Content' or 'Code'{did_you_mean(words, KINDS)}"
    return f"'### {words}' stands here a second time in one version; put its lines together" if words in before else ""


def _change(text: str, where: Location) -> Change | None:
    """A change from the words of an item; none where they only name pages."""
    text = " ".join(text.split())
    match = _PAGES.search(text)
    pages = tuple(dict.fromkeys(re.findall(r"[\w./-]+", match[1]))) if match else ()
    words = text[: match.start()].rstrip() if match else text
    return Change(words if words[-1] in ".!?" else f"{words}.", pages, where=where) if words else None
