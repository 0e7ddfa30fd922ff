"""The units in which somebody themselves holds a role that may do something: what is theirs to do, not of all below."""

from __future__ import annotations

from chithi.db.viewer import Capability, Viewer
from chithi.org.places import reach_tree

_MOST = 50


def units_held(viewer: Viewer, capability: Capability) -> list[int]:
    """In the order of the roles. No query beside the tree of today, which the viewer was made with."""
    held = list(dict.fromkeys(unit_id for _role, unit_id in viewer.roles))[:_MOST]
    reach = viewer.reach(capability)
    if not held or reach.is_empty:
        return []
    tree = reach_tree(viewer.today)
    places = {unit_id: tree.find(unit_id) for unit_id in held}
    return [unit_id for unit_id, at in places.items() if at is not None and reach.covers(at)]


def and_directly_below(viewer: Viewer, unit_ids: list[int]) -> set[int]:
    """These units and those directly below them today."""
    tree = reach_tree(viewer.today)
    found = set(unit_ids)
    for unit_id in unit_ids:
        at = tree.find(unit_id)
        if at is not None:
            found |= {int(tree.shape.unit_ids[child]) for child in tree.shape.children(at)}
    return found
