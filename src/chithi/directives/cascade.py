"""The cascade of a directive beside the tree of units: who has issued a document of its own, when, who is late.

Counted at once over an edition: one query for documents, then arrays. A unit that was asked counts in the
branch it stands in; it has issued where the first document below the directive in the cascade is its own. A directive
that holds no more stays as it stood on its last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from chithi.core.errors import Absent
from chithi.db.columns import DayNumber, whole_numbers
from chithi.db.viewer import Capability, Viewer
from chithi.directives.heirs import closed_below, in_place_of
from chithi.directives.kinds import Standing
from chithi.directives.models import Descent, Directive, Recipient
from chithi.directives.queries import days_of, replaced_on
from chithi.directives.reading import plausible
from chithi.directives.rules import days_late, last_day, read, standing
from chithi.org.kinds_by_place import kinds_by_place
from chithi.org.models import Unit, valid_on
from chithi.org.places import Tree, reach_tree
from chithi.org.queries import UnitCard, below, cards
from chithi.rollup.shape import Flags, Positions

ORDER = (Standing.IN_TIME, Standing.LATE, Standing.MISSING, Standing.WAITING)
PAGE = 50
_WHY = "documents of units inside a branch found in reach"
NEVER = date.max.toordinal() + 1
"""Instead of a day on which something was issued, where nothing was."""


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
        self.day = last_day(days_of(directive, replaced_on([directive.pk]).get(directive.pk)), viewer.today)
        self._as_what = self._wanted()
        asked = [flags for one, flags in self._as_what.items() if self.kind in ("", one)]
        self.places: Positions = np.flatnonzero(np.logical_or.reduce(asked) if asked else []).astype(np.int32)
        """Where the units asked stand in the tree, ascending."""
        self.first: npt.NDArray[np.int64] = self._first_issued()
        """By place in the tree, when the unit there issued its own (as `date.toordinal` counts days), or `NEVER`."""
        self._hows = self._standings()

    def _wanted(self) -> dict[str, Flags]:
        """By kind that the directive asks, which places of the branch it asks; by name where it goes to some alone.

        Only units at or below the one whose document it is are asked by it.
        """
        inside = np.zeros(len(self.tree.shape), np.bool_)
        spans = [(at, int(self.tree.shape.hi[at])) for at in map(self.tree.find, self._ends()) if at is not None]
        if len(spans) == len(self._ends()):
            inside[max(lo for lo, _hi in spans) : min(hi for _lo, hi in spans)] = True
        own = None if self.directive.issuer else self.tree.find(self.directive.unit_id)
        if own is not None:
            inside[own] = False
        if not self.directive.to_all:
            named = Recipient.objects.everywhere(because=_WHY).filter(directive_id=self.directive.pk)
            at = self.tree.find_all(list(named.values_list("unit_id", flat=True)))
            inside &= np.isin(np.arange(len(inside)), list(at.values()))
        kinds = kinds_by_place(self.tree)
        return {one: kinds.those(one) & inside for one in self.expects}

    def _ends(self) -> tuple[int, int]:
        return self.unit_id, self.directive.unit_id

    def _first_issued(self) -> npt.NDArray[np.int64]:
        """When each unit of the branch, or one whose work it carries on, first issued something below."""
        shape, branch = self.tree.shape, self.tree.reach_of([self.unit_id])
        rows = Descent.objects.visible_to(branch).filter(valid_on(self.day), root_id=self.directive.pk)
        days = whole_numbers(rows.values_list("unit_id", DayNumber("since")), 2)
        at = shape.places(days[:, 0])
        first = np.full(len(shape), NEVER)
        np.minimum.at(first, at[at >= 0], days[at >= 0, 1])
        gone = np.flatnonzero((first < NEVER) & ~shape.present)
        for closed, heir in in_place_of(self.tree, shape.unit_ids[gone].tolist()).items():
            to = self.tree.position(heir)
            first[to] = min(first[to], first[self.tree.position(closed)])
        return first

    def _standings(self) -> npt.NDArray[np.int8]:
        """By unit asked, how it stands, as the place in `ORDER`: `rules.standing` for all of them at once."""
        due, came = self.directive.due_on, self.first[self.places]
        open_one = ORDER.index(standing(None, due, self.day))
        late = NEVER if due is None else due.toordinal()
        issued = np.where(came > late, ORDER.index(Standing.LATE), ORDER.index(Standing.IN_TIME))
        return np.where(came == NEVER, open_one, issued).astype(np.int8)

    @property
    def units_asked(self) -> list[int]:
        """The units asked by id, in the order of the tree."""
        found: list[int] = self.tree.shape.unit_ids[self.places].tolist()
        return found

    def asks(self, unit_id: int) -> bool:
        """Whether a unit of the branch is asked."""
        at = self.tree.find(unit_id)
        return at is not None and bool(np.isin(at, self.places))

    def those(self, which: Iterable[int]) -> list[Asked]:
        """Some of the units asked, by their places among them, in the order given."""
        due, day, found = self.directive.due_on, self.day, []
        for one in which:
            at = int(self.places[one])
            on = None if self.first[at] == NEVER else date.fromordinal(int(self.first[at]))
            unit = int(self.tree.shape.unit_ids[at])
            found.append(Asked(unit, ORDER[self._hows[one]], on, days_late(on, due, day)))
        return found

    def issued_on(self, unit_id: int) -> date | None:
        """The day on which a unit of the branch, or one whose work it carries on, issued its own."""
        at = self.tree.find(unit_id)
        return None if at is None or self.first[at] == NEVER else date.fromordinal(int(self.first[at]))

    def by_kind(self) -> dict[str, tuple[int, int]]:
        """Of each kind that is asked, in the whole branch: how many have issued their own, and of how many."""
        there = self.first < NEVER
        return {one: (int((flags & there).sum()), int(flags.sum())) for one, flags in self._as_what.items()}

    def counts(self) -> Counts:
        """Of the whole branch."""
        return self._between(0, len(self.places))

    def _between(self, first: int, last: int) -> Counts:
        return Counts(*np.bincount(self._hows[first:last], minlength=len(ORDER)).tolist())

    def branches(self) -> list[Branch]:
        """The units directly below, with the counts of their branches; those that ask nobody are left out."""
        return [Branch(child, self._between(first, last)) for child, first, last in self.spans() if last > first]

    def spans(self) -> list[tuple[UnitCard, int, int]]:
        """The units directly below, each with the slice of `asked` that its branch is. Two queries."""
        shape, found = self.tree.shape, []
        for child in below(self.viewer, self.unit_id, self.viewer.today):
            at = self.tree.find(child.id)
            if at is not None:
                first, last = np.searchsorted(self.places, [at, int(shape.hi[at])])
                found.append((child, int(first), int(last)))
        return found

    def _which(self, how: Standing | None) -> npt.NDArray[np.intp]:
        every = np.arange(len(self.places))
        return every if how is None else every[self._hows == ORDER.index(how)]

    def units(self, how: Standing | None = None) -> list[Asked]:
        """Those of the branch that stand so (all where None), in the order of the tree."""
        return self.those(self._which(how).tolist())

    def page(self, how: Standing | None, page: int) -> tuple[list[tuple[UnitCard, Asked]], int]:
        """A page of them with their names, the latest first where they are late; and how many there are."""
        which = self._which(how)
        due, came = self.directive.due_on, self.first[self.places[which]]
        late = np.where(came == NEVER, self.day.toordinal(), came) - (due.toordinal() if due else NEVER)
        order = which[np.argsort(-np.maximum(late, 0), kind="stable")]
        return self.named(self.those(order[(page - 1) * PAGE : page * PAGE].tolist())), len(which)

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
