"""What is wrong with the codes, addresses and titles of an entry, seen in the way they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.bibliography.entries import Entry
from evidence.bibliography.latex import simpler_latex, without_commands
from evidence.text.words import quoted

_BETWEEN = re.compile(r"[\s,;/]+(?:and\s+)?|\s*\([^()]*\)\s*")


def problems_of_codes(entry: Entry) -> Iterator[tuple[str, str]]:
    """The fields of an entry with values that no program can use, and what is wrong with them."""
    url = entry.fields.get("url", "")
    if re.search(r"\S\s+\S", url) and one_address(url) == url:
        yield "url", f"is {quoted(url)}; an address holds no blank: write one address, with %20 where it has a blank"


def one_address(url: str) -> str:
    """The address of a work, of several with blanks between them (as Mendeley writes them) the first that is not its DOI."""
    found = url.split()
    if len(found) < 2 or not all(re.fullmatch(r"https?://\S+[^\s;,]", one) for one in found):
        return url
    return next((one for one in found if "doi.org/" not in one), found[0])


def notices_of_codes(entry: Entry) -> Iterator[tuple[str, str]]:
    """The fields of an entry with values that are probably slips, and what is odd about them."""
    f = entry.fields.get
    if (one := one_address(url := f("url", ""))) != url:
        yield "url", f"is {quoted(url)}; of these addresses {quoted(one)} is taken"
    if not re.fullmatch(r"\d*", f("pmid", "")):
        yield "pmid", f"is {quoted(f('pmid', ''))}; write the number alone"
    if not re.fullmatch(r"(?:PMC\d+)?", f("pmcid", "")):
        yield "pmcid", f"is {quoted(f('pmcid', ''))}; write it as PMC12345"
    for name, valid, form in (("issn", _is_issn, "1234-5679"), ("isbn", _is_isbn, "978-0-306-40615-7")):
        for code in filter(None, _BETWEEN.split(f(name, ""))):
            if not valid(re.sub(r"[-‐–]", "", code).upper().removeprefix(name.upper()).lstrip(":")):
                yield (
                    name,
                    f"has {quoted(code)}, which is no {name.upper()}; one looks like {form}, and its last digit follows from the others",
                )
    title = without_commands(simpler_latex(f("title", ""))[0])
    if len(re.findall(r"[^\W\d_]{2,}", title)) > 2:
        if title.isupper():
            yield "title", f"is all in capitals: {quoted(title)}; write it as on the work"
        elif title.islower():
            yield "title", f"is all in small letters: {quoted(title)}; write it as on the work"


def _is_issn(code: str) -> bool:
    """ISO 3297: the last of eight digits is a check."""
    weighed = sum((8 - i) * int(digit) for i, digit in enumerate(code[:7])) if re.fullmatch(r"\d{7}[\dX]", code) else 1
    return (
        re.fullmatch(r"\d{7}[\dX]", code) is not None and (weighed + (10 if code[7] == "X" else int(code[7]))) % 11 == 0
    )


def _is_isbn(code: str) -> bool:
    """ISO 2108: ten digits, or thirteen, of which the last is a check."""
    if re.fullmatch(r"\d{9}[\dX]", code):
        return sum((10 - i) * (10 if digit == "X" else int(digit)) for i, digit in enumerate(code)) % 11 == 0
    return (
        re.fullmatch(r"97[89]\d{10}", code) is not None
        and sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(code)) % 10 == 0
    )
