"""What the frame leaves out of the theme's style sheet is what no page would use: the browser itself says which rules it used of the whole sheet."""

from __future__ import annotations

from pathlib import Path

import material

from browser.questions import compact, open_drawer
from browser.tools import KINDS
from browser.windows import Windows

(THEME,) = (Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.min.css")


def test_no_rule_is_left_out_that_a_page_would_use(windows: Windows, folder: Path) -> None:
    """On a screen, on a narrow one with the menu open and all folded parts unfolded, and on paper."""
    whole, served = THEME.read_text("utf-8"), (folder / "assets/theme.css").read_text("utf-8")
    faults: set[str] = set()
    used: set[str] = set()
    page = windows.page("", alone=True)
    page.route("**/assets/theme.css", lambda route: route.fulfill(body=whole, content_type="text/css"))
    browser = page.context.new_cdp_session(page)
    sheets: set[str] = set()
    browser.on(
        "CSS.styleSheetAdded",
        lambda told: sheets.add(told["header"]["styleSheetId"]) if "theme.css" in told["header"]["sourceURL"] else None,
    )
    browser.send("DOM.enable")
    browser.send("CSS.enable")
    for place in KINDS:
        windows.page(place, alone=True)
        browser.send("CSS.startRuleUsageTracking")
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true;")
        page.set_viewport_size({"width": 390, "height": 800})
        open_drawer(page)
        page.emulate_media(media="print")
        for rule in browser.send("CSS.stopRuleUsageTracking")["ruleUsage"]:
            text = whole[int(rule["startOffset"]) : int(rule["endOffset"])]
            # Icons are left out one by one; conditions such as @media are rules to the browser, too.
            if rule["used"] and rule["styleSheetId"] in sheets and "url(" not in text and text.endswith("}"):
                used.add(text)
                faults |= set() if text[text.index("{") :] in served else {f"/{place}: {text[:90]}"}
    browser.detach()
    page.unroute_all()
    assert len(used) > 50
    assert not faults, compact(sorted(faults))


def test_who_has_set_larger_words_has_them(windows: Windows) -> None:
    """With "none", which the theme has, older browsers let no reader have larger text; and some telephones would enlarge text by themselves with "auto"."""
    page = windows.page("")
    assert page.evaluate("getComputedStyle(document.documentElement).textSizeAdjust") == "100%"
