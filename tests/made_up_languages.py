"""A made-up review in English with a page in Arabic and one in Welsh, whose words say nothing, as MkDocs builds it and papers take it."""

from __future__ import annotations

from pathlib import Path

from conftest import ROOT

SETTINGS = f"""\
site_name: Two ways
site_description: A made-up review.
strict: true
theme: {{name: material, font: false}}
extra: {{evidence: {{frame: true}}}}
plugins:
  - bibtex: {{bib_file: bibliography.bib, bib_by_default: false, enable_inline_citations: false}}
hooks: [{ROOT}/hooks/mkdocs_hooks.py]
markdown_extensions: [admonition, attr_list, md_in_html, sane_lists, tables]
"""
BIB = """\
@book{reed2019, author = {Reed, Ann}, title = {The wetland book}, publisher = {Polder}, year = {2019}, access = {free}, listing = {printed}}
@book{ali2020, author = {علي, محمد}, title = {كتاب السلام}, publisher = {دار}, year = {2020}, access = {free}, listing = {printed}, langid = {arabic}}
"""
ARABIC = """\
---
title: كتاب الماء
description: صفحة عن الماء.
lang: ar
checked: 2026-11-22
---

# كتاب الماء { #water data-themes="soil" }

قال الناس إن 25 من 100 بيت بلا ماء [@reed2019, p. 3; @ali2020].

## أرقام { #numbers }

- الماء أولا، ثم البيت.
- رقم الهاتف 0800 123 456.

1. واحد
2. اثنان

| السنة | البيوت |
| --- | --- |
| 2019 | 25% |

> قال رجل: «الماء حياة».

## من قال { #who }

قال <span lang="en">The Water Board</span> هذا (2019).

## المراجع الأخرى { #more }

انظر [الصفحة الأولى](index.md).

## النهاية { #end }

انتهى.
"""
WELSH = """\
---
title: Y dŵr
description: Tudalen am y dŵr.
lang: cy
checked: 2026-11-22
---

# Y dŵr { #dwr data-themes="soil" }

Mae dŵr yn y tŷ [@reed2019, p. 3].

Cyhoeddwr: <!-- evidence: publisher name -->

<!-- evidence: years -->

<!-- evidence: questions -->
"""
HOME = """\
---
title: Two ways
description: Where the made-up review begins.
checked: 2026-11-22
---

# Two ways { data-themes="soil" }

Read [كتاب الماء](water.md), [أرقام](water.md#numbers) or [Y dŵr](dwr.md), which [say](water.md) the same [@reed2019].

## Gair { #gair lang=cy }

A word is cyd-gynhyrchu.
"""
PACKS = """\
packs:
  - id: water
    title: كتاب الماء
    purpose: صفحة عن الماء.
    editable: true
    epub: true
    parts:
      - page: water.md
  - id: both
    title: Both pages
    purpose: For a test of two languages.
    editable: true
    parts:
      - page: dwr.md
      - page: water.md
      - {title: Words, words: [all]}
"""
FILES = {
    "mkdocs.yml": SETTINGS,
    "bibliography.bib": BIB,
    "data/themes.yml": "- {id: soil, title: Soil, origin: review, summary: What grows needs soil.}\n",
    "data/glossary.yml": "- {id: cyd, term: cyd-gynhyrchu, meaning: Making it together., also: [cydgynhyrchu], lang: cy}\n",
    "data/packs.yml": PACKS,
    "data/questions.yml": "groups: [{id: first, title: First}]\nquestions: [{id: why, group: first, text: Why is water here?}]\n",
    "data/reading.yml": "checked: 2026-11-22\nlimits:\n  - {pages: '*', grade: 9}\n",
    "docs/index.md": HOME,
    "docs/water.md": ARABIC,
    "docs/dwr.md": WELSH,
}


def write(root: Path) -> Path:
    """The review under `root`; its mkdocs.yml."""
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    return root / "mkdocs.yml"
