"""The real site behind real servers with the configuration that is shipped in hosting/: what browsers, reference managers and caches are told."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest

import load
import serving
from conftest import ROOT, run
from evidence_publish.hashed_assets import hashed_files
from evidence_publish.host_files import base_path
from evidence_publish.publish import finish
from evidence_publish.site_folder import swap, taken, write_mark

pytestmark = pytest.mark.needs("a web server")

TYPES = {
    "index.html": "text/html; charset=utf-8",
    "references/bibliography.bib": "application/x-bibtex; charset=utf-8",
    "references/bibliography.ris": "application/x-research-info-systems; charset=utf-8",
    "references/bibliography.csv": "text/csv; charset=utf-8",
    "references/bibliography.json": "application/vnd.citationstyles.csl+json",
    "search/table.js": "text/javascript; charset=utf-8",
    "datapackage.json": "application/json",
    "changes.xml": "application/atom+xml; charset=utf-8",
    "sitemap.xml": "text/xml; charset=utf-8",
    "tables.zip": "application/zip",
    "assets/favicon.svg": "image/svg+xml",
    "assets/images/favicon.png": "image/png",
    "assets/film.mp4": "video/mp4",
    "assets/film.webm": "video/webm",
    "assets/film.vtt": "text/vtt; charset=utf-8",
    "assets/picture.webp": "image/webp",
    "assets/letters.woff2": "font/woff2",
    "assets/day.ics": "text/calendar; charset=utf-8",
}
ENDINGS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def __getitem__(self, name: str) -> str:
        return self.headers.get(name.lower(), "")


@dataclass(frozen=True, slots=True)
class Host:
    folder: Path
    port: int
    base: str = "/"

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request for an address of the site as it stands, without anything that a client would add or follow."""
        return self.ask(f"{self.base}{path.removeprefix('/')}", method, **headers)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """The same for any address of the host."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()


BELOW = "/reviews/care/"


@pytest.fixture(scope="module")
def folder(built: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site as `make publish` finishes it, with a page that has moved and a file that should not be there."""
    folder = tmp_path_factory.mktemp("www") / "site"
    shutil.copytree(built("real"), folder)
    (folder / "_redirects").write_text("/old/place/ /summary/#part 301\n")
    (folder / ".htpasswd").write_text("secret")
    (folder / ".well-known").mkdir()
    (folder / ".well-known/security.txt").write_text("Contact: https://www.example.org/\n")
    for name in ("film.mp4", "film.webm", "film.vtt", "picture.webp", "letters.woff2", "day.ics"):
        (folder / "assets" / name).write_text("WEBVTT\n" * 99)
    finish(folder, folder.parent / "none", compressed=True)
    return folder


@pytest.fixture(scope="module")
def below(folder: Path) -> Path:
    """The same site for a path of a host: what a build makes of a site_address with a path, as far as servers see it."""
    copy = folder.with_name("below")
    shutil.copytree(folder, copy)
    page = (copy / "404.html").read_text("utf-8")
    (copy / "404.html").write_text(re.sub(r"(href|src)=([\"'])/(?!/)", rf"\1=\2{BELOW}", page), "utf-8")
    (copy / "_redirects").write_text(f"{BELOW}old/place/ {BELOW}summary/#part 301\n")
    assert base_path(copy) == BELOW
    return copy


@pytest.fixture(scope="module", params=[(name, base) for name in serving.SERVERS for base in ("/", BELOW)], ids="".join)
def host(
    request: pytest.FixtureRequest, folder: Path, below: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    name, base = request.param
    site = folder if base == "/" else below
    with serving.SERVERS[name](site, tmp_path_factory.mktemp(name)) as address:
        yield Host(site, int(address.rpartition(":")[2]), base)


def test_every_answer_has_the_rules_for_browsers(host: Host) -> None:
    wanted = dict(re.findall(r"^  ([\w-]+): (.+)$", (host.folder / "_headers").read_text().partition("\n/")[0], re.M))
    assert len(wanted) == 4
    pages = (
        "/",
        "/summary/",
        "/nowhere/",
        "/summary",
        "/old/place/",
        "/tables.zip",
        f"/{hashed_files(host.folder)[0]}",
    )
    for path in pages:
        for encoding in ("identity", "gzip", "br"):
            answer = host.get(path, Accept_Encoding=encoding)
            assert {name: answer[name] for name in wanted} == wanted, path
            assert len(re.findall(r"\d", answer["Server"])) == 0, "the server's version is nobody's business"


@pytest.mark.parametrize(
    "path", ["/", "/summary/", "/search/table.js", "/assets/favicon.svg", "/references/bibliography.bib"]
)
def test_texts_come_compressed_as_browsers_ask(host: Host, path: str) -> None:
    content = (host.folder / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))).read_bytes()
    sizes, tags, kinds = [], set(), set()
    for asked, encoding, unpack in (
        ("", "", bytes),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
    ):
        answer = host.get(path, **({"Accept_Encoding": asked} if asked else {"Accept_Encoding": "identity"}))
        assert (answer.status, answer["Content-Encoding"]) == (200, encoding)
        assert unpack(answer.body) == content
        assert "accept-encoding" in answer["Vary"].lower()
        sizes.append(len(answer.body))
        tags.add(answer["ETag"])
        kinds.add(answer["Content-Type"])
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(tags) == 3
    assert len(kinds) == 1


def test_only_names_that_change_with_their_content_are_kept_without_asking(host: Host) -> None:
    hashed = hashed_files(host.folder)
    assert len(hashed) > 5
    for uri in hashed:
        for encoding in ("identity", "gzip", "br"):
            assert (
                host.get(f"/{uri}", Accept_Encoding=encoding)["Cache-Control"] == "public, max-age=31536000, immutable"
            )
    missing = re.sub(r"[0-9a-f]{8}", "01234567", hashed[0])
    others = [
        "/",
        "/summary/",
        "/assets/favicon.svg",
        "/search/table.js",
        "/tables.zip",
        "/404.html",
        "/old/place/",
    ]
    for path in (f"/{missing}", "/nowhere/", *others):
        assert host.get(path)["Cache-Control"] == "no-cache", path
    assert host.get(f"/{missing}").status == 404


def test_media_types_and_characters(host: Host) -> None:
    found = {ending: next(host.folder.rglob(f"*{ending}")).relative_to(host.folder).as_posix() for ending in ENDINGS}
    for uri, kind in (*TYPES.items(), *((found[ending], kind) for ending, kind in ENDINGS.items())):
        for encoding in ("identity", "br"):
            answer = host.get(f"/{uri}", Accept_Encoding=encoding)
            assert (answer.status, answer["Content-Type"]) == (200, kind), uri
    known = {Path(uri).suffix for uri in (*TYPES, *found.values())} | {".gz", ".br", ".txt"}
    assert {f.suffix for f in host.folder.rglob("*") if f.is_file() and not f.name.startswith((".", "_"))} <= known


def test_wrong_addresses_get_the_sites_own_page(host: Host) -> None:
    for path in ("/nowhere/", "/nowhere.html", "/summary/index.htm", "/assets/none.12345678.css"):
        answer = host.get(path)
        assert answer.status == 404, path
        assert b"<title>Page not found" in answer.body, path


def test_no_lists_of_files_and_nothing_hidden(host: Host) -> None:
    assert (host.folder / "assets").is_dir()
    assert not (host.folder / "assets/index.html").exists()
    assert host.get("/assets/").status in (403, 404)
    for path in (
        "/.htpasswd",
        "/.made-by-publish",
        "/_headers",
        "/_redirects",
        "/%2ehtpasswd",
        "/a/../.htpasswd",
        "/.git/config",
    ):
        answer = host.get(path)
        assert answer.status in (403, 404), path
        assert b"secret" not in answer.body
    assert host.get("/.well-known/security.txt").status == 200
    assert host.get("/../../etc/passwd").status in (400, 403, 404)


def test_moved_pages_and_addresses_without_a_slash_lead_on(host: Host) -> None:
    answer = host.get("/old/place/")
    assert answer.status == 301
    assert re.fullmatch(rf"(http://127\.0\.0\.1:\d+)?{host.base}summary/#part", answer["Location"])
    answer = host.get("/summary")
    assert answer.status == 301
    assert re.fullmatch(rf"(http://127\.0\.0\.1:\d+)?{host.base}summary/", answer["Location"])


def test_what_else_a_host_shows_is_left_as_it_is(host: Host) -> None:
    if host.base == "/":
        assert host.ask("/reviews/care").status == 404
        return
    answer = host.ask("/")
    assert (answer.body, answer["Content-Security-Policy"]) == (b"another site", "")
    answer = host.ask(host.base[:-1])
    assert (answer.status, answer["Location"].rpartition(":")[2].lstrip("0123456789")) == (301, host.base)
    assert b"<title>Page not found" not in host.ask("/nowhere/").body


def test_a_server_never_shows_half_a_site(tmp_path: Path) -> None:
    """New sites come again and again while readers read: every answer is a page, of this site or the next."""
    www = tmp_path / "www"
    www.mkdir()

    def build(number: int) -> None:
        with taken(www / "site") as target:
            (target.new / "a").mkdir(parents=True)
            for name in ("index.html", "a/index.html", "404.html"):
                (target.new / name).write_text(f"<p>{number}</p>" * 500)
            (target.new / "_headers").write_text("/*\n  X-Content-Type-Options: nosniff\n")
            write_mark(target.new, [])
            assert swap(target)

    build(1000)
    work = tmp_path / "nginx"
    work.mkdir()
    with serving.nginx(www / "site", work) as address:
        host = Host(www / "site", int(address.rpartition(":")[2]))
        answers: list[Answer] = []
        stop = threading.Event()

        def read() -> None:
            while not stop.is_set():
                answers.extend(host.get(path) for path in ("/", "/a/", "/a"))

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for number in range(1001, 1200):
            build(number)
        stop.set()
        for reader in readers:
            reader.join()
    assert len(answers) > 100
    assert {answer.status for answer in answers} == {200, 301}
    seen = set()
    for answer in answers:
        if answer.status == 200:
            numbers = set(re.findall(rb"<p>(\d+)</p>", answer.body))
            assert len(numbers) == 1
            assert len(answer.body) == 500 * len("<p>1000</p>")
            seen |= numbers
    assert len(seen) > 20


def test_what_is_shipped_can_be_set_up_as_it_says() -> None:
    """The three lines that a host changes are marked, the rest needs no change."""
    text = (ROOT / "hosting/nginx.conf").read_text("utf-8")
    assert len(re.findall(r"# own$", text, re.M)) == 3


def test_a_missing_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name, path="": None)
    with pytest.raises(RuntimeError, match=r"nginx is missing; install it with: tests/browser/install\.sh"):
        serving.program("nginx")


def test_the_load_test_measures(tmp_path: Path) -> None:
    """A few requests, to see that it counts; figures of any use need a quiet machine: `make load`."""
    (tmp_path / "site/search").mkdir(parents=True)
    (tmp_path / "site/_headers").write_text("/*\n  X-Content-Type-Options: nosniff\n")
    (tmp_path / "site/search/table.js").write_text("evidenceSearch.piece('table',{});")
    for name in ("index.html", "404.html"):
        (tmp_path / "site" / name).write_text("<p>page</p>" * 99)
    result = run(sys.executable, "tests/load.py", "--site", tmp_path / "site", "--requests", "200", "--clients", "4")
    assert result.returncode == 0, result.stderr
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in result.stdout.splitlines()[2:5]]
    assert [row[:3] for row in rows] == [[name, "200", "0"] for name in ("empty page", "text pages", "search")]
    assert rows[0][4] == rows[0][6] == "1.00"
    assert all(float(cell) > 0 for row in rows for cell in row[3:])
    assert int(rows[0][7]) < int(rows[1][7])  # headers alone


def test_an_answer_that_is_an_error_is_counted(tmp_path: Path) -> None:
    (tmp_path / "_headers").write_text("/*\n  X-Content-Type-Options: nosniff\n")
    (tmp_path / "404.html").write_text("none")
    (tmp_path / "work").mkdir()
    with serving.nginx(tmp_path, tmp_path / "work") as address:
        assert load.measure(address, ["404.html", "nowhere"], 20, 2, tmp_path / "work").errors == 10
