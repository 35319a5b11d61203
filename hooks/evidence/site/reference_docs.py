"""What editors can write into pages and the bibliography, as documents made from the registries: `python -m evidence.site.reference_docs` writes them.

A test holds the files of docs-dev/ to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from evidence.model.site_data import FrontMatter
from evidence.model.vocabulary import DATA_MARKS, OWN_FIELDS
from evidence.output import markdown
from evidence.site.directives import all_directives
from evidence.site.schemas import field_help

_DIRECTIVES = """\
# Directives

What a comment such as `<!-- evidence: name words -->` puts into a page. A misspelt one is a problem, never silence.

"""
_FIELDS = """\
# Fields and marks

What the bibliography and pages may say beyond BibTeX and Markdown. The fields of the files in `data/` are told while you type, by the schemas.

"""
_BIBLIOGRAPHY = """
`year = {n.d.}` marks an undated work. `shortauthor` and `shorttitle` shorten what the text shows. An article number stands in
`eid`, and again in `pages` for programs that do not know `eid`. A citation that could not be traced is not a reference: it is a record of
`data/untraced.yml`, is cited by its key like any other, and shows as “not traced”.
"""
_HEADINGS = """
They stand in the braces of a heading, as in `## Heading { #id data-themes="money" data-nations="france" }`; the sections below it take them over.

A paragraph with the line `{ .screen-only }` below it, such as “Read more about the benefits”, stays off papers and print-outs.
"""


def directives_page() -> str:
    """Every directive, with what it takes and what it gives."""
    rows = []
    for kind in all_directives().values():
        written = (" ".join(word for word in ("evidence:", kind.name, example) if word) for example in kind.examples)
        rows.append((f"`{kind.name}`", kind.takes, kind.gives, ", ".join(f"`<!-- {words} -->`" for words in written)))
    return _DIRECTIVES + _table(("directive", "takes", "gives", "example"), rows)


def fields_page() -> str:
    """The fields of the bibliography that BibTeX does not have, the marks on headings, and front matter."""
    own = _table(("field", "values", "needed"), ((f"`{name}`", *words) for name, words in OWN_FIELDS.items()))
    marks, front = _named("mark", DATA_MARKS), _named("name", field_help(FrontMatter))
    return (
        f"{_FIELDS}## Fields of the bibliography that BibTeX does not have\n\n{own}{_BIBLIOGRAPHY}\n"
        f"## Marks on headings\n\n{marks}{_HEADINGS}\n## Front matter\n\n{front}"
    )


def _named(what: str, words: Mapping[str, str]) -> str:
    return _table((what, "what it says"), ((f"`{name}`", text) for name, text in words.items()))


def _table(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    return "".join(map(markdown.table_row, (head, ["---"] * len(head), *rows)))


FILES: dict[str, Callable[[], str]] = {"docs-dev/directives.md": directives_page, "docs-dev/fields.md": fields_page}


def write(root: Path) -> None:
    """Write all of them into the project's folder."""
    for name, made in FILES.items():
        (root / name).write_text(made(), "utf-8")


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[3])
