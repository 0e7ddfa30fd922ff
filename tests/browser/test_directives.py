"""A directive comes down three levels by the pages alone: written, answered by a plan and a plan of a plan, watched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from chithi.directives.models import Directive
from tests.browser.desk import Desk
from tests.worlds import World

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]


def written(page: Any, unit: str, kind: str, summary: str, sign: str, day: str) -> None:
    """Fill the form of a document and send it."""
    page.get_by_label("Đơn vị", exact=True).fill(unit)
    page.get_by_label("Loại văn bản").select_option(label=kind)
    page.get_by_label("Trích yếu").fill(summary)
    page.get_by_role("textbox", name="Số, ký hiệu").fill(sign)
    page.get_by_label("Ngày văn bản", exact=False).first.fill(day)


def test_a_directive_comes_down_and_who_has_answered_comes_up(sit: Sit, scene: World, tmp_path: Any) -> None:
    page = sit("chau").open("/chi-dao/")
    page.get_by_role("link", name="Ghi văn bản").click()
    written(page, "T", "Chỉ thị", "Về chuyên đề năm 2026", "03-CT/TU", "2026-09-01")
    page.get_by_label("Tổ chức cơ sở đảng").check()
    page.get_by_label("Chi bộ", exact=True).check()
    page.get_by_label("Hạn ban hành văn bản triển khai").fill("2026-10-15")
    page.get_by_role("button", name="Ghi văn bản").click()
    expect(page.locator("h1")).to_have_text("Về chuyên đề năm 2026")
    paper = tmp_path / "chi-thi.txt"
    paper.write_text("Mỗi chi bộ chọn một việc cụ thể", encoding="utf-8")
    page.get_by_role("link", name="Đính kèm tệp").click()
    page.get_by_label("Tệp").set_input_files(str(paper))
    page.get_by_role("button", name="Đính kèm").click()
    expect(page.get_by_role("link", name="chi-thi.txt")).to_be_visible()
    top = Directive.objects.everywhere(because="a test opens it").get().pk

    for who, unit, sign, day in (("minh", "A1", "05-KH/ĐU", "2026-10-01"), ("lan", "A11", "02-KH/CB", "2026-10-20")):
        page = sit(who).open("/chi-dao/?q=mot+viec+cu+the")
        expect(page.locator(".hits mark").first).to_be_visible()
        page.get_by_role("link", name="Về chuyên đề năm 2026").click()
        page.get_by_role("link", name="Soạn kế hoạch của đơn vị").click()
        written(page, unit, "Kế hoạch", f"Kế hoạch của {unit}", sign, day)
        page.get_by_role("button", name="Ghi văn bản").click()
        expect(page.locator("h1")).to_have_text(f"Kế hoạch của {unit}")
        expect(page.locator("main")).to_contain_text("Chỉ thị số 03-CT/TU")

    page = sit("chau").open(f"/chi-dao/{top}/")
    page.get_by_role("link", name="Xem theo đơn vị").click()
    expect(page.locator("main")).to_contain_text("2 / 7 đơn vị")
    page.get_by_role("row", name="An").get_by_role("link", name="1", exact=True).nth(1).click()
    expect(page.locator("main table")).to_contain_text("02-KH/CB")
    expect(page.locator("main table")).to_contain_text("5 ngày")


def test_a_draft_is_let_out_without_script_on_a_telephone(sit: Sit, scene: World) -> None:
    page = sit("lan", script=False, width=360).open("/chi-dao/moi/")
    written(page, "A11", "Kế hoạch", "Kế hoạch tháng", "", "2026-10-01")
    page.get_by_role("button", name="Ghi văn bản").click()
    expect(page.locator("main")).to_contain_text("Dự thảo")
    page.get_by_role("link", name="Ban hành").click()
    page.get_by_role("button", name="Ban hành").click()
    expect(page.locator(".wrongs")).to_contain_text("Số, ký hiệu")
    page.get_by_role("textbox", name="Số, ký hiệu").fill("02-KH/CB")
    page.get_by_role("button", name="Ban hành").click()
    expect(page.locator("main")).to_contain_text("Kế hoạch số 02-KH/CB")
