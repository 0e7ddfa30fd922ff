"""The manual as people read it: found without tone marks, from chithi and from a folder, on a phone, without script."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.test_every_page import COLOURS, EVERY_RULE, faults, show

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
Sit = Callable[..., Desk]
LOOKED_AT = (
    "index.html",
    "en/index.html",
    "manual/vi/numbers.html",
    "manual/vi/secretary.html",
    "manual/en/keys.html",
    "operate/install.html",
    "reference/errors.html",
    "how-to/reorganise.html",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "properdocs", "build", "--no-strict", "-q", "-f", "tools/site/properdocs.yml"]
    subprocess.run([*command, "-d", folder], cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture
def reading(sit: Sit, site: Path, settings: Any) -> Callable[..., Desk]:
    """Seats a visitor who reads the manual that chithi serves."""
    settings.MANUAL_ROOT = site
    return lambda **how: sit(None, **how)


def test_a_task_is_found_with_and_without_tone_marks(reading: Callable[..., Desk]) -> None:
    page = reading().open("/huong-dan/index.html")
    page.keyboard.press("/")
    first = page.locator("#found a").first
    for typed in ("bàn giao chức vụ", "ban giao chuc vu", "BAN GIAO chuc"):
        page.locator("#q").fill(typed)
        expect(first).to_contain_text("Người trong đơn vị › Bàn giao chức vụ")
    page.locator("#q").fill("doc bao cao")
    expect(first.locator("b")).to_contain_text("Đọc báo cáo")
    expect(first.locator("mark").first).to_have_text("Đọc")
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()
    page.locator("#q").fill("ban giao chuc vu")
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h2#ban-giao-chuc-vu")).to_be_in_viewport()
    page.goto("/huong-dan/en/index.html")
    page.locator("#q").fill("hand over")
    expect(first).to_have_attribute("lang", "en")
    page.locator("#q").fill("zzzz")
    expect(page.locator("#found")).to_have_text("Nothing found. Try fewer words.")


def test_the_site_opens_and_searches_from_a_folder(chromium: Any, site: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.goto(f"file://{site}/manual/vi/clerk.html")
    page.locator("#q").press_sequentially("so lieu")
    expect(page.locator("#found a").first).to_be_visible()
    expect(page.get_by_text("Vào chithi")).to_be_hidden()
    context.close()
    assert wrong == []


def test_the_menu_leads_to_the_page_of_ones_role_and_back(sit: Sit, site: Path, settings: Any) -> None:
    settings.MANUAL_ROOT = site
    page = sit("lan").open("/")
    page.locator("header summary", has_text="Lan").click()
    page.get_by_role("link", name="Hướng dẫn sử dụng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bí thư chi bộ")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cell secretary")
    page.get_by_role("link", name="To chithi").click()
    expect(page.get_by_role("main")).to_contain_text("Chi bộ thôn Hòa Một")


def test_pages_of_the_site_have_no_fault_and_fit_every_width(reading: Callable[..., Desk]) -> None:
    desk = reading()
    wrong: list[str] = []
    for path in LOOKED_AT:
        desk.open(f"/huong-dan/{path}")
        for theme, width in (("light", 1280), ("dark", 1280), ("dark", 360), ("light", 360)):
            show(desk, theme, width)
            wrong += [
                f"{path} {theme} {width}: {one}"
                for one in faults(desk.page, EVERY_RULE if theme == "light" else COLOURS)
            ]
            if over := desk.overflow():
                wrong.append(f"{path} is {over} px wider than {width}")
    assert wrong == []


def test_the_manual_can_be_read_without_script(reading: Callable[..., Desk]) -> None:
    desk = reading(script=False, width=360)
    page = desk.open("/huong-dan/manual/vi/index.html")
    expect(page.locator("form.search")).to_be_hidden()
    page.get_by_role("link", name="Mục lục").click()
    page.get_by_role("navigation", name="Mục lục").get_by_role("link", name="Phím tắt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phím tắt")
    page.locator("figure img").first.scroll_into_view_if_needed()
    assert page.locator("figure img").first.evaluate("image => image.naturalWidth") == 900
    assert desk.overflow() == 0
