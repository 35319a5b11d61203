"""Which letters papers can show: Typst refuses those that no font of ours has, so editors are told before anything is made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache

# All but the letters that are known to be in the text's font: Latin and the marks of English text.
_UNPROVEN = re.compile("[^\\s\x20-\x7e\xa0-\u017f‐–—‘’“”•…€′″ ]")


def strange_letters(text: str) -> Iterator[str]:
    """The letters of a text that no font for papers has, each once."""
    yield from (letter for letter in dict.fromkeys(_UNPROVEN.findall(text)) if not printable(letter))


@cache
def printable(letter: str) -> bool:
    """Whether some font of ours has a letter; else it would come out as a box."""
    import typst  # noqa: PLC0415 (only the few letters that are not proven need it)

    from evidence.output import typesetting  # noqa: PLC0415

    source = b'#set document(title: "-")\n#set text(font: json(bytes(sys.inputs.fonts)))\n#text(sys.inputs.letter)'
    try:
        inputs = {"fonts": json.dumps(typesetting.FONTS), "letter": f"a{letter}a"}
        typesetting.typeset(source, inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
