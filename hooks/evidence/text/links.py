"""Where the links in a Markdown text lead, and which of them lead nowhere good."""

from __future__ import annotations

import html
import re
from functools import lru_cache

_TARGET = re.compile(
    r"\]\(\s*<?([^)>\n]{0,300})"
    r"|^[ \t>*+.)\d-]*\[[^\]\n]+\]:[\s>]*<?([^>\n]{0,300})"
    r"|\b(?:href|src|action|formaction|data)\s*=\s*[\"']?([^\"'>\n]{0,300})",
    re.M | re.I,
)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_SAFE = {"http", "https", "mailto", "tel"}


@lru_cache(maxsize=16_384)  # more than one rule asks for the links of a page
def link_targets(text: str) -> tuple[tuple[str, int], ...]:
    """The targets of links in Markdown (inline, by reference, in HTML), each with its offset."""
    found = _TARGET.finditer(text) if "](" in text or "]:" in text or "=" in text else ()
    return tuple(
        (next(group for group in match.groups() if group is not None).strip(), match.start()) for match in found
    )


def is_unsafe(target: str) -> bool:
    """Whether an address has a scheme that can do more than lead somewhere, read as browsers do (WHATWG, "URL Standard")."""
    # A backslash before a sign is Markdown's, and gone from the page.
    address = re.sub(r"[\t\n\r\\]", "", html.unescape(target)).lstrip("".join(map(chr, range(33))))
    scheme = _SCHEME.match(address)
    return bool(scheme and scheme[1].lower() not in _SAFE)
