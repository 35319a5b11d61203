"""Pages that have moved: the records of data/redirects.yml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.model.base import Record

FILE = "data/redirects.yml"


@dataclass(frozen=True, slots=True)
class Redirect(Record):
    """An `old` address, such as 'old/address/', and the source address of the page that is there now, perhaps with '#section'."""

    old: str
    new: str

    @property
    def page(self) -> str:
        """The new page without its section."""
        return self.new.partition("#")[0]

    @property
    def sources(self) -> tuple[str, str]:
        """The source addresses that the old page may have had."""
        name = self.old.removesuffix("/").removesuffix(".html")
        return f"{name}.md", f"{name}/index.md"

    @property
    def file(self) -> str:
        """The file of the built site that stands at the old address."""
        return f"{self.old}index.html" if self.old.endswith("/") else self.old


def now_at(uri: str, redirects: Iterable[Redirect]) -> str:
    """Where the page with the source address `uri` is now: the same address, where it has not moved."""
    return next((entry.page for entry in redirects if uri in entry.sources), uri)
