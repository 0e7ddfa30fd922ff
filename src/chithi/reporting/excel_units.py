"""The sheet "Theo đơn vị": a row for every unit of a branch, columns for every indicator somebody gave a number for.

A unit with others below it holds the formula that adds them up, and what it has besides them, where that makes exactly
its number; otherwise the plain number, and the sheet of explanations says why. Levels are folded like the tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from chithi.core.numbers import MISSING, format_number, parse_number
from chithi.indicators.by_units import Tally, UnitRow, UnitTable
from chithi.indicators.meanings import Meaning
from chithi.reporting.content import SECTIONS, Bound, section_of
from chithi.reporting.excel_looks import MOST_LINKS, Looks, Written, merge, put_number, put_text
from chithi.reporting.excel_sums import at, decimals_of, is_share, is_sum, share
from chithi.reporting.quantity import share_of

NAME = "Theo đơn vị"
OUT_OF_REACH = "Đơn vị nay ngoài phạm vi được xem"
_HEADS_AT = 3
_BODY_AT = _HEADS_AT + 4
_FIRST = 3
_LEVEL = 2
_DEEPEST_FOLD = 7
_FEW_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class _Told:
    """An indicator with its columns: `place` in the table's cells, `column` where it begins, `wide` with a base."""

    meaning: Meaning
    place: int
    column: int
    wide: bool


class Units:
    """Draws the sheet; afterwards `left_out` names the indicators without numbers, `plain` counts the sums that are no
    formula, `besides` those that add what a unit has besides the ones below it."""

    def __init__(
        self, book: Any, looks: Looks, table: UnitTable, names: Mapping[int, str], title: str, where: Where
    ) -> None:
        self.looks, self.table, self.names, self.title, self.where = looks, table, names, title, where
        self.left_out: list[str] = []
        self.plain = self.besides = 0
        self.told = self._told()
        self.linked_to = _linked_to(table.rows)
        self.width = self.told[-1].column + (3 if self.told[-1].wide else 1) if self.told else _FIRST
        self.sheet = book.add_worksheet(NAME)

    def _told(self) -> list[_Told]:
        """The indicators that somebody gave a number for, by section."""
        order = [code for code, _ in SECTIONS]
        listed = sorted(
            enumerate(self.table.meanings), key=lambda one: order.index(section_of(one[1].code, one[1].indicator.group))
        )
        given = {place for row in self.table.rows for place, cell in enumerate(row.cells) if _given(cell)}
        found, column = [], _FIRST
        for place, meaning in listed:
            if place not in given:
                self.left_out.append(meaning.name("vi"))
                continue
            wide = meaning.denominator is not None
            found.append(_Told(meaning, place, column, wide))
            column += 3 if wide else 1
        return found

    def draw(self) -> None:
        self._page()
        self._heads()
        numbers = _positions(self.table.rows)
        for place, row in enumerate(self.table.rows):
            self._row(place, row, numbers[place])
        if self.told and self.table.rows:  # cells that nobody was asked for are not written one by one
            boxed = {"type": "blanks", "format": self.looks.of(border=1)}
            last = _BODY_AT + len(self.table.rows) - 1
            self.sheet.conditional_format(_BODY_AT, _FIRST, last, self.width - 1, boxed)

    def _page(self) -> None:
        sheet = self.sheet
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, 1, 44)
        sheet.set_column(_LEVEL, _LEVEL, 5)
        if self.told:
            sheet.set_column(_FIRST, self.width - 1, 12)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.repeat_rows(_HEADS_AT, _BODY_AT - 1)
        sheet.freeze_panes(_BODY_AT, _FIRST)
        sheet.outline_settings(True, False, True, False)
        sheet.print_area(0, 0, _BODY_AT + max(0, len(self.table.rows) - 1), max(self.width - 1, _LEVEL))
        sheet.set_footer("&R&8Trang &P/&N")
        if self.width <= _FEW_COLUMNS:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.repeat_columns(0, _LEVEL)
            sheet.set_print_scale(70)
            sheet.set_v_pagebreaks([columns[0].column for _, columns in self._sections()][1:])

    def _sections(self) -> list[tuple[str, list[_Told]]]:
        headings = dict(SECTIONS)
        found = groupby(self.told, key=lambda one: section_of(one.meaning.code, one.meaning.indicator.group))
        return [(headings[code].removeprefix("Về "), list(columns)) for code, columns in found]

    def _heads(self) -> None:
        top = _HEADS_AT
        put_text(self.sheet, 0, 0, "SỐ LIỆU THEO ĐƠN VỊ", self.looks, bold=True, font_size=14)
        put_text(self.sheet, 1, 0, self.title, self.looks, italic=True)
        grid = [["TT", "Đơn vị", "Cấp"], ["", "", ""], ["", "", ""], ["A", "B", "C"]]
        for heading, columns in self._sections():
            start = len(grid[0])
            for one in columns:
                self._head(grid, one)
            grid[0] += [heading[:1].upper() + heading[1:], *[""] * (len(grid[1]) - start - 1)]
            merge(self.sheet, (top, start), (top, len(grid[1]) - 1))
        for number, texts in enumerate(grid):
            self.sheet.set_row(top + number, (20, 62, 32, 14)[number])
            said = {"italic": True, "font_size": 9} if number == 3 else {"bold": True}
            for column, words in enumerate(texts):
                put_text(
                    self.sheet, top + number, column, words, self.looks,
                    border=1, text_wrap=True, align="center", **said,
                )  # fmt: skip
        for column in range(_FIRST):
            merge(self.sheet, (top, column), (top + 2, column))

    def _head(self, grid: list[list[str]], one: _Told) -> None:
        """The heads of one indicator: its name, what its columns hold, and how they are made."""
        meaning, top, at_column = one.meaning, _HEADS_AT, one.column
        number = at_column - _FIRST + 1
        name, noun = meaning.name("vi"), meaning.noun("vi")
        if one.wide:
            grid[1] += [name, "", ""]
            grid[2] += [noun, "Tổng số", "Tỷ lệ %"]
            grid[3] += [str(number), str(number + 1), f"{number + 2}=({number})/({number + 1})"]
            merge(self.sheet, (top + 1, at_column), (top + 1, at_column + 2))
        else:
            grid[1].append(name)
            grid[2].append(noun)
            grid[3].append(str(number))

    def _row(self, place: int, row: UnitRow, position: str) -> None:
        at_row = _BODY_AT + place
        bold = {"bold": True} if row.depth == 0 else {}
        if row.depth:
            self.sheet.set_row(at_row, None, None, {"level": min(row.depth, _DEEPEST_FOLD)})
        put_text(self.sheet, at_row, 0, position, self.looks, border=1, align="center", **bold)
        name = self.names.get(row.unit_id, OUT_OF_REACH) if row.named else OUT_OF_REACH
        if row.named and not row.present:
            name = f"{name} (đã kết thúc hoạt động)"
        if row.named:
            self.sheet.write_url(at_row, 1, self.where.unit(row.unit_id), None, "-")
        indent = min(row.depth, 15)
        put_text(self.sheet, at_row, 1, name, self.looks, border=1, text_wrap=True, indent=indent, **bold)
        level = Written(str(row.depth), Decimal(row.depth))
        put_number(self.sheet, at_row, _LEVEL, level, self.looks, border=1, font_size=8)
        below = self.table.rows[place + 1 : place + 1 + row.inside] if row.inside else ()
        children = [one for one in below if one.depth == row.depth + 1]
        for one in self.told:
            self._cell(at_row, row, one, children, bold)

    def _cell(self, at_row: int, row: UnitRow, one: _Told, children: Sequence[UnitRow], bold: dict[str, bool]) -> None:
        tally = row.cells[one.place]
        if tally is None:
            return
        beneath = [child.cells[one.place] for child in children]
        address = ""
        if _given(tally) and row.named and row.depth <= self.linked_to:
            address = self.where.number(one.meaning.indicator.pk, row.unit_id)
        value = self._amount(at_row, row, one.column, tally, beneath, address)
        put_number(self.sheet, at_row, one.column, value, self.looks, border=1, **bold)
        if not one.wide:
            return
        total = tally.total
        base = Written()
        if total is not None:
            formula = self._sum(at_row, row, one.column + 1, total, [cell.total if cell else None for cell in beneath])
            base = Written(format_number(total), total, formula=formula)
        put_number(self.sheet, at_row, one.column + 1, base, self.looks, border=1, **bold)
        put_number(self.sheet, at_row, one.column + 2, _share(at_row, one.column, tally), self.looks, border=1, **bold)

    def _amount(
        self, at_row: int, row: UnitRow, column: int, tally: Tally, beneath: Sequence[Tally | None], address: str
    ) -> Written:
        if tally.value is None:
            return Written()
        if tally.value_max is not None:
            return Written(f"{format_number(tally.value)}–{format_number(tally.value_max)}", address=address)
        ranged = any(cell is not None and cell.value_max is not None for cell in beneath)  # words in their cells
        parts = [cell.value if cell else None for cell in beneath]
        formula = "" if ranged else self._sum(at_row, row, column, tally.value, parts)
        self.plain += ranged
        return Written(format_number(tally.value), tally.value, Bound(tally.bound), formula, address=address)

    def _sum(self, at_row: int, row: UnitRow, column: int, shown: Decimal, parts: Sequence[Decimal | None]) -> str:
        """The formula over the units directly below and what the unit has besides them; "" where these do not make the
        number, which is counted."""
        given = [part for part in parts if part is not None]
        if not given:
            return ""
        besides = shown - sum(given)
        if besides < 0 or not is_sum(shown, [*given, besides]):
            self.plain += 1
            return ""
        self.besides += bool(besides)
        own = f"+{besides:f}" if besides else ""
        first, last = at(at_row + 1, column), at(at_row + row.inside, column)
        if len(parts) == row.inside:
            return f"=SUM({first}:{last}){own}"
        levels = f"{at(at_row + 1, _LEVEL, still=True)}:{at(at_row + row.inside, _LEVEL, still=True)}"
        return f"=SUMIF({levels},{row.depth + 1},{first}:{last}){own}"


@dataclass(frozen=True, slots=True)
class Where:
    """Addresses of units and of their numbers in a period."""

    base: str
    period_code: str

    def unit(self, unit_id: int) -> str:
        return f"{self.base}/don-vi/{unit_id}/?ky={self.period_code}"

    def number(self, indicator_id: int, unit_id: int) -> str:
        return f"{self.base}/so/{indicator_id}/{unit_id}/{self.period_code}/"


def _given(cell: Tally | None) -> bool:
    return cell is not None and cell.value is not None


def _share(at_row: int, column: int, tally: Tally) -> Written:
    """The share of a firm number in its base."""
    if tally.value is None or tally.total is None or tally.bound or tally.value_max is not None:
        return Written()
    written = share_of(tally.value, tally.total)
    if written is None:
        return Written(MISSING)
    shown = parse_number(written.removesuffix("%"))
    places = max(1, decimals_of(shown))
    fits = is_share(shown, tally.value, tally.total, places)
    formula = share(at(at_row, column), at(at_row, column + 1), places) if fits else ""
    return Written(written.removesuffix("%"), shown, formula=formula)


def _linked_to(rows: Sequence[UnitRow]) -> int:
    """The deepest level whose numbers are links; the names of units go first."""
    left = MOST_LINKS - sum(row.named for row in rows)
    numbers = Counter[int]()
    for row in rows:
        numbers[row.depth] += sum(map(_given, row.cells))
    for depth in sorted(numbers):
        left -= numbers[depth]
        if left < 0:
            return depth - 1
    return max(numbers, default=0)


def _positions(rows: Sequence[UnitRow]) -> list[str]:
    """ "1", "1.2", "1.2.3" down the tree; the unit asked about has none."""
    counted: list[int] = []
    found = []
    for row in rows:
        if not row.depth:
            found.append("")
            continue
        counted = [*counted[: row.depth], *([0] * (row.depth - len(counted)))]
        counted[row.depth - 1] += 1
        del counted[row.depth :]
        found.append(".".join(map(str, counted)))
    return found
