"""Indicators as rows, for components/indicators_table.html: those of a unit, those of a group."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from chithi.core.periods import Period, year_before
from chithi.indicators.queries import Line
from chithi.web.show import numbers
from chithi.web.templatetags.chithi_format import language

Door = Callable[[Line], str]
KEPT = ("nhom", "trong")
"""What an address keeps when another indicator is chosen."""


def with_something(lines: Collection[Line]) -> list[Line]:
    """Lines that have a number or an example; the others are named below the table."""
    return [line for line in lines if not line.chosen.missing or line.numerator.parts]


def chosen_line(request: HttpRequest, lines: Collection[Line], shown: list[Line]) -> Line | None:
    """The indicator the address names, else the first share that was computed, else the first."""
    wanted = request.GET.get("chi-tieu", "")
    for line in lines:
        if line.meaning.code == wanted:
            return line
    shares = [line for line in shown if line.meaning.definition.kind == "share" and not line.chosen.figure_id]
    return (shares or shown or [None])[0]  # type: ignore[list-item]


def indicator_rows(
    request: HttpRequest, lines: Collection[Line], chosen: Line | None, period: Period, door: Door, *, recomputing: bool
) -> dict[str, Any]:
    """`indicators`, `columns` and `lacking`, see components/indicators_table.html."""
    shown = with_something(lines)
    rows = [_row(request, line, period, door, chosen=line is chosen, recomputing=recomputing) for line in shown]
    return {
        "period_text": period.short_label(language()),
        "indicators": rows,
        "columns": {key for row in rows for key in ("bar", "change", "trend", "spoke") if row[key]},
        "lacking": [{"name": line.meaning.name(language()), "href": door(line)} for line in lines if line not in shown],
    }


def _row(
    request: HttpRequest, line: Line, period: Period, door: Door, *, chosen: bool, recomputing: bool
) -> dict[str, Any]:
    meaning = line.meaning
    before = year_before(period)
    kept = {key: request.GET[key] for key in KEPT if request.GET.get(key)}
    query = urlencode({"ky": period.code, "chi-tieu": meaning.code, **kept}, safe="@:=.")
    return {
        "name": meaning.name(language()),
        "href": f"?{query}#contributions",
        "chosen": chosen,
        "number": numbers.number(line.chosen, meaning, door(line), recomputing=recomputing),
        "bar": numbers.bar(line.chosen, meaning),
        "change": numbers.change(line, period, before.label(language()) if before else ""),
        "trend": numbers.trend(line, meaning),
        "spoke": numbers.spoke(line.chosen),
    }
