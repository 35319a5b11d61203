"""Cases for bibliography.bib: hostile entries stand above those of the small review, so that lines count from 1."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.cases import Case, case, original

FILE = "bibliography.bib"
MEMBERS = "sourcekind = {study}, access = {free}, listing = {added}, uncited = {Odd.}"


def entry(key: str = "odd2020", **fields: str) -> str:
    """An entry with all that the review asks for; `fields` are added, with their braces."""
    given = {"author": "{Odd, Ann}", "title": "{A title}", "year": "{2020}"} | fields
    lines = "".join(f"  {name} = {value},\n" for name, value in given.items())
    return f"@article{{{key},\n{lines}  {MEMBERS}\n}}\n"


def bib(name: str, text: str, *problems: str) -> Case:
    """A case with `text` above the entries of the small review."""
    return case(f"bib-{name}", FILE, text + original(FILE), *(f"{FILE}:{problem}" for problem in problems))


def syntax() -> Iterator[Case]:
    """Braces, commas, quotation marks, blocks that are no entries."""
    yield bib("brace-never-closed", entry(title="{A {title}"), "1: entry 'odd2020' cannot be read: a closing brace")
    yield bib("brace-too-many", entry(title="{A }title}"), "3: 'title' of 'odd2020' is more than one text")
    yield bib("quotation-never-closed", entry(title='"A title'), "1: entry 'odd2020' cannot be read")
    yield bib(
        "comma-missing-after-key",
        entry().replace("odd2020,", "odd2020"),
        "1: entry 'odd2020' cannot be read: a comma is missing after its key",
    )
    yield bib(
        "comma-missing-between-fields",
        entry().replace("title},", "title}"),
        "3: 'title' of 'odd2020' is more than one text",
    )
    yield bib("equals-missing", entry().replace("title =", "title "), "1: entry 'odd2020' cannot be read")
    yield bib("no-key", "@article{title = {A}, year = {2020}}\n", "1: ")
    yield bib("empty-entry", "@article{}\n", "1: ")
    yield bib("only-a-key", "@article{odd2020}\n", "1: ")
    yield bib("empty-key", entry(""), "1: ")
    yield case(
        "bib-cut-off-at-the-end",
        FILE,
        original(FILE) + "@article{odd2020,\n  title = {A",
        f"{FILE}:{original(FILE).count(chr(10)) + 1}: entry 'odd2020' cannot be read",
    )
    yield bib("round-brackets", entry().replace("@article{", "@article(").replace("}\n}\n", "})\n"))
    yield bib("two-on-a-line", entry("one2020").strip() + " " + entry("two2020"))
    yield bib("at-in-a-value", entry(title="{Write to @home{} and\n  me@example.org}"))
    yield bib(
        "entry-in-a-value",
        entry(abstract="{First\n@article{inner, title = {B}}\nlast}"),
        "1: entry 'odd2020' cannot be read",
    )
    yield bib("entry-in-a-comment", "@comment{@article{odd2020, title = {A}}}\n")
    yield bib("text-between", "Free text with a { and me@example.org, 3 % of it.\n\n" + entry())
    yield bib("space-after-at", "@ article{odd2020,\n title = {A}}\n", "1: entry 'odd2020' cannot be read")
    yield bib("square-brackets", "@article[odd2020,\n title = {A}]\n", "1: entry 'odd2020' cannot be read")
    yield bib(
        "preamble-and-comments",
        '@preamble{"\\newcommand{\\x}{y}"}\n@comment{jabref-meta: saveActions:enabled;}\n@COMMENT{x}\n',
    )
    yield bib("duplicate-key", entry() + entry(note="{x}"), "7: key 'odd2020' is used a second time")
    yield bib("copy-of-an-entry", entry() + entry())
    yield bib(
        "case-twins",
        entry("odd2020") + entry("Odd2020"),
        "7: key 'Odd2020' makes the same address, 'odd2020', as key 'odd2020' (bibliography.bib:1)",
    )
    yield bib("duplicate-field", entry(note="{a}, note = {b}"))
    yield bib("duplicate-field-in-other-case", entry(note="{a}, NOTE = {b}"))
    yield bib("key-con", entry("odd2020").replace("odd2020", "con"), "1: key 'con'")
    yield bib("undefined-macro", entry(journal="jrnl"))
    yield bib("undefined-macro-joined", entry(journal='jrnl # " and more"'))
    yield bib("macro", "@string{jrnl = {Journal}}\n" + entry(journal="jrnl"))
    yield bib("macro-joined", "@string{jrnl = {Journal}}\n" + entry(journal='jrnl # " of Odds"'))
    yield bib(
        "macros-in-a-circle",
        "@string{a = b}\n@string{b = a}\n" + entry(journal="a"),
        "1: abbreviation 'a' is 'b'",
    )
    yield bib("macro-of-itself", "@string{a = a # a}\n" + entry(journal="a"), "1: abbreviation 'a' is 'a # a'")
    yield bib(
        "macro-twice",
        "@string{a = {A}}\n@string{a = {B}}\n" + entry(journal="a"),
        "2: abbreviation 'a' is explained a second time",
    )
    yield bib("crossref", entry(crossref="{hay2018}"))
    yield bib("crossref-to-nowhere", entry(crossref="{nosuch2018}"), "5: crossref of 'odd2020' is 'nosuch2018'")
    yield bib("crossref-in-a-circle", entry("one2020", crossref="{two2020}") + entry("two2020", crossref="{one2020}"))
    yield bib("xdata", entry(xdata="{hay2018}"))
    yield bib("unknown-latex", entry(title=r"{A \input{/etc/passwd} title}"))
    yield bib("unknown-latex-in-a-field-not-shown", entry(abstract=r"{A \weird{thing} and 5 \% of it}"))
    yield bib("backslash-at-the-end-of-a-line", entry(note="{a\\\\\nb\\\n}") + entry("bad key"), "10: key 'bad key'")
    yield bib(
        "type-in-other-letters",
        entry().replace("@article", "@artículo"),
        "1: '@artículo' of odd2020 is no type of entry",
    )
    yield bib("field-name-with-markup", entry(**{"on<b>": "{x}"}), "5: field name 'on<b>'")


def keys() -> Iterator[Case]:
    """Keys that nothing could cite, keys that computers or the site keep for themselves, and keys as people have them."""
    for name, key in {
        "backslash": "a\\b",
        "space": "a b",
        "quotation-mark": 'a"b',
        "percent": "a%2fb",
        "hash": "a#b",
        "brackets": "a[1]",
        "signs-alone": "../..",
        "joiner": "a\u200db",
        "rtl": "a\u202eb",
    }.items():
        yield bib(f"key-{name}", entry(key), "1: " if name == "quotation-mark" else "1: key ")
    for name, key in {
        "parent": "../odd",
        "slash": "a/b",
        "dot": "a.b",
        "colon": "a:b",
        "markup": "<b>x</b>",
        "other-letters": "müller2020",
        "full-width": "ａ2020",
        "leading-hyphen": "-rf",
        "long": "k" * 101,
        "__proto__": "__proto__",
    }.items():
        yield bib(f"key-{name}", entry(key))
    for key in ("con", "NUL", "com1", "aux", "lpt9"):
        yield bib(f"key-reserved-{key}", entry(key), f"1: key '{key}'")
    yield bib("key-part", entry("all"), "1: key 'all' is the name of a part of the page that lists all works")
    yield bib("key-index", entry("index"), "1: key 'index' is the name of the list of all works")
    yield bib("key-of-the-engine", entry("EVIDENCE-SHELL"), "1: key 'EVIDENCE-SHELL'")
    yield bib("key-of-the-engine-in-small", entry("evidence-shell"), "1: key 'evidence-shell'")
    yield bib("key-too-long", entry("k" * 301), "1: key '" + "k" * 60 + "...' has 301 characters; at most 300")
    yield bib("key-very-long", entry("k" * 1_000_000), "1: key")


# The line of a field in `entry`, and fields that the site passes over, so that no size of them matters.
_LINES = {"author": 2, "title": 3}
_PASSED_OVER = ("abstract", "file")


def sizes() -> Iterator[Case]:
    """Values that are huge or nested deeply, and files that are nothing but signs."""
    huge = 10_000_000
    for field in ("title", "author", "abstract", "url", "doi", "note", "nations"):
        told = (
            ()
            if field in _PASSED_OVER
            else (f"{_LINES.get(field, 5)}: '{field}' of 'odd2020' has 9,999,997 characters",)
        )
        yield bib(f"huge-{field}", entry(**{field: "{" + "a and " * (huge // 6) + "a}"}), *told)
    yield bib("huge-field-name", entry(**{"n" * huge: "{x}"}), "5: field name")
    yield bib("huge-type", entry().replace("article", "a" * huge), "1: '@aaa")
    yield bib("huge-comment", "@comment{" + "a" * huge + "}\n")
    yield bib("huge-text-between", "word " * (huge // 5) + "\n")
    for name, opening, closing in (("braces", "{", "}"), ("commands", r"\emph{", "}"), ("accents", r"{\"", "}")):
        for field in ("title", "author", "url", "abstract"):
            for times, what in ((50_000, "characters"), (200, "braces within braces more than 30 deep")):
                value = opening * times + "a" + closing * times
                told = () if field in _PASSED_OVER else (f"{_LINES.get(field, 5)}: '{field}' of 'odd2020' has ",)
                made = bib(f"nested-{times}-{name}-{field}", entry(**{field: "{" + value + "}"}), *told)
                assert what and made
                yield made
    # As long as a field may be: what is slow at this length would be slow in a real library.
    for name, value in {
        "commas": ",",
        "ands": " and",
        "dollars": "$",
        "tildes": "~",
        "hyphens": "-",
        "quotes": "`'",
        "carets": "a^",
        "accents": r"\'e",
        "commands": r"\emph",
        "words": " word",
        "groups": "{a}",
        "backslashes": "\\a",
    }.items():
        for field in ("title", "author"):
            text = value * (19_900 // len(value))
            told: tuple[str, ...] = ()
            if (name, field) == ("commas", "author"):
                told = ("2: author of 'odd2020' is",)
            elif field == "title" and name in ("tildes", "commands", "backslashes"):  # LaTeX that shows nothing
                told = ("1: reference 'odd2020' has no title",)
            yield bib(f"many-{name}-{field}", entry(**{field: "{" + text + " }"}), *told)
    signs = {
        "at": "@",
        "open": "{",
        "close": "}",
        "quotation": '"',
        "equals": "=",
        "lines": "\n",
        "spaces": " ",
        "brackets": "a{",
    }
    for name, sign in signs.items():
        few = sign in "@ "
        yield case(f"bib-only-{name}", FILE, (sign * (19_000_000 // len(sign))), f"{FILE}:1: no entries")
        if not few:
            yield case(f"bib-only-some-{name}", FILE, sign * 3_900_000, f"{FILE}:1: no entries")
    for name, sign in {"starts": "@article{", "entry-lines": "\n@a{", "ats-on-a-line": " @a{b}"}.items():
        yield case(f"bib-only-{name}", FILE, (sign * (3_000_000 // len(sign))), f"{FILE}:1: this file has ")
        yield case(f"bib-only-some-{name}", FILE, (sign * 49_000), f"{FILE}:{1 + (sign[0] == chr(10))}: ")
    yield bib(
        "too-many-entries", "".join(f"@misc{{k{i},a={{b}}}}\n" for i in range(50_000)), "1: this file has 50,003 and "
    )
    yield bib("many-entries", "".join(entry(f"k{i}") for i in range(15_000)))
    yield bib(
        "many-fields",
        "@misc{odd2020,\n" + "".join(f"f{i}={{b}},\n" for i in range(300_000)) + "}\n",
        "1: reference 'odd2020' has no title",
    )


def cases() -> Iterator[Case]:
    """All of them."""
    yield from syntax()
    yield from keys()
    yield from sizes()
