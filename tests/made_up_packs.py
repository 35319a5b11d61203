"""A small review with packs: one sheet with the parts that a test gives it."""

from __future__ import annotations

from pathlib import Path

from lxml import html
from markdown import Markdown

from evidence.output.accessible_tables import RealTables
from evidence.output.html_tree import EXTENSIONS
from evidence.output.note_lines import NoteLines
from evidence.papers.paper import Paper
from evidence.site.site import Site
from made_up import PAGE, review

QUESTIONS = """\
groups:
  - {id: first, title: First things}
  - {id: last, title: Last things}
questions:
  - {id: why, group: first, text: Why soil?}
  - {id: how, group: first, text: How deep?}
  - {id: when, group: last, text: When?}
"""
GLOSSARY = "- {id: loam, term: Loam, meaning: Good soil.}\n- {id: clay, term: Clay, meaning: Heavy soil.}\n"
SOURCES = """\
- {id: one, name: One, title: The first source, author: Ann Good, date: May 2020}
- {id: two, name: Two, title: The second source, author: Ben Fine, date: June 2021}
"""
GUIDE = """\
---
title: Guide
description: How to dig.
glossary: false
---

# Guide { data-themes="soil" }

Read [home](index.md#home), [the tools](#tools) and [the end](#end). It is known [@good2020].

## Tools { #tools data-themes="soil" }

A spade [@good2020].

### Spades { #spades }

Long ones.

## End { #end }

<!-- unit: x -->
Stop. <!-- evidence: note N1 -->
"""
FILES = {
    "data/questions.yml": QUESTIONS,
    "data/glossary.yml": GLOSSARY,
    "data/sources.yml": SOURCES,
    "data/nations.yml": "- {id: wales, name: Wales}\n",
    "data/editorial.yml": """\
- id: N1
  kind: fact
  title: Depth
  where_in_source: [p]
  source_says: S
  problem: P
  treatment: T
  severity: gap
  certainty: verified
  basis: B
  note: Not deep.
""",
    "docs/guide.md": GUIDE,
    "docs/index.md": PAGE + '## Depth { #depth data-themes="soil" }\n\nDeep.\n',
}
CARDS = "cards:\n  - {id: stop, colour: red, shape: octagon, word: Stop, text: Please stop.}\n"


def packs(parts: str, more: str = "", cards: str = CARDS, name: str = "sheet") -> str:
    """A file with one pack; its parts begin at line 6, or one further down for each line of `more`."""
    lines = "".join(f"      - {{{part}}}\n" for part in parts.split(";") if part)
    return f"packs:\n  - id: {name}\n    title: Our sheet\n    purpose: For us.\n{more}    parts:\n{lines}{cards}"


def site(root: Path, text: str, **files: str) -> Site:
    named = {
        name.replace("__", "/").replace("_yml", ".yml").replace("_md", ".md"): text for name, text in files.items()
    }
    return review(root, {**FILES, "data/packs.yml": text, **named})


def paper(root: Path, text: str, name: str = "sheet") -> Paper:
    found = site(root, text)
    assert found.problems == ()
    return next(paper for paper in found.papers.all if paper.pack.id == name)


def shown(made: Paper) -> html.HtmlElement:
    converter = Markdown(extensions=[*EXTENSIONS, RealTables(), NoteLines()])
    return html.fromstring(f"<main>{converter.convert(made.markdown)}</main>")


def outline(made: Paper) -> list[str]:
    return [f"{h.tag} {h.text_content()}" for h in shown(made).iter("h1", "h2", "h3", "h4", "h5", "h6")]


def two(first: str, second: str) -> str:
    return packs("questions: [all]", first, cards="") + packs("questions: [all]", second, name="other").removeprefix(
        "packs:\n"
    )
