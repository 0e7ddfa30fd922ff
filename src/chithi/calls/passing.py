"""Passing a request on: a unit that is asked asks the units below it the same, and composes its answer from theirs.

What is passed on is a request of the unit's own (`Call.out_of`), a draft first: it may leave lines out, add others,
choose whom it asks. Numbers of indicators are entered by each unit itself and add up the ordinary way; they are never
composed here, else they would count twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from chithi.calls import rules
from chithi.calls.answering import Value, keep
from chithi.calls.kinds import Asks
from chithi.calls.models import Call, Question, Reply
from chithi.calls.queries import answers_of, asked_of, lines, named, one_call, one_reply
from chithi.core.errors import Refused
from chithi.db.viewer import Capability, Viewer
from chithi.journal.actions import record

_OF = "what was made of an answer found in reach"


@dataclass(frozen=True)
class Gathered:
    """What the units below said to one line: how many did, the sum of their numbers, their words behind their names."""

    count: int
    total: Decimal
    words: tuple[str, ...]


@dataclass(frozen=True)
class Below:
    """A request that was passed on: how many of those asked have answered, and by the line above what they said."""

    call: Call
    came: int
    asked: int
    lines: dict[int, Gathered]


@transaction.atomic
def pass_on(*, by: Viewer, reply_id: int, due_on: date, key: UUID | None = None) -> Call:
    """A draft of the same request to the units below, due before the day above. The same key is the same draft."""
    reply = one_reply(by, reply_id, Capability.ENTER)
    above = one_call(by, reply.call_id)
    there = passed_on(reply)
    if there is not None and there.key == key:
        return there
    if problem := rules.why_not_answered(above.days(), reply.done_on):
        raise problem
    if there is not None:
        raise Refused("calls.passed_on_already")
    problem = rules.why_not_worded(above.title, due_on, by.today) or rules.why_not_earlier(due_on, above.due_on)
    if problem is not None:
        raise problem
    call = Call(
        unit_id=reply.unit_id, title=above.title, content=above.content, due_on=due_on, period=above.period,
        out_of=reply, by_id=by.user_id,
    )  # fmt: skip
    call.key = key or call.key
    call.save()
    call.must_lie_inside(by.reach(Capability.ENTER))
    for line in lines(above).questions:
        Question.objects.create(
            unit_id=call.unit_id, call=call, text=line.text, asks=line.asks, indicator_id=line.indicator_id, out_of=line
        )
    record("calls.passed_on", by=by, unit_id=call.unit_id, about=call, from_unit=above.unit_id)
    return call


def passed_on(reply: Reply) -> Call | None:
    """The request in which an answer found in reach was passed on and that still stands. One query."""
    rows = Call.objects.everywhere(because=_OF).filter(out_of_id=reply.pk, withdrawn_on__isnull=True)
    return rows.first()


def gathered(viewer: Viewer, reply: Reply) -> Below | None:
    """What the units below in reach have sent so far; None where it was not passed on. Up to eight queries."""
    call = passed_on(reply)
    if call is None:
        return None
    asked = asked_of(viewer, call)
    sent = sorted((one.reply for one in asked if one.reply.done_on is not None), key=lambda row: row.unit_id)
    units, said = named(viewer, [one for one in asked if one.reply.done_on is not None]), answers_of(sent)
    found = {}
    for line in lines(call).questions:
        rows = [(row, said[row.pk, line.pk]) for row in sent if (row.pk, line.pk) in said]
        numbers = [one.number for _row, one in rows if one.number is not None]
        words = [f"{units[row.unit_id].short_name}: {one.text}" for row, one in rows if one.text]
        if line.out_of_id is not None:
            found[line.out_of_id] = Gathered(len(rows), sum(numbers, Decimal(0)), tuple(words))
    return Below(call, len(sent), len(asked), found)


def compose(*, by: Viewer, reply_id: int, seen_version: int, said: Mapping[int, Value]) -> Reply:
    """Keep an answer with what the units below have sent: sums of their numbers, their words where none stand yet."""
    reply = one_reply(by, reply_id, Capability.ENTER)
    below = gathered(by, reply)
    if below is None or not below.came:
        raise Refused("calls.nobody_below")
    filled = dict(said)
    for line in lines(one_call(by, reply.call_id)).questions:
        told = below.lines.get(line.pk)
        if told is None or not told.count:
            continue
        if line.asks == Asks.NUMBER:
            filled[line.pk] = ("", told.total)
        elif line.asks == Asks.WORDS and not said.get(line.pk, ("", None))[0].strip():
            filled[line.pk] = (rules.as_many_as_fit(told.words), None)
    return keep(by=by, reply_id=reply_id, seen_version=seen_version, said=filled)
