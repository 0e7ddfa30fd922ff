"""A real mail server on this machine that keeps the letters it is given."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from chithi.environment import Mailing


class Catcher:
    """Takes every letter; `broken` answers that it cannot."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.broken = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.broken:
            return "451 try again later"
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 taken"

    def plain(self, at: int = -1) -> str:
        """The words of a letter without its HTML."""
        body = self.letters[at].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def html(self, at: int = -1) -> str:
        """The same as HTML."""
        body = self.letters[at].get_body(("html",))
        assert body is not None
        return str(body.get_content())


@contextmanager
def catching(settings: Any) -> Iterator[Catcher]:
    """The catcher, with `settings` (pytest-django's) set up to send to it."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    catcher = Catcher()
    controller = Controller(catcher, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        settings.MAILING = Mailing("127.0.0.1", port, "none", "", "", "chithi@province.example")
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.DEFAULT_FROM_EMAIL = "chithi@province.example"
        yield catcher
    finally:
        controller.stop()
