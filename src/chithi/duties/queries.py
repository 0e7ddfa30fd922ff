"""Reading lists of duties and reports on them, within reach. What was found wrong: `chithi.duties.found`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from chithi.access.queries import account_names
from chithi.core.errors import Absent
from chithi.core.periods import Period
from chithi.db.among import among
from chithi.db.viewer import Capability, Viewer
from chithi.directives.rules import is_asked, read
from chithi.duties import rules
from chithi.duties.kinds import SHORT, Answer, Concerns, ListState, ReportState, Rhythm
from chithi.duties.models import Duty, DutyAnswer, DutyList, DutyReport, Shortcoming
from chithi.duties.reading import list_to_write, one_list, readable
from chithi.duties.reports import Place, may_send_back, period_asked
from chithi.org.held import states_held
from chithi.org.models import UnitState
from chithi.org.places import reach_tree
from chithi.org.queries import in_reach
from chithi.tasks.directing import named

_OF = "what belongs to a list of duties or a report found in reach"


@dataclass(frozen=True)
class ListLine:
    """A list as it is listed; `issuer` is the short name of its unit, `expects` the kinds of units that report."""

    id: int
    version: int
    unit_id: int
    name: str
    sign: str
    issuer: str
    expects: tuple[str, ...]
    rhythm: Rhythm
    since: date
    until: date | None
    state: ListState


@dataclass(frozen=True)
class DutyLine:
    """One duty of a list."""

    id: int
    code: str
    wording: str
    concerns: Concerns


@dataclass(frozen=True)
class ListPage:
    """One list with its duties. `before` and `after` are ids of the versions beside it, where they may be read."""

    line: ListLine
    directive: int | None
    directive_words: str
    duties: tuple[DutyLine, ...]
    before: int | None
    after: int | None
    writes: bool
    reported: bool


@dataclass(frozen=True)
class ToReport:
    """A report that a unit owes or has given: on which list, for which period, how far it is."""

    unit_id: int
    line: ListLine
    period: Period
    state: ReportState


@dataclass(frozen=True)
class AnswerLine:
    """A duty with what was said about it; `shortcoming` is the one that came out of it, `short` one may."""

    duty: DutyLine
    id: int | None
    answer: Answer | None
    note: str
    evidence: str
    short: bool
    shortcoming: int | None


@dataclass(frozen=True)
class ReportPage:
    """A report, begun or not. `version` None: not begun. `may_write`, `may_submit`, `may_send_back`: by the viewer."""

    line: ListLine
    unit_id: int
    period: Period
    id: int | None
    version: int | None
    state: ReportState
    submitted_on: date | None
    submitted_by: str
    returned_on: date | None
    returned_why: str
    answers: tuple[AnswerLine, ...]
    may_write: bool
    may_submit: bool
    may_send_back: bool


def lists(viewer: Viewer, *, page: int, size: int) -> tuple[list[ListLine], int]:
    """One page of lists, drafts first, then the newest; and how many there are. About five queries."""
    rows = readable(viewer).order_by("-is_draft", "-since", "-pk")
    return _lines(list(rows[(page - 1) * size : page * size]), viewer.today), rows.count()


def one(viewer: Viewer, list_id: int) -> ListPage:
    """A list that may be read, with its duties; `Absent` else. About ten queries."""
    row = one_list(viewer, list_id)
    after = readable(viewer).filter(follows_id=row.pk).values_list("pk", flat=True).first()
    before = readable(viewer).filter(pk=row.follows_id or 0).values_list("pk", flat=True).first()
    return ListPage(
        line=_lines([row], viewer.today)[0],
        directive=row.directive_id,
        directive_words=named(viewer, [row.directive_id or 0]).get(row.directive_id or 0, ""),
        duties=tuple(duties_of(row.pk)),
        before=before,
        after=after,
        writes=in_reach(viewer, row.unit_id, Capability.ENTER),
        reported=DutyReport.objects.everywhere(because=_OF).filter(duties_id=row.pk).exists(),
    )


def to_write(viewer: Viewer, list_id: int) -> ListPage:
    """The same for whoever writes for its unit; `Absent` else."""
    list_to_write(viewer, list_id)
    return one(viewer, list_id)


def duties_of(list_id: int) -> list[DutyLine]:
    """The duties of a list found readable, in their order."""
    rows = Duty.objects.everywhere(because=_OF).filter(duties_id=list_id).order_by("order", "pk")
    return [DutyLine(row.pk, row.code, row.wording, Concerns(row.concerns)) for row in rows]


def owed(viewer: Viewer, unit_ids: Collection[int], today: date) -> list[ToReport]:
    """The reports that units are asked for now, oldest period first. About six queries, however many lists."""
    if not unit_ids:
        return []
    rows = [row for row in readable(viewer).filter(is_draft=False).order_by("since", "pk") if row.expects]
    tree = reach_tree(today)
    kinds = states_held(unit_ids, today)
    wanted = [
        (unit, row, period)
        for row in rows
        for unit in sorted(kinds)
        if tree.holds(row.unit_id, unit) and _is_asked(row, kinds[unit])
        for period in rules.periods_open(Rhythm(row.rhythm), row.since, row.until, today)
    ]
    reports = DutyReport.objects.everywhere(because=_OF).filter(unit_id__in=among(unit_ids))
    stored = {(one.unit_id, one.duties_id, one.period): one for one in reports}
    lines = {line.id: line for line in _lines([row for _unit, row, _period in wanted], today)}
    found = []
    for unit, row, period in sorted(wanted, key=lambda one: (one[2].last, one[1].pk, one[0])):
        report = stored.get((unit, row.pk, period.code))
        state = rules.report_state(report.submitted_on, report.returned_on) if report else ReportState.MISSING
        found.append(ToReport(unit, lines[row.pk], period, state))
    return found


def report(viewer: Viewer, place: Place) -> ReportPage:
    """A unit's report on a list for a period, begun or not; `Absent` out of reach or where none is asked."""
    if not in_reach(viewer, place.unit_id):
        raise Absent("org.no_unit", unit=place.unit_id)
    duties = one_list(viewer, place.list_id)
    period = period_asked(viewer, duties, place)
    rows = DutyReport.objects.visible_to(viewer.reach(Capability.READ))
    row = rows.filter(unit_id=place.unit_id, duties_id=place.list_id, period=place.period).first()
    enters = in_reach(viewer, place.unit_id, Capability.ENTER)
    still_asked = rules.belongs(period, duties.since, duties.until)
    if row is not None and row.submitted_on is None and not enters:
        row = None  # what is still being written is read by those who write it
    submitted = row is not None and row.submitted_on is not None
    return ReportPage(
        line=_lines([duties], viewer.today)[0],
        unit_id=place.unit_id,
        period=period,
        id=row.pk if row else None,
        version=row.version if row else None,
        state=rules.report_state(row.submitted_on, row.returned_on) if row else ReportState.MISSING,
        submitted_on=row.submitted_on if row else None,
        submitted_by=account_names([row.submitted_by_id]).get(row.submitted_by_id or 0, "") if row else "",
        returned_on=row.returned_on if row else None,
        returned_why=row.returned_why if row else "",
        answers=tuple(_answers(duties.pk, row, enters=enters and submitted)),
        may_write=enters and not submitted and still_asked,
        may_submit=not submitted and still_asked and in_reach(viewer, place.unit_id, Capability.CONFIRM),
        may_send_back=row is not None and submitted and may_send_back(viewer, row),
    )


def _answers(list_id: int, row: DutyReport | None, *, enters: bool) -> list[AnswerLine]:
    kept = DutyAnswer.objects.everywhere(because=_OF).filter(report_id=row.pk if row else 0)
    said = {one.duty_id: one for one in kept}
    out = Shortcoming.objects.everywhere(because=_OF).filter(
        answer_id__in=among(one.pk for one in said.values()), withdrawn_on__isnull=True
    )
    shortcomings = dict(out.values_list("answer_id", "pk")) if said else {}
    lines = []
    for duty in duties_of(list_id):
        one = said.get(duty.id)
        answer = Answer(one.answer) if one else None
        there = shortcomings.get(one.pk) if one else None
        short = enters and answer in SHORT and there is None
        lines.append(
            AnswerLine(duty, one.pk if one else None, answer, one.note if one else "", one.evidence if one else "",
                       short, there)
        )  # fmt: skip
    return lines


def _is_asked(row: DutyList, state: UnitState) -> bool:
    return any(is_asked(kind, state.is_cell, state.is_grassroots, state.kind) for kind in read(row.expects))


def _lines(rows: Collection[DutyList], today: date) -> list[ListLine]:
    """Lists found readable, in their order. One query."""
    states = UnitState.objects.everywhere(because="a list that may be read names its issuer")
    named_so = states.filter(unit_id__in=among({row.unit_id for row in rows}), since__lte=today).order_by("since")
    names = dict(named_so.values_list("unit_id", "short_name")) if rows else {}
    return [
        ListLine(
            row.pk, row.version, row.unit_id, row.name, row.sign, names.get(row.unit_id, ""), read(row.expects),
            Rhythm(row.rhythm), row.since, row.until, rules.list_state(row.is_draft, row.since, row.until, today),
        )
        for row in rows
    ]  # fmt: skip


def answers_called(answer_ids: Collection[int]) -> dict[int, str]:
    """The duties that answers are about, for records behind a count found in reach. Two queries."""
    rows = DutyAnswer.objects.everywhere(because="answers behind a count, which were found in reach")
    about = dict(rows.filter(pk__in=among(answer_ids)).values_list("pk", "duty_id"))
    duties = Duty.objects.everywhere(because=_OF).filter(pk__in=among(about.values()))
    worded = {pk: f"{code}. {wording}" for pk, code, wording in duties.values_list("pk", "code", "wording")}
    return {answer: worded[duty] for answer, duty in about.items()}
