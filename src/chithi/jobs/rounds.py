"""Sending what waits to be sent, in rounds: what somebody sits and waits for first, then by the day it was due."""

from __future__ import annotations

import time
from collections.abc import Sequence

from django.conf import settings

from chithi.jobs.posting import WAY, Way
from chithi.jobs.running import Between, Deed, run_some

ROUND = 2.0
"""Seconds after which letters let others have their turn: somebody may be waiting for the worker."""


def send_some(deeds: Sequence[Deed], holder: str, between: Between, way: Way = WAY) -> int:
    """Send over one connection until the round is over, nothing is left or no more may go this minute; how many.

    `between` is called after each. Without a mail server they are done as well: each finds that it has nothing to send.
    """
    a_minute = settings.MAILING.a_minute if settings.MAILING else 1
    first, rest = [one for one in deeds if one.awaited], [one for one in deeds if not one.awaited]
    began, done = time.monotonic(), 0
    with way.kept_open():
        while way.may_send(a_minute) and time.monotonic() - began < ROUND:
            if not (run_some(first, holder, 1) or run_some(rest, holder, 1)):
                break
            done += 1
            between()
    return done
