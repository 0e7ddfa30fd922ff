"""The numbers of a picture as a table to keep: the same figures, exact, with the lasting address of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from chithi.core.periods import Period
from chithi.indicators.choice import Chosen
from chithi.indicators.completeness import Completeness, Row, State, Told
from chithi.indicators.meanings import Meaning
from chithi.indicators.queries import Contribution
from chithi.indicators.trace import address
from chithi.org.queries import UnitCard
from chithi.reporting.pictured import SIGNS
from chithi.sheets.writing import Cell, Column, Kind, Table
from chithi.web.templatetags.chithi_format import language

Door = Callable[[Period], str]
OUTSIDE = "–"


def _figure_columns(meaning: Meaning) -> list[Column]:
    return [
        Column(meaning.name(language()), 18, Kind.FIGURE),
        Column(_("Trên tổng số"), 14, Kind.FIGURE),
        Column(_("Tỷ lệ %"), 10, Kind.FIGURE),
        Column(_("Dấu"), 6),
        Column(_("Đơn vị đã có số"), 16, Kind.NUMBER),
        Column(_("Đơn vị phải có số"), 16, Kind.NUMBER),
        Column(_("Địa chỉ"), 48),
    ]


def _figures(chosen: Chosen | None, href: str) -> list[Cell]:
    """Nothing stands where nothing is known: an empty cell, never zero."""
    door = f"{settings.PUBLIC_URL}{href}" if href else ""
    if chosen is None:
        return [None, None, None, "", None, None, door]
    sign = SIGNS.get(chosen.bound, "")
    return [chosen.value, chosen.total, chosen.percent, sign, chosen.spoke, chosen.expected, door]


def trend_table(meaning: Meaning, history: Iterable[tuple[Period, Chosen | None]], door: Door) -> Table:
    """One row a period, oldest first."""
    columns = [Column(_("Kỳ"), 18), Column(_("Mã kỳ"), 14), *_figure_columns(meaning)]
    rows: list[list[Cell]] = [[at.label(language()), at.code, *_figures(chosen, door(at))] for at, chosen in history]
    return Table(_("Các kỳ")[:31], columns, rows)


def bars_table(meaning: Meaning, parts: Sequence[Contribution], named: Mapping[int, UnitCard], period: Period) -> Table:
    """One row a unit; those nowadays outside the reach keep their part of the sum and lose their name."""
    columns = [Column(_("Đơn vị"), 36), Column(_("Mã đơn vị"), 14), *_figure_columns(meaning)]
    rows: list[list[Cell]] = []
    for part in parts:
        card = named.get(part.unit_id)
        href = address(meaning.indicator.pk, part.unit_id, period) if card else ""
        rows.append([*_unit(card), *_figures(part.chosen, href)])
    return Table(_("Theo đơn vị")[:31], columns, rows)


def _unit(card: UnitCard | None) -> list[Cell]:
    return [card.name, card.code] if card else [_("Đơn vị nay ngoài phạm vi"), OUTSIDE]


def side_table(
    periods: Sequence[Period],
    rows: Sequence[tuple[UnitCard | None, Sequence[Chosen | None]]],
    value: Callable[[Chosen | None], Cell],
) -> Table:
    """Units down, periods across."""
    columns = [Column(_("Đơn vị"), 36), Column(_("Mã đơn vị"), 14)]
    columns += [Column(at.label(language()), 14, Kind.FIGURE) for at in periods]
    told: list[list[Cell]] = [[*_unit(card), *(value(chosen) for chosen in history)] for card, history in rows]
    return Table(_("Các đơn vị")[:31], columns, told)


def reported_table(found: Completeness, named: Mapping[int, UnitCard]) -> Table:
    """Units down, periods across, in words that no spreadsheet takes for a date."""
    columns = [Column(_("Đơn vị"), 36), Column(_("Mã đơn vị"), 14)]
    columns += [Column(at.label(language()), 18) for at in found.periods]
    every = [found.whole, *found.rows]
    rows: list[list[Cell]] = [[*_unit(named.get(row.unit_id)), *_states(row)] for row in every]
    if len(found.rows) < found.total:
        rows.append([_("Tệp chỉ ghi %(count)s đơn vị đầu.") % {"count": len(found.rows)}])
    return Table(_("Ai đã báo cáo")[:31], columns, rows)


def _states(row: Row) -> list[Cell]:
    return [state_words(told, is_leaf=row.is_leaf) for told in row.cells]


def state_words(told: Told, *, is_leaf: bool) -> str:
    """A cell in words: "40 trên 43", "đã có", "chưa có"."""
    if told.state == State.NOT_ASKED:
        return _("không phải báo cáo")
    if is_leaf or told.expected is None:
        if told.state == State.WHOLE:
            return _("đã có")
        return _("chưa đến hạn") if told.state == State.OPEN else _("chưa có")
    return _("%(spoke)s trên %(expected)s") % {"spoke": told.spoke, "expected": told.expected}
