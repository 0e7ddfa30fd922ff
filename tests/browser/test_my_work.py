"""A secretary's morning: what is due is the first thing she sees; a step done is gone from the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from chithi.access.models import User
from chithi.access.viewers import today
from chithi.core.periods import Period, quarter
from chithi.indicators.drain import rebuild
from chithi.indicators.period_rows import period_row
from chithi.work.models import Notice
from tests.browser.desk import Desk
from tests.worlds import World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]


def last_quarter() -> Period:
    """The newest quarter that is over."""
    day = today()
    number = (day.month - 1) // 3
    return quarter(day.year, number) if number else quarter(day.year - 1, 4)


def test_what_is_due_comes_first_and_is_gone_when_it_is_done(sit: Sit, scene: World) -> None:
    period = last_quarter()
    rebuild(period_row(period))
    desk = sit(None, width=360)
    page = desk.open("/vao/")
    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Mật khẩu hoặc mã dùng một lần").fill("mật khẩu của lan")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    line = page.locator(".work-lines li", has_text=f"Ghi và xác nhận số liệu: {period.label('vi')}")
    assert desk.overflow() == 0
    line.get_by_role("link").click()
    assert desk.path() == f"/nhap/{scene.unit('A11')}/{period.code}/"
    page.get_by_role("button", name="Xác nhận").first.click()
    page.goto("/viec/")
    expect(line).to_have_count(0)


def test_a_reminder_is_counted_until_it_is_opened(sit: Sit, scene: World) -> None:
    told: dict[str, Any] = {"item": "tasks.finish:1", "stage": "d1", "address": f"/don-vi/{scene.unit('A11')}/"}
    Notice.objects.create(
        unit_id=scene.unit("A11"), user=scene.users["lan"], what_vi="Làm: sổ", what_en="Do: book", **told
    )
    User.objects.filter(username="lan").update(unread=1)
    desk = sit("lan")
    page = desk.open("/viec/")
    bell = page.locator("header").get_by_role("link", name="Tin báo")
    expect(bell).to_contain_text("1")
    bell.click()
    page.locator(".work-new").get_by_role("button", name="Mở").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chi bộ thôn Hòa Một")
    expect(bell).not_to_contain_text("1")
