"""What letters say: the things to do, when, and where to do them. Names of things and units, never of people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse

from chithi.access.models import User
from chithi.core.due import DueItem
from chithi.core.numbers import format_date
from chithi.jobs.letters import Letter, Line, Part
from chithi.work.kinds import When
from chithi.work.models import Notice
from chithi.work.rules import when

MOST_LINES = 30
HEADS: dict[When, tuple[str, str]] = {
    When.LATE: ("Quá hạn", "Overdue"),
    When.TODAY: ("Hôm nay", "Today"),
    When.THIS_WEEK: ("Tuần này", "This week"),
    When.LATER: ("Sau đó", "Later"),
    When.UNDATED: ("Không có hạn", "Without a day"),
}
_FOOT = (
    "Thư tự động của chithi. Chọn việc nào được báo, bằng cách nào, ở đây:",
    "Sent by chithi. Choose what you are told of, and how, here:",
)
_MORE = ("… và {count} việc nữa: xem Việc của tôi", "… and {count} more: see My work")


def reminder(user: User, told: Sequence[Notice], today: date) -> Letter:
    """The reminders of one day."""
    english = user.language == "en"
    things = "1 thing" if len(told) == 1 else f"{len(told)} things"
    subject = (f"{len(told)} việc sắp đến hạn hoặc quá hạn", f"{things} due or overdue")[english]
    lines = [((n.what_en if english else n.what_vi) + _due(n.due_on, today, english), n.address) for n in told]
    return _letter(user, subject, [Part("", _cut(lines, english))])


def weekly(user: User, items: Sequence[DueItem], today: date) -> Letter:
    """Everything open, by day; of what comes later only the next month."""
    english = user.language == "en"
    parts = []
    for part in When:
        some = [one for one in items if when(one.due_on, today) is part]
        if part is When.LATER:
            some = [one for one in some if one.due_on and one.due_on <= today + timedelta(days=31)]
        lines = [
            (one.what.in_language(user.language) + _due(one.due_on, today, english), reverse(one.route, args=one.args))
            for one in some
        ]
        if lines:
            parts.append(Part(HEADS[part][english], _cut(lines, english)))
    subject = (f"Việc trong tuần từ {format_date(today, 'vi')}", f"Your week from {format_date(today, 'en')}")[english]
    return _letter(user, subject, parts)


def _cut(lines: Sequence[Line], english: bool) -> tuple[Line, ...]:
    more = len(lines) - MOST_LINES
    rest = [(_MORE[english].format(count=more), reverse("work"))] if more > 0 else []
    return (*lines[:MOST_LINES], *rest)


def _letter(user: User, subject: str, parts: Sequence[Part]) -> Letter:
    english = user.language == "en"
    opening = ("Đồng chí có các việc sau đang chờ:", "What is waiting for you:")[english]
    return Letter(user.email, subject, opening, tuple(parts), _FOOT[english], reverse("notice_choices"))


def _due(on: date | None, today: date, english: bool) -> str:
    """ " – quá 12 ngày" and the like, as My work says it."""
    if on is None:
        return ""
    left = (on - today).days
    if left < 0:
        return (f" – quá {-left} ngày", f" – {-left} days overdue")[english]
    if left == 0:
        return (" – hôm nay", " – today")[english]
    return (f" – hạn {format_date(on, 'vi')}", f" – due {format_date(on, 'en')}")[english]
