"""How hard the words of pages are to read, and which abbreviations wait for their full form; `rules` holds pages to both.

`measure` says what a page measures, as a `Measure`; `grade` that of some sentences, `limit_of` what a page may have.
"""

from evidence.wording import abbreviations
from evidence.wording.measuring import Measure, grade, limit_of, measure

__all__ = ["Measure", "abbreviations", "grade", "limit_of", "measure"]
