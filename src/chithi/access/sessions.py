"""Sessions: where an account is signed in, ending one or all.

A row tells device and address while its session lives. The address goes with the session; device and times stay
`KEPT_FOR` after the last sight, so that somebody can see where they were signed in. Sweeping happens as people sign in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone

from chithi.access.models import SignIn
from chithi.access.rules import device_words
from chithi.core.errors import Absent

KEPT_FOR = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)
SEEN = "seen"
"""In a session: when its sight was last written, in seconds."""


@dataclass(frozen=True)
class Seat:
    """A session as its owner sees it; `live` until it ends or runs out, `is_this` the one that asks."""

    id: int
    device: str
    address: str
    began: datetime
    last_seen: datetime
    live: bool
    is_this: bool


def seen(request: HttpRequest, user_id: int) -> None:
    """Note that a session is in use; writes when it is new and every few minutes, else costs nothing."""
    now = timezone.now()
    last = request.session.get(SEEN)
    if isinstance(last, int) and 0 <= now.timestamp() - last < SEEN_EVERY.total_seconds():
        return
    if request.session.session_key is None:
        request.session.save()
    request.session[SEEN] = int(now.timestamp())
    known = SignIn.objects.filter(session_key=request.session.session_key, user_id=user_id)
    if not known.update(last_seen=now):
        _begin(request, user_id, now)


def _begin(request: HttpRequest, user_id: int, now: datetime) -> None:
    sweep(now)
    about = {
        "user_id": user_id,
        "device": device_words(request.headers.get("User-Agent", ""))[:60],
        "address": get_client_ip_address(request),
        "began": now,
        "last_seen": now,
    }
    SignIn.objects.get_or_create(session_key=request.session.session_key, defaults=about)


def sweep(now: datetime) -> None:
    """Forget what is past its time: addresses of sessions that ran out, rows older than `KEPT_FOR`."""
    SignIn.objects.filter(last_seen__lt=now - KEPT_FOR).delete()
    out = SignIn.objects.filter(last_seen__lt=_runs_out(now), session_key__isnull=False)
    out.update(session_key=None, address=None)


def of_account(user_id: int, this: str | None = None) -> list[Seat]:
    """Sessions of an account, the living ones first, newest first; at most fifty. One query."""
    edge = _runs_out(timezone.now())
    seats = [
        Seat(
            id=row.pk,
            device=row.device,
            address=row.address or "",
            began=row.began,
            last_seen=row.last_seen,
            live=row.session_key is not None and row.last_seen >= edge,
            is_this=this is not None and row.session_key == this,
        )
        for row in SignIn.objects.filter(user_id=user_id).order_by("-last_seen", "-pk")[:50]
    ]
    return sorted(seats, key=lambda seat: (not seat.is_this, not seat.live))


def end_one(user_id: int, seat_id: int) -> None:
    """End one session of an account; `Absent` where it has no such living one."""
    if not 0 < seat_id < 2**63 or not _end(SignIn.objects.filter(user_id=user_id, pk=seat_id)):
        raise Absent("access.no_session")


def end_all(user_id: int, but: str | None = None) -> int:
    """End every session of an account, but the one with this key; returns how many living ones there were."""
    found = SignIn.objects.filter(user_id=user_id)
    return _end(found.exclude(session_key=but) if but else found)


def end_this(request: HttpRequest) -> None:
    """Note that the session of this request is being left."""
    if request.session.session_key:
        _end(SignIn.objects.filter(session_key=request.session.session_key))


def renamed(old: str | None, new: str | None) -> None:
    """A session goes on under another key (Django changes it with the password)."""
    if old and new and old != new:
        SignIn.objects.filter(session_key=old).update(session_key=new)


@transaction.atomic
def _end(rows: models.QuerySet[SignIn]) -> int:
    keys = [key for key in rows.values_list("session_key", flat=True) if key]
    rows.filter(session_key__in=keys).update(session_key=None, address=None)
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _runs_out(now: datetime) -> datetime:
    return now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
