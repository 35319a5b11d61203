"""What Typst sets, by a compiler that is kept, so that templates and fonts are read once however many papers are set."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from evidence.output.fonts import FONTS, fonts

__all__ = ["FONTS", "asked", "drawn", "fonts", "forget", "typeset"]

# Typst lets go of what it has not used for so many papers.
_REMEMBERED = 10
_kept = threading.local()  # a compiler sets one paper at a time


def typeset(source: Path | bytes, inputs: Mapping[str, str], **options: Any) -> bytes:
    """What a source, or the file that holds it, makes of `inputs`, with our fonts alone; `options` are further ones of `typst.Compiler.compile`.

    typst.TypstError says what Typst refuses.
    """
    if not hasattr(_kept, "compiler"):
        _kept.compiler = typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)
    root = source.parent if isinstance(source, Path) else None
    made: bytes = _kept.compiler.compile(source, root=root, sys_inputs=dict(inputs), **options)
    return made


def drawn(source: bytes, inputs: Mapping[str, str], dots_per_inch: float) -> list[bytes]:
    """Each page of a source as PNG (see `typeset`)."""
    made: Any = typeset(source, inputs, format="png", ppi=float(dots_per_inch))  # a list where there are several
    return made if isinstance(made, list) else [made]


def asked(source: Path, inputs: Mapping[str, str], question: str) -> Any:
    """What a question, in the language of Typst, says of the pages that `typeset` sets of the same; it takes no time just after that, since all
    compilers remember together. typst.TypstError says what Typst refuses."""
    return json.loads(
        typst.Compiler(source, font_paths=fonts(), ignore_system_fonts=True, sys_inputs=dict(inputs)).eval(question)
    )


def forget() -> None:
    """Let go of what was set before, which Typst keeps in memory for the next papers: hundreds of MB after each book."""
    for _ in range(_REMEMBERED + 1):
        typeset(b" ", {})
