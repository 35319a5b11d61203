"""Small repairs of finished HTML that neither configuration nor a template of the theme can make.

The theme's base template switches `autocomplete` off on check boxes, where HTML does not allow the attribute: it is taken out of pages and of
the 404 page. What the theme ships and no page here uses is left out: maps for its developers, its palettes, and the search rules of languages
that the site is not in. On pages that set voices beside each other, each voice becomes a <section> of its own, so that a frame can go around it.
Our own style sheets go out without their comments and indents. Statements in one cell of a table get room between them, which browsers do not give to a <br>.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

# The ids of the headings that say who speaks: members, the evidence, the editors.
_VOICE = re.compile(r'<h2 id="(members|found|reading)">.*?(?=<h2[ >]|\Z)', re.S)
_CELL = re.compile(r"<td\b[^>]*>.*?</td>", re.S)
_CHECK_BOX = re.compile(r'(<input [^>]*type="checkbox"[^>]*?) autocomplete="off"')

_UNUSED = re.compile(r".*\.map|assets/stylesheets/palette\..*|assets/javascripts/lunr/.*")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what the theme ships and no page uses: more than half of all bytes."""
    english = config.theme["language"] == "en"
    for file in list(files):
        ours = file.src_dir == config.docs_dir
        if not ours and _UNUSED.fullmatch(file.src_uri) and (english or "/lunr/" not in file.src_uri):
            files.remove(file)
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put each voice into a section that its heading names, and room between the statements of a cell."""
    html = _CELL.sub(lambda m: m[0].replace("<br>", '<br><span class="gap"></span>'), html)
    if '<h2 id="members">' not in html:
        return html
    return _VOICE.sub(lambda m: f'<section class="voice {m[1]}" aria-labelledby="{m[1]}">\n{m[0]}</section>\n', html)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Repair a page before it is written; before the shell of the reference pages is kept, too."""
    return _CHECK_BOX.sub(r"\1", output)


def on_post_template(output_content: str, *, template_name: str, config: MkDocsConfig, **_: Any) -> str:
    """The same for 404.html, which is no page."""
    return _CHECK_BOX.sub(r"\1", output_content) if template_name.endswith(".html") else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Take comments and indents out of our own style sheets: an eighth of what they weigh on their way."""
    for name in config.extra_css:
        file = Path(config.site_dir, name)
        if file.is_file():
            plain = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.S)
            file.write_text(re.sub(r"\n\s*", "\n", plain), "utf-8", newline="\n")
