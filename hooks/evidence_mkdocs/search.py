"""What search knows beyond the words that its plugin reads off rendered pages."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from evidence.documents.document import SearchHint
from evidence.output import blocks
from evidence.text import escape
from evidence.text.translation import _

Entry = dict[str, Any]
_RAISED = re.compile("</?su[bp]>")


def search_index(config: MkDocsConfig) -> Any:
    """The index that the search plugin fills; None for a site without search."""
    plugin = config.plugins.get("material/search") or config.plugins.get("search")
    return getattr(plugin, "search_index", None)


def reference_entry(page: blocks.Output, url: str) -> Entry:
    """The entry of a stamped page, which the plugin does not see: the work itself, as it is cited."""
    reference = next(block for block in page.tail if isinstance(block, blocks.Paragraph) and not block.css)
    words = re.sub(r"<[^>]+>", "", blocks.to_html([reference], lambda uri: ""))
    return {"location": url, "title": escape.html_words(page.title), "text": " ".join(words.split())}


def add_hints(entries: Iterable[Entry], hints: Iterable[SearchHint], url: Callable[[str], str]) -> None:
    """Tell search what kind each page is, and by which words people look for it. The pages themselves stay as they are."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for part in ("title", "text"):
            entry[part] = _RAISED.sub("", entry[part])  # search would make two words of CO<sub>2</sub>
        found[entry["location"]].append(entry)
    for hint in hints:
        location = f"{url(hint.uri)}#{hint.section}" if hint.section else url(hint.uri)
        for entry in found.get(location, ()):
            entry["title"] = f"{hint.kind}: {entry['title']}"
            if hint.words:
                words = _("Search words: %(words)s.") % {"words": html.escape(", ".join(hint.words))}
                entry["text"] += f" <p>{words}</p>"
                # Who types such a word more likely looks for this than for a page that happens to hold it.
                entry["boost"] = 2
