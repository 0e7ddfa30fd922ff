"""Asking: a draft with its outline, sending it to chosen units with a letter, taking it back, sending answers back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from chithi.calls import rules
from chithi.calls.kinds import Asks
from chithi.calls.models import Call, Question, Reply
from chithi.calls.queries import above_of, asked_of, may_be_asked, one_call, one_reply, one_to_write, period_of
from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import read_period
from chithi.db.viewer import Capability, Viewer
from chithi.directives import actions as directives
from chithi.directives.heirs import carried_on
from chithi.directives.kinds import Standing
from chithi.directives.models import Directive
from chithi.directives.rules import MOST_RECIPIENTS, Written, is_asked
from chithi.indicators.stated import looked_at
from chithi.journal.actions import record
from chithi.org.models import Unit, UnitState, valid_on
from chithi.org.places import reach_tree
from chithi.org.queries import in_reach
from chithi.registry.kinds import DocumentKind
from chithi.text.vietnamese import clean

_OF = "what belongs to a request found in reach"
_SENT = "whether this very form was sent before"
_WHOM = "units below one that is found in reach, by their kinds"


@dataclass(frozen=True)
class Said:
    """What a request says; `period` as people write it, "" where no figure of an indicator is asked for."""

    title: str
    due_on: date
    content: str = ""
    period: str = ""


@dataclass(frozen=True)
class Whom:
    """Who is asked: kinds of units below (`chithi.org.kinds.Expected`), and units by name."""

    kinds: tuple[str, ...] = ()
    units: tuple[int, ...] = ()


@dataclass(frozen=True)
class Letter:
    """The letter a request goes out with: one that is out already, or number and date as they stand on the paper."""

    directive: int | None = None
    sign: str = ""
    dated: date | None = None


@transaction.atomic
def draft(*, by: Viewer, unit_id: int, said: Said, key: UUID | None = None) -> Call:
    """A request that has not gone out, seen by those who enter for the unit. The same key is the same request."""
    if not in_reach(by, unit_id, Capability.ENTER):
        raise Absent("org.no_unit", unit=unit_id)
    sent = Call.objects.everywhere(because=_SENT).filter(key=key).first() if key is not None else None
    if sent is not None:
        return one_to_write(by, sent.pk)
    call = Call(unit_id=unit_id, by_id=by.user_id)
    call.key = key or call.key
    _word(by, call, said)
    call.save()
    call.must_lie_inside(by.reach(Capability.ENTER))
    record("calls.drafted", by=by, unit_id=unit_id, about=call)
    return call


@transaction.atomic
def change(*, by: Viewer, call_id: int, seen_version: int, said: Said) -> Call:
    """Word a draft otherwise. Lines that ask for indicators keep their period's meaning or are refused."""
    call = _draft_seen(by, call_id, seen_version)
    _word(by, call, said)
    rows = Question.objects.everywhere(because=_OF).filter(call_id=call.pk, indicator_id__isnull=False)
    known = {one.indicator.pk for one in may_be_asked(period_of(call))}
    if any(row.indicator_id not in known for row in rows):
        raise Refused("calls.no_period", field="period")
    call.save()
    record("calls.changed", by=by, unit_id=call.unit_id, about=call)
    return call


@transaction.atomic
def add_question(
    *, by: Viewer, call_id: int, text: str, asks: Asks, indicator: int | None = None, key: UUID | None = None
) -> Question:
    """One more line of a draft's outline, at its end. The draft counts as changed: it cannot go out meanwhile.

    The same key is the same line.
    """
    call = _draft_seen(by, call_id, None)
    if key is not None:
        sent = Question.objects.visible_to(by.reach(Capability.ENTER)).filter(key=key, call_id=call.pk).first()
        if sent is not None:
            return sent
    said = clean(text).strip()[:500]
    if asks is Asks.INDICATOR:
        known = {one.indicator.pk: one for one in may_be_asked(period_of(call))}
        if indicator not in known:
            raise Refused("calls.no_period", field="asks")
        said = said or known[indicator].name(by.language)
    if not said:
        raise Refused("calls.no_text", field="text")
    rows = Question.objects.everywhere(because=_OF).filter(call_id=call.pk)
    if rows.count() >= rules.MOST_QUESTIONS:
        raise Refused("calls.too_many", most=rules.MOST_QUESTIONS)
    wanted = indicator if asks is Asks.INDICATOR else None
    call.save()
    made = Question(unit_id=call.unit_id, call=call, text=said, asks=asks.value, indicator_id=wanted)
    made.key = key or made.key
    made.save()
    made.must_lie_inside(by.reach(Capability.ENTER))
    record("calls.changed", by=by, unit_id=call.unit_id, about=call)
    return made


@transaction.atomic
def drop_question(*, by: Viewer, question_id: int, seen_version: int) -> Call:
    """Take a line out of a draft's outline."""
    row = Question.objects.visible_to(by.reach(Capability.ENTER)).filter(pk=question_id).first()
    if row is None:
        raise Absent("calls.no_call", question=question_id)
    call = _draft_seen(by, row.call_id, None)
    if row.version != seen_version:
        raise Stale("db.stale", kind="question")
    call.save()
    row.delete()
    record("calls.changed", by=by, unit_id=call.unit_id, about=call)
    return call


@transaction.atomic
def discard(*, by: Viewer, call_id: int, seen_version: int) -> None:
    """Throw a draft away, with its outline."""
    call = _draft_seen(by, call_id, seen_version)
    Question.objects.everywhere(because=_OF).filter(call_id=call.pk).delete()
    record("calls.discarded", by=by, unit_id=call.unit_id, about=call)
    call.delete()


@transaction.atomic
def send(*, by: Viewer, call_id: int, seen_version: int, whom: Whom, letter: Letter) -> Call:
    """Let a request go out: every unit asked finds it in its work from now on."""
    call = _draft_seen(by, call_id, seen_version)
    questions = Question.objects.everywhere(because=_OF).filter(call_id=call.pk).count()
    if problem := rules.why_not_sent(call.days(), questions, by.today):
        raise problem
    units = _asked(by, call.unit_id, whom)
    call.directive_id = _letter(by, call, letter, units)
    call.sent_on = by.today
    call.save()
    Reply.objects.bulk_create((Reply(unit_id=unit, call=call) for unit in units), batch_size=300)
    call.must_lie_inside(by.reach(Capability.ENTER))
    record("calls.sent", by=by, unit_id=call.unit_id, about=call, asked=len(units))
    return call


@transaction.atomic
def withdraw(*, by: Viewer, call_id: int, seen_version: int, why: str) -> Call:
    """Take a request back: nobody need answer any more; what was answered stays."""
    call = one_to_write(by, call_id)
    said = clean(why).strip()[:300]
    if call.version != seen_version:
        raise Stale("db.stale", kind="call")
    if call.sent_on is None:
        raise Refused("calls.still_draft")
    if call.withdrawn_on is not None:
        raise Refused("calls.withdrawn", day=call.withdrawn_on)
    if not said:
        raise Refused("calls.no_reason", field="why")
    call.withdrawn_on, call.withdrawn_why = by.today, said
    call.save()
    record("calls.withdrawn", by=by, unit_id=call.unit_id, about=call)
    return call


@transaction.atomic
def send_back(*, by: Viewer, reply_id: int, seen_version: int, why: str) -> Reply:
    """An answer is not good enough: its unit answers again. Done by whoever enters for the asking unit."""
    reply = one_reply(by, reply_id)
    call = one_to_write(by, reply.call_id)
    said = clean(why).strip()[:500]
    if reply.version != seen_version:
        raise Stale("db.stale", kind="reply")
    if reply.done_on is None:
        raise Refused("calls.not_answered")
    if call.withdrawn_on is not None:
        raise Refused("calls.withdrawn", day=call.withdrawn_on)
    if not said:
        raise Refused("calls.no_reason", field="why")
    reply.done_on, reply.back_on, reply.back_why = None, by.today, said
    reply.save()
    record("calls.sent_back", by=by, unit_id=reply.unit_id, about=reply, from_unit=call.unit_id)
    return reply


def remind(*, by: Viewer, call_id: int, key: UUID | None = None) -> Directive:
    """A draft of a letter to every unit that is overdue, to be read over and issued. Words are Vietnamese.

    For a unit that closed it goes to the one that carries its work on. The same key is the same letter.
    """
    call = one_to_write(by, call_id)
    missing = [one.reply.unit_id for one in asked_of(by, one_call(by, call.pk)) if one.how is Standing.MISSING]
    heirs = carried_on(reach_tree(by.today), missing)
    late = list(dict.fromkeys(heirs.get(unit, unit) for unit in missing))
    if not late or call.withdrawn_on is not None:
        raise Refused("directives.nobody_late")
    if len(late) > MOST_RECIPIENTS:
        raise Refused("directives.too_many_late", count=len(late), most=MOST_RECIPIENTS)
    due, today = (f"{day:%d/%m/%Y}" for day in (call.due_on, by.today))
    written = Written(
        kind=DocumentKind.LETTER.value,
        summary=f"Về việc đôn đốc báo cáo: {call.title}"[:300],
        abstract=(
            f"Hạn trả lời là ngày {due}. Đến ngày {today}, các đơn vị có tên trong phần nơi nhận chưa trả lời. "
            f"Đề nghị các đơn vị trả lời ngay trên hệ thống."
        ),
        recipients=tuple(late),
    )
    return directives.draft(by=by, unit_id=call.unit_id, written=written, key=key)


def _draft_seen(by: Viewer, call_id: int, seen_version: int | None) -> Call:
    call = one_to_write(by, call_id)
    if seen_version is not None and call.version != seen_version:
        raise Stale("db.stale", kind="call")
    if problem := rules.why_not_changed(call.days()):
        raise problem
    return call


def _word(by: Viewer, call: Call, said: Said) -> None:
    title = clean(said.title).strip()[:300]
    problem = rules.why_not_worded(title, said.due_on, by.today)
    if problem is None and call.out_of_id is not None:
        problem = rules.why_not_earlier(said.due_on, above_of(call)[1].due_on)
    if problem is not None:
        raise problem
    call.title, call.due_on = title, said.due_on
    call.content = clean(said.content).strip()[: rules.LONGEST_CONTENT]
    typed = said.period.strip()
    call.period = looked_at(read_period(typed), by.today).code if typed else ""


def _asked(by: Viewer, unit_id: int, whom: Whom) -> list[int]:
    """The units below that are of the kinds asked, and those named."""
    tree = reach_tree(by.today)
    branch = tree.reach_of([unit_id])
    states = UnitState.objects.visible_to(branch).filter(valid_on(by.today)).exclude(unit_id=unit_id)
    rows = list(states.values_list("unit_id", "is_cell", "is_grassroots", "kind")) if whom.kinds else []
    found = {unit for unit, cell, base, kind in rows if any(is_asked(one, cell, base, kind) for one in whom.kinds)}
    for named in whom.units:
        if named == unit_id or not tree.holds(unit_id, named):
            raise Refused("calls.not_below", field="units")
        found.add(named)
    closed = Unit.objects.everywhere(because=_WHOM).filter(pk__in=whom.units, closed_on__isnull=False)
    if closed.exists():
        raise Refused("calls.not_below", field="units")
    if not found:
        raise Refused("calls.nobody", field="kinds")
    if len(found) > rules.MOST_ASKED:
        raise Refused("calls.too_many_asked", field="kinds", count=len(found), most=rules.MOST_ASKED)
    return sorted(found)


def _letter(by: Viewer, call: Call, letter: Letter, units: Collection[int]) -> int:
    """The id of the letter: one of the unit's own that is out, the one above of what is passed on, or a new one."""
    if letter.directive is not None:
        if call.out_of_id is not None and letter.directive == above_of(call)[1].directive_id:
            return letter.directive
        rows = Directive.objects.visible_to(by.reach(Capability.ENTER)).filter(
            pk=letter.directive, unit_id=call.unit_id, is_draft=False, withdrawn_on__isnull=True
        )
        if not rows.exists():
            raise Absent("directives.no_document", field="directive")
        return letter.directive
    if not letter.sign.strip():
        raise Refused("calls.no_letter", field="sign")
    written = Written(
        kind=DocumentKind.LETTER.value, summary=call.title, abstract=call.content, sign=letter.sign,
        dated=letter.dated or by.today, recipients=tuple(units) if len(units) <= MOST_RECIPIENTS else (),
    )  # fmt: skip
    return directives.enter(by=by, unit_id=call.unit_id, written=written).pk
