"""How complete the files on a directive are: of every unit of a branch at once, and of one unit entry by entry.

What can be read from what is kept anyway is read: documents issued, helper sections, tasks, reports in the register;
the rest a unit says by hand. A constant number of queries, however many units; flags by place in the tree. What a
closed unit had counts for the one made out of it (`chithi.directives.heirs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from chithi.db.columns import whole_numbers
from chithi.db.guard import ScopedQuerySet
from chithi.db.reach import Reach
from chithi.db.viewer import Viewer
from chithi.directives.cascade import NEVER, PAGE, Asked, Cascade
from chithi.directives.heirs import in_place_of
from chithi.directives.models import Descent, Directive
from chithi.dossiers.kinds import Known, Part
from chithi.dossiers.models import Entry, Seat, Section, Tick
from chithi.dossiers.queries import entries_of
from chithi.org.models import valid_on
from chithi.org.places import Tree
from chithi.org.queries import UnitCard
from chithi.registry.kinds import DocumentKind
from chithi.registry.models import Issued
from chithi.rollup.shape import Flags
from chithi.tasks.models import Task

_WHY = "what is in the files of units inside a branch found in reach"


@dataclass(frozen=True)
class Whole:
    """Of how many units the file is complete."""

    asked: int
    complete: int

    @property
    def lacking(self) -> int:
        return self.asked - self.complete


@dataclass(frozen=True)
class Branch:
    """A unit below with the counts of its branch."""

    unit: UnitCard
    whole: Whole


@dataclass(frozen=True)
class Line:
    """A unit that keeps a file: the ids of the entries that are in it, in order."""

    unit: UnitCard
    there: tuple[int, ...]


class Dossiers:
    """The files of those units of a branch that a directive asks for a document of their own."""

    def __init__(self, viewer: Viewer, directive: Directive, unit_id: int, kind: str = "") -> None:
        """`Absent("org.no_unit")` out of the READ reach. Up to sixteen queries."""
        self.cascade = Cascade(viewer, directive, unit_id, kind)
        self.entries = entries_of(directive.pk)
        self._there = self._read(directive, viewer.today)
        self._counts: npt.NDArray[np.int64] = np.zeros(len(self.cascade.places), np.int64)
        for found in self._there.values():
            self._counts += found[self.cascade.places]

    def _read(self, directive: Directive, today: date) -> dict[int, Flags]:
        """By entry, the places of the tree in whose file it is."""
        tree, branch = self.cascade.tree, self.cascade.tree.reach_of([self.cascade.unit_id])
        found = {
            entry.pk: _flags(tree, Tick.objects.visible_to(branch).filter(entry_id=entry.pk))
            for entry in self.entries
            if entry.known == Known.BY_HAND
        }
        read: dict[Known, Flags] = {}
        for known in {Known(entry.known) for entry in self.entries} - {Known.BY_HAND}:
            if known == Known.PLAN:
                read[known] = self.cascade.first < NEVER
            elif known in (Known.SECTION, Known.MEMBERS):
                read[known] = _sections(directive, tree, branch, today, manned=known == Known.MEMBERS)
            else:
                read[known] = _flags(tree, _READ[known](directive, branch))
        found |= {entry.pk: read[Known(entry.known)] for entry in self.entries if entry.known != Known.BY_HAND}
        return self._with_heirs(found)

    def _with_heirs(self, found: dict[int, Flags]) -> dict[int, Flags]:
        tree = self.cascade.tree
        any_there = np.logical_or.reduce([np.zeros(len(tree.shape), np.bool_), *found.values()])
        gone = tree.shape.unit_ids[any_there & ~tree.shape.present].tolist()
        heirs = in_place_of(tree, gone)
        for closed, heir in heirs.items():
            at, to = tree.position(closed), tree.position(heir)
            found = {entry: _also(flags, to) if flags[at] else flags for entry, flags in found.items()}
        return found

    def whole(self) -> Whole:
        """Of the whole branch."""
        return self._between(0, len(self.cascade.places))

    def _between(self, first: int, last: int) -> Whole:
        if not self.entries:
            return Whole(last - first, 0)
        return Whole(last - first, int((self._counts[first:last] == len(self.entries)).sum()))

    def each(self) -> list[tuple[Entry, int]]:
        """Each entry with the number of units of the branch in whose file it is."""
        return [(entry, int(self._there[entry.pk][self.cascade.places].sum())) for entry in self.entries]

    def branches(self) -> list[Branch]:
        """The units directly below; those whose branches keep no file are left out."""
        spans = self.cascade.spans()
        return [Branch(unit, self._between(first, last)) for unit, first, last in spans if last > first]

    def _which(self, complete: bool | None) -> npt.NDArray[np.intp]:
        order: npt.NDArray[np.intp] = np.argsort(self._counts, kind="stable")
        if complete is None:
            return order
        full = (self._counts[order] == len(self.entries)) & bool(self.entries)
        chosen: npt.NDArray[np.intp] = order[full == complete]
        return chosen

    def units(self, complete: bool | None = None) -> list[Asked]:
        """Those of the branch, in the order of the tree, with the emptiest files first; or only (in)complete ones."""
        return self.cascade.those(self._which(complete).tolist())

    def page(self, complete: bool | None, page: int) -> tuple[list[Line], int]:
        """A page of them with their names; and how many there are."""
        which = self._which(complete)
        shown = which[(page - 1) * PAGE : page * PAGE].tolist()
        return self.named(self.cascade.those(shown)), len(which)

    def named(self, asked: Sequence[Asked]) -> list[Line]:
        """With their names and what is in their files, in the order given."""
        return [
            Line(unit, tuple(entry.pk for entry in self.entries if entry.pk in there))
            for unit, one in self.cascade.named(asked)
            for there in (self.there(one.unit_id),)
        ]

    def there(self, unit_id: int) -> frozenset[int]:
        """The ids of the entries that are in a unit's file."""
        at = self.cascade.tree.find(unit_id)
        return frozenset(entry for entry, flags in self._there.items() if at is not None and flags[at])

    def asks(self, unit_id: int) -> bool:
        """Whether a unit of the branch is asked to keep a file."""
        return self.cascade.asks(unit_id)


def _also(flags: Flags, at: int) -> Flags:
    more = flags.copy()
    more[at] = True
    return more


def _flags(tree: Tree, rows: ScopedQuerySet[Any]) -> Flags:
    """By place, whether one of these rows is of the unit there. One query."""
    flags = np.zeros(len(tree.shape), np.bool_)
    at = tree.shape.places(whole_numbers(rows.values_list("unit_id").distinct(), 1)[:, 0])
    flags[at[at >= 0]] = True
    return flags


def _sections(directive: Directive, tree: Tree, branch: Reach, today: date, *, manned: bool) -> Flags:
    """By place, whether a section serves the directive: the unit's own, else the standing one; or (`manned`) whether
    that one has a head and somebody beside. Two queries at most."""
    meant = Q(directive_id=directive.pk) | Q(directive_id__isnull=True)
    sections = Section.objects.visible_to(branch).filter(meant, valid_on(today))
    own = Case(When(directive_id__isnull=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = whole_numbers(sections.values_list("unit_id", "pk", own), 3)
    at = tree.shape.places(rows[:, 0])
    rows, at = rows[at >= 0], at[at >= 0]
    serving = np.zeros(len(tree.shape), np.int64)
    order = np.lexsort((np.where(rows[:, 2] == 1, rows[:, 1], -rows[:, 1]), rows[:, 2]))
    serving[at[order]] = rows[order, 1]  # of one unit the last one stays: its own, else the oldest standing one
    if not manned:
        return serving > 0
    head = Case(When(part=Part.HEAD, then=Value(1)), default=Value(0), output_field=IntegerField())
    seats = Seat.objects.everywhere(because=_WHY).filter(valid_on(today), section_id__in=sections.values("pk"))
    sitting = whole_numbers(seats.values_list("section_id", head), 2)
    many, headed = np.unique(sitting[:, 0], return_counts=True), sitting[sitting[:, 1] == 1, 0]
    return np.isin(serving, np.intersect1d(many[0][many[1] > 1], headed))


FEW = 5_000
"""Up to so many units of a branch their tasks are looked at one by one; of more, the documents are gathered first."""


def tasks_under(directive: Directive, *, few: bool = True) -> Q:
    """The condition that a task, not cancelled, is under the directive or under a document that stands below it.

    `few`: the query looks at few tasks.
    """
    below = Descent.objects.everywhere(because=_WHY).filter(root_id=directive.pk)
    kept = Q(cancelled_on__isnull=True)
    if few:
        carries_out = Q(Exists(below.filter(directive_id=OuterRef("directive_id"))))
        return kept & (Q(directive_id=directive.pk) | carries_out)
    return kept & (Q(directive_id=directive.pk) | Q(directive_id__in=below.values("directive_id")))


def _with_tasks(directive: Directive, branch: Reach) -> ScopedQuerySet[Any]:
    few = sum(hi - lo for lo, hi in branch.intervals) <= FEW
    return Task.objects.visible_to(branch).filter(tasks_under(directive, few=few))


def reports_since(directive: Directive) -> Q:
    """The condition that a line of a register is a report since the directive, and not withdrawn."""
    first = directive.dated or date.max
    return Q(kind=DocumentKind.REPORT.value, withdrawn_on__isnull=True, dated__gte=first)


def _with_report(directive: Directive, branch: Reach) -> ScopedQuerySet[Any]:
    return Issued.objects.visible_to(branch).filter(reports_since(directive))


_READ = {Known.TASKS: _with_tasks, Known.REPORT: _with_report}
