"""A file on a directive from its list to a complete one, and a helper section, by the pages alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from chithi.directives.actions import enter
from chithi.directives.rules import Written
from tests.browser.desk import Desk
from tests.worlds import World, add_members

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]


def test_a_unit_fills_its_file_and_who_lacks_what_is_seen_above(sit: Sit, scene: World) -> None:
    written = Written("directive", "Về chuyên đề", sign="03-CT/TU", dated=date(2026, 9, 1), expects=("cells",))
    top = enter(by=scene.viewer("chau"), unit_id=scene.unit("T"), written=written)
    member = add_members(scene.units["A11"], 1)[0]
    page = sit("chau").open(f"/chi-dao/{top.pk}/")
    page.get_by_role("link", name="Hồ sơ theo dõi").click()
    page.get_by_role("link", name="Lập danh mục hồ sơ").click()
    page.get_by_role("button", name="Lấy danh mục mẫu").click()
    row = page.get_by_role("row", name="Báo cáo kết quả thực hiện")
    row.get_by_role("button", name="Bỏ mục").click()
    expect(page.locator("main table")).not_to_contain_text("Báo cáo kết quả thực hiện")

    page = sit("lan").open(f"/chi-dao/{top.pk}/ho-so/don-vi/{scene.unit('A11')}/")
    page.get_by_role("link", name="Lập bộ phận giúp việc").click()
    page.get_by_role("button", name="Lập", exact=True).click()
    page.get_by_role("link", name="Thêm người").click()
    page.get_by_label("Ai", exact=True).select_option(f"m{member.pk}")
    page.get_by_label("Làm gì trong bộ phận").select_option("head")
    page.get_by_role("button", name="Thêm người").click()
    expect(page.locator("main table")).to_contain_text("Trưởng bộ phận")
    page.goto(page.url.split("/giup-viec")[0] + f"/chi-dao/{top.pk}/ho-so/don-vi/{scene.unit('A11')}/")
    page.get_by_role("link", name="Đánh dấu đã có").click()
    page.get_by_label("Để ở đâu").fill("Cặp số 1")
    page.get_by_role("button", name="Đánh dấu đã có").click()
    expect(page.locator("main")).to_contain_text("đã có 2/5 mục")
    expect(page.locator("main table")).to_contain_text("Cặp số 1")

    page = sit("chau", width=360).open(f"/chi-dao/{top.pk}/ho-so/?don-vi={scene.unit('A1')}&ho-so=thieu")
    expect(page.locator("main table")).to_contain_text("2/5")
