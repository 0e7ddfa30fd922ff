"""Reading reports that were made."""

from __future__ import annotations

from typing import Any

from chithi.core.errors import Absent
from chithi.db.viewer import Capability, Viewer
from chithi.reporting.freeze import LEVEL, printed_in, printed_of_group_in
from chithi.reporting.models import Report


def report_by_code(viewer: Viewer, code: str) -> Report:
    """The report with this printed code (typed by hand: letters of any case, with or without dashes)."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    grouped = "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))
    found = Report.objects.visible_to(viewer.reach(Capability.READ)).filter(code=grouped).first()
    if found is None:
        raise Absent("reporting.no_report", code=code[:40])
    return found


def report_to_issue(viewer: Viewer, code: str) -> Report:
    """A made report of the REPORT reach by its code, without file and lines."""
    reach = viewer.reach(Capability.REPORT)
    found = Report.objects.visible_to(reach).filter(code=code).defer("file", "lines", "content").first()
    if found is None:
        raise Absent("reporting.no_report", code=code[:40])
    return found


def reports_of(viewer: Viewer, unit_id: int, most: int = 20) -> list[Report]:
    """Newest first, without their files."""
    return list(
        Report.objects.visible_to(viewer.reach(Capability.READ))
        .filter(unit_id=unit_id)
        .defer("file", "lines", "content")
        .order_by("-at")[:most]
    )


def code_printing(viewer: Viewer, unit_id: int, period_code: str, lines: list[dict[str, Any]]) -> str:
    """The code of the newest report of a unit and period where it printed exactly these lines; "" where it did not."""
    reports = Report.objects.visible_to(viewer.reach(Capability.READ)).filter(unit_id=unit_id, period_code=period_code)
    newest = reports.defer("file").order_by("-at").first()
    return newest.code if newest is not None and newest.lines == lines else ""


def printed_version(report: Report, indicator_code: str) -> int | None:
    """The number of the definition the report made an indicator by; None where it did not print it or did not note."""
    return next((line.get("version") for line in report.lines if line["indicator"] == indicator_code), None)


def reports_naming(viewer: Viewer, indicator_code: str) -> int:
    """How many made reports in reach print an indicator. One query over the frozen lines' text."""
    named = f'"indicator": "{indicator_code}"'
    return Report.objects.visible_to(viewer.reach(Capability.READ)).filter(lines__icontains=named).count()


def printed_line(
    report: Report, indicator_code: str, unit_id: int, period_code: str, *, role: str = LEVEL, member: str = ""
) -> dict[str, str | None] | None:
    """{"value", "percent"} as the report printed them at exactly this address; None where it printed nothing there."""
    return printed_in(report.lines, indicator_code, unit_id, period_code, role=role, member=member)


def printed_of_group(
    report: Report, indicator_code: str, group_id: int, period_code: str
) -> dict[str, str | None] | None:
    """{"value", "percent"} as the report printed them in a group's column; None where it printed nothing there."""
    return printed_of_group_in(report.lines, indicator_code, group_id, period_code)
