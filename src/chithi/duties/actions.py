"""Lists of duties: drafted, worded, issued, followed by a newer version, ended. Done by whoever writes for the unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.viewer import Capability, Viewer
from chithi.directives.rules import kept
from chithi.duties import rules
from chithi.duties.kinds import Rhythm
from chithi.duties.models import Duty, DutyList, DutyReport
from chithi.duties.reading import list_to_write
from chithi.duties.rules import DutySaid
from chithi.freshness.actions import mark
from chithi.journal.actions import record
from chithi.org.queries import in_reach
from chithi.tasks.directing import directive_for
from chithi.text.vietnamese import clean

_OF = "what belongs to a list of duties found in reach"


@dataclass(frozen=True)
class ListSaid:
    """What is said of a list; `expects` are the kinds of units that report."""

    name: str
    expects: tuple[str, ...]
    rhythm: Rhythm
    since: date
    sign: str = ""
    directive: int | None = None


@transaction.atomic
def draft(
    *, by: Viewer, unit_id: int, said: ListSaid, duties: tuple[DutySaid, ...], key: UUID | None = None
) -> DutyList:
    """A new list of a unit in the doer's ENTER reach, a draft; the same key is the same list."""
    if not in_reach(by, unit_id, Capability.ENTER):
        raise Absent("org.no_unit", field="unit", unit=unit_id)
    if key is not None:
        sent = DutyList.objects.visible_to(by.reach(Capability.ENTER)).filter(key=key).first()
        if sent is not None:
            return sent
    made = DutyList(unit_id=unit_id, by_id=by.user_id)
    if key is not None:
        made.key = key
    _word(by, made, said, duties)
    made.must_lie_inside(by.reach(Capability.ENTER))
    _note("duties.list_drafted", by, made)
    return made


@transaction.atomic
def change(*, by: Viewer, list_id: int, seen_version: int, said: ListSaid, duties: tuple[DutySaid, ...]) -> DutyList:
    """Word a list anew, as long as no unit has begun to report on it; then only a new version may differ."""
    row = _to_write(by, list_id, seen_version)
    if DutyReport.objects.everywhere(because=_OF).filter(duties_id=row.pk).exists():
        raise Refused("duties.reported_on")
    began = row.since
    _word(by, row, said, duties)
    if not row.is_draft:
        _must_come_after(row, began)
    _note("duties.list_changed", by, row)
    return row


@transaction.atomic
def issue(*, by: Viewer, list_id: int, seen_version: int) -> DutyList:
    """A draft goes out: those below read it and report. The version before ends where it begins."""
    row = _to_write(by, list_id, seen_version)
    if not row.is_draft:
        raise Refused("duties.issued_already")
    if not Duty.objects.everywhere(because=_OF).filter(duties_id=row.pk).exists():
        raise Refused("duties.no_duty")
    row.is_draft = False
    row.save()
    _must_come_after(row)
    _note("duties.list_issued", by, row, since=row.since.isoformat())
    return row


@transaction.atomic
def next_version(*, by: Viewer, list_id: int, seen_version: int) -> DutyList:
    """A draft that is to follow a list, with the same duties to begin with; where there is one, that one."""
    row = _to_write(by, list_id, seen_version)
    if row.is_draft:
        raise Refused("duties.still_a_draft")
    rows = DutyList.objects.everywhere(because=_OF)
    there = rows.filter(follows_id=row.pk).first()
    if there is not None:
        return there
    made = DutyList.objects.create(
        unit_id=row.unit_id, name=row.name, sign=row.sign, directive_id=row.directive_id, expects=row.expects,
        rhythm=row.rhythm, since=max(by.today, row.since), follows=row, by_id=by.user_id,
    )  # fmt: skip
    _set_duties(made, tuple(DutySaid(one.code, one.wording, one.concerns) for one in _duties(row)))  # type: ignore[arg-type]
    _note("duties.list_drafted", by, made)
    return made


@transaction.atomic
def end(*, by: Viewer, list_id: int, seen_version: int, on: date) -> DutyList:
    """A list holds no longer from a day on."""
    row = _to_write(by, list_id, seen_version)
    if row.is_draft:
        raise Refused("duties.still_a_draft")
    if row.until is not None:
        raise Refused("duties.ended_already", day=row.until)
    if not row.since <= on <= rules.LATEST:
        raise Refused("duties.day_out_of_range", field="on", low=row.since, high=rules.LATEST)
    row.until = on
    row.save()
    _note("duties.list_ended", by, row, on=on.isoformat())
    return row


@transaction.atomic
def go_on(*, by: Viewer, list_id: int, seen_version: int) -> DutyList:
    """The opposite of `end`: it holds on, unless a newer version has taken its place."""
    row = _to_write(by, list_id, seen_version)
    newer = DutyList.objects.everywhere(because=_OF).filter(follows_id=row.pk, is_draft=False)
    if newer.exists():
        raise Refused("duties.followed_already")
    row.until = None
    row.save()
    _note("duties.list_goes_on", by, row)
    return row


@transaction.atomic
def discard(*, by: Viewer, list_id: int, seen_version: int) -> None:
    """Take a draft away for good."""
    row = _to_write(by, list_id, seen_version)
    if not row.is_draft:
        raise Refused("duties.issued_already")
    record("duties.list_discarded", by=by, unit_id=row.unit_id, about=row)
    Duty.objects.everywhere(because=_OF).filter(duties_id=row.pk).delete()
    row.delete()


def _to_write(by: Viewer, list_id: int, seen_version: int) -> DutyList:
    row = list_to_write(by, list_id, held=True)
    if row.version != seen_version:
        raise Stale("db.stale", kind="dutylist")
    return row


def _word(by: Viewer, row: DutyList, said: ListSaid, duties: tuple[DutySaid, ...]) -> None:
    name = clean(said.name).strip()[:200]
    worded = tuple(
        DutySaid(clean(one.code).strip()[:20], clean(one.wording).strip()[:300], one.concerns) for one in duties
    )
    expects = kept(said.expects)
    if problem := rules.why_not_list(name, [one for one in expects.split(",") if one], said.since, worded):
        raise problem
    row.name, row.sign, row.expects = name, clean(said.sign).strip()[:60], expects
    row.rhythm, row.since = said.rhythm.value, said.since
    if said.directive != row.directive_id:
        row.directive_id = None if said.directive is None else directive_for(by, said.directive)
    row.save()
    _set_duties(row, worded)


def _set_duties(row: DutyList, duties: tuple[DutySaid, ...]) -> None:
    """Write the duties anew. One whose code stays is the same duty: forms that are being filled in still fit."""
    there = {one.code: one for one in _duties(row)}
    gone = there.keys() - {one.code for one in duties}
    Duty.objects.everywhere(because=_OF).filter(duties_id=row.pk, code__in=gone).delete()
    for at, one in enumerate(duties):
        duty = there.get(one.code) or Duty(unit_id=row.unit_id, duties=row, code=one.code)
        duty.order, duty.wording, duty.concerns = at, one.wording, str(one.concerns)
        duty.save()


def _duties(row: DutyList) -> list[Duty]:
    return list(Duty.objects.everywhere(because=_OF).filter(duties_id=row.pk).order_by("order", "pk"))


def _must_come_after(row: DutyList, began: date | None = None) -> None:
    """The version before ends where this one begins, and moves with it (`began`: from where) unless it ended by itself.

    What was reported to the version before is not asked for again by this one.
    """
    if row.follows_id is None:
        return
    before = DutyList.objects.everywhere(because=_OF).get(pk=row.follows_id)
    if row.since <= before.since:
        raise Refused("duties.begins_too_early", field="since", since=before.since)
    reports = DutyReport.objects.everywhere(because=_OF).filter(duties_id=before.pk, submitted_on__isnull=False)
    last = reports.aggregate(last=Max("last"))["last"]
    if last is not None and row.since <= last:
        raise Refused("duties.reported_before", field="since", last=last)
    ended = before.until if before.until != began else None
    before.until = row.since if ended is None else min(ended, row.since)
    before.save()


def _note(verb: str, by: Viewer, row: DutyList, **facts: str) -> None:
    record(verb, by=by, unit_id=row.unit_id, about=row, **by.acting_from(row.unit_id), **facts)
    mark({row.unit_id}, first=row.since)
