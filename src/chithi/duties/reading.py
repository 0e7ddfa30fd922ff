"""Who may read which lists of duties, and whom a list asks to report.

A list that went out is read where its unit lies in the READ reach, and by everybody below its unit; a draft by those
who write for its unit. Acts on a list look through the model's own guard, so that reading never becomes writing.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from chithi.core.errors import Absent
from chithi.db.guard import ScopedQuerySet
from chithi.db.viewer import Capability, Viewer
from chithi.directives.reading import own_units, plausible, units_above
from chithi.directives.rules import is_asked, read
from chithi.duties.models import DutyList, DutyReport, Shortcoming
from chithi.org.models import UnitState, valid_on
from chithi.org.places import reach_tree

_WHY = "a list of duties is read below its unit too; the condition says by whom"


def readable(viewer: Viewer) -> ScopedQuerySet[DutyList]:
    """All lists the viewer may read. Up to two queries more."""
    rows = DutyList.objects.everywhere(because=_WHY)
    reach = viewer.reach(Capability.READ)
    drafts = Q(is_draft=True) & own_units(viewer.reach(Capability.ENTER))
    if reach.is_empty:
        return rows.filter(drafts)
    return rows.filter(Q(is_draft=False) & (own_units(reach) | Q(unit_id__in=units_above(viewer, reach))) | drafts)


def one_list(viewer: Viewer, list_id: int) -> DutyList:
    """A list that may be read; `Absent` else."""
    found = readable(viewer).filter(pk=plausible(list_id)).first()
    if found is None:
        raise Absent("duties.no_list")
    return found


def list_to_write(viewer: Viewer, list_id: int, *, held: bool = False) -> DutyList:
    """A list of a unit that the viewer writes for; `Absent` else. `held`: by nobody else until the transaction ends."""
    rows = DutyList.objects.visible_to(viewer.reach(Capability.ENTER))
    found = (rows.select_for_update() if held else rows).filter(pk=plausible(list_id)).first()
    if found is None:
        raise Absent("duties.no_list")
    return found


def report_within(viewer: Viewer, report_id: int, capability: Capability) -> DutyReport:
    """A report of a unit in the reach of a capability; `Absent` else."""
    found = DutyReport.objects.visible_to(viewer.reach(capability)).filter(pk=plausible(report_id)).first()
    if found is None:
        raise Absent("duties.no_report")
    return found


def shortcoming_within(viewer: Viewer, shortcoming_id: int, capability: Capability) -> Shortcoming:
    """A shortcoming of a unit in the reach of a capability; `Absent` else."""
    rows = Shortcoming.objects.visible_to(viewer.reach(capability))
    found = rows.filter(pk=plausible(shortcoming_id)).first()
    if found is None:
        raise Absent("shortcomings.no_shortcoming")
    return found


def asks(duties: DutyList, unit_id: int, day: date) -> bool:
    """Whether a list asks this unit, as it stood on a day, to report. Two queries."""
    if not reach_tree(day).holds(duties.unit_id, unit_id):
        return False
    state = UnitState.objects.everywhere(because=_WHY).filter(valid_on(day), unit_id=unit_id).first()
    if state is None:
        return False
    return any(is_asked(kind, state.is_cell, state.is_grassroots, state.kind) for kind in read(duties.expects))
