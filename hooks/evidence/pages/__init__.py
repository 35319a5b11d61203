"""What the engine puts on pages by itself: directives, which stand in pages that people write, and pages that are generated whole.

A generated page is one record of `PAGES`, made from `Materials`; its words stand in a template of the folder `templates`. To add a page, add one
record to `PAGES`: it is then built, may be linked to and stand in a pack, and no page can be written at its address.
"""

from evidence.pages import bare_pages
from evidence.pages.change_pages import page_changes
from evidence.pages.directives import DIRECTIVES
from evidence.pages.feed import feed
from evidence.pages.generated import PAGES, GeneratedPage, Materials
from evidence.pages.search_hints import search_hints

__all__ = [
    "DIRECTIVES",
    "PAGES",
    "GeneratedPage",
    "Materials",
    "bare_pages",
    "feed",
    "page_changes",
    "search_hints",
]
