"""What a unit should do next, from what the data lacks: at most three lines, the most pressing first."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.core.periods import Level, Period, due
from chithi.db.viewer import Capability, Viewer
from chithi.indicators.queries import UnitLines
from chithi.narrative.queries import documents
from chithi.org.kinds import UnitKind
from chithi.org.queries import UnitCard
from chithi.web.templatetags.chithi_format import day, language, number

LEVELS = {
    UnitKind.CELL: "cell",
    UnitKind.GRASSROOTS: "grassroots",
    UnitKind.DISTRICT: "district",
    UnitKind.BLOC: "district",
    UnitKind.PROVINCE: "province",
}


def next_steps(viewer: Viewer, unit: UnitCard, period: Period, found: UnitLines) -> list[dict[str, Any]]:
    """Lines for components/next_steps.html."""
    steps = [*_silent(viewer, unit, period, found), *_undecided(viewer, unit), *_report(viewer, unit, period)]
    return steps[:3]


def _deadline(unit: UnitCard, period: Period) -> str:
    level = LEVELS.get(UnitKind(unit.kind))
    known = {member.value: member for member in Level}
    if level not in known:
        return ""
    return _("hạn %(day)s") % {"day": day(due(period, known[level]))}


def _silent(viewer: Viewer, unit: UnitCard, period: Period, found: UnitLines) -> list[dict[str, Any]]:
    lacking = [
        line
        for line in found.lines
        if line.chosen.expected and not line.chosen.figure_id and (line.chosen.spoke or 0) < line.chosen.expected
    ]
    started = [line for line in lacking if not line.chosen.missing]
    if not started or period.first > viewer.today:
        return []
    most = max((line.chosen.expected or 0) - (line.chosen.spoke or 0) for line in started)
    late = period.last < viewer.today
    return [
        {
            "status": "late" if late else "risk",
            "word": _("Còn thiếu số"),
            "text": ngettext(
                "%(count)s đơn vị chưa có đủ số của kỳ này", "%(count)s đơn vị chưa có đủ số của kỳ này", most
            )
            % {"count": number(most)},
            "by": _deadline(unit, period),
            "href": f"{reverse('unit', args=[unit.id])}?xep=so#contributions",
            "action": _("Xem đơn vị nào"),
        }
    ]


def _undecided(viewer: Viewer, unit: UnitCard) -> list[dict[str, Any]]:
    if not viewer.may_anywhere(Capability.CONFIRM):
        return []
    waiting = [card for card in documents(viewer, unit_id=unit.id, size=5) if card.decided < card.total]
    return [
        {
            "status": "risk",
            "word": _("Chờ xem"),
            "text": ngettext(
                "%(count)s con số trong “%(title)s”", "%(count)s con số trong “%(title)s”", card.total - card.decided
            )
            % {"count": number(card.total - card.decided), "title": shorten(card.document.title, 70, placeholder="…")},
            "by": "",
            "href": reverse("document", args=[card.document.pk]),
            "action": _("Xem tiếp"),
        }
        for card in waiting[:1]
    ]


def _report(viewer: Viewer, unit: UnitCard, period: Period) -> list[dict[str, Any]]:
    if not viewer.may_anywhere(Capability.REPORT) or period.last >= viewer.today:
        return []
    return [
        {
            "status": "none",
            "word": _("Báo cáo"),
            "text": _("Soạn báo cáo: %(period)s") % {"period": period.label(language())},
            "by": _deadline(unit, period),
            "href": reverse("report", args=[unit.id, period.code]),
            "action": _("Mở bản nháp"),
        }
    ]
