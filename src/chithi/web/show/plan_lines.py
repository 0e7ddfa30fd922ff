"""The work that a document asks for, as pages show it: what a form begins with, rows of what became of it below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from chithi.core.numbers import format_number, percent
from chithi.org.queries import UnitCard
from chithi.sheets.writing import Column
from chithi.tasks.below import Became, Below
from chithi.tasks.from_above import Asked
from chithi.tasks.kinds import Taken
from chithi.web.show.directives import expected_word
from chithi.web.templatetags.chithi_format import day, language, number

if TYPE_CHECKING:
    from chithi.tasks.models import PlanLine, Task

MARKS = {Taken.CARRIED: "done", Taken.LEFT_OUT: "paused", Taken.SILENT: "risk", Taken.NO_PLAN: "none"}
BLANK_FIRST, BLANK_MORE = 5, 2
"""Empty lines offered where nothing is written yet, and below what is."""


def taken_word(how: Taken) -> str:
    """What became of a task in a unit below."""
    return {
        Taken.CARRIED: _("Đã có việc làm tiếp"),
        Taken.LEFT_OUT: _("Không đưa vào"),
        Taken.SILENT: _("Kế hoạch không nhắc tới"),
        Taken.NO_PLAN: _("Chưa ban hành kế hoạch"),
    }[how]


def begun(
    asked: Sequence[Asked], rows: Sequence[PlanLine], helpers: Mapping[int, str], *, how: str
) -> list[dict[str, Any]]:
    """What the lines of a form begin with: work from above, stored or as it came; work of one's own; empty lines.

    `helpers`: of each line, as its field takes them. `how`: what is proposed for work from above of which nothing is
    said yet. What the level above has taken back since becomes work of one's own.
    """
    waiting = [row for row in rows if row.task_id is None]
    stored = {row.above_id: row for row in rows if row.above_id is not None}
    above = [
        _stored(stored[one.task.pk], helpers) if one.task.pk in stored else _as_it_came(one.task, how)
        for one in asked
        if one.given is None
    ]
    known = {one.task.pk for one in asked}
    own = [_stored(row, helpers) for row in waiting if row.above_id is None]
    own += [
        _stored(row, helpers) | {"above": None, "withdrawn": True}
        for row in waiting
        if row.above_id is not None and row.above_id not in known and not row.left_out
    ]
    empty = BLANK_MORE if above or own else BLANK_FIRST
    return [*above, *own, *({"for_below": True} for _n in range(empty))]


def _as_it_came(task: Task, how: str) -> dict[str, Any]:
    return {
        "above": task.pk, "how": how, "title": task.title, "product": task.product, "clause": task.clause,
        "due_on": task.due_on, "for_below": True,
    }  # fmt: skip


def _stored(row: PlanLine, helpers: Mapping[int, str]) -> dict[str, Any]:
    owner = f"p{row.owner_post_id}" if row.owner_post_id else f"m{row.owner_person_id}" if row.owner_person_id else ""
    return {
        "id": row.pk, "above": row.above_id, "how": "leave" if row.left_out else "carry", "reason": row.reason,
        "title": row.title, "product": row.product, "clause": row.clause, "owner": owner, "due_on": row.due_on,
        "for_below": row.for_below, "helpers": helpers.get(row.pk, ""),
    }  # fmt: skip


def given(one: Asked) -> dict[str, str]:
    """A task from above that was given to the unit itself."""
    assert one.given is not None  # noqa: S101 -- for the type checker: whoever calls has looked
    return {"text": one.given.title, "href": reverse("task", args=[one.given.pk]), "due": day(one.given.due_on)}


def running(row: PlanLine) -> dict[str, str]:
    """A line that has become a task."""
    return {"text": row.title, "href": reverse("task", args=[row.task_id]), "due": day(row.due_on)}


def below_href(found: Below, task: int, how: Taken | None = None, kind: str | None = None) -> str:
    """What became below of the tasks of a document; of one task, the units that stand so."""
    return f"{reverse('plan_below', args=[found.directive.pk])}?{_query(found, task, how, kind)}"


def file_href(found: Below, task: int, how: Taken | None) -> str:
    """The same as a workbook."""
    return f"{reverse('plan_below_file', args=[found.directive.pk, 'xlsx'])}?{_query(found, task, how, None)}"


def _query(found: Below, task: int, how: Taken | None, kind: str | None) -> str:
    kind = found.cascade.kind if kind is None else kind
    asked = {"don-vi": found.cascade.unit_id, "viec": task, "tinh": how.value if how else "", "loai": kind}
    return urlencode({name: value for name, value in asked.items() if value})


def task_row(found: Below, task: Task, counts: Counter[Taken]) -> dict[str, Any]:
    """A task with how many units stand how, each leading to its list."""
    asked = sum(counts.values())
    return {
        "text": task.title,
        "href": below_href(found, task.pk),
        "note": _("hạn %(due)s") % {"due": day(task.due_on)},
        "cells": [
            {"text": number(asked), "amount": True},
            *(
                {
                    "text": number(counts[how]),
                    "amount": True,
                    "href": below_href(found, task.pk, how) if counts[how] else "",
                }
                for how in Taken
            ),
            {"text": _share(counts[Taken.CARRIED], asked), "amount": True},
        ],
        "acts": [],
    }


def counted(found: Below, task: int) -> list[dict[str, Any]]:
    """How many units stand how to one task, see components/standings.html."""
    counts = found.counts()[task]
    return [
        {
            "mark": MARKS[how],
            "word": taken_word(how),
            "text": number(counts[how]),
            "href": below_href(found, task, how) if counts[how] else "",
        }
        for how in Taken
    ]


def unit_row(
    unit: UnitCard, one: Became, above: str, own: int | None, left_by: Mapping[int, UnitCard]
) -> dict[str, Any]:
    """A unit, what became of the task there, why; its own task where it has one."""
    reason = one.reason or ("–" if one.how is not Taken.LEFT_OUT else _("không ghi lý do"))
    if one.left_by and one.left_by != unit.id and one.left_by in left_by:
        reason = _("%(unit)s không đưa vào: %(reason)s") % {"unit": left_by[one.left_by].short_name, "reason": reason}
    return {
        "text": unit.short_name,
        "href": reverse("unit", args=[unit.id]),
        "note": above,
        "cells": [
            {"status": MARKS[one.how], "word": taken_word(one.how)},
            {"text": reason},
            {"text": _("Xem nhiệm vụ"), "href": reverse("task", args=[own])} if own else {"text": "–"},
        ],
        "acts": [],
    }


def kinds(found: Below, task: int, how: Taken | None) -> list[dict[str, Any]]:
    """Which kinds of units may be looked at, see components/asked_kinds.html; none where only one is asked."""
    expects = found.cascade.expects
    if len(expects) < 2:
        return []
    words = [("", _("Tất cả")), *((kind, expected_word(kind)) for kind in expects)]
    return [
        {
            "text": text,
            "kind": kind,
            "told": "",
            "href": below_href(found, task, how, kind),
            "current": kind == found.cascade.kind,
        }
        for kind, text in words
    ]


def columns() -> list[Column]:
    """Of the workbook: a row for each unit and task."""
    return [
        Column(_("Việc"), 50),
        Column(_("Mã đơn vị"), 16),
        Column(_("Đơn vị"), 44),
        Column(_("Đơn vị cấp trên"), 30),
        Column(_("Tình trạng"), 26),
        Column(_("Lý do"), 40),
    ]


def figure(text: str) -> dict[str, Any]:
    """The head of a column of figures."""
    return {"text": text, "href": "", "sorted": "", "figure": True, "hint": ""}


def _share(part: int, whole: int) -> str:
    found = percent(part, whole)
    return "–" if found is None else f"{format_number(found, language(), decimals=1)}%"
