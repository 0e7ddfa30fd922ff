"""A day moved and moved back, a task cancelled and put back, an end told late: as those who meet it see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from chithi.access.viewers import today
from chithi.tasks.actions import Word, finish
from tests.browser.desk import Desk
from tests.task_world import task_in
from tests.worlds import World

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def test_whoever_gave_a_task_moves_its_day_cancels_it_and_leads_both_back(
    sit: Callable[..., Desk], scene: World
) -> None:
    task = task_in(scene, "A11", by="chau", giver="A1", title="Lập danh sách hộ cần giúp đỡ")
    desk = sit("minh", script=False)
    page = desk.open(f"/nhiem-vu/{task.pk}/")
    page.get_by_role("link", name="Đổi hạn", exact=True).click()
    page.get_by_label("Hạn mới").fill((today() + 60 * DAY).isoformat())
    page.get_by_label("Lý do").fill("Lùi hội nghị")
    page.get_by_role("button", name="Đổi hạn").click()
    expect(page.get_by_text("Lùi hội nghị")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Hạn lại như trước.")).to_be_visible()
    expect(page.get_by_text("Lùi hội nghị")).to_have_count(0)

    page.get_by_role("link", name="Hủy nhiệm vụ").click()
    page.get_by_label("Lý do").fill("Trùng việc khác")
    page.get_by_role("button", name="Hủy nhiệm vụ").click()
    page.get_by_role("link", name="Khôi phục").click()
    expect(page.get_by_text("Trùng việc khác")).to_be_visible()
    page.get_by_label("Lý do").fill("Vẫn phải làm")
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.get_by_text("Đã khôi phục nhiệm vụ.")).to_be_visible()
    expect(page.get_by_role("link", name="Ghi tiến độ").first).to_be_visible()
    assert desk.overflow() <= 0


def test_an_end_that_was_told_after_the_day_is_read_before_it_is_accepted(
    sit: Callable[..., Desk], scene: World
) -> None:
    task = task_in(scene, "A11", by="chau", giver="A1", since=today() - 40 * DAY, due_on=today() - 5 * DAY)
    word = Word(today() - 6 * DAY, note="Đã xong từ tuần trước")
    finish(by=scene.viewer("lan", today()), task_id=task.pk, seen_version=task.version, word=word)
    desk = sit("minh", width=360, height=740)
    page = desk.open("/viec/")
    page.get_by_role("link", name="Xem rồi nghiệm thu").click()
    expect(page.get_by_text("ngày báo đã quá hạn 5 ngày")).to_be_visible()
    assert desk.overflow() <= 0
    page.get_by_role("button", name="Nghiệm thu").click()
    expect(page.get_by_text("Đã nghiệm thu.")).to_be_visible()
