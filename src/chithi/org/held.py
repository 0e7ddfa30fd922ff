"""The units in which somebody themselves holds a role that may do something: what is theirs to do, not of all below."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from chithi.db.among import among
from chithi.db.remembered import remembered
from chithi.db.viewer import Capability, Viewer
from chithi.org.models import UnitState, valid_on
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


def states_held(unit_ids: Collection[int], day: date) -> dict[int, UnitState]:
    """What each of the units that somebody writes for is on a day, by id. One query; once in an answer."""
    wanted = tuple(sorted(unit_ids))
    return remembered(("states held", wanted, day), lambda: _states(wanted, day))


def _states(unit_ids: Collection[int], day: date) -> dict[int, UnitState]:
    states = UnitState.objects.everywhere(because="units that the viewer writes for")
    return {state.unit_id: state for state in states.filter(valid_on(day), unit_id__in=among(unit_ids))}


def and_directly_below(viewer: Viewer, unit_ids: list[int]) -> set[int]:
    """These units and those directly below them today."""
    tree = reach_tree(viewer.today)
    found = set(unit_ids)
    for unit_id in unit_ids:
        at = tree.find(unit_id)
        if at is not None:
            found |= {int(tree.shape.unit_ids[child]) for child in tree.shape.children(at)}
    return found
