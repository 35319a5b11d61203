"""Windows that stay open: a new one takes longer than most tests, so the next page is loaded into the same one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page

from browser.questions import PATIENCE
from browser.tools import NARROW, WIDE

MEDIA: dict[str, Any] = {
    "media": "null",
    "color_scheme": "light",
    "reduced_motion": "no-preference",
    "forced_colors": "none",
    "contrast": "no-preference",
}
# Before any script of the page: what its policy refuses is noted.
WATCH = """globalThis.refused = [];
addEventListener("securitypolicyviolation", (event) => refused.push(`${event.violatedDirective} refused ${event.blockedURI} ${event.sample}`));"""


@dataclass
class Window:
    """A window, what it shows, and what happened since that was loaded. `clean` is what nothing was done to yet."""

    page: Page
    address: str | None = None
    clean: bool = False
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("response", lambda answer: self.failed.append(answer.url) if answer.status >= 400 else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("console", lambda line: self.said.append(line.text) if line.type in ("error", "warning") else None)


class Windows:
    """A window for each width, with script and without. Nothing is kept in them: a test of each page holds the site to that."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser = browser
        self.base = base
        self.open: dict[tuple[bool, bool], Window] = {}

    def window(
        self, address: str, *, narrow: bool = False, script: bool = True, alone: bool = False, quiet: bool = False
    ) -> Window:
        """A window that shows the page as it was loaded. A test that does more than look at it says `alone`: the next test loads it anew.

        With `quiet`, nothing of the page before is still under way that could be taken for this page's doing.
        """
        shown = self.open.get((narrow, script))
        width, height = NARROW if narrow else WIDE
        if shown is None:
            context = self.browser.new_context(
                locale="en-GB", viewport={"width": width, "height": height}, java_script_enabled=script
            )
            context.set_default_timeout(PATIENCE)
            context.add_init_script(WATCH)
            shown = self.open[narrow, script] = Window(context.new_page())
        if alone or not shown.clean or shown.address != address:
            # An address that differs in its fragment alone would not be loaded anew.
            if "#" in shown.page.url:
                shown.page.evaluate("history.replaceState(null, '', location.pathname)")
            if quiet:
                shown.page.goto("about:blank")
            for happened in (shown.asked, shown.said, shown.failed):
                happened.clear()
            shown.page.emulate_media(**MEDIA)
            shown.page.set_viewport_size({"width": width, "height": height})
            shown.page.mouse.move(0, 0)
            shown.page.goto(self.base + address, wait_until="load")
            shown.address = address
        shown.clean = not alone
        return shown

    def page(
        self, address: str, *, narrow: bool = False, script: bool = True, alone: bool = False, **media: str
    ) -> Page:
        """The page in such a window, for a reader with these settings, such as `color_scheme="dark"`."""
        page = self.window(address, narrow=narrow, script=script, alone=alone).page
        page.emulate_media(**(MEDIA | media))
        return page

    def close(self) -> None:
        """Close all windows."""
        for window in self.open.values():
            window.page.context.close()
        self.open.clear()
