"""By keyboard alone: rows walked with J and K, focus given back, keys kept out of fields, Tab in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from chithi.core.periods import parse
from chithi.narrative.models import Document
from chithi.reporting.actions import make_report
from tests.browser.desk import Desk
from tests.browser.scene import PRINTED_ON
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]
MOST_TABS = 45  # a page's frame and its first rows; a tree of thousands has no end worth walking to


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_j_and_k_walk_the_rows_enter_opens_and_esc_gives_the_focus_back(sit: Sit, scene: World) -> None:
    desk = sit("dung")
    page = desk.open(f"/don-vi/{scene.unit('A')}/?ky=2025")
    rows = page.locator(".indicators tbody tr")
    page.keyboard.press("j")
    first = page.locator("#main :focus")
    expect(first).to_have_count(1)
    page.locator(".indicators a.num-door").first.focus()
    page.keyboard.press("j")
    expect(rows.nth(1).locator("td.amount a.num-door").first).to_be_focused()
    page.keyboard.press("k")
    number = rows.nth(0).locator("a.num-door").first
    expect(number).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.locator("article")).to_be_visible()
    page.keyboard.press("j")
    expect(panel.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(number).to_be_focused()
    assert desk.path() == f"/don-vi/{scene.unit('A')}/?ky=2025"


def test_the_focus_finds_the_same_number_when_the_row_was_drawn_anew(sit: Sit, scene: World) -> None:
    page = sit("dung").open(f"/don-vi/{scene.unit('A')}/?ky=2025&chi-tieu=study.classes")
    door = page.locator("#contributions a.num-door").first
    href = door.get_attribute("href")
    door.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel article")).to_be_visible()
    page.evaluate("""() => {
        const region = document.getElementById("contributions");
        region.replaceWith(region.cloneNode(true));
    }""")
    page.keyboard.press("Escape")
    expect(page.locator(f'#contributions a.num-door[href="{href}"]')).to_be_focused()


def test_the_tree_is_walked_and_a_unit_opened_without_a_mouse(sit: Sit) -> None:
    page = sit("dung").open("/")
    for _ in range(40):
        page.keyboard.press("j")
        if focused(page) == "Đảng bộ xã An Một":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ xã An Một")


def test_no_key_steals_what_is_typed_and_single_letters_can_be_turned_off(sit: Sit, scene: World) -> None:
    page = sit("minh").open(f"/nhap/{scene.unit('A1')}/2026-Q1/")
    field = page.locator("main input[inputmode]").first
    field.focus()
    page.keyboard.type("jkg?/")
    expect(field).to_have_value("jkg?/")
    expect(page.get_by_role("dialog")).to_be_hidden()
    field.fill("")
    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Tắt các phím một chữ").check()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    expect(page).to_have_url(re.compile("/nhap/"))
    page.reload()
    page.locator("header summary", has_text="Minh").click()
    page.locator("header button", has_text="Xem phím tắt").click()
    expect(dialog.get_by_label("Tắt các phím một chữ")).to_be_checked()


def test_g_and_a_letter_reach_every_place_of_the_rail(sit: Sit) -> None:
    desk = sit("an")
    page = desk.open("/")
    offered = page.locator("#rail a[data-go]").evaluate_all("all => all.map(one => [one.dataset.go, one.href])")
    assert len(offered) >= 5
    assert len({letter for letter, _ in offered}) == len(offered)
    shown = page.locator("#keys .keys kbd").all_text_contents()
    for letter, href in offered:
        assert letter in shown
        page.keyboard.press("g")
        page.keyboard.press(letter)
        page.wait_for_url(href)


# --- Tab


def first_pages(world: World) -> Iterator[tuple[str | None, str]]:
    """The screens met first, and who opens them."""
    document = Document.objects.everywhere(because="the browser tests open it").get().pk
    district, commune = world.unit("A"), world.unit("A1")
    code = make_report(by=world.viewer("dung"), unit_id=district, period=parse("2025"), dated=PRINTED_ON).code
    yield None, "/vao/"
    yield "dung", "/"
    yield "dung", "/viec/"
    yield "dung", f"/don-vi/{district}/?ky=2025&chi-tieu=study.classes"
    yield "dung", f"/so/20/{district}/2025/?ma={code}"
    yield "dung", f"/bao-cao/{district}/2025/"
    yield "minh", f"/nhap/{commune}/2025/"
    yield "chau", "/van-ban/"
    yield "chau", f"/van-ban/{document}/"
    yield "an", "/quan-tri/"
    yield "an", "/quan-tri/tai-khoan/mo/"
    yield "an", "/tai-khoan/"


PROBE = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) { return null; }
    const box = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    const region = at.closest("header.top, #rail, main, .foot, #panel");
    return {
        what: (at.id || at.getAttribute("name") || at.textContent.trim()).slice(0, 40) + " <" + at.localName + ">",
        skip: at.classList.contains("skip"),
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== "none"
            || at.matches(".pic-door") && getComputedStyle(at.querySelector(".pic-hit")).strokeWidth === "2px",
        seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
            && box.left < innerWidth,
        free: region !== document.querySelector("main") || box.bottom > document.querySelector("main").offsetTop,
        region: region ? region.id || region.className : "",
        top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
    };
}"""


def tabbed(page: Page) -> list[dict[str, Any]]:
    """What gets the focus, Tab after Tab, with the place of each on the page."""
    found: list[dict[str, Any]] = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        at = page.evaluate(PROBE)
        if at is None:
            break
        found.append(at)
    return found


def out_of_order(stops: list[dict[str, Any]]) -> list[str]:
    """Where the focus jumps up within one column of one region."""
    wrong = []
    for one, after in pairwise(stops):
        beside = after["left"] >= one["right"] or after["right"] <= one["left"]
        if one["region"] == after["region"] and after["bottom"] <= one["top"] and not beside:
            wrong.append(f"from {one['what']} up to {after['what']}")
    return wrong


@pytest.mark.parametrize("width", [360, 1280])
def test_tab_walks_the_first_screens_in_reading_order_with_a_ring(sit: Sit, scene: World, width: int) -> None:
    wrong: list[str] = []
    desks: dict[str | None, Desk] = {}
    for who, path in first_pages(scene):
        desk = desks.get(who) or desks.setdefault(who, sit(who, width=width))
        stops = tabbed(desk.open(path))
        assert len(stops) >= 4, path
        if not stops[0]["skip"]:
            wrong.append(f"{path}: first is {stops[0]['what']}, not the way past the frame")
        wrong += [f"{path}: no ring on {one['what']}" for one in stops if not one["ring"]]
        wrong += [f"{path}: not to be seen: {one['what']}" for one in stops if not (one["seen"] and one["free"])]
        wrong += [f"{path}: {jump}" for jump in out_of_order(stops)]
    assert not wrong, "\n".join(wrong)


def test_the_way_past_the_frame_leads_to_the_page_itself(sit: Sit, scene: World) -> None:
    page = sit("dung").open(f"/don-vi/{scene.unit('A')}/?ky=2025")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")
