"""Writes the beginnings of another review (`evidence new DIR`): its content and settings alone, a guide, and the engine as one file that it installs by its hash.

The new folder stands alone: nothing that happens to this project can break it. `update` puts another engine into such a folder, and touches nothing of
the owner's. Only the standard library is used, because the folder has no tools installed yet.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evidence.model.vocabulary import MAX_CHARACTERS
from evidence.text.spoken import is_own_word
from evidence_cli import wheel
from evidence_cli.wheel import EngineError, Wheel

# The day of the last check in the skeleton's own files; in a new review it is the day on which that was made.
DAY = "2026-11-22"
LOCK, VENDOR, NONE = "requirements.lock", "vendor", "none"
# The language of a new review for which the engine has no words yet: a build would refuse it.
BEGINS_IN = "en-GB"
# The files of the skeleton that a review has only where it compares areas, or hears meetings.
ONLY_WITH = {
    "data/nations.yml": "areas",
    "data/review.yml": "areas",
    "data/comparison.yml": "areas",
    "docs/side-by-side.md": "areas",
    "data/network.yml": "meetings",
    "data/questions.yml": "meetings",
    "data/packs.yml": "meetings",
    "docs/meetings.md": "meetings",
    "docs/discuss/index.md": "meetings",
}
# What the engine brings and nobody edits: an update replaces it whatever is in it.
ENGINES_OWN = ("schemas/", LOCK, "requirements-sources.lock")
# What it brings for editors, who may change it: an update replaces it only where they have not. All else is the owner's.
ENGINES_UNLESS_CHANGED = (
    "Makefile",
    "hooks/",
    "hosting/",
    "docs-dev/",
    ".github/",
    ".gitlab-ci.yml",
    ".vscode/",
    ".gitignore",
)
# What a review had of the engine while that was copied into it file by file: an update puts it aside.
NO_LONGER = ("hooks", "pyproject.toml", "Makefile", "docs-dev/hosting.md", "hosting", ".gitignore", ".vscode")
BEFORE, NEWER = ".build/engine-before", ".build/engine-newer"

_ONLY = re.compile(r"\{(no )?(areas|meetings)\}")
# Between letters of Persian or Hindi, and within some emoji: they cannot be seen, and make what is beside them another.
_JOINERS = re.compile("[\u200c\u200d\xa0]")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class ReviewError(Exception):
    """Why there is no new review, or no new engine in it; the message is for whoever asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the four things that a new review must know: the option that says it, how it is asked, and what answers look like."""

    option: str
    asks: str
    form: str


QUESTIONS = (
    Question("title", "What is the title of the review?", 'the title, such as "Sleep and school times"'),
    Question(
        "areas",
        "What does it compare, one and many, as in country/countries? Or none.",
        "what the review compares, one and many, as in country/countries, or none",
    ),
    Question("meetings", "Did people meet about it, whose words it reports? yes or none.", "yes or none"),
    Question("language", "Which language is it in, as in en-GB?", "a tag such as en-GB or cy"),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new review is to be. `area` and `areas` are '' where it compares nothing."""

    title: str
    area: str
    areas: str
    meetings: bool
    language: str


def answers(given: Mapping[str, str | None], ask: Callable[[str], str] | None = None) -> Answers:
    """The answers to QUESTIONS, from options, and from `ask` for those that are not given. Raises ReviewError, with all that is missing or wrong."""
    told = {question.option: (given.get(question.option) or "").strip() for question in QUESTIONS}
    if ask:
        told |= {
            question.option: ask(f"{question.asks} ").strip() for question in QUESTIONS if not told[question.option]
        }
    wrong = [f"--{one.option} is missing: {one.form}" for one in QUESTIONS if not told[one.option]]
    area, _, areas = (part.strip() for part in told["areas"].partition("/"))
    if told["areas"] and told["areas"] != NONE and not (is_own_word(area) and is_own_word(areas)):
        wrong.append(
            f"--areas is {told['areas']!r}; write one and many in letters, with / between them, as in country/countries, or none"
        )
    if told["meetings"] not in ("", "yes", NONE):
        wrong.append(f"--meetings is {told['meetings']!r}; write yes or none")
    if told["language"] and not _TAG.fullmatch(told["language"]):
        wrong.append(f"--language is {told['language']!r}; write a tag such as en-GB, cy or pt-BR")
    if not _JOINERS.sub("", told["title"]).isprintable():
        wrong.append("--title has a line break or another sign that cannot be shown; write it on one line")
    if len(told["title"]) > MAX_CHARACTERS["title"]:
        at_most = f"at most {MAX_CHARACTERS['title']}, as its first page has that title"
        wrong.append(f"--title has {len(told['title'])} characters; write {at_most}")
    if wrong:
        raise ReviewError("\n".join(wrong))
    if told["areas"] == NONE:
        area = areas = ""
    return Answers(told["title"], area, areas, told["meetings"] == "yes", told["language"])


def refuse(folder: Path) -> None:
    """Raise ReviewError where no new review can be in a folder."""
    example = "as in: evidence new ../our-review"
    if file := next((part for part in (folder, *folder.parents) if part.exists() and not part.is_dir()), None):
        raise ReviewError(f"{file} is a file; name a new or an empty folder, {example}")
    if folder.exists() and any(folder.iterdir()):
        raise ReviewError(f"{folder} is not empty; name a new or an empty folder, {example}")
    if wheel.is_project(folder):
        raise ReviewError(f"{folder} is inside this project; name a folder beside it, {example}")


def create(folder: Path, told: Answers, engine: Wheel) -> list[str]:
    """Write a new review into `folder`, all of it or nothing. Returns what to tell the editor."""
    refuse(folder)
    target = folder.resolve()
    written = told if engine.speaks(told.language) else replace(told, language=BEGINS_IN)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise ReviewError(f"{folder} cannot be made: {error.strerror}; name a folder inside one of yours") from error
    try:
        for name, content in _files(engine, written).items():
            _write(draft / name, content)
        draft.chmod(0o755)
        draft.rename(target)  # an empty folder of that name gives way
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    lines = [f"A new review is in {folder}, with engine {engine.version}."]
    if not engine.speaks(told.language):
        lines.append(
            f"Nobody has translated the engine's own words, such as “References”, into {told.language} yet, so the review begins in {BEGINS_IN}. "
            f"Once somebody has, write `language: {told.language}` in data/reading.yml; docs-dev/editing.md says how. "
            f"Until then, pages in {told.language} say so of themselves, with `lang: {told.language}` at their top."
        )
    elif told.language.split("-")[0] != "en":
        lines.append(f"The example pages are in English; the engine's own words are in {told.language}.")
    return [*lines, f"Begin with docs-dev/editing.md, then: cd {folder} && make site"]


def update(folder: Path, engine: Wheel) -> list[str]:
    """Put an engine into the review in `folder`. Returns what to tell the editor: what changed, and what is left for them to do.

    What it replaces and nobody has changed is in git; what somebody has changed stays, with the newer file in NEWER beside it.
    """
    if wheel.is_project(folder) and folder.resolve() == wheel.PROJECT:
        raise ReviewError("this is the engine's own project; update the folder of a review")
    if not (folder / "mkdocs.yml").is_file() or not (
        (folder / VENDOR).is_dir() or (folder / "hooks/evidence").is_dir()
    ):
        raise ReviewError(f"{folder}: there is no review with an engine here")
    shutil.rmtree(folder / NEWER, ignore_errors=True)
    old = wheel.vendored(folder) if (folder / VENDOR).is_dir() else None
    if old == engine:
        return [f"The engine here is {engine.version} already, to the last byte. Nothing was changed."]
    _put_aside(folder, NO_LONGER if old is None else ())
    kept = _replace(folder, _parts(old) if old else {}, _parts(engine))
    _write(folder / VENDOR / engine.name, engine.content)
    for file in (folder / VENDOR).glob("*.whl"):
        if file.name != engine.name:
            file.unlink()
    known = set(old.changes()) if old else set()
    new = [line for line in engine.changes() if line not in known]
    was = "a copy of its files" if old is None else old.version
    if was == engine.version:
        was += " with other content"
    return [
        f"The engine is {engine.version} now; it was {was}. vendor/, the locks and schemas/ are replaced.",
        *(["What is new in it:", *(f"- {line}" for line in new)] if new else ["It tells of no change."]),
        *(
            f"{name}: you have changed this file, so it stays; that of the newer engine is {NEWER}/{name}."
            for name in kept
        ),
        "Now run: make check, then make site. `git diff` shows what was replaced.",
    ]


def _replace(folder: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """Put the files of an engine in the place of those of the one before. Returns the names of those that somebody has changed, which stay."""
    kept = []
    for name in sorted({*before, *after}):
        file = folder / name
        there = file.read_bytes() if file.is_file() else None
        if there == after.get(name):
            continue
        own = name.startswith(ENGINES_OWN)
        if there is None and name in before and not own:
            continue  # the owner has taken it out
        if own or there is None or there == before.get(name):
            if name in after:
                _write(file, after[name])
            else:
                file.unlink()
        elif after.get(name) not in (None, before.get(name)):
            _write(folder / NEWER / name, after[name])
            kept.append(name)
    return kept


def _parts(engine: Wheel) -> dict[str, bytes]:
    """The engine's part of a review's files, by name."""
    wanted = (*ENGINES_OWN, *ENGINES_UNLESS_CHANGED)
    return {name: content for name, content in _locked(engine).items() if name.startswith(wanted)}


def _put_aside(folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        if (folder / name).exists():
            (folder / BEFORE / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).rename(folder / BEFORE / name)


def _locked(engine: Wheel) -> dict[str, bytes]:
    """The files that an engine brings; its lock pins the engine itself, too."""
    files = engine.review_files()
    lock = files[LOCK]
    return {**files, LOCK: lock + (b"" if lock.endswith(b"\n") else b"\n") + engine.lock_line.encode()}


def _files(engine: Wheel, told: Answers) -> dict[str, bytes]:
    """All files of a new review."""
    has = {"areas": bool(told.area), "meetings": told.meetings}
    files = {f"{VENDOR}/{engine.name}": engine.content}
    for name, content in _locked(engine).items():
        if not has.get(ONLY_WITH.get(name, ""), True):
            continue
        is_text = name.endswith((".md", ".yml", ".bib")) and not name.startswith(
            (*ENGINES_OWN, *ENGINES_UNLESS_CHANGED)
        )
        files[name] = _filled(content.decode("utf-8"), told, has).encode() if is_text else content
    return files


def _filled(text: str, told: Answers, has: Mapping[str, bool]) -> str:
    """A file of the skeleton with the answers in it, and without the lines that are for other answers."""
    lines = []
    for line in text.splitlines(keepends=True):
        rest = line
        while only := _ONLY.match(rest):
            rest = rest[only.end() :] if has[only[2]] != bool(only[1]) else ""
        if rest:
            lines.append(rest)
    values = {
        "title": re.sub(r"([\\`*_{}\[\]#])", r"\\\1", html.escape(told.title, quote=False)),
        "quoted": json.dumps(told.title, ensure_ascii=False),  # a string of JSON is one of YAML
        "area": told.area,
        "areas": told.areas,
        "Areas": told.areas[:1].upper() + told.areas[1:],
        "language": told.language,
        "abbreviations": "".join(
            f'  - {{short: "{short}", reason: It stands in the title.}}\n'
            for short in dict.fromkeys(re.findall(r"\b[A-Z]{2,}\b", told.title))
        ),
        "today": str(date.today()),
        "year": str(date.today().year),
    }
    return re.sub(r"«(\w+)»", lambda m: values[m[1]], "".join(lines)).replace(
        f"checked: {DAY}", f"checked: {date.today()}"
    )


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


__all__ = ["Answers", "EngineError", "ReviewError", "answers", "create", "refuse", "update"]
