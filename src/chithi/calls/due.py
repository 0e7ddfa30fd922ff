"""What somebody is to do next about requests by letter: answers that their units have still to give."""

from __future__ import annotations

from datetime import date

from chithi.calls.queries import replies_below
from chithi.core.due import DueItem, Said
from chithi.db.viewer import Capability, Viewer
from chithi.org.held import units_held

_ACT = Said("Trả lời", "Answer")


def of_person(viewer: Viewer, today: date) -> list[DueItem]:
    """Requests asked of the very units the person holds a role in, where they enter. Two queries."""
    del today
    units = units_held(viewer, Capability.ENTER)
    if not units:
        return []
    found = []
    for reply, call in replies_below(viewer, units):
        words = ("Trả lời lại: ", "Answer again: ") if reply.back_on else ("Trả lời yêu cầu: ", "Answer the request: ")
        what = Said(words[0] + call.title, words[1] + call.title)
        about = f"{reply.pk}-{reply.back_on.isoformat()}" if reply.back_on else reply.pk
        found.append(DueItem("calls.answer", about, reply.unit_id, what, call.due_on, "reply", (reply.pk,), _ACT))
    return found
