"""Coming in by password and by one-time code, going out, language and theme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from chithi.access.models import User
from chithi.access.sign_in import new_one_time_code
from tests.browser.desk import Desk
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]


def sign_in(page: Page, name: str, secret: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu hoặc mã dùng một lần").fill(secret)
    page.get_by_role("button", name="Đăng nhập").click()


def test_a_password_opens_the_page_that_was_asked_for_and_log_out_closes_it(sit: Sit, scene: World) -> None:
    desk = sit(None)
    page = desk.open(f"/don-vi/{scene.unit('A1')}/")
    sign_in(page, "minh", "mật khẩu của minh")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ xã An Một")
    assert desk.path() == f"/don-vi/{scene.unit('A1')}/"
    page.locator("header summary", has_text="Minh").click()
    page.get_by_role("button", name="Đăng xuất").first.click()
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()
    desk.open(f"/don-vi/{scene.unit('A1')}/")
    assert desk.path().startswith("/vao/")


def test_a_wrong_password_is_said_and_the_name_stays(sit: Sit) -> None:
    page = sit(None).open("/vao/")
    sign_in(page, "minh", "không phải")
    expect(page.get_by_role("alert")).to_contain_text("chưa đúng")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("minh")


def test_a_one_time_code_lets_in_once(sit: Sit, scene: World) -> None:
    code = new_one_time_code(User.objects.get(username="dung"), valid_for=timedelta(hours=1))
    page = sit(None).open("/vao/")
    sign_in(page, "dung", code)
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    again = sit(None).open("/vao/")
    sign_in(again, "dung", code)
    expect(again.get_by_role("alert")).to_contain_text("chưa đúng")


def test_the_language_changes_and_changes_back(sit: Sit, scene: World) -> None:
    desk = sit("dung")
    page = desk.open(f"/don-vi/{scene.unit('A')}/?ky=2025")
    menu = page.locator("header summary", has_text="Dung")
    menu.click()
    page.locator("header").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("columnheader", name="Change", exact=True)).to_be_visible()
    assert desk.path() == f"/don-vi/{scene.unit('A')}/?ky=2025"
    menu.click()
    page.locator("header").get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")


def test_the_theme_is_remembered_from_page_to_page(sit: Sit) -> None:
    page = sit("dung").open("/")
    root = page.locator("html")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("header summary", has_text="Dung").click()
    page.locator("header").get_by_role("button", name="Tối").click()
    expect(root).to_have_attribute("data-bs-theme", "dark")
    page.reload()
    expect(root).to_have_attribute("data-bs-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
