"""A calendar of what somebody has to do, at a secret address that any calendar program can follow."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from chithi.access.models import User
from chithi.access.viewers import today, viewer_for
from chithi.core.due import DueItem
from chithi.db.viewer import Viewer
from chithi.work.models import Feed
from chithi.work.queries import due_items

LONGEST = 100


def has_feed(user_id: int) -> bool:
    """Whether this account has a calendar that somebody may follow. One query."""
    return Feed.objects.filter(user_id=user_id).exists()


def renew(*, by: Viewer) -> str:
    """A new secret, told this once; the one before ends."""
    secret = token_urlsafe(24)
    Feed.objects.update_or_create(
        user_id=by.user_id or 0, defaults={"digest": _digest(secret), "made_at": timezone.now()}
    )
    return secret


def end(*, by: Viewer) -> None:
    """Let nobody follow the calendar any more."""
    Feed.objects.filter(user_id=by.user_id or 0).delete()


def calendar_of(secret: str) -> bytes | None:
    """What the owner of a secret has to do and by when, as iCalendar; None where no open account has that secret."""
    row = Feed.objects.filter(digest=_digest(secret[:LONGEST])).first()
    user = User.objects.filter(pk=row.user_id, is_active=True).first() if row else None
    if row is None or user is None:
        return None
    made = Calendar()
    made.add("prodid", "-//chithi//My work//")
    made.add("version", "2.0")
    made.add("x-wr-calname", "My work" if user.language == "en" else "Việc của tôi")
    for item in due_items(viewer_for(user, today()), today()):
        if item.due_on is not None:
            made.add_component(_event(item, item.due_on, user.language))
    return bytes(made.to_ical())


def _event(item: DueItem, on: date, language: str) -> Event:
    """A whole day; the same thing keeps its identity when its day changes."""
    event = Event()
    event.add("uid", f"{item.name}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}")
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", on)
    if on < date.max:  # the calendar ends there; a day without an end lasts one day
        event.add("dtend", on + timedelta(days=1))
    event.add("summary", item.what.in_language(language))
    event.add("url", f"{settings.PUBLIC_URL}{reverse(item.route, args=item.args)}")
    return event


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
