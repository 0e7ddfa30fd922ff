"""Lines of a calendar follow a post that was handed over (`chithi.org.handover`)."""

from __future__ import annotations

from chithi.db.viewer import Viewer
from chithi.org.models import Handover, Post
from chithi.routine.models import Line

_WHY = "the calendar lines of a post that passes to somebody else, in an act that both sides signed"


def lines_follow(handover: Handover, taken: Post, _by: Viewer) -> None:
    """The new holder's post owns what the old one owned. Called from `FOLLOWS`; the hand-over itself is journalled."""
    for line in Line.objects.everywhere(because=_WHY).filter(owner_post_id=handover.post_id):
        line.owner_post_id = taken.pk
        line.save(update_fields=["owner_post_id"])
