"""A work in every form: its label in the text, its entry in a list in any style, and itself in any format of files.

To add a format, a style or a kind of work is to add one record to FORMATS, STYLES or WORK_KINDS. Nothing here reads a review or knows pages, and the
citation processor runs only when a work is formatted that no cache holds.
"""

from evidence.references.formats import FORMATS
from evidence.references.formatting import format_works
from evidence.references.kinds import work_kind
from evidence.references.labels import Label, in_order, labels, plain
from evidence.references.styles import STYLES

__all__ = ["FORMATS", "STYLES", "Label", "format_works", "in_order", "labels", "plain", "work_kind"]
