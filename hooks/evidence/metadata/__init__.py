"""What programs read off pages: tags for reference managers, COinS in lists, and linked data for search engines.

A new tag is a line of `page_meta` or `reference_meta`, a new kind of node a function of `linked_data`. What a kind of work is called in
each vocabulary stands in its record in `references`.
"""

from evidence.metadata import linked_data
from evidence.metadata.coins import context_object
from evidence.metadata.page_metadata import Host, PageFacts, full_address, page_meta, reference_meta

__all__ = ["Host", "PageFacts", "context_object", "full_address", "linked_data", "page_meta", "reference_meta"]
