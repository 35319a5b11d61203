"""References that readers take away: files of works and of lists of works, and how to cite the site and what it is made from.

Every record of FORMATS and STYLES in `references` appears here by itself. To offer the works of one more thing, give it a list in
`make_reference_files` and a method that tells its links.
"""

from evidence.downloads import how_to_cite
from evidence.downloads.export_files import WHOLE, ReferenceFiles, make_reference_files, without_downloads, work_stem

__all__ = ["WHOLE", "ReferenceFiles", "how_to_cite", "make_reference_files", "without_downloads", "work_stem"]
