"""Answering: line by line, kept while it is written, sent once it is whole.

Figures of indicators are entered the ordinary way as the answer is sent (`chithi.indicators.actions.enter`): they count
in totals, are traced and may be replaced as any other. Numbers that belong to no indicator stay in the answer alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from chithi.calls import rules
from chithi.calls.kinds import Asks
from chithi.calls.models import Answer, Call, Question, Reply
from chithi.calls.queries import Lines, answers_of, lines, one_call, one_reply, period_of, stated
from chithi.core.errors import Refused, Stale
from chithi.core.numbers import from_fixed, to_fixed
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.actions import Saying, Slot, enter
from chithi.journal.actions import record
from chithi.text.vietnamese import clean

Value = tuple[str, Decimal | None]
"""What is said to one line: words, or a number."""


@transaction.atomic
def keep(*, by: Viewer, reply_id: int, seen_version: int, said: Mapping[int, Value]) -> Reply:
    """Keep what is written so far, whole or not; only its own unit and those above see it."""
    reply, _call, outline = _open(by, reply_id, seen_version)
    reply.save()  # first: whoever keeps the same answer at the same time is told so
    _store(reply, outline, said)
    return reply


@transaction.atomic
def submit(*, by: Viewer, reply_id: int, seen_version: int, said: Mapping[int, Value]) -> Reply:
    """Send a whole answer. Every line must be answered; figures of indicators are entered."""
    reply, call, outline = _open(by, reply_id, seen_version)
    reply.done_on = by.today
    reply.first_on = reply.first_on or by.today
    reply.by_id = by.user_id
    reply.save()
    values = _store(reply, outline, said)
    left = rules.unanswered([(one.pk, Asks(one.asks)) for one in outline.questions], values)
    if left:
        raise Refused("calls.unanswered", count=len(left))
    for question in outline.questions:
        if question.indicator_id is not None:
            _state(by, reply, call, outline, question, values[question.pk][1] or Decimal(0))
    reply.must_lie_inside(by.reach(Capability.ENTER))
    record("calls.answered", by=by, unit_id=reply.unit_id, about=reply, **by.acting_from(reply.unit_id))
    return reply


def _open(by: Viewer, reply_id: int, seen_version: int) -> tuple[Reply, Call, Lines]:
    reply = one_reply(by, reply_id, Capability.ENTER)
    if reply.version != seen_version:
        raise Stale("db.stale", kind="reply")
    call = one_call(by, reply.call_id)
    if problem := rules.why_not_answered(call.days(), reply.done_on):
        raise problem
    return reply, call, lines(call)


def _store(reply: Reply, outline: Lines, said: Mapping[int, Value]) -> dict[int, Value]:
    """Store what changed; what every line says now."""
    kept = answers_of([reply])
    values: dict[int, Value] = {}
    for question in outline.questions:
        row = kept.get((reply.pk, question.pk)) or Answer(unit_id=reply.unit_id, reply=reply, question=question)
        before = (row.text, row.number)
        asks = Asks(question.asks)
        if question.pk in said:
            text, number = said[question.pk]
            row.text = clean(text).strip() if asks is Asks.WORDS else ""
            row.number = None if asks is Asks.WORDS else number
            if problem := rules.why_not_said(asks, row.text, row.number):
                raise Refused(problem.code, field=f"line_{question.pk}", **problem.facts)
        if (row.text, row.number) != before or (row._state.adding and question.pk in said):
            row.save()
        values[question.pk] = (row.text, row.number)
    return values


def _state(by: Viewer, reply: Reply, call: Call, outline: Lines, question: Question, number: Decimal) -> None:
    """Enter the figure of an indicator, unless the unit has stated the very same already."""
    period, meaning = period_of(call), outline.meanings.get(question.indicator_id or 0)
    if period is None or meaning is None:
        raise Refused("calls.no_period", field=f"line_{question.pk}")
    measure = meaning.numerator
    live = stated(by, reply, call).get(measure.id)
    try:
        value = to_fixed(number, measure.scale)
        if live is not None and live.value == value:
            return
        slot = Slot(unit_id=reply.unit_id, measure_id=measure.id, period=period)
        enter(by=by, slot=slot, saying=Saying(value), seen=live.pk if live else None, why=call.title)
    except Stale:
        raise
    except Refused as problem:
        raise Refused(problem.code, field=f"line_{question.pk}", **problem.facts) from problem


def known_number(viewer: Viewer, reply: Reply, call: Call, outline: Lines) -> dict[int, Decimal]:
    """What the unit has stated already for the indicators asked, by question. Two queries."""
    live = stated(viewer, reply, call) if outline.meanings else {}
    found = {}
    for question in outline.questions:
        meaning = outline.meanings.get(question.indicator_id or 0)
        figure = live.get(meaning.numerator.id) if meaning else None
        if meaning is not None and figure is not None and figure.value is not None:
            found[question.pk] = from_fixed(figure.value, meaning.numerator.scale)
    return found
