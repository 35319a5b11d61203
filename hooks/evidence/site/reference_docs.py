"""What editors can write into pages and the bibliography, and what is demanded of it, as documents made from the registries: `make docs` writes them.

A test holds the files of docs-dev/ to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from evidence.bibliography import entries
from evidence.model.site_data import FrontMatter
from evidence.model.vocabulary import DATA_MARKS
from evidence.output import markdown
from evidence.rules import RULES
from evidence.site.directives import all_directives
from evidence.site.schemas import field_help

Rule = Callable[..., object]
_DIRECTIVES = """\
# Directives

What a comment such as `<!-- evidence: name words -->` puts into a page. A misspelt one is a problem, never silence.

"""
_FIELDS = """\
# Fields and marks

What the bibliography and pages may say beyond BibTeX and Markdown. The fields of the files in `data/` are told while you type, by the schemas.

"""
_RULES = """\
# Rules

What `make check` holds a review to. A rule is a generator of problems, and its docstring is what stands below. To add one, write it in the module that
it fits, in `rules` or `paper_rules`, and name it in the list in `hooks/evidence/rules/checking.py`. What is wrong with the form of a file (a comma, a misspelt field) is told
while it is read, by `sources`.
"""
_BIBLIOGRAPHY = """
`year = {n.d.}` marks an undated work. `shortauthor` and `shorttitle` shorten what the text shows. An article number stands in
`eid`, and again in `pages` for programs that do not know `eid`. A citation that could not be traced is not a reference: it is a record of
`data/untraced.yml`, is cited by its key like any other, and shows as “not traced”.
"""
_HEADINGS = """
They stand in the braces of a heading, as in `## Heading { #id data-themes="money" data-nations="france" }`; the sections below it take them over.
Silence is about nothing: where a section only says that nothing is said on a theme, it has no mark for it.

A paragraph with the line `{ .screen-only }` below it, such as “Read more about the benefits”, stays off papers and print-outs. So do a heading
with `.screen-only` in its braces and the list below it.
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
    own = _table(("field", "values", "needed"), ((f"`{name}`", *words) for name, words in entries.OWN_FIELDS.items()))
    marks, front = _named("mark", DATA_MARKS), _named("name", field_help(FrontMatter))
    return (
        f"{_FIELDS}## Fields of the bibliography that BibTeX does not have\n\n{own}{_BIBLIOGRAPHY}\n"
        f"## Marks on headings\n\n{marks}{_HEADINGS}\n## Front matter\n\n{front}"
    )


def _named(what: str, words: Mapping[str, str]) -> str:
    return _table((what, "what it says"), ((f"`{name}`", text) for name, text in words.items()))


def _table(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    return "".join(map(markdown.table_row, (head, ["---"] * len(head), *rows)))


def demand(rule: Rule) -> str:
    """What a rule demands: the first paragraph of its docstring."""
    return " ".join((rule.__doc__ or "").partition("\n\n")[0].split())


def rules_page() -> str:
    """All rules, by the module that each lies in."""
    modules: dict[str, list[Rule]] = {}
    for rule in RULES:
        modules.setdefault(rule.__module__.removeprefix("evidence.").replace(".", "/"), []).append(rule)
    tables = (
        f"\n## `{name}.py`\n\n"
        + _table(("Rule", "What it demands"), ((f"`{rule.__name__}`", demand(rule)) for rule in rules))
        for name, rules in modules.items()
    )
    return _RULES + "".join(tables)


FILES: dict[str, Callable[[], str]] = {
    "docs-dev/directives.md": directives_page,
    "docs-dev/fields.md": fields_page,
    "docs-dev/rules.md": rules_page,
}


def write(root: Path) -> None:
    """Write all of them into the project's folder."""
    for name, made in FILES.items():
        (root / name).write_text(made(), "utf-8")
