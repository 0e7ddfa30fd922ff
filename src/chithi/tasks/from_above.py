"""What a document of a unit is asked from above: the tasks of the documents that it carries out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Viewer
from chithi.directives.kinds import CARRIES_DOWN
from chithi.directives.models import Directive, DirectiveLink
from chithi.directives.reading import readable
from chithi.following.kinds import State
from chithi.following.rules import state
from chithi.org.queries import in_reach
from chithi.tasks.models import Task
from chithi.tasks.plan_rules import MOST_LINES

_WHY = "work that a document asks of those below, told to whoever may read the document"
_LINKS = "the links of a document found readable"


@dataclass(frozen=True)
class Asked:
    """A task from above. `document` is the one it stands under; `given` the unit's own task where one carries it on.

    `is_new`: it came after the document that is asked was begun.
    """

    task: Task
    document: Directive
    given: Task | None
    is_new: bool = False


def carried_out(viewer: Viewer, directive_id: int) -> list[Directive]:
    """The documents in force that one carries out and the viewer may read. Two queries."""
    rows = readable(viewer).filter(_in_force(directive_id))
    return list(rows.order_by("dated", "pk").defer("abstract"))


def _in_force(directive_id: int) -> Q:
    """The condition of documents in force that one carries out."""
    links = DirectiveLink.objects.everywhere(because=_LINKS).filter(
        source_id=directive_id, kind__in=[kind.value for kind in CARRIES_DOWN]
    )
    return Q(pk__in=links.values("target_id"), is_draft=False, withdrawn_on__isnull=True)


def for_below(documents: Collection[Directive]) -> ScopedQuerySet[Task]:
    """The tasks of readable documents that those below are to carry on: their issuers' own, not cancelled."""
    asked = Q(pk__in=[])
    for one in documents:
        asked |= Q(directive_id=one.pk, unit_id=one.unit_id)
    return Task.objects.everywhere(because=_WHY).filter(asked, for_below=True, cancelled_on__isnull=True)


def asked_of(viewer: Viewer, plan: Directive) -> list[Asked]:
    """What the documents above that the viewer may read ask of the unit of a document, in order. Four queries."""
    return _asked(plan, carried_out(viewer, plan.pk))


def asked_now(plan: Directive) -> dict[int, Asked]:
    """The same by task, of all documents above, for an act of whoever writes for the unit."""
    rows = Directive.objects.everywhere(because=_WHY).filter(_in_force(plan.pk))
    return {one.task.pk: one for one in _asked(plan, rows.order_by("dated", "pk").defer("abstract"))}


def _asked(plan: Directive, carried: Iterable[Directive]) -> list[Asked]:
    documents = {one.pk: one for one in carried if one.unit_id != plan.unit_id}
    if not documents:
        return []
    tasks = list(for_below(list(documents.values())).order_by("directive_id", "pk"))
    own = Task.objects.everywhere(because=_WHY).filter(
        unit_id=plan.unit_id, parent_id__in=[task.pk for task in tasks], cancelled_on__isnull=True
    )
    given = {task.parent_id: task for task in own.order_by("-pk")}
    return [Asked(task, documents[task.directive_id or 0], given.get(task.pk), task.at > plan.at) for task in tasks]


def work_under(viewer: Viewer, document: Directive) -> list[tuple[Task, State, bool]]:
    """The tasks of a readable document's own unit, with their state, and whether they lie in reach. Two queries.

    Out of reach only those are told that are for those below.
    """
    reached = in_reach(viewer, document.unit_id)
    rows = Task.objects.everywhere(because=_WHY).filter(
        directive_id=document.pk, unit_id=document.unit_id, cancelled_on__isnull=True
    )
    told = rows if reached else for_below([document])
    return [(task, state(task.facts(), viewer.today), reached) for task in told.order_by("pk")[:MOST_LINES]]
