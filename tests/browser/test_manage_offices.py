"""A clerk sets the letterhead, writes down the term, makes a report, issues it with its letter, takes it back."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import docx
import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.worlds import World

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]
SEEN = os.environ.get("CHITHI_SHOTS", "")
"""Where to leave pictures of the pages on the way, for looking at them; nowhere unless named."""


def seen(page: Any, name: str) -> None:
    if SEEN:
        page.screenshot(path=f"{SEEN}/{name}.png", full_page=True)


def words_of(path: str) -> str:
    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u00a0", " ")


def test_a_report_goes_out_under_its_number_and_is_taken_back(sit: Sit, scene: World) -> None:
    page = sit("minh").open("/quan-tri/")
    page.get_by_role("link", name="Thể thức văn bản", exact=True).click()
    page.get_by_role("link", name="Đơn vị của tôi").click()
    seen(page, "office")
    page.get_by_label("Địa danh trước ngày").fill("Bản Mới")
    page.get_by_label("Cách đặt dấu thanh").select_option(label="uỷ, thuỷ")
    page.get_by_role("button", name="Lưu thể thức").click()
    expect(page.locator(".a4-sample")).to_contain_text("Bản Mới, ngày")
    expect(page.locator(".a4-sample")).to_contain_text("ĐẢNG UỶ XÃ AN MỘT")
    page.get_by_role("link", name="Ghi nhiệm kỳ").click()
    page.get_by_label("Tên nhiệm kỳ").fill("2025–2030")
    page.get_by_label("Từ ngày").fill("2025-06-15")
    seen(page, "term")
    page.get_by_role("button", name="Ghi nhiệm kỳ").click()
    page.get_by_role("link", name="Đặt số bắt đầu").click()
    page.get_by_label("Số bắt đầu").fill("27")
    page.get_by_role("button", name="Đặt số").click()
    expect(page.get_by_role("table", name="Số văn bản")).to_contain_text("Báo cáo (BC)")
    seen(page, "office-set")

    page.goto(f"/bao-cao/{scene.unit('A1')}/2025/")
    with page.expect_download():
        page.get_by_role("button", name="Tải Word").click()
    page.reload()
    seen(page, "report-made")
    page.get_by_role("link", name="Ban hành").click()
    page.get_by_label("Văn bản gửi kèm").select_option(label="công văn")
    seen(page, "issue")
    page.get_by_role("button", name="Ban hành").click()
    expect(page.locator("main")).to_contain_text("Đã ban hành: số 27-BC/ĐU, 01-CV/ĐU")
    seen(page, "register")
    row = page.get_by_role("row").filter(has_text="27-BC/ĐU")
    with page.expect_download() as download:
        row.get_by_role("link", name="Word").click()
    told = words_of(str(download.value.path()))
    assert "Số 27-BC/ĐU" in told
    assert "ĐẢNG UỶ XÃ AN MỘT" in told

    row.get_by_role("link", name="Thu hồi").click()
    page.get_by_label("Vì sao").fill("Sai số liệu")
    page.get_by_role("button", name="Thu hồi").click()
    expect(page.get_by_role("row").filter(has_text="27-BC/ĐU")).to_contain_text("Sai số liệu")
    page.goto(f"/bao-cao/{scene.unit('A1')}/2025/")
    expect(page.locator(".outline")).to_contain_text("số 01-CV/ĐU")
    expect(page.get_by_role("link", name="Ban hành")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_the_letterhead_fits_a_phone_with_and_without_script(sit: Sit, scene: World, script: bool) -> None:
    desk = sit("minh", width=360, script=script)
    page = desk.open(f"/quan-tri/the-thuc/{scene.unit('A1')}/")
    seen(page, f"office-phone-{script}")
    assert desk.overflow() <= 0
    page.get_by_label("Ký hiệu sau số").fill("ĐUAM")
    page.get_by_role("button", name="Lưu thể thức").click()
    expect(page.locator(".a4-sample")).to_contain_text("-BC/ĐUAM")
    assert desk.overflow() <= 0
