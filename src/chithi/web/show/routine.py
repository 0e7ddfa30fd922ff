"""Work calendars as pages show them: days in words, the months of a year, a month of days, what differs from above."""

from __future__ import annotations

from calendar import monthcalendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.following.kinds import State
from chithi.routine.kinds import EVERY, DayOff, Makes, Rhythm, Standing
from chithi.routine.queries import Due, Offer, Planned
from chithi.routine.rules import LONGEST_NOTICE, When
from chithi.web.show.directives import expected_word
from chithi.web.show.tasks import SHAPES, WORDS, state_word
from chithi.web.templatetags.chithi_format import day, number

if TYPE_CHECKING:
    from chithi.routine.models import Line

RHYTHMS: dict[Rhythm, Any] = {
    Rhythm.YEARLY: gettext_lazy("Mỗi năm một lần"),
    Rhythm.HALF_YEARLY: gettext_lazy("Sáu tháng một lần"),
    Rhythm.QUARTERLY: gettext_lazy("Mỗi quý một lần"),
    Rhythm.MONTHLY: gettext_lazy("Mỗi tháng một lần"),
}
DAYS_OFF: dict[DayOff, Any] = {
    DayOff.KEEP: gettext_lazy("giữ nguyên ngày"),
    DayOff.BEFORE: gettext_lazy("lùi về ngày làm việc trước đó"),
    DayOff.AFTER: gettext_lazy("chuyển sang ngày làm việc sau đó"),
}
MAKES: dict[Makes, Any] = {
    Makes.TASK: gettext_lazy("Nhiệm vụ"),
    Makes.REMINDER: gettext_lazy("Việc nhắc"),
}
FIELDS: dict[str, Any] = {
    "title": gettext_lazy("Việc phải làm"),
    "content": gettext_lazy("Nội dung"),
    "product": gettext_lazy("Sản phẩm"),
    "rhythm": gettext_lazy("Bao lâu một lần"),
    "month": gettext_lazy("Tháng"),
    "until_month": gettext_lazy("Đến tháng"),
    "day": gettext_lazy("Ngày"),
    "day_off": gettext_lazy("Gặp ngày nghỉ thì"),
    "span": gettext_lazy("Bắt đầu trước hạn (ngày)"),
    "makes": gettext_lazy("Tạo thành"),
    "remind": gettext_lazy("Nhắc trước (ngày)"),
}
WEEK = (
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)


def when_words(line: When) -> str:
    """On which days a line falls, in words."""
    rhythm, last = line.rhythm, line.day is None
    if rhythm is Rhythm.YEARLY:
        said = _("ngày làm việc cuối tháng %(month)s") if last else _("ngày %(day)s tháng %(month)s")
        return said % {"day": line.day, "month": line.month}
    if rhythm is Rhythm.MONTHLY and (line.month, line.until_month) == (1, 12):
        return _("ngày làm việc cuối mỗi tháng") if last else _("ngày %(day)s hằng tháng") % {"day": line.day}
    until = line.until_month if rhythm is Rhythm.MONTHLY else 12
    months = ", ".join(str(month) for month in range(line.month, until + 1, EVERY[rhythm]))
    said = _("ngày làm việc cuối các tháng %(months)s") if last else _("ngày %(day)s các tháng %(months)s")
    return said % {"day": line.day, "months": months}


def line_row(line: Line, owner: str, *, may_write: bool) -> dict[str, Any]:
    """A line of the calendar, in the list of them."""
    kinds = [kind for kind in line.offers_to.split(",") if kind]
    makes = str(MAKES[Makes(line.makes)])
    return {
        "text": line.title,
        "href": reverse("routine_line_change", args=[line.pk]) if may_write else "",
        "note": line.product,
        "cells": [
            {"text": when_words(line.when())},
            {"text": makes},
            {"text": owner or ("" if line.makes == Makes.REMINDER else _("chưa ghi ai làm"))},
            {"text": ", ".join(expected_word(kind) for kind in kinds)},
        ],
        "acts": [
            {
                "text": _("Bỏ"),
                "href": reverse("routine_line_drop", args=[line.pk]),
                "fields": [{"name": "version", "value": line.version}],
            }
        ]
        if may_write
        else [],
    }


def months(found: Iterable[Due], unit_id: int, year: int, today: date) -> list[dict[str, Any]]:
    """The twelve months of a year, each with what is due in it."""
    by_month: dict[int, list[dict[str, Any]]] = {number: [] for number in range(1, 13)}
    for due in found:
        by_month[due.on.month].append(due_line(due, today))
    here = reverse("routine_of", args=[unit_id, year])
    return [
        {
            "text": _("Tháng %(month)s") % {"month": month},
            "href": f"{here}?thang={month}",
            "now": (today.year, today.month) == (year, month),
            "lines": lines,
        }
        for month, lines in by_month.items()
    ]


def due_line(due: Due, today: date) -> dict[str, Any]:
    """One thing due: its day, its words, how it stands, where it leads; a reminder that is near can be done at once."""
    if due.kind == "task" and due.state is not None:
        said = "" if due.state is State.NOT_JUDGED else state_word(due.state, 0)
        status, word = SHAPES[due.state], said
        href = reverse("task", args=[due.id])
    elif due.kind == "reminder":
        status, word = ("done", _("Đã xong")) if due.done else ("none", str(MAKES[Makes.REMINDER]))
        href = ""
    else:
        status, word, href = "none", _("Chưa tạo"), ""
    done = due.kind == "reminder" and not due.done and due.on <= today + timedelta(LONGEST_NOTICE)
    return {
        "day": f"{due.on.day}/{due.on.month}",
        "at": due.on.isoformat(),
        "text": due.title,
        "href": href,
        "status": status,
        "word": word,
        "faint": due.kind == "planned",
        "done": {"href": reverse("routine_done", args=[due.id]), "version": due.version} if done else None,
    }


def weeks(found: Iterable[Due], month: date, today: date, href: str) -> list[dict[str, Any]]:
    """A month as weeks of days, Monday first, for tasks_calendar.html; what leads nowhere leads to the year."""
    by_day: dict[int, list[dict[str, Any]]] = {}
    for due in found:
        if (due.on.year, due.on.month) == (month.year, month.month):
            line = due_line(due, today)
            line["word"] = line["word"] or str(WORDS[State.NOT_JUDGED])
            by_day.setdefault(due.on.day, []).append({**line, "href": line["href"] or href})
    rows = []
    for week in monthcalendar(month.year, month.month):
        days = [
            {
                "day": str(at) if at else "",
                "today": bool(at) and month.replace(day=at) == today,
                "other": not at,
                "tasks": by_day.get(at, []) if at else [],
                "more": None,
            }
            for at in week
        ]
        rows.append({"days": days, "free": not any(one["tasks"] for one in days)})
    return rows


def planned_months(found: Iterable[Planned], chosen: set[str] | None) -> list[dict[str, Any]]:
    """What making a year would add, by month; `chosen` what was ticked (None: all that can be)."""
    by_month: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for one in found:
        by_month.setdefault((one.due_on.year, one.due_on.month), []).append(_planned(one, chosen))
    return [
        {"text": _("Tháng %(month)s") % {"month": f"{month}/{year}"}, "lines": lines}
        for (year, month), lines in by_month.items()
    ]


def _planned(one: Planned, chosen: set[str] | None) -> dict[str, Any]:
    may = one.standing in (Standing.READY, Standing.NOBODY)
    task = one.line.makes == Makes.TASK
    begins = _("từ %(day)s") % {"day": day(one.since)} if task and one.since != one.due_on else ""
    owner = one.owner or (_("chưa ghi ai làm") if one.standing is Standing.NOBODY else "")
    return {
        "code": one.code,
        "may": may,
        "ticked": may and (chosen is None or one.code in chosen),
        "text": one.line.title,
        "day": f"{WEEK[one.due_on.weekday()]}, {day(one.due_on)}",
        "note": " · ".join(part for part in (str(MAKES[Makes(one.line.makes)]), begins, owner) if part),
        "why": {Standing.MADE: _("Đã tạo"), Standing.OVER: _("Đã qua")}.get(one.standing, ""),
        "href": reverse("task", args=[one.task_id]) if one.task_id else "",
    }


def offer_row(offer: Offer) -> dict[str, Any]:
    """A line that is offered, to be ticked."""
    line = offer.line
    makes = str(MAKES[Makes(line.makes)])
    return {
        "id": line.pk,
        "text": line.title,
        "note": " · ".join(part for part in (when_words(line.when()), makes, line.product, offer.giver) if part),
    }


def changed_row(offer: Offer) -> dict[str, Any]:
    """A line that has changed above since it was taken: what ours says and what theirs says."""
    ours, theirs = offer.ours, offer.line
    assert ours is not None  # noqa: S101 -- for the type checker: only lines that were taken are shown so
    return {
        "text": ours.title,
        "giver": offer.giver,
        "fields": [
            {"name": FIELDS[name], "ours": value_words(ours, name), "theirs": value_words(theirs, name)}
            for name in offer.fields
        ],
        "href": reverse("routine_line_follow", args=[ours.pk]),
        "version": ours.version,
    }


def value_words(line: Line, name: str) -> str:
    """What a line says in a field, in words."""
    value = getattr(line, name)
    if name == "rhythm":
        return str(RHYTHMS[Rhythm(value)])
    if name == "day_off":
        return str(DAYS_OFF[DayOff(value)])
    if name == "makes":
        return str(MAKES[Makes(value)])
    if name == "day" and value is None:
        return _("ngày làm việc cuối tháng")
    return number(value) if isinstance(value, int) else str(value) or _("để trống")
