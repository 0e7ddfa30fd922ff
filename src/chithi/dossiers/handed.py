"""Seats follow a post that was handed over (`chithi.org.handover`)."""

from __future__ import annotations

from chithi.db.viewer import Viewer
from chithi.dossiers.models import Seat
from chithi.journal.actions import record
from chithi.org.models import Handover, Post

_WHY = "the seats of a post that passes to somebody else, in an act that both sides signed"


def seats_follow(handover: Handover, taken: Post, by: Viewer) -> None:
    """The post of the new holder sits from then on where the old one sat. Called from `FOLLOWS`."""
    for seat in Seat.objects.everywhere(because=_WHY).filter(post_id=handover.post_id, until__isnull=True):
        since = max(handover.on, seat.since)
        seat.until = since
        seat.save(update_fields=["until"])
        Seat.objects.create(
            unit_id=seat.unit_id, section_id=seat.section_id, part=seat.part, post_id=taken.pk, since=since
        )
        record("dossiers.seat_followed", by=by, unit_id=seat.unit_id, about=seat)
