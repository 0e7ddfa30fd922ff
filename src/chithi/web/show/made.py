"""Reports that were made, with what may be done with each: open its numbers, issue it, write the letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chithi.db.viewer import Viewer
from chithi.registry.kinds import DocumentKind
from chithi.registry.queries import issued_of
from chithi.reporting.formats import sign_alone

if TYPE_CHECKING:
    from chithi.reporting.models import Report


def made_here(viewer: Viewer, reports: Sequence[Report]) -> list[dict[str, Any]]:
    """One entry a report, with the documents it went out as. One query."""
    papers: dict[str, list[Any]] = {}
    for row in issued_of(viewer, [report.code for report in reports]):
        papers.setdefault(row.source, []).append(row)
    return [_entry(report, papers.get(report.code, [])) for report in reports]


def _entry(report: Report, papers: list[Any]) -> dict[str, Any]:
    issued = any(row.kind == DocumentKind.REPORT for row in papers)
    return {
        "code": report.code,
        "day": report.dated,
        "href": reverse("code", args=[report.code]),
        "issued": [
            {
                "sign": _("số %(sign)s") % {"sign": sign_alone(row.sign)},
                "href": reverse("outgoing_document", args=[row.pk]),
            }
            for row in papers
        ],
        "issue_href": reverse("report_issue", args=[report.code]),
        "issue_text": _("Cấp số công văn") if issued else _("Ban hành"),
        "letter_href": reverse("report_letter", args=[report.code, "cong-van"]),
    }
