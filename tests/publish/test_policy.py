"""The rules for browsers: every page of every site keeps to them, so that nothing in it is refused."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import Built
from evidence.model.site_data import Publisher
from evidence_publish.host_files import header_lines
from evidence_publish.host_files import rules as host_rules
from under_policy import refused


def rules(folder: Path) -> dict[str, str]:
    first, *lines = (folder / "_headers").read_text("utf-8").splitlines()
    assert first == "/*"
    assert all(re.fullmatch(r"  [A-Za-z-]+: .+", line) and len(line) < 2000 for line in lines)  # Cloudflare's limit
    return dict(line.strip().split(": ", 1) for line in lines)


def in_our_frame(site: Built) -> bool:
    return "site.css" in {file.name for file in (site.folder / "assets").iterdir()}


def test_the_rules_let_in_what_is_the_sites_own_and_nothing_else(site: Built) -> None:
    found = rules(site.folder)
    assert set(found) == {
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
    }
    parts = dict(part.split(" ", 1) for part in found["Content-Security-Policy"].split("; "))
    # Pages in the theme's own frame have scripts in them, and a search that runs in a worker.
    assert parts.pop("script-src") == ("'self'" if in_our_frame(site) else "'self' 'unsafe-inline'")
    assert parts.pop("worker-src", "") == ("" if in_our_frame(site) else "'self'")
    assert parts == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "media-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'self'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }


def test_browsers_are_kept_to_https_only_where_the_publisher_asks_for_it() -> None:
    assert "Strict-Transport-Security" not in header_lines(Publisher())
    for days, seconds in ((365, 31_536_000), (1, 86_400), (0, 0)):
        lines = header_lines(Publisher(https_only=True, https_only_days=days))
        assert lines == f"{header_lines(Publisher())}  Strict-Transport-Security: max-age={seconds}\n"
        assert ("Strict-Transport-Security", f"max-age={seconds}") in host_rules(lines, "").headers
    assert "'unsafe-inline'" in header_lines(Publisher(https_only=True), scripts_in_pages=True)


def test_built_pages_hold_nothing_that_the_rules_refuse(site: Built) -> None:
    assert len(site.trees) >= 5
    for name in site.trees:
        page = (site.folder / name).read_text("utf-8")
        assert refused(page, scripts=in_our_frame(site)) == [], name


def test_what_is_refused_is_seen() -> None:
    page = (
        "<body><p style='x'><a onclick='y' href=' JavaScript:z'>a</a></p>\n<style>p {}</style>&lt;p style='x'&gt;"
        "<script>a()</script><SCRIPT type='module'>b()</SCRIPT><script src='x.js'></script><p title='a style = b'>"
        '<script type="application/json">{"d": 1}</script></body>'
    )
    others = ['<p style="x">', '<a onclick="y">', "<a> with a javascript: address", "<style> in the page"]
    assert refused(page, scripts=False) == others
    assert refused(page) == [*others, "<script> in the page", "<script> in the page"]
