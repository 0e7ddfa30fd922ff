"""Finding as one types: the list under the field, by keyboard and by mouse, on a phone, and one person's request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from chithi.org.models import Membership, Person
from chithi.org.spelling import respell_people
from chithi.privacy.rules import pseudonym
from chithi.text.vietnamese import fold
from tests.browser.desk import Desk
from tests.browser.test_every_page import EVERY_RULE, faults
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]
NAME = "Tạ Quang Khuyết"


@pytest.fixture
def gone(scene: World) -> Person:
    """Somebody who left long ago."""
    someone = Person.objects.create(name=NAME, folded=fold(NAME), birth_year=1950)
    unit = scene.units["B11"]
    Membership.objects.create(person=someone, unit=unit, since=date(2001, 1, 1), until=date(2010, 1, 1))
    respell_people([someone.pk])
    return someone


def test_typing_opens_a_list_that_arrows_enter_and_escape_walk(sit: Sit, scene: World) -> None:
    desk = sit("dung")
    page = desk.open("/")
    page.keyboard.press("/")
    page.keyboard.type("hoa")
    offers = page.locator(".search-offer")
    expect(offers.first).to_have_text("Chi bộ thôn Hòa MộtĐảng bộ xã An Một · A11")
    assert faults(page, EVERY_RULE) == []
    page.keyboard.press("ArrowDown")
    expect(offers.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(offers.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(offers).to_have_count(0)
    page.keyboard.type(" hai")
    expect(offers.first).to_contain_text("Chi bộ thôn Hòa Hai")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chi bộ thôn Hòa Hai")


def test_a_click_opens_what_was_found_and_leaving_the_field_puts_the_list_away(sit: Sit, scene: World) -> None:
    page = sit("minh").open("/")
    page.locator("#search").press_sequentially("dang vien a12")
    offer = page.locator(".search-offer", has_text="Đảng viên A12 0")
    expect(offer).to_be_visible()
    page.locator("#tree-title").click()
    expect(offer).to_have_count(0)
    page.locator("#search").fill("dang vien a12 0")
    offer.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đảng viên A12 0")


def test_on_a_phone_the_page_itself_answers_while_one_types(sit: Sit, scene: World) -> None:
    desk = sit("dung", width=360)
    page = desk.open("/tim/")
    page.locator("#search-here").press_sequentially("xa an")
    expect(page.locator("#found")).to_contain_text("Đảng bộ xã An Hai")
    assert desk.overflow() == 0
    assert desk.path() == "/tim/"


def test_without_script_the_field_sends_its_form(sit: Sit, scene: World) -> None:
    page = sit("dung", script=False).open("/")
    page.locator("#search").fill("hoa hai")
    page.locator("#search").press("Enter")
    expect(page.locator("#found")).to_contain_text("Chi bộ thôn Hòa Hai")


def test_an_administrator_holds_and_then_forgets_somebody_who_asked(sit: Sit, scene: World, gone: Person) -> None:
    desk = sit("an")
    page = desk.open("/quan-tri/")
    page.get_by_role("link", name="Lưu giữ dữ liệu cá nhân").click()
    page.get_by_role("link", name="Yêu cầu của một người").click()
    page.get_by_label("Họ tên").fill("khuyet")
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("link", name=NAME).click()
    page.get_by_label("Vì việc gì").fill("Đang giải quyết đơn")
    page.get_by_role("button", name="Giữ nguyên", exact=True).click()
    expect(page.get_by_role("link", name="Thay tên người này")).to_have_count(0)
    page.get_by_role("button", name="Thôi giữ nguyên").click()
    page.get_by_role("link", name="Thay tên người này").click()
    page.get_by_label("Lý do (đơn số, ngày)").fill("Đơn số 12")
    page.get_by_role("button", name="Thay tên, không khôi phục").click()
    expect(page.get_by_role("alert")).to_contain_text("không khôi phục được")
    page.get_by_label("Tôi hiểu").check()
    page.get_by_role("button", name="Thay tên, không khôi phục").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(pseudonym(gone.key))
    page.locator("#search").press_sequentially(fold(NAME))
    expect(page.locator(".search-said")).to_have_text("Không có gì trong phạm vi được xem mang tên hoặc mã này.")


def test_a_rule_is_set_looked_at_and_applied(sit: Sit, scene: World, gone: Person) -> None:
    page = sit("an").open("/quan-tri/luu-giu/")
    page.get_by_role("row", name="Họ tên Từ khi").get_by_role("link", name="Sửa").click()
    page.get_by_label("Giữ bao nhiêu tháng").fill("60")
    page.get_by_label("Căn cứ").fill("Quy định số 5")
    page.get_by_role("button", name="Lưu thời hạn").click()
    row = page.get_by_role("row", name="Họ tên Từ khi")
    expect(row).to_contain_text("5\u00a0năm")
    row.get_by_role("link", name="Xem đến hạn").click()
    expect(page.locator("main")).to_contain_text("Có 1 mục đến hạn.")
    page.get_by_label("Tôi hiểu").check()
    page.get_by_role("button", name="Làm với những gì đến hạn").click()
    expect(page.locator("main")).to_contain_text("Hôm nay không có gì đến hạn")
