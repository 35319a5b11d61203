"""What becomes of a PDF once Typst has set it: what its tags lack, several as one, and pages in printing order.

It is loaded where a file is made, since it loads pikepdf.
"""

from evidence.printing.joined import Copies, joined
from evidence.printing.tagging import printing_order, tagged

__all__ = ["Copies", "joined", "printing_order", "tagged"]
