"""What somebody is to do next about duties and shortcomings, for My work (`chithi.core.due`)."""

from __future__ import annotations

from datetime import date

from chithi.core.due import DueItem, Said
from chithi.db.viewer import Capability, Viewer
from chithi.duties import rules
from chithi.duties.kinds import Remedy, ReportState
from chithi.duties.models import Shortcoming
from chithi.duties.queries import ToReport, owed
from chithi.duties.standing import stands
from chithi.org.places import reach_tree

MOST = 50
_REPORT = Said("Báo cáo", "Report")
_REMEDY = Said("Giao việc khắc phục", "Give a task")


def of_person(viewer: Viewer, today: date) -> list[DueItem]:
    """Reports on duties that the very units of the person owe; their shortcomings that nobody was told to remedy.

    About ten queries.
    """
    reach, tree = viewer.reach(Capability.ENTER), reach_tree(today)
    held = {unit: tree.find(unit) for _role, unit in viewer.roles}
    units = sorted(unit for unit, at in held.items() if at is not None and reach.covers(at))
    if not units:
        return []
    reports = [
        _report(one)
        for one in owed(viewer, units, today)
        if one.state is not ReportState.SUBMITTED and rules.is_asked_for(one.period, today)
    ]
    rows = Shortcoming.objects.visible_to(reach).filter(unit_id__in=units)
    waiting = rows.filter(stands(Remedy.OPEN, today) | stands(Remedy.REOPENED, today)).order_by("found_on", "pk")[:MOST]
    return [*reports[:MOST], *(_remedy(row) for row in waiting)]


def _report(one: ToReport) -> DueItem:
    again = one.state is ReportState.RETURNED
    vi = "Bổ sung báo cáo bị trả lại" if again else "Báo cáo thực hiện"
    en = "Complete the report that was sent back" if again else "Report on"
    what = Said(f"{vi}: {one.line.name}, {one.period.label('vi')}", f"{en}: {one.line.name}, {one.period.label('en')}")
    about = f"{one.line.id}-{one.unit_id}-{one.period.code}"
    args = (one.line.id, one.unit_id, one.period.code)
    return DueItem("duties.report", about, one.unit_id, what, rules.due_on(one.period), "duty_report", args, _REPORT)


def _remedy(row: Shortcoming) -> DueItem:
    what = Said(f"Giao việc khắc phục: {row.wording[:160]}", f"Have remedied: {row.wording[:160]}")
    return DueItem("shortcomings.remedy", row.pk, row.unit_id, what, None, "shortcoming_task", (row.pk,), _REMEDY)
