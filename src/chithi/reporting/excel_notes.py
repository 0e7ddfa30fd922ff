"""The sheet "Giải thích": what each indicator means, how it is made, how to read the signs, when and where from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chithi.indicators.kinds import LegalBasis
from chithi.indicators.meanings import Meaning
from chithi.reporting.content import ReportContent
from chithi.reporting.excel_looks import Looks, merge, put_text

NAME = "Giải thích"
_HEADS = ("Mã", "Chỉ tiêu", "Đơn vị tính", "Cách tính", "Nguồn số liệu", "Căn cứ", "Lần định nghĩa")
_WIDTHS = (20, 46, 14, 60, 34, 30, 10)
_BASES = {
    LegalBasis.MANDATORY: "Bắt buộc theo quy định",
    LegalBasis.GUIDANCE: "Hướng dẫn của cấp có thẩm quyền",
    LegalBasis.INTERNAL: "Quy định của đơn vị",
    LegalBasis.PROPOSAL: "Đề xuất, không dùng để xếp loại",
}
SIGNS = (
    ("–", "Chưa có số liệu; không phải là 0."),
    ("≥, ≤, ≈", "Số nguồn ghi “trên, hơn”; “gần”; “khoảng”. Ô vẫn là số nên cộng được."),
    ("<100, >0", "Tỷ lệ chưa đến 100% hoặc lớn hơn 0 nhưng làm tròn hai chữ số không phân biệt được."),
    (
        "Công thức",
        "Ô tổng, tỷ lệ và so với cùng kỳ là công thức khi phép tính cho đúng số đã ghi; còn lại là số đã chốt.",
    ),
    ("Liên kết", "Bấm vào số để mở trang cho biết số ấy được hình thành thế nào (cần đăng nhập)."),
)


def draw_notes(
    book: Any, looks: Looks, content: ReportContent, meanings: Sequence[Meaning], made_at: datetime, more: Sequence[str]
) -> None:
    """Draw the sheet; `more` are sentences that the other sheets ask to be told."""
    sheet = book.add_worksheet(NAME)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    row = _facts(sheet, looks, content, made_at)
    for sign, words in SIGNS:
        row = _fact(sheet, looks, row, sign, words)
    for words in more:
        row = _fact(sheet, looks, row, "Lưu ý", words)
    row += 1
    sheet.repeat_rows(row)
    for column, head in enumerate(_HEADS):
        put_text(sheet, row, column, head, looks, bold=True, border=1, text_wrap=True, align="center")
    for meaning in meanings:
        row += 1
        for column, words in enumerate(_meaning(meaning)):
            put_text(sheet, row, column, words, looks, border=1, text_wrap=True, valign="top")


def _facts(sheet: Any, looks: Looks, content: ReportContent, made_at: datetime) -> int:
    put_text(sheet, 0, 0, "GIẢI THÍCH SỐ LIỆU", looks, bold=True, font_size=14)
    row = 1
    for name, words in (
        ("Đơn vị", content.header.issuer),
        ("Kỳ", content.period_label),
        ("Lập lúc", f"{made_at:%H:%M} ngày {made_at:%d/%m/%Y}"),
        ("Mã tra cứu", content.code or "Chưa có: số liệu đang dùng, chưa lập thành báo cáo"),
    ):
        row = _fact(sheet, looks, row, name, words)
    if content.lookup:
        put_text(sheet, row, 0, "Tra cứu", looks, bold=True)
        sheet.write_url(row, 1, content.lookup, looks.of(), content.lookup)
        row += 1
    if content.completeness:
        known = content.completeness
        row = _fact(sheet, looks, row, "Đơn vị có số liệu", f"{known.spoke} của {known.expected} đơn vị")
    return row + 1


def _fact(sheet: Any, looks: Looks, row: int, name: str, words: str) -> int:
    put_text(sheet, row, 0, name, looks, bold=True, valign="top")
    put_text(sheet, row, 1, words, looks, text_wrap=True, valign="top")
    merge(sheet, (row, 1), (row, len(_WIDTHS) - 1))
    if len(words) > 180:
        sheet.set_row(row, 15 * (1 + len(words) // 180))
    return row + 1


def _meaning(meaning: Meaning) -> tuple[str, ...]:
    definition = meaning.definition
    basis = LegalBasis(definition.legal_basis) if definition.legal_basis in set(LegalBasis) else None
    return (
        meaning.code,
        meaning.name("vi"),
        meaning.noun("vi"),
        _made_of(meaning),
        _source(meaning),
        _BASES[basis] if basis else "",
        str(definition.number),
    )


def _made_of(meaning: Meaning) -> str:
    if meaning.denominator is None:
        return f"{meaning.numerator.name_vi}, cộng từ các đơn vị bên dưới"
    return f"({meaning.numerator.name_vi}) / ({meaning.denominator.name_vi}) × 100"


def _source(meaning: Meaning) -> str:
    sources = {
        "Đếm từ danh sách đã ghi" if measure.recorded else "Đơn vị nhập, hoặc lấy từ văn bản đã xác nhận": None
        for measure in (meaning.numerator, meaning.denominator)
        if measure is not None
    }
    return "; ".join(sources)
