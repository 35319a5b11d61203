"""A made-up review with as many themes, kinds and nations as an evidence map has to bear, to be built and measured."""

from __future__ import annotations

from pathlib import Path

from conftest import ROOT

THEMES, KINDS, NATIONS = 60, 12, 12
KIND_NAMES = (
    "Peer-reviewed article",
    "Peer-reviewed review of research",
    "Book",
    "Guidance",
    "Law",
    "Policy or consultation paper",
    "Report",
    "Report on lived experience",
    "Web page",
    "Parliamentary questions and answers",
    "Dissertation",
    "Conference contribution",
)
NATION_NAMES = (
    "England",
    "Scotland",
    "Wales",
    "Northern Ireland",
    "Liechtenstein",
    "Netherlands",
    "Switzerland",
    "Luxembourg",
)
NATION_NAMES += ("Czechia", "Bosnia and Herzegovina", "Norway", "Malta")
WORDS = ("Commissioning", "Money", "Accountability", "Language", "Representation", "Growth", "Digital resources")
# What has no source: the last nation is one of no work.
GAP_THEME, GAP_KIND = 7, 4


SETTINGS = f"""\
site_name: A large map
strict: true
theme: {{name: material, language: en, font: false}}
extra: {{evidence: {{frame: true}}}}
plugins:
  - search
  - bibtex: {{bib_file: bibliography.bib, bib_by_default: false, enable_inline_citations: false}}
hooks: [{ROOT}/hooks/mkdocs_hooks.py]
markdown_extensions: [attr_list, md_in_html, tables]
"""


def write(root: Path) -> Path:
    """The review under `root`; its mkdocs.yml. One theme has no source, nor has any theme one of one kind or of one nation; some are part of others."""
    kinds = [k for k in range(KINDS) if k != GAP_KIND]
    sections = []
    works = [_work("apart", GAP_KIND, 0).replace("year =", "uncited = {It shows a gap.}, year =")]
    for theme in (t for t in range(THEMES) if t != GAP_THEME):
        keys = [f"w{theme}x{n}" for n in range(1 + theme * 7 % 11)]
        works += [_work(key, kinds[(theme + n // 2) % len(kinds)], (theme + n) % 11) for n, key in enumerate(keys)]
        marks = f'data-themes="t{theme}" data-nations="n{theme % 11}"'
        cited = "; ".join(f"@{key}" for key in keys)
        sections.append(f"## Part {theme} {{ #part-{theme} {marks} }}\n\nIt says so [{cited}].\n")
    files = {
        "mkdocs.yml": SETTINGS,
        "bibliography.bib": "".join(works),
        "data/kinds.yml": "".join(
            f"- {{id: k{k}, name: {name}, meaning: Works of this kind., peer_reviewed: {str(k < 2).lower()}}}\n"
            for k, name in enumerate(KIND_NAMES)
        ),
        "data/nations.yml": "".join(f"- {{id: n{n}, name: {name}}}\n" for n, name in enumerate(NATION_NAMES)),
        "data/themes.yml": "".join(map(_theme, range(THEMES))),
        "docs/index.md": "---\ntitle: Home\ndescription: A large map.\n---\n\n# Home\n\nWords.\n\n"
        + "\n".join(sections),
    }
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    return root / "mkdocs.yml"


def _work(key: str, kind: int, nation: int) -> str:
    fields = (
        f"author = {{{{{key}}}}}, title = {{T}}, year = {{2020}}, sourcekind = {{k{kind}}}, nations = {{n{nation}}}"
    )
    return f"@misc{{{key}, {fields}}}\n"


def _theme(number: int) -> str:
    parent = f", parent: t{number - number % 5}" if number % 5 == 3 else ""
    title = f"{WORDS[number % len(WORDS)]} and what stands behind it, {number}"
    return f'- {{id: t{number}, title: "{title}", origin: review, summary: A theme.{parent}}}\n'
