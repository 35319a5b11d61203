"""What an entry of a .bib file says: its fields as typed, its names and dates, and the work that it describes, as an item of CSL.

Pandoc reads the values, in one run for a whole file; nothing here opens a file or knows pages.
"""

from evidence.bibliography import entries, shape
from evidence.bibliography.entries import Entry
from evidence.bibliography.languages import language_name
from evidence.bibliography.slips import slips_of
from evidence.bibliography.works import works_of

__all__ = ["Entry", "entries", "language_name", "shape", "slips_of", "works_of"]
