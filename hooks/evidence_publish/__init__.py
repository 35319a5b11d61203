"""Puts a built site where readers find it: in the place of the old one, in one step, with what servers are told of it.

`publish` builds and exchanges, `release` builds a version from its tag, `archived` puts such versions in, `offline` makes the copy to carry away,
`server_rules` writes what servers are told, `showing` is such a server, and `changed` says what a proposed change changes.
"""

__all__ = [
    "archived",
    "changed",
    "host_files",
    "offline",
    "publish",
    "release",
    "server_rules",
    "showing",
    "site_folder",
]
