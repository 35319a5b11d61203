"""The pages that the engine makes by itself, and what it adds at the end of others.

A generated page is one record of `PAGES`, made from `Materials`; its words stand in a template of the folder `templates`. To add a page, add one
record to `PAGES`: it is then built, may be linked to and stand in a pack, and no page can be written at its address.
"""

from evidence.pages.generated import PAGES, Materials, facts

__all__ = ["PAGES", "Materials", "bare_pages", "change_pages", "facts", "source_checks"]
