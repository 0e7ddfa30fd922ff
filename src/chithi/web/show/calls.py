"""Requests by letter as pages show them: how units stand, outlines, what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chithi.calls.kinds import Asks
from chithi.calls.passing import Below
from chithi.calls.queries import Asked, Lines
from chithi.core.numbers import format_number
from chithi.directives.kinds import Standing
from chithi.org.queries import UnitCard
from chithi.web.show.directives import MARKS
from chithi.web.templatetags.chithi_format import day, language, number

if TYPE_CHECKING:
    from chithi.calls.models import Answer, Call, Question


def standing_word(how: Standing) -> str:
    """How a unit stands that is asked."""
    return {
        Standing.IN_TIME: _("Trả lời đúng hạn"),
        Standing.LATE: _("Trả lời muộn"),
        Standing.MISSING: _("Quá hạn"),
        Standing.WAITING: _("Chưa trả lời"),
    }[how]


def call_row(call: Call, asker: str, told: tuple[int, int] | None) -> dict[str, Any]:
    """A request in the list of them."""
    if call.withdrawn_on is not None:
        state = {"status": "paused", "word": _("Đã thu hồi")}
    elif call.sent_on is None:
        state = {"status": "none", "word": _("Dự thảo")}
    else:
        state = {"text": _("%(done)s / %(asked)s trả lời") % counted(told)}
    return {
        "text": call.title,
        "href": reverse("call", args=[call.pk]),
        "note": "",
        "cells": [{"text": asker}, {"text": day(call.due_on)}, state],
        "acts": [],
    }


def counted(told: tuple[int, int] | None) -> dict[str, str]:
    """How many have answered, and of how many, as words."""
    done, asked = told or (0, 0)
    return {"done": number(done), "asked": number(asked)}


def asks_word(question: Question, outline: Lines) -> str:
    """What a line asks for."""
    if question.asks == Asks.INDICATOR:
        meaning = outline.meanings.get(question.indicator_id or 0)
        return _("Số của chỉ tiêu: %(name)s") % {"name": meaning.name(language()) if meaning else "…"}
    return _("Con số") if question.asks == Asks.NUMBER else _("Bằng lời")


def told(question: Question, below: Below | None) -> str:
    """What units below said to a line, beside the field where it is answered; "" where nobody did."""
    said = below.lines.get(question.pk) if below else None
    if said is None or not said.count:
        return ""
    count = {"count": number(said.count), "total": format_number(said.total, language(), trim=True)}
    if question.asks == Asks.WORDS:
        return _("Bên dưới: %(count)s đơn vị đã trả lời.") % count
    if question.asks == Asks.NUMBER:
        return _("Bên dưới: %(count)s đơn vị, cộng %(total)s.") % count
    return _("Bên dưới: %(count)s đơn vị, cộng %(total)s, đã nằm sẵn trong số chung; ở đây chỉ ghi phần riêng.") % count


def below(found: Below | None) -> dict[str, str] | None:
    """The request that was passed on, as a line on the page of the answer: {text, href, compose}."""
    if found is None:
        return None
    draft, out = _("Đã soạn chuyển xuống, chưa gửi"), _("Đã chuyển xuống: %(done)s / %(asked)s đơn vị trả lời")
    return {
        "text": out % counted((found.came, found.asked)) if found.asked else draft,
        "href": reverse("call", args=[found.call.pk]),
        "compose": _("Gộp trả lời của bên dưới") if found.came else "",
    }


def outline_rows(outline: Lines, *, may_drop: bool) -> list[dict[str, Any]]:
    """The lines of an outline, numbered."""
    return [
        {
            "text": f"{at}. {row.text}",
            "href": "",
            "note": "",
            "cells": [{"text": asks_word(row, outline)}],
            "acts": [
                {
                    "text": _("Bỏ"),
                    "href": reverse("call_line_drop", args=[row.pk]),
                    "fields": [{"name": "version", "value": row.version}],
                }
            ]
            if may_drop
            else [],
        }
        for at, row in enumerate(outline.questions, 1)
    ]


def asked_row(one: Asked, card: UnitCard, above: str) -> dict[str, Any]:
    """A unit that is asked."""
    reply = one.reply
    back = _("đã trả lại ngày %(day)s") % {"day": day(reply.back_on)} if reply.back_on and not reply.done_on else ""
    return {
        "text": card.short_name,
        "href": reverse("reply", args=[reply.pk]),
        "note": " · ".join(part for part in (above, back) if part),
        "cells": [
            {"status": MARKS[one.how], "word": standing_word(one.how)},
            {"text": day(reply.done_on) if reply.done_on else ""},
            {"text": number(one.days) if one.days else "", "amount": True},
        ],
        "acts": [],
    }


def standings(asked: list[Asked], call: Call) -> list[dict[str, Any]]:
    """How many units stand how, each leading to its list."""
    counts = {how: sum(one.how is how for one in asked) for how in Standing}
    here = reverse("call", args=[call.pk])
    return [
        {
            "mark": MARKS[how],
            "word": standing_word(how),
            "text": number(count),
            "href": f"{here}?tinh={how.value}" if count else "",
        }
        for how, count in counts.items()
    ]


def said(question: Question, answer: Answer | None) -> str:
    """What was answered to a line, in words; "" where nothing was."""
    if answer is None:
        return ""
    if question.asks == Asks.WORDS:
        return answer.text
    return "" if answer.number is None else format_number(answer.number, language(), trim=True)


def typed(value: Decimal) -> str:
    """A number as somebody types it."""
    text = f"{value.normalize() + 0:f}"
    return text.replace(".", ",") if language() == "vi" else text


def answers(outline: Lines, reply_id: int, kept: Mapping[tuple[int, int], Answer]) -> list[dict[str, str]]:
    """An answer line by line."""
    return [
        {
            "name": row.text,
            "note": asks_word(row, outline) if row.asks == Asks.INDICATOR else "",
            "text": said(row, kept.get((reply_id, row.pk))) or "–",
        }
        for row in outline.questions
    ]
