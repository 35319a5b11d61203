"""What has the focus is seen: by the pixels around one control of each kind, in each scheme of colours, and not by what style rules promise."""

from __future__ import annotations

import base64
import io
from collections import Counter
from functools import cache
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import CDPSession, Page, expect

from browser.questions import PATIENCE, compact, open_search, settle, type_search
from browser.tools import KINDS
from browser.windows import MEDIA, Windows

ABOUT = "By keyboard alone"
SCHEMES = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"color_scheme": "dark", "forced_colors": "active"},
}
FOUND = "#q=money"
BARRIERS = "review/barriers-compared/"
# One page of each kind, a table with links in its head, one that scrolls where there is less room, and what search finds.
PLACES = [*KINDS, "case-studies/", BARRIERS, FOUND]
ROOM = {BARRIERS: 1024}
AROUND = 12
# A mark is as large as a line of two pixels around the control (WCAG 2.4.13), corners aside, and stands out at 3 to 1 from what was there before.
LINE, CORNERS, CONTRAST = 2, 0.9, 3.0
# Opens what is folded, then finds the first control of each kind: what it is, the state that it tells, and what it stands in.
WALK = """(menu) => {
    for (const folded of document.querySelectorAll("article details")) folded.open = true;
    for (const opener of ["article a.term[href^='#']", "article a.section"]) document.querySelector(opener)?.click();
    if (menu) document.getElementById("menu-button").click();
    const named = (element) => {
        const css = (element.getAttribute("class") ?? "").replace(/\\d+/g, "").trim().split(/\\s+/)[0];
        return element.localName + (element.localName === "input" || element.localName === "button" ? `:${element.type}` : "") + (css && `.${css}`);
    };
    const kind = (element) => {
        const around = element.parentElement.closest("[class], td, th, li, summary, svg");
        const part = element.closest("thead, table, nav, header, footer, #search-panel, article, main");
        const states = ["aria-expanded", "aria-pressed", "aria-current", "checked"].filter((name) => element.hasAttribute(name));
        return [part?.localName, named(around), named(element), ...states.map((name) => `${name}=${element.getAttribute(name)}`)].join(" ");
    };
    globalThis.found = new Map();
    for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")) {
        if (element.tabIndex < 0 || element.disabled || !element.checkVisibility({ visibilityProperty: true })) continue;
        if (!found.has(kind(element))) found.set(kind(element), element);
    }
    document.activeElement.blur();
    return [...found.keys()];
}"""
# Puts the focus on one of them, or takes it away; tells where its box is in the window, and where that is on the page.
TURN = """([kind, on]) => {
    const element = found.get(kind);
    if (on) element.focus({ focusVisible: true });
    else element.blur();
    const { left, top, right, bottom } = element.getBoundingClientRect();
    // A link that begins at the end of a line and ends on the next has a box for each.
    const parts = [...element.getClientRects()].reduce((sum, part) => sum + 2 * (part.width + part.height), 0);
    return { left, top, right, bottom, parts, width: innerWidth, height: innerHeight, scrolled: scrollY, focus: element.matches(":focus-visible") };
}"""


@cache
def luminance(pixel: tuple[int, int, int]) -> float:
    """How light a colour is (WCAG 2.2, relative luminance)."""
    parts = [value / 255 for value in pixel]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def stands_out(before: Image.Image, after: Image.Image) -> int:
    """How many pixels have another colour now, at 3 to 1 or more."""
    pixels = zip(before.get_flattened_data(), after.get_flattened_data(), strict=True)
    number = 0
    for (one, other), count in Counter(pixels).items():
        dark, light = sorted((luminance(one), luminance(other)))
        number += count if (light + 0.05) / (dark + 0.05) >= CONTRAST else 0
    return number


def picture(browser: CDPSession, box: dict[str, float]) -> Image.Image:
    """What the window shows there; asked of the browser itself, which takes less time."""
    clip = {"x": box["left"], "y": box["top"] + box["scrolled"], "scale": 1}
    clip |= {"width": box["right"] - box["left"], "height": box["bottom"] - box["top"]}
    shot = browser.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True, "clip": clip})
    return Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")


def around(box: dict[str, Any]) -> tuple[dict[str, float], float]:
    """The part of the window to look at, and how long the edges of a control are that are in view."""
    left, right = max(box["left"], 0), min(box["right"], box["width"])
    top, bottom = max(box["top"], 0), min(box["bottom"], box["height"])
    edges = 2 * (bottom - top) + (right - left) * ((box["top"] >= 0) + (box["bottom"] <= box["height"]))
    seen = {
        "left": max(left - AROUND, 0),
        "top": max(top - AROUND, 0),
        "right": min(right + AROUND, box["width"]),
        "bottom": min(bottom + AROUND, box["height"]),
        "scrolled": box["scrolled"],
    }
    return seen, min(edges, box["parts"])


def mark_faults(page: Page, browser: CDPSession, kind: str) -> list[str]:
    """Where a control with the focus can hardly be told from one without, in each scheme."""
    faults = []
    for scheme, media in SCHEMES.items():
        page.emulate_media(**(MEDIA | media))
        box = page.evaluate(TURN, [kind, True])
        if (
            min(box["right"], box["width"]) - max(box["left"], 0) < 2
            or min(box["bottom"], box["height"]) - max(box["top"], 0) < 2
        ):
            faults.append(f"{scheme}: {kind} takes the focus out of sight")
            continue
        seen, edges = around(box)
        after = picture(browser, seen)
        page.evaluate(TURN, [kind, False])
        changed, needed = stands_out(picture(browser, seen), after), edges * LINE * CORNERS
        if not box["focus"] or changed < needed:
            faults.append(f"{scheme}: {kind}: {changed} pixels tell that it has the focus, {needed:.0f} would")
    return faults


@pytest.mark.claim(
    ABOUT,
    "The mark of what has the focus stands out, also in dark and in your own colours. A page of each kind was measured.",
)
@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "390"])
def test_each_kind_of_control_shows_that_it_has_the_focus(windows: Windows, narrow: bool) -> None:
    seen: dict[str, str] = {}
    faults = []
    for place in PLACES:
        page = windows.page(place, narrow=narrow, alone=True)
        page.set_viewport_size({"width": 390 if narrow else ROOM.get(place, 1280), "height": 800})
        settle(page)
        if place == FOUND:
            page.locator("#search-results li a").first.wait_for(timeout=PATIENCE)
        browser = page.context.new_cdp_session(page)
        page.keyboard.press("Shift")  # a reader with a keyboard
        kinds = page.evaluate(WALK, narrow and not place)
        settle(page)
        for kind in kinds:
            if kind not in seen:
                seen[kind] = place
                faults += [f"/{place}: {fault}" for fault in mark_faults(page, browser, kind)]
        browser.detach()
    said = " ".join(seen)
    for name in [
        "a.md-skip",
        "nav li a",
        "page-turn a",
        "summary",
        "select",
        "input:checkbox",
        "input:radio",
        "input:text",
        "thead th a",
    ]:
        assert name in said, f"no {name} was found: {seen}"
    assert narrow or "div.table-box" in said
    assert not faults, compact(faults)


CURRENT = "#site-nav a[aria-current]"
# Another link of the same list, which looks as the current one would if it were not.
OTHER = "#site-nav ul ul a:not([aria-current])"


def element_picture(page: Page, selector: str) -> Image.Image:
    """An element without what it says."""
    picture = page.locator(selector).first.screenshot(
        style=f"{selector} {{ -webkit-text-fill-color: transparent !important }}"
    )
    return Image.open(io.BytesIO(picture)).convert("RGB")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_current_page_is_marked_in_all_colours_and_after_a_search(windows: Windows, scheme: str) -> None:
    page = windows.page("nations/wales/", alone=True, **SCHEMES[scheme])
    current, other = element_picture(page, CURRENT), element_picture(page, OTHER)
    size = (min(current.width, other.width), min(current.height, other.height))
    told = stands_out(current.crop((0, 0, *size)), other.crop((0, 0, *size)))
    assert told >= 4 * (size[1] - 2)  # the line at its side
    assert len({*other.crop((0, 4, 8, 20)).get_flattened_data()}) == 1, "a line stands beside each link"
    page.locator(OTHER).first.focus()
    focus = element_picture(page, OTHER)
    open_search(page)
    type_search(page, "money")
    page.keyboard.press("Escape")
    expect(page.locator("#search-panel")).to_be_hidden()
    assert element_picture(page, CURRENT).tobytes() == current.tobytes()
    page.locator(OTHER).first.focus()
    assert element_picture(page, OTHER).tobytes() == focus.tobytes()


def test_in_forced_colours_lines_end_the_header_and_begin_the_footer(windows: Windows) -> None:
    """Their backgrounds are gone there."""
    page = windows.page("nations/wales/", alone=True, color_scheme="dark", forced_colors="active")
    for part, bottom in ((".md-header", True), (".footer-end", False)):
        shot = Image.open(io.BytesIO(page.locator(part).screenshot())).convert("RGB")
        rows = range(shot.height - 3, shot.height) if bottom else range(3)
        lines = [
            Counter(shot.crop((0, row, shot.width, row + 1)).get_flattened_data()).most_common(1)[0][0] for row in rows
        ]
        assert max(map(luminance, lines)) > 0.5
