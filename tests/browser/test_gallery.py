"""The gallery of components: no accessibility fault in either theme, no sideways scrolling, its doors and keys work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.test_every_page import COLOURS, EVERY_RULE, NARROW, WIDE, faults, show

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]


def test_no_component_has_a_fault_or_scrolls_the_page(sit: Sit) -> None:
    desk = sit("an")
    page = desk.open("/mau/")
    page.evaluate("document.querySelectorAll('details.part-takes').forEach(one => { one.open = true; })")
    wrong = []
    for theme, width in (("light", WIDE), ("dark", NARROW)):
        show(desk, theme, width)
        wrong += [f"{width} {theme}: {fault}" for fault in faults(page, EVERY_RULE if theme == "light" else COLOURS)]
        if over := desk.overflow():
            wrong.append(f"{over} px wider than {width}")
    assert not wrong, "\n".join(wrong)


def test_a_sample_number_opens_its_sample_trace_and_the_list_leads_to_a_part(sit: Sit) -> None:
    page = sit("an").open("/mau/")
    page.get_by_role("navigation", name="Mục lục").get_by_role("link", name="toast.html").click()
    expect(page).to_have_url("/mau/#toast")
    page.locator("#number a.num-door").first.click()
    expect(page.locator("#panel article.trace")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    page.locator("#keys_dialog [data-keys-show]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
