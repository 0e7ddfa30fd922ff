"""The year of a unit and a request by letter, as their people meet them: planned, made, offered; asked, answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from chithi.access.viewers import today
from tests.browser.desk import Desk
from tests.task_world import post_in
from tests.worlds import World

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = today().year + 1


def test_an_agency_plans_its_year_and_a_commune_takes_what_is_offered(sit: Callable[..., Desk], scene: World) -> None:
    post_in(scene, "T", title="Trưởng ban")
    unit = scene.unit("T")
    page = sit("chau").open(f"/lich/{unit}/{YEAR}/")
    page.get_by_role("link", name="Soạn dòng lịch").click()
    page.get_by_role("link", name="Lấy từ mẫu có sẵn").first.click()
    page.get_by_label("Mở lớp học chuyên đề").uncheck()
    page.get_by_label("Gợi ý cho các đơn vị bên dưới").check()
    page.get_by_role("button", name="Lấy các dòng đã chọn").click()
    expect(page.get_by_text("ngày làm việc cuối các tháng 3, 6, 9, 12")).to_be_visible()
    expect(page.get_by_text("Mở lớp học chuyên đề")).to_have_count(0)
    page.goto(f"/lich/{unit}/{YEAR}/")
    page.get_by_role("link", name=f"Tạo lịch năm {YEAR}").click()
    page.get_by_label("Ai chịu trách nhiệm").select_option(label="Trưởng ban – Đứng đầu T")
    page.get_by_role("button", name=f"Tạo lịch năm {YEAR}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Lịch công tác năm {YEAR}")
    expect(page.get_by_text("Chưa tạo")).to_have_count(0)
    page.get_by_role("link", name="Tháng 6").click()
    expect(page.get_by_role("link", name="Sơ kết sáu tháng đầu năm")).to_be_visible()

    page = sit("minh", script=False).open("/viec/")
    page.get_by_role("link", name="Xem và chọn").click()
    page.get_by_label("Ban hành kế hoạch học tập").check()
    page.get_by_role("button", name="Lấy các dòng đã chọn", exact=True).click()
    expect(page.get_by_text("Đã lấy 1 dòng vào lịch của đơn vị.")).to_be_visible()
    page.get_by_label("Báo cáo tổng kết năm").check()
    page.get_by_role("button", name="Không lấy các dòng đã chọn").click()
    expect(page.get_by_text("Không lấy 1 dòng")).to_be_visible()


def test_a_request_is_asked_answered_sent_back_and_answered_again(sit: Callable[..., Desk], scene: World) -> None:
    page = sit("chau").open("/yeu-cau/")
    page.get_by_role("link", name="Soạn yêu cầu").first.click()
    page.get_by_label("Yêu cầu báo cáo về việc gì").fill("Số buổi dự sinh hoạt chi bộ")
    page.get_by_label("Hạn trả lời").fill((today() + timedelta(days=5)).isoformat())
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.get_by_label("Cần báo cáo điều gì").fill("Số buổi đã dự")
    page.get_by_label("Trả lời bằng").select_option(label="Con số")
    page.get_by_role("button", name="Thêm dòng").click()
    page.get_by_role("link", name="Gửi yêu cầu").click()
    page.get_by_label("Tổ chức cơ sở đảng").check()
    page.get_by_label("Số, ký hiệu công văn").fill("12-CV/TU")
    page.get_by_role("button", name="Gửi yêu cầu").click()
    expect(page.get_by_text("Các đơn vị thấy yêu cầu")).to_be_visible()

    asked = sit("minh", script=False).open("/viec/")
    asked.get_by_role("link", name="Trả lời", exact=True).click()
    asked.get_by_label("1. Số buổi đã dự").fill("mười")
    asked.get_by_role("button", name="Gửi trả lời").click()
    expect(asked.get_by_role("alert")).to_be_visible()
    asked.get_by_label("1. Số buổi đã dự").fill("12")
    asked.get_by_role("button", name="Gửi trả lời").click()
    expect(asked.get_by_text("Đã gửi trả lời.")).to_be_visible()

    page.reload()
    page.get_by_role("link", name="Đảng bộ xã An Một").click()
    page.get_by_role("link", name="Trả lại để làm lại").click()
    page.get_by_label("Lý do").fill("Thiếu buổi tháng Mười")
    page.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text("đã trả lại ngày")).to_be_visible()

    asked.goto("/viec/")
    asked.get_by_role("link", name="Trả lời", exact=True).click()
    expect(asked.get_by_text("Thiếu buổi tháng Mười")).to_be_visible()
    asked.get_by_label("1. Số buổi đã dự").fill("13")
    asked.get_by_role("button", name="Gửi trả lời").click()
    expect(asked.get_by_text("Đã gửi trả lời.")).to_be_visible()
