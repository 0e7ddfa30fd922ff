"""Shortcomings as pages show them: words of states, lines of the list, the facts of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.db.viewer import Viewer
from chithi.duties.found import ShortcomingLine, ShortcomingPage, called
from chithi.duties.kinds import Found, Remedy
from chithi.tasks.kinds import Origin
from chithi.web.show.tasks import SHAPES, state_word
from chithi.web.templatetags.chithi_format import day, number

if TYPE_CHECKING:
    from chithi.tasks.models import Task

FOUND: dict[Found, Any] = {
    Found.SELF_CRITICISM: gettext_lazy("Kiểm điểm, tự phê bình"),
    Found.INSPECTION: gettext_lazy("Kết luận kiểm tra, giám sát"),
    Found.DUTY: gettext_lazy("Báo cáo nghĩa vụ"),
    Found.OTHER: gettext_lazy("Nguồn khác"),
}
REMEDIES: dict[Remedy, tuple[str, Any]] = {
    Remedy.OPEN: ("late", gettext_lazy("Chưa giao khắc phục")),
    Remedy.BEING_REMEDIED: ("risk", gettext_lazy("Đang khắc phục")),
    Remedy.REMEDIED: ("done", gettext_lazy("Đã khắc phục")),
    Remedy.REOPENED: ("late", gettext_lazy("Tái diễn")),
    Remedy.WITHDRAWN: ("paused", gettext_lazy("Đã rút")),
}


def row(line: ShortcomingLine) -> dict[str, Any]:
    """A shortcoming for components/listing.html."""
    mark, word = REMEDIES[line.state]
    done = {"done": number(line.done), "tasks": number(line.tasks)}
    return {
        "text": line.wording,
        "href": reverse("shortcoming", args=[line.id]),
        "cells": [
            {"text": line.unit.short_name if line.unit else ""},
            {"text": str(FOUND[line.found])},
            {"text": day(line.found_on)},
            {"text": _("%(done)s/%(tasks)s việc") % done if line.tasks else "–"},
            {"status": mark, "word": str(word)},
        ],
    }


def facts(page: ShortcomingPage) -> list[dict[str, str]]:
    """What is known of one: {name, text, href}."""
    kept, came = page.row, page.came
    unit = page.line.unit
    rows = [
        (_("Đơn vị"), unit.name if unit else "", reverse("unit", args=[unit.id]) if unit else ""),
        (_("Nguồn"), str(FOUND[page.line.found]), ""),
        (_("Nêu ở"), kept.source, ""),
        (
            _("Từ nghĩa vụ"),
            came.duty if came else "",
            reverse("duty_report", args=[came.list_id, came.unit_id, came.period]) if came else "",
        ),
        (_("Phát hiện ngày"), day(kept.found_on), ""),
        (_("Nguyên nhân"), kept.cause, ""),
        (_("Người ghi"), page.people.get(kept.by_id or 0, ""), ""),
        (_("Đã rút"), f"{day(kept.withdrawn_on)} · {kept.withdrawn_why}" if kept.withdrawn_on else "", ""),
    ]
    return [{"name": name, "text": text, "href": href} for name, text, href in rows if text]


def tasks(page: ShortcomingPage) -> list[dict[str, Any]]:
    """The tasks that came out of it, for components/listing.html."""
    return [
        {
            "text": line.title,
            "href": reverse("task", args=[line.id]),
            "cells": [
                {"text": line.unit.short_name if line.unit else ""},
                {"text": day(line.due_on)},
                {"status": SHAPES[line.state], "word": state_word(line.state, line.late)},
                {"text": _("đã nghiệm thu") if line.accepted else _("chưa nghiệm thu")},
            ],
        }
        for line in page.tasks
    ]


def buttons(page: ShortcomingPage) -> list[dict[str, Any]]:
    """What may be done, the one thing to do first: {text, href, main}."""
    if not page.writes:
        return []
    state, at = page.line.state, page.row.pk
    found = []
    if state in (Remedy.OPEN, Remedy.REOPENED, Remedy.BEING_REMEDIED):
        found.append((_("Giao việc khắc phục"), "shortcoming_task"))
    if state is Remedy.REMEDIED:
        found.append((_("Ghi nhận tái diễn"), "shortcoming_again"))
    if state is not Remedy.WITHDRAWN and not page.tasks:
        found.append((_("Sửa lời"), "shortcoming_change"))
    if state is Remedy.OPEN:
        found.append((_("Rút vì ghi nhầm"), "shortcoming_withdraw"))
    main = state in (Remedy.OPEN, Remedy.REOPENED)
    return [
        {"text": text, "href": reverse(route, args=[at]), "main": main and place == 0}
        for place, (text, route) in enumerate(found)
    ]


def tiles(counts: dict[Remedy, int], unit_id: int) -> list[dict[str, str]]:
    """Counts by state, each with the list it stands for."""
    found = []
    for state, count in counts.items():
        mark, word = REMEDIES[state]
        query = urlencode({"don_vi": unit_id, "trang_thai": state.value} if unit_id else {"trang_thai": state.value})
        found.append(
            {
                "status": mark,
                "word": str(word),
                "count": number(count),
                "href": f"{reverse('shortcomings')}?{query}",
            }
        )
    return found


def origin_of(viewer: Viewer, task: Task) -> list[dict[str, str]]:
    """What a task came out of, for its page's facts: a link with its words, or its kind alone where out of reach."""
    if task.origin_kind != Origin.SHORTCOMING or task.origin_id is None:
        return []
    words = called(viewer, task.origin_id)
    if words is None:
        return [{"name": _("Từ hạn chế, khuyết điểm"), "text": _("ngoài phạm vi được xem"), "href": ""}]
    href = reverse("shortcoming", args=[task.origin_id])
    return [{"name": _("Từ hạn chế, khuyết điểm"), "text": words, "href": href}]
