"""The Excel annex of a unit and period: a workbook of three sheets, "Biểu", "Theo đơn vị", "Giải thích".

Everything stands in `Annex` before the first cell is written; memory holds one row of a sheet at a time. Text that
somebody typed is always text, whatever it begins with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from chithi.indicators.by_units import UnitTable
from chithi.indicators.meanings import Meaning
from chithi.reporting.content import ReportContent
from chithi.reporting.excel_form import Form
from chithi.reporting.excel_looks import Looks
from chithi.reporting.excel_notes import draw_notes
from chithi.reporting.excel_units import Units, Where

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "max_url_length": 2079,
}


@dataclass(frozen=True)
class Annex:
    """What the workbook tells. `names` are those of the table's units that may be named; `base` begins addresses."""

    content: ReportContent
    table: UnitTable
    names: Mapping[int, str]
    meanings: Sequence[Meaning]
    period_code: str
    base: str
    made_at: datetime


def write_annex(target: IO[bytes], told: Annex) -> None:
    """Write the workbook into an open binary file."""
    content = told.content
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"title": f"{content.header.issuer} · {content.period_label}", "created": told.made_at})
        looks = Looks(book, content.spelling)
        form = Form(book, looks, content)
        form.draw()
        title = f"{content.header.issuer}; {content.period_label[:1].lower()}{content.period_label[1:]}"
        units = Units(book, looks, told.table, told.names, title, Where(told.base, told.period_code))
        units.draw()
        draw_notes(book, looks, content, told.meanings, told.made_at, _remarks(told, units))


def _remarks(told: Annex, units: Units) -> list[str]:
    """What must be known of the sheet of units."""
    said = [
        "Trang “Theo đơn vị” ghi số do chính từng đơn vị và các đơn vị bên dưới có; số mà đơn vị nêu gộp cho cả bên "
        "dưới nằm ở trang “Biểu”, nên hai trang có thể khác nhau."
    ]
    if units.plain:
        said.append(
            f"{units.plain} ô tổng ở trang “Theo đơn vị” là số đã chốt, không phải công thức: các đơn vị bên dưới cộng "
            "lại nhiều hơn số ấy, hoặc còn số ghi khoảng."
        )
    if units.besides:
        said.append(
            f"{units.besides} ô tổng có thêm một số ở cuối công thức: đó là phần của riêng đơn vị, hoặc phần nhận bù "
            "cho nơi chưa báo, không nằm ở dòng nào bên dưới."
        )
    if told.table.cut:
        said.append("Quá nhiều đơn vị: trang “Theo đơn vị” dừng ở cấp cuối còn đủ chỗ; hãy tải riêng cho từng đơn vị.")
    if units.linked_to < max((row.depth for row in told.table.rows), default=0):
        said.append("Quá nhiều liên kết cho một trang: chỉ số của các cấp trên có liên kết; tên đơn vị vẫn có.")
    if any(not row.named for row in told.table.rows):
        said.append("Đơn vị nay ngoài phạm vi được xem: số vẫn nằm trong tổng, tên và các đơn vị bên dưới không ghi.")
    if units.left_out:
        said.append(f"Chưa đơn vị nào có số liệu: {'; '.join(units.left_out)}.")
    return said
