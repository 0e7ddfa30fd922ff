"""My work as a page draws it: parts by day, each line with its one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.core.due import DueItem
from chithi.web.templatetags.chithi_format import day, language, number
from chithi.work.below import Below
from chithi.work.kinds import When
from chithi.work.queries import Line

STATUS = {When.LATE: "late", When.TODAY: "risk", When.THIS_WEEK: "none", When.LATER: "none", When.UNDATED: "none"}


def part_word(when: When) -> str:
    """The head of a part."""
    return {
        When.LATE: _("Quá hạn"),
        When.TODAY: _("Hôm nay"),
        When.THIS_WEEK: _("Tuần này"),
        When.LATER: _("Sau đó"),
        When.UNDATED: _("Không có hạn"),
    }[when]


def parts(lines: Sequence[Line], counts: Mapping[When, int], today: date) -> list[dict[str, Any]]:
    """For work.html: the parts that this page shows something of, each with how many it has in all."""
    return [
        {
            "id": f"part-{when.value}",
            "title": part_word(when),
            "count": number(counts[when]),
            "lines": [_line(line, today) for line in some],
        }
        for when, some in groupby(lines, key=lambda line: line.when)
    ]


def _line(line: Line, today: date) -> dict[str, Any]:
    item = line.item
    return {
        "status": STATUS[line.when],
        "by": due_words(item.due_on, today),
        "text": item.what.in_language(language()),
        "unit": line.unit,
        "href": reverse(item.route, args=item.args),
        "action": item.act.in_language(language()),
        "step": _step(item),
    }


def _step(item: DueItem) -> dict[str, Any] | None:
    if item.step is None:
        return None
    version = [] if item.step.version is None else [("version", str(item.step.version))]
    return {
        "href": reverse(item.step.route, args=item.step.args),
        "text": item.step.text.in_language(language()),
        "fields": [{"name": name, "value": value} for name, value in (*version, *item.step.fields)],
    }


def due_words(due_on: date | None, today: date) -> str:
    """ "quá 12 ngày", "hôm nay", "còn 3 ngày", from the second week on the day itself; "" without one."""
    if due_on is None:
        return ""
    left = (due_on - today).days
    if left < 0:
        return ngettext("quá %(count)s ngày", "quá %(count)s ngày", -left) % {"count": number(-left)}
    if left == 0:
        return _("hôm nay")
    if left <= 7:
        return ngettext("còn %(count)s ngày", "còn %(count)s ngày", left) % {"count": left}
    return _("hạn %(day)s") % {"day": day(due_on)}


def below_shown(found: Sequence[Below]) -> list[dict[str, str]]:
    """What waits below, a line each: {text, href, action}."""
    return [
        {
            "text": one.what.in_language(language()),
            "href": f"{reverse(one.route, args=one.args)}?{urlencode(one.query)}",
            "action": one.act.in_language(language()),
        }
        for one in found
    ]
