"""An administrator defines an indicator beside its trial; a unit enters it; another formula from a day on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chithi.indicators.drain import drain_all
from chithi.indicators.models import Indicator, IndicatorDefinition
from tests.browser.desk import Desk
from tests.worlds import World

pytestmark = pytest.mark.browser
Sit = Callable[..., Desk]


def test_a_share_is_tried_as_one_chooses_saved_and_entered_by_a_unit(sit: Sit, scene: World) -> None:
    page = sit("chau").open("/quan-tri/")
    page.get_by_role("link", name="Chỉ tiêu và cách tính").click()
    page.get_by_role("link", name="Đặt chỉ tiêu mới").click()
    page.get_by_label("Kỳ", exact=True).select_option("2025")
    page.get_by_label("Đếm gì").select_option("20")
    trial = page.locator("#trial")
    expect(trial).to_contain_text("12", timeout=15_000)
    expect(trial).to_contain_text("Hãy ghi tên.")
    page.get_by_label("Trên tổng số").select_option("2")
    expect(trial).to_contain_text("400,0%")
    expect(trial).to_contain_text("Tỷ lệ vượt 100%")
    page.get_by_label("Đếm gì").select_option("")
    page.get_by_label("Trên tổng số").select_option("")
    page.get_by_label("Tên", exact=True).fill("Buổi phát thanh")
    page.get_by_label("Đơn vị tính", exact=True).fill("buổi")
    page.get_by_label("Tháng", exact=True).check()
    page.get_by_label("Năm", exact=True).check()
    page.get_by_role("button", name="Đặt chỉ tiêu").click()
    expect(page.locator(".say-good")).to_contain_text("Đã đặt chỉ tiêu")
    expect(page.get_by_role("heading", level=1)).to_have_text("Buổi phát thanh")
    indicator = Indicator.objects.latest("pk")
    measure = IndicatorDefinition.objects.get(indicator=indicator).numerator_id
    grid = sit("minh").open(f"/nhap/{scene.unit('A1')}/2025/")
    grid.locator(f"#value-{measure}").fill("34")
    grid.get_by_role("button", name="Lưu số liệu").click()
    expect(grid.locator(".say-good")).to_contain_text("Đã lưu 1 con số.")
    drain_all()
    unit = sit("dung").open(f"/don-vi/{scene.unit('A')}/?ky=2025")
    expect(unit.get_by_role("row", name="Buổi phát thanh")).to_contain_text("34")


def test_without_script_a_button_tries_and_nothing_typed_is_lost(sit: Sit, scene: World) -> None:
    page = sit("chau", script=False, width=360).open("/quan-tri/chi-tieu/21/sua/")
    page.locator("#id_name_vi").fill("Đảng viên đã học xong")
    page.locator("#id_target").fill("95")
    page.locator("#id_thu_ky").select_option("2025")
    page.get_by_role("button", name="Thử").click()
    expect(page.locator("#trial")).to_contain_text("Đã có số")
    expect(page.locator("#id_name_vi")).to_have_value("Đảng viên đã học xong")
    page.get_by_role("button", name="Lưu bản mới").click()
    expect(page.locator(".wrongs")).to_contain_text("hãy ghi dùng từ ngày nào")
    page.locator("#id_since").fill("2026-01-01")
    page.get_by_role("button", name="Lưu bản mới").click()
    expect(page.get_by_role("row", name="Bản 2")).to_contain_text("Mục tiêu: 100 → 95")
