"""Made-up reviews for the benchmark: the same pages and works for each size in every run, as the random numbers are seeded."""

from __future__ import annotations

import random
import re
from typing import NamedTuple

LARGE = 1000
THEMES, NATIONS, SECTION_PAGES = 12, 4, 20
KINDS = {"article": "article", "techreport": "report", "book": "book", "incollection": "chapter", "misc": "web"}
WORDS = re.findall(r"\w+", "people carers councils power budgets plans trust often asks shows of and to in for by")
BEGINNINGS = re.findall(r"\w+", "Har Mor Wel Ash Bran Cal Dun El Fen Gar Hol Kil Lan Nor Pem")
ENDINGS = re.findall(r"\S+", 'ley ton wood field by worth man son ford ston ell er ick m{\\"u}ller')


class Corpus(NamedTuple):
    """The sources of one size: Markdown pages by address, the bibliography, and the (key, title) of its works."""

    pages: dict[str, str]
    bibliography: str
    works: list[tuple[str, str]]


def references_for(pages: int) -> int:
    """How many references go with so many pages: 40, 400 and 5,000 for the three standard sizes."""
    return pages * (5 if pages >= LARGE else 2)


def make_corpus(pages: int) -> Corpus:
    """Pages and bibliography. Keys are dealt out like cards, so that every work is cited; each page cites its first work twice."""
    rng = random.Random(pages)
    works = [_work(rng, i) for i in range(references_for(pages))]
    keys = [work[0] for work in works]
    deck = iter([key for _ in range(10 * pages // len(keys) + 1) for key in rng.sample(keys, len(keys))])
    texts = {}
    for i in range(pages):
        chosen = [next(deck) for _ in range(rng.randint(7, 9))]
        texts[f"p{i:04d}.md" if i else "index.md"] = _page(rng, i, [*chosen, chosen[0]])
    return Corpus(texts, "\n".join(entry for _, _, entry in works), [(key, title) for key, title, _ in works])


def _words(rng: random.Random, low: int = 12, high: int = 20) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(low, high))).capitalize()


def _work(rng: random.Random, i: int) -> tuple[str, str, str]:
    """A work's key, title and BibTeX entry; half of the works are articles."""
    kind = rng.choice((*KINDS, "article", "article", "article"))
    names = [f"{rng.choice(BEGINNINGS)}{rng.choice(ENDINGS)}, {rng.choice(WORDS)[0].upper()}." for _ in range(5)]
    key, title, first = f"work{i:05d}", _words(rng, 7, 12), rng.randint(1, 400)
    pages, url = f"{first}--{first + 17}", f"https://www.example.org/item/{i}"
    of_kind: dict[str, dict[str, object]] = {
        "article": {"journal": _words(rng, 2, 4), "volume": i % 60, "pages": pages, "doi": f"10.1234/bench.{i}"},
        "techreport": {"institution": f"Institute {i % 50}", "type": "Report", "number": i, "url": url},
        "book": {"publisher": "Press \\& Partners", "address": "Bristol", "url": url},
        "incollection": {"booktitle": _words(rng, 4, 6), "editor": names[0], "publisher": "Press", "pages": pages},
        "misc": {"howpublished": "Web page", "url": url},
    }
    authors, year = " and ".join(names[: rng.randint(1, 5)]), rng.randint(1990, 2025)
    fields = of_kind[kind] | {"author": authors, "title": f"{{{title[0]}}}{title[1:]}", "year": year}
    fields |= {"sourcekind": KINDS[kind], "access": "free", "listing": "printed", "verified": "Made for a benchmark."}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return key, title, f"@{kind}{{{key},\n{lines}}}\n"


def _page(rng: random.Random, i: int, keys: list[str]) -> str:
    """About 500 words in five sections, one with a table and one with a list."""
    citations = [f" [@{key}{f', p. {rng.randint(1, 300)}' if rng.random() < 0.3 else ''}]" for key in keys]
    parts = [f"---\ntitle: Page {i}\ndescription: {_words(rng)}.\n---\n\n# Page {i}\n\n{_words(rng)}.\n"]
    for n in range(5):
        themes = " ".join(f"theme-{t}" for t in rng.sample(range(THEMES), rng.randint(1, 2)))
        nations = f' data-nations="nation-{rng.randrange(NATIONS)}"' if n == 2 else ""
        parts.append(f'## {_words(rng, 3, 5)} {{ #part-{n} data-themes="{themes}"{nations} }}\n')
        waiting = iter(citations[n::5])
        sentences = [f"{_words(rng)}{next(waiting, '')}." for _ in range(4)]
        parts.append(f"{' '.join(sentences[:2])}\n\n{' '.join(sentences[2:])}\n")
        if n == 1:
            rows = (f"| {_words(rng, 2, 3)} | {_words(rng, 4, 6)} | {rng.randint(1, 99)} |\n" for _ in range(5))
            parts.append(f"Table: {_words(rng, 3, 4)}\n\n| What | How | Number |\n| --- | --- | --- |\n{''.join(rows)}")
        if n == 3:
            parts.append("".join(f"- {_words(rng, 6, 10)}.\n" for _ in range(4)))
    return "\n".join(parts)
