"""The first steps as somebody new takes them: by keyboard, on a phone, without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.test_every_page import EVERY_RULE, faults
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]


def test_somebody_new_walks_the_five_steps_by_keyboard(sit: Sit, scene: World) -> None:
    desk = sit("dung")
    page = desk.open("/")
    page.get_by_role("button", name="Đi một vòng").focus()
    page.keyboard.press("Enter")
    for step in range(1, 6):
        expect(page.locator(".tour .note")).to_have_text(f"Làm quen: bước {step}/5")
        assert faults(page, EVERY_RULE) == []
        page.get_by_role("button", name="Bước sau" if step < 5 else "Xong").focus()
        page.keyboard.press("Enter")
    expect(page.locator(".tour")).to_have_count(0)
    assert "/bao-cao/" in desk.path(), "one stays where the last step was"
    page.goto("/")
    expect(page.locator(".tour")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_the_line_fits_and_is_left_at_any_step(sit: Sit, scene: World, script: bool) -> None:
    desk = sit("lan", width=360, script=script)
    page = desk.open("/lam-quen/")
    page.get_by_role("button", name="Bắt đầu").click()
    page.get_by_role("button", name="Bước sau").click()
    expect(page.locator(".tour-title")).to_have_text("Con số nào cũng mở ra được")
    assert desk.overflow() == 0
    page.get_by_role("button", name="Thôi").click()
    expect(page.locator(".tour")).to_have_count(0)
    assert "/don-vi/" in desk.path()
