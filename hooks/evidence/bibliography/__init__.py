"""What an entry of a .bib file says: its fields as typed, its names and dates, and the work that it describes, as an item of CSL.

Pandoc reads the values, in one run for a whole file; nothing here opens a file or knows pages.
"""

from evidence.bibliography import entries, shape
from evidence.bibliography.entries import Entry
from evidence.bibliography.languages import language_name
from evidence.bibliography.names import notices_of_names, problems_of_names
from evidence.bibliography.works import works_of

__all__ = ["Entry", "entries", "language_name", "notices_of_names", "problems_of_names", "shape", "works_of"]
