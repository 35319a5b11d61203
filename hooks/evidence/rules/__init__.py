"""Every rule that a review is held to, whatever it is about, and the report of what is wrong.

`check` holds a `Subject` (a review with its pages) to `RULES`; `report` gives the lines to print.
"""

from evidence.rules.checking import RULES, check
from evidence.rules.report import report
from evidence.rules.subject import Subject

__all__ = ["RULES", "Subject", "check", "packs", "pages", "report"]
