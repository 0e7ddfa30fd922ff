"""Groups and ties in the browser: an administrator makes them, a leader reads, opens, narrows by and prints them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chithi.org.kinds import UnitKind
from chithi.org.models import Group
from chithi.org.places import forget_since
from tests.browser.desk import Desk
from tests.worlds import BEGAN, World, add_unit

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]
NAME = "Xã làm điểm"


def test_a_group_is_made_and_its_numbers_open_narrow_a_page_and_stand_in_a_report(sit: Sit, scene: World) -> None:
    page = sit("an").open("/quan-tri/")
    page.get_by_role("link", name="Nhóm đơn vị", exact=True).last.click()
    page.get_by_role("link", name="Lập nhóm").click()
    page.get_by_label("Tên nhóm").fill(NAME)
    page.get_by_label("Loại").select_option(label="Đơn vị làm điểm")
    page.get_by_label("Đơn vị giữ nhóm").fill("T")
    page.get_by_role("button", name="Lập nhóm").click()
    page.get_by_role("textbox", name="Đơn vị vào nhóm").fill("A1\nZZ")
    page.get_by_label("Từ ngày").fill("2024-01-01")
    page.get_by_role("button", name="Đưa vào nhóm").click()
    expect(page.locator(".wrongs")).to_contain_text("ZZ")
    expect(page.get_by_role("textbox", name="Đơn vị vào nhóm")).to_have_value("A1\nZZ")
    page.get_by_role("textbox", name="Đơn vị vào nhóm").fill("A1\nA2\nB1")
    page.get_by_role("button", name="Đưa vào nhóm").click()
    expect(page.locator("table.rows tbody tr")).to_have_count(3)

    group = Group.objects.everywhere(because="a test opens it").get()
    page = sit("dung").open("/nhom/?ky=2025")
    page.get_by_role("link", name=NAME).click()
    expect(page.locator("main")).to_contain_text("2 của 3 đơn vị trong phạm vi được xem")
    page.get_by_role("link", name="Lớp học tập chuyên đề đã mở").click()
    page.locator("#contributions tfoot a.num-door").first.click()
    expect(page.locator("#panel article")).to_contain_text("12 lớp")
    page.locator("#panel a", has_text="An Hai").click()
    expect(page.locator("#panel article")).to_contain_text("5 lớp")
    page.keyboard.press("Escape")

    page.goto(f"/don-vi/{scene.unit('A')}/?ky=2025&chi-tieu=study.classes")
    page.get_by_label("Chỉ xem đơn vị của nhóm").select_option(label=NAME)
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.locator("#contributions-title")).to_contain_text("đơn vị của nhóm góp")
    page.locator("#contributions thead a").first.click()
    expect(page.locator("#contributions-title")).to_contain_text("đơn vị của nhóm góp")

    page.goto(f"/bao-cao/{scene.unit('A')}/2025/")
    page.get_by_label(NAME).check()
    page.get_by_role("button", name="Đặt cột").click()
    expect(page.locator("#annex thead")).to_contain_text(NAME)
    expect(page.locator(f"#annex a[href='/nhom/{group.pk}/so/20/2025/']")).to_have_text("12")


@pytest.mark.parametrize("script", [True, False])
def test_an_agency_is_tied_with_and_without_script(sit: Sit, scene: World, script: bool) -> None:
    hospital = add_unit("BV", scene.units["A"], UnitKind.AGENCY, "Bệnh viện huyện An")
    forget_since(BEGAN)
    page = sit("an", script=script, width=360).open("/quan-tri/gan/moi/")
    page.get_by_label("Cách gắn").select_option(label="Cơ quan, đoàn thể – tổ chức đảng của mình")
    page.get_by_label("Cơ quan, đoàn thể hoặc thôn, bản").fill("BV")
    page.get_by_label("Tổ chức đảng, cấp ủy hoặc chi bộ").fill("A1")
    page.get_by_label("Từ ngày").fill("2020-01-01")
    page.get_by_role("button", name="Gắn", exact=True).click()
    expect(page.locator("main")).to_contain_text("Đảng bộ xã An Một")
    page.goto(f"/don-vi/{hospital.pk}/?ky=2025")
    page.get_by_role("link", name="Đảng bộ xã An Một").click()
    expect(page.locator("main")).to_contain_text("Cơ quan có tổ chức đảng này: Bệnh viện huyện An")
