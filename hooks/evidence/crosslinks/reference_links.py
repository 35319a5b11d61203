"""How a page speaks of a work: its address, the link to its page, and which of several places is meant."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.crosslinks.index import Occurrence
from evidence.model.parts import CitedItem
from evidence.output import blocks, markdown
from evidence.references import Label
from evidence.text import escape
from evidence.text.translation import _

REFERENCES = "references/index.md"
NOT_TRACED_ID, NOT_TRACED_TITLE = "not-traced", _("Cited in the source, not traced")


def reference_uri(key: str) -> str:
    """The source address of a reference's page."""
    return f"references/{key}.md"


def about(key: str, label: Label) -> blocks.Link:
    """The link to a reference's page."""
    return blocks.Link(_("About this source: %s") % label, reference_uri(key))


def full_stop(label: Label) -> str:
    """The full stop after a label at the end of a sentence; none where the label ends with one, as in "TLAP, n.d."."""
    return "" if str(label).endswith(".") else "."


def which(occurrence: Occurrence, same: Sequence[Occurrence]) -> str:
    """' (2 of 3)' for the second of three places with the same label; '' for one that stands alone."""
    if len(same) < 2:
        return ""
    return " " + _("(%(number)s of %(all)s)") % {"number": same.index(occurrence) + 1, "all": len(same)}


def anchor(key: str, number: int) -> str:
    """The id of the place where `key` is cited for the `number`th time on a page."""
    return f"cite-{key}-{number}"


def item_link(item: CitedItem, number: int, label: Label) -> str:
    """One work of a citation as a Markdown link to the page's own reference list."""
    prefix = f"{escape.markdown(item.prefix)} " if item.prefix else ""
    text, full = (label.cited(CitedItem(item.key, item.locator, "", alone)) for alone in (item.suppress_author, False))
    # A year alone says little to someone who hears links one by one, so such a link is named in full.
    name, id_ = full if full != text else "", anchor(item.key, number)
    return prefix + markdown.link(text, f"#ref-{item.key}", "", id_=id_, css="citation", label=name)
