"""Pictures under the hand: doors by mouse and keyboard, the hint, the panel, without script, dark, narrow, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chithi.core.periods import parse
from chithi.indicators.actions import confirm_period
from chithi.indicators.drain import drain_all
from tests.browser.desk import Desk
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]
CLASSES = "ky=2025&chi-tieu=study.classes"


def test_a_bar_and_a_point_open_their_traces_by_mouse_and_by_keyboard(sit: Sit, scene: World) -> None:
    desk = sit("dung")
    page = desk.open(f"/don-vi/{scene.unit('A')}/?{CLASSES}")
    bar = page.locator(".pic-bars a.pic-door").first
    bar.click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("7 lớp, năm 2025")
    assert desk.path() == f"/so/20/{scene.unit('A1')}/2025/"
    expect(panel.locator(".pic-trend a.pic-door")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(bar).to_be_focused()
    page.keyboard.press("Shift+Tab")  # to the link that turns the order, then into the trend before it
    point = page.locator("#trend .pic-trend a.pic-door").last
    point.focus()
    expect(page.locator("#hint")).to_have_text("Năm 2025: 12 · 2/2 đơn vị")
    expect(point).to_have_attribute("aria-label", "Năm 2025: 12 · 2/2 đơn vị")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("12 lớp, năm 2025")
    page.go_back()
    expect(panel).to_be_hidden()
    assert desk.path() == f"/don-vi/{scene.unit('A')}/?{CLASSES}"


def test_without_script_a_part_of_a_picture_is_a_link_like_any_other(sit: Sit, scene: World) -> None:
    desk = sit("dung", script=False)
    page = desk.open(f"/don-vi/{scene.unit('A')}/?{CLASSES}")
    expect(page.locator(".pic-bars")).to_be_visible()
    page.locator("#trend").get_by_text("Xem bảng").click()
    expect(page.locator("#trend table")).to_contain_text("11")
    page.locator(".pic-bars a.pic-door").first.click()
    assert desk.path() == f"/so/20/{scene.unit('A1')}/2025/"


def test_who_has_reported_scrolls_in_its_own_box_on_a_phone_and_leads_to_the_form(sit: Sit, scene: World) -> None:
    for month in range(1, 13):
        confirm_period(by=scene.viewer("lan"), unit_id=scene.unit("A11"), period=parse(f"2025-{month:02d}"))
    drain_all()
    desk = sit("minh", width=360, height=740)
    page = desk.open(f"/don-vi/{scene.unit('A1')}/?ky=2025")
    page.get_by_role("link", name="Ai đã báo cáo").click()
    box = page.locator(".wide:has(.heat)")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert desk.overflow() == 0
    page.get_by_role("link", name="Chi bộ thôn Hòa Hai, tháng 1/2025: chưa có").click()
    assert desk.path() == f"/nhap/{scene.unit('A12')}/2025-01/"


def test_pictures_follow_the_theme_and_print(sit: Sit, scene: World) -> None:
    desk = sit("dung")
    page = desk.open(f"/don-vi/{scene.unit('A')}/?{CLASSES}")
    ink = "() => getComputedStyle(document.querySelector('.pic-dot')).fill"
    light = page.evaluate(ink)
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    assert page.evaluate(ink) != light
    page.emulate_media(media="print")
    assert page.evaluate(ink) == light
    expect(page.locator(".pic-trend")).to_be_visible()
    expect(page.locator("#trend .picture-files")).to_be_hidden()


def test_a_report_shows_the_pictures_it_prints_and_others_when_asked(sit: Sit, scene: World) -> None:
    page = sit("dung").open(f"/bao-cao/{scene.unit('A')}/2025/?hinh=")
    expect(page.locator(".a4 .pic")).to_have_count(0)
    page.get_by_text("Hình trong báo cáo").click()
    page.locator(".outline-pictures").get_by_label("Lớp học tập chuyên đề đã mở").check()
    page.get_by_role("button", name="Đặt hình").click()
    expect(page.locator(".a4 .pic")).to_have_count(2)
    expect(page.locator("#picture-1")).to_contain_text("Hình 1. Lớp học tập chuyên đề đã mở qua các kỳ.")
    page.locator("#picture-2 a.pic-door").first.click()
    expect(page.locator("#panel")).to_contain_text("7 lớp, năm 2025")
