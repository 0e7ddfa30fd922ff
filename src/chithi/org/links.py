"""Ties beside the tree: made and ended, each from a day on.

The tie belongs to one side, whose tree the doer keeps (`Capability.TREE`); the other side needs only be readable. A
tie may change a count (a village with a cell of its own), so both acts leave a mark.
"""

from __future__ import annotations

from datetime import date

from chithi.core.errors import Absent, Refused, Stale
from chithi.db.locks import only_one
from chithi.db.viewer import Capability, Viewer
from chithi.freshness.actions import mark
from chithi.journal.actions import record
from chithi.org import groups_rules, links_rules
from chithi.org.kinds import LinkKind, UnitKind
from chithi.org.models import Unit, UnitLink, UnitState, valid_on

_WHY = "units just found in reach"


def tie(*, by: Viewer, unit_id: int, other_id: int, kind: LinkKind, since: date) -> UnitLink:
    """Tie two units from a day on; a unit has one tie of a kind at a time."""
    with only_one("tree"):
        for one, capability, field in ((unit_id, Capability.TREE, "unit"), (other_id, Capability.READ, "other")):
            if not Unit.objects.visible_to(by.reach(capability)).filter(pk=one).exists():
                raise Absent("org.no_unit", field=field, unit=one)
        if unit_id == other_id:
            raise Refused("links.to_itself", field="other")
        if problem := groups_rules.why_not_on(since, by.today, "since"):
            raise problem
        _must_fit(kind, unit_id, other_id, since)
        known = UnitLink.objects.everywhere(because=_WHY).filter(unit_id=unit_id, kind=kind)
        if groups_rules.overlaps((since, None), known.values_list("since", "until")):
            raise Refused("links.tied_already", field="unit")
        made = UnitLink.objects.create(unit_id=unit_id, other_id=other_id, kind=kind.value, since=since)
        _note("links.made", by, made, since)
        made.must_lie_inside(by.reach(Capability.TREE))
        return made


def untie(*, by: Viewer, link_id: int, seen_version: int, on: date) -> UnitLink:
    """A tie ends; the day itself no longer counts."""
    with only_one("tree"):
        link = _seen(by, link_id, seen_version)
        if link.until is not None:
            raise Refused("links.ended_already", day=link.until)
        problem = groups_rules.why_not_on(on, by.today, "on") or groups_rules.why_not_end(link.since, on)
        if problem:
            raise problem
        link.until = on
        link.save(update_fields=["until"])
        _note("links.ended", by, link, on)
        link.must_lie_inside(by.reach(Capability.TREE))
        return link


def tie_again(*, by: Viewer, link_id: int, seen_version: int) -> UnitLink:
    """A tie that was ended goes on as if it had not been; `Stale` where it was changed since."""
    with only_one("tree"):
        link = _seen(by, link_id, seen_version)
        if link.until is None:
            raise Stale("db.stale", kind="unitlink")
        for unit in Unit.objects.everywhere(because=_WHY).filter(pk__in=[link.unit_id, link.other_id]):
            if unit.closed_on is not None:
                raise Refused("org.already_closed", unit=unit.code, day=unit.closed_on)
        on, link.until = link.until, None
        _must_fit(LinkKind(link.kind), link.unit_id, link.other_id, on)
        known = UnitLink.objects.everywhere(because=_WHY).filter(unit_id=link.unit_id, kind=link.kind)
        if groups_rules.overlaps((on, None), known.exclude(pk=link.pk).values_list("since", "until")):
            raise Refused("links.tied_already", field="unit")
        link.save(update_fields=["until"])
        _note("links.ending_taken_back", by, link, on)
        link.must_lie_inside(by.reach(Capability.TREE))
        return link


def _seen(by: Viewer, link_id: int, seen_version: int) -> UnitLink:
    link = UnitLink.objects.visible_to(by.reach(Capability.TREE)).filter(pk=link_id).first()
    if link is None:
        raise Absent("links.no_link", link=link_id)
    if link.version != seen_version:
        raise Stale("db.stale", kind="unitlink")
    return link


def _must_fit(kind: LinkKind, unit_id: int, other_id: int, since: date) -> None:
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(since), unit_id__in=[unit_id, other_id])
    found = {state.unit_id: state for state in states}
    for one, field in ((unit_id, "unit"), (other_id, "other")):
        if one not in found:
            raise Refused("org.not_open_then", field=field, unit=one, day=since)
    owner, other = found[unit_id], found[other_id]
    problem = links_rules.why_not_tied(kind, UnitKind(owner.kind), UnitKind(other.kind), other_is_cell=other.is_cell)
    if problem:
        raise problem


def _note(verb: str, by: Viewer, link: UnitLink, first: date) -> None:
    record(verb, by=by, unit_id=link.unit_id, about=link, kind=link.kind, other=link.other_id, on=first.isoformat())
    mark([link.unit_id], first=first)
