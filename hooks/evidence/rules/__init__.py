"""Every rule that a review is held to, whatever it is about.

`check` holds a `Subject` (a review with its pages) to `RULES`.
"""

from evidence.rules.checking import RULES, check
from evidence.subject import Subject

__all__ = ["RULES", "Subject", "check"]
