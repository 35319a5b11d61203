"""Where a site is shown on this machine: whether a port can be taken is found out before anything is built."""

from __future__ import annotations

import argparse
import errno

HOST, PORT = "127.0.0.1", 8000
_LAST_PORT = 65535


class PortError(Exception):
    """Why a site cannot be shown at a port; the message says which one can be taken."""


def port(text: str) -> int:
    """The number of a port, as someone has written it. Raises argparse.ArgumentTypeError."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; write a number up to {_LAST_PORT}, as in: PORT=8001")
    return int(text)


def take(number: int, command: str) -> None:
    """See whether a server can be at a port, which `make COMMAND` asks for. Raises PortError."""
    if slip := _slip(number):
        free = next((n for n in range(max(number, 1024) + 1, _LAST_PORT) if not _slip(n)), PORT)
        raise PortError(f"{slip}, as in: make {command} PORT={free}")


def _slip(number: int) -> str:
    """Why no server can be at a port, and what to do; '' where one can."""
    import socket  # noqa: PLC0415 (most commands need none of it)

    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: a port that was just left is free
        try:
            tried.bind((HOST, number))
            tried.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"port {number} is taken, perhaps by another `make serve`: stop that one (Ctrl-C), or name another port"
            return f"port {number} cannot be used ({error.strerror}); name another port"
    return ""
