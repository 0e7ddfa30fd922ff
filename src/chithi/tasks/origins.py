"""What tasks came out of: a shortcoming today, findings and conclusions in time, each a kind of `tasks.kinds.Origin`.

The concept above finds its own thing within reach and gives the task with it (`actions.assign`, `origin=`); a door asks
that concept what to call it. Tasks know no more of it than kind and id.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from chithi.db.among import among
from chithi.tasks.kinds import Origin
from chithi.tasks.models import Task


@dataclass(frozen=True)
class From:
    """What a task came out of: the id of a thing of that kind, which the caller found in the doer's reach."""

    kind: Origin
    id: int


def given_for(kind: Origin, ids: Collection[int]) -> dict[int, list[Task]]:
    """The tasks that came out of things found in reach, by the thing's id, in the order they were given. One query."""
    rows = Task.objects.everywhere(because="tasks that came out of what was found in reach")
    found: dict[int, list[Task]] = {}
    for task in rows.filter(origin_kind=kind.value, origin_id__in=among(ids)).order_by("pk") if ids else ():
        found.setdefault(task.origin_id or 0, []).append(task)
    return found
