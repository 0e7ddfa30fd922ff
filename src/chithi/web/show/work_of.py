"""The work that a document asks for, as its own page tells it in short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.core.errors import Absent
from chithi.org.queries import in_reach
from chithi.tasks.from_above import asked_of, work_under
from chithi.tasks.planning import lines_of
from chithi.web.chosen import unit_of
from chithi.web.manage.desk import listing
from chithi.web.middleware import ViewerRequest
from chithi.web.show.tasks import SHAPES, WORDS
from chithi.web.templatetags.chithi_format import day, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chithi.directives.models import Directive
    from chithi.tasks.from_above import Asked
    from chithi.tasks.models import PlanLine


def work_of(request: ViewerRequest, row: Directive, *, writes: bool) -> dict[str, Any] | None:
    """{listing, write_href, write_text, below_href, open}; None where there is nothing to tell or to do.

    A draft shows its lines, and (`open`) how much of what is asked from above it says nothing of; a document that is
    out its tasks: all of them in reach, else those for below.
    """
    may_write = writes and row.withdrawn_on is None
    lines, unsaid = _lines(request, row) if row.is_draft else (_tasks(request, row), 0)
    below = bool(row.expects) and not row.is_draft and any(one["below"] for one in lines)
    if not lines and not may_write:
        return None
    heads = [_("Việc"), _("Sản phẩm"), _("Điều, khoản, mục"), _("Hạn"), _("Tình trạng")]
    return {
        "listing": listing(_("Việc của văn bản"), [*heads], lines, none=_("Chưa ghi việc nào.")),
        "write_href": reverse("plan_lines", args=[row.pk]) if may_write else "",
        "write_text": _("Ghi việc") if row.is_draft else _("Ghi thêm việc"),
        "below_href": f"{reverse('plan_below', args=[row.pk])}?don-vi={_top(request, row)}" if below else "",
        "open": _unsaid(unsaid) if unsaid and may_write else "",
    }


def _unsaid(count: int) -> str:
    said = ngettext(
        "Còn %(count)s việc của cấp trên chưa ghi là đưa vào hay không.",
        "Còn %(count)s việc của cấp trên chưa ghi là đưa vào hay không.",
        count,
    )
    return said % {"count": number(count)}


def _top(request: ViewerRequest, row: Directive) -> int:
    return row.unit_id if in_reach(request.viewer, row.unit_id) else unit_of(request)


def _lines(request: ViewerRequest, row: Directive) -> tuple[list[dict[str, Any]], int]:
    """The lines of a draft, and how many tasks from above they say nothing of; none where it may not be read."""
    try:
        lines = lines_of(request.viewer, row.pk)
    except Absent:
        return [], 0
    asked = {one.task.pk: one for one in asked_of(request.viewer, row)}
    unsaid = {pk for pk, one in asked.items() if one.given is None} - {line.above_id for line in lines}
    return [_line(one, asked) for one in lines], len(unsaid)


def _line(one: PlanLine, asked: Mapping[int, Asked]) -> dict[str, Any]:
    state = {"status": "paused", "word": _("Không đưa vào")} if one.left_out else _written(one, asked)
    return {
        "text": one.title,
        "href": "",
        "note": one.reason,
        "below": one.for_below,
        "cells": [{"text": one.product or "–"}, {"text": one.clause or "–"}, {"text": day(one.due_on) or "–"}, state],
        "acts": [],
    }


def _written(one: PlanLine, asked: Mapping[int, Asked]) -> dict[str, str]:
    """What stands in the way of a draft's line becoming a task."""
    above = asked.get(one.above_id) if one.above_id is not None else None
    if one.above_id is not None and above is None:
        return {"status": "risk", "word": _("Cấp trên đã rút việc này")}
    if above is not None and above.given is not None:
        return {"status": "risk", "word": _("Cấp trên đã giao thẳng cho đơn vị")}
    if one.due_on is None or not (one.owner_post_id or one.owner_person_id):
        return {"status": "risk", "word": _("Còn thiếu người hoặc hạn")}
    if above is not None and one.due_on > above.task.due_on:
        return {"status": "risk", "word": _("Sau hạn của cấp trên (%(day)s)") % {"day": day(above.task.due_on)}}
    return {"status": "none", "word": _("Chờ ban hành")}


def _tasks(request: ViewerRequest, row: Directive) -> list[dict[str, Any]]:
    viewer = request.viewer
    return [
        {
            "text": task.title,
            "href": reverse("task", args=[task.pk]) if reachable else "",
            "note": "",
            "below": task.for_below,
            "cells": [
                {"text": task.product or "–"},
                {"text": task.clause or "–"},
                {"text": day(task.due_on)},
                {"status": SHAPES[state], "word": str(WORDS[state])} if reachable else {"text": "–"},
            ],
            "acts": [],
        }
        for task, state, reachable in work_under(viewer, row)
    ]
