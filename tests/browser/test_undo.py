"""Undoing with a real browser: the line that offers it, with script and without, wide and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from chithi.org.groups import Named, make_group, put_in
from chithi.org.kinds import GroupKind
from tests.browser.desk import Desk
from tests.browser.test_every_page import NARROW, WIDE, faults
from tests.worlds import World

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]


def test_a_unit_taken_out_of_a_group_by_mistake_comes_back_with_one_press(sit: Sit, scene: World) -> None:
    by = scene.viewer("an")
    group = make_group(by=by, unit_id=scene.unit("T"), said=Named("Làm điểm", GroupKind.PILOT)).pk
    put_in(by=by, group_id=group, unit_ids=[scene.unit("A1"), scene.unit("B1")], since=date(2020, 1, 1))
    desk = sit("an", width=WIDE)
    page = desk.open(f"/quan-tri/nhom/{group}/")
    row = page.get_by_role("row", name="Đảng bộ xã An Một")
    row.get_by_role("button", name="Đưa ra").click()
    line = page.locator(".toast-line")
    expect(line).to_contain_text("ra khỏi nhóm từ")
    expect(row).to_contain_text("đến trước")
    wrong = faults(page)
    page.set_viewport_size({"width": NARROW, "height": 740})
    wrong += faults(page)
    assert wrong == []
    assert desk.overflow() == 0
    for name in ("Hoàn tác", "Đóng"):
        box = line.get_by_text(name).bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= NARROW
    line.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".say-good")).to_contain_text("Đơn vị lại ở trong nhóm như trước.")
    expect(page.locator(".toast-line")).to_have_count(0)
    expect(page.get_by_role("row", name="Đảng bộ xã An Một")).not_to_contain_text("đến trước")


def test_without_script_an_account_is_closed_opened_again_and_the_line_put_away(sit: Sit, scene: World) -> None:
    desk = sit("an", script=False)
    account = f"/quan-tri/tai-khoan/{scene.users['lan'].pk}/"
    page = desk.open(account)
    page.get_by_role("button", name="Đóng tài khoản").click()
    expect(page.locator(".toast-line")).to_contain_text("Đã đóng tài khoản")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".say-good")).to_contain_text("Tài khoản lại mở như trước")
    expect(page.get_by_role("button", name="Thôi giao")).to_be_visible()
    page.get_by_role("button", name="Thôi giao").click()
    expect(page.locator(".toast-line")).to_contain_text("Đã thôi giao vai trò")
    page.locator(".toast-line").get_by_role("link", name="Đóng").click()
    expect(page.locator(".toast-line")).to_have_count(0)
    assert desk.path() == account


def test_with_script_the_line_goes_without_loading_the_page_anew(sit: Sit, scene: World) -> None:
    desk = sit("an")
    page = desk.open("/quan-tri/ten-khac/")
    page.get_by_label("Đơn vị", exact=True).fill("A1")
    page.get_by_label("Tên gọi khác", exact=True).fill("Xã Một")
    page.get_by_role("button", name="Thêm").click()
    expect(page.locator(".toast-line")).to_contain_text("Đã thêm tên gọi khác.")
    page.evaluate("window.stillHere = true")
    page.locator("[data-toast-close]").click()
    expect(page.locator(".toast-line")).to_have_count(0)
    assert page.evaluate("window.stillHere") is True
