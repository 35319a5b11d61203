"""A made-up review in English and Hebrew, of which the Hebrew edition is not whole. The engine's words in Hebrew are the English ones in Hebrew letters."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import CompletedProcess

import marked
from conftest import ROOT, run
from evidence_cli.words import ENGINE, catalogue

# Each Latin letter, small or large, is a Hebrew one: what is still in Latin letters has come through no catalogue.
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "אבגדהוזחטיכלמנסעפצקרשתםןףץ" * 2)
SETTINGS = f"""\
site_name: A pot of tea
site_description: A made-up review.
strict: true
nav:
  - Home: index.md
  - The pot: pot.md
  - The leaves: leaves.md
  - More:
      - References: references/index.md
      - A to Z: a-to-z/index.md
      - Support: support/index.md
  - About this site:
      - about/index.md
      - Privacy: about/privacy.md
not_in_nav: |
  /references/*
  /support/*
  /themes/*
  /discuss/packs/*
theme: {{name: material, font: false, features: [navigation.indexes]}}
extra: {{evidence: {{frame: true, offline: !ENV [OFFLINE_COPY, false]}}}}
plugins:
  - bibtex: {{bib_file: bibliography.bib, bib_by_default: false, enable_inline_citations: false}}
hooks: [{ROOT}/hooks/mkdocs_hooks.py]
markdown_extensions: [admonition, attr_list, md_in_html, sane_lists, tables, toc]
validation:
  nav: {{omitted_files: warn, not_found: warn, absolute_links: warn}}
  links: {{not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: warn}}
"""
BIB = """\
@book{reed2019, author = {Reed, Ann}, title = {The tea book}, publisher = {Polder}, year = {2019}, access = {free}, listing = {printed}}
@book{cohen2020, author = {כהן, רות}, title = {ספר התה}, publisher = {דפוס}, year = {2020}, access = {free}, listing = {printed}, langid = {hebrew}}
"""
# Its names hold what would be markup, were it not shown as it is written.
LANGUAGES = """\
- id: he
  name: עברית <i>
  title: קנקן תה <!-- -->
  description: סקירה לדוגמה.
  menu:
    More: עוד <!-- -->
"""


def page(title: str, description: str, body: str) -> str:
    return f"---\ntitle: {title}\ndescription: {description}\n---\n\n# {title}\n\n{body}\n"


FILES = {
    "mkdocs.yml": SETTINGS,
    "bibliography.bib": BIB,
    "data/languages.yml": LANGUAGES,
    "data/publisher.yml": "name: Polder Press\ncontact: tea@example.org\nsite_address: https://www.example.org/tea/\n",
    "data/glossary.yml": "- {id: pot, term: teapot, meaning: What tea is made in.}\n- {id: cosy, term: cosy, meaning: It keeps a pot warm.}\n",
    "data/redirects.yml": "old/: pot.md\n",
    "docs/index.md": page("A pot of tea", "Where it begins.", "How to make it [@reed2019]. See [the pot](pot.md)."),
    "docs/pot.md": page(
        "The pot",
        "What tea is made in.",
        "Warm the teapot first [@reed2019, p. 3].\n\n## Size { #size }\n\nA small one holds two cups [@cohen2020].",
    ),
    "docs/leaves.md": page(
        "The leaves",
        "What tea is made of.",
        "One spoon for each cup [@reed2019].\n\n## Green { #green }\n\nGreen leaves want cooler water [@cohen2020].",
    ),
    "docs/about/index.md": page("About this site", "Who made it.", "It is made up."),
    "docs/about/privacy.md": page("Privacy", "What is kept.", "Nothing is kept."),
    "docs/assets/leaf.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="90" height="90"><path d="M1 8C1 1 8 1 8 1S8 8 1 8"/></svg>\n',
    "docs/he/index.md": page(
        "קנקן תה", "כאן מתחילים.", "כך מכינים תה [@cohen2020]. ראו [הקנקן](pot.md) או [העלים](leaves.md#green)."
    ),
    "docs/he/pot.md": page(
        "הקנקן",
        "בו מכינים תה.",
        "קודם מחממים את הקנקן [@reed2019, p. 3].\n\n## גודל { #size }\n\nקנקן קטן מכיל שתי כוסות [@cohen2020]. ראו [הפרטיות](about/privacy.md).\n\n![עלה](assets/leaf.svg)",
    ),
    "data/he/glossary.yml": "- {id: pot, term: קנקן, meaning: בו מכינים תה.}\n",
    "data/he/redirects.yml": "old/: pot.md\n",
    "data/he/packs.yml": "packs:\n  - id: pot\n    title: הקנקן על נייר\n    purpose: לקריאה בבית.\n    parts:\n      - page: pot.md\n",
}


def write(root: Path, **changed: str | None) -> Path:
    """The review under `root`, with files `changed` (None for one that is not there), and the engine's words beside it. Returns the root."""
    for name, content in (FILES | changed).items():
        if content is not None:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(content, "utf-8")
    (root / "locale").mkdir()
    marked.mark_catalogue(catalogue(ENGINE), root / "locale/he.po", LETTERS)
    return root


def build(root: Path, site: Path) -> None:
    """Build both languages into a folder, with the copy for reading offline."""
    command = (sys.executable, "-m", "mkdocs", "build", "--strict", "-f", root / "mkdocs.yml", "-d", site)
    done = run(*command, EVIDENCE_LOCALE=str(root / "locale"), OFFLINE_COPY="true")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr


def evidence(root: Path, *command: str | Path) -> CompletedProcess[str]:
    """A command of `evidence` on the review, with its words."""
    program = (sys.executable, "-m", "evidence_cli", "--root", root)
    return run(*program, *command, EVIDENCE_LOCALE=str(root / "locale"))
