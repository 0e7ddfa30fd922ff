"""Reading the journal within a reach: a page of deeds, or all of them one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from chithi.db.guard import ScopedQuerySet
from chithi.db.reach import Reach
from chithi.journal.models import Entry

COUNTED = 10_000
"""Beyond so many deeds a page says "more than": counting a nation's journal would cost more than it tells."""


_FIRST, _LAST = date(1970, 1, 1), date(9000, 1, 1)
"""Days beyond these bound nothing; a moment next to the ends of the calendar cannot be told in every time zone."""


@dataclass(frozen=True)
class Asked:
    """Which deeds: verbs beginning with `topic` (`org`, `access` …), by an account, on days `since` to `until`.

    `about` is a kind and an id, such as ("org.unit", 7).
    """

    topic: str = ""
    by_id: int | None = None
    since: date | None = None
    until: date | None = None
    about: tuple[str, int] | None = None


@dataclass(frozen=True)
class Deed:
    """One line: when, who (None: the machine), which unit's affair, what about which record, and the facts kept."""

    id: int
    at: datetime
    by_id: int | None
    unit_id: int
    verb: str
    about_kind: str
    about_id: int | None
    facts: dict[str, Any]


def deeds(reach: Reach, asked: Asked, *, page: int, size: int) -> tuple[list[Deed], int]:
    """One page, newest first, and how many there are (at most `COUNTED` + 1). Two queries."""
    found = _found(reach, asked)
    total = found.order_by()[: COUNTED + 1].count()
    start = (page - 1) * size
    return [_deed(row) for row in found[start : start + size]], total


def every_deed(reach: Reach, asked: Asked, *, most: int) -> Iterator[Deed]:
    """Newest first, at most `most`, in bounded memory."""
    for row in _found(reach, asked)[:most].iterator(chunk_size=2000):
        yield _deed(row)


def topics(verbs: list[str]) -> list[str]:
    """The first words of verbs, each once, in order."""
    return list(dict.fromkeys(verb.split(".")[0] for verb in verbs))


def _found(reach: Reach, asked: Asked) -> ScopedQuerySet[Entry]:
    found = Entry.objects.visible_to(reach).order_by("-at", "-pk")
    if asked.topic:
        found = found.filter(verb__startswith=f"{asked.topic}.")
    if asked.by_id is not None:
        found = found.filter(by_id=asked.by_id)
    if asked.since is not None and asked.since > _FIRST:
        found = found.filter(at__gte=_midnight(asked.since))
    if asked.until is not None and asked.until < _LAST:
        found = found.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    if asked.about is not None:
        found = found.filter(about_kind=asked.about[0], about_id=asked.about[1])
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _deed(row: Entry) -> Deed:
    return Deed(row.pk, row.at, row.by_id, row.unit_id, row.verb, row.about_kind, row.about_id, row.facts)
