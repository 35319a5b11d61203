"""Pages in passages, the index of who cites what where, and the resolving of citations into links.

`passages` has what directives need as well, `reference_links` the links to works, `resolving` the list of references of a page.
"""

from evidence.crosslinks.passages import Context, Page, Passage

__all__ = ["Context", "Page", "Passage", "index", "passages", "reference_links", "resolving", "support"]
