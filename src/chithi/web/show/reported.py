"""Who has spoken: the heat map of units and periods as a table of links, each to what is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chithi.core.periods import Kind, Period
from chithi.indicators.completeness import Completeness, Level, Row, State, Told
from chithi.indicators.meanings import Meaning
from chithi.indicators.trace import address
from chithi.org.queries import UnitCard
from chithi.reporting.pictured import lowered
from chithi.web.show.picture_files import state_words
from chithi.web.templatetags.chithi_format import language, number

LOOKS = {State.WHOLE: "in-full", State.PART: "part-mid", State.NONE: "not-yet", State.OPEN: "open"}
SHAPES = {State.WHOLE: "●", State.PART: "◐", State.NONE: "○", State.OPEN: "·"}
KINDS = {"thang": Kind.MONTH, "quy": Kind.QUARTER, "nam": Kind.YEAR}
LEVELS = {"duoi": Level.BELOW, "co-so": Level.GRASSROOTS, "chi-bo": Level.CELLS}


def level_word(level: Level) -> str:
    """Which units stand in the rows."""
    return {
        Level.BELOW: _("Đơn vị trực tiếp dưới"),
        Level.GRASSROOTS: _("Mọi tổ chức cơ sở đảng"),
        Level.CELLS: _("Mọi chi bộ"),
    }[level]


def kind_word(kind: Kind) -> str:
    """What stands in the columns."""
    return {Kind.MONTH: _("Từng tháng"), Kind.QUARTER: _("Từng quý"), Kind.YEAR: _("Từng năm")}[kind]


def keys() -> list[dict[str, str]]:
    """What the cells mean: shape, look, word."""
    words = {
        State.WHOLE: _("đã đủ"),
        State.PART: _("mới có một phần"),
        State.NONE: _("chưa có"),
        State.OPEN: _("chưa đến hạn"),
    }
    return [{"shape": SHAPES[state], "word": word} for state, word in words.items()]


def heat_shown(
    found: Completeness, named: Mapping[int, UnitCard], meaning: Meaning, entering: Collection[int], unit: UnitCard
) -> dict[str, Any]:
    """For reported.html: said, heads, rows; the unit itself stands in the first row.

    A cell of a unit among `entering` that is silent leads to the form where the reader may fill it in.
    """
    whole = _row(found.whole, unit, found.periods, meaning, entering)
    return {
        "said": _said(found, unit),
        "heads": [{"short": p.short_label(language()), "long": p.label(language())} for p in found.periods],
        "rows": [
            whole | {"whole": True},
            *(_row(row, named.get(row.unit_id), found.periods, meaning, entering) for row in found.rows),
        ],
        "keys": keys(),
    }


def _row(
    row: Row, card: UnitCard | None, periods: tuple[Period, ...], meaning: Meaning, entering: Collection[int]
) -> dict[str, Any]:
    name = card.short_name if card else _("Đơn vị nay ngoài phạm vi")
    return {
        "whole": False,
        "name": name,
        "href": reverse("unit", args=[card.id]) if card else "",
        "cells": [
            _cell(told, at, row, name, meaning, card is not None, entering)
            for told, at in zip(row.cells, periods, strict=True)
        ],
    }


def _cell(
    told: Told, at: Period, row: Row, name: str, meaning: Meaning, known: bool, entering: Collection[int]
) -> dict[str, Any]:
    """Shape, figure, look; the link opens the number, or the form where the reader may fill in what is missing."""
    words = state_words(told, is_leaf=row.is_leaf)
    if told.state == State.NOT_ASKED:
        return {
            "shape": "",
            "text": "",
            "look": "",
            "why": f"{name}, {at.label(language())}: {words}",
            "href": "",
            "door": False,
        }
    silent = told.state in (State.NONE, State.OPEN)
    enters = known and row.is_leaf and silent and row.unit_id in entering
    href = reverse("entry", args=[row.unit_id, at.code]) if enters else address(meaning.indicator.pk, row.unit_id, at)
    counted = not row.is_leaf and told.expected is not None
    return {
        "shape": SHAPES[told.state],
        "text": f"{number(told.spoke)}/{number(told.expected)}" if counted else "",
        "look": _look(told),
        "why": f"{name}, {lowered(at.label(language()))}: {words}",
        "href": href if known else "",
        "door": not enters,
    }


def _look(told: Told) -> str:
    """A part is shaded by how much of it is there: under half, up to nine tenths, more."""
    if told.state != State.PART or not told.expected:
        return LOOKS[told.state]
    tenths = 10 * told.spoke // told.expected
    return "part-low" if tenths < 5 else "part-mid" if tenths < 9 else "part-high"


def _said(found: Completeness, unit: UnitCard) -> str:
    """How the newest period that has begun to be told stands, and who lacks most."""
    told = [(at, cell) for at, cell in enumerate(found.whole.cells) if cell.expected]
    if not told:
        return _("Chưa đơn vị nào có số trong các kỳ này.")
    at, cell = next((one for one in reversed(told) if one[1].state != State.OPEN), told[-1])
    period = found.periods[at].label(language())
    said = ngettext(
        "%(period)s: %(spoke)s trên %(expected)s đơn vị phải báo cáo đã có số",
        "%(period)s: %(spoke)s trên %(expected)s đơn vị phải báo cáo đã có số",
        cell.expected or 0,
    ) % {"period": period, "spoke": number(cell.spoke), "expected": number(cell.expected)}
    lacking = (cell.expected or 0) - cell.spoke
    if lacking:
        said += _("; còn thiếu %(lacking)s") % {"lacking": number(lacking)}
    return f"{said}."
