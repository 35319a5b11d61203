"""Pictures made from data: marks and scales as small inline SVG, and the frame that a picture stands in.

`marks` draws: `dot`, `sign`, `pip`, `bar`. `figure` puts what is drawn below a title and the sentence that says what it shows, above a table of the
same numbers; `drawn` makes tables that are pictures, `years` the picture of years, `qr_code` one that opens an address. A picture is told by shape and words, never by colour alone, and nothing in it appears on hover.

Papers need nothing more: a part of a pack that names a picture's page and section holds it, and `output.nodes` reads its marks there. So a picture is
marks within words, lists and tables, and what it says stands in the page's own text.
"""

from evidence.pictures import drawn
from evidence.pictures.marks import bar, dot, figure, pip, sign
from evidence.pictures.qr_code import qr_code
from evidence.pictures.years import years

__all__ = ["bar", "dot", "drawn", "figure", "pip", "qr_code", "sign", "years"]
