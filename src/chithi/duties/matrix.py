"""How the units below have answered: duties across, units down, each count open to the list of units behind it.

One query reads the answers, one the reports, whatever the size of the tree; they are counted as arrays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Case, IntegerField, Value, When

from chithi.core.periods import Period
from chithi.db.columns import whole_numbers
from chithi.db.guard import ScopedQuerySet
from chithi.db.reach import Reach
from chithi.db.viewer import Capability, Viewer
from chithi.directives.rules import read
from chithi.duties.kinds import Answer, ReportState
from chithi.duties.models import DutyAnswer, DutyList, DutyReport
from chithi.duties.queries import DutyLine, duties_of
from chithi.duties.reading import one_list
from chithi.org.kinds import Expected
from chithi.org.kinds_by_place import kinds_by_place
from chithi.org.places import Tree, reach_tree, tree_on
from chithi.org.queries import UnitCard, cards, in_reach, reach_below
from chithi.rollup.shape import Flags

_OF = "what belongs to reports found in reach"
_WAYS = tuple(Answer)
NOBODY = Expected.NOBODY.value


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
    sent = _submitted(duties, reach, period, tree)
    units = _asked(duties, reach, tree, min(period.last, viewer.today)) | sent
    said = _answers(duties, reach, period, tree, spans)
    known = cards(viewer, ids, viewer.today)
    rows = [
        MatrixRow(unit, known[unit].short_name if unit in known else "", unit == unit_id, asked, told, said[row])
        for row, (unit, (lo, hi)) in enumerate(zip(ids, spans, strict=True))
        if (asked := int(units[lo:hi].sum())) | (told := int(sent[lo:hi].sum()))
    ]
    answers: dict[int, Counter[Answer]] = defaultdict(Counter)
    for of_row in said:
        for duty, counts in of_row.items():
            answers[duty].update(counts)
    top = slice(at, int(tree.shape.hi[at]))
    total = MatrixRow(unit_id, "", False, int(units[top].sum()), int(sent[top].sum()), dict(answers))
    start = (page - 1) * size
    return Matrix(tuple(duties_of(list_id)), tuple(rows[start : start + size]), total, len(rows))


def behind(
    viewer: Viewer, list_id: int, unit_id: int, period: Period, which: Behind, *, page: int, size: int
) -> tuple[list[UnitAnswer], int]:
    """The units behind a count in the order of the tree, one page of them; and how many. About ten queries."""
    duties, reach, tree = _scope(viewer, list_id, unit_id)
    sent = _submitted(duties, reach, period, tree)
    said = _said(duties, reach, period)
    if which.answer:
        chosen = _flags(tree, said.filter(duty_id=which.duty, answer=which.answer))
    elif which.state == ReportState.SUBMITTED:
        chosen = sent
    else:
        chosen = _asked(duties, reach, tree, min(period.last, viewer.today)) | sent
        if which.state == ReportState.MISSING:
            chosen = chosen & ~sent
    order = np.flatnonzero(chosen)
    if which.alone:
        order = order[tree.shape.unit_ids[order] == unit_id]
    places = order[(page - 1) * size : page * size].tolist()
    shown = tree.shape.unit_ids[places].tolist() if places else []
    told = said.filter(duty_id=which.duty, unit_id__in=shown).values_list("unit_id", "answer", "note")
    words = {unit: (Answer(answer), note) for unit, answer, note in told} if which.duty else {}
    known = cards(viewer, shown, viewer.today)
    found = []
    for unit, at in zip(shown, places, strict=True):
        if unit in known:
            state = ReportState.SUBMITTED if sent[at] else ReportState.MISSING
            answer, note = words.get(unit, (None, ""))
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


def _asked(duties: DutyList, reach: Reach, tree: Tree, day: date) -> Flags:
    """By place in the tree, whether the list asks the unit there, as it was on a day, and it lies within the reach."""
    flags = np.zeros(len(tree.shape), np.bool_)
    top = tree.find(duties.unit_id)
    if top is None or duties.is_draft:
        return flags
    then = tree_on(day)
    kinds = kinds_by_place(then)
    asked = np.logical_or.reduce([kinds.those(kind) for kind in read(duties.expects)] or [kinds.those(NOBODY)])
    at = tree.shape.places(then.shape.unit_ids[asked])
    flags[at[at >= 0]] = True
    inside = np.zeros_like(flags)
    for lo, hi in reach.intervals:
        inside[max(lo, top) : min(hi, int(tree.shape.hi[top]))] = True
    return flags & inside


def _submitted(duties: DutyList, reach: Reach, period: Period, tree: Tree) -> Flags:
    return _flags(tree, _reports(duties, reach, period))


def _flags(tree: Tree, rows: ScopedQuerySet[Any]) -> Flags:
    """By place in the tree, whether one of these rows is of the unit there. One query."""
    flags = np.zeros(len(tree.shape), np.bool_)
    at = tree.shape.places(whole_numbers(rows.values_list("unit_id"), 1)[:, 0])
    flags[at[at >= 0]] = True
    return flags


def _reports(duties: DutyList, reach: Reach, period: Period) -> ScopedQuerySet[DutyReport]:
    rows = DutyReport.objects.visible_to(reach)
    return rows.filter(duties_id=duties.pk, period=period.code, submitted_on__isnull=False)


def _said(duties: DutyList, reach: Reach, period: Period) -> ScopedQuerySet[DutyAnswer]:
    """The answers of the reports that were submitted; a report and its answers are of one unit."""
    reports = _reports(duties, reach, period).values("pk")
    return DutyAnswer.objects.everywhere(because=_OF).filter(report_id__in=reports)


def _answers(
    duties: DutyList, reach: Reach, period: Period, tree: Tree, spans: Sequence[tuple[int, int]]
) -> list[dict[int, Counter[Answer]]]:
    """How many said what, by duty, for each of these disjoint ascending spans of places. One query."""
    which = Case(*(When(answer=one.value, then=Value(at)) for at, one in enumerate(_WAYS)), output_field=IntegerField())
    rows = whole_numbers(_said(duties, reach, period).values_list("unit_id", "duty_id", which), 3)
    at = tree.shape.places(rows[:, 0])
    lows, highs = np.array(spans, np.int64).T
    span = np.searchsorted(lows, at, side="right") - 1
    inside = (span >= 0) & (at < highs[span])
    duty_ids = np.unique(rows[:, 1])
    keys = (span * len(duty_ids) + np.searchsorted(duty_ids, rows[:, 1])) * len(_WAYS) + rows[:, 2]
    many = np.bincount(keys[inside], minlength=len(spans) * len(duty_ids) * len(_WAYS))
    found: list[dict[int, Counter[Answer]]] = [defaultdict(Counter) for _ in spans]
    for key in np.flatnonzero(many).tolist():
        row, duty, way = np.unravel_index(key, (len(spans), len(duty_ids), len(_WAYS)))
        found[row][int(duty_ids[duty])][_WAYS[way]] = int(many[key])
    return [dict(one) for one in found]
