"""Tasks as their people meet them: given with hints beside the words, passed on, reported from the list, accepted."""

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


def test_a_task_goes_down_two_levels_and_its_end_comes_back(sit: Callable[..., Desk], scene: World) -> None:
    for code in ("A1", "A11"):
        post_in(scene, code)
    due = (today() + timedelta(days=30)).isoformat()
    page = sit("chau").open(f"/nhiem-vu/moi/?don_vi={scene.unit('A1')}")
    page.get_by_label("Việc phải làm").fill("Tăng cường công tác tuyên truyền")
    expect(page.locator("#task-hints")).to_contain_text("khó kiểm tra")
    page.get_by_label("Việc phải làm").fill("Lập danh sách hộ cần giúp đỡ")
    page.get_by_label("Sản phẩm").fill("Danh sách")
    page.get_by_label("Người chịu trách nhiệm").select_option(index=1)
    page.get_by_label("Hạn hoàn thành").fill(due)
    expect(page.locator("#task-hints .say-risk")).to_have_count(0)
    page.get_by_role("button", name="Giao nhiệm vụ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lập danh sách hộ cần giúp đỡ")

    page = sit("minh").open("/nhiem-vu/")
    page.get_by_role("link", name="Lập danh sách hộ cần giúp đỡ").click()
    page.get_by_role("link", name="Giao việc nối tiếp").click()
    page.get_by_label("Đơn vị thực hiện").fill("A11")
    page.get_by_role("button", name="Đổi đơn vị").click()
    expect(page.get_by_label("Việc phải làm")).to_have_value("Lập danh sách hộ cần giúp đỡ")
    page.get_by_label("Người chịu trách nhiệm").select_option(index=1)
    page.get_by_role("button", name="Giao nhiệm vụ").click()
    expect(page.get_by_text("Nối tiếp nhiệm vụ")).to_be_visible()

    page = sit("lan", script=False).open("/nhiem-vu/")
    page.get_by_role("link", name="Ghi tiến độ").click()
    page.get_by_label("Đã làm được (phần trăm)").fill("60")
    page.get_by_role("button", name="Ghi tiến độ").click()
    expect(page.get_by_text("đã làm 60%")).to_be_visible()
    expect(page.get_by_text("Đảng bộ xã An Một")).to_be_visible()
    page.get_by_role("link", name="Báo hoàn thành").click()
    page.get_by_role("button", name="Báo hoàn thành").click()
    expect(page.get_by_text("chờ nghiệm thu").first).to_be_visible()

    page = sit("minh").open("/nhiem-vu/tong-hop/")
    page.get_by_role("link", name="Xong đúng hạn").click()
    page.get_by_role("link", name="Lập danh sách hộ cần giúp đỡ").click()
    page.get_by_role("link", name="Nghiệm thu").click()
    page.get_by_role("button", name="Nghiệm thu").click()
    expect(page.get_by_text("Đã nghiệm thu.")).to_be_visible()
