"""Words for reorganisation plans: their states, what a change does, what an heir takes over, what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chithi.org.kinds import PlanState, TreeEventKind, UnitKind
from chithi.org.plan_preview import Happening, Named, Seen
from chithi.org.plan_rows import Problem
from chithi.web.templatetags.chithi_format import language, number

STATE_WORDS = {
    PlanState.DRAFT: gettext_noop("Đang soạn"),
    PlanState.APPLIED: gettext_noop("Đã áp dụng"),
    PlanState.UNDONE: gettext_noop("Đã hủy"),
    PlanState.CANCELLED: gettext_noop("Đã bỏ"),
}
STATE_MARKS = {
    PlanState.DRAFT: "none",
    PlanState.APPLIED: "done",
    PlanState.UNDONE: "paused",
    PlanState.CANCELLED: "paused",
}
EVENT_WORDS = {
    TreeEventKind.OPEN: gettext_noop("Thành lập"),
    TreeEventKind.CLOSE: gettext_noop("Kết thúc hoạt động"),
    TreeEventKind.RENAME: gettext_noop("Đổi tên"),
    TreeEventKind.MOVE: gettext_noop("Chuyển sang cấp trên khác"),
    TreeEventKind.MERGE: gettext_noop("Sáp nhập"),
    TreeEventKind.SPLIT: gettext_noop("Chia tách"),
    TreeEventKind.CHANGE_KIND: gettext_noop("Đổi loại"),
    TreeEventKind.REOPEN: gettext_noop("Mở lại"),
    TreeEventKind.RESTORE: gettext_noop("Trở lại như trước"),
}
RECORD_WORDS: dict[str, str] = {
    "access.rolegrant": gettext_noop("vai trò"),
    "indicators.figure": gettext_noop("số liệu"),
    "indicators.confirmation": gettext_noop("kỳ đã xác nhận"),
    "indicators.sourcepolicy": gettext_noop("nguồn số đã chọn"),
    "indicators.adoption": gettext_noop("số nhận bù"),
    "narrative.document": gettext_noop("văn bản"),
    "narrative.span": gettext_noop("con số trong văn bản"),
    "narrative.sentence": gettext_noop("câu trong văn bản"),
    "narrative.question": gettext_noop("chỗ cần hỏi"),
    "org.membership": gettext_noop("đảng viên"),
    "org.post": gettext_noop("chức vụ"),
    "org.exemption": gettext_noop("lượt miễn sinh hoạt"),
    "org.employment": gettext_noop("cán bộ, công chức"),
    "org.unitlink": gettext_noop("mối liên hệ"),
    "org.group": gettext_noop("nhóm đơn vị"),
    "org.groupmember": gettext_noop("lượt vào nhóm"),
    "org.transferproposal": gettext_noop("đề nghị chuyển sinh hoạt"),
    "org.handover": gettext_noop("biên bản bàn giao"),
    "reporting.report": gettext_noop("báo cáo đã lập"),
    "directives.directive": gettext_noop("văn bản chỉ đạo"),
    "tasks.task": gettext_noop("nhiệm vụ"),
    "duties.dutylist": gettext_noop("danh mục nghĩa vụ"),
    "duties.dutyreport": gettext_noop("báo cáo nghĩa vụ"),
    "duties.shortcoming": gettext_noop("hạn chế, khuyết điểm"),
    "routine.line": gettext_noop("dòng lịch công tác"),
    "dossiers.entry": gettext_noop("mục hồ sơ"),
    "calls.call": gettext_noop("yêu cầu báo cáo"),
    "calls.reply": gettext_noop("trả lời yêu cầu báo cáo"),
}
OTHERS = gettext_noop("mục khác")
FIRST = ("org.membership", "org.post", "access.rolegrant", "indicators.figure", "reporting.report")


def state_word(state: PlanState) -> str:
    return _(STATE_WORDS[state])


def event_word(kind: TreeEventKind) -> str:
    return _(EVENT_WORDS[kind])


def kind_name(kind: str, *, is_cell: bool, is_grassroots: bool) -> str:
    """What a unit is; a grassroots organisation that is a cell is a chi bộ cơ sở."""
    if is_grassroots:
        return _("Chi bộ cơ sở") if is_cell else _("Đảng bộ cơ sở")
    return kind_choices()[UnitKind(kind)]


def kind_choices() -> dict[UnitKind, str]:
    """Every kind with its word."""
    return {
        UnitKind.CENTRE: _("Trung ương"),
        UnitKind.PROVINCE: _("Đảng bộ tỉnh"),
        UnitKind.DISTRICT: _("Đảng bộ huyện"),
        UnitKind.BLOC: _("Đảng bộ khối"),
        UnitKind.GRASSROOTS: _("Tổ chức cơ sở đảng"),
        UnitKind.SUB_COMMITTEE: _("Đảng bộ bộ phận"),
        UnitKind.CELL: _("Chi bộ trực thuộc"),
        UnitKind.AGENCY: _("Cơ quan"),
        UnitKind.MASS_ORGANISATION: _("Mặt trận, đoàn thể"),
        UnitKind.VILLAGE: _("Thôn, bản"),
    }


def told(one: Happening) -> str:
    """One change in words, without the name of the unit it is about."""
    if one.heir is not None:
        return _("%(heir)s kế thừa") % {"heir": named(one.heir)}
    was, now = one.before, one.after
    if one.kind is TreeEventKind.RENAME and was and now and was.name != now.name:
        return _("từ “%(was)s” thành “%(now)s”") % {"was": was.name, "now": now.name}
    if one.kind is TreeEventKind.CHANGE_KIND and was and now:
        return _("từ %(was)s thành %(now)s") % {"was": _kind(was), "now": _kind(now)}
    if one.kind is TreeEventKind.MOVE and was and now and was.parent and now.parent:
        return _("từ %(was)s về %(now)s") % {"was": named(was.parent), "now": named(now.parent)}
    if now and now.parent:
        return _("%(kind)s, dưới %(parent)s") % {"kind": _kind(now), "parent": named(now.parent)}
    return event_word(one.kind)


def named(unit: Named) -> str:
    """A unit's name with its code."""
    return f"{unit.name} ({unit.code})" if unit.name else unit.code


def _kind(seen: Seen) -> str:
    return kind_name(seen.kind, is_cell=seen.is_cell, is_grassroots=seen.is_grassroots)


def records_text(records: Mapping[str, int]) -> str:
    """ "12 đảng viên, 3 chức vụ, 5 số liệu": what belongs to a unit; empty where nothing does."""
    counted: dict[str, int] = {}
    for label in sorted(records, key=lambda one: (FIRST.index(one) if one in FIRST else len(FIRST), one)):
        said = _(RECORD_WORDS.get(label, OTHERS))
        counted[said] = counted.get(said, 0) + records[label]
    return ", ".join(f"{number(count)} {said}" for said, count in counted.items() if count)


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Each problem as one line: row, column, what is wrong."""
    return [worded(problem).said(language()) for problem in problems]


def worded(problem: Problem) -> Problem:
    """A problem whose facts are words people know, where they were names of tables."""
    if problem.code != "undo.records":
        return problem
    what = _(RECORD_WORDS.get(str(problem.facts.get("what")), OTHERS))
    return Problem(problem.code, problem.row, problem.column, {**problem.facts, "what": what})


def happening_rows(
    found: Sequence[Happening], *, most: int, records: bool = False, doors: bool = False
) -> list[dict[str, Any]]:
    """Rows for components/listing.html: unit, what happens, what the heir takes over; `doors`: the units open."""
    return [
        {
            "text": one.name,
            "href": reverse("unit_manage", args=[one.unit_id]) if doors else "",
            "note": one.code,
            "cells": [{"text": told(one)}, *([{"text": records_text(one.records) or "–"}] if records else [])],
        }
        for one in found[:most]
    ]
