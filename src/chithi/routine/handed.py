"""Lines of a calendar follow a post that was handed over (`chithi.org.handover`)."""

from __future__ import annotations

from chithi.db.viewer import Viewer
from chithi.org.models import Handover, Post
from chithi.routine.models import Line

_WHY = "the calendar lines of a post that passes to somebody else, in an act that both sides signed"


def lines_follow(handover: Handover, by: Viewer) -> None:
    """The new holder's post owns what the old one owned. Called from `FOLLOWS`; the hand-over itself is journalled."""
    del by
    held = Post.objects.everywhere(because=_WHY).get(pk=handover.post_id)
    posts = Post.objects.everywhere(because=_WHY).filter(
        person_id=handover.taker_id, unit_id=handover.unit_id, since=handover.on, title=held.title
    )
    taken = posts.order_by("-pk").first()
    if taken is None:
        return
    for line in Line.objects.everywhere(because=_WHY).filter(owner_post_id=held.pk):
        line.owner_post_id = taken.pk
        line.save(update_fields=["owner_post_id"])
