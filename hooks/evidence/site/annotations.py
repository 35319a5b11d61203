"""Problems in the words of those who show a proposed change: each then stands beside the line that it is about.

GitHub reads lines of a job's output (docs.github.com, "Workflow commands for GitHub Actions"), GitLab a file (docs.gitlab.com, "Code Quality report format").
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator

from evidence.model.base import Problem

# What GitLab looks for, in the folder of the project.
CODE_QUALITY = "gl-code-quality-report.json"
# A value ends at a line's end, and one of a property at ',' and '::' too.
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def for_github(found: Iterable[Problem]) -> Iterator[str]:
    """A line for each problem, '::error file=docs/index.md,line=3::message'. GitHub shows the first ten problems and the first ten notices of a step."""
    for problem in found:
        level = "notice" if problem.notice else "error"
        place = f"file={problem.where.path.translate(_PROPERTY)},line={problem.where.line}"
        yield f"::{level} {place}::{problem.message.translate(_DATA)}"


def for_gitlab(found: Iterable[Problem]) -> str:
    """All problems as JSON. What tells one from another is its file and words and not its line, so that one which has only moved is not told as new."""
    seen: Counter[tuple[str, str]] = Counter()
    entries = []
    for problem in found:
        path, message = key = (problem.where.path, problem.message)
        seen[key] += 1
        entries.append(
            {
                "description": message,
                "check_name": "evidence check",
                "fingerprint": hashlib.sha256(f"{path}\n{message}\n{seen[key]}".encode()).hexdigest(),
                "severity": "info" if problem.notice else "major",
                "location": {"path": path, "lines": {"begin": problem.where.line}},
            }
        )
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
