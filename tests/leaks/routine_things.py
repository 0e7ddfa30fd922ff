"""Work calendars, planted: a line, one that was taken from another, and a reminder that waits."""

from __future__ import annotations

from datetime import timedelta

from chithi.access.viewers import today
from chithi.routine.kinds import DayOff, Makes, Rhythm
from chithi.routine.models import Line, Turn
from tests.worlds import World


def calendar_of(world: World, code: str, word: str) -> dict[str, int]:
    """By the names of `Things`: calendar_line, taken_line, reminder."""
    unit, due = world.unit(code), today() + timedelta(days=3)
    said = {
        "rhythm": Rhythm.YEARLY, "month": due.month, "day": due.day, "day_off": DayOff.KEEP, "makes": Makes.REMINDER,
        "content": f"Nội dung {word}".strip(), "product": f"Sản phẩm {word}".strip(),
    }  # fmt: skip
    line = Line.objects.create(unit_id=unit, title=f"Họp thường kỳ {word}".strip(), **said)
    taken = Line.objects.create(unit_id=unit, title=f"Lấy về {word}".strip(), origin=line, origin_version=1, **said)
    turn = Turn.objects.create(unit_id=unit, line=line, slot=str(due.year), due_on=due)
    return {"calendar_line": line.pk, "taken_line": taken.pk, "reminder": turn.pk}
