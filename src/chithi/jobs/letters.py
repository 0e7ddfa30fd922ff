"""Sending a letter: plain words with a simple HTML of the same, under an identity that its key gives it.

Whoever sends twice (a worker killed between sending and saying so) sends the same Message-ID twice, by which mail
programs know one letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.crypto import salted_hmac
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from chithi.jobs.posting import WAY
from chithi.jobs.running import Asked

Line = tuple[str, str]
"""Words, and the address under our own to which they lead ("" for none)."""


@dataclass(frozen=True)
class Part:
    """A head and what stands under it."""

    head: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Letter:
    """One letter to one address. `foot` ends it; `settings_address` is the page where its reader ends such letters."""

    to: str
    subject: str
    opening: str
    parts: tuple[Part, ...]
    foot: str
    settings_address: str = ""


def is_set_up() -> bool:
    """Whether this installation sends mail at all."""
    return settings.MAILING is not None


def send(letter: Letter, asked: Asked) -> None:
    """Hand it to the mail server; whatever that answers wrong is raised. The subject is one line."""
    headers = {"Message-ID": identity(asked), "Auto-Submitted": "auto-generated"}
    if letter.settings_address:
        headers["List-Unsubscribe"] = f"<{_whole(letter.settings_address)}>"
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split())[:150], body=_plain(letter), to=[letter.to], headers=headers
    )
    message.attach_alternative(_html(letter), "text/html")
    WAY.send(message)


def identity(asked: Asked) -> str:
    """The Message-ID that work of this key gives its letter, the same each time."""
    digest = salted_hmac("chithi.jobs.letters", f"{asked.deed} {asked.key}").hexdigest()
    return f"<{digest[:32]}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}>"


def _whole(address: str) -> str:
    return f"{settings.PUBLIC_URL}{address}"


def _plain(letter: Letter) -> str:
    blocks = [letter.opening]
    for part in letter.parts:
        lines = [f"- {words}\n  {_whole(address)}" if address else f"- {words}" for words, address in part.lines]
        blocks.append("\n".join([part.head, *lines] if part.head else lines))
    blocks.append("\n".join([letter.foot, *([_whole(letter.settings_address)] if letter.settings_address else [])]))
    return "\n\n".join(blocks) + "\n"


def _html(letter: Letter) -> SafeString:
    parts = format_html_join("", "{}", ((_part(part),) for part in letter.parts))
    foot = format_html("<p><small>{}</small></p>", _linked((letter.foot, letter.settings_address)))
    return format_html("<!doctype html><html><body><p>{}</p>{}{}</body></html>", letter.opening, parts, foot)


def _part(part: Part) -> SafeString:
    head = format_html("<p><strong>{}</strong></p>", part.head) if part.head else SafeString("")
    return format_html("{}<ul>{}</ul>", head, format_html_join("", "<li>{}</li>", ((_linked(x),) for x in part.lines)))


def _linked(line: Line) -> str | SafeString:
    words, address = line
    return format_html('<a href="{}">{}</a>', _whole(address), words) if address else words
