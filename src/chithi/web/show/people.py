"""People, transfers and hand-overs in words: what a row says, from when to when, what is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext

from chithi.org.kinds import EmploymentKind, HandoverState, ProposalState
from chithi.org.people_queries import Entry, Listed
from chithi.web.templatetags.chithi_format import day

SLUGS = {"dang-vien": "membership", "mien": "exemption", "chuc-vu": "post", "lam-viec": "employment"}
"""Kinds of rows as they stand in addresses."""
SLUG_OF = {what: slug for slug, what in SLUGS.items()}


def employment_word(kind: str) -> str:
    """As what somebody works."""
    words = {
        EmploymentKind.OFFICIAL: pgettext("person", "Cán bộ"),
        EmploymentKind.CIVIL_SERVANT: pgettext("person", "Công chức"),
        EmploymentKind.PUBLIC_EMPLOYEE: pgettext("person", "Viên chức"),
    }
    return words[EmploymentKind(kind)]


def said(entry: Entry) -> str:
    """What a row says of somebody: "Đảng viên dự bị", "Bí thư chi bộ (người đứng đầu)"."""
    row: Any = entry.row
    if entry.what == "membership":
        return _("Đảng viên dự bị") if row.probationary else pgettext("person", "Đảng viên")
    if entry.what == "exemption":
        return _("Miễn công tác, sinh hoạt")
    if entry.what == "employment":
        return employment_word(row.kind)
    return titled(row.title, head=row.is_head, key=row.is_key_leader)


def titled(title: str, *, head: bool, key: bool) -> str:
    """A post with its properties in brackets."""
    more = [word for on, word in ((head, _("người đứng đầu")), (key, _("cán bộ chủ chốt"))) if on]
    return f"{title} ({', '.join(more)})" if more else title


def place(entry: Entry) -> str:
    return entry.unit.short_name if entry.unit else "–"


def span(since: date, until: date | None) -> str:
    """From when to when; the last day is the one before `until`, as people say it."""
    if until is None:
        return _("từ %(since)s đến nay") % {"since": day(since)}
    if until == since:
        return _("%(since)s, ghi nhầm") % {"since": day(since)}
    return _("từ %(since)s đến trước %(until)s") % {"since": day(since), "until": day(until)}


def told_apart(person: Listed) -> str:
    """A person as a namesake is told from others: name, year of birth, where."""
    where = ", ".join(dict.fromkeys(place(entry) for entry in person.entries))
    return " · ".join(part for part in (person.name, born(person.birth_year), where) if part)


def born(year: int | None) -> str:
    return _("sinh năm %(year)s") % {"year": year} if year else ""


PENDING: dict[str, Any] = {
    "documents": ngettext_lazy("%(count)s văn bản còn số chưa xem", "%(count)s văn bản còn số chưa xem", "count"),
    "questions": ngettext_lazy("%(count)s chỗ cần hỏi chưa trả lời", "%(count)s chỗ cần hỏi chưa trả lời", "count"),
    "periods": ngettext_lazy("%(count)s kỳ chưa xác nhận ghi chép", "%(count)s kỳ chưa xác nhận ghi chép", "count"),
    "tasks": ngettext_lazy("%(count)s nhiệm vụ chưa xong", "%(count)s nhiệm vụ chưa xong", "count"),
    "tasks_overdue": ngettext_lazy("%(count)s nhiệm vụ quá hạn", "%(count)s nhiệm vụ quá hạn", "count"),
    "explanations": ngettext_lazy("%(count)s giải trình chưa gửi", "%(count)s giải trình chưa gửi", "count"),
    "transfers_out": ngettext_lazy("%(count)s người chờ chuyển đi", "%(count)s người chờ chuyển đi", "count"),
    "transfers_in": ngettext_lazy("%(count)s người chờ chuyển đến", "%(count)s người chờ chuyển đến", "count"),
    "plans": ngettext_lazy("%(count)s phương án sắp xếp đang soạn", "%(count)s phương án sắp xếp đang soạn", "count"),
    "posts": ngettext_lazy("%(count)s chức vụ ở chi bộ này", "%(count)s chức vụ ở chi bộ này", "count"),
    "exemption": gettext_lazy("Đang được miễn công tác, sinh hoạt; việc miễn giữ nguyên ngày"),
    "probation": gettext_lazy("Đang là đảng viên dự bị; thời gian dự bị tính tiếp"),
}
"""What can be open (`chithi.org.pending`), in words. A concept that adds a sort adds its words here."""


def pending_lines(found: Iterable[tuple[str, int]]) -> list[str]:
    """What is open, a line each; a code without words is left as it is rather than hidden."""
    return [PENDING[code] % {"count": n} if code in PENDING else f"{code}: {n}" for code, n in found]


def proposal_status(state: str) -> tuple[str, str]:
    """Shape and word of a proposed transfer's state."""
    return {
        ProposalState.PROPOSED: ("risk", _("Chờ trả lời")),
        ProposalState.ACCEPTED: ("done", _("Đã nhận")),
        ProposalState.REFUSED: ("late", _("Không nhận")),
        ProposalState.WITHDRAWN: ("paused", _("Đã rút")),
    }[ProposalState(state)]


def handover_status(state: str, roles: str) -> tuple[str, str]:
    """Shape and word of a hand-over's state."""
    if state == HandoverState.DONE and roles == "asked":
        return "risk", _("Đã bàn giao, chờ chuyển vai trò")
    return {
        HandoverState.OPEN: ("risk", _("Chờ ký")),
        HandoverState.DONE: ("done", _("Đã bàn giao")),
        HandoverState.WITHDRAWN: ("paused", _("Đã rút")),
    }[HandoverState(state)]
