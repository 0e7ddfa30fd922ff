"""Sheets to take along: the template of a plan, and a plan written out."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chithi.db.viewer import Capability
from chithi.org.plan_cells import sheet_of, template
from chithi.org.plan_queries import one_plan, plan_rows
from chithi.org.plan_words import HEADS, KINDS, WHATS, YES_NO, word
from chithi.sheets.writing import Column, Table, write
from chithi.text.vietnamese import fold
from chithi.web.middleware import ViewerRequest
from chithi.web.templatetags.chithi_format import language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {"codes": 28, "name": 36, "people": 36, "kind": 22}


@require_safe
def plan_template(request: ViewerRequest, tongue: str) -> HttpResponse:
    """The template in Vietnamese or English."""
    request.viewer.require_anywhere(Capability.TREE)
    said = "en" if tongue == "en" else "vi"
    return _file(template(said), said, "plan" if said == "en" else "phuong-an")


@require_safe
def plan_file(request: ViewerRequest, plan: int) -> HttpResponse:
    """A plan's rows as a workbook, which reads back as the same plan."""
    card = one_plan(request.viewer, plan)
    name = slugify(fold(card.title))[:60] or "phuong-an"
    return _file(sheet_of(plan_rows(request.viewer, plan), language()), language(), name)


def _file(rows: list[list[str]], tongue: str, name: str) -> HttpResponse:
    flags = YES_NO[tongue == "en"]
    choices = {
        "what": tuple(word(WHATS, one, tongue) for one in WHATS),
        "kind": tuple(word(KINDS, one, tongue) for one in KINDS),
        "is_cell": flags,
        "is_grassroots": flags,
    }
    columns = [
        Column(head, width=WIDTHS.get(column, 18), choices=choices.get(column, ()))
        for head, column in zip(rows[0], HEADS, strict=True)
    ]
    table = Table(_("Phương án")[:31], columns, rows[1:])
    answer = HttpResponse(write([table], ending="xlsx", language=tongue), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
