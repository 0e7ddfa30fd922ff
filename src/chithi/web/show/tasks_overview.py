"""Counts of tasks as pages and workbooks show them; every count leads to its list by the same filter."""

from __future__ import annotations

from calendar import monthcalendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chithi.following.kinds import Age, State
from chithi.sheets.writing import Cell, Column, Kind, Table
from chithi.tasks.overview import Counts, Picture
from chithi.tasks.queries import TaskLine, Wanted
from chithi.web.show.tasks import AGES, SHAPES, WORDS, state_word
from chithi.web.show.tasks_address import address_of
from chithi.web.templatetags.chithi_format import number

SHOWN = tuple(state for state in State if state is not State.CANCELLED)
ON_A_DAY = 3
"""Tasks that a day of the calendar names; the rest is a count."""


def tiles(picture: Picture, wanted: Wanted) -> list[dict[str, Any]]:
    """How many stand how."""
    return [
        {
            "status": SHAPES[state],
            "word": str(WORDS[state]),
            "count": number(picture.whole.states[state]),
            "href": address_of(replace(wanted, state=state.value)),
        }
        for state in SHOWN
        if picture.whole.states.get(state)
    ]


def ages(picture: Picture, wanted: Wanted) -> list[dict[str, Any]]:
    """The overdue ones by how long they have been."""
    return [
        {
            "text": str(AGES[band]),
            "count": number(picture.whole.ages[band]),
            "href": address_of(replace(wanted, age=band.value)),
        }
        for band in Age
        if picture.whole.ages.get(band)
    ]


def tables(picture: Picture, wanted: Wanted) -> list[dict[str, Any]]:
    """By unit below, by document, by month."""
    units = [
        (
            _("Riêng %(unit)s") % {"unit": one.unit.short_name} if one.alone else one.unit.short_name,
            replace(wanted, unit=one.unit.id, alone=one.alone),
            one.counts,
        )
        for one in picture.units
    ]
    documents = [
        (called_of(picture, directive), replace(wanted, directive=directive), counts)
        for directive, counts in picture.directives.items()
        if directive
    ]
    months = [(f"{month:%m/%Y}", replace(wanted, month=month), counts) for month, counts in picture.months.items()]
    return [
        _table(
            _("Theo đơn vị"), _("Đơn vị"), units, lambda one: address_of(replace(one, alone=False), "tasks_overview")
        ),
        _table(_("Theo văn bản"), _("Văn bản"), documents, lambda one: address_of(one, "tasks_overview")),
        _table(_("Theo tháng đến hạn"), _("Tháng"), months, lambda one: address_of(one, "tasks_calendar")),
    ]


def called_of(picture: Picture, directive: int) -> str:
    return picture.called.get(directive) or _("văn bản ngoài phạm vi được xem")


def workbook(picture: Picture) -> list[Table]:
    """The same counts as sheets."""
    units = [(f"{one.unit.code} {one.unit.name}" + (_(" (riêng)") if one.alone else ""), one.counts)
             for one in picture.units]  # fmt: skip
    documents = [(called_of(picture, one), counts) for one, counts in picture.directives.items() if one]
    months = [(f"{month:%Y-%m}", counts) for month, counts in picture.months.items()]
    return [
        _sheet(_("Theo đơn vị"), _("Đơn vị"), units),
        _sheet(_("Theo văn bản"), _("Văn bản"), documents),
        _sheet(_("Theo tháng"), _("Tháng"), months),
    ]


def weeks(month: date, today: date, lines: Iterable[TaskLine], counts: dict[date, Counts], wanted: Wanted) -> list[Any]:
    """A month as weeks of days, Monday first, with the tasks due on each."""
    due: dict[int, list[TaskLine]] = {}
    for line in lines:
        due.setdefault(line.due_on.day, []).append(line)
    found = [
        [_day(month, at, today, due, counts, wanted) for at in week] for week in monthcalendar(month.year, month.month)
    ]
    return [{"days": days, "free": not any(one["tasks"] or one["more"] for one in days)} for days in found]


def _day(
    month: date, at: int, today: date, due: dict[int, list[TaskLine]], counts: dict[date, Counts], wanted: Wanted
) -> dict[str, Any]:
    if not at:
        return {"day": "", "today": False, "other": True, "tasks": [], "more": None}
    on = month.replace(day=at)
    shown = due.get(at, [])[:ON_A_DAY]
    rest = (counts[on].total if on in counts else 0) - len(shown)
    return {
        "day": str(at),
        "today": on == today,
        "other": False,
        "tasks": [
            {
                "text": line.title,
                "href": reverse("task", args=[line.id]),
                "status": SHAPES[line.state],
                "word": state_word(line.state, 0),
            }
            for line in shown
        ],
        "more": _rest(rest, replace(wanted, month=None, day=on)) if rest > 0 else None,
    }


def _rest(count: int, wanted: Wanted) -> dict[str, str]:
    """What a day of the calendar does not name, leading to the list of that very day."""
    return {"text": _("và %(count)s việc nữa") % {"count": number(count)}, "href": address_of(wanted)}


def _table(label: str, head: str, rows: Sequence[tuple[str, Wanted, Counts]], door: Any) -> dict[str, Any]:
    used = [state for state in SHOWN if any(counts.states.get(state) for _text, _wanted, counts in rows)]
    return {
        "label": label,
        "head": head,
        "heads": [str(WORDS[state]) for state in used],
        "rows": [
            {
                "text": text,
                "href": door(wanted),
                "cells": [_cell(counts.states.get(state, 0), replace(wanted, state=state.value)) for state in used],
                "total": number(counts.total),
                "total_href": address_of(wanted),
            }
            for text, wanted, counts in rows
        ],
    }


def _cell(count: int, wanted: Wanted) -> dict[str, str]:
    return {"count": number(count), "href": address_of(wanted) if count else ""}


def _sheet(name: str, head: str, rows: Sequence[tuple[str, Counts]]) -> Table:
    heads = [*(str(WORDS[state]) for state in SHOWN), *(str(AGES[band]) for band in Age), _("Cộng")]
    columns = [Column(head, 48), *(Column(text, 14, Kind.NUMBER) for text in heads)]
    lines: Iterator[list[Cell]] = (
        [text, *(counts.states.get(one, 0) for one in SHOWN), *(counts.ages.get(one, 0) for one in Age), counts.total]
        for text, counts in rows
    )
    return Table(name, columns, lines)
