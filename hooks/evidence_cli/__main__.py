"""`evidence COMMAND` does all that editors and publishers ask for; each `make` target that concerns the site is one line of it.

`python -m evidence_cli` is the same. A command loads only what it needs: `new` runs before anything is installed, and `check` without MkDocs.
"""

from __future__ import annotations

import argparse
import gc
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_cli import other_reviews, ports, sites

if TYPE_CHECKING:
    from evidence.model.base import Problem
    from evidence.site import Site

PROGRAM = "evidence"
SOURCES_FAIL = "SOURCES_FAIL"

Command = Callable[[argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, else 1 with the reasons on standard error."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not options.root.is_dir():
        parser.error(f"{options.root} is not a folder")
    if options.run in _SPEAKING:  # before the engine is loaded, which then speaks it to the end of this process
        from evidence.text import spoken

        spoken.speak(options.root)
    run: Command = options.run
    return run(options)


class _Version(argparse.Action):
    """Prints the engine's version, which takes long to look up."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        parser.exit(message=f"{PROGRAM} {version('evidence-review-site')}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=PROGRAM, description="Checks, builds and publishes a review of evidence.")
    parser.add_argument("--version", action=_Version, nargs=0, help="print the engine's version")
    parser.add_argument("--root", type=Path, default=Path(), help="the review's folder (default: this folder)")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Command, words: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
        added.set_defaults(run=run)
        return added

    check = command("check", _check, "print what is wrong, without a build")
    check.add_argument(
        "--all", action="store_true", help="print each problem and notice, even where thousands are alike"
    )
    check.add_argument(
        "--on",
        choices=("github", "gitlab"),
        help="also tell who shows a proposed change, so that each problem stands beside its line",
    )
    taken = command(
        "import", _import, "take the works of a library into bibliography.bib; shows what changes, and asks"
    )
    taken.add_argument("file", type=Path, help="a file of BibTeX, biblatex, RIS, CSL-JSON or EndNote's XML")
    taken.add_argument("--yes", action="store_true", help="write without asking")
    build = command("build", sites.build, "build the site and put it in the place of the old one, in one step")
    build.add_argument(
        "folder", type=Path, nargs="?", help=f"where the site goes (default: {sites.FOLDER}/, the review's own)"
    )
    build.add_argument("--compressed", action="store_true", help="put a .gz and a .br beside each text file")
    build.add_argument("--ours", action="store_true", help="the folder is the review's own: replace whatever it holds")
    changed = command("changed", _changed, "say which pages differ from those of an earlier commit; builds both")
    changed.add_argument("against", help="the commit, such as main or HEAD^1")
    changed.add_argument("--copy", type=Path, help="put the site there, too, as files that open without a server")
    serve = command("serve", sites.serve, "show the site on this machine, and again after each change")
    shown = command("show", sites.show, "show what was built, as it is, through a web server on this machine")
    shown.add_argument("folder", type=Path, nargs="?", help=f"the built site (default: {sites.FOLDER}/)")
    for served in (serve, shown):
        served.add_argument("--port", type=ports.port, default=ports.PORT, help="where, on this machine (8000)")
    publish = command("publish", _publish, "build the site for a web server, once it says who publishes it")
    publish.add_argument(
        "folder", type=Path, nargs="?", help=f"from where a server shows it (default: {sites.FOLDER}/)"
    )
    publish.add_argument("--check", action="store_true", help="only say whether it can be published")
    back = command(
        "publish-back", sites.publish_back, "put back the site that was there before; once more, and the newer one"
    )
    back.add_argument("folder", type=Path, nargs="?", help="from where a server shows it")
    release = command("release", sites.release, "keep released versions as they were, built from their git tags")
    release.add_argument("version", nargs="*", help="the number of a version, such as 1.0.0")
    release.add_argument("--all", action="store_true", help="keep every released version that is not kept yet")
    stage = command("stage", _stage, "write the whole site as plain Markdown, for any site generator")
    stage.add_argument("directory", type=Path, help="a new or an empty folder")
    schemas = command("schemas", _schemas, "write schemas/, for the programs that editors type in")
    command("docs", _docs, "write the documents that are made from the registries: directives, fields and rules")
    schemas.add_argument("--check", action="store_true", help="write nothing; fail if a file is out of date")
    command("offline", _offline, "write the whole site as one ZIP that opens without a server or a network")
    rules = command("server-rules", sites.server_rules, "print the rules of a built site in the words of a web server")
    rules.add_argument("folder", type=Path, nargs="?", help=f"the built site (default: {sites.FOLDER}/)")
    rules.add_argument("--server", choices=("nginx", "apache"), default="nginx", help="which server (default: nginx)")
    words = "ask Crossref about each DOI, test all web addresses, and write down what was found; needs a network"
    sources = command("sources-check", _sources_check, words)
    _add_options_of_sources_check(sources)
    to_translate = "write the words of the engine for translators, and say what a translation lacks"
    catalogue = command("words", _words, to_translate)
    catalogue.add_argument(
        "catalogue", nargs="?", default="", metavar="LANG", help="a language, such as cy (default: look through all)"
    )
    other_reviews.add(command)
    return parser


def _add_options_of_sources_check(sources: argparse.ArgumentParser) -> None:
    sources.add_argument("--timeout", type=int, default=30, help="seconds to wait for an answer")
    sources.add_argument("--news", type=Path, help="a file for what was not known before, as lines of Markdown")
    sources.add_argument("--day", default="", help="the day to write down (default: today)")
    sources.add_argument("--crossref", default="https://api.crossref.org", help="where Crossref's REST API is")
    sources.add_argument("--pause", type=float, help="seconds between requests of one host, in place of the usual ones")
    sources.add_argument(
        "--fail",
        action="store_true",
        default=bool(os.environ.get(SOURCES_FAIL)),
        help="end with 1 where a DOI or an address is not found, or an entry does not tell of a retraction; "
        f"so does `make sources-check {SOURCES_FAIL}=1`",
    )


def _loaded(root: Path) -> Site | None:
    """The review in a folder; None where it has problems, which have then been printed."""
    from evidence.site import load, report
    from evidence_cli.remembered import lost_addresses

    site = load(root.resolve())
    if found := [*site.problems, *lost_addresses(site)]:
        print(*report([*found, *site.notices]), sep="\n", file=sys.stderr)
        return None
    return site


def _check(options: argparse.Namespace) -> int:
    from evidence.site import load, report
    from evidence.text import spoken
    from evidence.text.words import counted
    from evidence_cli.remembered import lost_addresses

    gc.disable()  # what is read is needed to the end, and to look for what is not takes a tenth of the time
    try:
        site = load(options.root.resolve(), edition=spoken.EDITION)
    finally:
        gc.enable()
    problems = [*site.problems, *lost_addresses(site)]
    found = [*problems, *site.notices]
    if options.on:
        _annotate(options.root, options.on, found)
    if problems:
        print(*report(found, whole=options.all), sep="\n", file=sys.stderr)
        return 1
    if not (options.root / "mkdocs.yml").is_file():
        print("mkdocs.yml:1: this file is not there, and nothing is built without it; put it back", file=sys.stderr)
        return 1
    others = () if spoken.EDITION else site.review.editions
    well = [_checked_in_its_words(options, tag) for tag in others]
    if not all(well):  # each has told what is wrong
        return 1
    written = len(site.documents) + sum(twin.written for twin in site.twins)
    pages, references = counted(written, "page"), counted(len(site.review.references), "reference")
    print(*report(site.notices, whole=options.all, looked_at=f" in {pages} and {references}"), sep="\n")
    return 0


def _checked_in_its_words(options: argparse.Namespace, edition: str) -> bool:
    """Whether nothing is wrong with an edition as the process sees it that builds it, in whose language made pages have other titles."""
    command = [sys.executable, "-m", "evidence_cli", "--root", str(options.root), "check"]
    settings = os.environ | {"EVIDENCE_EDITION": edition}
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr, end="", file=sys.stderr)
    return not done.returncode


def _annotate(root: Path, service: str, found: list[Problem]) -> None:
    from evidence.site import annotations

    if service == "github":
        print(*annotations.for_github(found), sep="\n", end="\n" if found else "", flush=True)
    else:
        (root / annotations.CODE_QUALITY).write_text(annotations.for_gitlab(found), "utf-8")


def _import(options: argparse.Namespace) -> int:
    from evidence_library.import_works import import_works

    return import_works(options.root.resolve(), options.file, yes=options.yes)


def _changed(options: argparse.Namespace) -> int:
    from evidence_publish.changed import ChangedError, changed

    try:
        print(changed(options.root.resolve(), options.against, options.copy))
    except ChangedError as error:
        return sites.refused(error)
    return 0


def _publish(options: argparse.Namespace) -> int:
    from evidence.directives import publisher
    from evidence_publish.site_folder import is_kept

    site = _loaded(options.root)
    if site is None:
        return 1
    if message := publisher.missing(site.review.publisher):
        print(message, file=sys.stderr)
        return 1
    print(f"The publisher is {site.review.publisher.name}.", flush=True)
    if options.check:
        return 0
    failed = sites.released(options.root) or sites.built(options.root, options.folder, compressed=True)
    if not failed and options.folder and is_kept(options.folder):
        print(f"The site before is kept. To go back to it: make publish-back DIR={shlex.quote(str(options.folder))}")
    if not failed:
        print("It belongs at the address in data/publisher.yml; docs-dev/hosting.md says how hosts are told its rules.")
    return failed


def _words(options: argparse.Namespace) -> int:
    from evidence.text import spoken
    from evidence_cli.words import words

    if not (
        options.root / "hooks/evidence"
    ).is_dir():  # the engine is installed from a file: what is written here stays with the review
        os.environ.setdefault("EVIDENCE_LOCALE", str(options.root.resolve() / spoken.OWN_LOCALE))
    return words(spoken.locale(), options.catalogue)


def _stage(options: argparse.Namespace) -> int:
    from evidence.site import staging

    directory: Path = options.directory
    if directory.exists() and any(directory.iterdir()):
        print(f"{directory}: this folder is not empty; name a new or an empty one", file=sys.stderr)
        return 1
    site = _loaded(options.root)
    if site is None:
        return 1
    for uri, content in staging.staged(site):
        (directory / uri).parent.mkdir(parents=True, exist_ok=True)
        (directory / uri).write_bytes(content)
    print(f"{directory}: the whole site as plain Markdown, with {staging.SETTINGS} for Zensical.")
    return 0


def _docs(options: argparse.Namespace) -> int:
    from evidence.site import reference_docs

    reference_docs.write(options.root)
    print(f"Written: {', '.join(reference_docs.FILES)}.")
    return 0


def _schemas(options: argparse.Namespace) -> int:
    from evidence_cli import write_schemas

    if not options.check:
        print(write_schemas.write(options.root))
        return 0
    stale = write_schemas.stale(options.root)
    for name in stale:
        print(f"{write_schemas.FOLDER / name}: out of date; run `make schemas`", file=sys.stderr)
    return int(bool(stale))


def _offline(options: argparse.Namespace) -> int:
    from evidence.directives import publisher
    from evidence.text.words import file_size

    root = options.root.resolve()
    built, target = root / ".build/offline", Path("dist", publisher.OFFLINE)
    shutil.rmtree(built, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(built)]
    settings = os.environ | {"NO_MKDOCS_2_WARNING": "1", "OFFLINE_COPY": "true"}
    if failed := subprocess.run(command, cwd=root, env=settings, check=False).returncode:
        return failed
    if not (built / publisher.OFFLINE).is_file():
        print("mkdocs.yml: extra: evidence: offline is not set, so there is no copy of the site", file=sys.stderr)
        return 1
    (root / target).parent.mkdir(exist_ok=True)
    (built / publisher.OFFLINE).replace(root / target)
    print(f"{target}: {file_size((root / target).stat().st_size)}. Unpack it and open index.html.")
    return 0


def _sources_check(options: argparse.Namespace) -> int:
    from evidence_library.sources_check import Settings, check_sources

    settings = Settings(options.timeout, options.day, options.crossref, options.pause)
    return check_sources(options.root.resolve(), settings, fail=options.fail, told=options.news)


# Those that read a review, or make something of it.
_SPEAKING = (_check, sites.build, sites.serve, _publish, sites.release, _stage, _offline, _sources_check)


if __name__ == "__main__":
    code = main()
    gc.freeze()  # the process ends here, so nothing needs to be looked through once more
    sys.exit(code)
