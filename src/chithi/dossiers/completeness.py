"""How complete the files on a directive are: of every unit of a branch at once, and of one unit entry by entry.

What can be read from what is kept anyway is read: documents issued, helper sections, tasks, reports in the register;
the rest a unit says by hand. A constant number of queries, however many units; sets of unit ids, then arrays over the
order of the tree. What a closed unit had counts for the one made out of it (`chithi.directives.heirs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from django.db.models import Q

from chithi.db.among import among
from chithi.db.reach import Reach
from chithi.db.viewer import Viewer
from chithi.directives.cascade import PAGE, Asked, Cascade
from chithi.directives.heirs import in_place_of
from chithi.directives.models import Descent, Directive
from chithi.dossiers.kinds import Known
from chithi.dossiers.models import Entry, Seat, Section, Tick
from chithi.dossiers.queries import entries_of
from chithi.dossiers.rules import is_manned
from chithi.org.models import valid_on
from chithi.org.queries import UnitCard
from chithi.registry.kinds import DocumentKind
from chithi.registry.models import Issued
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
        units = [one.unit_id for one in self.cascade.asked]
        self._counts: npt.NDArray[np.int64] = np.zeros(len(units), np.int64)
        for found in self._there.values():
            self._counts += np.fromiter((unit in found for unit in units), bool, len(units))

    def _read(self, directive: Directive, today: date) -> dict[int, set[int]]:
        """By entry, the units in whose file it is."""
        tree, branch = self.cascade.tree, self.cascade.tree.reach_of([self.cascade.unit_id])
        found = _by_hand([entry.pk for entry in self.entries if entry.known == Known.BY_HAND], branch)
        asked = {Known(entry.known) for entry in self.entries} - {Known.BY_HAND}
        read = {known: _READ[known](directive, branch, today) for known in asked - {Known.PLAN, Known.MEMBERS}}
        if Known.MEMBERS in asked:
            read[Known.MEMBERS] = _manned(directive, branch, today)
        if Known.PLAN in asked:
            read[Known.PLAN] = set(self.cascade.issued_on)
        found |= {entry.pk: read[Known(entry.known)] for entry in self.entries if entry.known != Known.BY_HAND}
        heirs = in_place_of(tree, list(set[int]().union(*found.values())))
        return {entry: units | {heirs[unit] for unit in units & heirs.keys()} for entry, units in found.items()}

    def whole(self) -> Whole:
        """Of the whole branch."""
        return self._between(0, len(self.cascade.asked))

    def _between(self, first: int, last: int) -> Whole:
        if not self.entries:
            return Whole(last - first, 0)
        return Whole(last - first, int((self._counts[first:last] == len(self.entries)).sum()))

    def each(self) -> list[tuple[Entry, int]]:
        """Each entry with the number of units of the branch in whose file it is."""
        units = {one.unit_id for one in self.cascade.asked}
        return [(entry, len(units & self._there[entry.pk])) for entry in self.entries]

    def branches(self) -> list[Branch]:
        """The units directly below; those whose branches keep no file are left out."""
        spans = self.cascade.spans()
        return [Branch(unit, self._between(first, last)) for unit, first, last in spans if last > first]

    def units(self, complete: bool | None = None) -> list[Asked]:
        """Those of the branch, in the order of the tree, with the emptiest files first; or only (in)complete ones."""
        order = np.argsort(self._counts, kind="stable")
        full = len(self.entries)
        return [
            self.cascade.asked[at]
            for at in order
            if complete is None or (bool(self.entries) and bool(self._counts[at] == full)) is complete
        ]

    def page(self, complete: bool | None, page: int) -> tuple[list[Line], int]:
        """A page of them with their names; and how many there are."""
        found = self.units(complete)
        start = (page - 1) * PAGE
        return self.named(found[start : start + PAGE]), len(found)

    def named(self, asked: Sequence[Asked]) -> list[Line]:
        """With their names and what is in their files, in the order given."""
        return [
            Line(unit, tuple(entry.pk for entry in self.entries if one.unit_id in self._there[entry.pk]))
            for unit, one in self.cascade.named(asked)
        ]

    def there(self, unit_id: int) -> frozenset[int]:
        """The ids of the entries that are in a unit's file."""
        return frozenset(entry for entry, units in self._there.items() if unit_id in units)

    def asks(self, unit_id: int) -> bool:
        """Whether a unit of the branch is asked to keep a file."""
        return any(one.unit_id == unit_id for one in self.cascade.asked)


def _by_hand(entry_ids: list[int], branch: Reach) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {entry: set() for entry in entry_ids}
    rows = Tick.objects.visible_to(branch).filter(entry_id__in=entry_ids) if entry_ids else Tick.objects.none()
    for entry, unit in rows.values_list("entry_id", "unit_id"):
        found[entry].add(unit)
    return found


def _sections(directive: Directive, branch: Reach, today: date) -> dict[int, int]:
    """By unit, the section that serves the directive: its own, else the standing one."""
    meant = Q(directive_id=directive.pk) | Q(directive_id__isnull=True)
    rows = Section.objects.visible_to(branch).filter(meant, valid_on(today)).order_by("pk")
    found: dict[int, int] = {}
    for pk, unit, own in rows.values_list("pk", "unit_id", "directive_id"):
        if own is not None or unit not in found:
            found[unit] = pk
    return found


def _with_section(directive: Directive, branch: Reach, today: date) -> set[int]:
    return set(_sections(directive, branch, today))


def _manned(directive: Directive, branch: Reach, today: date) -> set[int]:
    sections = _sections(directive, branch, today)
    seats = Seat.objects.everywhere(because=_WHY).filter(valid_on(today), section_id__in=among(sections.values()))
    parts: dict[int, list[str]] = {}
    for section, part in seats.values_list("section_id", "part"):
        parts.setdefault(section, []).append(part)
    return {unit for unit, section in sections.items() if is_manned(parts.get(section, []))}


def tasks_under(directive: Directive) -> Q:
    """The condition that a task, not cancelled, is under the directive or under a document that stands below it."""
    below = Descent.objects.everywhere(because=_WHY).filter(root_id=directive.pk).values("directive_id")
    return Q(cancelled_on__isnull=True) & (Q(directive_id=directive.pk) | Q(directive_id__in=below))


def _with_tasks(directive: Directive, branch: Reach, _today: date) -> set[int]:
    rows = Task.objects.visible_to(branch).filter(tasks_under(directive))
    return set(rows.order_by().values_list("unit_id", flat=True).distinct())


def reports_since(directive: Directive) -> Q:
    """The condition that a line of a register is a report since the directive, and not withdrawn."""
    first = directive.dated or date.max
    return Q(kind=DocumentKind.REPORT.value, withdrawn_on__isnull=True, dated__gte=first)


def _with_report(directive: Directive, branch: Reach, _today: date) -> set[int]:
    rows = Issued.objects.visible_to(branch).filter(reports_since(directive))
    return set(rows.order_by().values_list("unit_id", flat=True).distinct())


_READ = {Known.SECTION: _with_section, Known.TASKS: _with_tasks, Known.REPORT: _with_report}
