"""The rules for browsers, made from the built pages: they let in what the pages need, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from pathlib import Path

from conftest import ROOT, Built, mkdocs_build
from evidence_publish import policy


def rules(folder: Path) -> dict[str, str]:
    first, *lines = (folder / "_headers").read_text("utf-8").splitlines()
    assert first == "/*"
    assert all(re.fullmatch(r"  [A-Za-z-]+: .+", line) and len(line) < 2000 for line in lines)  # Cloudflare's limit
    return dict(line.strip().split(": ", 1) for line in lines)


def test_the_policy_lets_in_every_script_of_every_page_and_nothing_else(site: Built) -> None:
    found = rules(site.folder)
    assert set(found) == {
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
    }
    parts = dict(part.split(" ", 1) for part in found["Content-Security-Policy"].split("; "))
    assert "unsafe" not in found["Content-Security-Policy"]
    own, *listed = parts.pop("script-src").split()
    assert parts == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'self'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    needed = set()
    for tree in site.trees.values():  # by another reader of HTML than the engine's
        for script in tree.xpath("//script[not(@src)]"):
            if script.get("type", "text/javascript") in ("text/javascript", "module"):
                digest = hashlib.sha256((script.text or "").encode()).digest()
                needed.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    assert own == "'self'"
    assert listed == sorted(needed)


def test_built_pages_hold_nothing_that_the_policy_refuses(site: Built) -> None:
    for name, tree in site.trees.items():
        assert tree.xpath("//@style") == [], name
        assert tree.xpath("//style") == [], name
        assert tree.xpath("//@*[starts-with(name(), 'on')]") == [], name
        assert [a for a in tree.xpath("//@href | //@src") if a.strip().lower().startswith("javascript:")] == [], name


def test_what_the_policy_refuses_stops_the_build(tmp_path: Path) -> None:
    folder = tmp_path / "a/b/meadow"
    shutil.copytree(ROOT / "tests/sites/meadow", folder, ignore=shutil.ignore_patterns(".cache"))
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    frame = (
        folder / "docs/templates/main.html"
    )  # rules for pages stop it there; this is for what templates and themes do
    frame.parent.mkdir()
    frame.write_text('{% extends "base.html" %}{% block content %}<p style="color: red">Red</p>{% endblock %}', "utf-8")
    settings = folder / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("  name: material\n", "  name: material\n  custom_dir: docs/templates\n"),
        "utf-8",
    )
    result = mkdocs_build(folder / "mkdocs.yml", tmp_path / "site")
    assert result.returncode == 1
    assert re.search(r'index\.html, line \d+: <p style="color: red">: browsers refuse this', result.stderr)


def test_scripts_are_told_from_data_and_from_files() -> None:
    page = (
        "<script>a()</script><SCRIPT type='module'>b()</SCRIPT><script data-x='>' type=\"text/javascript\">c()\n</script>"
        '<script src="x.js"></script><script type="application/json">{"d": 1}</script>&lt;script&gt;e()&lt;/script&gt;'
        "<script data-src='y'>f()</script>"
    )
    assert list(policy.inline_scripts(page)) == ["a()", "b()", "c()\n", "f()"]
    # echo -n 'a()' | openssl dgst -sha256 -binary | base64
    assert policy.script_hash("a()") == "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='"


def test_what_is_refused_is_named_with_its_line() -> None:
    page = "<p title='a style = b'>\n<p style='x'><a onclick='y' href=' JavaScript:z'>\n<style>p {}</style>&lt;p style='x'&gt;"
    assert policy.refused(page) == [
        'line 2: <p style="x">',
        'line 2: <a onclick="y">',
        "line 2: <a> with a javascript: address",
        "line 3: a <style> element",
    ]
