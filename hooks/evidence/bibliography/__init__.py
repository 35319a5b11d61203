"""What a .bib file says: its entries with their fields as typed, names and dates, and the works that they describe, as items of CSL.

Pandoc reads the values, in one run for a whole file; nothing here opens a file or knows pages.
"""

from evidence.bibliography import entries
from evidence.bibliography.entries import Entry
from evidence.bibliography.library import read_library

__all__ = ["Entry", "entries", "read_library"]
