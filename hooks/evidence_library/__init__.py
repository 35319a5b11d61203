"""Works from elsewhere, and what others say of those that a review has: what a library of a reference manager brings, and what Crossref and web servers answer.

`import_works` takes a library into the bibliography; `sources_check` asks about each source, and writes what it was told.
"""

__all__ = ["import_works", "sources_check"]
