"""What a web server tells browsers about the pages of a site: the file `_headers`, which Netlify, Cloudflare Pages and others read as it is.

Other servers get the same lines in their own words. The policy is fixed, because no page in the engine's frame has a script, a style or an event handler
inside it (W3C, "Content Security Policy Level 3"); tests hold every page to that.
"""

from __future__ import annotations

# The features named last are used by no page of such a site.
HEADERS = """\
/*
  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; \
connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()
"""
# For a site in the theme's own frame, which has scripts in its pages.
WITH_SCRIPTS_IN_PAGES = HEADERS.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'; worker-src 'self'")
