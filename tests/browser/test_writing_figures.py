"""The grid of entered figures: saved, refused with what was typed, two clerks at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]
CLASSES = "Lớp học tập chuyên đề đã mở"
MEMBERS = "Đảng viên học tập chuyên đề"


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu số liệu").click()


def test_what_is_typed_is_saved_and_stands_there_again(sit: Sit, scene: World) -> None:
    page = sit("minh").open(f"/nhap/{scene.unit('A1')}/2026-Q1/")
    page.get_by_label(CLASSES, exact=True).fill("3")
    page.get_by_label(MEMBERS, exact=True).fill("0")
    save(page)
    expect(page.get_by_role("status")).to_contain_text("Đã lưu 2 con số.")
    expect(page.get_by_label(CLASSES, exact=True)).to_have_value("3")
    expect(page.get_by_label(MEMBERS, exact=True)).to_have_value("0")


def test_a_refused_value_is_said_beside_its_field_and_nothing_typed_is_lost(sit: Sit, scene: World) -> None:
    page = sit("minh").open(f"/nhap/{scene.unit('A1')}/2026-Q1/")
    page.get_by_label(CLASSES, exact=True).fill("3")
    page.get_by_label(MEMBERS, exact=True).fill("bảy")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Chưa lưu được")
    wrong = page.get_by_label(MEMBERS, exact=True)
    expect(wrong).to_have_value("bảy")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label(CLASSES, exact=True)).to_have_value("3")
    page.get_by_role("alert").get_by_role("link").click()
    expect(wrong).to_be_focused()
    wrong.fill("7")
    save(page)
    expect(page.get_by_role("status")).to_contain_text("Đã lưu 2 con số.")


def test_of_two_clerks_in_one_cell_the_second_is_told_and_keeps_what_was_typed(sit: Sit, scene: World) -> None:
    address = f"/nhap/{scene.unit('A1')}/2026-Q1/"
    first, second = sit("minh").open(address), sit("chau").open(address)
    first.get_by_label(CLASSES, exact=True).fill("3")
    second.get_by_label(CLASSES, exact=True).fill("4")
    save(first)
    expect(first.get_by_role("status")).to_contain_text("Đã lưu 1 con số.")
    save(second)
    expect(second.get_by_role("alert")).to_contain_text("Có người vừa sửa")
    expect(second.get_by_label(CLASSES, exact=True)).to_have_value("4")
    first.reload()
    expect(first.get_by_label(CLASSES, exact=True)).to_have_value("3")


def test_the_period_chosen_on_the_grid_is_the_one_written_and_kept(sit: Sit, scene: World) -> None:
    desk = sit("minh")
    page = desk.open(f"/nhap/{scene.unit('A1')}/2026-Q1/")
    page.locator("header summary", has_text="Quý I/2026").click()
    page.locator("header").get_by_role("link", name="2025", exact=True).click()
    expect(page.locator("header summary", has_text="Năm 2025")).to_be_visible()
    assert desk.path() == f"/nhap/{scene.unit('A1')}/2025/"
    expect(page.get_by_label(CLASSES, exact=True)).to_have_value("7")
    rail = page.get_by_role("navigation", name="Các mục")
    expect(rail.get_by_role("link", name="Ghi số")).to_have_attribute("aria-current", "page")
    rail.get_by_role("link", name="Cây đơn vị").click()
    expect(page.locator("header summary", has_text="Năm 2025")).to_be_visible()


def test_a_unit_says_that_its_records_are_complete(sit: Sit, scene: World) -> None:
    page = sit("minh").open(f"/nhap/{scene.unit('A1')}/2025/")
    page.get_by_role("button", name="Xác nhận ghi chép của kỳ này đã đủ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã xác nhận ghi chép")
    expect(page.get_by_role("main")).to_contain_text("Đã xác nhận đủ ngày")
