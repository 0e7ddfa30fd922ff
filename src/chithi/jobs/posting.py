"""The way to the mail server: many letters over one connection, so many a minute, none while nobody answers there.

A server that is down must not cost every letter its tries: the first one that finds nobody lets the others wait.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTPResponseException, SMTPSenderRefused

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

MOST_A_CONNECTION = 50
"""Many servers close a connection after a hundred letters."""
AWAY = 60.0
"""Seconds for which no letter is tried after the server could not be reached, or let us send nothing."""
MINUTE = 60.0


class Way:
    """How letters go from this process. `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sent: deque[float] = deque()
        self._away_until = 0.0
        self._open: BaseEmailBackend | None = None
        self._used = 0

    def may_send(self, a_minute: int) -> bool:
        """Whether another letter may go now: the server is not away and the minute not used up."""
        now = self._clock()
        while self._sent and self._sent[0] <= now - MINUTE:
            self._sent.popleft()
        return now >= self._away_until and len(self._sent) < a_minute

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Within this block letters share a connection, made with the first of them."""
        self._open, self._used = get_connection(), 0
        try:
            yield
        finally:
            self._hang_up()
            self._open = None

    def send(self, message: EmailMessage) -> None:
        """Hand a letter over; whatever goes wrong is raised, and what concerns every letter is remembered."""
        connection = self._open or get_connection()
        if self._used >= MOST_A_CONNECTION:
            self._hang_up()
        try:
            connection.open()
        except Exception:
            self._away_until = self._clock() + AWAY
            with suppress(OSError):
                connection.close()  # reached, but no letter goes this way
            raise
        try:
            message.connection = connection
            message.send()
        except Exception as problem:
            if isinstance(problem, SMTPSenderRefused) or _closes(problem):
                self._away_until = self._clock() + AWAY
            with suppress(OSError):
                connection.close()
            raise
        finally:
            message.connection = None
            if self._open is None:
                connection.close()
        self._used += 1
        self._sent.append(self._clock())

    def _hang_up(self) -> None:
        if self._open is not None:
            self._open.close()
        self._used = 0


WAY = Way()


def _closes(problem: Exception) -> bool:
    """421: the server closes the way to everybody."""
    return isinstance(problem, SMTPResponseException) and problem.smtp_code == 421
