"""The typeface of papers and of the words in their drawings: files of ours and of Typst alone, so that every machine takes the same."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import font_source_sans_pro
import typst

from evidence.output.drawings import FONT

# The letters of other scripts come from the fonts that Typst holds itself.
FONTS = (FONT, "Libertinus Serif", "DejaVu Sans Mono")
_STYLES = ("Regular", "Bold")


@cache
def fonts() -> typst.Fonts:
    """Two styles of the text's font, in one of the formats that its package has them in; and Typst's own fonts."""
    package = Path(font_source_sans_pro.__file__).parent / "files"
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # Typst opens the files only when it needs them
    for style in _STYLES:
        shutil.copy(package / f"{FONT.replace(' ', '')}-{style}.ttf", folder)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
