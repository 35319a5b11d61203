"""A web server as hosting/ sets it up, started as an ordinary process on a free port, for tests and for `make load`."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import ROOT, run
from evidence_publish.host_files import base_path

INSTALL = "install it with: tests/browser/install.sh"
_MAIN = """\
load_module {modules}/ngx_http_brotli_static_module.so;
worker_processes 2;
daemon off;
pid {work}/pid;
error_log stderr warn;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    keepalive_requests 100000;
    include {work}/site.conf;
}}
"""


def program(name: str) -> str:
    """The path of an installed program; servers often lie where only their administrators look. Raises RuntimeError with what to do."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:/sbin")
    if not found:
        raise RuntimeError(f"{name} is missing; {INSTALL}")
    return found


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def shipped(site: Path, port: int, work: Path) -> str:
    """hosting/nginx.conf with its own lines set for this machine; all else is as a host would have it.

    A site below a path has no host of its own: there, `root` is that of another site, which the rules leave as it is.
    """
    text = (ROOT / "hosting/nginx.conf").read_text("utf-8")
    below = write_rules(site, work, "nginx")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("root /srv/www/evidence;", f"root {other_site(work) if below else site};"),
        ("include /etc/nginx/evidence-rules.conf;", f"include {work}/rules.conf;"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def write_rules(site: Path, work: Path, server: str) -> bool:
    """What `make server-rules` prints, in `rules.conf`. Returns whether the site lies below a path."""
    made = run(sys.executable, "-m", "evidence_cli", "server-rules", site, "--server", server)
    assert made.returncode == 0, made.stderr
    (work / "rules.conf").write_text(made.stdout)
    return base_path(site) != "/"


def other_site(work: Path) -> Path:
    """What else the host of a site below a path shows."""
    (work / "other").mkdir()
    (work / "other/index.html").write_text("another site")
    return work / "other"


@contextmanager
def nginx(site: Path, work: Path) -> Iterator[str]:
    """nginx with two workers for a published site; gives its address. It ends with the block."""
    port = free_port()
    (work / "site.conf").write_text(shipped(site, port, work))
    server = program("nginx")
    built = subprocess.run([server, "-V"], capture_output=True, text=True, check=True).stderr
    modules = re.search(r"--modules-path=(\S+)", built)
    (work / "nginx.conf").write_text(_MAIN.format(work=work, modules=modules[1] if modules else "modules"))
    command = [server, "-p", str(work), "-c", str(work / "nginx.conf"), "-e", "stderr"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    if checked.returncode:
        raise RuntimeError(
            f"nginx refuses its configuration; is libnginx-mod-http-brotli-static there? {INSTALL}\n{checked.stderr}"
        )
    # Workers of a server that was started as root run as another user, who may not be let into a folder for tests.
    root = os.getuid() == 0
    if root:
        (work / "nginx.conf").write_text("user root;\n" + (work / "nginx.conf").read_text())
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        try:
            _wait(port, running)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait(10)


def _wait(port: int, server: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    server.kill()
    raise RuntimeError(f"nginx does not answer:\n{server.communicate()[1]}")


_APACHE = """\
ServerRoot {work}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {work}/pid
Mutex file:{work}
ErrorLog {work}/errors
ServerTokens Prod
TraceEnable Off
{modules}
TypesConfig /etc/mime.types
DocumentRoot {root}
<Directory />
  Require all denied
</Directory>
<Directory {site}>
  Require all granted
  AllowOverride None
  Include {work}/rules.conf
</Directory>
"""
_APACHE_BELOW = """\
Alias {base} {site}
<Directory {other}>
  Require all granted
</Directory>
"""


@contextmanager
def apache(site: Path, work: Path) -> Iterator[str]:
    """Apache for a published site, with the rules that `evidence server-rules FOLDER --server apache` prints; gives its address."""
    port = free_port()
    root, more = site, ""
    if write_rules(site, work, "apache"):
        root = other_site(work)
        more = _APACHE_BELOW.format(base=base_path(site).rstrip("/"), site=site, other=root)
    names = ("mpm_event", "authz_core", "dir", "mime", "headers", "rewrite", "autoindex", "alias")
    modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in names)
    (work / "apache.conf").write_text(
        _APACHE.format(work=work, port=port, site=site, root=root, modules=modules) + more
    )
    command = [program("apache2"), "-f", str(work / "apache.conf"), "-DFOREGROUND"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    if checked.returncode:
        raise RuntimeError(f"Apache refuses its configuration:\n{checked.stderr}")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        try:
            _wait(port, running)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait(20)


SERVERS = {"nginx": nginx, "apache": apache}
