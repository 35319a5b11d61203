"""Pages that have moved: the records of data/redirects.yml."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.base import Record

FILE = "data/redirects.yml"
# Files of pages may have any letters in their names, and signs of plain writing; what an address or a server's configuration takes for more is refused.
_LETTERS = r"A-Za-z0-9_\u00a1-\u1fff\u200c\u200d\u3040-\ud7ff"
_NAME = rf"[{_LETTERS} .,'&()+!-]"
_PART = rf"[{_LETTERS}]{_NAME}*"
OLD, NEW = rf"/?(?:{_PART}/)*{_PART}/?", rf"(?:{_NAME}+/)*{_NAME}+\.md(?:#[{_LETTERS}-]+)?"


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
