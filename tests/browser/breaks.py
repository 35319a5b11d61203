"""What is broken on purpose, one thing a page, and the check that must see it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from browser.broken_checks import (
    COUNTS,
    LENGTHS,
    SCROLLERS,
    Check,
    controls,
    drawer,
    focus,
    forced_colours,
    hover,
    ink,
    keys,
    long_lines,
    more_contrast,
    motion,
    paper,
    pictures,
    plain_navigation,
    rules,
    rules_in_the_drawer,
    rules_in_the_search,
    scrolling,
    search,
    single_keys,
    skip,
    spacing,
    table_boxes,
    table_words,
    visit,
    width,
    without_script,
)


@dataclass(frozen=True)
class Break:
    """Something broken: the check that must see it, what that says, and what is added to the page.

    `css` and `script` come as files beside the page, for its policy refuses them inside; `top` and `end` are HTML around the words.
    """

    name: str
    check: Check
    says: str
    css: str = ""
    script: str = ""
    top: str = ""
    end: str = ""

    def write(self, text: str, folder: Path) -> None:
        """Write the page `text` with this break into a folder of its own."""
        folder.mkdir(parents=True)
        (folder / "break.css").write_text(self.css, "utf-8")
        (folder / "break.js").write_text(self.script, "utf-8")
        text = text.replace("</head>", '<link rel="stylesheet" href="break.css"></head>', 1)
        text = text.replace("</h1>", f"</h1>{self.top}", 1).replace("</article>", f"{self.end}</article>", 1)
        (folder / "index.html").write_text(
            text.replace("</body>", '<script src="break.js"></script></body>', 1), "utf-8"
        )


# A picture of two rows, with as many marks and such a number in the second.
_PIP = '<svg class="mark pip" viewBox="0 0 16 16" width="1em" height="1em" aria-hidden="true"><path d="M2 2h12v12z"/></svg>'
_PICTURE = """<div class="picture"><p class="picture-title">How many</p><table class="bars"><tbody>
    <tr><th scope="row">One</th><td>{pip}</td><td class="count">1</td></tr>
    <tr><th scope="row">More</th><td>{pips}</td><td class="count">{number}</td></tr></tbody></table>
    <details class="picture-table"><summary>As a table</summary><table class="plain"><tbody>
    <tr><th scope="row">One</th><td>1</td></tr><tr><th scope="row">More</th><td>2</td></tr></tbody></table></details></div>"""


def pictured(marks: int, number: int) -> str:
    return _PICTURE.format(pip=_PIP, pips=_PIP * marks, number=number)


BREAKS = [
    Break(
        "grey words in dark",
        rules(),
        "^dark: color-contrast",
        css="@media (prefers-color-scheme: dark) { article p { color: #666 !important } }",
    ),
    Break(
        "grey words in light on a narrow screen",
        rules(narrow=True),
        "^light: color-contrast",
        css="@media (prefers-color-scheme: light) and (max-width: 40em) { article p { color: #aaa !important } }",
    ),
    Break(
        "grey words over a picture",
        rules(),
        "contrast [12]",
        css="article p { color: #777 !important; background: linear-gradient(#777, #888) !important }",
    ),
    Break(
        "grey words in the menu",
        rules_in_the_drawer,
        "color-contrast",
        css="@media (prefers-color-scheme: dark) { #site-nav.open a { color: #888 !important; background: #777 !important } }",
    ),
    Break(
        "grey words in search results",
        rules_in_the_search,
        "color-contrast",
        css="@media (prefers-color-scheme: dark) { #search-results * { color: #888 !important; background: #777 !important } }",
    ),
    Break(
        "a picture without words",
        rules(),
        "image-alt",
        end='<img src="../../assets/favicon.svg" width="40" height="40">',
    ),
    Break(
        "lines that are too long",
        long_lines,
        "a line of 8[1-9] characters",
        css="article p { max-width: 42em !important }",
        top=f"<p>{'So it goes on, and on, and on. ' * 9}</p>",
    ),
    Break(
        "no mark of the focus",
        keys("Tab"),
        "no visible mark",
        css="* { outline: 0 !important; box-shadow: none !important }",
    ),
    Break(
        "a mark of the focus that nobody sees in light colours",
        focus,
        r"^light: .*site-name: \d+ pixels tell that it has the focus",
        css="@media (prefers-color-scheme: light) { .site-name:focus-visible { outline-color: #12464c !important; box-shadow: none !important } }",
    ),
    Break(
        "a mark of the focus that is too thin",
        focus,
        r"^dark: .*site-name: \d+ pixels tell that it has the focus",
        css=".site-name:focus-visible { outline-width: 1px !important; box-shadow: none !important }",
    ),
    Break(
        "a header that covers the focus",
        keys("Shift+Tab"),
        "covered",
        css=".md-header { position: sticky !important; top: 0; z-index: 9; height: 400px } html { scroll-padding: 0 !important }",
    ),
    Break(
        "a stop out of sight",
        keys("Tab"),
        "out of sight",
        css="#gone { opacity: 0 }",
        end='<a id="gone" href="#top">Gone</a>',
    ),
    Break(
        "a trap",
        keys("Tab"),
        "a trap",
        script="""const [one, two] = document.querySelectorAll("article button");
            two.addEventListener("keyup", (event) => event.key === "Tab" && one.focus());""",
        end="<button>One</button><button>Two</button><button>Three</button>",
    ),
    Break(
        "a button out of reach",
        keys("Tab"),
        "out of reach",
        script="""const late = document.getElementById("late");
            late.addEventListener("focus", () => document.getElementById("after").focus());""",
        end='<button id="late">Late</button><button id="after">After</button>',
    ),
    Break("no skip link", skip, "no skip link", css=".md-skip { display: none }"),
    Break(
        "a menu that keeps the focus",
        drawer,
        "not give the focus back",
        script="""addEventListener("keyup", (event) => event.key === "Escape" && document.activeElement.blur());""",
    ),
    Break(
        "a menu without a way to the glossary",
        drawer,
        "does not show the way to glossary/",
        css="a[href*=glossary] { display: none !important }",
    ),
    Break(
        "a search that keeps the focus",
        search,
        "focus is not given back",
        script="""addEventListener("keyup", (event) => event.key === "Escape" && document.activeElement.blur());""",
    ),
    Break(
        "results that scroll in a box", SCROLLERS, "ol.* scrolls", css=".search ol { max-height: 60px; overflow: auto }"
    ),
    Break("results over the page", SCROLLERS, "lies over the page", css=".search { position: absolute; z-index: 9 }"),
    Break("long results", LENGTHS, "lines: ", css=".search .search-text { -webkit-line-clamp: 9 !important }"),
    Break(
        "results that are counted and not shown", COUNTS, "are shown", css=".search li:nth-child(2) { display: none }"
    ),
    Break(
        "a shortcut of one letter",
        single_keys,
        "s does something",
        script="""addEventListener("keyup", (event) => event.key === "s" && document.getElementById("search-button").click());""",
    ),
    Break(
        "a box of a fixed width",
        width,
        "in a window of 320",
        css="article p { width: 500px !important; max-width: none !important }",
    ),
    Break(
        "a box that scrolls within the page",
        scrolling,
        "<p.*scrolls within the page",
        css="article p { max-height: 1.5em; overflow: auto !important }",
    ),
    Break(
        "grey words for who asked for more contrast",
        more_contrast("light"),
        "^words of p ",
        css="@media (prefers-contrast: more) { article p { color: #444 !important } }",
    ),
    Break(
        "a faint line for who asked for more contrast",
        more_contrast("dark"),
        "^the line of p ",
        css="@media (prefers-contrast: more) { article p { border: 1px solid #888 !important } }",
    ),
    Break(
        "words that spacing cuts off",
        spacing,
        "is cut by",
        css="#tight { display: inline-block; white-space: nowrap; overflow: hidden; width: 10.5em }",
        end='<p><span id="tight">Twenty letters in it</span></p>',
    ),
    Break(
        "lost icons in forced colours",
        forced_colours,
        "cannot be seen",
        css="#icon path { forced-color-adjust: none; fill: Canvas }",
        end='<a href="#top" aria-label="Up"><svg id="icon" width="24" height="24"><path d="M0 0h24v24H0z"/></svg></a>',
    ),
    Break(
        "a picture with small words",
        pictures,
        "^How many: words of 9.0 pixels: More",
        css=".picture th { font-size: 9px !important }",
        end=pictured(2, 2),
    ),
    Break("a picture with marks too many", pictures, "stand for their number: More2", end=pictured(3, 2)),
    Break("a picture with another number than its table", pictures, "its table has other numbers", end=pictured(3, 3)),
    Break(
        "marks in the colour of the page",
        pictures,
        "a mark without contrast",
        css=".mark { color: var(--page) !important }",
        end=pictured(2, 2),
    ),
    Break(
        "animation for those who asked for none",
        motion,
        "is animated",
        css="@keyframes go { to { translate: 9px } } article h1 { animation: go 3s infinite !important }",
    ),
    Break(
        "an empty last sheet",
        paper,
        "is empty",
        css="@media print { body::after { content: ''; display: block; break-before: page; height: 2cm } }",
    ),
    Break(
        "a heading alone at the foot of a sheet",
        paper,
        "stands alone at the foot",
        css="@media print { article h1 { break-after: auto !important } article h1 + * { break-before: page !important } }",
    ),
    Break(
        "small print", paper, "smaller than 12 points", css="@media print { article p { font-size: 7pt !important } }"
    ),
    Break(
        "no addresses on paper",
        paper,
        "address of a link",
        css="a::after { content: none !important }",
        end='<p><a href="https://example.org/a">A link</a></p>',
    ),
    Break(
        "buttons on paper",
        controls,
        "printed: <button",
        css="@media print { article button { display: block !important } }",
        end="<button>Go</button>",
    ),
    Break(
        "broken words in a table",
        table_words,
        "is broken",
        css="table.real th { width: 2em !important; min-width: 0 !important; word-break: break-all !important }",
    ),
    Break(
        "an open box at the foot of a sheet",
        table_boxes,
        "TD has a line at its side",
        css="@media print { table.real :is(tr, td) { break-inside: auto !important; border: 1px solid !important } }",
    ),
    Break("light words on paper", ink, "on white paper", css="@media print { article p { color: #eee !important } }"),
    Break(
        "words that only a script writes",
        without_script,
        "only with script: Hello",
        script="""document.querySelector("article").insertAdjacentHTML("beforeend", "<p>Hello</p>");""",
    ),
    Break(
        "words that a script must show",
        without_script,
        "without script: Here",
        css=".no-js #later { display: none }",
        end='<p id="later">Here</p>',
    ),
    Break(
        "no navigation without script",
        plain_navigation,
        "no visible link leads to glossary/",
        css=".no-js #site-nav { display: none !important }",
    ),
    Break(
        "a picture of another host",
        visit,
        "refused|asked of another host",
        end='<img alt="" src="http://127.0.0.2:9/x.png">',
    ),
    Break("a script inside the page", visit, "script-src", end="<script>globalThis.inside = 1</script>"),
    Break("a cookie", visit, "a cookie: me", script='document.cookie = "me=1";'),
    Break("something kept", visit, "kept when the page is opened: me", script='localStorage.setItem("me", "1");'),
    Break("a script that fails", visit, "the browser says: Oh", script='throw new Error("Oh");'),
    Break("a title that needs a mouse", hover, "a title", end='<p><a href="#top" title="More words">Words</a></p>'),
    Break(
        "a box that comes up on hover",
        hover,
        "brings up a box",
        script="""document.querySelector("article").addEventListener("mouseover", () =>
            document.body.insertAdjacentHTML("beforeend", '<div role="tooltip">More</div>'));""",
        top='<p><a href="#top">Words</a></p>',
    ),
]
