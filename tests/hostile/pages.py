"""Cases for Markdown pages and their front matter."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.cases import Case, case, original

FILE = "docs/index.md"
FRONT = '---\ntitle: Odd\ndescription: "Odd."\n---\n\n# Odd\n\n'  # what follows stands on line 8
ADDRESSES = {
    "javascript": "javascript:alert(1)",
    "in-capitals": "JAVASCRIPT:alert(1)",
    "with-an-entity": "java&#x73;cript:alert(1)",
    "with-a-tab-entity": "java&Tab;script:alert(1)",
    "with-a-named-entity": "javascript&colon;alert(1)",
    "data": "data:text/html,<b>x",
    "vbscript": "VBScript:x",
}


def page(name: str, body: str, *problems: str) -> Case:
    """A case of one more page with `body` from its line 8 on."""
    return case(f"page-{name}", "docs/odd.md", FRONT + body, *(f"docs/odd.md:{problem}" for problem in problems))


def front(name: str, lines: str, *problems: str, heading: str = "Odd") -> Case:
    """A case of a page with `lines` in its front matter from line 2 on."""
    text = f"---\n{lines}\n---\n\n# {heading}\n"
    return case(f"front-{name}", "docs/odd.md", text, *(f"docs/odd.md:{problem}" for problem in problems))


def front_matter() -> Iterator[Case]:
    """What stands between the lines of '---'."""
    described = "title: Odd\ndescription: Odd."
    yield front("sound", described)
    yield front("tag", f"{described}\ntitle: !!python/name:os.system x", "4: front matter: '!!python/name:os.system'")
    yield front("anchor", f"{described}\nthemes: &a [bees]", "4: front matter: '&a'")
    yield front("deep", f"{described}\nthemes: {'[' * 1_900}", "4: front matter: values are nested")
    yield front("not-a-group", "- a", "1: front matter must be")
    yield front("word", "word", "1: front matter must be")
    yield front("broken", f"{described}\nthemes: [a", "5: front matter: this cannot be read")
    yield front("title-twice", f"{described}\ntitle: Odder", "4: front matter: 'title' stands here a second time")
    yield front("title-is-a-list", "title: [a]\ndescription: Odd.", "2: front matter lacks 'title'")
    yield front("title-is-a-group", "title: {a: b}\ndescription: Odd.", "2: front matter lacks 'title'")
    for word in ("~", "null"):
        yield front(
            f"title-{word}", f"title: {word}\ndescription: Odd.", f"2: front matter: '{word}' stands for nothing"
        )
    yield front("title-is-empty", 'title: ""\ndescription: Odd.', "2: front matter lacks 'title'")
    yield front("title-huge", f"title: {'a ' * 500_000}\ndescription: Odd.", "2: this line has 1,000,007 characters")
    yield front("description-huge", f"title: Odd\ndescription: {'a ' * 500_000}", "3: ")
    for word in ("NO", "true", "2026-11-22", "0x1F", "012", "1e3"):
        yield front(f"title-{word}", f"title: {word}\ndescription: {word}", heading=word)
    yield front(
        "unknown-name",
        f"{described}\nauthor: '\"><script>alert(1)</script>'",
        "4: front matter: 'author' is not known here",
    )
    yield front(
        "template", f"{described}\ntemplate: ../../../etc/passwd", "4: front matter: 'template' is not known here"
    )
    yield front(
        "misspelt", f"{described}\nteams: [bees]", "4: front matter: 'teams' is not known here; did you mean 'themes'?"
    )
    yield front("hide-something-else", f"{described}\nhide: [everything]", "4: front matter: 'hide'")
    yield front("themes-is-a-group", f"{described}\nthemes: {{a: b}}", "4: ")
    yield case(
        "front-never-closed", "docs/odd.md", "---\ntitle: Odd\n\n# Odd\n", "docs/odd.md:1: front matter is never closed"
    )
    yield case("front-alone", "docs/odd.md", "---\ntitle: Odd\ndescription: Odd.\n---", "docs/odd.md:")
    yield case(
        "front-of-multimarkdown",
        "docs/odd.md",
        "title: Odd\ndescription: Odd.\n\n# Odd\n",
        "docs/odd.md:1: front matter lacks 'title'",
    )
    yield case("page-empty", "docs/odd.md", "", "docs/odd.md:1: this file is empty")


def markup() -> Iterator[Case]:
    """HTML, scripts and addresses in the text of a page."""
    for name, text in {
        "script": "<script>alert(1)</script>",
        "script-in-capitals": "<SCRIPT SRC=//www.example.org/x.js></SCRIPT>",
        "script-never-closed": "<script",
        "script-in-a-line": "Words <script>alert(1)</script> words.",
        "script-in-a-heading": "## Words <script>alert(1)</script> { #words }",
        "script-in-a-table": "| a |\n| - |\n| <script>alert(1)</script> |",
        "script-in-a-link": "[<script>alert(1)</script>](index.md)",
        "script-with-a-slash": "<script/x>alert(1)</script>",
        "svg": "<svg/onload=alert(1)>",
        "img": "<img src=x onerror=alert(1)>",
        "event-in-a-div": '<div class="easy" onclick="alert(1)" markdown="1">\n\nWords.\n\n</div>',
        "event-after-a-newline": '<div\nonclick="alert(1)">Words</div>',
        "style": "<style>*{}</style>",
        "style-attribute": '<div style="position:fixed">Words</div>',
        "iframe": '<iframe src="//www.example.org"></iframe>',
        "object": '<object data="x"></object>',
        "base": '<base href="//www.example.org/">',
        "meta": '<meta http-equiv="refresh" content="0;url=//www.example.org">',
        "link": '<link rel="stylesheet" href="//www.example.org">',
        "form": '<form action="//www.example.org"><input></form>',
        "math": "<math><mtext></mtext></math>",
        "template": "<template><b></b></template>",
        "textarea": "<textarea>",
        "plaintext": "<plaintext>",
        "processing": "<?php x ?>",
        "cdata": "<![CDATA[<script>alert(1)</script>]]>",
        "doctype": "<!DOCTYPE html>",
    }.items():
        line = 10 if name == "script-in-a-table" else 8
        yield page(f"html-{name}", f"{text}\n", f"{line}: ")
    yield page("event-in-attributes", "Words.\n{ onclick=alert(1) }\n", "9: ")
    yield page("event-alone-in-attributes", "Words.\n{ .a onclick }\n", "9: ")
    yield page("event-in-attributes-without-a-space", "Words.\n{.a onclick='x'style=y}\n", "9: ")
    yield page("event-in-attributes-of-a-heading", "## Words { #words onclick=alert(1) }\n", "8: ")
    yield page("style-in-attributes", "Words.\n{: style='position:fixed' }\n", "9: ")
    yield page("link-in-attributes", "[words](index.md){ href=javascript:alert(1) }\n", "8: ")
    for name, address in ADDRESSES.items():
        yield page(f"link-{name}", f"A [b]({address}) c.\n", "8: link to '")
    address = "javascript:alert(1)"
    yield page("link-in-angles", f"A [b](<{address}>) c.\n", "8: link to '")
    yield page("link-on-two-lines", f"A [b](\n{address}) c.\n", "8: link to '")
    yield page("link-by-reference", f"A [b][c] d.\n\n[c]: {address}\n", "10: link to '")
    yield page("link-by-reference-below", f"A [b][c] d.\n\n[c]:\n    {address}\n", "10: link to '")
    yield page("picture", f"A ![b]({address}) c.\n", "8: link to '")
    yield page("link-in-a-heading", f"## A [b]({address}) {{ #a }}\n", "8: link to '")
    yield page("autolink", f"A <{address}> c.\n", "8: ")


def citations() -> Iterator[Case]:
    """Citations in places where they are odd."""
    yield page("cite-in-code", "`[@nobody]` and\n\n```text\n[@nobody]\n```\n\n    [@nobody]\n")
    yield page(
        "cite-in-a-table",
        "## A { #a data-themes=bees }\n\n| a | b |\n| - | - |\n| A [@hay2018] | [@nobody] |\n",
        "12: citation of 'nobody'",
    )
    yield page("cite-in-a-heading", "## A [@nobody] { #a data-themes=bees }\n", "8: citation of 'nobody'")
    yield page("cite-in-a-link", "## A { #a data-themes=bees }\n\n[see [@hay2018] there](index.md)\n", "10: ")
    yield page("cite-in-a-link-target", "[x](index.md?[@nobody])\n", "8: ")
    yield page("cite-that-is-a-link", "[@hay2018](index.md)\n", "8: '[@hay2018]' touches a '('")
    yield page("cite-in-html", '<div title="[@nobody]">x</div>\n', "8: ")
    yield page(
        "cite-with-markup-in-its-page",
        "## A { #a data-themes=bees }\n\nA [@hay2018, p. <script>alert(1)</script>].\n",
        "10: ",
    )
    yield page("cite-a-path", "A [@../../etc/passwd].\n")
    yield page("cite-never-closed", "A [@hay2018 and so on.\n\nMore words].\n", "8: ")
    yield page("marker-with-markup", "<!-- evidence: nation <script> -->\n", "8: ")
    yield page("marker-unknown", "<!-- evidence: __import__ -->\n", "8: ")
    yield page("marker-with-a-path", "<!-- evidence: figure ../../etc/passwd -->\n", "8: ")


SIGNS = {
    "quotations": ">",
    "quotations-apart": "> ",
    "lists": "- ",
    "numbers": "1. ",
    "square-brackets": "[",
    "pictures": "![",
    "stars": "*",
    "underscores": "_",
    "backticks": "`",
    "backticks-apart": "` ",
    "tildes": "~",
    "comments": "<!--",
    "angles": "<",
    "tags": "<a ",
    "divs": "<div>",
    "braces": "{",
    "entities": "&#",
    "backslashes": "\\",
    "pipes": "|",
    "pipes-apart": "a|",
    "hashes": "#",
    "citations": "[@a]",
    "half-citations": "[@a;",
    "ats": "@",
    "round-brackets": "(",
    "link-starts": "[a](",
    "link-starts-in-angles": "[a](<",
    "links": "[a](b) ",
    "definitions": "[a]: ",
    "footnotes": "[^a]",
    "quotation-marks": '"',
    "words-in-quotation-marks": '"a b c d ',
    "curly": "“a b c ",
    "letters": "a",
    "words": "word ",
    "tabs": "\t",
    "spaces": " ",
    "markers": "<!-- evidence: x -->",
    "sentences": "A b. ",
    "capitals": "ABC ",
    "equals": "=",
    "ends": "] ",
    "attributes": "{a=b}",
    "emphasis": "*a **b _c __d ",
    "addresses": "<http://a.b> ",
    "code": "`a` ",
    "cited": "[@hay2018] ",
    "exclamations": "!!! a",
    "ampersands": "&amp;",
    "commas": ",",
    "colons": ":",
}
LINES = {
    "quotations": "> a",
    "lists": "- a",
    "deeper-lists": "    - a",
    "citations": "[@hay2018] ",
    "half-citations": "[@hay2018",
    "comments": "<!--",
    "fences": "```a",
    "tables": "| a | b |",
    "divs": "<div>",
    "div-blocks": '<div class="easy" markdown="1">\n',
    "headings": "## A { #a }",
    "rules": "---",
    "definitions": "[a]: b",
    "links": "[a](b)",
    "words": "Some words in a line.",
    "quoted": '"some words of it',
    "blank": "",
    "brackets": "[[[",
    "backticks": "`` ` ```",
    "backslashes": "\\",
    "emphasis": "*a **b",
    "markers": "<!-- evidence: x -->",
    "attributes": "a\n{ .b }",
    "meanings": "a\n:   b\n",
    "notes": "[^a]: b\n",
    "admonitions": "!!! a\n",
    "indented": "    a",
    "letters": "a\n",
}
DEEP = {
    "lists": "".join("    " * i + "- a\n" for i in range(100)),
    "quotations": "> " * 100 + "a\n",
    "lists-on-a-line": "- " * 100 + "a\n",
    "brackets": "[" * 3_000 + "a" + "]" * 3_000 + "\n",
    "emphasis": "*a **b " * 1_000 + "\n",
}
# Nested as deep as may be.
LESS_DEEP = {
    "lists": "".join("    " * i + "- a\n" for i in range(20)),
    "quotations": "> " * 6 + "a\n",
    "brackets": "[" * 990 + "a" + "]" * 990 + "\n",
    "emphasis": "*a **b " * 600 + "\n",
    "divs": '<div class="easy" markdown="1">\n\n' * 50 + "Words.\n\n" + "</div>\n\n" * 50,
}


def sizes() -> Iterator[Case]:
    """Pages that are too large or nested too deep: each is refused before anything works on it."""
    yield page("long-line", "[a](" * 250_000 + "\n", "8: this line has ")
    yield page("many-lines", "- a\n" * 475_000, "1: this file has ")
    for name, text in DEEP.items():
        yield page(f"deep-{name}", text, f"{29 if name == 'lists' else 8}: ")


def allowed() -> Iterator[tuple[str, str]]:
    """Names and texts of pages as large and as deeply nested as the limits let through: these must be worked on in time."""
    for name, sign in SIGNS.items():
        line = (sign * 10_000)[:9_900]
        yield f"line-{name}", FRONT + line + "\n"
        yield f"lines-{name}", FRONT + (line + "\n\n") * 49
    for name, line in LINES.items():
        yield (
            f"lines-of-{name}",
            FRONT + ((line + "\n") * min(9_900 // (line.count("\n") + 1), 490_000 // (len(line) + 1))),
        )
        yield f"paragraphs-of-{name}", FRONT + (((line + "\n") * 90 + "\n") * 100)[:490_000]
    for sign in "@ ;":
        yield f"bracket-of-{sign}", FRONT + "[a" + (sign * 9_900 + "\n") * 4 + "b @hay2018]\n"
    for name, text in LESS_DEEP.items():
        yield f"deep-{name}", FRONT + text


def cases() -> Iterator[Case]:
    """All of them."""
    assert original(FILE)
    yield from front_matter()
    yield from markup()
    yield from citations()
    yield from sizes()
