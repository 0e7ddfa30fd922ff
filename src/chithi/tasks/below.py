"""What became below of each task of a document: carried on, left out and why, passed over, or no plan issued yet.

Asked are the units that the cascade of the document asks (`chithi.directives.cascade`), within one branch. A unit has
carried a task on where one of its own stands below it, however many steps lie between. Where a unit between left it
out, those below that issued a plan and say nothing of it count as left out there. Counted set-wise: a query a level for
the tasks, one for the lines, then arrays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from chithi.core.errors import Absent
from chithi.db.among import among
from chithi.db.columns import whole_numbers
from chithi.db.viewer import Viewer
from chithi.directives.cascade import NEVER, PAGE, Cascade
from chithi.directives.models import Descent, Directive
from chithi.org.models import valid_on
from chithi.org.queries import UnitCard, cards
from chithi.tasks.from_above import for_below
from chithi.tasks.kinds import Taken
from chithi.tasks.models import PlanLine, Task

MOST_LEVELS = 12
_ORDER = tuple(Taken)
Numbers = npt.NDArray[np.int64]
_WHY = "how the tasks of a branch found in reach hang together, up to the unit that gave the first"


@dataclass(frozen=True)
class Became:
    """What became of one task in one unit. `reason` and `left_by` (the unit that left it out) where it is left out."""

    unit_id: int
    how: Taken
    reason: str = ""
    left_by: int = 0


class Below:
    """The tasks of a document that those below are to carry on, and what became of each in one branch."""

    def __init__(self, viewer: Viewer, directive: Directive, unit_id: int, kind: str = "") -> None:
        """`kind`: only these of the units asked. `Absent` out of the READ reach. Some ten queries."""
        self.cascade = Cascade(viewer, directive, unit_id, kind)
        self.viewer, self.directive = viewer, directive
        self.tasks = list(for_below([directive]).order_by("pk"))
        self._branch = self.cascade.tree.reach_of([unit_id])
        self._stands: dict[int, tuple[Numbers, Numbers]] = {}

    def one(self, task_id: int) -> Task:
        """One of the tasks by id; `Absent` else."""
        found = next((task for task in self.tasks if task.pk == task_id), None)
        if found is None:
            raise Absent("tasks.no_task", task=task_id)
        return found

    def counts(self) -> dict[int, Counter[Taken]]:
        """By task: how many of the units asked stand how. All of them together are the units asked."""
        return {task.pk: Counter(self._counted(task.pk)) for task in self.tasks}

    def _counted(self, task_id: int) -> dict[Taken, int]:
        many = np.bincount(self._hows(task_id)[0], minlength=len(_ORDER)).tolist()
        return {how: count for how, count in zip(_ORDER, many, strict=True) if count}

    def became(self, task_id: int, how: Taken | None = None) -> list[Became]:
        """What became of one task, unit by unit in the order of the tree; those that stand so."""
        return self._became(task_id, self._which(task_id, how))

    def page(self, task_id: int, how: Taken | None, page: int) -> tuple[list[tuple[UnitCard, Became]], int]:
        """A page of them with their names, and how many there are."""
        which = self._which(task_id, how)
        return self.named(self._became(task_id, which[(page - 1) * PAGE : page * PAGE])), len(which)

    def _which(self, task_id: int, how: Taken | None) -> Numbers:
        hows, _by = self._hows(task_id)
        return np.arange(len(hows)) if how is None else np.flatnonzero(hows == _ORDER.index(how))

    def _became(self, task_id: int, which: Numbers) -> list[Became]:
        hows, by = self._hows(task_id)
        units, left, ids = self.cascade.units_asked, self._left[task_id], self.cascade.tree.shape.unit_ids
        found = []
        for one in which.tolist():
            how, unit = _ORDER[hows[one]], int(ids[by[one]]) if by[one] >= 0 else 0
            out = how is Taken.LEFT_OUT
            found.append(Became(units[one], how, left[unit] if out else "", unit if out else 0))
        return found

    def named(self, found: Sequence[Became]) -> list[tuple[UnitCard, Became]]:
        """With their cards, in the order given."""
        known = cards(self.viewer, [one.unit_id for one in found], self.viewer.today)
        return [(known[one.unit_id], one) for one in found if one.unit_id in known]

    def own_task(self, task_id: int, unit_ids: Sequence[int]) -> dict[int, int]:
        """The task of each of these units that carries one on, where there is one: of several the nearest, oldest."""
        rows = self._carrying(task_id)
        rows = rows[np.isin(rows[:, 2], list(unit_ids))]
        nearest_last = rows[np.lexsort((rows[:, 3], rows[:, 1]))[::-1]]
        return dict(nearest_last[:, [2, 3]].tolist())

    def _carrying(self, task_id: int) -> Numbers:
        """The rows of `_chains` below one task of the document."""
        rows = self._chains
        found: Numbers = rows[(rows[:, 0] == task_id) & (rows[:, 1] > 0)]
        return found

    def _hows(self, task_id: int) -> tuple[Numbers, Numbers]:
        """By unit asked: how it stands, as the place in `_ORDER`, and the place of the unit nearest above (or it
        itself) that left the task out, or -1."""
        if task_id not in self._stands:
            self._stands[task_id] = self._of(task_id)
        return self._stands[task_id]

    def _of(self, task_id: int) -> tuple[Numbers, Numbers]:
        shape, at = self.cascade.tree.shape, self.cascade.places
        carried = np.zeros(len(shape), np.bool_)
        theirs = shape.places(self._carrying(task_id)[:, 2])
        carried[theirs[theirs >= 0]] = True
        by, left = np.full(len(shape), -1), self.cascade.tree.find_all(self._left[task_id])
        for place in sorted(left.values()):  # who stands further down is written over who stands above
            by[place : int(shape.hi[place])] = place
        hows = np.full(len(at), _ORDER.index(Taken.SILENT))
        hows[by[at] >= 0] = _ORDER.index(Taken.LEFT_OUT)
        hows[self.cascade.first[at] == NEVER] = _ORDER.index(Taken.NO_PLAN)
        hows[carried[at]] = _ORDER.index(Taken.CARRIED)
        return hows, by[at]

    @cached_property
    def _chains(self) -> Numbers:
        """Every task of the branch or on the way to it that stands below one of the document's, and those themselves:
        (the first one, steps below it, unit, task), by task.

        The unit is 0 where the task was cancelled: what carries it on still stands below the first one.
        """
        rows = Task.objects.everywhere(because=_WHY).filter(self._near())
        whose = Case(When(cancelled_on__isnull=True, then=F("unit_id")), default=Value(0))
        found = np.array([(task.pk, 0, task.unit_id, task.pk) for task in self.tasks], np.int64).reshape(-1, 4)
        ahead = found
        for level in range(1, MOST_LEVELS + 1):
            below = rows.filter(parent_id__in=among(ahead[:, 3].tolist())).values_list("parent_id", "pk", whose)
            new = whole_numbers(below, 3)
            new = new[~np.isin(new[:, 1], found[:, 3])]
            if not len(new):
                break
            ahead = ahead[np.argsort(ahead[:, 3])]
            first = ahead[np.searchsorted(ahead[:, 3], new[:, 0]), 0]
            ahead = np.column_stack((first, np.full(len(new), level), new[:, 2], new[:, 1]))
            found = np.concatenate((found, ahead))
        ordered: Numbers = found[np.argsort(found[:, 3])]
        return ordered

    def _near(self) -> Q:
        """The condition of tasks in the branch or on the way to it."""
        at, shape = self.cascade.tree.find(self.cascade.unit_id), self.cascade.tree.shape
        if self._branch.is_everything:
            return Q()
        way = [] if at is None else [int(shape.unit_ids[one]) for one in shape.ancestors(at)]
        return Task.reach_condition(self._branch) | Q(unit_id__in=way)

    @cached_property
    def _left(self) -> dict[int, dict[int, str]]:
        """By task: the units of the branch whose plan leaves it out, with the reason."""
        plans = Descent.objects.visible_to(self._branch).filter(valid_on(self.viewer.today), root_id=self.directive.pk)
        rows = PlanLine.objects.visible_to(self._branch).filter(
            Exists(plans.filter(directive_id=OuterRef("directive_id"))), left_out=True
        )
        first_of = dict(self._chains[:, [3, 0]].tolist())
        found: dict[int, dict[int, str]] = defaultdict(dict)
        for unit, above, reason in rows.order_by("pk").values_list("unit_id", "above_id", "reason"):
            if above in first_of:
                found[first_of[above]][unit] = reason
        return found
