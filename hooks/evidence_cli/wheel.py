"""The engine as one file, a wheel, which reviews hold in `vendor/` and install by its hash: what it is made of, and what is in one.

It is written here, by the standard library alone, so that a machine needs nothing but Python for it; and nothing in it is compressed, so that the same
sources give the same bytes whatever compresses on the machine. The format is that of PEP 427 and the core metadata of PEP 566.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

PROJECT = Path(__file__).resolve().parent.parent.parent
# Where the files of a new review, and what changed in the engine, lie in a wheel.
REVIEW, CHANGES = "evidence_cli/new/", "evidence_cli/changes.txt"
# What of the engine's project a review has beside its own files: name by name as there.
SHARED = (
    "schemas",
    "hosting",
    "hooks/mkdocs_hooks.py",
    "docs-dev/hosting.md",
    "docs-dev/directives.md",
    "docs-dev/fields.md",
    "docs-dev/rules.md",
    "requirements.lock",
    "requirements-sources.lock",
    ".gitignore",
    ".vscode",
)
_FACTS = re.compile(r"(\w+-[\w.]+)\.dist-info/METADATA")
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can say


class EngineError(Exception):
    """Why there is no engine to give to a review; the message is for whoever asked."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel of the engine: the name of its file, and its bytes."""

    name: str
    content: bytes

    @property
    def version(self) -> str:
        """The engine's version, such as '0.1.0'."""
        return self.name.split("-")[1]

    @property
    def lock_line(self) -> str:
        """The line by which a lock file pins it, by its hash."""
        return f"./vendor/{self.name} --hash=sha256:{hashlib.sha256(self.content).hexdigest()}\n"

    def review_files(self) -> dict[str, bytes]:
        """The files that a new review begins with, by their names there."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as opened:
            return {
                name.removeprefix(REVIEW): opened.read(name) for name in opened.namelist() if name.startswith(REVIEW)
            }

    def speaks(self, language: str) -> bool:
        """Whether it has its own words in a language: English, or one that people have translated them into."""
        main = language.split("-", maxsplit=1)[0]
        with zipfile.ZipFile(io.BytesIO(self.content)) as opened:
            there = opened.namelist()
        return main == "en" or any(f"evidence/locale/{name}.po" in there for name in (language, main))

    def changes(self) -> list[str]:
        """What has changed in the engine, up to this one: a sentence or two each."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as opened:
            return opened.read(CHANGES).decode("utf-8").splitlines()


def is_project(folder: Path) -> bool:
    """Whether this engine runs out of its own project, and a folder is that or lies in it. A file of the engine may lie in anybody's folder."""
    return (PROJECT / "hooks/skeleton").is_dir() and folder.resolve().is_relative_to(PROJECT)


def own(root: Path = Path()) -> Wheel:
    """The wheel of the engine that runs here: made from the project, or the file that it runs or was installed from. Raises EngineError."""
    if is_project(PROJECT):
        return build(PROJECT)
    packed = next((folder for folder in Path(__file__).parents if folder.suffix == ".whl"), None)
    return read(packed) if packed else vendored(root)


def vendored(review: Path) -> Wheel:
    """The wheel in the folder `vendor/` of a review. Raises EngineError."""
    found = sorted((review / "vendor").glob("*.whl"))
    if len(found) != 1:
        there = f"there are {len(found)}: {' '.join(file.name for file in found)}" if found else "there is none"
        raise EngineError(
            f"{review / 'vendor'}: there must be one file that ends in .whl here, and {there}; `git restore vendor requirements.lock` "
            "puts back the one that requirements.lock names, and any other beside it is to be taken away"
        )
    return read(found[0])


def read(file: Path) -> Wheel:
    """The wheel in a file, by the name that it was made with: a browser may have saved it as another. Raises EngineError where that is none of this engine."""
    try:
        content = file.read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            whole = CHANGES in opened.namelist() and opened.testzip() is None
            named = [found[1] for name in opened.namelist() if (found := _FACTS.fullmatch(name))]
    except (OSError, zipfile.BadZipFile):
        whole, named = False, []
    if not whole or len(named) != 1:
        raise EngineError(
            f"{file}: this is no whole file of the engine; fetch it anew, or `git restore` it if it was whole before"
        )
    return Wheel(f"{named[0]}-py3-none-any.whl", content)


def build(project: Path) -> Wheel:
    """A wheel of the engine in a project: the same bytes from the same files."""
    told = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    name, version = told["project"]["name"].replace("-", "_"), told["project"]["version"]
    files = dict(_engine(project, told["tool"]["setuptools"]))
    files |= {f"{REVIEW}{to}": content for to, content in _review(project)}
    files[CHANGES] = "".join(f"{line}\n" for line in _changes(project)).encode()
    facts = f"{name}-{version}.dist-info"
    scripts = "".join(f"{command} = {target}\n" for command, target in told["project"]["scripts"].items())
    files |= {
        f"{facts}/METADATA": _metadata(told["project"]).encode(),
        f"{facts}/WHEEL": b"Wheel-Version: 1.0\nGenerator: evidence\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{facts}/entry_points.txt": f"[console_scripts]\n{scripts}".encode(),
    }
    files[f"{facts}/RECORD"] = _record(files, f"{facts}/RECORD")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, _DAY)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # a plain file, as Unix says it
            target.writestr(entry, content)
    return Wheel(f"{name}-{version}-py3-none-any.whl", packed.getvalue())


def _engine(project: Path, settings: Mapping[str, dict[str, list[str]]]) -> Iterator[tuple[str, bytes]]:
    """The files that run, as `pip install .` would take them: modules, and data by the patterns of pyproject.toml."""
    hooks, wanted = project / "hooks", ("*.py", *settings["package-data"]["*"])
    for file in sorted(hooks.glob("evidence*/**/*")):
        if file.is_file() and "__pycache__" not in file.parts and any(fnmatch(file.name, one) for one in wanted):
            yield file.relative_to(hooks).as_posix(), file.read_bytes()


def _review(project: Path) -> Iterator[tuple[str, bytes]]:
    skeleton = project / "hooks/skeleton"
    for place, names in ((skeleton, ("",)), (project, SHARED)):
        for name in names:
            whole = place / name
            for file in sorted(whole.rglob("*")) if whole.is_dir() else [whole]:
                if file.is_file() and file.name != ".DS_Store" and "__pycache__" not in file.parts:
                    yield file.relative_to(place).as_posix(), file.read_bytes()


def _changes(project: Path) -> Iterator[str]:
    """What CHANGELOG.md says of the programs, newest version first."""
    part = ""
    for line in (project / "CHANGELOG.md").read_text("utf-8").splitlines():
        if line.startswith("#"):
            part = line.lstrip("# ")
        elif part == "Code" and line.startswith("- "):
            yield line.removeprefix("- ")


def _metadata(told: Mapping[str, str | list[str]]) -> str:
    lines = [
        "Metadata-Version: 2.1",
        *(f"{key.title()}: {told[key]}" for key in ("name", "version")),
        f"Summary: {told['description']}",
        f"Requires-Python: {told['requires-python']}",
        *(f"Requires-Dist: {package}" for package in told["dependencies"]),
    ]
    return "".join(f"{line}\n" for line in lines)


def _record(files: Mapping[str, bytes], own_name: str) -> bytes:
    lines = []
    for path, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{PurePosixPath(path)},sha256={digest},{len(content)}")
    return "".join(f"{line}\n" for line in [*lines, f"{own_name},,"]).encode()
