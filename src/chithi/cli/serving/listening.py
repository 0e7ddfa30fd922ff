"""The socket people connect to. The supervisor holds it, so that a restarted web process loses no caller."""

from __future__ import annotations

import errno
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

from chithi.cli.frame import Problem
from chithi.cli.speech import Speech

BACKLOG = 256
DEFAULT_PORT = 8000


def port_of(environ: Mapping[str, str]) -> int:
    """The port that CHITHI_PUBLIC_URL names, else 8000. An unreadable address is refused by the settings."""
    try:
        return urlsplit(environ.get("CHITHI_PUBLIC_URL", "").strip()).port or DEFAULT_PORT
    except ValueError:
        return DEFAULT_PORT


def listen(say: Speech, host: str, port: int) -> socket.socket:
    """A listening socket; a port in use or an address that is not this machine's is the user's error."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return _bound(socket.socket(family, kind, protocol), address)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise Problem(say("error.port_in_use", host=host, port=str(port))) from problem
        why = problem.strerror or str(problem)
        raise Problem(say("error.cannot_listen", host=host, port=str(port), why=why)) from problem


def _bound(made: socket.socket, address: object) -> socket.socket:
    """The same socket, listening; closed where it cannot."""
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)  # type: ignore[arg-type] # what getaddrinfo gave for this family
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    return made


def address_of(host: str, port: int) -> str:
    """How a browser on this machine reaches it."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 -- compared
    return f"http://{shown}:{port}"
