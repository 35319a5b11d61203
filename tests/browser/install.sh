#!/bin/sh
# Installs what the tests need, and only what is missing: Chromium, Java, poppler, Node and web servers from Debian, axe-core and the
# Nu HTML checker from npm. Nothing is fetched when all of it is there. What goes onto the whole machine is said first, and on a terminal asked for.
set -eu
cd "$(dirname "$0")/../.."

# What each is called by apt, dnf (Fedora) and brew (macOS); '-' where there is no such package.
packages="
chromium chromium cask:chromium
default-jre-headless java-latest-openjdk-headless openjdk
poppler-utils poppler-utils poppler
nodejs nodejs node
npm nodejs-npm node
nginx nginx nginx
apache2-bin httpd httpd
nghttp2-client nghttp2 nghttp2
libnginx-mod-http-brotli-static nginx-mod-brotli -
fonts-liberation liberation-sans-fonts cask:font-liberation
"
missing=""
need() {
    command -v "$1" >/dev/null 2>&1 && return
    lacks "$2"
}
lacks() {
    case " $missing " in *" $1 "*) ;; *) missing="$missing $1" ;; esac
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
[ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] || lacks libnginx-mod-http-brotli-static
# The font that pages ask for, so that words have the same width, and break at the same place, on every machine.
ls /usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf >/dev/null 2>&1 || lacks fonts-liberation

# What is missing, by its names for `dnf`, for `brew`, or for `cask`, which is brew's for programs with windows and for fonts.
named() {
    names=""
    while read -r apt dnf brew; do
        case " $missing " in *" $apt "*) ;; *) continue ;; esac
        case "$1 $brew" in
        dnf*) name=$dnf ;;
        "cask cask:"*) name=${brew#cask:} ;;
        "brew cask:"* | cask*) continue ;;
        *) name=$brew ;;
        esac
        case " $names - " in *" $name "*) ;; *) names="$names $name" ;; esac
    done <<END
$packages
END
    echo "$names"
}

by_hand() {
    echo "$1 Install what is missing, then run this again:" >&2
    echo "  Debian, Ubuntu: apt-get install --no-install-recommends$missing" >&2
    echo "  Fedora:         dnf install$(named dnf)" >&2
    echo "  macOS:          brew install$(named brew); brew install --cask$(named cask)" >&2
    echo "Without them, \`make test-quick\` runs all tests that need none of these." >&2
    exit 1
}

# A network that fails for a moment must not look like a fault of the site.
twice() {
    "$@" && return
    echo "Once more in ten seconds: $*" >&2
    sleep 10
    "$@"
}

if [ -n "$missing" ]; then
    command -v apt-get >/dev/null 2>&1 || by_hand "The browser tests need programs that are not there, and there is no apt-get to install them with."
    root=""
    if [ "$(id -u)" -ne 0 ]; then
        root="sudo -n"
        $root true 2>/dev/null || by_hand "The browser tests need programs that are not there, and only root may install them."
    fi
    echo "The browser tests need programs that are not there. apt-get installs them for the whole machine:$missing" >&2
    if [ -t 0 ]; then
        printf 'Install them? [y/N] ' >&2
        read -r answer
        case "$answer" in [yY]*) ;; *) by_hand "Nothing was installed." ;; esac
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
