"""Questions asked of an open page, and the few things that are done to it: what checks are made of."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from browser.tools import package

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")
# A slow machine must not look like a fault of the site: waits are on conditions, and only a fault makes them this long.
PATIENCE = 30_000


def ask(page: Page, question: str, argument: Any = None) -> Any:
    """Call a function of probe.js in the page, for example `probe.cut`."""
    page.evaluate(PROBE)
    return page.evaluate(f"(argument) => {question}(argument)", argument)


def axe(page: Page, rules: list[str] | None = None, within: str = "") -> list[str]:
    """What axe-core finds on a page as it is now, or `within` parts of it, and what it leaves undecided and the pixels decide."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(package("axe-core/axe.min.js").read_text("utf-8"))
    options: dict[str, Any] = {"resultTypes": ["violations", "incomplete"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    else:
        options["runOnly"] = {"type": "tag", "values": AXE_TAGS}
        options["rules"] = {"target-size": {"enabled": True}}
    result = page.evaluate(
        """async ([options, within]) => {
            const short = (rule) => rule.nodes.map((node) => [rule.id, rule.impact, node.target.flat(2), node.failureSummary || ""]);
            const {violations, incomplete} = await axe.run(within ? {include: within.split(", ").map((part) => [part])} : document, options);
            return [violations.flatMap(short), incomplete.filter((rule) => rule.id === "color-contrast").flatMap(short)];
        }""",
        [options, within],
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


def small_targets(page: Page, selector: str, *, shown_alone: bool = False) -> list[str]:
    """What is to be pressed and has less than 24 pixels either way; with `shown_alone`, what is hidden does not count."""
    found: list[str] = page.locator(selector).evaluate_all(
        """(elements, shownAlone) => elements.filter((element) => !shownAlone || element.checkVisibility())
            .map((element) => [element.outerHTML.slice(0, 60), element.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([name, box]) => `${name}: ${box.width} x ${box.height}`)""",
        shown_alone,
    )
    return found


def opener(page: Page, name: str) -> Locator:
    """The button in the header that opens the drawer or the search: one that says what it does and whether it is open."""
    buttons = page.locator("header").get_by_role("button", name=re.compile(name, re.I))
    buttons = buttons.and_(page.locator("[aria-expanded], [aria-haspopup=dialog]"))
    assert buttons.count() == 1, f"{buttons.count()} buttons named like “{name}” with aria-expanded in the header"
    return buttons


def settle(page: Page) -> None:
    """Wait until what has just been done is painted and nothing moves any more; what moves for ever is not waited for. A page without script
    has no timers: it would be waited for in vain."""
    page.evaluate(
        """async () => {
            const frame = () => new Promise((done) => { requestAnimationFrame(done); setTimeout(done, 200); });
            const moves = (one) => one.playState === "running" && one.effect.getComputedTiming().endTime !== Infinity;
            await frame();
            await frame();
            for (const end = performance.now() + 5000; document.getAnimations().some(moves) && performance.now() < end; ) await frame();
        }"""
    )


def expanded(button: Locator, state: bool) -> None:
    """Wait until a button says that what it opens is open, or is not."""
    expect(button).to_have_attribute("aria-expanded", str(state).lower(), timeout=PATIENCE)
    settle(button.page)


def has_focus(element: Locator) -> bool:
    """Is the focus on this element?"""
    return bool(element.evaluate("(element) => document.activeElement === element"))


def open_drawer(page: Page) -> Locator:
    """Open the navigation of a narrow window by keyboard, and give back its button."""
    button = opener(page, "menu|navigation")
    button.focus()
    page.keyboard.press("Enter")
    expanded(button, True)
    return button


FIELD = "[role=search] input:visible"
RESULTS = "#search-panel li a[href]:visible"


def open_search(page: Page) -> Locator:
    """Get into the search field by keyboard; gives back what had the focus before, which is the field where it is always open."""
    field = page.locator(FIELD).first
    button = field
    if field.is_visible():
        field.focus()
    else:
        button = opener(page, "search")
        button.focus()
        page.keyboard.press("Enter")
    expect(field, "the search field does not open").to_be_visible(timeout=PATIENCE)
    expect(field, "the search field does not get the focus").to_be_focused(timeout=PATIENCE)
    settle(page)
    return button


def type_search(page: Page, words: str) -> Locator:
    """Type into the open search and wait for what it finds, or for the ways on that it shows where it finds nothing."""
    page.keyboard.insert_text(words)
    results = page.locator(RESULTS)
    results.first.wait_for(state="visible", timeout=PATIENCE)
    settle(page)
    return results


def compact(faults: list[Any]) -> str:
    """Faults as lines, the first twenty of them."""
    lines = [fault if isinstance(fault, str) else json.dumps(fault, ensure_ascii=False) for fault in faults]
    more = [f"... and {len(lines) - 20} more"] if len(lines) > 20 else []
    return "\n".join([f"{len(lines)} found:", *lines[:20], *more])
