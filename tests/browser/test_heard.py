"""What is heard of a page: the browser's own tree of it, as screen readers get it, in a wide and in a narrow window.

The narrow one has 320 pixels, the least that a page must fit (WCAG 1.4.10), which are also a desktop's 1280 at 400%. A telephone of 390 has the same
tree: nothing that the styles leave out or turn into something else begins or ends between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page

from browser.windows import Windows

ABOUT = "In what browsers tell screen readers"
PAGES = [
    "",
    "review/barriers/",
    "review/ladder/",
    "references/",
    "themes/money/",
    "discuss/",
    "side-by-side/",
    "audit/",
]
ONCE = {"main", "banner", "contentinfo"}
NAMED = {"navigation", "complementary", "region", "search", "form"}
PARTS = {
    "table": "table",
    "row": "tr",
    "cell": "td",
    "columnheader": "[scope=col]",
    "rowheader": "[scope=row]",
    "list": "ul, ol",
}
# But not what says a picture once more, as a table.
OPEN = "for (const details of document.querySelectorAll('details:not(.picture-table)')) details.open = true;"
SHOWN = """(selector) => [...document.querySelectorAll(selector)]
    .filter((part) => part.checkVisibility({visibilityProperty: true}) && !part.closest("[aria-hidden=true]")).length"""


@dataclass
class Heard:
    """A part of the tree: what it is, what it is called, and the parts in it."""

    role: str
    name: str
    inside: list[Heard] = field(default_factory=list)

    def all(self) -> Iterator[Heard]:
        for part in self.inside:
            yield part
            yield from part.all()

    def words(self) -> str:
        return " ".join(part.name for part in self.all() if part.role == "StaticText")


def heard(page: Page) -> Heard:
    """The tree of a page without what screen readers pass over."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()

    def parts(name: str) -> list[Heard]:
        node = nodes.get(name)
        if node is None:
            return []
        inside = [part for child in node.get("childIds", []) for part in parts(child)]
        if node.get("ignored"):
            return inside
        return [Heard(node["role"]["value"], node.get("name", {}).get("value", "").strip(), inside)]

    [root] = parts(next(iter(nodes)))
    return root


def faults(page: Page) -> list[str]:
    """What somebody who listens to a page would stumble over."""
    page.evaluate(OPEN)
    tree = heard(page)
    found = list(tree.all())
    roles = Counter(part.role for part in found)
    said = [f"{role}: {roles[role]} of them" for role in sorted(ONCE) if roles[role] != 1]
    marks = Counter((part.role, part.name) for part in found if part.role in NAMED)
    said += [f"{role} without a name" for role, name in marks if not name]
    said += [f"{role} “{name}” {times} times" for (role, name), times in marks.items() if times > 1]
    for role, selector in PARTS.items():
        shown = page.evaluate(SHOWN, selector)
        if roles[role] != shown:
            said.append(f"{role}: {shown} on the page, {roles[role]} in the tree")
    for part in found:
        if part.role == "figure":
            said += _figure(part)
        elif part.role == "table":
            said += _table(part)
        elif part.role == "note" and not (part.name and part.words().endswith(f"End of note {part.name.split()[-1]}.")):
            said.append(f"note “{part.name}” ends with “{part.words()[-40:]}”")
    return said


def _figure(figure: Heard) -> Iterator[str]:
    captions = [part.words() for part in figure.all() if part.role == "Figcaption"]
    if len(captions) != 1 or not captions[0] or figure.name:
        yield f"figure “{figure.name}” with the captions {captions}"  # Chromium reads a caption, and makes no name of it
    for part in figure.all():
        if part.role in ("image", "table") and part.name in captions:
            yield f"the caption “{captions[0]}” is heard again as the name of a part: {part.role}"


def _table(table: Heard) -> Iterator[str]:
    heads = [part.name for part in table.all() if part.role == "columnheader"]
    for row in (part for part in table.all() if part.role == "row"):
        cells = [part for part in row.inside if part.role in ("cell", "rowheader", "columnheader")]
        for head, cell in zip(heads, cells, strict=False):
            first = next((part.name for part in cell.all() if part.role == "StaticText"), "")
            if cell.role == "cell" and head and first.strip(": ") == head:
                yield f"table “{table.name}”: column “{head}” is heard again in its cell"


@pytest.mark.claim(
    ABOUT,
    "Tables, lists, notes, captions and parts of a page are told as what they are, and once. Eight kinds of page were looked at.",
)
@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
@pytest.mark.parametrize("place", PAGES)
def test_each_part_of_a_page_is_heard_for_what_it_is_and_once(windows: Windows, place: str, narrow: bool) -> None:
    assert faults(windows.page(place, narrow=narrow, alone=True)) == []


def test_what_is_lost_or_heard_twice_is_found(windows: Windows) -> None:
    note = '<div role="note" aria-label="Editor\'s note A1"><p>Words.</p><p>%s</p></div>'
    column = '<table style="display: block"><caption>C</caption><tr><th scope="col">N<th scope="col">Say<tr><th scope="row">a<td data-label="Say">yes</table>'
    page = windows.page("", alone=True).context.new_page()  # without a policy, which would refuse a style
    page.set_content(
        f"""<style>td::before {{ content: attr(data-label) }}</style><header>Top</header><nav><a href="#a">One</a></nav><nav><a href="#a">Two</a></nav><main>
        {note % "No end."}{note % "End of note A1."}
        <figure><figcaption>One</figcaption><svg role="img" aria-label="One"></svg></figure><figure>Two</figure>
        {column}<ul role="presentation"><li>b</li></ul></main><footer>End</footer>"""
    )
    found = faults(page)
    page.close()
    assert found == [
        "navigation without a name",
        "navigation “” 2 times",
        "list: 1 on the page, 0 in the tree",
        "note “Editor's note A1” ends with “Words. No end.”",
        "the caption “One” is heard again as the name of a part: image",
        "figure “” with the captions []",
        "table “C”: column “Say” is heard again in its cell",
    ]
