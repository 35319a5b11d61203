"""Asks for a web address as a reader's browser would, and says what came of it: one request at a time, with a pause for each host.

Addresses come from anywhere: only http and https are asked for, wherever a redirect may point, and nothing of what an address holds is read.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from evidence.model.checks import AddressCheck, AddressStatus
from evidence.text import escape

if TYPE_CHECKING:
    from httpx2 import Client, Response

NAME = "evidence-sources-check"  # by which hosts may turn it away
PAUSE = 1.0
_MOST_REDIRECTS = 10
_MOST_RULES = 200_000  # bytes of a robots.txt that are read
_GONE = (404, 410)
_PERMANENT = (301, 308)
_RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.org/")  # leading on is what such an address is for


@dataclass(slots=True)
class Web:
    """Other websites, as they are asked here: when each host was asked last, and what it lets programs ask for."""

    client: Client
    pause: float = PAUSE
    sleep: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)

    def check(self, address: str, day: str) -> AddressCheck:
        """What a request of an address shows."""
        import httpx2  # noqa: PLC0415 (comes with habanero, which only this command needs)

        try:
            status, led_to = self._followed(address)
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
            status, led_to = "no answer", ""
        return AddressCheck(address, status, day, led_to)

    def _followed(self, address: str) -> tuple[AddressStatus, str]:
        """What an address shows, and where it has moved to for good."""
        at, moved_to, for_good = address, "", not _RESOLVER.match(address)
        for _hop in range(_MOST_REDIRECTS):
            if not escape.url(at):
                return "server error", ""  # it leads out of the web
            if not self._allowed(at):
                return "refused", ""
            code, location = self._asked(at)
            if not (300 <= code < 400 and location):
                return _verdict(code, moved_to)
            at = urljoin(at, location)
            for_good = for_good and code in _PERMANENT
            moved_to = at if for_good else moved_to
        return "server error", ""

    def _asked(self, address: str) -> tuple[int, str]:
        self._wait(address)
        with self.client.stream("GET", address) as answer:
            return answer.status_code, answer.headers.get("Location", "")

    def _wait(self, address: str) -> None:
        """A pause, where the host has been asked just now."""
        host = urlsplit(address).netloc
        self.sleep(max(0.0, self._last.get(host, 0.0) + self.pause - time.monotonic()))
        self._last[host] = time.monotonic()

    def _allowed(self, address: str) -> bool:
        """Whether a host lets programs ask for an address (RFC 9309: a host without rules lets them ask for all)."""
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._rules:
            rules = RobotFileParser()
            self._wait(address)
            with self.client.stream("GET", f"{root}/robots.txt") as answer:
                rules.parse(_lines(answer) if answer.status_code == 200 else [])
            self._rules[root] = rules
        return self._rules[root].can_fetch(NAME, address)


def _lines(answer: Response) -> list[str]:
    read = b""
    for piece in answer.iter_bytes():
        read += piece
        if len(read) > _MOST_RULES:
            break
    return read[:_MOST_RULES].decode("utf-8", "replace").splitlines()


def _verdict(code: int, moved_to: str) -> tuple[AddressStatus, str]:
    if code in _GONE:
        return "not found", ""
    if code >= 500:
        return "server error", ""
    if code >= 400:
        return "refused", ""
    return ("moved", escape.url(moved_to)) if moved_to else ("works", "")
