"""Puts it together: `load` reads and checks a review, a `Site` is all that is made of it.

`report` gives the lines that say what is wrong, `annotations` the same for who shows a proposed change, `heads` writes what stands in pages' heads, `staging` the site as plain Markdown, `schemas` and `reference_docs` what editors look things up in.
"""

from evidence.site.loading import load
from evidence.site.report import report
from evidence.site.site import Site

__all__ = ["Site", "annotations", "heads", "load", "reference_docs", "report", "schemas", "staging"]
