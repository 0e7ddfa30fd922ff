"""The reorganisation of 1 July 2025 by the administrator's own hand: uploaded, looked at, applied, compared, undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chithi.core.periods import parse
from chithi.indicators.drain import drain_all
from chithi.org.kinds import StepKind, UnitKind
from chithi.org.models import Unit
from chithi.org.plan_cells import sheet_of
from chithi.org.plan_rows import Step
from chithi.reporting.actions import make_report
from chithi.sheets.writing import Column, Table, write
from tests.browser.desk import Desk
from tests.browser.scene import PRINTED_ON
from tests.worlds import World

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]
BEFORE = parse("2024")
ROWS = [
    Step(2, StepKind.OPEN, ("X1",), "Đảng bộ xã An", "Xã An", UnitKind.GRASSROOTS, parent_code="T"),
    Step(3, StepKind.MERGE, ("A1", "A2"), heir_code="X1"),
    Step(4, StepKind.MOVE, ("B1",), parent_code="T"),
    Step(5, StepKind.CLOSE, ("A",), heir_code="X1"),
    Step(6, StepKind.ABOLISH, kind=UnitKind.DISTRICT),
]


def sheet(folder: Path) -> Path:
    heads, *rows = sheet_of(ROWS)
    path = folder / "sap-xep.xlsx"
    path.write_bytes(write([Table("Phương án", [Column(head) for head in heads], rows)], ending="xlsx"))
    return path


def report_of(world: World) -> bytes:
    """The province's report of the year before, as printed on one and the same day."""
    unit = world.unit("T")
    return bytes(make_report(by=world.viewer("chau"), unit_id=unit, period=BEFORE, dated=PRINTED_ON).file)


def test_districts_end_communes_join_and_last_year_stays_as_it_was(sit: Sit, scene: World, tmp_path: Path) -> None:
    old = report_of(scene)
    desk = sit("an")
    page = desk.open("/quan-tri/")
    page.get_by_role("link", name="Sắp xếp tổ chức").click()
    page.get_by_role("link", name="Lập phương án").click()
    page.get_by_label("Tên phương án").fill("Kết thúc cấp huyện, sắp xếp cấp xã")
    page.get_by_label("Sắp xếp trong đơn vị").fill("T")
    page.get_by_label("Từ ngày").fill("2025-07-01")
    page.get_by_label("Văn bản quyết định").fill("76-NQ/TU")
    page.get_by_label("Bảng phương án").set_input_files(sheet(tmp_path))
    page.get_by_role("button", name="Lưu phương án").click()
    expect(page.get_by_role("status").first).to_contain_text("Cây tổ chức chưa thay đổi")

    page.get_by_role("link", name="Xem trước và áp dụng").click()
    page.get_by_role("button", name="Tính thử phương án").click()
    main = page.locator("main")
    expect(main).to_contain_text("1 thành lập, 4 kết thúc")
    expect(main).to_contain_text("23 người trong các đơn vị này")
    expect(main).to_contain_text("ví dụ báo cáo năm 2024")
    expect(main).to_contain_text("Minh (minh): Văn phòng cấp ủy tại Đảng bộ xã An Một → giao lại tại Đảng bộ xã An")
    page.get_by_role("button", name="Áp dụng từ ngày 1/7/2025").click()
    expect(main).to_contain_text("Việc còn lại")

    drain_all()
    assert report_of(scene) == old
    heir = Unit.objects.everywhere(because="a test opens the new commune").get(code="X1").pk
    desk.open(f"/don-vi/{heir}/?ky=2025")
    compared = re.compile("Lớp học tập chuyên đề đã mở 12 đơn vị nhập tăng1 .*2024: 11; 2025: 12")
    expect(page.get_by_role("row", name=compared)).to_be_visible()

    desk.open("/quan-tri/sap-xep/")
    page.get_by_role("link", name="Kết thúc cấp huyện, sắp xếp cấp xã").click()
    page.get_by_role("link", name="Hủy phương án").click()
    page.get_by_label("Từ ngày").fill("2025-09-15")
    page.get_by_label("Văn bản quyết định").fill("80-NQ/TU")
    page.get_by_role("button", name="Hủy phương án").click()
    expect(page.get_by_role("status").first).to_contain_text("Cây tổ chức trở lại như trước")
    drain_all()
    assert report_of(scene) == old
    desk.open(f"/quan-tri/don-vi/{scene.unit('A1')}/")
    expect(page.locator("main")).to_contain_text("Mở lại")
    expect(page.locator("main")).to_contain_text("80-NQ/TU")


def test_a_row_that_is_wrong_is_mended_without_script_on_a_phone(sit: Sit, scene: World, tmp_path: Path) -> None:
    path = tmp_path / "sai.csv"
    path.write_text("Việc;Mã;Tên\nbiến mất;A1;\nđổi tên;A2;Đảng bộ xã An Hòa\n", encoding="utf-8")
    page = sit("an", script=False, width=360).open("/quan-tri/sap-xep/moi/")
    page.get_by_label("Tên phương án").fill("Đổi tên xã")
    page.get_by_label("Sắp xếp trong đơn vị").fill("Đảng bộ tỉnh Thử")
    page.get_by_label("Từ ngày").fill("2026-09-01")
    page.get_by_label("Văn bản quyết định").fill("5-QĐ/TU")
    page.get_by_label("Bảng phương án").set_input_files(path)
    page.get_by_role("button", name="Lưu phương án").click()
    page.get_by_role("link", name="Xem trước và áp dụng").click()
    page.get_by_role("button", name="Tính thử phương án").click()
    expect(page.get_by_role("alert")).to_contain_text("Dòng 2, cột “Việc”: Không hiểu việc “biến mất”")
    page.get_by_role("link", name="Sửa phương án").click()
    page.get_by_role("link", name="Sửa", exact=True).first.click()
    page.get_by_label("Việc").select_option("đổi tên")
    page.get_by_label("Tên đơn vị").fill("Đảng bộ xã An Bình")
    page.get_by_role("button", name="Lưu dòng").click()
    page.get_by_role("link", name="Xem trước và áp dụng").click()
    expect(page.get_by_role("alert").first).to_contain_text("tính lại trước khi áp dụng")
    page.get_by_role("button", name="Tính thử lại").click()
    expect(page.locator("main")).to_contain_text("từ “Đảng bộ xã An Một” thành “Đảng bộ xã An Bình”")
    page.get_by_role("button", name="Áp dụng từ ngày 1/9/2026").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã áp dụng phương án")


def test_an_administrator_closes_a_unit_from_its_page(sit: Sit, scene: World) -> None:
    page = sit("an").open("/quan-tri/don-vi/?top=A&deep=1")
    page.get_by_role("link", name="Chi bộ thôn Hòa Hai").click()
    page.get_by_role("link", name="Kết thúc hoạt động").click()
    page.get_by_label("Đơn vị kế thừa").fill("chi bo thon hoa mot")
    page.get_by_label("Từ ngày").fill(date(2026, 9, 1).isoformat())
    page.get_by_label("Văn bản quyết định").fill("7-QĐ/HU")
    page.get_by_role("button", name="Xem trước").click()
    main = page.locator("main")
    expect(main).to_contain_text("Chi bộ thôn Hòa Một (A11) kế thừa")
    expect(main).to_contain_text("4 đảng viên")
    page.get_by_role("button", name="Áp dụng từ ngày 1/9/2026").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã áp dụng phương án")
