"""What takes time: nothing is shown under 300 ms, a thin line after; a form is sent once; a file gives the page back.

Answers are held back by the test and the page's clock is moved by it, so that nothing here depends on the machine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]


TELL_WHEN_BUSY = """() => new MutationObserver(() => {
    if (!document.documentElement.hasAttribute("data-busy")) { return; }
    const button = document.querySelector("button[value=save]");
    button.form.requestSubmit();
    console.log("busy, the button rests: " + button.disabled);
}).observe(document.documentElement, { attributes: true })"""


def held_back(page: Page, pattern: str, method: str) -> list[Any]:
    """Requests to these addresses wait in the list until the test lets them go."""
    waiting: list[Any] = []
    page.route(pattern, lambda route: waiting.append(route) if route.request.method == method else route.continue_())
    return waiting


def test_the_line_comes_after_300_ms_and_goes_with_the_answer(sit: Sit, scene: World) -> None:
    page = sit("dung").page
    page.clock.install(time=0)
    page.goto(f"/don-vi/{scene.unit('A')}/?ky=2025")
    page.clock.pause_at(10_000)
    waiting = held_back(page, "**/so/**", "GET")
    root, content = page.locator("html"), page.locator("#panel-content")
    with page.expect_request("**/so/**"):
        page.locator(".indicators a.num-door").first.click()
    page.clock.run_for(299)
    assert root.get_attribute("data-busy") is None
    page.clock.run_for(2)
    expect(root).to_have_attribute("data-busy", "")
    expect(content).to_have_attribute("aria-busy", "true")
    expect(page.locator(".progress-line")).to_be_visible()
    waiting[0].continue_()
    expect(root).not_to_have_attribute("data-busy", "")
    expect(content).not_to_have_attribute("aria-busy", "true")


def test_a_form_is_sent_once_and_the_line_shows_while_the_page_comes(sit: Sit, scene: World) -> None:
    page = sit("minh").open(f"/nhap/{scene.unit('A1')}/2026-Q1/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    waiting = held_back(page, "**/nhap/**", "POST")
    page.get_by_label("Lớp học tập chuyên đề đã mở", exact=True).fill("3")
    page.evaluate(TELL_WHEN_BUSY)  # nothing can be asked of a page that is being left: it tells by itself
    with page.expect_console_message(lambda message: message.text.startswith("busy")) as told:
        page.get_by_role("button", name="Lưu số liệu").click(no_wait_after=True)
    assert told.value.text == "busy, the button rests: true"
    assert len(sent) == 1
    waiting[0].continue_()
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu 1 con số.")
    expect(page.locator("html")).not_to_have_attribute("data-busy", "")


def test_a_file_leaves_the_page_ready_for_the_next(sit: Sit, scene: World) -> None:
    page = sit("dung").open(f"/bao-cao/{scene.unit('A')}/2025/")
    button = page.get_by_role("button", name="Tải Word")
    for _ in range(2):
        with page.expect_download() as coming:
            button.click()
        assert coming.value.suggested_filename.endswith(".docx")
        expect(button).to_be_enabled()
        expect(page.locator("html")).not_to_have_attribute("data-busy", "")


def test_a_page_brought_back_by_the_browser_can_be_sent_again(sit: Sit, scene: World) -> None:
    page = sit("minh").open(f"/nhap/{scene.unit('A1')}/2026-Q1/")
    page.get_by_label("Lớp học tập chuyên đề đã mở", exact=True).fill("4")
    page.get_by_role("button", name="Lưu số liệu").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu")
    page.go_back()
    expect(page.get_by_role("button", name="Lưu số liệu")).to_be_enabled()
