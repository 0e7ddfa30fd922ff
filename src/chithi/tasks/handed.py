"""Open tasks follow a post that was handed over (`chithi.org.handover`)."""

from __future__ import annotations

from django.db.models import F

from chithi.db.viewer import Viewer
from chithi.org.models import Handover, Post
from chithi.tasks.ground import note
from chithi.tasks.models import Helper, Task

_WHY = "the open tasks of a post that passes to somebody else, in an act that both sides signed"


def tasks_follow(handover: Handover, taken: Post, by: Viewer) -> None:
    """The new holder's post owns what the old one owned and has not finished. Called from `FOLLOWS`."""
    open_ones = Task.objects.everywhere(because=_WHY).filter(
        owner_post_id=handover.post_id, finished_on__isnull=True, cancelled_on__isnull=True
    )
    for task in open_ones:
        task.owner_post_id = taken.pk
        task.save(update_fields=["owner_post_id"])
        note("tasks.followed_post", by, task)
    _helping_follows(handover.post_id, taken.pk)


def _helping_follows(held_id: int, taken_id: int) -> None:
    """The new holder's post helps where the old one did with what is not finished."""
    rows = Helper.objects.everywhere(because=_WHY)
    there = list(rows.filter(post_id=taken_id).values_list("task_id", flat=True))
    running = Task.objects.everywhere(because=_WHY).filter(finished_on__isnull=True, cancelled_on__isnull=True)
    moved = rows.filter(post_id=held_id, task_id__in=running.values("pk")).exclude(task_id__in=there)
    moved.update(post_id=taken_id, version=F("version") + 1)
