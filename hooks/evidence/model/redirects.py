"""Pages that have moved: the records of data/redirects.yml."""

from __future__ import annotations

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
