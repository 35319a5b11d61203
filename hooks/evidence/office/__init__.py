"""Papers as files for word processors, written by pandoc from a document tree and a reference document that are made here.

`to_office` makes a file of a kind in `WRITERS`. To add a kind that pandoc can write: a module such as `odt` with the two functions of a `Writer`,
and one entry in `WRITERS`. Nothing that is slow is loaded before a file is made.
"""

from evidence.office.office import WRITERS, Writer, to_office

__all__ = ["WRITERS", "Writer", "to_office"]
