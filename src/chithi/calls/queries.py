"""Reading requests and answers: a unit's own and those asked of it, how those asked stand, what they say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from chithi.calls.kinds import Asks
from chithi.calls.models import Answer, Call, Question, Reply
from chithi.core.errors import Absent
from chithi.core.periods import Period, parse
from chithi.db.guard import ScopedQuerySet
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.directives.heirs import beneath, carried_on
from chithi.directives.kinds import Standing
from chithi.directives.rules import days_late, standing
from chithi.indicators.meanings import Meaning, meanings
from chithi.indicators.models import Figure
from chithi.indicators.stated import live_entered
from chithi.org.models import UnitState
from chithi.org.places import reach_tree
from chithi.org.queries import MOST_ID, UnitCard, cards

PAGE, MOST_WAITING = 50, 400
_ASKED = "a request that went out is read by whoever reads a unit that it asks; the condition says so"
_OF = "what belongs to a request found readable"


@dataclass(frozen=True)
class Asked:
    """A unit that is asked: how it stands, when its answer came, by how many days it is late."""

    reply: Reply
    how: Standing
    days: int


@dataclass(frozen=True)
class Lines:
    """The outline of a request, with what each indicator in it means."""

    questions: tuple[Question, ...]
    meanings: dict[int, Meaning]


def calls_of(viewer: Viewer, page: int) -> tuple[list[Call], int]:
    """One page of the requests the viewer may read, the newest first; and how many. Three queries."""
    rows = readable(viewer)
    start = (page - 1) * PAGE
    return list(rows.order_by("-pk")[start : start + PAGE]), rows.count()


def readable(viewer: Viewer) -> ScopedQuerySet[Call]:
    """Requests of units in the READ reach that went out, drafts where one writes, and those asked of units in reach."""
    rows = Call.objects.everywhere(because=_ASKED)
    read, enter = viewer.reach(Capability.READ), viewer.reach(Capability.ENTER)
    asked = Reply.objects.visible_to(read).values("call_id")
    out = Q(sent_on__isnull=False)
    return rows.filter(out & (_inside(read) | Q(pk__in=asked)) | Q(sent_on__isnull=True) & _inside(enter))


def _inside(reach: Reach) -> Q:
    if reach.is_empty:
        return Q(pk__in=[])
    return Q(pk__isnull=False) if reach.is_everything else Call.reach_condition(reach)


def one_call(viewer: Viewer, call_id: int) -> Call:
    """A request that may be read; `Absent` else. One query."""
    found = readable(viewer).filter(pk=call_id).first() if 0 < call_id <= MOST_ID else None
    if found is None:
        raise Absent("calls.no_call", call=call_id)
    return found


def above_of(call: Call) -> tuple[Reply, Call]:
    """Of a request that was passed on, found in reach: the answer it is for, and the request above. Two queries."""
    reply = Reply.objects.everywhere(because=_OF).get(pk=call.out_of_id or 0)
    return reply, Call.objects.everywhere(because=_OF).get(pk=reply.call_id)


def one_to_write(viewer: Viewer, call_id: int) -> Call:
    """A request of a unit the viewer enters for; `Absent` else. One query."""
    rows = Call.objects.visible_to(viewer.reach(Capability.ENTER))
    found = rows.filter(pk=call_id).first() if 0 < call_id <= MOST_ID else None
    if found is None:
        raise Absent("calls.no_call", call=call_id)
    return found


def one_reply(viewer: Viewer, reply_id: int, capability: Capability = Capability.READ) -> Reply:
    """An answer of a unit in the reach of a capability; `Absent` else. One query."""
    rows = Reply.objects.visible_to(viewer.reach(capability))
    found = rows.filter(pk=reply_id).first() if 0 < reply_id <= MOST_ID else None
    if found is None:
        raise Absent("calls.no_call", reply=reply_id)
    return found


def lines(call: Call) -> Lines:
    """The outline of a request found readable. Up to four queries."""
    rows = tuple(Question.objects.everywhere(because=_OF).filter(call_id=call.pk).order_by("pk"))
    wanted = {row.indicator_id for row in rows if row.indicator_id is not None}
    period = period_of(call)
    found = meanings(period=period) if wanted and period is not None else []
    return Lines(rows, {one.indicator.pk: one for one in found if one.indicator.pk in wanted})


def period_of(call: Call) -> Period | None:
    """The period a request asks figures for."""
    return parse(call.period) if call.period else None


def may_be_asked(period: Period | None) -> list[Meaning]:
    """Indicators whose figures units enter by hand for such a period."""
    if period is None:
        return []
    return [one for one in meanings(period=period) if not one.numerator.recorded and one.spoken_in(period)]


def asked_of(viewer: Viewer, call: Call) -> list[Asked]:
    """The units in reach that a request asks, the latest first. One query, whatever their number.

    A closed unit whose heir is asked too need not answer any more, and is left out.
    """
    rows = list(Reply.objects.visible_to(viewer.reach(Capability.READ)).filter(call_id=call.pk).order_by("pk"))
    moot = moot_among([(row.call_id, row.unit_id, row.done_on) for row in rows], viewer.today)
    found = [
        Asked(row, how_of(row, call, viewer.today), days_late(came(row), call.due_on, viewer.today))
        for row in rows
        if (row.call_id, row.unit_id) not in moot
    ]
    return sorted(found, key=lambda one: -one.days)


def moot_among(asked: Collection[tuple[int, int, date | None]], today: date) -> set[tuple[int, int]]:
    """Of (request, unit, day of the answer) those not answered whose unit closed into one that is asked too."""
    waiting = {unit for _call, unit, done_on in asked if done_on is None}
    heirs = carried_on(reach_tree(today), waiting)
    there = {(call, unit) for call, unit, _done in asked}
    return {
        (call, unit)
        for call, unit, done_on in asked
        if done_on is None and unit in heirs and (call, heirs[unit]) in there
    }


def came(reply: Reply) -> date | None:
    """The day an answer came; None while it is not there, also where it was sent back."""
    return None if reply.done_on is None else reply.first_on or reply.done_on


def how_of(reply: Reply, call: Call, today: date) -> Standing:
    """How a unit stands that is asked."""
    return standing(came(reply), call.due_on, today)


def replies_below(viewer: Viewer, unit_ids: Collection[int]) -> list[tuple[Reply, Call]]:
    """What these units in reach, and closed ones whose work they carry on, have still to answer. Two queries.

    Three where some of them closed.
    """
    units = {*unit_ids, *beneath(reach_tree(viewer.today), unit_ids)}
    standing = Call.objects.everywhere(because=_OF).filter(withdrawn_on__isnull=True)
    rows = Reply.objects.visible_to(viewer.reach(Capability.ENTER)).filter(
        unit_id__in=units, done_on__isnull=True, call_id__in=standing.values("pk")
    )
    found = list(rows.order_by("pk")[:MOST_WAITING])
    moot = _moot_beside_heirs(found, viewer.today)
    known = {call.pk: call for call in standing.filter(pk__in={row.call_id for row in found})}
    return [(row, known[row.call_id]) for row in found if (row.call_id, row.unit_id) not in moot]


def _moot_beside_heirs(waiting: Collection[Reply], today: date) -> set[tuple[int, int]]:
    """Of answers that wait, those of closed units whose heir is asked too, wherever its own answer stands."""
    heirs = carried_on(reach_tree(today), {row.unit_id for row in waiting})
    if not heirs:
        return set()
    theirs = Reply.objects.everywhere(because=_OF).filter(
        call_id__in={row.call_id for row in waiting}, unit_id__in=set(heirs.values())
    )
    there = list(theirs.values_list("call_id", "unit_id", "done_on"))
    return moot_among([*there, *((row.call_id, row.unit_id, row.done_on) for row in waiting)], today)


def answers_of(replies: Collection[Reply]) -> dict[tuple[int, int], Answer]:
    """What these answers say by (reply, question). One query."""
    rows = Answer.objects.everywhere(because=_OF).filter(reply_id__in=[row.pk for row in replies])
    return {(row.reply_id, row.question_id): row for row in rows}


def stated(viewer: Viewer, reply: Reply, call: Call) -> dict[int, Figure]:
    """The unit's own live figures of the request's period by measure. Two queries."""
    period = period_of(call)
    if period is None:
        return {}
    found = live_entered(viewer, reply.unit_id, period)
    return {measure: figure for (measure, member), figure in found.items() if not member}


def askers(calls: Collection[Call], today: date) -> dict[int, str]:
    """The short names of the units that ask: whoever is asked is told by whom. One query."""
    states = UnitState.objects.everywhere(because=_OF)
    rows = states.filter(unit_id__in={call.unit_id for call in calls}, since__lte=today).order_by("since")
    return dict(rows.values_list("unit_id", "short_name"))


def counts(viewer: Viewer, calls: Collection[Call]) -> dict[int, tuple[int, int]]:
    """Of each request: how many of the units in reach that it asks have answered, and of how many. One query.

    As many as `asked_of` lists.
    """
    rows = Reply.objects.visible_to(viewer.reach(Capability.READ)).filter(call_id__in=[call.pk for call in calls])
    told = list(rows.values_list("call_id", "unit_id", "done_on"))
    moot, found = moot_among(told, viewer.today), dict[int, tuple[int, int]]()
    for call_id, unit_id, done in told:
        if (call_id, unit_id) in moot:
            continue
        came_in, asked = found.get(call_id, (0, 0))
        found[call_id] = (came_in + (done is not None), asked + 1)
    return found


def named(viewer: Viewer, asked: Collection[Asked]) -> dict[int, UnitCard]:
    """The cards of units that are asked. Two queries."""
    return cards(viewer, [one.reply.unit_id for one in asked], viewer.today)


def asks_of(question: Question) -> Asks:
    """What a line asks for."""
    return Asks(question.asks)
