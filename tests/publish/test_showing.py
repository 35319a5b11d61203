"""`make serve` and `make show`: a taken port is told before anything is built, and what was built is shown as a host would show it."""

from __future__ import annotations

import http.client
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import run
from evidence_publish.showing import server
from serving import free_port

EVIDENCE = (sys.executable, "-m", "evidence_cli")
PAGE = '<link rel="stylesheet" href="/reviews/care/assets/site.css"><p>No such page'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site for a path of its host."""
    folder = tmp_path / "site"
    for name, text in {
        "_headers": "/*\n  X-Content-Type-Options: nosniff\n",
        "_redirects": "/reviews/care/old/ /reviews/care/a/#b 301\n",
        "404.html": PAGE,
        "index.html": "Home",
        "a/index.html": "A",
        "a/works.json": "[]",
        "datapackage.json": "{}",
        "film.vtt": "WEBVTT",
        ".htpasswd": "secret",
        "deep/file.txt": "deep",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (tmp_path / "outside.txt").write_text("secret")
    return folder


@pytest.fixture
def port(site: Path) -> Iterator[int]:
    with server(site, "127.0.0.1", 0) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield int(running.server_address[1])
        running.shutdown()
        thread.join()


def asked(port: int, path: str, method: str = "GET") -> tuple[int, str, str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path)
    answer = connection.getresponse()
    found = (answer.status, answer.getheader("Content-Type", ""), answer.getheader("Location", ""), answer.read())
    assert (answer.getheader("X-Content-Type-Options"), answer.getheader("Cache-Control")) == ("nosniff", "no-cache")
    connection.close()
    return found


def test_a_built_site_is_shown_as_servers_show_it(port: int) -> None:
    html = "text/html; charset=utf-8"
    assert asked(port, "/reviews/care/") == (200, html, "", b"Home")
    assert asked(port, "/reviews/care/a/?x=1") == (200, html, "", b"A")
    assert asked(port, "/reviews/care/a/", "HEAD") == (200, html, "", b"")
    assert asked(port, "/reviews/care/film.vtt")[1] == "text/vtt; charset=utf-8"
    assert asked(port, "/reviews/care/a/works.json")[1] == "application/vnd.citationstyles.csl+json"
    assert asked(port, "/reviews/care/datapackage.json")[1] == "application/json"
    for path, leads in {
        "/": "/reviews/care/",
        "/reviews/care": "/reviews/care/",
        "/reviews/care/a": "/reviews/care/a/",
        "/reviews/care/old/": "/reviews/care/a/#b",
    }.items():
        assert asked(port, path)[::2] == (301, leads), path


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/a/",
        "/reviews/care/nowhere/",
        "/reviews/care/deep/",
        "/reviews/care/.htpasswd",
        "/reviews/care/%2ehtpasswd",
        "/reviews/care/_headers",
        "/reviews/care/../outside.txt",
        "/reviews/care/a/%2e%2e/%2e%2e/outside.txt",
        "/reviews/care//etc/passwd",
        "/reviews/care/a%00b",
    ],
)
def test_what_is_not_there_or_hidden_gets_the_sites_own_page(port: int, path: str) -> None:
    assert asked(port, path) == (404, "text/html; charset=utf-8", "", PAGE.encode())


def test_a_new_build_is_shown_at_once(site: Path, port: int) -> None:
    site.rename(site.with_name("before"))
    site.mkdir()
    (site / "_headers").write_text("/*\n  X-Content-Type-Options: nosniff\n")
    (site / "index.html").write_text("New")
    assert asked(port, "/")[3] == b"New"


@pytest.mark.parametrize("command", ["serve", "show"])
def test_a_taken_port_is_told_before_anything_is_built(tmp_path: Path, site: Path, command: str) -> None:
    """In a folder that cannot be built, so that a build would be told instead."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        result = run(*EVIDENCE, "--root", tmp_path, command, "--port", str(number), cwd=tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    words = f"port {number} is taken, perhaps by another `make serve`: stop that one (Ctrl-C), or name another port"
    assert result.stderr.startswith(f"{words}, as in: make {command} PORT=")
    assert int(result.stderr.rpartition("=")[2]) > number


def test_what_cannot_be_shown_is_told(tmp_path: Path) -> None:
    result = run(*EVIDENCE, "--root", tmp_path, "show", "--port", str(free_port()))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"{tmp_path}/site: there is no built site here; build it first, as in: make site\n"
    for wrong in ("x", "0", "70000", "-1"):
        result = run(*EVIDENCE, "--root", tmp_path, "serve", f"--port={wrong}")
        assert result.returncode == 2
        assert f"{wrong!r} is no port; write a number up to 65535, as in: PORT=8001" in result.stderr


def test_make_hands_the_port_and_the_folder_on() -> None:
    assert 'evidence_cli serve --port "8001"' in run("make", "-n", "serve", "PORT=8001").stdout
    assert 'evidence_cli show "x" --port "8001"' in run("make", "-n", "show", "PORT=8001", "DIR=x").stdout
    assert "To see it: make show" in run("make", "-n", "site").stdout


def test_an_address_too_long_for_a_file_is_missing(port: int) -> None:
    assert asked(port, f"/reviews/care/{'a' * 300}")[0] == 404
