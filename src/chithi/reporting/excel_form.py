"""The sheet "Biểu": the annex of a report in the layout of an official form, ready to print and to reckon with.

Head with parent, issuer and the Party's name; heads in two levels with the numbered formula row below; sections, rows,
"Trong đó:"; whoever drew it up and whoever signs. Percentages, shares and sums are formulas where they are exactly so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from chithi.reporting import annex
from chithi.reporting.annex import Row, What
from chithi.reporting.content import Bound, ReportContent
from chithi.reporting.excel_looks import Looks, Written, lines_of, merge, put_number, put_text
from chithi.reporting.excel_sums import at, decimals_of, is_share, is_sum, share
from chithi.reporting.formats import number_line, place_and_date
from chithi.reporting.quantity import Number

NAME = "Biểu"
_FIRST_NUMBER = 3
_WIDTHS = (5, 50, 24)
_SPOKEN = re.compile(r" \([\d./]+ đơn vị có số liệu\)")  # what two columns of their own tell here
_HEADS_AT = 7
_BODY_AT = _HEADS_AT + 3
_BOXED = {"border": 1, "text_wrap": True}


class Form:
    """Draws the sheet; afterwards `notes` holds what must be said about it."""

    def __init__(self, book: Any, looks: Looks, content: ReportContent) -> None:
        self.content, self.looks = content, looks
        self.rows = annex.rows(content)
        self.heads = annex.heads(content)
        self.width = len(self.heads) + 2
        self.notes: list[str] = []
        self.sheet = book.add_worksheet(NAME)

    def draw(self) -> None:
        self._page()
        self._head()
        self._heads()
        for place, row in enumerate(self.rows):
            self._row(_BODY_AT + place, row)
        self._foot(_BODY_AT + len(self.rows))

    def _page(self) -> None:
        sheet, last = self.sheet, self.width - 1
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_column(_FIRST_NUMBER, last, 13)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.5, top=0.7, bottom=0.6)
        sheet.center_horizontally()
        sheet.repeat_rows(_HEADS_AT, _HEADS_AT + 2)
        sheet.freeze_panes(_BODY_AT, 2)
        sheet.set_footer(f"&L&8{self.content.code}&R&8Trang &P/&N")
        sheet.hide_gridlines(2)

    def _line(self, row: int, words: str, columns: tuple[int, int], **said: Any) -> None:
        """Words over several columns, in the middle of them."""
        first, last = columns
        put_text(self.sheet, row, first, words, self.looks, **{"align": "center", **said})
        merge(self.sheet, (row, first), (row, last))

    def _head(self) -> None:
        content, header = self.content, self.content.header
        last = self.width - 1
        left, right, whole = (0, 1), (_FIRST_NUMBER, last), (0, last)
        profile = content.profile
        self._line(0, header.parent.upper(), left)
        self._line(0, profile.banner, right, bold=True, **({} if profile.motto else {"underline": 1}))
        self._line(1, header.issuer.upper(), left, bold=True)
        number = number_line(header.number, header.kind_symbol, header.issuer_symbol, profile.words)
        placed = place_and_date(header.place, header.day)
        if profile.motto:
            self._line(1, profile.motto, right, bold=True, underline=1)
        else:
            self._line(1, placed, right, italic=True)
        self._line(2, number, left)
        if profile.motto:
            self._line(2, placed, right, italic=True)
        self._line(3, "BIỂU TỔNG HỢP SỐ LIỆU", whole, bold=True, font_size=14)
        self._line(4, content.summary, whole, bold=True, text_wrap=True)
        self.sheet.set_row(4, 18)
        title = content.title[:1].upper() + content.title[1:].lower()
        day = f"{header.day.day}/{header.day.month}/{header.day.year}"
        told = f"Kỳ báo cáo: {content.period_label}; phạm vi: {content.scope}"
        self._line(5, f"{told} (kèm theo {title} {number[:1].lower()}{number[1:]}, ngày {day})", whole, italic=True)
        self._line(6, "Đơn vị tính: ghi ở từng dòng", (_FIRST_NUMBER, last), italic=True, align="right")

    def _heads(self) -> None:
        """Two levels of heads and the row of formulas; the second level is drawn with the first in one go."""
        top, groups = _HEADS_AT, len(self.content.columns)
        last = self.width - 1
        upper = [*self.heads[:2], "Đơn vị tính", "Số liệu", "", "", *([""] * groups), "Số đơn vị", ""]
        if groups:
            upper[6] = "Trong đó, theo nhóm đơn vị"
        lower = [
            "",
            "",
            "",
            *self.heads[3:5],
            "So với cùng kỳ (%)",
            *self.heads[6:],
            "Đã có số liệu",
            "Phải có số liệu",
        ]
        counted = [*annex.formulas(self.content), str(7 + groups), str(8 + groups)]
        look = {**_BOXED, "align": "center"}
        for row, texts, more in (
            (top, upper, {"bold": True}),
            (top + 1, lower, {"bold": True}),
            (top + 2, counted, {"italic": True, "font_size": 9}),
        ):
            for column, words in enumerate(texts):
                put_text(self.sheet, row, column, words, self.looks, **look, **more)
        for column in range(_FIRST_NUMBER):
            merge(self.sheet, (top, column), (top + 1, column))
        merge(self.sheet, (top, 3), (top, 5))
        if groups:
            merge(self.sheet, (top, 6), (top, 5 + groups))
        merge(self.sheet, (top, last - 1), (top, last))

    def _row(self, at_row: int, row: Row) -> None:
        bold = {"bold": True} if row.level == 0 else {}
        put_text(self.sheet, at_row, 0, row.position, self.looks, **_BOXED, **bold, align="center")
        inner = {"indent": 2, "italic": True} if row.level == 2 else {}
        name = _SPOKEN.sub("", row.name) if row.spoke is not None else row.name
        lines = max(lines_of(name, _WIDTHS[1]), lines_of(row.unit, _WIDTHS[2]))
        self.sheet.set_row(at_row, 16 * lines)
        put_text(self.sheet, at_row, 1, name, self.looks, **_BOXED, **bold, **inner)
        put_text(self.sheet, at_row, 2, row.unit, self.looks, **_BOXED, **bold, align="center")
        if row.level == 0:
            for column in range(_FIRST_NUMBER, self.width):
                put_text(self.sheet, at_row, column, "", self.looks, **_BOXED)
            merge(self.sheet, (at_row, 1), (at_row, self.width - 1))
            return
        formulas = self._formulas(at_row, row)
        for place, number in enumerate(row.cells):
            formula = formulas.get(place, "")
            decimals = 1 if place == 2 else None
            put_number(self.sheet, at_row, 3 + place, _written(number, formula, decimals), self.looks, border=1)
        for place, count in enumerate((row.spoke, row.expected)):
            known = Written("") if count is None else Written(str(count), Decimal(count))
            put_number(self.sheet, at_row, self.width - 2 + place, known, self.looks, border=1)

    def _formulas(self, at_row: int, row: Row) -> dict[int, str]:
        """Formulas by the place of their number in the row."""
        made: dict[int, str] = {}
        ratio = row.ratio.value
        if ratio is not None and is_share(ratio, _exact(row.now), _exact(row.before), 1):
            made[2] = share(at(at_row, 3), at(at_row, 4), 1)
        place = at_row - _BODY_AT
        if row.what is What.LINE:
            made |= self._sum(at_row, row, _members(self.rows, place))
        if row.what is What.SHARE and place >= 2:
            made |= self._shares(at_row, row)
        return made

    def _shares(self, at_row: int, row: Row) -> dict[int, str]:
        """A computed share is its line over its base, which stand in the two rows above."""
        line, base = self.rows[at_row - _BODY_AT - 2], self.rows[at_row - _BODY_AT - 1]
        made = {}
        if (line.what, base.what) == (What.LINE, What.BASE) and line.unit == base.unit:
            for place, (shown, part, whole) in enumerate(zip(row.cells, line.cells, base.cells, strict=True)):
                if place == 2 or shown.value is None:
                    continue
                decimals = max(1, decimals_of(shown.value))
                if is_share(shown.value, _exact(part), _exact(whole), decimals):
                    made[place] = share(at(at_row - 2, 3 + place), at(at_row - 1, 3 + place), decimals)
        return made

    def _sum(self, at_row: int, row: Row, found: tuple[int, Sequence[Row]]) -> dict[int, str]:
        """An indicator whose breakdown adds up is the sum of its parts; one that does not is noted."""
        begins, members = found
        if not members:
            return {}
        parts = [member.now.value if member.unit == row.unit else None for member in members]
        if row.now.bound is Bound.EXACT and is_sum(row.now.value, parts):
            first = at_row + begins
            return {0: f"=SUM({at(first, 3)}:{at(first + len(members) - 1, 3)})"}
        name = row.name.partition(" (")[0]
        self.notes.append(
            f"Dòng {row.position}, {name}: các phần “Trong đó” không cộng thành số chung, nên ghi số đã có."
        )
        return {}

    def _foot(self, row: int) -> None:
        last = self.width - 1
        for words in (*annex.notes(self.content), *self.notes):
            put_text(self.sheet, row, 0, words, self.looks, italic=True, text_wrap=True)
            merge(self.sheet, (row, 0), (row, last))
            self.sheet.set_row(row, 16 * (1 + len(words) // 150))
            row += 1
        self._signatures(row + 1)

    def _signatures(self, row: int) -> None:
        """Who drew it up at the left, who signs at the right, with room between."""
        profile, signatory, last = self.content.profile, self.content.signatory, self.width - 1
        left, right = (1, 1), (_FIRST_NUMBER, last)
        authority = signatory.authority(profile.words)
        begins = ("NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)")
        for place, words in enumerate((*authority, signatory.post.upper())):
            if place < len(begins):
                self._line(row + place, begins[place], left, **({"italic": True} if place else {"bold": True}))
            bold = place < len(authority) or profile.looks.post_bold
            self._line(row + place, words, right, **({"bold": True} if bold else {}))
        row += max(len(authority) + 1, len(begins)) + profile.blank_signature_lines
        name = signatory.name or ""
        put_text(self.sheet, row, _FIRST_NUMBER, name, self.looks.as_is(), align="center", bold=True)
        merge(self.sheet, (row, _FIRST_NUMBER), (row, last))
        self.sheet.print_area(0, 0, row, last)


def _members(rows: Sequence[Row], place: int) -> tuple[int, Sequence[Row]]:
    """How far below a line its breakdown begins, and its rows."""
    first = place + 1
    while first < len(rows) and rows[first].what in (What.BASE, What.SHARE, What.STATED):
        first += 1
    end = first
    while end < len(rows) and rows[end].what is What.MEMBER:
        end += 1
    return first - place, rows[first:end]


def _exact(number: Number) -> Decimal | None:
    return number.value if number.bound is Bound.EXACT else None


def _written(number: Number, formula: str, decimals: int | None) -> Written:
    return Written(number.text, number.value, number.bound, formula, decimals, number.address)
