"""The tree, a number opened in the panel, deeper and back, the period kept; the Word report and its links."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Page, expect

from chithi.indicators.drain import drain_all
from tests.browser.desk import Desk
from tests.browser.scene import TITLE
from tests.concepts.test_from_sentence_to_word import confirm_all, taken
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]
CLASSES = "Lớp học tập chuyên đề đã mở"


def door(page: Page, name: str) -> Any:
    """The number in the row of an indicator."""
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))
    return row.locator("a.num-door")


def test_the_tree_fetches_a_branch_when_it_is_opened(sit: Sit) -> None:
    page = sit("dung").open("/")
    tree = page.locator(".home-tree")
    expect(tree.get_by_role("link", name="Đảng bộ xã An Một")).to_be_visible()
    expect(tree.get_by_role("link", name="Chi bộ thôn Hòa Một")).to_have_count(0)
    with page.expect_response(re.compile("/nhanh/")):
        tree.get_by_label("Đơn vị dưới Đảng bộ xã An Một").click()
    expect(tree.get_by_role("link", name="Chi bộ thôn Hòa Một")).to_be_visible()
    tree.get_by_role("link", name="Chi bộ thôn Hòa Một").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chi bộ thôn Hòa Một")


def test_a_number_opens_its_trace_beside_the_page_and_esc_gives_back_address_and_focus(sit: Sit, scene: World) -> None:
    desk = sit("dung")
    page = desk.open(f"/don-vi/{scene.unit('A')}/?ky=2025")
    number = door(page, CLASSES)
    expect(number).to_have_text("12")
    number.focus()
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel).to_contain_text("12 lớp, năm 2025; 2 trên 2 đơn vị đã có số")
    assert desk.path() == f"/so/20/{scene.unit('A')}/2025/"
    expect(page.get_by_role("heading", name="Đảng bộ huyện An")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(number).to_be_focused()
    assert desk.path() == f"/don-vi/{scene.unit('A')}/?ky=2025"


def test_deeper_in_the_panel_and_back_again(sit: Sit, scene: World) -> None:
    desk = sit("dung")
    page = desk.open(f"/don-vi/{scene.unit('A')}/?ky=2025")
    door(page, CLASSES).click()
    panel = page.locator("#panel")
    panel.get_by_role("link", name="Đảng bộ xã An Một").click()
    expect(panel).to_contain_text("7 lớp, năm 2025")
    assert desk.path() == f"/so/20/{scene.unit('A1')}/2025/"
    page.go_back()
    expect(panel).to_contain_text("12 lớp, năm 2025")
    assert desk.path() == f"/so/20/{scene.unit('A')}/2025/"
    page.go_back()
    expect(panel).to_be_hidden()
    assert desk.path() == f"/don-vi/{scene.unit('A')}/?ky=2025"


def test_the_address_of_a_panel_opens_as_a_page_and_is_copied_by_a_button(sit: Sit, scene: World) -> None:
    desk = sit("dung")
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = desk.open(f"/don-vi/{scene.unit('A')}/?ky=2025")
    door(page, CLASSES).click()
    page.locator("#panel").get_by_role("button", name="Chép địa chỉ").click()
    expect(page.get_by_role("status").filter(has_text="Đã chép địa chỉ.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{desk.base}/so/20/{scene.unit('A')}/2025/"
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("12 lớp, năm 2025")


def test_the_period_is_chosen_once_and_stays(sit: Sit, scene: World) -> None:
    page = sit("dung").open(f"/don-vi/{scene.unit('A')}/")
    page.locator("header summary", has_text="Năm 2025").click()
    page.locator("header").get_by_role("link", name="2024", exact=True).click()
    expect(door(page, CLASSES)).to_have_text("11")
    page.get_by_role("navigation", name="Các mục").get_by_role("link", name="Cây đơn vị").click()
    expect(page.locator("header summary", has_text="Năm 2024")).to_be_visible()


def test_contributions_are_sorted_in_place(sit: Sit, scene: World) -> None:
    page = sit("dung").open(f"/don-vi/{scene.unit('A')}/?ky=2025&chi-tieu=study.classes")
    names = page.locator("#contributions tbody th")
    page.locator("#contributions").get_by_role("link", name="Lớp").click()
    expect(names).to_have_text(["Đảng bộ xã An Hai", "Đảng bộ xã An Một"])
    page.locator("#contributions").get_by_role("link", name="Lớp").click()
    expect(names).to_have_text(["Đảng bộ xã An Một", "Đảng bộ xã An Hai"])


def test_the_keys_go_to_a_page_search_and_show_themselves(sit: Sit, scene: World) -> None:
    page = sit("dung").open("/")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("/")
    search = page.locator("#search")
    expect(search).to_be_focused()
    search.fill("hoa hai")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="Chi bộ thôn Hòa Hai")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("d")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ huyện An")


def test_every_number_of_the_word_report_opens_where_it_comes_from(sit: Sit, scene: World, tmp_path: Path) -> None:
    confirm_all(scene, taken(scene))
    drain_all()
    desk = sit("chau")
    page = desk.open(f"/bao-cao/{scene.unit('T')}/2011-05-14..2013-08-23/")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Tải Word").click()
    file = tmp_path / "report.docx"
    coming.value.save_as(file)
    targets = links(docx.Document(str(file)), desk.base)
    assert len(targets) > 3
    told = next(target for target in targets if f"/so/20/{scene.unit('T')}/" in target)
    page.goto(told)
    expect(page.locator("mark").first).to_have_text(re.compile("^731 lớp"))
    expect(page.get_by_role("main")).to_contain_text("Không đổi từ khi lập báo cáo")
    page.get_by_role("link", name="Mở văn bản tại đây").first.click()
    expect(page.locator(".fact[data-current]")).to_have_text(re.compile("^731 lớp"))


def links(document: Any, base: str) -> list[str]:
    """Addresses in the Word file that lead into this installation."""
    found = [relation.target_ref for relation in document.part.rels.values() if relation.is_external]
    return [target for target in found if target.startswith(base)]


def test_the_numbers_of_a_report_page_open_in_the_panel_too(sit: Sit, scene: World) -> None:
    page = sit("dung").open(f"/bao-cao/{scene.unit('A')}/2025/")
    page.locator("article a.num-door", has_text=re.compile("^12$")).first.click()
    expect(page.locator("#panel")).to_contain_text("12 lớp, năm 2025")
    page.get_by_role("button", name="Đóng").first.click()
    expect(page.locator("#panel")).to_be_hidden()


def test_a_document_is_offered_as_the_next_step_of_its_unit(sit: Sit, scene: World) -> None:
    page = sit("chau").open(f"/don-vi/{scene.unit('T')}/?ky=2025")
    page.get_by_role("listitem").filter(has_text=TITLE).get_by_role("link", name="Xem tiếp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
