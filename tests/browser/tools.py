"""What the browser tests share: the pages, a server for a built site, the programs, and questions asked of a page."""

from __future__ import annotations

import base64
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatch
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import yaml_load
from playwright.sync_api import Locator, Page

from conftest import ROOT

# One page of each kind. What holds for these holds for their like; `--all-pages` leaves nothing to trust.
KINDS = [
    "",
    "review/issue/",
    "review/ladder/",
    "nations/",
    "nations/wales/",
    "references/",
    "references/loeffler2019/",
    "themes/",
    "themes/money/",
    "side-by-side/first-meeting/",
    "evidence-map/",
    "audit/",
    "easier/",
    "glossary/",
    "discuss/",
    "404.html",
]
WIDE, NARROW = (1280, 800), (320, 640)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")

Headers = Callable[[str], Mapping[str, str]]


def program(name: str) -> str:
    """Where a program is. A test without its tool must fail, not pass by."""
    found = shutil.which(name)
    assert found, f"{name} is missing: make browser-tools"
    return found


def package(path: str) -> Path:
    """A file that npm installed."""
    file = ROOT / "node_modules" / path
    assert file.is_file(), f"{path} is missing: make browser-tools"
    return file


def addresses(folder: Path) -> list[str]:
    """The address of every page of a built site."""
    files = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))
    return [re.sub(r"(^|/)index\.html$", r"\1", file) for file in files]


def main_addresses() -> list[str]:
    """The first page of each entry of the navigation: what must be reachable from everywhere."""
    nav = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]

    def first(entry: Any) -> str:
        if isinstance(entry, dict):
            entry = next(iter(entry.values()))
        return first(entry[0]) if isinstance(entry, list) else entry

    return [re.sub(r"(^|/)index/$", r"\1", first(entry).removesuffix(".md") + "/") for entry in nav]


def no_headers(path: str) -> Mapping[str, str]:
    """What a host adds to each answer, as long as the site names nothing."""
    return {}


def headers_file(folder: Path) -> Headers:
    """The headers that the site's own `_headers` asks hosts for, so that pages are tested under their policy."""
    file = folder / "_headers"
    if not file.is_file():
        return no_headers
    rules: list[tuple[str, str, str]] = []
    pattern = ""
    for line in file.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line[0].isspace():
            pattern = line.strip()
        else:
            name, _, value = line.strip().partition(":")
            rules.append((pattern, name, value.strip()))
    return lambda path: {name: value for rule, name, value in rules if fnmatch(path, rule)}


@contextmanager
def serve(folder: Path, headers: Headers = no_headers) -> Iterator[str]:
    """Serve a folder as a host would: the 404 page for wrong addresses, and the headers that a hook gives."""

    class Handler(SimpleHTTPRequestHandler):
        """Quiet; adds the headers."""

        protocol_version = "HTTP/1.1"

        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

        def end_headers(self) -> None:
            for name, value in headers(self.path.partition("?")[0]).items():
                self.send_header(name, value)
            super().end_headers()

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            missing = folder / "404.html"
            if code != 404 or not missing.is_file():
                super().send_error(code, message, explain)
                return
            body = missing.read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: the log would hide what pytest says."""

    class Server(ThreadingHTTPServer):
        """Does not mind a browser that goes away in the middle of an answer."""

        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A closed page is no fault of the site."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ask(page: Page, question: str, argument: Any = None) -> Any:
    """Call a function of probe.js in the page, for example `probe.cut`."""
    page.evaluate(PROBE)
    return page.evaluate(f"(argument) => {question}(argument)", argument)


def axe(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds on a page as it is now, and what it leaves undecided and the pixels decide."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(package("axe-core/axe.min.js").read_text("utf-8"))
    options: dict[str, Any] = {"resultTypes": ["violations", "incomplete"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    else:
        options["runOnly"] = {"type": "tag", "values": AXE_TAGS}
        options["rules"] = {"target-size": {"enabled": True}}
    result = page.evaluate(
        """async (options) => {
            const short = (rule) => rule.nodes.map((node) => [rule.id, rule.impact, node.target.flat(2), node.failureSummary || ""]);
            const {violations, incomplete} = await axe.run(document, options);
            return [violations.flatMap(short), incomplete.filter((rule) => rule.id === "color-contrast").flatMap(short)];
        }""",
        options,
    )
    found = [
        f"{rule} ({impact}): {' '.join(target)}: {' '.join(summary.split()[:30])}"
        for rule, impact, target, summary in result[0]
    ]
    # In forced colours the browser pairs the colours itself, and lets nobody make words transparent.
    if page.evaluate("matchMedia('(forced-colors: active)').matches"):
        return found
    return found + undecided_contrast(page, [target[-1] for _, _, target, _ in result[1]])


def undecided_contrast(page: Page, targets: list[str]) -> list[str]:
    """The contrast of words over pictures, gradients and overlapping boxes: taken from what is painted behind them."""
    faults = []
    for target in targets:
        words = ask(page, "probe.bare", target)
        if not words:
            continue
        picture = page.screenshot(clip=words["clip"])
        page.evaluate("probe.restore()")
        ratio = page.evaluate(
            "([picture, colour]) => probe.lowest(picture, colour)",
            [base64.b64encode(picture).decode(), words["colour"]],
        )
        if ratio < words["needed"]:
            faults.append(f"contrast {ratio:.2f}, needs {words['needed']}: {words['name']}")
    return faults


def opener(page: Page, name: str) -> Locator:
    """The button in the header that opens the drawer or the search: one that says what it does and whether it is open."""
    buttons = page.locator("header").get_by_role("button", name=re.compile(name, re.I))
    buttons = buttons.and_(page.locator("[aria-expanded], [aria-haspopup=dialog]"))
    assert buttons.count() == 1, f"{buttons.count()} buttons named like “{name}” with aria-expanded in the header"
    return buttons


def open_drawer(page: Page) -> Locator:
    """Open the navigation of a narrow window by keyboard, and give back its button."""
    button = opener(page, "menu|navigation")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(350)
    return button


FIELD = "[role=search] input:visible, input[type=search]:visible, [data-md-component=search] input[type=text]:visible"


def open_search(page: Page) -> Locator:
    """Get into the search field by keyboard; gives back what had the focus before, which is the field where it is always open."""
    field = page.locator(FIELD).first
    button = field
    if not field.is_visible():
        button = opener(page, "search")
        button.focus()
        page.keyboard.press("Enter")
    else:
        field.focus()
    page.wait_for_timeout(300)
    assert page.locator(FIELD).first.is_visible(), "the search field does not open"
    return button


def type_search(page: Page, words: str) -> Locator:
    """Type into the open search and wait for what it finds."""
    page.keyboard.type(words)
    results = page.locator("[role=search] a[href]:visible, .md-search a[href]:visible, dialog a[href]:visible")
    results.first.wait_for(state="visible", timeout=5000)
    return results


def compact(faults: list[Any]) -> str:
    """Faults as lines, the first twenty of them."""
    lines = [fault if isinstance(fault, str) else json.dumps(fault, ensure_ascii=False) for fault in faults]
    more = [f"... and {len(lines) - 20} more"] if len(lines) > 20 else []
    return "\n".join([f"{len(lines)} found:", *lines[:20], *more])
