"""Notices as their reader finds them: of what they may see today, newest first, looked at or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from chithi.access.models import User
from chithi.core.errors import Absent
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Capability, Viewer
from chithi.org.queries import MOST_ID
from chithi.work.models import Notice
from chithi.work.queries import due_items

PAGE = 50
KEPT = timedelta(days=400)
FORGOTTEN_AT_ONCE = 1_000


def of_reader(viewer: Viewer) -> ScopedQuerySet[Notice]:
    """All of somebody's notices that they may see: their unit lies in reach, or what they are about stands in My work.

    A task that one owns or helps with may lie anywhere. One query; where there are notices from out of reach, those of
    My work as well.
    """
    inside = Notice.objects.visible_to(viewer.reach(Capability.READ)).filter(user_id=viewer.user_id or 0)
    outside = _mine(viewer.user_id or 0).exclude(pk__in=inside.values("pk"))
    elsewhere = set(outside.values_list("item", "unit_id").order_by().distinct())
    if not elsewhere:
        return inside
    seen = Q(pk__in=inside.values("pk"))
    for item, unit_id in sorted(elsewhere & {(one.name, one.unit_id) for one in due_items(viewer, viewer.today)}):
        seen |= Q(item=item, unit_id=unit_id)
    return _mine(viewer.user_id or 0).filter(seen)


def _mine(user_id: int) -> ScopedQuerySet[Notice]:
    return Notice.objects.everywhere(because="somebody's own notices").filter(user_id=user_id)


def page_of(viewer: Viewer, page: int) -> tuple[list[Notice], int]:
    """One page and how many there are. Two queries."""
    rows = of_reader(viewer).order_by("-at", "-pk")
    start = (page - 1) * PAGE
    return list(rows[start : start + PAGE]), rows.count()


@transaction.atomic
def read(*, by: Viewer, notice_id: int) -> Notice:
    """Mark a notice of one's own as looked at; again changes nothing."""
    found = of_reader(by).filter(pk=notice_id).first() if 0 < notice_id <= MOST_ID else None
    if found is None:
        raise Absent("work.no_notice")
    if found.read_at is None:
        found.read_at = timezone.now()
        found.save(update_fields=["read_at"])
        recount([by.user_id or 0])
    return found


@transaction.atomic
def read_all(*, by: Viewer) -> int:
    """Mark all as looked at, also those out of reach by now; how many."""
    done = _mine(by.user_id or 0).filter(read_at__isnull=True).update(read_at=timezone.now())
    recount([by.user_id or 0])
    return done


def unseen_and_gone(viewer: Viewer) -> list[int]:
    """Notices nobody looked at that their reader cannot see any more: they must not be counted for ever."""
    unread = _mine(viewer.user_id or 0).filter(read_at__isnull=True).values_list("pk", flat=True)
    return sorted(set(unread) - set(of_reader(viewer).filter(read_at__isnull=True).values_list("pk", flat=True)))


def looked_at(notice_ids: Iterable[int]) -> None:
    """Count these no longer; inside the transaction that recounts."""
    rows = Notice.objects.everywhere(because="somebody's own notices").filter(pk__in=list(notice_ids))
    rows.update(read_at=timezone.now())


def recount(user_ids: Iterable[int]) -> None:
    """Write anew how many each has not looked at. Two queries an account; inside the transaction of the change."""
    for user_id in user_ids:
        User.objects.filter(pk=user_id).update(unread=_mine(user_id).filter(read_at__isnull=True).count())


def forget_old() -> int:
    """Delete notices of more than a year ago; how many. A chore of the worker."""
    old = Notice.objects.everywhere(because="nobody needs a reminder of last year").filter(at__lt=timezone.now() - KEPT)
    rows = list(old.values_list("pk", "user_id")[:FORGOTTEN_AT_ONCE])
    if not rows:
        return 0
    with transaction.atomic():
        Notice.objects.everywhere(because="found just before").filter(pk__in=[pk for pk, _ in rows]).delete()
        recount({user for _, user in rows})
    return len(rows)
