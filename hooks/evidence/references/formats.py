"""The formats of files that readers take references away in. To add one is to add a record to FORMATS: its files, links and media types follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evidence.model.base import Reference
from evidence.model.review import Review
from evidence.references import works_table
from evidence.references.bibtex import to_bibtex
from evidence.references.csl import to_csl_json
from evidence.references.ris import to_ris


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the ending of its files, what readers call it, its media type, and what makes one work of it, with `head`, `between` and `end` in lists.

    `for_managers` says that programs that keep references read it: a table is no way to cite anything.
    """

    id: str
    name: str
    media_type: str
    render: Callable[[Reference, Review], str]
    head: bytes = b""
    between: bytes = b""
    end: bytes = b""
    for_managers: bool = True

    def work(self, reference: Reference, review: Review) -> bytes:
        """One work as it stands in a file."""
        return self.render(reference, review).encode()

    def file(self, works: Iterable[bytes]) -> bytes:
        """The file that holds these works."""
        return self.head + self.between.join(works) + self.end


_FORMATS = (
    Format("bib", "BibTeX", "application/x-bibtex", lambda work, review: to_bibtex(work), between=b"\n"),
    Format("ris", "RIS", "application/x-research-info-systems", lambda work, review: to_ris(work)),
    Format(
        "json",
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        lambda work, review: to_csl_json(work),
        b"[\n",
        b",\n",
        b"\n]\n",
    ),
    Format("csv", "CSV", "text/csv", works_table.to_row, works_table.header(), for_managers=False),
)
FORMATS = {made.id: made for made in _FORMATS}
