"""Pictures made from data: marks and scales as small inline SVG, and the frame that a picture stands in.

`marks` draws: `dot`, `sign`, `pip`, `bar`. `figure` puts what is drawn below a title and the sentence that says what it shows, above a table of the
same numbers. A picture is told by shape and words, never by colour alone, and nothing in it appears on hover.
"""

from evidence.pictures.marks import SIGNS, bar, dot, figure, pip, radius, sign

__all__ = ["SIGNS", "bar", "dot", "figure", "pip", "radius", "sign"]
