"""Whose network address a request counts under: wrong tries at the log-in, the list of one's sessions.

Behind a proxy every request comes from the proxy; without the address it speaks for, whoever types wrong passwords
would lock everybody out of an account. What a request says of itself is believed only where the operator said that a
proxy of this machine passes it on (CHITHI_PROXY), and only from that machine.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The last address that the proxy wrote down, which it saw itself; else the one the connection comes from."""
    peer: str | None = request.META.get("REMOTE_ADDR") or None
    if not settings.BEHIND_PROXY or not _near(peer):
        return peer
    said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return said if _address(said) else peer


def _near(address: str | None) -> bool:
    found = _address(address or "")
    return found is not None and found.is_loopback


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
