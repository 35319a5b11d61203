"""How a paper's blocks stand on sheets of paper, before Typst sets them: tables that fit, and what belongs together on one side."""

from evidence.sheets.blocks import laid_out
from evidence.sheets.columns import fitted, in_a_line

__all__ = ["fitted", "in_a_line", "laid_out"]
