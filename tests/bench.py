"""Time and memory of whole builds beside plain MkDocs with Material and stock mkdocs-bibtex: `make bench`, `make bench BENCH="20 200"`, `make bench BENCH=--papers`.

`make bench BENCH=--profile` says where the seconds of a build go.

Every build is a process of its own in a project made for it, so that start-up, theme and search index are all counted. The pages are the
same for all variants of a size, and the same in every run (the random numbers are seeded); only their citations differ.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import yaml
from mkdocs.utils.yaml import yaml_load

import searching
from corpus import KINDS, LARGE, NATIONS, SECTION_PAGES, THEMES, Corpus, make_corpus, references_for
from previewed import serve_table
from profiled import stages_table

ROOT = Path(__file__).resolve().parent.parent
STYLE = ROOT / "hooks/evidence/references/csl_styles/harvard-cite-them-right.csl"
SIZES = (20, 200, 1000)
VARIANTS = ("floor", "floor+refs", "material", "ours-cold", "ours-warm", "stock-plain", "stock-csl")
# What a built page must hold to show that its variant did its work: a fast build of nothing is no result.
PROOF = {"ours": 'class="citation"', "stock": 'class="footnote"'}
NOTE = """CPU is user and system time, worker processes included. The peak is that of the largest process;
workers run beside it and share most of its memory. Where other work runs at the same time, go by CPU time and ratios."""
# What a reader might type: words of many texts, an author, a theme, a slip, a question.
SEARCHES = ("trust", "carers councils budgets", "Harley", "theme 3", "bugdets", "what is power", "work00012")
AIM_SEARCH = 100_000  # bytes of gzip for a first search, however large the review is
AIM_PAPERS = 8  # seconds of processor time for all papers of the project, none of them kept
# Processor time of a first build and of one built before, beside the floor, from so many pages on; MB at the largest; seconds for the project itself.
AIMS = {20: (2.8, 2.0), 200: (2.0, 1.5), LARGE: (1.1, 0.65)}
BUILDS = {"ours-cold": "first build", "ours-warm": "built before"}
AIM_MEMORY = 300
AIM_PROJECT = {"check": 0.6, "build": 4.0}
AIM_LINEAR = 1.15  # what passes 1.15 from step to step is growth; less is noise
THEME = {"origin": "review", "summary": "What is said about this theme."}
MEMORY_DISK = 4 << 30  # bytes that the largest size takes, and as much again
# What is taken out of the pages, which are written with pandoc's citations and locators: stock mkdocs-bibtex knows no locators in plain mode.
CITATIONS, LOCATORS, NOTHING = r" \[@[^\]]*\]", r", p\. \d+(?=\])", r"(?!)"


class Measure(NamedTuple):
    """One build, or the medians of several: seconds, MB, how many HTML pages were written, and what a reader downloads, in bytes of gzip -9."""

    wall: float
    cpu: float
    peak: float
    pages: int
    search: int  # for a first search: ours by the heaviest of SEARCHES; the theme's by its index and the worker that reads it
    references: int  # the heaviest page of the list of all references


Results = dict[int, dict[str, Measure]]


_ROWS = "".join(
    f"| {name} | {{title}} |\n" for name in ("Title", "Authors", "Year", "Journal", "Pages", "Kind", "Access", "Key")
)
PLAIN_REFERENCE = f"""# {{title}}

{{title}}.

## Details

| Detail | This source |
| --- | --- |
{_ROWS}
## Where this site cites it

- {{title}}: “{{title}} {{title}}.”
- {{title}}: “{{title}} {{title}}.”

## Themes of those passages

- {{title}}

## Nations of those passages

- {{title}}

## What the editors noted

Nothing so far.
"""


def write_project(folder: Path, variant: str, corpus: Corpus) -> None:
    """The project of one variant: its pages, and all that its mkdocs.yml names."""
    ours, stock = variant.startswith("ours"), variant.startswith("stock")
    files = {"mkdocs.yml": yaml.dump(_config(variant, list(corpus.pages)), sort_keys=False)}
    without = re.compile(NOTHING if ours else LOCATORS if stock else CITATIONS)
    files |= {f"docs/{uri}": without.sub("", text) for uri, text in corpus.pages.items()}
    if ours or stock:
        files["bibliography.bib"] = corpus.bibliography
    if ours:
        data = {
            "kinds": [{"id": name, "name": name, "meaning": f"A {name}."} for name in KINDS.values()],
            "nations": [{"id": f"nation-{i}", "name": f"Nation {i}"} for i in range(NATIONS)],
            "themes": [{"id": f"theme-{i}", "title": f"Theme {i}"} | THEME for i in range(THEMES)],
        }
        files |= {f"data/{name}.yml": yaml.safe_dump(records) for name, records in data.items()}
    if variant == "floor+refs":  # a page like ours for each reference, in plain Markdown that links and cites nothing
        files |= {f"docs/references/{key}.md": PLAIN_REFERENCE.format(title=title) for key, title in corpus.works}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def _config(variant: str, uris: list[str]) -> dict[str, Any]:
    """The project's own mkdocs.yml of today, less what a variant does without; 'material' alone starts from nothing."""
    groups = [uris[i : i + SECTION_PAGES] for i in range(0, len(uris), SECTION_PAGES)]
    own = {"site_name": "Benchmark", "nav": [{f"Section {n}": group} for n, group in enumerate(groups, 1)]}
    if variant == "material":
        return own | {"theme": {"name": "material"}, "plugins": ["search"], "markdown_extensions": ["attr_list"]}
    with (ROOT / "mkdocs.yml").open("rb") as file:
        project = yaml_load(file)
    del project["watch"]
    if variant.startswith("ours"):
        return project | own | {"hooks": [str(ROOT / hook) for hook in project["hooks"]]}
    del project["hooks"]
    plugins: list[Any] = ["search"]
    if variant.startswith("stock"):
        style = {"csl_file": str(STYLE)} if variant == "stock-csl" else {}
        plugins.append({"bibtex": {"bib_file": "bibliography.bib", "bib_by_default": True, **style}})
        project["markdown_extensions"].append("footnotes")
        project["strict"] = False  # its warnings are not what is measured
    return project | own | {"plugins": plugins}


def _environment() -> dict[str, str]:
    """The settings of a process: the engine is found, and kept compiled as it is on the computer of anyone who builds twice."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT / "hooks")}


def build(folder: Path, variant: str) -> Measure:
    """One build as a process. CPU time includes that of workers; the peak is the largest process's, and never below our own (see wait4)."""
    site = folder / "site"
    if variant == "ours-cold":
        shutil.rmtree(folder / ".cache", ignore_errors=True)
    environment = _environment() | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        if process.returncode:
            raise SystemExit(f"{variant}: the build failed:\n{errors.read()[-3000:]}")
    if PROOF.get(variant.partition("-")[0], "") not in (site / "p0001" / "index.html").read_text("utf-8"):
        raise SystemExit(f"{variant}: the pages were built without citations")
    written = len(list(site.rglob("*.html"))) - 1  # 404.html is no page
    search = _gzipped(site, "search/search_index.json", "assets/javascripts/workers/search.*.js")
    if variant.startswith("ours"):
        search = max(searching.weight(site, found["files"]) for found in searching.ask(site, SEARCHES, fresh=True))
    lists = [site / "references/index.html", *site.glob("references/letter/*/index.html")]
    listed = max(_gzipped(site, file.relative_to(site).as_posix()) for file in lists)
    shutil.rmtree(site)
    unit = 1 << (20 if sys.platform == "darwin" else 10)  # ru_maxrss is in bytes there, in KiB on Linux
    return Measure(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, written, search, listed)


def _gzipped(site: Path, *patterns: str) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for pattern in patterns for file in sorted(site.glob(pattern)))


def _scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder in memory where there is room: on a disk, files that were just deleted make new ones slow (ext4 looks for names that are long out of use),
    so that a build would pay for the one before."""
    memory = Path("/dev/shm")
    room = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > MEMORY_DISK
    return tempfile.TemporaryDirectory(dir=memory if room else None)


def measure(pages: int, variants: list[str], runs: int) -> dict[str, Measure]:
    """All variants of one size, in turn and then again, so that a slow spell of the machine meets all of them."""
    corpus = make_corpus(pages)
    found: dict[str, list[Measure]] = {variant: [] for variant in variants}
    with _scratch() as scratch:
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
    return {variant: Measure(*map(median, zip(*builds, strict=True))) for variant, builds in found.items()}


def _ratios(one: Measure, other: Measure | None) -> str:
    return " / ".join(f"{a / b:.2f}" for a, b in zip(one[:3], other[:3], strict=True)) if other else "not run"


def size_table(pages: int, runs: int, found: dict[str, Measure]) -> Iterator[str]:
    """One size: every variant beside both floors. A ratio is of wall time, CPU time and memory."""
    yield f"\n## {pages:,} pages, {references_for(pages):,} references (runs of each build: {runs})\n"
    yield "| variant | HTML pages | wall s | CPU s | peak MB | CPU ms a page | to floor (wall / CPU / MB) | to floor+refs |"
    yield "| --- |" + " ---: |" * 7
    for v in VARIANTS:
        cells = "not run | | | | | | |"
        if m := found.get(v):
            cells = f"{m.pages:,.0f} | {m.wall:.2f} | {m.cpu:.2f} | {m.peak:.0f} | {1000 * m.cpu / m.pages:.1f} | "
            cells += f"{_ratios(m, found.get('floor'))} | {_ratios(m, found.get('floor+refs'))} |"
        yield f"| {v} | {cells}"


def _steps(results: Results, variant: str) -> Iterator[tuple[str, Measure, Measure, float, float]]:
    """Each step from size to size, with what every further HTML page cost: CPU milliseconds and KB."""
    for small, large in pairwise(size for size in sorted(results) if variant in results[size]):
        a, b = results[small][variant], results[large][variant]
        more = b.pages - a.pages
        yield f"{small:,} to {large:,}", a, b, 1000 * (b.cpu - a.cpu) / more, 1024 * (b.peak - a.peak) / more


def growth_table(results: Results) -> Iterator[str]:
    """How time and memory grow beside the number of HTML pages."""
    yield "\n## Growth from size to size\n"
    yield "| variant | step | HTML pages × | wall × | CPU × | memory × | CPU ms a further page | KB a further page |"
    yield "| --- | --- |" + " ---: |" * 6
    for variant in VARIANTS:
        for step, a, b, cpu, memory in _steps(results, variant):
            times = f"{b.pages / a.pages:.1f} | {b.wall / a.wall:.1f} | {b.cpu / a.cpu:.1f} | {b.peak / a.peak:.1f}"
            yield f"| {variant} | {step} | {times} | {cpu:.1f} | {memory:.1f} |"


def reader_table(results: Results) -> Iterator[str]:
    """What readers download, however large the review is."""
    yield "\n## What a reader downloads (KB, gzip)\n"
    yield "| pages, references | variant | first search | × | list of references | × |\n| --- | --- | ---: | ---: | ---: | ---: |"
    for variant in ("ours-cold", "ours-warm", "stock-plain"):
        sizes = [size for size in sorted(results) if variant in results[size]]
        for before, size in zip([None, *sizes], sizes, strict=False):
            one = results[size][variant]
            grown = [""] * 2
            if before is not None:
                old = results[before][variant]
                grown = [
                    f"{a / b:.1f}" if b else "" for a, b in ((one.search, old.search), (one.references, old.references))
                ]
            words = f"{one.search / 1000:,.0f} | {grown[0]} | {one.references / 1000:,.0f} | {grown[1]}"
            yield f"| {size:,}, {references_for(size):,} | {variant} | {words} |"


def _verdicts(limit: float, names: tuple[str, str], figures: list[float]) -> str:
    words = [f"{name} {f:.2f} ({'met' if f <= limit else 'not met'})" for name, f in zip(names, figures, strict=False)]
    return ", ".join(words) or "not run"


def aims(results: Results) -> Iterator[str]:
    """Each aim, the figure, and whether it is met; 'linear' takes two steps, so three sizes."""
    yield "\n## Aims\n"
    for size, found in sorted(results.items()):
        floor, limits = found.get("floor"), AIMS[max((known for known in AIMS if known <= size), default=min(AIMS))]
        for (variant, said), limit in zip(BUILDS.items(), limits, strict=True):
            ratios = [one.cpu / floor.cpu] if (one := found.get(variant)) and floor else []
            yield f"- {size:,} pages, {said} at most {limit} times floor: {_verdicts(limit, ('CPU', ''), ratios)}"
    for size, found in sorted(results.items()):
        peaks = [found[variant].peak for variant in BUILDS if variant in found] if size >= LARGE else []
        if peaks:
            yield f"- {size:,} pages, memory at most {AIM_MEMORY} MB: {_verdicts(AIM_MEMORY, ('MB', ''), [max(peaks)])}"
    for size, found in sorted(results.items()):
        one = found.get("ours-cold") or found.get("ours-warm")
        figures = [one.search / 1000] if one else []
        yield f"- {size:,} pages, a first search takes at most {AIM_SEARCH // 1000} KB: {_verdicts(AIM_SEARCH / 1000, ('KB', ''), figures)}"
    for variant in ("ours-cold", "ours-warm"):
        costs = [step[-2:] for step in _steps(results, variant)][-2:]
        ratios = [late / early for early, late in zip(*costs, strict=True)] if len(costs) > 1 else []
        aim = f"a further page costs at most {AIM_LINEAR} times what it did in the step before"
        yield f"- {variant} linear, {aim}: {_verdicts(AIM_LINEAR, ('CPU', 'memory'), ratios)}"


def papers_table() -> Iterator[str]:
    """The project's own papers: all their files made for the first time, and taken from those kept."""
    sys.path.insert(0, str(ROOT / "hooks"))
    from evidence.papers.files import make_files  # noqa: PLC0415 (the engine is not needed for anything else here)
    from evidence.site.loading import load  # noqa: PLC0415

    site = load(ROOT)
    papers, address = site.papers.all, site.review.publisher.site_address
    yield "\n## Papers\n\n| papers | files | pages in PDFs | MB | run | wall s | CPU s |"
    yield "| ---: | ---: | ---: | ---: | --- | ---: | ---: |"
    first = 0.0
    with tempfile.TemporaryDirectory() as kept:
        for run in ("cold", "kept"):
            wall, before = time.perf_counter(), os.times()
            made = make_files(papers, address, Path(kept)).values()
            wall, after = time.perf_counter() - wall, os.times()
            cpu = sum(after[:4]) - sum(before[:4])
            facts = f"{len(made)} | {sum(p.pages for p in made):,} | {sum(len(p.content) for p in made) / 1e6:.1f}"
            yield f"| {len(papers)} | {facts} | {run} | {wall:.1f} | {cpu:.1f} |"
            if run == "cold":
                first = cpu
    yield f"\nAll papers take at most {AIM_PAPERS} s of processor time: {_verdicts(AIM_PAPERS, ('CPU', ''), [first])}"


def project_table() -> Iterator[str]:
    """The project itself: its check, and its site with all papers kept."""
    yield "\n## The project itself\n"
    with tempfile.TemporaryDirectory() as scratch:
        for name, more in {"check": [], "build": [f"{scratch}/site"]}.items():
            command = [sys.executable, "-m", "evidence_cli", name, *more]
            for _ in range(2):  # the first may have to make what is then kept
                before = os.times()
                subprocess.run(command, cwd=ROOT, env=_environment(), check=True, capture_output=True)
                spent = sum(os.times()[2:4]) - sum(before[2:4])
            yield f"- `evidence {name}` at most {AIM_PROJECT[name]} s: {_verdicts(AIM_PROJECT[name], ('CPU', ''), [spent])}"


def profile_tables(sizes: list[int]) -> Iterator[str]:
    """Where the seconds of our builds go, by stage (see `profiled`)."""
    for size in sizes:
        with _scratch() as scratch:
            write_project(folder := Path(scratch, "ours"), "ours", make_corpus(size))
            for variant in BUILDS.values():
                command = [sys.executable, str(ROOT / "tests/profiled.py"), f"{scratch}/stages.json", "build", "-q"]
                subprocess.run(command, cwd=folder, env=_environment(), check=True)
                shutil.rmtree(folder / "site")
                yield f"\n## {size:,} pages, {references_for(size):,} references, {variant}\n"
                yield from stages_table(json.loads(Path(scratch, "stages.json").read_text("utf-8")))


def styles_table() -> Iterator[str]:
    """References in full, none of them cached, in each style."""
    sys.path.insert(0, str(ROOT / "hooks"))
    from evidence.references import STYLES, format_works  # noqa: PLC0415
    from evidence.sources.bibtex import parse_bibtex  # noqa: PLC0415

    works = list(parse_bibtex(make_corpus(LARGE).bibliography, "bibliography.bib")[0].items())
    yield f"\n## References in full (CPU s, of processes as well)\n\n| works | {' | '.join(STYLES)} | all |"
    yield "| ---: |" + " ---: |" * (len(STYLES) + 1)
    for number in (40, 1000, len(works)):
        spent = []
        for style in STYLES:
            before = os.times()
            format_works(dict(works[:number]), {}, style)
            spent.append(sum(os.times()[:4]) - sum(before[:4]))
        yield f"| {number:,} | {' | '.join(f'{seconds:.2f}' for seconds in (*spent, sum(spent)))} |"


def main() -> None:
    """Measure what the command line asks for and print it as Markdown; progress goes to the error stream."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of pages, 2 or more")
    parser.add_argument("--only", default="", help=f"ours, stock, or some of {', '.join(VARIANTS)}; comma between")
    parser.add_argument("--runs", type=int, default=0, help="runs of each build (3 up to 20 pages, else 1)")
    parser.add_argument("--stock-csl-up-to", type=int, default=200, metavar="N", help="largest size for stock-csl")
    parser.add_argument("--all", action="store_true", help=f"floor+refs at {LARGE:,} pages and more, too")
    parser.add_argument("--styles", action="store_true", help="only references in full")
    parser.add_argument("--profile", action="store_true", help="only seconds by stage of our builds")
    parser.add_argument("--project", action="store_true", help="only the project's own check and site")
    parser.add_argument("--papers", action="store_true", help="only the project's own papers")
    parser.add_argument("--serve", action="store_true", help="only how long `make serve` takes to show a change")
    options = parser.parse_args()
    single = {"styles": styles_table, "project": project_table, "papers": papers_table, "serve": serve_table}
    single["profile"] = partial(profile_tables, options.sizes)
    if asked := [table for name, table in single.items() if getattr(options, name)]:
        print("\n".join(line for table in asked for line in table()))
        return
    names = {name.strip() for name in options.only.split(",")} - {""} or {*VARIANTS}
    wanted = [v for v in VARIANTS if {v, v.partition("-")[0]} & names]
    tools = ", ".join(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "mkdocs-bibtex"))
    print("# Benchmark", f"{tools}. {NOTE}", sep="\n\n")
    results: Results = {}
    for size in options.sizes:
        too_long = {"floor+refs"} if size >= LARGE and not options.all else set()
        too_long |= {"stock-csl"} if size > options.stock_csl_up_to else set()
        runs = options.runs or (3 if size <= SIZES[0] else 1)
        results[size] = measure(size, [v for v in wanted if v not in too_long], runs)
        print("\n".join(size_table(size, runs, results[size])), flush=True)
    print("\n".join([*growth_table(results), *reader_table(results), *styles_table(), *aims(results)]))
    if tuple(options.sizes) == SIZES:
        print("\n".join(project_table()))


if __name__ == "__main__":
    main()
