"""Rows of tables, their cells parted by tabs: what may be believed of a bare number in a cell."""

from __future__ import annotations

import pytest

from chithi.text.intake import read

READ = [
    ("3\tNgười có uy tín được gặp mặt\tngười\t318", "count", "318", "người", "Người có uy tín được gặp mặt người"),
    ("4\tSố hội viên\t645", "count", "645", "hội viên", "Số hội viên"),
    ("- Tổng số chi bộ\t25\tđạt", "count", "25", "chi bộ", "Tổng số chi bộ"),
    ("6\tThu nhập bình quân\ttriệu đồng\t45,6", "money", "45600000", "đồng", "Thu nhập bình quân triệu đồng"),
    ("Đất hiến\t1.250\tm2", "area", "1250", "m2", "Đất hiến"),
    ("9\tLớp đã mở\t12 lớp", "count", "12", "lớp", "Lớp đã mở lớp"),
]
LEFT = [
    "3\tNgười có uy tín được gặp mặt",
    "TT\tNội dung\tĐơn vị\tKỳ này\tCùng kỳ",
    "5\tĐảng viên mới\tngười\t318\t295",
    "7\tChi bộ Trường Mầm non\t25",
    "12\tđảng viên",
    "Năm\t2012\tngười",
]


@pytest.mark.parametrize(("row", "kind", "value", "unit", "what"), READ)
def test_a_row_that_names_its_unit_is_read(row: str, kind: str, value: str, unit: str, what: str) -> None:
    [fact] = read(f"Phụ lục\n{row}\n").facts
    assert (fact.kind, f"{fact.value:f}", fact.unit, fact.what) == (kind, value, unit, what)


@pytest.mark.parametrize("row", LEFT)
def test_row_numbers_and_cells_that_do_not_tell_are_left(row: str) -> None:
    assert [fact.quote for fact in read(f"Phụ lục\n{row}\n").facts] == []


def test_rows_are_not_taken_for_one_wrapped_sentence() -> None:
    rows = ["2\tSố đảng viên được học tập, quán triệt các chuyên đề trong năm\t645", "3\tSố chi bộ\t12"]
    assert [fact.value for fact in read("\n".join(rows)).facts] == [645, 12]
