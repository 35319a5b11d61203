"""Puts it together: `load` reads and checks a review, a `Site` is all that is made of it.

`heads` writes what stands in pages' heads, `staging` the site as plain Markdown, `schemas` and `reference_docs` what editors look things up in.
"""

from evidence.site.loading import load
from evidence.site.site import Site

__all__ = ["Site", "heads", "load", "reference_docs", "schemas", "staging"]
