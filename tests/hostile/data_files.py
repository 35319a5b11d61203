"""Cases for the YAML files of data/, and for CHANGELOG.md."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.cases import CHANGELOG, SITE, Case, case, original

THEMES = "data/themes.yml"
NATIONS = "data/nations.yml"
# Every data file with what makes up a good one; the review has some of them already.
KNOWN = (
    *("barriers", "comparison", "editorial", "examples", "figures", "glossary", "kinds", "methods", "nations"),
    *("network", "packs", "publisher", "questions", "reading", "redirects", "sources", "sources-checked", "tested"),
    *("accessibility", "themes", "untraced"),
)

# What begins as a citation and goes on for long: no citation, and no harm.
BRACKETS = {"ats": "[" + "@" * 99_000, "spaces": "[a" + " " * 99_000 + "b @hay2018 c]"}


def themes(name: str, text: str, *problems: str) -> Case:
    """A case with `text` above the themes of the review."""
    return case(f"yml-{name}", THEMES, text + original(THEMES), *(f"{THEMES}:{problem}" for problem in problems))


def theme(**fields: str) -> str:
    """A theme as YAML on one line; `fields` are written as given."""
    given = {"id": "odd", "title": "Odd", "origin": "review", "summary": "Odd."} | fields
    return "- {" + ", ".join(f"{name}: {value}" for name, value in given.items()) + "}\n"


def yaml_itself() -> Iterator[Case]:
    """What YAML can do that plain data cannot."""
    yield themes(
        "tag-of-python", theme(title="!!python/object/apply:os.system [echo]"), "1: '!!python/object/apply:os.system'"
    )
    yield themes("tag-binary", theme(title="!!binary aGk="), "1: '!!binary'")
    yield themes("tag-of-its-own", theme(title="!x y"), "1: '!x'")
    yield themes("tag-directive", "%TAG ! tag:x,2000:\n---\n" + theme(title="!x y"), "3: 'tag:x,2000:x'")
    yield themes("anchor", theme(title="&a Odd"), "1: '&a'")
    laughs = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n"
        for a, b in zip("abcdefghijk", "bcdefghijkl", strict=True)
    )
    yield case("yml-billion-laughs", THEMES, laughs, f"{THEMES}:1: '&a'", f"{THEMES}:12: '&l'")
    yield themes("alias-of-itself", "- &a [*a]\n", "1: '&a'")
    yield themes(
        "merge-key", "- {<<: {title: Odd}, id: odd, origin: review, summary: Odd.}\n", "1: '<<' is not a field"
    )
    yield themes("merge-key-and-alias", "- &a {id: odd}\n- {<<: *a}\n", "1: '&a'", "2: '&a'")
    yield themes("two-documents", theme() + "---\n" + theme(id="odder"), "2: this cannot be read")
    yield themes("key-twice", theme(id="odd, id: odder"), "1: 'id' stands here a second time")
    yield themes("key-that-is-a-list", "- {[a, b]: c}\n", "1: a name before ':' must be plain text")
    yield themes(
        "key-of-python",
        "- {__class__: x, __init__: y, where: z}\n",
        "1: 'where' is not a field",
    )
    yield themes("tab", "- id: odd\n\ttitle: Odd\n", "2: this cannot be read: a tab")
    yield themes("bracket-never-closed", "- [a\n- b\n", "3: this cannot be read")
    yield themes(
        "quotation-never-closed", '- id: "odd\n', f"{2 + original(THEMES).count(chr(10))}: this cannot be read"
    )
    yield themes("colon-in-text", "- id: odd\n  title: Odd: very\n", "2: this cannot be read: a colon")
    yield themes("percent-directive", "%YAML 9.9\n---\n", "1: this cannot be read")
    for name, text in {
        "flow-lists": "[" * 100_000,
        "flow-groups": "{a: " * 100_000,
        "list-of-lists": "- " * 100_000,
        "closed": "[" * 50_000 + "]" * 50_000,
    }.items():
        yield case(f"yml-deep-{name}", THEMES, text, f"{THEMES}:1: values are nested more than 20 deep")
    yield case(
        "yml-deep-by-lines",
        THEMES,
        "".join(" " * i + "a:\n" for i in range(1_000)),
        f"{THEMES}:21: values are nested more than 20 deep",
    )
    yield case("yml-many-questions", THEMES, "? " * 100_000, f"{THEMES}:1: values are nested more than 20 deep")
    yield case(
        "yml-many-values", THEMES, "[" + "a," * 900_000 + "]", f"{THEMES}:1: this file has more than 200,000 values"
    )
    yield case("yml-many-lines", THEMES, "- a\n" * 400_000, f"{THEMES}:200000: this file has more than 200,000 values")
    yield case("yml-many-quotation-marks", THEMES, "'" * 1_900_000, f"{THEMES}:1: ")
    yield case("yml-long-key", THEMES, "a" * 1_900_000 + ": b\n", f"{THEMES}:1: ")
    yield themes(
        "huge-text",
        theme(summary='"' + "word " * 380_000 + '"'),
        "1: 'summary' has 1,900,000 characters; at most 100,000",
    )
    for name, text in BRACKETS.items():
        yield themes(
            f"bracket-of-{name}",
            theme(reading=f'"{text}"'),
            *(["1: 'reading' cannot cite"] if "@" in text and " " in text else []),
        )
    yield themes("huge-id", theme(id="a" * 1_000_000), "1: 'id' has 1,000,000 characters")
    yield themes("huge-field-name", theme(**{"n" * 900: "x"}), "1: 'nnn")


def types() -> Iterator[Case]:
    """Values of another type than the record's, and words that YAML programs take for something else."""
    yield case("yml-NO-unquoted", NATIONS, original(NATIONS))  # the review's own file has it without quotation marks
    yield case("yml-NO-quoted", NATIONS, original(NATIONS).replace("NO,", '"NO",'))
    for word in ("012", "0o14", "0x1F", "1e3", "1.50", "2024-01-01", "12:30:45", "true", "yes", ".inf"):
        good = word not in ("1.50", "12:30:45", ".inf")
        wrong = () if good else (f"1: id '{word}' becomes an address",)
        yield themes(f"id-{word}", theme(id=word), *wrong)
    for word in ("null", "~"):
        yield themes(f"id-{word}", theme(id=word), f"1: '{word}' stands for nothing here")
    yield themes("number-that-is-text", theme(number="three"), "1: 'number' must be a whole number")
    yield themes("number-that-is-huge", theme(number="9" * 5_000), "1: 'number' must be a whole number")
    yield themes("number-that-is-a-fraction", theme(number="1.5"), "1: 'number' must be a whole number")
    yield themes("number-not-a-number", theme(number=".nan"), "1: 'number' must be a whole number")
    yield themes("number-infinite", theme(number="inf"), "1: 'number' must be a whole number")
    yield themes("number-in-other-digits", theme(number="٣"), "1: 'number' must be a whole number")
    yield themes("list-for-text", theme(title="[a, b]"), "1: 'title' must be text, not a list")
    yield themes("group-for-text", theme(title="{a: b}"), "1: 'title' must be text")
    yield themes("text-for-list", theme(members_said="x"), "1: 'members_said' must be a list")
    yield themes("text-for-record", "- word\n", "1: this must be a group")
    yield themes("nothing-for-record", "-\n- word\n", "1: this must be a group", "2: this must be a group")
    yield themes("null-for-record", "-\n- ~\n", "2: '~' stands for nothing here")
    yield themes("empty-title", theme(title='""'), "1: 'title' is empty")
    yield themes("title-of-spaces", theme(title='"  "'), "1: 'title' is empty")
    for stem in KNOWN:
        yield case(f"yml-{stem}-is-something-else", f"data/{stem}.yml", "a: {b: c}\n", f"data/{stem}.yml:1: ")
    for kind, text in {"word": "word\n", "list-of-words": "- word\n- [a]\n", "number": "1\n"}.items():
        yield case(f"yml-themes-is-a-{kind}", THEMES, text, f"{THEMES}:1: ")
    yield case(
        "yml-limit-not-a-number",
        "data/reading.yml",
        "limits:\n  - {pages: '*', grade: nan}\n",
        "data/reading.yml:2: 'grade' must be a number",
    )
    yield case(
        "yml-limit-infinite",
        "data/reading.yml",
        "sentence_mean: inf\n",
        "data/reading.yml:1: 'sentence_mean' must be a number",
    )
    yield case(
        "yml-lines-beyond-measure",
        "data/packs.yml",
        "packs:\n  - id: p\n    title: P\n    purpose: P.\n    parts: [{questions: [all], lines: 1000000000}]\n",
        "data/packs.yml:5: 'lines'",
    )
    yield case(
        "yml-words-a-minute-nothing",
        "data/reading.yml",
        "checked: 2026-11-22\nwords_a_minute: 0\n",
        "data/reading.yml:1: 'words_a_minute'",
    )
    for name, key in {
        "parent": "../odd",
        "slash": "a/b",
        "space": "a b",
        "markup": "<b>",
        "dot": ".",
        "newline": '"a\\nb"',
    }.items():
        yield themes(f"id-{name}", theme(id=f'"{key}"' if key[0] != '"' else key), "1: id '")
    yield themes("id-index", theme(id="index"), "1: 'themes/index.md' has the same address")
    yield themes("id-case-twins", theme(id="odd") + theme(id="Odd"), "2: 'themes/Odd.md' has the same address")
    yield themes("id-reserved", theme(id="nul"), "1: id 'nul'")
    yield themes("id-long", theme(id="a" * 101), "1: id '")
    yield case(
        "yml-untraced-key",
        "data/untraced.yml",
        "- {key: 'a b', cited_as: a, label: b, status: c, known: d}\n",
        "data/untraced.yml:1: key 'a b'",
    )
    for name, old in {
        "scheme": "javascript:alert(1)",
        "parent": "../../etc/x.html",
        "absolute": "//www.example.org/",
        "markup": "\"'><script>.html",
    }.items():
        yield case(
            f"yml-redirect-{name}",
            "data/redirects.yml",
            f"'{old.replace(chr(39), chr(39) * 2)}': index.md\n",
            "data/redirects.yml:1: ",
        )


def markup() -> Iterator[Case]:
    """HTML and addresses that do harm, in texts that are Markdown."""
    for name, text in {
        "script": "<script>alert(1)</script>",
        "img": "<img src=x onerror=alert(1)>",
        "split": "<scr<script>ipt>",
        "end-tag": "</p>",
        "comment": "<!-- x -->",
        "processing": "<?php x ?>",
        "cdata": "<![CDATA[x]]>",
        "newline": "<img\\nsrc=x onerror=alert(1)>",
    }.items():
        yield themes(f"html-{name}", theme(summary=f'"{text}"'), "1: 'summary' holds the HTML")
    for name, address in {
        "javascript": "javascript:alert(1)",
        "in-capitals": "JaVaScRiPt:alert(1)",
        "with-a-tab": "java\\tscript:alert(1)",
        "with-a-backslash": "javascript\\\\:alert(1)",
        "with-an-entity": "java&#115;cript:alert(1)",
        "with-a-named-entity": "javascript&colon;alert(1)",
        "with-a-tab-entity": "java&Tab;script:alert(1)",
        "with-spaces-before": "  javascript:alert(1)",
        "data": "data:text/html;base64,PHNjcmlwdD4=",
        "vbscript": "vbscript:msgbox(1)",
        "file": "file:///etc/passwd",
        "blob": "blob:x",
    }.items():
        yield themes(f"link-{name}", theme(summary=f'"A [b]({address}) c."'), "1: link to '")
    yield themes("link-in-angles", theme(summary='"A [b](<javascript:x>) c."'), "1: link to '")
    yield themes("link-by-reference", theme(summary='"A [b][c] d.\\n\\n[c]: javascript:x\\n"'), "1: link to '")
    yield themes("link-with-a-control", theme(summary='"A [b](java\\x01script:alert(1)) c."'), "1: ")
    yield themes("citation-that-cannot-be", theme(title='"A [@hay2018]"'), "1: 'title' cannot cite")


def changelogs() -> Iterator[Case]:
    """Slips and sizes in CHANGELOG.md."""

    def changes(name: str, text: str, *problems: str) -> Case:
        return case(f"changes-{name}", "CHANGELOG.md", text, *(f"CHANGELOG.md:{problem}" for problem in problems))

    yield changes("empty", "", "1: this file is empty")
    yield changes("comment-never-closed", CHANGELOG + "<!-- x\n## 2.0.0\n")
    yield changes("no-version", CHANGELOG.replace("1.0.0 - 2026-11-22", "soon"), "3: heading 'soon'")
    yield changes("no-such-day", CHANGELOG.replace("-11-22", "-02-30"), "3: '2026-02-30' is no date")
    yield changes("version-with-markup", CHANGELOG.replace("1.0.0", "<b>1</b>"), "3: heading")
    yield changes("version-huge", CHANGELOG.replace("1.0.0", "9" * 9_000 + ".0.0"), "3: heading")
    yield changes("version-in-other-digits", CHANGELOG.replace("1.0.0", "١.0.0"), "3: heading")
    yield changes("version-of-a-path", CHANGELOG.replace("1.0.0", "../../x"), "3: heading")
    yield changes("twice", CHANGELOG + CHANGELOG[11:], "8: version 1.0.0 stands here a second time")
    yield changes("wrong-order", CHANGELOG + CHANGELOG[11:].replace("1.0.0", "2.0.0"), "8: version 2.0.0 is newer")
    yield changes("page-that-is-not-there", CHANGELOG.replace("index.md", "../../etc/passwd.md"), "7: there is no page")
    yield changes(
        "html",
        CHANGELOG.replace("First words", "<script>alert(1)</script> {{ config }} [x](javascript:y)"),
        "7: link to 'javascript:y'",
    )
    long = 1_900_000
    for name, sign in {
        "pages": "a.md, ",
        "endings": ".md",
        "brackets": "(",
        "spaces": " ",
        "comments": "<!--",
        "dashes": "-",
        "letters": "a",
    }.items():
        yield changes(
            f"many-{name}", CHANGELOG.replace("(index.md).", "(" + sign * (long // len(sign))), "7: this line has"
        )
    yield changes("many-lines", CHANGELOG + "- a\n" * 400_000, "1: this file has 400,008 lines")
    yield changes(
        "many-versions",
        "# C\n\n" + "".join(f"## {n}.0.0 - 2026-11-22\n\n### Code\n\n- A\n\n" for n in range(40_000, 0, -1)),
        "1: this file has 240,003 lines",
    )
    yield changes("many-headings", "## \n" * 400_000, "1: this file has 400,001 lines")


def cases() -> Iterator[Case]:
    """All of them."""
    assert SITE.is_dir()
    yield from yaml_itself()
    yield from types()
    yield from markup()
    yield from changelogs()
