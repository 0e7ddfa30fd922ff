"""The cascade of a directive beside the tree of units: who has issued a document of its own, when, who is late.

Counted at once over an edition: two queries for units and documents, then arrays. A unit that was asked counts in the
branch it stands in; it has issued where the first document below the directive in the cascade is its own. A directive
that holds no more stays as it stood on its last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from django.db.models import Min, Q

from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.directives.heirs import closed_below, in_place_of
from chithi.directives.kinds import Standing
from chithi.directives.models import Descent, Directive, Recipient
from chithi.directives.queries import days_of, replaced_on
from chithi.directives.reading import plausible
from chithi.directives.rules import days_late, is_asked, last_day, read, standing
from chithi.org.kinds import Expected, UnitKind
from chithi.org.models import Unit, UnitState, valid_on
from chithi.org.places import Tree, reach_tree
from chithi.org.queries import UnitCard, below, cards

ORDER = (Standing.IN_TIME, Standing.LATE, Standing.MISSING, Standing.WAITING)
PAGE = 50
_WHY = "documents of units inside a branch found in reach"
_ASKED = {
    Expected.CELLS.value: Q(is_cell=True),
    Expected.GRASSROOTS.value: Q(is_grassroots=True),
    Expected.DISTRICTS.value: Q(kind=UnitKind.DISTRICT.value),
    Expected.MASS_ORGANISATIONS.value: Q(kind=UnitKind.MASS_ORGANISATION.value),
}


@dataclass(frozen=True)
class Counts:
    """How many units of a branch stand how."""

    in_time: int = 0
    late: int = 0
    missing: int = 0
    waiting: int = 0

    @property
    def asked(self) -> int:
        return self.in_time + self.late + self.missing + self.waiting

    @property
    def issued(self) -> int:
        return self.in_time + self.late

    def of(self, how: Standing) -> int:
        """The count of one standing."""
        return int(getattr(self, how.value))


@dataclass(frozen=True)
class Asked:
    """A unit that must issue a document of its own: how it stands, when it did, by how many days it is late."""

    unit_id: int
    how: Standing
    issued_on: date | None
    days: int


@dataclass(frozen=True)
class Branch:
    """A unit with the counts of its branch, itself among them."""

    unit: UnitCard
    counts: Counts


class Cascade:
    """The units below (and at) one unit in reach that a directive asks for a document, in the order of the tree."""

    def __init__(self, viewer: Viewer, directive: Directive, unit_id: int, kind: str = "") -> None:
        """`kind`: only these of the units asked. `Absent("org.no_unit")` out of the READ reach. Five queries."""
        reach = viewer.reach(Capability.READ)
        if not Unit.objects.visible_to(reach).filter(pk=plausible(unit_id)).exists():
            raise Absent("org.no_unit", unit=unit_id)
        self.viewer, self.directive, self.unit_id = viewer, directive, unit_id
        self.expects = read(directive.expects)
        self.kind = kind if kind in self.expects else ""
        self.tree: Tree = reach_tree(viewer.today)
        self.asked: list[Asked] = []
        self.day = last_day(days_of(directive, replaced_on([directive.pk]).get(directive.pk)), viewer.today)
        self._positions: npt.NDArray[np.int32] = np.zeros(0, np.int32)
        self._read()

    def _read(self) -> None:
        self._as_what = asked = self._wanted()
        places = self.tree.find_all([unit for unit, is_one in asked.items() if not self.kind or self.kind in is_one])
        inside = sorted((at, unit) for unit, at in places.items() if self.tree.shape.present[at])
        self._first = first = self._first_issued()
        due, today = self.directive.due_on, self.day
        for _at, unit in inside:
            on = first.get(unit)
            self.asked.append(Asked(unit, standing(on, due, today), on, days_late(on, due, today)))
        self._positions = np.array([at for at, _ in inside], np.int32)

    def _wanted(self) -> dict[int, set[str]]:
        """Units of the branch that the directive asks: as what; or by name where it goes to some alone."""
        kinds = Q(pk__in=[])
        for one in self.expects:
            kinds |= _ASKED[one]
        branch = self.tree.reach_of([self.unit_id])
        rows = UnitState.objects.visible_to(branch).filter(valid_on(self.viewer.today)).filter(kinds)
        if not self.directive.issuer:
            rows = rows.exclude(unit_id=self.directive.unit_id)
        if not self.directive.to_all:
            named = Recipient.objects.everywhere(because=_WHY).filter(directive_id=self.directive.pk)
            rows = rows.filter(unit_id__in=named.values("unit_id"))
        columns = ("unit_id", "is_cell", "is_grassroots", "kind")
        return {
            unit: {one for one in self.expects if is_asked(one, cell, base, kind)}
            for unit, cell, base, kind in rows.filter(self._below_issuer()).values_list(*columns)
        }

    def _below_issuer(self) -> Q:
        """Only units at or below the one whose document it is are asked by it."""
        return UnitState.reach_condition(self.tree.reach_of([self.directive.unit_id]))

    def _first_issued(self) -> dict[int, date]:
        """The day on which each unit of the branch, or one whose work it carries on, first issued something below."""
        branch = self.tree.reach_of([self.unit_id])
        rows = Descent.objects.visible_to(branch).filter(valid_on(self.day), root_id=self.directive.pk)
        first = dict(rows.values_list("unit_id").annotate(Min("since")).order_by())
        for closed, heir in in_place_of(self.tree, first).items():
            first[heir] = min(first[closed], first.get(heir, first[closed]))
        return first

    def by_kind(self) -> dict[str, tuple[int, int]]:
        """Of each kind that is asked, in the whole branch: how many have issued their own, and of how many."""
        present = self.tree.find_all(self._as_what)
        inside = [unit for unit, at in present.items() if self.tree.shape.present[at]]
        found = {}
        for kind in self.expects:
            units = [unit for unit in inside if kind in self._as_what[unit]]
            found[kind] = (sum(unit in self._first for unit in units), len(units))
        return found

    def counts(self) -> Counts:
        """Of the whole branch."""
        return self._between(0, len(self.asked))

    def _between(self, first: int, last: int) -> Counts:
        return Counts(*(int(sums[last] - sums[first]) for sums in self._sums))

    @property
    def _sums(self) -> list[npt.NDArray[np.int64]]:
        hows = np.array([ORDER.index(one.how) for one in self.asked], np.int8)
        return [np.concatenate(([0], np.cumsum(hows == at))) for at in range(len(ORDER))]

    def branches(self) -> list[Branch]:
        """The units directly below, with the counts of their branches; those that ask nobody are left out."""
        sums = self._sums
        found = []
        for child, first, last in self.spans():
            counts = Counts(*(int(one[last] - one[first]) for one in sums))
            if counts.asked:
                found.append(Branch(child, counts))
        return found

    def spans(self) -> list[tuple[UnitCard, int, int]]:
        """The units directly below, each with the slice of `asked` that its branch is. Two queries."""
        shape, found = self.tree.shape, []
        for child in below(self.viewer, self.unit_id, self.viewer.today):
            at = self.tree.find(child.id)
            if at is not None:
                first, last = np.searchsorted(self._positions, [at, int(shape.hi[at])])
                found.append((child, int(first), int(last)))
        return found

    def units(self, how: Standing | None = None) -> list[Asked]:
        """Those of the branch that stand so (all where None), in the order of the tree."""
        return [one for one in self.asked if how is None or one.how is how]

    def page(self, how: Standing | None, page: int) -> tuple[list[tuple[UnitCard, Asked]], int]:
        """A page of them with their names, the latest first where they are late; and how many there are."""
        found = sorted(self.units(how), key=lambda one: -one.days)
        start = (page - 1) * PAGE
        return self.named(found[start : start + PAGE]), len(found)

    def named(self, asked: Sequence[Asked]) -> list[tuple[UnitCard, Asked]]:
        """With their cards, in the order given."""
        known = cards(self.viewer, [one.unit_id for one in asked], self.viewer.today)
        return [(known[one.unit_id], one) for one in asked if one.unit_id in known]

    def documents(self, unit_ids: Sequence[int]) -> dict[int, tuple[int, str]]:
        """Of these units, the id and sign of the document each issued first, or one whose work it carries on issued.

        Two queries.
        """
        before = closed_below(self.tree, unit_ids)
        rows = Descent.objects.everywhere(because=_WHY).filter(
            valid_on(self.day), root_id=self.directive.pk, unit_id__in=[*unit_ids, *before]
        )
        first: dict[int, int] = {}
        for unit, directive in rows.order_by("since", "directive_id").values_list("unit_id", "directive_id"):
            first.setdefault(before.get(unit, unit), directive)
        signs = Directive.objects.everywhere(because=_WHY).filter(pk__in=first.values())
        known = dict(signs.values_list("pk", "sign"))
        return {unit: (pk, known[pk]) for unit, pk in first.items()}

    @property
    def issued_on(self) -> dict[int, date]:
        """By unit of the branch: the day on which it, or one whose work it carries on, issued its own."""
        return self._first
