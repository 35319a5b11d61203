"""What a .bib file is that holds no entries: empty, a web page, or a library in another format.

Such a file is told for what it is and alone: all that a reader of BibTeX could say of it would be wrong.
Formats: RIS (Research Information Systems, 2011), EndNote's tagged and XML exports, CSL-JSON (citeproc-js), MEDLINE's .nbib (National Library of
Medicine), Web of Science's field tags.
"""

from __future__ import annotations

import re

EXPORT = "export as BibTeX"
EMPTY = "no entries: this file is empty; put its entries back, or write one such as @book{key, ...}"
# What an editor or a program meant as an entry, whether or not it can be read; `_INSIDE` stands anywhere in a line.
_ENTRY = re.compile(r"^[ \t]*@\s*(?!(?:comment|string|preamble)\b)[\w-]+", re.M | re.I)
_INSIDE = re.compile(r"@\w+\s*[{(]\s*[^\s,{}()\"]+\s*,")
_COMMENT = re.compile(r"^[ \t]*(?:%(?![0A-Z] )|@(?:comment|string|preamble)\b).*", re.M | re.I)
_WEB_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
# The beginning in which a web page says what it is; a program may have put its own words before that.
_HEAD = 4_000
# What a file is that has all of these lines.
_OTHER_FORMATS = {
    "EndNote XML or other XML": (r"\A\s*<[?!\w]",),
    "JSON, such as CSL-JSON": (r"\A\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])",),
    "RIS": (r"^[ \t]*TY {1,2}-(?: |$)",),
    "the format of PubMed (.nbib)": (r"^PMID ?- ",),
    "the format of Web of Science": (r"^PT [A-Z]$", r"^(?:AU|TI) "),
    "the format of EndNote (.enw)": (r"^%[0A] \S", r"^%[BDJT] \S"),
    "a list of references in LaTeX": (r"\\bibitem\b|\\begin\{thebibliography\}|\\datalist\b",),
    "YAML": (r"\A\s*(?:---\s*\n\s*)?(?:references:|cff-version:|- (?:id|type|title):)",),
    "a table (CSV)": (r"\A\s*(?:[\"']?\w[\w ]*[\"']?[,;\t](?! )){2}",),
}


def what_it_is(text: str) -> str:
    """What is told of the text of a .bib file without a single entry: that it is empty, or what it is instead; '' where there may be entries."""
    if not _COMMENT.sub("", text).strip():
        return EMPTY
    start = text[:_HEAD].lstrip()
    if start.startswith("<") and _WEB_PAGE.search(start):
        return f"no entries: this is a web page; {EXPORT}"
    if _ENTRY.search(text) or (start[:1] not in ("<", "[", "{") and _INSIDE.search(text)):
        return ""
    for name, lines in _OTHER_FORMATS.items():
        if all(re.search(line, text, re.M) for line in lines):
            return f"no entries: this is {name}; {EXPORT}"
    return f"no entries: each begins with '@', as @book{{key, ...}} does; write one, or {EXPORT}"
