"""Whose document counts for whom after units closed: what a closed unit issued counts for the one made out of it.

In an edition closed units stand beneath their heirs, so the tree in hand says who carries on whose work. An heir that
stood there already has an obligation of its own, and what another issued before it was taken in does not answer it; one
that was opened with the closing (or later) has none yet, and goes on where those it was made of had come to. Has it a
document of its own too, the earlier of the two days counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef

from chithi.db.guard import ScopedQuerySet
from chithi.org.models import Closing, Unit, valid_on
from chithi.org.places import Tree

_WHY = "which unit was made out of which, inside whatever scope is set on their documents"


def in_place_of(tree: Tree, unit_ids: Collection[int]) -> dict[int, int]:
    """The closed ones among these units, each with the open unit that was made out of it. One query at most."""
    return _made_of(carried_on(tree, unit_ids))


def carried_on(tree: Tree, unit_ids: Collection[int]) -> dict[int, int]:
    """The closed ones among these units, each with the open unit that carries its work on. No query."""
    shape, found = tree.shape, {}
    for unit, at in tree.find_all(unit_ids).items():
        if not shape.present[at]:
            heir = next((up for up in shape.ancestors(at) if shape.present[up]), None)
            if heir is not None:
                found[unit] = int(shape.unit_ids[heir])
    return found


def closed_below(tree: Tree, unit_ids: Iterable[int]) -> dict[int, int]:
    """The closed units out of which these units were made, each with the one of these. One query at most."""
    return _made_of(beneath(tree, unit_ids))


def beneath(tree: Tree, unit_ids: Iterable[int]) -> dict[int, int]:
    """The closed units whose work these units carry on, each with the one of these. No query."""
    shape, found = tree.shape, {}
    for unit in unit_ids:
        at = tree.find(unit)
        ahead = [] if at is None else [at]
        while ahead:
            for child in shape.children(ahead.pop()):
                if not shape.present[child]:
                    found[int(shape.unit_ids[child])] = unit
                    ahead.append(int(child))
    return found


def _made_of(heirs: dict[int, int]) -> dict[int, int]:
    if not heirs:
        return {}
    rows = Unit.objects.everywhere(because=_WHY).filter(pk__in={*heirs, *heirs.values()})
    days = {pk: (opened, closed) for pk, opened, closed in rows.values_list("pk", "opened_on", "closed_on")}
    return {unit: heir for unit, heir in heirs.items() if days[heir][0] >= (days[unit][1] or date.max)}


def made_into(column: str, day: date) -> ScopedQuerySet[Closing]:
    """For `Exists`: closings out of which the unit in a column of the outer query was made by a day."""
    opened_then = Unit.objects.everywhere(because=_WHY).filter(pk=OuterRef("heir_id"), opened_on__gte=OuterRef("since"))
    rows = Closing.objects.everywhere(because=_WHY).filter(valid_on(day), heir_id=OuterRef(column))
    return rows.filter(Exists(opened_then))
