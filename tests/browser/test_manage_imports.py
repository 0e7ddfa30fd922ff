"""A clerk brings a sheet in, mends it, has it written and takes it out again, with and without script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chithi.imports.kinds import ImportKind
from chithi.org.models import Membership
from chithi.sheets import read
from chithi.sheets.writing import Cell
from tests.browser.desk import Desk
from tests.concepts.import_desk import sheet
from tests.worker import on_sheets
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]
HOME = "/quan-tri/nhap-xuat/"
SEN: dict[str, Cell] = {"name": "Vũ Thị Sen", "birth_year": 1990, "cell": "A11", "since": date(2025, 3, 1)}
BECAUSE = "the test looks"


def members() -> int:
    return Membership.objects.everywhere(because=BECAUSE).count()


def bring(desk: Desk, file: Path) -> None:
    """From the list to the page of an import that waits."""
    page = desk.page
    page.get_by_label("Tệp bảng tính").set_input_files(file)
    page.get_by_role("button", name="Kiểm tra bảng này").click()


def test_a_clerk_mends_a_sheet_and_has_it_written(scene: World, sit: Sit, tmp_path: Path) -> None:
    desk = sit("minh")
    before = members()
    wrong, right = tmp_path / "sai.xlsx", tmp_path / "dang-vien.xlsx"
    wrong.write_bytes(sheet(ImportKind.PEOPLE, SEN, {**SEN, "cell": "A21", "birth_year": "x"}))
    right.write_bytes(sheet(ImportKind.PEOPLE, SEN, {**SEN, "name": "Đỗ Quý", "cell": "A12"}))
    page = desk.open(HOME)
    page.get_by_role("link", name="Nhập: Đảng viên, cán bộ").click()
    expect(page.get_by_role("textbox", name="Đơn vị")).to_have_value("A1")
    bring(desk, wrong)
    expect(page.get_by_role("progressbar")).to_be_visible()
    on_sheets()
    expect(page.get_by_text("Dòng 3, cột “Năm sinh”")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải bảng có ghi chỗ cần sửa").click()
    (found,) = read(Path(taken.value.path()).read_bytes(), "a.xlsx")
    assert found.rows[0][-1] == "Chỗ cần sửa"
    page.get_by_role("link", name="Đưa bảng khác lên").click()
    bring(desk, right)
    on_sheets()
    expect(page.get_by_text("Chờ đồng ý ghi")).to_be_visible()
    assert members() == before
    page.get_by_role("button", name="Ghi tất cả các dòng").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    on_sheets()
    expect(page.get_by_text("Đã thêm mới")).to_be_visible()
    assert members() == before + 2
    page.get_by_role("link", name="Nhập, xuất bằng bảng tính").first.click()
    expect(page.get_by_role("link", name="Đảng viên, cán bộ").first).to_be_visible()
    page.get_by_role("link", name="Xuất ra tệp").click()
    page.get_by_label("CSV (.csv)").check()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải tệp về").click()
    (found,) = read(Path(taken.value.path()).read_bytes(), "a.csv")
    assert {"Vũ Thị Sen", "Đỗ Quý"} <= {row[0] for row in found.rows}
    assert len(found.rows) == 1 + 6 + 4 + 2


def test_a_sheet_is_written_without_script_too(scene: World, sit: Sit, tmp_path: Path) -> None:
    desk = sit("minh", script=False)
    file = tmp_path / "dang-vien.csv"
    file.write_bytes(sheet(ImportKind.PEOPLE, SEN, ending="csv"))
    page = desk.open(f"{HOME}nhap/nguoi/")
    bring(desk, file)
    on_sheets()
    page.get_by_role("link", name="Xem lại").click()
    page.get_by_role("button", name="Ghi tất cả các dòng").click()
    on_sheets()
    page.get_by_role("link", name="Xem lại").click()
    expect(page.get_by_text("Đã thêm mới")).to_be_visible()
