#!/bin/sh
# Installs what the browser tests need, and only what is missing: Chromium, Java, poppler and Node from Debian, axe-core and the
# Nu HTML checker from npm. Nothing is fetched when all of it is there.
set -eu
cd "$(dirname "$0")/../.."

missing=""
need() {
    command -v "$1" >/dev/null 2>&1 || missing="$missing $2"
}
need chromium chromium
need java default-jre-headless
need pdftotext poppler-utils
need pdftohtml poppler-utils
if ! command -v npm >/dev/null 2>&1; then missing="$missing nodejs npm"; fi

if [ -n "$missing" ]; then
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "The browser tests need these programs, and there is no apt-get to install them with:$missing" >&2
        exit 1
    fi
    if [ "$(id -u)" -ne 0 ]; then
        echo "The browser tests need these packages; install them as root: apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update
    # shellcheck disable=SC2086  # one word a package
    apt-get install -y --no-install-recommends $missing
fi

# The checker's own script only looks for Java; without it nothing of a package runs here.
npm ci --no-audit --no-fund --ignore-scripts
