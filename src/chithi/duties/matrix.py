"""How the units below have answered: duties across, units down, each count open to the list of units behind it.

One query reads the answers, one the units that are asked, whatever the size of the tree.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from chithi.core.periods import Period
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.duties.kinds import Answer, ReportState
from chithi.duties.models import DutyAnswer, DutyList, DutyReport
from chithi.duties.queries import DutyLine, duties_of
from chithi.duties.reading import asked, one_list
from chithi.org.models import UnitState, valid_on
from chithi.org.places import Tree, reach_tree
from chithi.org.queries import UnitCard, cards, in_reach, reach_below

_OF = "what belongs to reports found in reach"


@dataclass(frozen=True)
class MatrixRow:
    """A unit directly below (or the top itself: `own`) with all below it: how many are asked and have submitted.

    `answers` holds, by duty, how many said what.
    """

    unit_id: int
    name: str
    own: bool
    asked: int
    submitted: int
    answers: dict[int, Counter[Answer]]


@dataclass(frozen=True)
class Matrix:
    """The rows of one page with the total of all."""

    duties: tuple[DutyLine, ...]
    rows: tuple[MatrixRow, ...]
    total: MatrixRow
    count: int


@dataclass(frozen=True)
class Behind:
    """Which units a count stands for: those that said `answer` about `duty`, or whose report is in `state`.

    `alone`: the very unit, without those below it.
    """

    duty: int = 0
    answer: str = ""
    state: str = ""
    alone: bool = False


@dataclass(frozen=True)
class UnitAnswer:
    """A unit behind a count, with its sentence where it is about one duty."""

    unit: UnitCard
    state: ReportState
    answer: Answer | None
    note: str


def matrix(viewer: Viewer, list_id: int, unit_id: int, period: Period, *, page: int, size: int) -> Matrix:
    """The matrix of a unit and all below it. About ten queries."""
    duties, reach, tree = _scope(viewer, list_id, unit_id)
    at = tree.position(unit_id)
    below = [int(child) for child in tree.shape.children(at)]
    spans = [(at, at + 1), *((child, int(tree.shape.hi[child])) for child in below)]
    ids = [unit_id, *(int(tree.shape.unit_ids[child]) for child in below)]
    wanted = _asked(duties, reach, tree, min(period.last, viewer.today))
    sent = _submitted(duties, reach, period, tree)
    said = _answers(duties, reach, period, tree)
    known = cards(viewer, ids, viewer.today)
    rows = []
    for unit, span in zip(ids, spans, strict=True):
        row = _row(unit, known[unit].short_name if unit in known else "", unit == unit_id, span, wanted, sent, said)
        if row.asked or row.submitted:
            rows.append(row)
    total = _row(unit_id, "", False, (at, int(tree.shape.hi[at])), wanted, sent, said)
    start = (page - 1) * size
    return Matrix(tuple(duties_of(list_id)), tuple(rows[start : start + size]), total, len(rows))


def behind(
    viewer: Viewer, list_id: int, unit_id: int, period: Period, which: Behind, *, page: int, size: int
) -> tuple[list[UnitAnswer], int]:
    """The units behind a count in the order of the tree, one page of them; and how many. About ten queries."""
    duties, reach, tree = _scope(viewer, list_id, unit_id)
    sent = _submitted(duties, reach, period, tree)
    said: dict[int, tuple[Answer, str]] = {}
    if which.duty:
        rows = _said(duties, reach, period).filter(duty_id=which.duty)
        said = {unit: (Answer(answer), note) for unit, answer, note in rows.values_list("unit_id", "answer", "note")}
    units = set(sent) | set(_asked(duties, reach, tree, min(period.last, viewer.today)))
    if which.answer:
        units = {unit for unit, (answer, _note) in said.items() if answer == which.answer}
    elif which.state == ReportState.SUBMITTED:
        units = set(sent)
    elif which.state == ReportState.MISSING:
        units -= set(sent)
    if which.alone:
        units &= {unit_id}
    places = tree.find_all(units)
    order = sorted(places, key=places.__getitem__)
    shown = order[(page - 1) * size : page * size]
    known = cards(viewer, shown, viewer.today)
    found = []
    for unit in shown:
        if unit in known:
            state = ReportState.SUBMITTED if unit in sent else ReportState.MISSING
            answer, note = said.get(unit, (None, ""))
            found.append(UnitAnswer(known[unit], state, answer, note))
    return found, len(order)


def top_for(viewer: Viewer, list_id: int, asked_unit: int) -> int:
    """The unit whose matrix is shown: the one asked for, else the list's own where it lies in reach, else the home."""
    row = one_list(viewer, list_id)
    if asked_unit:
        return asked_unit
    return row.unit_id if in_reach(viewer, row.unit_id) else viewer.home_unit_id or row.unit_id


def _scope(viewer: Viewer, list_id: int, unit_id: int) -> tuple[DutyList, Reach, Tree]:
    """The list, and the part of the tree that is looked at: in the READ reach."""
    row = one_list(viewer, list_id)
    return row, reach_below(viewer, unit_id, Capability.READ), reach_tree(viewer.today)


def _asked(duties: DutyList, reach: Reach, tree: Tree, day: date) -> dict[int, int]:
    """Where the units stand that the list asks, as they were on a day; by unit."""
    top = tree.find(duties.unit_id)
    if top is None or duties.is_draft:
        return {}
    lo, hi = top, int(tree.shape.hi[top])
    states = UnitState.objects.visible_to(reach).filter(valid_on(day)).filter(asked(duties))
    places = tree.find_all(set(states.values_list("unit_id", flat=True)))
    return {unit: at for unit, at in places.items() if lo <= at < hi}


def _submitted(duties: DutyList, reach: Reach, period: Period, tree: Tree) -> dict[int, int]:
    rows = DutyReport.objects.visible_to(reach).filter(
        duties_id=duties.pk, period=period.code, submitted_on__isnull=False
    )
    return tree.find_all(set(rows.values_list("unit_id", flat=True)))


def _said(duties: DutyList, reach: Reach, period: Period):  # type: ignore[no-untyped-def]  # a scoped queryset
    reports = DutyReport.objects.everywhere(because=_OF).filter(
        duties_id=duties.pk, period=period.code, submitted_on__isnull=False
    )
    return DutyAnswer.objects.visible_to(reach).filter(report_id__in=reports.values("pk"))


def _answers(duties: DutyList, reach: Reach, period: Period, tree: Tree) -> list[tuple[int, int, Answer]]:
    """Every answer as (place of its unit, duty, what was said)."""
    rows = list(_said(duties, reach, period).values_list("unit_id", "duty_id", "answer"))
    places = tree.find_all({unit for unit, _duty, _answer in rows})
    return [(places[unit], duty, Answer(answer)) for unit, duty, answer in rows if unit in places]


def _row(
    unit_id: int, name: str, own: bool, span: tuple[int, int], wanted: dict[int, int], sent: dict[int, int],
    said: list[tuple[int, int, Answer]],
) -> MatrixRow:  # fmt: skip
    lo, hi = span
    answers: dict[int, Counter[Answer]] = {}
    for at, duty, answer in said:
        if lo <= at < hi:
            answers.setdefault(duty, Counter())[answer] += 1
    units = {unit for unit, at in wanted.items() if lo <= at < hi}
    told = {unit for unit, at in sent.items() if lo <= at < hi}
    return MatrixRow(unit_id, name, own, len(units | told), len(told), answers)
