"""Writes tests/styles.md: every work in every style, beside what pandoc and citeproc-js make of the same item with the style's file as it is.

`PYTHONPATH=hooks python tests/styles_table.py`. What the two made is kept in styles_opinions.json, since it takes Node and a minute. Wherever ours is
another text, explanations of EXPLAINED turn theirs into ours; a test fails where none does, and where one explains nothing.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from evidence.files import pandoc
from evidence.model.review import Review
from evidence.references import STYLES, format_works
from evidence.references.csl import csl_item
from evidence.references.title_case import sentence_case
from evidence.site.loading import load

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests/styles.md"
KEPT = ROOT / "tests/styles_opinions.json"
FILES = ROOT / "hooks/evidence/references/csl_styles"
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explained:
    """Why ours differs from what `by` (or both) made in a style: `mend` makes of their text of an item what ours has in that place."""

    style: str
    why: str
    mend: Callable[[str, Item], str]
    by: str = ""


def _put(pattern: str, instead: str) -> Callable[[str, Item], str]:
    return lambda text, item: re.sub(pattern, instead, text)


def _law(pattern: str, instead: str) -> Callable[[str, Item], str]:
    """`{}` stands for the number of the law without its year."""

    def mend(text: str, item: Item) -> str:
        number = re.sub(r"^\d{4} ", "", item.get("number", ""))
        return re.sub(pattern, instead.format(number), text) if item["type"] == "legislation" else text

    return mend


def _article(text: str, item: Item) -> str:
    if item["type"] != "article-journal" or not item.get("number"):
        return text
    return re.sub(r"(?=\. Available at: |\.$)", f", article {item['number']}", text, count=1)


def _sentence(after_colon: bool) -> Callable[[str, Item], str]:
    def mend(text: str, item: Item) -> str:
        title = item["title"]
        return text.replace(
            _shown(title), _shown(sentence_case(title, item.get("language", ""), after_colon=after_colon))
        )

    return mend


def _shown(title: str) -> str:
    return re.sub(r"</?span[^>]*>", "", title).replace("&", "&amp;")


def _publisher(text: str, item: Item) -> str:
    name = item.get("publisher", "")
    return text.replace(f" {name}. ", " ", 1) if item.get("author") == [{"literal": name}] else text


def _genre(text: str, item: Item) -> str:
    genre = item.get("genre", "")
    return re.sub(rf"\({re.escape(genre)}\b", f"({genre}", text, flags=re.I) if genre else text


def _editors(text: str, _: Item) -> str:
    text = re.sub(r"^, (editors?)(.*?)\. ", r"\2, \1. ", text)
    return re.sub(r"\bIn, (editors?)(.*?)\. ", r"In: \2, \1. ", text)


def _undated(text: str, item: Item) -> str:
    return text if item.get("issued") else re.sub(r"\.(?= Available from: )", "; [date unknown].", text)


_LAW = "The file knows laws of the United States; ours are shown as those of the United Kingdom are."
_SENTENCE = "The manual wants sentence case, which the processors leave to whoever types the title ("
_WORDS = "pandoc takes a number with a stroke in it for words, and sets no “No.” before it."
EXPLAINED = (
    Explained("harvard", "Italics are for titles alone.", _put("<i>et al.</i>", "et al.")),
    Explained("harvard", "The file shows no number of an article where it stands in place of pages.", _article),
    Explained("harvard", _LAW, _law(r" \(\d{4}\)\.", ", {}.")),
    Explained(
        "harvard", "Labels in the text say n.d., and a list says the same as the text.", _put(r"\(no date\)", "(n.d.)")
    ),
    Explained("apa", _SENTENCE + "Publication Manual, 6.17).", _sentence(after_colon=True)),
    Explained("apa", _LAW, _law(r"Pub\. L\. .*? \(\d{4}\)\.", "{}.")),
    Explained("apa", "An author who is the publisher is named once (Publication Manual, 9.29).", _publisher),
    Explained("apa", "“Retrieved” goes with the day (Publication Manual, 9.16).", _put(r"\bRetrieved (?=http)", "")),
    Explained("apa", "Capitals stay as they are typed, since titles are in any language.", _genre),
    Explained("apa", _WORDS, _put(r" No\. (?=\d+/)", " "), by="citeproc-js"),
    Explained("vancouver", _SENTENCE + "Citing Medicine, chapter 1).", _sentence(after_colon=False)),
    Explained("vancouver", _LAW, _law(r" \[Internet\]\..*?(?=\. Available)", ", {}")),
    Explained("vancouver", "Citing Medicine writes [date unknown].", _undated),
    Explained("vancouver", _WORDS, _put(r" no\.: (?=\d+/)", " "), by="citeproc-js"),
    Explained("vancouver", "pandoc sets “editors” before the names.", _editors, by="pandoc"),
    Explained(
        "vancouver",
        "pandoc keeps the hyphen of initials, which the style takes away.",
        _put(r"(?<= [A-Z])-(?=[A-Z]\b)", ""),
        by="pandoc",
    ),
)
PROGRAMS = ("pandoc", "citeproc-js")
UNEXPLAINED = "**Nothing explains the rest.**"


@dataclass(frozen=True, slots=True)
class Row:
    """A work in a style: ours, what each program has where it is another text, why, and whether that explains all of it."""

    style: str
    key: str
    ours: str
    theirs: Mapping[str, str]
    why: tuple[Explained, ...]
    whole: bool


def rows() -> list[Row]:
    """All works in all styles, but for those that are new or another since the two programs were asked. ValueError where the kept opinions are of other styles or programs."""
    review, kept = load(ROOT).review, _kept()
    if kept["with"] != _with():
        raise ValueError(f"{KEPT.name} is out of date")
    items = {key: item for key, item in _items(review).items() if kept["of"].get(key) == _hash(item)}
    found = []
    for style in STYLES:
        for key, shown in format_works(review.references, {}, style).items():
            if key not in items:
                continue
            ours = re.sub(r"</?bdi\b[^>]*>", "", shown)
            theirs = {by: kept["works"][by][style][key] for by in PROGRAMS}
            why: dict[Explained, None] = {}
            whole = True
            for by, text in theirs.items():
                reasons, mended = _reasons(text, ours, items[key], style, by)
                why |= dict.fromkeys(reasons)
                whole = whole and mended == ours
            other = {by: text for by, text in theirs.items() if text != ours}
            found.append(Row(style, key, ours, other, tuple(why), whole))
    return found


def asked() -> set[str]:
    """The works that the two programs were asked about."""
    return set(_kept()["of"])


def _reasons(theirs: str, ours: str, item: Item, style: str, by: str) -> tuple[list[Explained], str]:
    """Why a program's text is not ours, and what that makes of it."""
    found = []
    for reason in EXPLAINED:
        if theirs != ours and reason.style == style and reason.by in ("", by):
            mended = reason.mend(theirs, item)
            found += [reason] if mended != theirs else []
            theirs = mended
    return found, theirs


def table() -> str:
    """The whole file."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    versions = _kept()["versions"]
    yield "# The works in every style, beside two other processors"
    yield ""
    yield "Made by `tests/styles_table.py`. Ours is what readers copy, of a work that stands alone. Beside it stands what"
    yield f"pandoc {versions['pandoc']} and citeproc-js {versions['citeproc-js']} make of the same item with the style's file as it comes; an empty cell is the same text."
    made = rows()
    for style in STYLES.values():
        yield from (
            "",
            f"## {style.name}",
            "",
            f"| Work | Ours | {' | '.join(PROGRAMS)} | Why they differ |",
            "| --- |" + " --- |" * 4,
        )
        for row in made:
            if row.style == style.id:
                why = " ".join(
                    [*dict.fromkeys(reason.why for reason in row.why), *([] if row.whole else [UNEXPLAINED])]
                )
                cells = (row.ours, *(row.theirs.get(by, "") for by in PROGRAMS), why)
                yield f"| {row.key} | {' | '.join(map(_cell, cells))} |"


def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    return kept


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _items(review: Review) -> dict[str, dict[str, Any]]:
    return {key: csl_item(work) for key, work in review.references.items()}


def _styles() -> dict[str, tuple[str, str]]:
    return {style.id: ((FILES / f"{style.csl}.csl").read_text("utf-8"), style.locale) for style in STYLES.values()}


def _hash(given: Any) -> str:
    return hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()[:16]


def _with() -> str:
    """A hash of all but the works that makes a program's text: styles, the release of pandoc, the script for citeproc-js."""
    return _hash([_styles(), version("pypandoc_binary"), (ROOT / "tests/citeproc_js.mjs").read_text("utf-8")])


def opinions() -> str:
    """The file that keeps what the two programs make of every work. What it holds already is not made again."""
    items, styles = _items(load(ROOT).review), _styles()
    of = {key: _hash(item) for key, item in items.items()}
    kept = _kept()
    if kept.get("with") != _with():
        kept = {"of": {}, "works": {by: {style: {} for style in styles} for by in PROGRAMS}}
    new = [item for key, item in items.items() if kept["of"].get(key) != of[key]]
    given = json.dumps({"items": new, "styles": styles}).encode()
    command = ["node", ROOT / "tests/citeproc_js.mjs"]
    js = json.loads(subprocess.run(command, input=given, capture_output=True, check=True).stdout)
    for style, how in styles.items():
        kept["works"]["pandoc"][style] |= {item["id"]: _by_pandoc(item, *how) for item in new}
        kept["works"]["citeproc-js"][style] |= {key: _tidy(text) for key, text in js["works"][style].items()}
    works = {
        by: {style: {key: all_[key] for key in items} for style, all_ in made.items()}
        for by, made in kept["works"].items()
    }
    [release] = re.findall(rb"[\d.]+", pandoc.run("--version").splitlines()[0])
    versions = {"pandoc": release.decode(), "citeproc-js": js["version"]}
    made = {"versions": versions, "with": _with(), "of": of, "works": works}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _by_pandoc(item: Item, csl: str, locale: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        works, style = Path(folder, "works.json"), Path(folder, "style.csl")
        works.write_text(json.dumps([item]), "utf-8")
        style.write_text(csl, "utf-8")
        options = ("--citeproc", f"--bibliography={works}", f"--csl={style}", f"--metadata=lang:{locale}")
        made = pandoc.run(*options, "--from=markdown", "--to=html", folder=folder, given=b'---\nnocite: "@*"\n---\n')
    return _tidy(made.decode())


def _tidy(text: str) -> str:
    """HTML of either program without what lays out a list: with our tags alone, on one line."""
    text = re.sub(r'<div class="csl-left-margin">.*?</div>', "", text, flags=re.S)
    text = re.sub(r"<(/?)em>", r"<\1i>", text)
    text = re.sub(r"<(?!/?(?:i|sup|sub)>)[^>]*>", "", text)
    return html.escape(html.unescape(" ".join(text.split())), quote=False).replace("&lt;", "<").replace("&gt;", ">")


if __name__ == "__main__":
    KEPT.write_text(opinions(), "utf-8")
    FILE.write_text(table(), "utf-8")
