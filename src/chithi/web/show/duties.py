"""Duties as pages show them: words of kinds and states, lines of lists, the matrix of the units below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chithi.core.periods import Period
from chithi.duties.kinds import Answer, Concerns, ListState, ReportState, Rhythm
from chithi.duties.matrix import Matrix, MatrixRow, UnitAnswer
from chithi.duties.queries import ListLine, ListPage, ReportPage, ToReport
from chithi.duties.rules import due_on
from chithi.org.kinds import Expected
from chithi.sheets.writing import Cell, Column, Kind, Table
from chithi.web.templatetags.chithi_format import day, language, number

CONCERNS: dict[Concerns, Any] = {
    Concerns.COLLECTIVE: gettext_lazy("Tập thể"),
    Concerns.HEAD: gettext_lazy("Người đứng đầu"),
    Concerns.OFFICIAL: gettext_lazy("Cán bộ, đảng viên"),
}
RHYTHMS: dict[Rhythm, Any] = {Rhythm.YEAR: gettext_lazy("Hằng năm"), Rhythm.HALF: gettext_lazy("6 tháng một lần")}
ANSWERS: dict[Answer, Any] = {
    Answer.DONE: gettext_lazy("Đã thực hiện"),
    Answer.PARTLY: gettext_lazy("Thực hiện một phần"),
    Answer.NOT_DONE: gettext_lazy("Chưa thực hiện"),
    Answer.NOT_APPLICABLE: gettext_lazy("Không áp dụng"),
}
MARKS: dict[Answer, str] = {
    Answer.DONE: "done",
    Answer.PARTLY: "risk",
    Answer.NOT_DONE: "late",
    Answer.NOT_APPLICABLE: "none",
}
LISTS: dict[ListState, tuple[str, Any]] = {
    ListState.DRAFT: ("none", gettext_lazy("Bản nháp")),
    ListState.AHEAD: ("none", gettext_lazy("Chưa có hiệu lực")),
    ListState.IN_FORCE: ("good", gettext_lazy("Đang có hiệu lực")),
    ListState.ENDED: ("paused", gettext_lazy("Hết hiệu lực")),
}
REPORTS: dict[ReportState, tuple[str, Any]] = {
    ReportState.MISSING: ("none", gettext_lazy("Chưa báo cáo")),
    ReportState.BEGUN: ("risk", gettext_lazy("Đang viết, chưa gửi")),
    ReportState.RETURNED: ("late", gettext_lazy("Bị trả lại")),
    ReportState.SUBMITTED: ("done", gettext_lazy("Đã gửi")),
}
EXPECTS: dict[str, Any] = {
    Expected.GRASSROOTS: gettext_lazy("Tổ chức cơ sở đảng"),
    Expected.CELLS: gettext_lazy("Chi bộ"),
    Expected.DISTRICTS: gettext_lazy("Đảng bộ cấp huyện"),
    Expected.MASS_ORGANISATIONS: gettext_lazy("Đoàn thể"),
}


def expects_words(kinds: tuple[str, ...]) -> str:
    """Who reports, in words."""
    return ", ".join(str(EXPECTS[kind]) for kind in kinds if kind in EXPECTS)


def list_row(line: ListLine) -> dict[str, Any]:
    """A list for components/listing.html."""
    mark, word = LISTS[line.state]
    return {
        "text": line.name,
        "href": reverse("duty_list", args=[line.id]),
        "note": line.sign,
        "cells": [
            {"text": line.issuer},
            {"text": expects_words(line.expects)},
            {"text": str(RHYTHMS[line.rhythm])},
            {"text": day(line.since)},
            {"status": mark, "word": str(word)},
        ],
    }


def owed_row(one: ToReport) -> dict[str, Any]:
    """A report that is asked for, for components/listing.html."""
    mark, word = REPORTS[one.state]
    return {
        "text": one.line.name,
        "href": reverse("duty_report", args=[one.line.id, one.unit_id, one.period.code]),
        "note": one.line.sign,
        "cells": [
            {"text": one.period.label(language())},
            {"text": day(due_on(one.period))},
            {"status": mark, "word": str(word)},
        ],
    }


def list_facts(page: ListPage) -> list[dict[str, str]]:
    """What is known of a list: {name, text, href}."""
    line = page.line
    rows = [
        (_("Đơn vị ban hành"), line.issuer, ""),
        (_("Theo quy định"), line.sign, ""),
        (
            _("Văn bản"),
            page.directive_words,
            reverse("directive", args=[page.directive]) if page.directive and page.directive_words else "",
        ),
        (_("Ai báo cáo"), expects_words(line.expects), ""),
        (_("Bao lâu một lần"), str(RHYTHMS[line.rhythm]), ""),
        (_("Có hiệu lực"), _validity(line), ""),
        (_("Phiên bản trước"), _("xem") if page.before else "", _list_href(page.before)),
        (_("Phiên bản sau"), _("xem") if page.after else "", _list_href(page.after)),
    ]
    return [{"name": name, "text": text, "href": href} for name, text, href in rows if text]


def _validity(line: ListLine) -> str:
    if line.until is None:
        return _("từ %(since)s") % {"since": day(line.since)}
    return _("từ %(since)s đến trước %(until)s") % {"since": day(line.since), "until": day(line.until)}


def _list_href(list_id: int | None) -> str:
    return reverse("duty_list", args=[list_id]) if list_id else ""


def said_rows(page: ReportPage, register_href: str) -> list[dict[str, Any]]:
    """The answers of a report that is not being written: {duty, concerns, mark, word, note, evidence, links}."""
    rows = []
    for one in page.answers:
        links = []
        if one.shortcoming is not None:
            links.append({"text": _("Hạn chế đã ghi nhận"), "href": reverse("shortcoming", args=[one.shortcoming])})
        elif one.short and one.id is not None:
            query = urlencode({"don_vi": page.unit_id, "nghia_vu": one.id})
            links.append({"text": _("Ghi nhận hạn chế"), "href": f"{register_href}?{query}"})
        rows.append(
            {
                "duty": f"{one.duty.code}. {one.duty.wording}",
                "concerns": str(CONCERNS[one.duty.concerns]),
                "mark": MARKS[one.answer] if one.answer else "none",
                "word": str(ANSWERS[one.answer]) if one.answer else _("chưa trả lời"),
                "note": one.note,
                "evidence": one.evidence,
                "links": links,
            }
        )
    return rows


def matrix_address(list_id: int, unit_id: int, period: Period, **more: str) -> str:
    """The address of the matrix of a unit, or of the list behind one of its counts."""
    query = urlencode({"don_vi": unit_id, "cho": period.code, **more}, safe="@:")
    return f"{reverse('duty_matrix', args=[list_id])}?{query}"


def matrix_table(found: Matrix, list_id: int, period: Period) -> dict[str, Any]:
    """For duty_matrix.html: {heads: list[{code, wording}], rows}; the last row is the total of all pages."""
    rows = [_row(found, row, list_id, period, row.name) for row in found.rows]
    return {
        "heads": [{"code": duty.code, "wording": duty.wording} for duty in found.duties],
        "rows": [*rows, _row(found, found.total, list_id, period, _("Cộng"))],
    }


def _row(found: Matrix, row: MatrixRow, list_id: int, period: Period, name: str) -> dict[str, Any]:
    at = row.unit_id
    whole = {"rieng": "1"} if row.own else {}
    return {
        "text": _("riêng %(unit)s") % {"unit": name} if row.own else name,
        "href": "" if row.own or row is found.total else matrix_address(list_id, at, period),
        "total": row is found.total,
        "asked": number(row.asked),
        "submitted": number(row.submitted),
        "submitted_href": matrix_address(list_id, at, period, trang_thai="submitted", **whole) if row.submitted else "",
        "missing": number(row.asked - row.submitted) if row.asked > row.submitted else "",
        "missing_href": matrix_address(list_id, at, period, trang_thai="missing", **whole),
        "cells": [
            [
                {
                    "mark": MARKS[answer],
                    "word": number(count),
                    "label": f"{ANSWERS[answer]}: {number(count)}",
                    "href": matrix_address(
                        list_id, at, period, nghia_vu=str(duty.id), tra_loi=answer.value, **whole
                    ),
                }
                for answer in Answer
                if (count := row.answers.get(duty.id, Counter())[answer])
            ]
            for duty in found.duties
        ],
    }  # fmt: skip


def behind_row(one: UnitAnswer, list_id: int, period: Period) -> dict[str, Any]:
    """A unit behind a count, for components/listing.html."""
    mark, word = REPORTS[one.state]
    sent = one.state is ReportState.SUBMITTED
    return {
        "text": one.unit.name,
        "href": reverse("duty_report", args=[list_id, one.unit.id, period.code]) if sent else "",
        "cells": [
            {"status": mark, "word": str(word)},
            {"status": MARKS[one.answer], "word": str(ANSWERS[one.answer])} if one.answer else {"text": ""},
            {"text": one.note},
        ],
    }


def sheet(found: Matrix, name: str) -> Table:
    """The matrix as a table of a workbook: four counts a duty."""
    columns = [
        Column(_("Đơn vị"), 48),
        Column(_("Phải báo cáo"), 14, Kind.NUMBER),
        Column(_("Đã gửi"), 12, Kind.NUMBER),
        *(
            Column(f"{duty.code}. {ANSWERS[answer]}", 16, Kind.NUMBER)
            for duty in found.duties
            for answer in Answer
        ),
    ]  # fmt: skip
    lines: Iterator[list[Cell]] = (
        [
            row.name if row is not found.total else _("Cộng"), row.asked, row.submitted,
            *(row.answers.get(duty.id, Counter())[answer] for duty in found.duties for answer in Answer),
        ]
        for row in (*found.rows, found.total)
    )  # fmt: skip
    return Table(name, columns, lines)
