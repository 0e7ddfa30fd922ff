"""The units in which somebody themselves holds a role that may do something: what is theirs to do, not of all below."""

from __future__ import annotations

from chithi.db.viewer import Capability, Viewer
from chithi.org.models import Unit
from chithi.org.places import tree_on

_MOST = 50


def units_held(viewer: Viewer, capability: Capability) -> list[int]:
    """In the order of the roles. One query, none where nothing is held."""
    held = list(dict.fromkeys(unit_id for _role, unit_id in viewer.roles))[:_MOST]
    if not held or not viewer.may_anywhere(capability):
        return []
    inside = set(Unit.objects.visible_to(viewer.reach(capability)).filter(pk__in=held).values_list("pk", flat=True))
    return [unit_id for unit_id in held if unit_id in inside]


def and_directly_below(viewer: Viewer, unit_ids: list[int]) -> set[int]:
    """These units and those directly below them today."""
    tree = tree_on(viewer.today)
    found = set(unit_ids)
    for unit_id in unit_ids:
        at = tree.find(unit_id)
        if at is not None:
            found |= {int(tree.shape.unit_ids[child]) for child in tree.shape.children(at)}
    return found
