"""The text of a .bib file -> works, read by `bibliography` where no cache holds them.

Standard fields are those of BibTeX and biblatex; the fields that the standards lack (`OWN_FIELDS`) are described at the head of bibliography.bib and in
docs-dev/fields.md.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path

from evidence.files import made_by, read_cache, write_cache
from evidence.model.base import Location, Problem, Reference

# Limits that no work comes near, but that keep a slip (a brace that is closed a thousand entries later) or ill will from taking minutes.
MAX_BLOCKS = 50_000
MAX_SIGNS = 4_000_000
_TOOLS = ("pypandoc_binary", "bibtexparser", "pylatexenc")
_BLOCK = re.compile(r"@\w*[ \t]*[{(]")

Found = tuple[dict[str, Reference], list[Problem], set[str]]


def parse_bibtex(text: str, path: str, cache: Path | None = None) -> Found:
    """Works by key in the file's order, the problems and notices, and the keys of entries that were refused. `path` names the file.

    An entry is read, or one of its lines has a problem: none is passed over. `cache` is the file that keeps what was read, by the hash of the text.
    """
    blocks, signs = len(_BLOCK.findall(text)), sum(map(text.count, '{}",=\n'))
    if blocks > MAX_BLOCKS or signs > MAX_SIGNS:
        most = f"{MAX_BLOCKS:,} entries and {MAX_SIGNS:,} braces, commas, equals signs, quotation marks and line ends"
        return {}, [Problem(Location(path), f"this file has {blocks:,} and {signs:,}; at most {most}")], {path}
    this_year = datetime.now(UTC).year
    digest = hashlib.sha256(f"{made_by(*_TOOLS)}\n{this_year}\n{path}\n{text}".encode("utf-8", "replace")).hexdigest()
    if cached := read_cache(cache).get(digest):
        return _from_json(cached)
    from evidence.bibliography import read_library  # noqa: PLC0415 (only where the file has changed)

    found = read_library(text, path, this_year)
    if cache:
        write_cache(cache, {digest: _to_json(found)})
    return found


def _to_json(found: Found) -> str:
    references, problems, refused = found
    works = [(r.key, r.entry_type, r.item, r.own, r.nations, astuple(r.where)) for r in references.values()]
    return json.dumps([works, [astuple(problem) for problem in problems], sorted(refused)], ensure_ascii=False)


def _from_json(text: str) -> Found:
    works, problems, refused = json.loads(text)
    references = {w[0]: Reference(w[0], w[1], w[2], w[3], tuple(w[4]), Location(*w[5])) for w in works}
    return references, [Problem(Location(*where), *rest) for where, *rest in problems], set(refused)
