"""An administrator opens an account, its owner comes in and secures it: the whole way in a real browser."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.test_coming_in import sign_in
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]
PASSWORD = "con đường làng năm ấy"


def code_now(username: str, ahead: int = 0) -> str:
    """What the application on the telephone shows by the clock it is known to have, now or half a minute ahead."""
    device = TOTPDevice.objects.get(user__username=username)
    shown = TOTP(device.bin_key, drift=device.drift)
    shown.time = time.time() + 30 * ahead
    return f"{shown.token():06d}"


def fill_opening(page: Page) -> None:
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Mận")
    page.get_by_label("Tên đăng nhập").fill("man")
    page.get_by_label("Vai trò").select_option(label="Bí thư chi bộ")


def test_an_account_is_opened_by_typing_a_units_name_and_its_owner_secures_it(sit: Sit, scene: World) -> None:
    page = sit("an").open("/quan-tri/tai-khoan/")
    page.get_by_role("link", name="Mở tài khoản").click()
    fill_opening(page)
    field = page.get_by_label("Ở đơn vị")
    field.press_sequentially("hoa hai", delay=20)
    offer = page.locator("[data-unit-code]")
    expect(offer).to_have_count(1)
    field.press("ArrowDown")
    expect(offer).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_value("A12")
    expect(field).to_be_focused()
    page.locator("main").get_by_role("button", name="Mở tài khoản").click()
    code = page.locator(".code-shown").inner_text()
    own = sit(None).open("/vao/")
    sign_in(own, "man", code)
    expect(own.get_by_role("status")).to_contain_text("đặt mật khẩu")
    own.locator("header summary", has_text="Mận").click()
    own.locator("header").get_by_role("link", name="Tài khoản của tôi").click()
    own.get_by_role("link", name="Đặt mật khẩu").click()
    own.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    own.get_by_label("Gõ lại mật khẩu mới").fill(PASSWORD)
    own.get_by_role("button", name="Đổi mật khẩu").click()
    own.get_by_role("link", name="Bật xác thực hai bước").click()
    expect(own.get_by_alt_text("Hình để ứng dụng quét")).to_be_visible()
    width = own.locator(".factor-picture").evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
    assert width > 100, "the policy lets it through"
    own.get_by_label("Mã trong ứng dụng").fill(code_now("man"))
    own.get_by_role("button", name="Bật xác thực hai bước").click()
    expect(own.locator(".codes li")).to_have_count(10)
    again = sit(None).open("/vao/")
    sign_in(again, "man", PASSWORD)
    again.get_by_label("Mã 6 số hoặc mã dự phòng").fill(code_now("man", ahead=1))
    again.get_by_role("button", name="Đăng nhập").click()
    expect(again.locator("header summary", has_text="Mận")).to_be_visible()


def test_without_script_a_unit_is_chosen_by_its_code(sit: Sit, scene: World) -> None:
    page = sit("an", script=False).open("/quan-tri/tai-khoan/mo/")
    fill_opening(page)
    page.get_by_label("Ở đơn vị").fill("chi bộ thôn hòa")
    page.locator("main").get_by_role("button", name="Mở tài khoản").click()
    expect(page.get_by_role("alert")).to_contain_text("A11")
    page.get_by_label("Ở đơn vị").fill("A11")
    page.locator("main").get_by_role("button", name="Mở tài khoản").click()
    expect(page.locator(".code-shown")).to_be_visible()


def test_a_role_is_defined_given_and_an_account_closed(sit: Sit, scene: World) -> None:
    page = sit("an").open("/quan-tri/vai-tro/")
    page.get_by_role("link", name="Đặt vai trò mới").click()
    page.get_by_label("Tên tiếng Việt").fill("Đoàn kiểm tra")
    page.get_by_label("Tên tiếng Anh").fill("Inspection team")
    page.get_by_label("Mã", exact=True).fill("kiem_tra")
    page.get_by_label("Mở danh sách từng người, từng việc").check()
    page.get_by_role("button", name="Đặt vai trò").click()
    expect(page.get_by_role("status")).to_contain_text("Đã đặt vai trò mới")
    page.goto("/quan-tri/tai-khoan/?q=hoa")
    page.get_by_role("link", name="Hoa", exact=True).click()
    page.get_by_role("link", name="Giao vai trò").click()
    page.get_by_label("Vai trò").select_option(label="Đoàn kiểm tra")
    page.get_by_label("Ở đơn vị").fill("A1")
    page.locator("main").get_by_role("button", name="Giao vai trò").click()
    expect(page.get_by_role("cell", name="Đảng bộ xã An Một")).to_be_visible()
    page.locator("main").get_by_role("button", name="Đóng tài khoản").click()
    expect(page.get_by_role("status")).to_contain_text("Đã đóng tài khoản")
    expect(page.get_by_role("button", name="Mở lại tài khoản")).to_be_visible()
