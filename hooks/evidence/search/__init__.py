"""What readers search: the sections of built pages, by kind, as files in pieces that search-find.js reads.

`sections` cuts a page, `entries` says what is found on it, `search_files` writes it all down. Words are folded in `words.py`, and by the same rules in
the script.
"""

from evidence.search.entries import KINDS, FoundPage, SearchHint, entries
from evidence.search.index import FOLDER, search_files
from evidence.search.sections import Section, sections

__all__ = ["FOLDER", "KINDS", "FoundPage", "SearchHint", "Section", "entries", "search_files", "sections"]
