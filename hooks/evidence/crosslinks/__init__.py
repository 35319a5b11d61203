"""Pages in passages, the index of who cites what where, and the resolving of citations into links."""

from __future__ import annotations

from evidence.crosslinks.index import Index, build_index
from evidence.crosslinks.passages import Context, DirectiveError, Page, Passage, paginate
from evidence.crosslinks.resolving import resolve_citations

__all__ = ["Context", "DirectiveError", "Index", "Page", "Passage", "build_index", "paginate", "resolve_citations"]
