#!/bin/sh
# Installs what the tests need, and only what is missing: Chromium, Java, poppler, Node and web servers from Debian, axe-core and the
# Nu HTML checker from npm. Nothing is fetched when all of it is there.
set -eu
cd "$(dirname "$0")/../.."

missing=""
need() {
    command -v "$1" >/dev/null 2>&1 && return
    case " $missing " in *" $2 "*) ;; *) missing="$missing $2" ;; esac
}
need chromium chromium
need java default-jre-headless
need pdftotext poppler-utils
need pdftohtml poppler-utils
# Node often comes from elsewhere than Debian, and then brings npm with it: Debian's npm would not go together with that.
need node nodejs
need npm npm
# Servers for tests of hosting/, started as ordinary processes, and the program that asks them for pages.
PATH="$PATH:/usr/sbin:/sbin"
serves=$(command -v nginx || true)
need nginx nginx
need apache2 apache2-bin
need h2load nghttp2-client
[ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] || missing="$missing libnginx-mod-http-brotli-static"
# The font that pages ask for, so that words have the same width, and break at the same place, on every machine.
if ! ls /usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf >/dev/null 2>&1; then missing="$missing fonts-liberation"; fi

# A network that fails for a moment must not look like a fault of the site.
twice() {
    "$@" && return
    echo "Once more in ten seconds: $*" >&2
    sleep 10
    "$@"
}

if [ -n "$missing" ]; then
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "The browser tests need these programs, and there is no apt-get to install them with:$missing" >&2
        exit 1
    fi
    root=""
    if [ "$(id -u)" -ne 0 ]; then
        root="sudo -n"
        if ! $root true 2>/dev/null; then
            echo "The browser tests need these packages; install them as root: apt-get install --no-install-recommends$missing" >&2
            exit 1
        fi
    fi
    # shellcheck disable=SC2086  # one word a package; and no word for root
    {
        twice $root apt-get update -q
        twice $root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
        # Debian starts a server that it installs; here none is wanted but for the time of a test.
        if [ -z "$serves" ] && [ -d /run/systemd/system ]; then $root systemctl disable --now nginx; fi
    }
fi

# The checker's own script only looks for Java; without it nothing of a package runs here.
twice npm ci --no-audit --no-fund --ignore-scripts

for program in chromium java pdftotext pdftohtml nginx apache2 h2load; do
    command -v "$program" >/dev/null 2>&1 || { echo "$program is still missing after the installation" >&2; exit 1; }
done
