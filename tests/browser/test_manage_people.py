"""A secretary and a clerk keep the register: a member goes over with both sides' consent, a post is handed over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chithi.org.models import Membership, Person, Post
from tests.browser.desk import Desk
from tests.worlds import BEGAN, World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]
BECAUSE = "the browser tests look at everything"


def secretary(world: World) -> Person:
    """The first member of A11 leads it."""
    row = Membership.objects.everywhere(because=BECAUSE).filter(unit_id=world.unit("A11")).order_by("pk")[0]
    person = Person.objects.everywhere(because=BECAUSE).get(pk=row.person_id)
    Post.objects.create(person=person, unit=world.units["A11"], title="Bí thư chi bộ", is_head=True, since=BEGAN)
    return person


@pytest.mark.parametrize("script", [True, False])
def test_a_member_goes_over_to_the_cell_beside_once_it_agrees(sit: Sit, scene: World, script: bool) -> None:
    lan, hoa = sit("lan", script=script), sit("hoa", script=script, width=360)
    page = lan.open("/quan-tri/")
    page.get_by_role("main").get_by_role("link", name="Người trong đơn vị").click()
    page.get_by_role("link", name="Đảng viên A11 2").click()
    page.get_by_role("link", name="Chuyển sinh hoạt").click()
    page.get_by_label("Chi bộ nhận").fill("A12")
    page.get_by_label("Từ ngày").fill("2026-03-01")
    page.get_by_role("button", name="Chuyển sinh hoạt").click()
    expect(page.get_by_text("Nơi nhận là Chi bộ thôn Hòa Hai").first).to_be_visible()
    page.get_by_label("Đúng nơi nhận này").check()
    page.get_by_role("button", name="Chuyển sinh hoạt").click()
    expect(page.get_by_text("chờ nơi nhận trả lời").first).to_be_visible()
    other = hoa.open("/quan-tri/chuyen-sinh-hoat/")
    other.get_by_role("link", name="Đảng viên A11 2").click()
    other.get_by_role("button", name="Nhận đảng viên").click()
    expect(other.get_by_text("Đã nhận đảng viên.")).to_be_visible()
    other.goto("/quan-tri/nguoi/?don-vi=A12")
    expect(other.get_by_role("link", name="Đảng viên A11 2")).to_be_visible()
    page.goto("/quan-tri/nguoi/?don-vi=A11")
    expect(page.get_by_role("link", name="Đảng viên A11 2")).to_have_count(0)


def test_a_post_is_handed_over_by_two_signatures(sit: Sit, scene: World) -> None:
    old = secretary(scene)
    minh, lan = sit("minh"), sit("lan", width=360)
    page = minh.open("/quan-tri/chuc-vu/?don-vi=A11")
    page.get_by_role("link", name="Bàn giao", exact=True).click()
    page.get_by_label("Người nhận", exact=True).fill("Sùng Thị Mẩy")
    page.get_by_label("Tài khoản người giao").fill("lan")
    page.get_by_label("Bàn giao thêm").fill("Con dấu\nSổ nghị quyết")
    page.get_by_role("button", name="Lập biên bản bàn giao").click()
    expect(page.get_by_role("heading", name="Biên bản bàn giao: Bí thư chi bộ")).to_be_visible()
    page.get_by_label("Bản giấy đã ký lưu ở đâu").fill("tủ hồ sơ số 2")
    page.get_by_role("button", name="Ghi bản giấy đã ký").click()
    expect(page.get_by_text("Minh ghi thay")).to_be_visible()
    signing = lan.open(minh.path())
    signing.get_by_label("Mật khẩu của đồng chí").fill("đoán bừa")
    signing.get_by_role("button", name="Ký bàn giao").click()
    expect(signing.get_by_role("alert")).to_be_visible()
    signing.get_by_label("Mật khẩu của đồng chí").fill("mật khẩu của lan")
    signing.get_by_role("button", name="Ký bàn giao").click()
    expect(signing.get_by_text("Đã bàn giao").first).to_be_visible()
    page.goto("/quan-tri/chuc-vu/?don-vi=A11")
    expect(page.get_by_role("link", name="Sùng Thị Mẩy")).to_be_visible()
    expect(page.get_by_role("link", name=old.name)).to_have_count(0)
    assert lan.overflow() == 0


def test_somebody_new_is_written_down_after_a_namesake_was_ruled_out(sit: Sit, scene: World) -> None:
    page = sit("minh", width=360).open("/quan-tri/nguoi/them/dang-vien/?don-vi=A12")
    page.get_by_label("Họ tên").fill("Đảng viên A11 0")
    page.get_by_label("Từ ngày").fill("2026-03-01")
    page.get_by_role("button", name="Ghi đảng viên").click()
    choice = page.get_by_role("combobox", name="Có người trùng tên")
    choice.select_option("moi")
    page.get_by_role("button", name="Ghi đảng viên").click()
    expect(page.get_by_text("Đã ghi, từ ngày 1/3/2026.")).to_be_visible()
