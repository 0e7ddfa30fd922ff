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

from django.db.models import Q

from chithi.core.errors import Absent
from chithi.db.among import among
from chithi.db.viewer import Viewer
from chithi.directives.cascade import PAGE, Cascade
from chithi.directives.models import Descent, Directive
from chithi.org.models import valid_on
from chithi.org.queries import UnitCard, cards
from chithi.tasks.from_above import for_below
from chithi.tasks.kinds import Taken
from chithi.tasks.models import PlanLine, Task

MOST_LEVELS = 12
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

    def one(self, task_id: int) -> Task:
        """One of the tasks by id; `Absent` else."""
        found = next((task for task in self.tasks if task.pk == task_id), None)
        if found is None:
            raise Absent("tasks.no_task", task=task_id)
        return found

    def counts(self) -> dict[int, Counter[Taken]]:
        """By task: how many of the units asked stand how. All of them together are the units asked."""
        return {task.pk: Counter(one.how for one in self._became[task.pk]) for task in self.tasks}

    def became(self, task_id: int, how: Taken | None = None) -> list[Became]:
        """What became of one task, unit by unit in the order of the tree; those that stand so."""
        return [one for one in self._became[task_id] if how is None or one.how is how]

    def page(self, task_id: int, how: Taken | None, page: int) -> tuple[list[tuple[UnitCard, Became]], int]:
        """A page of them with their names, and how many there are."""
        found = self.became(task_id, how)
        return self.named(found[(page - 1) * PAGE : page * PAGE]), len(found)

    def named(self, found: Sequence[Became]) -> list[tuple[UnitCard, Became]]:
        """With their cards, in the order given."""
        known = cards(self.viewer, [one.unit_id for one in found], self.viewer.today)
        return [(known[one.unit_id], one) for one in found if one.unit_id in known]

    def own_task(self, task_id: int, unit_ids: Sequence[int]) -> dict[int, int]:
        """The task of each of these units that carries one on, where there is one."""
        wanted = set(unit_ids)
        return {unit: own for unit, own in self._carried[task_id].items() if unit in wanted}

    @cached_property
    def _became(self) -> dict[int, list[Became]]:
        return {task.pk: self._of(task.pk) for task in self.tasks}

    def _of(self, task_id: int) -> list[Became]:
        carried, left = self._carried[task_id], self._left[task_id]
        shape, tree = self.cascade.tree.shape, self.cascade.tree
        spans = sorted((at, int(shape.hi[at]), unit) for unit in left if (at := tree.find(unit)) is not None)
        found, open_spans, ahead = [], list[tuple[int, int, int]](), 0
        for one, at in zip(self.cascade.asked, self._places, strict=True):
            while ahead < len(spans) and spans[ahead][0] <= at:
                open_spans.append(spans[ahead])
                ahead += 1
            while open_spans and open_spans[-1][1] <= at:
                open_spans.pop()
            by = open_spans[-1][2] if open_spans else 0
            if one.unit_id in carried:
                found.append(Became(one.unit_id, Taken.CARRIED))
            elif one.issued_on is None:
                found.append(Became(one.unit_id, Taken.NO_PLAN))
            elif by:
                found.append(Became(one.unit_id, Taken.LEFT_OUT, left[by], by))
            else:
                found.append(Became(one.unit_id, Taken.SILENT))
        return found

    @cached_property
    def _places(self) -> list[int]:
        """Where the units asked stand in the tree."""
        found = self.cascade.tree.find_all([one.unit_id for one in self.cascade.asked])
        return [found[one.unit_id] for one in self.cascade.asked]

    @cached_property
    def _chains(self) -> dict[int, tuple[int, int]]:
        """Every task below one of the document's, in the branch or on the way to it, as (the first one, its unit).

        The unit is 0 where the task was cancelled: what carries it on still stands below the first one.
        """
        at = self.cascade.tree.find(self.cascade.unit_id)
        shape = self.cascade.tree.shape
        way = [] if at is None else [int(shape.unit_ids[one]) for one in shape.ancestors(at)]
        within = Task.reach_condition(self._branch) | Q(unit_id__in=way)
        rows = Task.objects.everywhere(because=_WHY).filter(within)
        found = {task.pk: (task.pk, task.unit_id) for task in self.tasks}
        ahead = set(found)
        for _level in range(MOST_LEVELS):
            ways = rows.filter(parent_id__in=among(ahead)).values_list("pk", "parent_id", "unit_id", "cancelled_on")
            new = {
                pk: (found[parent][0], 0 if cancelled else unit)
                for pk, parent, unit, cancelled in ways
                if pk not in found and parent in found
            }
            if not new:
                break
            found |= new
            ahead = set(new)
        return found

    @cached_property
    def _carried(self) -> dict[int, dict[int, int]]:
        """By task: the units that carry it on, with their own task."""
        found: dict[int, dict[int, int]] = defaultdict(dict)
        first_ones = {task.pk for task in self.tasks}
        for pk, (first, unit) in self._chains.items():
            if pk not in first_ones:
                found[first].setdefault(unit, pk)
        return found

    @cached_property
    def _left(self) -> dict[int, dict[int, str]]:
        """By task: the units of the branch whose plan leaves it out, with the reason."""
        plans = Descent.objects.visible_to(self._branch).filter(valid_on(self.viewer.today), root_id=self.directive.pk)
        rows = PlanLine.objects.visible_to(self._branch).filter(
            left_out=True, directive_id__in=plans.values("directive_id")
        )
        found: dict[int, dict[int, str]] = defaultdict(dict)
        for unit, above, reason in rows.order_by("pk").values_list("unit_id", "above_id", "reason"):
            if above in self._chains:
                found[self._chains[above][0]][unit] = reason
        return found
