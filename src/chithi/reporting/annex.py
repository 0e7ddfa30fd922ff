"""The annex table of a report: TT, tiêu chí, đơn vị tính, kỳ này, cùng kỳ, %, and a column for each named group.

Rows are made here, drawn by `word`. The percentage is (kỳ này)/(cùng kỳ) × 100, only between exact values;
what is missing is "–", never zero. Below an indicator stand its base, its share, its breakdown and examples.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from chithi.core.numbers import MISSING, format_number, parse_number, percent
from chithi.reporting.clause import spoken_of
from chithi.reporting.content import Beside, Bound, Column, Kind, Line, ReportContent, by_section
from chithi.reporting.quantity import MONEY_KINDS, Number, cell, percent_text, share_of

COLUMNS = ("TT", "Tiêu chí", "Đvt", "Kỳ này", "Cùng kỳ", "%")
FORMULAS = ("1", "2", "3", "4", "5", "6=(4)/(5)")
_MISSING = Number(MISSING)
_ROMAN = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
)
_MILLION = 10**6
_WIDE_NAME, _WIDE_NUMBER = 110, 16  # letters beyond which a portrait page gets crowded


class What(StrEnum):
    """What a row is. `STATED` is a share as its source writes it, `SHARE` one that the report computes."""

    SECTION = "section"
    LINE = "line"
    BASE = "base"
    SHARE = "share"
    STATED = "stated"
    MEMBER = "member"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `level` 0 is a section, 1 an indicator, 2 what stands below it. `spoke` of `expected` units
    stand behind an indicator's number, where that is known."""

    level: int
    position: str
    name: str
    unit: str = ""
    now: Number = _MISSING
    before: Number = _MISSING
    ratio: Number = _MISSING
    more: tuple[Number, ...] = ()
    what: What = What.LINE
    spoke: int | None = None
    expected: int | None = None

    @property
    def cells(self) -> tuple[Number, ...]:
        """The numbers in their columns, those of groups last."""
        return (self.now, self.before, self.ratio, *self.more)


def heads(content: ReportContent) -> tuple[str, ...]:
    """The heads of the columns."""
    own = [*COLUMNS]
    if content.compared_label:
        own[4] = content.compared_label
    return (*own, *(column.name for column in content.columns))


def formulas(content: ReportContent) -> tuple[str, ...]:
    """What stands below the heads: the columns counted through."""
    return (*FORMULAS, *(str(7 + place) for place in range(len(content.columns))))


def notes(content: ReportContent) -> tuple[str, ...]:
    """A line on each group: how many of its units are in the numbers."""
    return tuple(
        f"{column.name}: {_units_of(column)}; đơn vị nằm trong đơn vị khác của nhóm chỉ tính một lần."
        for column in content.columns
    )


def _units_of(column: Column) -> str:
    if column.seen == column.whole:
        return f"{column.whole} đơn vị"
    return f"{column.seen} của {column.whole} đơn vị, là những đơn vị người lập báo cáo được xem"


def rows(content: ReportContent) -> tuple[Row, ...]:
    """All rows of the annex; sections take Roman numerals, indicators count through."""
    made: list[Row] = []
    counted = 0
    for place, (_, heading, lines) in enumerate(by_section(content.lines)):
        made.append(Row(0, _ROMAN[place], _without_about(heading), what=What.SECTION))
        for line in lines:
            counted += 1
            made += _rows_of(line, str(counted))
    blank = (Number(""),) * len(content.columns)
    return tuple(row if row.more or not row.level else replace(row, more=blank) for row in made)


def is_wide(listed: tuple[Row, ...]) -> bool:
    """True when long names, long numbers or columns of groups ask for a landscape page."""
    if any(row.more for row in listed):
        return True
    longest = max((len(cell.text) for row in listed for cell in (row.now, row.before)), default=0)
    return longest > _WIDE_NUMBER or any(len(row.name) > _WIDE_NAME for row in listed)


def _without_about(heading: str) -> str:
    """ "Về sinh hoạt chi bộ" as a row head: "Sinh hoạt chi bộ"."""
    rest = heading.removeprefix("Về ")
    return rest[:1].upper() + rest[1:]


def _rows_of(line: Line, position: str) -> Iterable[Row]:
    before = line.previous
    name = line.name if line.complete else f"{line.name} ({spoken_of(line)} đơn vị có số liệu)"
    if line.is_target:
        name = f"{name} (mục tiêu)"
    if line.of_period:
        name = f"{name}, {line.of_period[:1].lower()}{line.of_period[1:]}"
    before_address = before.address if before else ""
    if line.value is None and line.percent is not None:
        stated = before.percent if before else None
        shares = tuple(_percent(found.percent, found.address) for found in line.beside)
        now, then = _percent(line.percent, line.address), _percent(stated, before_address)
        yield Row(1, position, name, "%", now, then, more=shares, spoke=line.spoke, expected=line.expected)
        return
    if before and before.label:
        name = f"{name}, so với {before.label}"
    past = before.value if before else None
    unit, scale = _unit(line, line.value, line.value_max, past, *(found.value for found in line.beside))
    yield Row(
        1,
        position,
        name,
        unit,
        cell(line.value, line.value_max, line.bound, scale, line.address),
        cell(past, scale=scale, address=before_address),
        _ratio(line, past),
        tuple(_amount(found, scale) for found in line.beside),
        spoke=line.spoke,
        expected=line.expected,
    )
    yield from _base_rows(line, before_address)
    yield from _below(line)


def _unit(line: Line, *values: Decimal | None) -> tuple[str, int]:
    """(written unit, its size): money in millions of đồng where every value of the row stays exact so."""
    if line.kind not in MONEY_KINDS:
        return line.noun, 1
    amounts = [value for value in values if value is not None]
    millions = bool(amounts) and min(amounts) >= _MILLION and all(value % 10**4 == 0 for value in amounts)
    yearly = "/năm" if line.kind is Kind.INCOME else ""
    return (f"triệu đồng{yearly}", _MILLION) if millions else (f"đồng{yearly}", 1)


def _ratio(line: Line, past: Decimal | None) -> Number:
    """This period over the one compared with, in percent; "–" where a side is missing, zero or not exact."""
    exact = line.bound is Bound.EXACT and line.value_max is None and line.kind is not Kind.CHANGE
    share = percent(line.value, past) if exact else None
    return _MISSING if share is None else Number(format_number(share, decimals=1), line.address, share)


def _percent(share: Decimal | None, address: str) -> Number:
    return Number(MISSING if share is None else percent_text(share).removesuffix("%"), address, share)


def _base_rows(line: Line, before_address: str) -> Iterable[Row]:
    """The base of a share and the share itself, now and in the period compared with."""
    before = line.previous
    if line.total is not None:
        past = before.total if before else None
        unit, scale = _unit(line, line.total, past, *(found.total for found in line.beside))
        now = cell(line.total, scale=scale, address=line.address)
        then = cell(past, scale=scale, address=before_address)
        bases = tuple(cell(found.total, scale=scale, address=found.address) for found in line.beside)
        yield Row(2, "", "Tổng số", unit, now, then, more=bases, what=What.BASE)
    stated = line.percent if line.percent_stated or line.total is None else None
    share = _share(line.value, line.total, stated, line.bound, line.address)
    if share.text != MISSING or line.total is not None:
        past_share = _MISSING
        if before:
            past_share = _share(before.value, before.total, before.percent, Bound.EXACT, before_address)
        shares = tuple(_group_share(found) for found in line.beside)
        what = What.SHARE if stated is None else What.STATED
        yield Row(2, "", "Tỷ lệ", "%", share, past_share, more=shares, what=what)


def _amount(found: Beside, scale: int) -> Number:
    """A group's number; one that rests on bounds is told as such."""
    bound = Bound.ABOUT if found.inexact else Bound.EXACT
    return cell(found.value, bound=bound, scale=scale, address=found.address)


def _group_share(found: Beside) -> Number:
    bound = Bound.ABOUT if found.inexact else Bound.EXACT
    return _share(found.value, found.total, None, bound, found.address)


def _share(value: Decimal | None, total: Decimal | None, stated: Decimal | None, bound: Bound, address: str) -> Number:
    if stated is not None:
        return _percent(stated, address)
    if value is None or total is None or bound is not Bound.EXACT:
        return Number(MISSING, address)
    share = share_of(value, total)
    if share is None and total:
        return Number("<100" if 2 * value > total else ">0", address)
    if share is None:
        return Number(MISSING, address)
    written = share.removesuffix("%")
    return Number(written, address, parse_number(written))


def _below(line: Line) -> Iterable[Row]:
    """Breakdown and examples; the first of each carries the customary "Trong đó:" or "Cụ thể:"."""
    lead = "Trong đó: "
    for member in line.members:
        unit, scale = _unit(line, member.value)
        number = cell(member.value, scale=scale, address=member.address or line.address)
        yield Row(2, "", lead + member.name, unit, number, what=What.MEMBER)
        lead = ""
    lead = "Cụ thể: "
    for part in line.parts:
        unit, scale = _unit(line, part.value, part.value_max)
        number = cell(part.value, part.value_max, part.bound, scale, part.address)
        yield Row(2, "", lead + part.about, unit if scale > 1 else part.unit or unit, number, what=What.PART)
        lead = ""
