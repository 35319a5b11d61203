"""Where the seconds of a build go: `python tests/profiled.py FILE mkdocs arguments` is a build that writes its samples to FILE; `make bench BENCH=--profile`.

Every few milliseconds of processor time it is noted which stage the process is in: the room of the engine, or the part of MkDocs, whose code runs or has
called what runs. What a library spends counts for its caller. Processes that were started are one stage.
"""

from __future__ import annotations

import json
import re
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from os import times
from pathlib import Path
from types import FrameType

EVERY = 0.002
_STAGES = (
    (r"<frozen importlib", "imports"),
    (r"/hooks/evidence/(\w+)/", r"\1"),
    (r"/hooks/(evidence_\w+)/(\w+)\.py", r"\1.\2"),
    (r"/site-packages/(?:markdown|pymdownx)/", "Markdown"),
    (r"/site-packages/jinja2/|\.(?:html|xml|j2)$", "templates"),
    (r"/site-packages/(?:mkdocs|material|mkdocs_bibtex)/", "MkDocs and theme"),
)
_KNOWN: dict[str, str] = {}


def _stage_of(file: str) -> str:
    for pattern, name in _STAGES:
        if match := re.search(pattern, file):
            return match.expand(name)
    return ""


def stage(frame: FrameType | None) -> str:
    """The stage of a running frame: that of the innermost code of ours or of MkDocs; code that runs while a module is read is 'imports'."""
    while frame is not None:
        code = frame.f_code
        if code.co_filename not in _KNOWN:
            _KNOWN[code.co_filename] = _stage_of(code.co_filename)
        if found := _KNOWN[code.co_filename]:
            return "imports" if code.co_name == "<module>" else found
        frame = frame.f_back
    return "start and end"


def stages_table(found: Mapping[str, float], share: float = 0.01) -> Iterator[str]:
    """Seconds by stage, the largest first; what takes less than `share` of all is one line."""
    total = sum(found.values())
    small = sum(seconds for seconds in found.values() if seconds < share * total)
    yield "| stage | CPU s | % |\n| --- | ---: | ---: |"
    for name, seconds in sorted(found.items(), key=lambda item: -item[1]):
        if seconds >= share * total:
            yield f"| {name} | {seconds:.2f} | {100 * seconds / total:.0f} |"
    yield f"| all else | {small:.2f} | {100 * small / total:.0f} |"
    yield f"| all | {total:.2f} | 100 |"


def main(target: Path, arguments: list[str]) -> None:
    """Run MkDocs with `arguments`, and write the seconds of each stage to `target` as JSON."""
    counted: Counter[str] = Counter()
    signal.signal(signal.SIGPROF, lambda _number, frame: counted.update((stage(frame),)))
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        from mkdocs.__main__ import cli  # noqa: PLC0415 (its imports are a part of the build)

        cli(arguments, standalone_mode=False)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    spent = times()
    each = (spent.user + spent.system) / max(1, counted.total())  # a sample is late while a library in C runs
    found = {name: each * number for name, number in counted.items()}
    target.write_text(json.dumps(found | {"processes": spent.children_user + spent.children_system}), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
