"""What somebody is to do next about work calendars: reminders whose days come, lines offered to their units."""

from __future__ import annotations

from datetime import date, timedelta

from chithi.core.due import DueItem, OneStep, Said
from chithi.db.viewer import Capability, Viewer
from chithi.org.held import units_held
from chithi.routine.making import titles
from chithi.routine.models import Turn
from chithi.routine.queries import waiting
from chithi.routine.rules import LONGEST_NOTICE

MOST = 100
_SEE = Said("Xem lịch công tác", "Open the calendar")
_DONE = Said("Đã xong", "Done")
_OFFERED = Said("Xem {count} dòng lịch công tác cấp trên gợi ý", "Look at {count} calendar lines offered from above")
_CHOOSE = Said("Xem và chọn", "Look and choose")


def of_person(viewer: Viewer, today: date) -> list[DueItem]:
    """For the very units the person holds a role in, where they enter. Six queries at most."""
    units = units_held(viewer, Capability.ENTER)
    if not units:
        return []
    rows = Turn.objects.visible_to(viewer.reach(Capability.ENTER)).filter(
        unit_id__in=units, task_id__isnull=True, done_on__isnull=True, due_on__lte=today + timedelta(LONGEST_NOTICE)
    )
    turns = list(rows.order_by("due_on", "pk")[:MOST])
    lines = titles(viewer, turns) if turns else {}
    found = [
        _reminder(turn, lines[turn.line_id].title)
        for turn in turns
        if turn.line_id in lines and turn.due_on <= today + timedelta(lines[turn.line_id].remind)
    ]
    return found + [_offered(unit, count) for unit, count in sorted(waiting(viewer, units).items())]


def _reminder(turn: Turn, title: str) -> DueItem:
    step = OneStep("routine_done", (turn.pk,), _DONE, turn.version)
    return DueItem(
        "routine.remind", turn.pk, turn.unit_id, Said(title, title), turn.due_on, "routine_of",
        (turn.unit_id, turn.due_on.year), _SEE, step,
    )  # fmt: skip


def _offered(unit_id: int, count: int) -> DueItem:
    what = Said(_OFFERED.vi.format(count=count), _OFFERED.en.format(count=count))
    return DueItem("routine.offered", unit_id, unit_id, what, None, "routine_offered", (unit_id,), _CHOOSE)
