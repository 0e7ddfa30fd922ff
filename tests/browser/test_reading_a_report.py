"""Intake by keyboard alone: paste, step, confirm, correct, leave out, replace; and the way back from the number."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from chithi.indicators.drain import drain_all
from tests.browser.desk import Desk
from tests.browser.scene import PERIOD, TEXT, TITLE
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]


def card(page: Page) -> Locator:
    """The card that is shown."""
    return page.locator("[data-card][data-current]")


def marked(page: Page) -> Locator:
    """The figure that is lit in the text."""
    return page.locator(".fact[data-current]")


def step_to(page: Page, start: str) -> None:
    """Go on with J until the figure is reached; at most once through the document."""
    for _ in range(page.locator("[data-card]").count()):
        if marked(page).first.inner_text().startswith(start):
            return
        page.keyboard.press("j")
    raise AssertionError(f"J never came to {start!r}")


def opened(sit: Sit, scene: World) -> Page:
    """The document of the scene at chau's desk."""
    page: Page = sit("chau").open("/van-ban/")
    page.get_by_role("link", name=TITLE).click()
    expect(card(page)).to_be_visible()
    return page


def test_a_pasted_report_is_read_and_its_first_figure_waits(sit: Sit, scene: World) -> None:
    page = sit("chau").open("/van-ban/?cach=dan")
    page.get_by_label("Tên văn bản").fill("Báo cáo dán")
    page.get_by_label("Nội dung").fill(TEXT.replace("735", "736"))
    page.get_by_label("Mã đơn vị").fill("T")
    page.get_by_label("Kỳ", exact=True).fill(PERIOD)
    page.get_by_label("Kỳ", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Báo cáo dán")
    expect(card(page)).to_contain_text("731")
    expect(marked(page)).to_have_text(re.compile("^731 lớp"))


def test_j_and_k_step_and_the_mark_follows(sit: Sit, scene: World) -> None:
    page = opened(sit, scene)
    first = marked(page).first.inner_text()
    page.keyboard.press("j")
    expect(marked(page)).not_to_have_text(first)
    page.keyboard.press("k")
    expect(marked(page)).to_have_text(first)


def test_enter_confirms_x_leaves_out_u_takes_back_and_progress_counts(sit: Sit, scene: World) -> None:
    page = opened(sit, scene)
    done = page.locator("[data-done]")
    expect(done).to_have_text("0")
    page.keyboard.press("Enter")
    expect(done).to_have_text("1")
    expect(page.locator('[data-card][data-state="confirmed"]')).to_have_count(1)
    expect(marked(page)).not_to_have_text(re.compile("^731 lớp"))  # the next open one is shown
    page.keyboard.press("x")
    expect(done).to_have_text("2")
    expect(page.locator('.fact[data-state="rejected"]')).to_have_count(1)
    page.keyboard.press("k")
    expect(card(page)).to_have_attribute("data-state", "rejected")
    page.keyboard.press("u")
    expect(done).to_have_text("1")
    expect(card(page)).to_have_attribute("data-state", "open")


def test_e_corrects_and_what_was_written_wrong_is_said_in_place(sit: Sit, scene: World) -> None:
    page = opened(sit, scene)
    page.keyboard.press("e")
    value = card(page).get_by_label("Số", exact=True)
    expect(card(page).get_by_label("Chỉ tiêu", exact=True)).to_be_focused()
    value.fill("7x3")
    value.press("Enter")
    expect(card(page).get_by_role("alert")).to_contain_text("không phải một con số đọc được")
    expect(value).to_have_value("7x3")
    value.fill("713")
    value.press("Enter")
    expect(page.locator('[data-card][data-state="corrected"]')).to_have_count(1)
    drain_all()
    page.goto(f"/so/20/{scene.unit('T')}/{PERIOD}/")
    expect(page.get_by_role("main")).to_contain_text("Đơn vị nêu chung: 713")


def test_a_second_statement_for_the_same_place_asks_before_it_replaces(sit: Sit, scene: World) -> None:
    page = opened(sit, scene)
    page.keyboard.press("Enter")
    expect(page.locator("[data-done]")).to_have_text("1")
    step_to(page, "735 lớp")
    page.keyboard.press("Enter")
    expect(card(page).get_by_role("alert")).to_be_visible()
    expect(page.locator("[data-done]")).to_have_text("1")
    expect(card(page).get_by_role("button", name="Thay số cũ")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("[data-done]")).to_have_text("2")
    drain_all()
    page.goto(f"/so/20/{scene.unit('T')}/{PERIOD}/")
    expect(page.get_by_role("main")).to_contain_text("Đơn vị nêu chung: 735")
    expect(page.locator("#trace-changes")).to_contain_text("731 → 735")


def test_the_confirmed_number_shows_its_sentence_and_leads_to_the_mark_in_the_text(sit: Sit, scene: World) -> None:
    page = opened(sit, scene)
    page.keyboard.press("Enter")
    expect(page.locator("[data-done]")).to_have_text("1")
    drain_all()
    page.keyboard.press("k")
    card(page).get_by_role("link", name="Xem số liệu").click()
    panel = page.locator("#panel")
    expect(panel.locator("blockquote")).to_contain_text("Tính đến nay, toàn tỉnh đã mở 731 lớp")
    expect(panel.locator("mark")).to_have_text(re.compile("^731 lớp"))
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.goto(f"/so/20/{scene.unit('T')}/{PERIOD}/")
    page.get_by_role("link", name="Mở văn bản tại đây").click()
    expect(page).to_have_url(re.compile(r"/van-ban/\d+/#at-\d+$"))
    expect(marked(page)).to_have_text(re.compile("^731 lớp"))
    expect(marked(page)).to_be_in_viewport()


def test_what_does_not_add_up_is_asked_and_put_away(sit: Sit, scene: World) -> None:
    page = opened(sit, scene)
    asks = page.locator(".asks li")
    expect(asks.first).to_contain_text("73,5%")
    page.locator(".asks").get_by_role("button", name="Đánh dấu đã xem").first.click()
    expect(page.locator(".asks li").filter(has_text="73,5%").first).to_contain_text("đã xem")


def test_of_two_clerks_on_one_figure_the_second_is_told(sit: Sit, scene: World) -> None:
    one, other = opened(sit, scene), opened(sit, scene)
    one.keyboard.press("Enter")
    expect(one.locator("[data-done]")).to_have_text("1")
    other.keyboard.press("Enter")
    expect(other.locator('[data-card][data-state="confirmed"]')).to_contain_text("đã được xác nhận")


def test_a_refused_upload_says_why_beside_the_field(sit: Sit, scene: World) -> None:
    page = sit("chau").open("/van-ban/")
    file = {"name": "báo-cáo.docx", "mimeType": "application/octet-stream", "buffer": b"this is no Word file"}
    page.get_by_label("Tệp báo cáo").set_input_files(file)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".field-wrong .wrong")).to_be_visible()
    expect(page.get_by_label("Mã đơn vị")).to_have_value("T")
