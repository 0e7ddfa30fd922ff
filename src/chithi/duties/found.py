"""Reading shortcomings within reach: the list with its filters, one with its tasks, totals of the units below."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from chithi.access.queries import account_names
from chithi.db.among import among
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Capability, Viewer
from chithi.duties import rules
from chithi.duties.kinds import Found, Remedy
from chithi.duties.models import Duty, DutyAnswer, DutyReport, Recurrence, Shortcoming
from chithi.duties.reading import one_list, readable, shortcoming_within
from chithi.duties.rules import Given
from chithi.duties.shortcomings import Worded, answer_short
from chithi.duties.standing import stands
from chithi.org.queries import MOST_ID, UnitCard, cards, in_reach, reach_below
from chithi.tasks.kinds import Origin
from chithi.tasks.models import Task
from chithi.tasks.origins import given_for
from chithi.tasks.queries import TaskLine, lines

_OF = "what belongs to shortcomings found in reach"


@dataclass(frozen=True)
class Sought:
    """Which shortcomings: of `unit` and all below it (0: the whole reach), in a state ("": all but withdrawn ones)."""

    unit: int = 0
    state: str = ""
    found: str = ""


@dataclass(frozen=True)
class ShortcomingLine:
    """A shortcoming as it is listed; `tasks` are those still wanted, `done` the accepted ones among them."""

    id: int
    version: int
    unit: UnitCard | None
    wording: str
    found: Found
    found_on: date
    state: Remedy
    tasks: int
    done: int


@dataclass(frozen=True)
class Came:
    """The report on duties that a shortcoming came out of: where it stands, and what the duty is called."""

    list_id: int
    unit_id: int
    period: str
    duty: str


@dataclass(frozen=True)
class ShortcomingPage:
    """One shortcoming with its tasks, how often it was found again, whom it was written by, what may be done."""

    row: Shortcoming
    line: ShortcomingLine
    came: Came | None
    tasks: tuple[TaskLine, ...]
    again: tuple[Recurrence, ...]
    people: dict[int, str]
    writes: bool


def shortcomings(viewer: Viewer, sought: Sought, *, page: int, size: int) -> tuple[list[ShortcomingLine], int]:
    """One page, the newest first; and how many there are. About eight queries."""
    rows = _within(viewer, sought)
    wanted = rows.order_by("-found_on", "-pk")[(page - 1) * size : page * size]
    return _lines(viewer, list(wanted)), rows.count()


def totals(viewer: Viewer, unit_id: int) -> dict[Remedy, int]:
    """How many stand in which state in a unit and all below it (0: the whole reach). One query a state."""
    return {
        state: _within(viewer, Sought(unit_id, state.value)).count() for state in Remedy if state != Remedy.WITHDRAWN
    }


def one_shortcoming(viewer: Viewer, shortcoming_id: int) -> ShortcomingPage:
    """A shortcoming in the READ reach with what belongs to it; `Absent` else. About twenty queries."""
    row = shortcoming_within(viewer, shortcoming_id, Capability.READ)
    tasks = given_for(Origin.SHORTCOMING, [row.pk]).get(row.pk, [])
    again = tuple(Recurrence.objects.everywhere(because=_OF).filter(shortcoming_id=row.pk).order_by("-on", "-pk")[:50])
    seen = Task.objects.visible_to(viewer.reach(Capability.READ)).filter(pk__in=[task.pk for task in tasks])
    return ShortcomingPage(
        row=row,
        line=_lines(viewer, [row])[0],
        came=_came(viewer, row),
        tasks=tuple(lines(viewer, list(seen.order_by("pk")), viewer.today)),
        again=again,
        people=account_names([row.by_id, *(one.by_id for one in again)]),
        writes=in_reach(viewer, row.unit_id, Capability.ENTER),
    )


def called(viewer: Viewer, shortcoming_id: int) -> str | None:
    """What a shortcoming says, for the page of a task that came out of it; None out of reach. One query."""
    rows = Shortcoming.objects.visible_to(viewer.reach(Capability.READ))
    return rows.filter(pk=shortcoming_id).values_list("wording", flat=True).first()


def wordings_of(shortcoming_ids: Collection[int]) -> dict[int, str]:
    """The words of shortcomings behind a count found in reach. One query."""
    rows = Shortcoming.objects.everywhere(because="shortcomings behind a count, which were found in reach")
    return dict(rows.filter(pk__in=among(shortcoming_ids)).values_list("pk", "wording"))


def out_of_answer(viewer: Viewer, unit_id: int, answer_id: int) -> Worded:
    """What a shortcoming that comes out of a duty answered short begins with; `Absent` else."""
    row = answer_short(viewer, unit_id, answer_id)
    report = DutyReport.objects.everywhere(because=_OF).get(pk=row.report_id)
    duty = Duty.objects.everywhere(because=_OF).get(pk=row.duty_id)
    name = one_list(viewer, report.duties_id).name
    source = f"{name}, {duty.code}"[:300]
    return Worded(row.note or duty.wording, Found.DUTY, report.submitted_on or viewer.today, source)


def _within(viewer: Viewer, sought: Sought) -> ScopedQuerySet[Shortcoming]:
    if sought.unit:
        rows = Shortcoming.objects.visible_to(reach_below(viewer, sought.unit, Capability.READ))
    else:
        rows = Shortcoming.objects.visible_to(viewer.reach(Capability.READ))
    if sought.found:
        rows = rows.filter(found=sought.found)
    if sought.state:
        return rows.filter(stands(Remedy(sought.state), viewer.today))
    return rows.filter(withdrawn_on__isnull=True)


def _lines(viewer: Viewer, rows: list[Shortcoming]) -> list[ShortcomingLine]:
    """Shortcomings found in reach, in their order. Four queries."""
    ids = [row.pk for row in rows]
    known = cards(viewer, {row.unit_id for row in rows}, viewer.today)
    tasks = given_for(Origin.SHORTCOMING, ids)
    again: dict[int, list[int]] = {}
    found = Recurrence.objects.everywhere(because=_OF).filter(shortcoming_id__in=ids)
    for shortcoming, after in found.values_list("shortcoming_id", "after_id"):
        again.setdefault(shortcoming, []).append(after)
    return [_line(row, known.get(row.unit_id), tasks.get(row.pk, []), again.get(row.pk, []), viewer.today)
            for row in rows]  # fmt: skip


def _line(row: Shortcoming, unit: UnitCard | None, tasks: list[Task], again: list[int], today: date) -> ShortcomingLine:
    given = [Given(task.pk, task.accepted_on, task.cancelled_on) for task in tasks]
    wanted = [task for task in tasks if task.cancelled_on is None]
    return ShortcomingLine(
        row.pk, row.version, unit, row.wording, Found(row.found), row.found_on,
        rules.remedy(given, again, row.withdrawn_on is not None, today),
        len(wanted), sum(task.accepted_on is not None for task in wanted),
    )  # fmt: skip


def _came(viewer: Viewer, row: Shortcoming) -> Came | None:
    """Three queries where it came out of an answer."""
    if row.answer_id is None or row.answer_id > MOST_ID:
        return None
    answer = DutyAnswer.objects.everywhere(because=_OF).get(pk=row.answer_id)
    report = DutyReport.objects.everywhere(because=_OF).get(pk=answer.report_id)
    duty = Duty.objects.everywhere(because=_OF).get(pk=answer.duty_id)
    if not readable(viewer).filter(pk=report.duties_id).exists():
        return None
    return Came(report.duties_id, report.unit_id, report.period, f"{duty.code}. {duty.wording}")
