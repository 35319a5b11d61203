"""Passages moved to another page: links keep leading where they led, and ids stay unique there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, count

from evidence.crosslinks import Passage
from evidence.documents.parts import Parts
from evidence.text.addresses import relative

_TARGET = re.compile(r"(\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:\s*<?|\b(?:href|src)\s*=\s*[\"']?)([^)>\s\"']+)", re.M)
_LINK_END = re.compile(r"\]\(<?([^)>\s#]+)(#[^)>\s]*)?>?\)")
# Where ids are given: attribute lists of Markdown, and HTML; and the attributes of HTML that name ids.
_LIST_ID = re.compile(r"(\{[^{}\n]*?#)([\w-]+)(?=[^{}\n]*\})")
_HTML_ID = re.compile(r"(\bid=\")([\w-]+)(?=\")")
_NAMES = re.compile(r"(\b(?:aria-labelledby|aria-describedby|for)=\")([^\"]*)(?=\")")
_PAINT = re.compile(r"(\burl\(#)([\w-]+)(?=\))")


def led_away(text: str, uri: str, away: Mapping[str, str], said: str) -> str:
    """The text of the page `uri`, whose links to pages that are `away` have their whole addresses, and say what is said of such pages."""

    def target(match: re.Match[str]) -> str:
        page = posixpath.normpath(posixpath.join(posixpath.dirname(uri), match[1]))
        return f" {said}]({away[page]}{match[2] or ''})" if page in away else match[0]

    return _LINK_END.sub(target, text) if away else text


@dataclass(slots=True)
class Mover:
    """Moves passages to the page `uri`; `used` holds the ids that stand there already, `moved` where pages and their places stand now."""

    uri: str
    used: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)

    def free(self, name: str) -> str:
        """`name`, or the first of name-2, name-3 ... that is not used yet; it is used from now on."""
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        made = next(made for made in names if made not in self.used)
        self.used.add(made)
        return made

    def relocated(self, passages: Iterable[Passage], uri: str) -> list[Passage]:
        """The passages of one part of the page `uri`, with its ids made unique and its links seen from the new page."""
        given = list(passages)
        ids = [m[2] for passage in given for pattern in (_LIST_ID, _HTML_ID) for m in pattern.finditer(passage.text)]
        names = {name: self.free(name) for name in dict.fromkeys(ids)}
        for name, made in names.items():
            self.moved.setdefault(f"{uri}#{name}", made)
        return [passage.saying(self._text(passage.parts, uri, names)) for passage in given]

    def led(self, text: str) -> str:
        """The whole text of a book: links to pages that stand in it lead to their place there."""
        here = {m[2] for pattern in (_LIST_ID, _HTML_ID) for m in pattern.finditer(text)}

        def target(match: re.Match[str]) -> str:
            path, _, fragment = match[2].partition("#")
            page = posixpath.normpath(posixpath.join(posixpath.dirname(self.uri), path))
            if page not in self.moved:
                return match[0]
            inside = self.moved.get(f"{page}#{fragment}") or (fragment if fragment in here else self.moved[page])
            return f"{match[1]}#{inside}"

        return _TARGET.sub(target, text)

    def _text(self, parts: Parts, uri: str, names: dict[str, str]) -> str:
        def target(match: re.Match[str]) -> str:
            if parts.in_code(match.start()):
                return match[0]
            return match[1] + self._target(match[2], uri, names)

        def renamed(match: re.Match[str]) -> str:
            return match[1] + " ".join(names.get(name, name) for name in match[2].split(" "))

        text = _TARGET.sub(target, parts.text)
        for pattern in (_LIST_ID, _HTML_ID, _NAMES, _PAINT):
            text = pattern.sub(renamed, text)
        return text

    def _target(self, target: str, uri: str, names: dict[str, str]) -> str:
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/", target):
            return target
        path, mark, fragment = target.partition("#")
        if not path:
            return f"#{names[fragment]}" if fragment in names else f"{relative(self.uri, uri)}{mark}{fragment}"
        there = posixpath.normpath(posixpath.join(posixpath.dirname(uri), path))
        return f"{relative(self.uri, there)}{mark}{fragment}"
