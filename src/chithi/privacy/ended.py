"""Who is no longer anywhere: people all of whose memberships, posts and employments have ended, and since when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q

from chithi.access.models import User
from chithi.db.guard import ScopedQuerySet
from chithi.org.models import Employment, Membership, Person, Post
from chithi.privacy.models import Hold

_WHY = "how long personal data is kept is decided over all that a person ever was, wherever it was"
DATED: tuple[type[Membership] | type[Post] | type[Employment], ...] = (Membership, Post, Employment)
AT_ONCE = 500
T = TypeVar("T")


def ended_by(cutoff: date) -> ScopedQuerySet[Person]:
    """People with a past and nothing after this day, not held, not forgotten, without an open account."""
    found = Person.objects.everywhere(because=_WHY).filter(forgotten_on__isnull=True)
    past = Q()
    for model in DATED:
        own = model.objects.everywhere(because=_WHY).filter(person_id=OuterRef("pk"))
        found = found.filter(~Exists(own.filter(Q(until__isnull=True) | Q(until__gt=cutoff))))
        past |= Q(Exists(own))
    accounts = User.objects.filter(person_id=OuterRef("pk"), is_active=True)
    return found.filter(past).filter(~Exists(held("pk")), ~Exists(accounts))


def held(column: str) -> ScopedQuerySet[Hold]:
    """The hold in force on whom a column of the outer query names."""
    return Hold.objects.everywhere(because=_WHY).filter(person_id=OuterRef(column), until__isnull=True)


def last_of(person_ids: Collection[int]) -> dict[int, tuple[date | None, int]]:
    """Where each was last: (day from which nothing holds, None where something still does; the unit)."""
    found: dict[int, tuple[date, int]] = {}
    for some in in_parts(sorted(person_ids)):
        for model in DATED:
            rows = model.objects.everywhere(because=_WHY).filter(person_id__in=some)
            for person_id, until, unit_id in rows.values_list("person_id", "until", "unit_id"):
                found[person_id] = max(found.get(person_id, (date.min, 0)), (until or date.max, unit_id))
    return {one: (None if day == date.max else day, unit) for one, (day, unit) in found.items()}


def in_parts(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    """Few enough at once for one statement."""
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))
