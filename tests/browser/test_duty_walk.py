"""Duties as their people meet them: laid down from a regulation, reported on, found wanting, remedied, counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.task_world import post_in
from tests.worlds import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_list_of_duties_leads_to_a_shortcoming_and_a_task_that_is_done(
    sit: Callable[..., Desk], scene: World
) -> None:
    post_in(scene, "A11")
    page = sit("chau").open("/nghia-vu/")
    page.get_by_role("link", name="Soạn danh mục").first.click()
    page.get_by_role("link", name="144-QĐ/TW").click()
    page.get_by_label("Chi bộ", exact=True).check()
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.get_by_role("button", name="Ban hành").click()
    expect(page.get_by_text("Đang có hiệu lực")).to_be_visible()

    page = sit("lan", script=False, width=360).open("/nghia-vu/")
    page.locator("section").get_by_role("link", name="Chuẩn mực đạo đức").last.click()
    for at in range(5):
        page.locator(".duty-answer fieldset").nth(at).get_by_label("Đã thực hiện").check()
    page.locator(".duty-answer fieldset").nth(1).get_by_label("Chưa thực hiện").check()
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_text("cần một câu nói rõ").first).to_be_visible()
    page.get_by_label("Nói rõ (nghĩa vụ 2)").fill("Chưa ai nhận việc mới")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_role("link", name="Ghi nhận hạn chế").click()
    expect(page.get_by_label("Hạn chế, khuyết điểm của tập thể")).to_have_value("Chưa ai nhận việc mới")
    page.get_by_role("button", name="Ghi nhận").click()
    page.get_by_role("link", name="Giao việc khắc phục").click()
    page.get_by_label("Người chịu trách nhiệm").select_option(index=1)
    page.get_by_role("button", name="Giao nhiệm vụ").click()
    expect(page.get_by_role("link", name="Chưa ai nhận việc mới", exact=True)).to_be_visible()
    page.get_by_role("link", name="Báo hoàn thành").click()
    page.get_by_role("button", name="Báo hoàn thành").click()

    page = sit("chau").open("/han-che/?trang_thai=being_remedied")
    page.get_by_role("link", name="Chưa ai nhận việc mới").click()
    page.get_by_role("link", name="Khắc phục: Chưa ai nhận việc mới").click()
    page.get_by_role("link", name="Nghiệm thu").click()
    page.get_by_role("button", name="Nghiệm thu").click()
    page.get_by_role("link", name="Chưa ai nhận việc mới", exact=True).click()
    expect(page.get_by_text("Đã khắc phục")).to_be_visible()

    page.get_by_role("link", name="Nghĩa vụ", exact=True).first.click()
    page.get_by_role("link", name="Chuẩn mực đạo đức").first.click()
    page.get_by_role("link", name="Tổng hợp báo cáo").click()
    page.get_by_role("link", name="Chưa thực hiện: 1").first.click()
    expect(page.get_by_text("Chưa ai nhận việc mới")).to_be_visible()
