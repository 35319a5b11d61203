"""Writes docs-dev/rules.md, the table of all rules, from the list in `evidence.rules`: `PYTHONPATH=hooks python tests/rules_table.py`; a test checks that it is current."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidence.rules import RULES
from evidence.rules.checking import LAST
from evidence.rules.subject import Rule

FILE = Path(__file__).resolve().parent.parent / "docs-dev/rules.md"
HEAD = """\
# Rules

What `make check` holds a review to, made from the list in `hooks/evidence/rules/checking.py` by `tests/rules_table.py`; a test checks that it is current.

A rule is a generator of problems, and its docstring is what stands below. To add one, write it in the module that it fits, and name it in that list.
What is wrong with the form of a file (a comma, a misspelt field) is told while it is read, by `sources`.
"""


def demands(rule: Rule) -> str:
    """What a rule demands: the first paragraph of its docstring."""
    return " ".join((rule.__doc__ or "").partition("\n\n")[0].split())


def table() -> str:
    """The whole file."""
    return HEAD + "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    modules: dict[str, list[Rule]] = {}
    for rule in (*RULES, *LAST):
        modules.setdefault(rule.__module__.rpartition(".")[2], []).append(rule)
    for name, rules in modules.items():
        yield f"\n## `rules/{name}.py`\n"
        yield "| Rule | What it demands |\n| --- | --- |"
        for rule in rules:
            yield f"| `{rule.__name__}` | {demands(rule)} |"


if __name__ == "__main__":
    FILE.write_text(table(), "utf-8")
