"""What a published site holds for servers and browsers: names that change, times that do not, compressed files, rules in servers' words."""

from __future__ import annotations

import gzip
import os
import shutil
import sys
import time
from pathlib import Path

import brotli
import pytest

from conftest import run
from evidence_publish.hashed_assets import HASHED, hash_assets, hashed_files, keep_assets
from evidence_publish.host_files import HostError, rules
from evidence_publish.precompressed import compress
from evidence_publish.publish import publish
from evidence_publish.server_rules import apache, nginx, server_rules
from stub_project import files, make_host, make_project, published

project = pytest.fixture(make_project)
host = pytest.fixture(make_host)


# What servers and browsers keep


def test_own_style_sheets_and_scripts_get_names_that_change_with_them(project: Path, host: Path) -> None:
    published(project, host / "site", "first")
    [first] = [name for name in files(host / "site") if name.endswith(".css")]
    assert HASHED.fullmatch(first)
    assert f'href="{first}"' in (host / "site/index.html").read_text()
    assert f'href="../{first}"' in (host / "site/a/index.html").read_text()
    assert f"/{first}\n  Cache-Control: public, max-age=31536000, immutable\n" in (host / "site/_headers").read_text()


def test_readers_with_an_old_page_open_still_get_its_files_for_one_generation(project: Path, host: Path) -> None:
    def sheets() -> set[str]:
        return {name for name in files(host / "site") if name.endswith(".css")}

    published(project, host / "site", "first")
    first = sheets()
    published(project, host / "site", "second")
    second = sheets() - first
    assert sheets() == first | second
    published(project, host / "site", "second")
    assert sheets() == second  # two generations old, and nothing new
    published(project, host / "site", "third")
    assert second < sheets()
    assert not first & sheets()
    assert len(sheets()) == 2


def test_only_names_of_our_own_files_are_kept(tmp_path: Path) -> None:
    """The mark stands in a folder that others may be able to write."""
    old, new = tmp_path / "old", tmp_path / "new"
    (old / "assets").mkdir(parents=True)
    new.mkdir()
    (tmp_path / "secret").write_text("x")
    (old / "index.html").write_text("x")
    (old / "assets/a.12345678.css").write_text("x")
    (old / "assets/b.12345678.css").symlink_to(tmp_path / "secret")
    wanted = [
        "../secret",
        "assets/../../secret",
        "index.html",
        "/etc/passwd",
        "assets/b.12345678.css",
        "assets/gone.12345678.js",
    ]
    assert keep_assets(old, [*wanted, "assets/a.12345678.css"], new) == ["assets/a.12345678.css"]
    assert files(new) == {"assets/a.12345678.css": b"x"}


def test_names_change_in_links_to_files_alone(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "v/1.0.0/a").mkdir(parents=True)
    (tmp_path / "assets/site.js").write_text("1")
    text = (
        '<script src="assets/site.js"></script><p title="assets/site.js">assets/site.js <a href="assets/site.js">'
        "<script src='../assets/site.js?x'></script><script src=\"/under/assets/site.js\"></script>"
        '<script src="https://www.example.org/assets/site.js"></script><script src="my-assets/site.js"></script>'
    )
    (tmp_path / "index.html").write_text(text)
    (tmp_path / "v/1.0.0/a/index.html").write_text(text)
    hash_assets(tmp_path)
    [name] = hashed_files(tmp_path)
    assert name == "assets/site.6b86b273.js"  # echo -n 1 | sha256sum
    new = name.removeprefix("assets/")
    assert (tmp_path / "index.html").read_text() == (
        f'<script src="assets/{new}"></script><p title="assets/site.js">assets/site.js <a href="assets/site.js">'
        f"<script src='../assets/{new}?x'></script><script src=\"/under/assets/{new}\"></script>"
        '<script src="https://www.example.org/assets/site.js"></script><script src="my-assets/site.js"></script>'
    )
    assert (tmp_path / "v/1.0.0/a/index.html").read_text() == text


def test_files_that_have_not_changed_keep_their_time_and_others_do_not(project: Path, host: Path) -> None:
    published(project, host / "site", "first", "--compressed")
    pages = [host / "site" / name for name in ("index.html", "index.html.br", "index.html.gz")]
    long_ago = 1_600_000_000
    for page in (*pages, host / "site/_headers"):
        os.utime(page, (long_ago, long_ago))
    published(project, host / "site", "first", "--compressed")
    assert {page.stat().st_mtime for page in pages} == {long_ago}
    later = time.time() + 5000  # the clock of the machine may be wrong
    os.utime(pages[0], (later, later))
    published(project, host / "site", "second", "--compressed")
    assert len({page.stat().st_mtime_ns for page in pages}) == 1
    assert pages[0].stat().st_mtime >= later + 1 - 1e-6


def test_compressed_files_stand_beside_texts_where_they_are_smaller(tmp_path: Path) -> None:
    text = b"evidence and experience, " * 200
    for name in ("a.html", "b.csv", "c.bib", "d.ris", "e.json", "f.svg", "g.xml", "h.css", "i.js", "j.txt"):
        (tmp_path / name).write_bytes(text)
    for name, content in {
        "k.pdf": text,
        "l.html": b"short",
        "m.js": os.urandom(999),
        "_headers": text,
        ".n.txt": text,
    }.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "l.html.gz").write_bytes(b"of another build")
    os.utime(tmp_path / "a.html", (1, 1))
    assert compress(tmp_path) == 20
    made = {name for name in files(tmp_path) if name.endswith((".gz", ".br"))}
    assert {name[:-3] for name in made} == {
        "a.html",
        "b.csv",
        "c.bib",
        "d.ris",
        "e.json",
        "f.svg",
        "g.xml",
        "h.css",
        "i.js",
        "j.txt",
    }
    for name in made:
        content = (tmp_path / name).read_bytes()
        assert (gzip.decompress(content) if name.endswith(".gz") else brotli.decompress(content)) == text
    assert (tmp_path / "a.html.br").stat().st_mtime == (tmp_path / "a.html.gz").stat().st_mtime == 1
    again = tmp_path / "again"
    again.mkdir()
    (again / "a.html").write_bytes(text)
    compress(again)
    assert (again / "a.html.gz").read_bytes() == (tmp_path / "a.html.gz").read_bytes()
    assert (again / "a.html.gz").read_bytes()[3:8] == bytes(5)  # neither a name nor a time (RFC 1952, 2.3)
    assert (again / "a.html.br").read_bytes() == (tmp_path / "a.html.br").read_bytes()


def test_what_was_compressed_before_is_taken_over_only_if_it_is_that(tmp_path: Path) -> None:
    old, new, text = tmp_path / "old", tmp_path / "new", b"evidence " * 99
    for folder in (old, new):
        folder.mkdir()
        (folder / "a.html").write_bytes(text)
    known = gzip.compress(text, 1, mtime=7)  # as no run of ours would make it
    (old / "a.html.gz").write_bytes(known)
    (old / "a.html.br").write_bytes(b"broken")
    compress(new, old)
    assert (new / "a.html.gz").read_bytes() == known
    assert brotli.decompress((new / "a.html.br").read_bytes()) == text
    (old / "a.html").write_bytes(text + b"!")
    compress(new, old)
    assert (new / "a.html.gz").read_bytes() != known


def test_servers_can_read_what_anyone_publishes(project: Path, host: Path) -> None:
    before = os.umask(0o077)
    try:
        published(project, host / "site", "first", "--compressed")
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (host / "site", *(host / "site").rglob("*")) if path.is_dir()}
    assert modes == {0o755}
    assert {path.stat().st_mode & 0o777 for path in (host / "site").rglob("*") if path.is_file()} == {0o644}


# The words of servers

HEADERS = "/*\n  Content-Security-Policy: default-src 'none'; script-src 'self' 'sha256-a+/='\n  X-A: 100%\n/assets/x\n  Cache-Control: y\n"


def test_rules_are_put_into_each_servers_words() -> None:
    wanted = rules(HEADERS, "/old/ /new/#part 301\n")
    assert (
        "add_header Content-Security-Policy \"default-src 'none'; script-src 'self' 'sha256-a+/='\" always;\n"
        in nginx(wanted)
    )
    assert 'location = "/old/" { return 301 "/new/#part"; }\n' in nginx(wanted)
    assert 'Header always set X-A "100%%"\n' in apache(wanted)
    assert 'RewriteRule "^old/?$" "/new/#part" [R=301,NE,L]\n' in apache(wanted)
    assert "Cache-Control y" not in nginx(wanted)


@pytest.mark.parametrize(
    ("headers", "redirects"),
    [
        ('/*\n  X-A: a"; return 200 "x\n', ""),
        ("/*\n  X-A: $host\n", ""),
        ("/*\n  X-A: a\\\n", ""),
        ("/*\n  X-A\n", ""),
        ("/*\n  X A: b\n", ""),
        ("", "/old/ /new/\n"),
        ("", '/old/ /new/";} 301\n'),
        ("", "/old/ https://www.example.org/ 301\n"),
        ("", "/old/ /new/#$x 301\n"),
    ],
)
def test_what_could_mean_more_to_a_server_is_refused(headers: str, redirects: str) -> None:
    with pytest.raises(HostError):
        rules(headers, redirects)


def test_servers_know_a_moved_address_by_its_own_letters() -> None:
    """They hold what a browser asks for against their rules once it is decoded."""
    wanted = rules("", "/caf%C3%A9%20noir/ /%C3%A9t%C3%A9/ 301\n")
    assert 'location = "/café noir/" { return 301 "/%C3%A9t%C3%A9/"; }\n' in nginx(wanted)
    assert 'RewriteRule "^café\\ noir/?$" "/%C3%A9t%C3%A9/" [R=301,NE,L]\n' in apache(wanted)
    for code in ("%22", "%5C", "%24", "%60", "%0A", "%7F"):
        with pytest.raises(HostError, match="could misread"):
            rules("", f"/a{code}b/ /c/ 301\n")


def test_the_rules_of_a_published_site_are_printed(project: Path, host: Path) -> None:
    published(project, host / "site", "first")
    result = run(sys.executable, "-m", "evidence_cli", "server-rules", host / "site")
    assert result.stdout.splitlines()[1] == 'add_header X-Content-Type-Options "nosniff" always;'
    assert server_rules(host / "site", "apache").startswith("# Made from the built site")
    result = run(sys.executable, "-m", "evidence_cli", "server-rules", host)
    assert (result.returncode, result.stdout) == (1, "")
    assert "there is no built site here" in result.stderr


def test_a_path_that_could_mean_more_to_a_server_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_headers").write_text(HEADERS)
    for base in ("/a/$host/", "/b%20c/", "/d e/", "/f;/"):
        (tmp_path / "404.html").write_text(f'<link rel="stylesheet" href="{base}assets/site.css">')
        with pytest.raises(HostError, match=r"the site's path is .*; in data/publisher\.yml, write a site_address"):
            server_rules(tmp_path, "nginx")
    (tmp_path / "404.html").write_text('<link rel="stylesheet" href="/reviews/care/assets/site.css">')
    assert "\nErrorDocument 404 /reviews/care/404.html\n" in server_rules(tmp_path, "apache")
    (tmp_path / "$host").mkdir()
    shutil.copy(tmp_path / "404.html", tmp_path / "$host")
    shutil.copy(tmp_path / "_headers", tmp_path / "$host")
    with pytest.raises(HostError, match="this name holds a character"):
        server_rules(tmp_path / "$host", "nginx")


def test_it_is_said_when_the_rules_have_changed(project: Path, host: Path) -> None:
    def told(text: str) -> bool:
        (project / "text").write_text(text)
        return publish(project, host / "site", compressed=False)

    assert not told("first")
    assert not told("second")  # another style sheet is no other rule
    stub = project / "hooks/mkdocs.py"
    stub.write_text(stub.read_text().replace("nosniff", "sniff"))
    assert told("second")
