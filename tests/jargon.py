"""Words that an editor who does not program need not know, so that no message may hold them."""

from __future__ import annotations

import re

# Words of YAML, JSON, BibTeX and Python, and of the libraries that read them; as the engine's own words, not as what it quotes from a file.
_WORDS = re.compile(
    r"\b(?:mappings?|scalars?|sequences?|nodes?|tokens?|block|stream|pars(?:e[drs]?|ing|er)|syntax|indentation|keyword|"
    r"regex|regexp|patterns?|schema|valid|validat\w*|invalid|null|None|True|False|NoneType|str|int|float|bool|boolean|dict|tuple|"
    r"integer|string|object|array|instance|iterable|exception|traceback|error|errno|unicode|codec|decode[ds]?|encode[ds]?|encoding|"
    r"pydantic|bibtexparser|unexpected|delimiters?|escape[ds]?|undefined|macros?|slug|scheme|alias|anchor|"
    r"glob|placeholder|whitespace|attributes?|regular expression|dataclass|input|kwargs?|arguments?|well-formed|fence)\b"
)
# Python's spelling of types, characters, lists and groups; patterns. These stand nowhere.
_SPELLING = re.compile(r"<class|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|'[\[{]'|\[\^|\\w|\(\?")
_QUOTED = re.compile(r"'[^']*'|@\w+")


def jargon(message: str) -> str:
    """The first such word of a message; '' where there is none."""
    found = _SPELLING.search(message) or _WORDS.search(_QUOTED.sub("", message))
    return found[0] if found else ""
