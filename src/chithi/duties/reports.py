"""Reporting on duties: answered, submitted, sent back. A unit answers for itself; the level above sends back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import Period, parse
from chithi.db.viewer import Capability, Viewer
from chithi.duties import rules
from chithi.duties.kinds import Answer, Rhythm
from chithi.duties.models import Duty, DutyAnswer, DutyList, DutyReport, Shortcoming
from chithi.duties.reading import asks, one_list, report_within
from chithi.duties.rules import Said
from chithi.freshness.actions import mark
from chithi.journal.actions import record
from chithi.org.places import reach_tree
from chithi.org.queries import in_reach
from chithi.text.vietnamese import clean

_OF = "what belongs to a report on duties found in reach"


@dataclass(frozen=True)
class Place:
    """Which report: of a unit, on a list, for a period by its code."""

    unit_id: int
    list_id: int
    period: str


@transaction.atomic
def answer(
    *, by: Viewer, place: Place, seen_version: int | None, said: Mapping[int, Said], submit: bool = False
) -> DutyReport:
    """Keep what a unit in the ENTER reach says, by the ids of the duties; submitted by whoever confirms for it.

    `seen_version` is None where nobody had begun. A report that was submitted is changed only once it was sent back.
    """
    needs = Capability.CONFIRM if submit else Capability.ENTER
    if not in_reach(by, place.unit_id, needs):
        if submit and in_reach(by, place.unit_id, Capability.ENTER):
            raise Refused("duties.submits_not")
        raise Absent("org.no_unit", unit=place.unit_id)
    duties = one_list(by, place.list_id)
    period = period_asked(by, duties, place)
    if not rules.belongs(period, duties.since, duties.until):
        raise Absent("duties.not_asked")
    _hold_if_first(duties.pk)
    known = list(Duty.objects.everywhere(because=_OF).filter(duties_id=duties.pk).order_by("order", "pk"))
    if said.keys() - {one.pk for one in known}:
        raise Stale("db.stale", kind="dutylist")
    cleaned = {one.pk: _cleaned(said.get(one.pk, Said(None))) for one in known}
    problem = (rules.why_not_submitted if submit else rules.why_not_answers)(cleaned)
    if problem:
        raise problem
    row = _begun(by, place, period, seen_version)
    if submit:
        row.submitted_on, row.submitted_by_id = by.today, by.user_id
        row.returned_on, row.returned_by_id, row.returned_why = None, None, ""
    row.save()
    row.must_lie_inside(by.reach(needs))
    _keep(row, cleaned)
    _note("duties.submitted" if submit else "duties.answered", by, row)
    return row


@transaction.atomic
def send_back(*, by: Viewer, report_id: int, seen_version: int, reason: str) -> DutyReport:
    """Give a report back with a reason: done by the level above; for anybody else there is nothing to give back."""
    row = _to_decide(by, report_id, seen_version)
    if not may_send_back(by, row):
        raise Absent("duties.no_report")
    said = clean(reason).strip()[:500]
    if not said:
        raise Refused("duties.no_reason", field="reason")
    row.submitted_on = row.submitted_by_id = None
    row.returned_on, row.returned_by_id, row.returned_why = by.today, by.user_id, said
    row.save()
    _note("duties.sent_back", by, row)
    return row


@transaction.atomic
def take_back(*, by: Viewer, report_id: int, seen_version: int) -> DutyReport:
    """The opposite of submitting: whoever confirms for the unit writes on."""
    row = _to_decide(by, report_id, seen_version)
    row.submitted_on = row.submitted_by_id = None
    row.save()
    _note("duties.taken_back", by, row)
    return row


def may_send_back(viewer: Viewer, row: DutyReport) -> bool:
    """Whether the viewer confirms for a unit above the one that reports; at the very top, for the unit itself."""
    tree = reach_tree(viewer.today)
    at = tree.find(row.unit_id)
    if at is None:
        return False
    above = tree.shape.ancestors(at)
    unit = int(tree.shape.unit_ids[above[0]]) if len(above) else row.unit_id
    return in_reach(viewer, unit, Capability.CONFIRM)


def period_asked(viewer: Viewer, duties: DutyList, place: Place) -> Period:
    """The period of a report that is open today, or was begun; `Absent` where the list asks no such thing."""
    period = parse(place.period)
    if _stored(place) is not None:
        return period
    open_ones = rules.periods_open(Rhythm(duties.rhythm), duties.since, duties.until, viewer.today)
    asked = not duties.is_draft and asks(duties, place.unit_id, min(period.last, viewer.today))
    if not asked or period not in open_ones:
        raise Absent("duties.not_asked")
    return period


def _hold_if_first(list_id: int) -> None:
    """Nobody words a list anew while the first report on it begins; where one has begun, nobody does any more."""
    if not DutyReport.objects.everywhere(because=_OF).filter(duties_id=list_id).exists():
        DutyList.objects.everywhere(because=_OF).select_for_update().get(pk=list_id)


def _stored(place: Place) -> DutyReport | None:
    rows = DutyReport.objects.everywhere(because=_OF)
    return rows.filter(unit_id=place.unit_id, duties_id=place.list_id, period=place.period).first()


def _begun(by: Viewer, place: Place, period: Period, seen_version: int | None) -> DutyReport:
    row = _stored(place)
    if row is None:
        try:
            with transaction.atomic():
                return DutyReport.objects.create(
                    unit_id=place.unit_id, duties_id=place.list_id, period=period.code, last=period.last
                )
        except IntegrityError as problem:
            raise Stale("db.stale", kind="dutyreport") from problem
    if row.submitted_on is not None:
        raise Refused("duties.submitted_already", day=row.submitted_on)
    if row.version != seen_version:
        raise Stale("db.stale", kind="dutyreport")
    return row


def _cleaned(said: Said) -> Said:
    return Said(said.answer, clean(said.note).strip()[:500], clean(said.evidence).strip()[:300])


def _keep(row: DutyReport, said: Mapping[int, Said]) -> None:
    there = {one.duty_id: one for one in DutyAnswer.objects.everywhere(because=_OF).filter(report_id=row.pk)}
    for duty_id, one in said.items():
        kept = there.get(duty_id)
        if one.answer is None:
            if kept is not None:
                _forget(kept)
            continue
        if kept is None:
            kept = DutyAnswer(unit_id=row.unit_id, report=row, duty_id=duty_id)
        elif (kept.answer, kept.note, kept.evidence) == (one.answer.value, one.note, one.evidence):
            continue
        kept.answer, kept.note, kept.evidence = Answer(one.answer).value, one.note, one.evidence
        kept.save()


def _forget(kept: DutyAnswer) -> None:
    """Take an answer away, unless a shortcoming came out of it."""
    if Shortcoming.objects.everywhere(because=_OF).filter(answer_id=kept.pk).exists():
        raise Refused("duties.has_shortcoming")
    kept.delete()


def _to_decide(by: Viewer, report_id: int, seen_version: int) -> DutyReport:
    row = report_within(by, report_id, Capability.CONFIRM)
    if row.version != seen_version:
        raise Stale("db.stale", kind="dutyreport")
    if row.submitted_on is None:
        raise Refused("duties.not_submitted")
    return row


def _note(verb: str, by: Viewer, row: DutyReport) -> None:
    record(verb, by=by, unit_id=row.unit_id, about=row, period=row.period, **by.acting_from(row.unit_id))
    mark({row.unit_id}, first=row.last)
