"""Without script everything can be read and the first things done: numbers opened, figures confirmed or corrected."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.scene import PERIOD, TITLE
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]


def test_a_unit_and_a_trace_can_be_read(sit: Sit, scene: World) -> None:
    desk = sit("dung", script=False)
    page = desk.open(f"/don-vi/{scene.unit('A')}/?ky=2025")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ huyện An")
    page.locator(".indicators").get_by_role("link", name="12", exact=True).click()
    assert desk.path() == f"/so/20/{scene.unit('A')}/2025/"
    expect(page.get_by_role("main")).to_contain_text("12 lớp, năm 2025; 2 trên 2 đơn vị đã có số")
    page.get_by_role("main").get_by_role("link", name="Đảng bộ xã An Một").click()
    expect(page.get_by_role("main")).to_contain_text("7 lớp, năm 2025")


def test_a_figure_is_confirmed_and_left_out_by_plain_forms(sit: Sit, scene: World) -> None:
    page = sit("chau", script=False).open("/van-ban/")
    page.get_by_role("link", name=TITLE).click()
    cards = page.locator("[data-card]")
    cards.first.get_by_role("button", name="Xác nhận").click()
    expect(cards.first).to_contain_text("đã xác nhận")
    expect(page).to_have_url(re.compile(r"#fact-\d+$"))
    cards.nth(1).get_by_role("button", name="Bỏ").click()
    expect(cards.nth(1)).to_contain_text("đã bỏ")
    expect(page.locator("[data-done]")).to_have_text("2")


def test_a_refused_confirmation_is_said_without_script_too(sit: Sit, scene: World) -> None:
    page = sit("chau", script=False).open("/van-ban/")
    page.get_by_role("link", name=TITLE).click()
    page.locator("[data-card]").filter(has_text="731").get_by_role("button", name="Xác nhận").click()
    second = page.locator("[data-card]").filter(has_text="735")
    second.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_role("status").first).to_be_visible()
    expect(second).to_have_attribute("data-state", "open")


def test_a_figure_is_corrected_on_a_page_of_its_own(sit: Sit, scene: World) -> None:
    desk = sit("chau", script=False)
    page = desk.open("/van-ban/")
    page.get_by_role("link", name=TITLE).click()
    page.locator("[data-card]").first.get_by_role("link", name="Sửa").click()
    page.get_by_label("Số", exact=True).fill("7x3")
    page.get_by_role("button", name="Lưu số đã sửa").click()
    expect(page.get_by_role("alert")).to_contain_text("không phải một con số đọc được")
    page.get_by_label("Số", exact=True).fill("713")
    page.get_by_role("button", name="Lưu số đã sửa").click()
    expect(page.locator("[data-card]").first).to_contain_text("đã sửa")


def test_the_tree_leads_down_and_the_grid_saves(sit: Sit, scene: World) -> None:
    page = sit("minh", script=False).open("/")
    page.locator(".home-tree").get_by_role("link", name="Chi bộ thôn Hòa Hai").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chi bộ thôn Hòa Hai")
    page.goto(f"/nhap/{scene.unit('A1')}/2026-Q1/")
    page.get_by_label("Lớp học tập chuyên đề đã mở", exact=True).fill("3")
    page.get_by_role("button", name="Lưu số liệu").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu 1 con số.")


def test_a_report_can_be_read_and_downloaded(sit: Sit, scene: World) -> None:
    page = sit("chau", script=False).open(f"/bao-cao/{scene.unit('T')}/2025/")
    expect(page.locator("article")).to_contain_text("KẾT QUẢ THỰC HIỆN")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Tải Word").click()
    assert coming.value.suggested_filename.endswith(".docx")
    assert PERIOD not in page.url
