"""Three people's working days from end to end: an administrator, a district's clerk, a secretary with a telephone.

Single pages have tests of their own; here one thing leads to the next, as it does at work.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chithi.access.actions import grant, open_account
from chithi.access.roles import Role
from chithi.indicators.drain import drain_all
from chithi.org.actions import rename
from chithi.org.models import Membership, Person, Post
from chithi.sheets import read
from tests.browser.desk import Desk
from tests.browser.test_coming_in import sign_in
from tests.browser.walk_steps import PASSWORD, area, filled_in, follow, press, said, set_password, set_second_factor
from tests.worker import on_sheets
from tests.worlds import BEGAN, World

pytestmark = pytest.mark.browser

Sit = Callable[..., Desk]
BECAUSE = "the walks need somebody to begin with"
NEW_CELL, NEW_NAME = "A13", "Chi bộ thôn Hòa Ba"
COMERS = ("Vũ Thị Sen", "Đỗ Quý")


# --- the administrator


def opens_a_unit(page: Page) -> None:
    area(page, "Đơn vị")
    page.get_by_label("Tên có").fill("an mot")
    page.get_by_label("Cấp", exact=True).select_option(label="mọi cấp bên dưới")
    press(page, "Lọc")
    follow(page, "Đảng bộ xã An Một")
    follow(page, "Thành lập đơn vị bên dưới")
    page.get_by_label("Mã đơn vị").fill(NEW_CELL)
    page.get_by_label("Tên đơn vị").fill(NEW_NAME)
    page.get_by_label("Loại đơn vị").select_option(label="Chi bộ trực thuộc")
    page.get_by_label("Từ ngày").fill("2026-03-01")
    page.get_by_label("Văn bản quyết định").fill("12-QĐ/ĐU")
    press(page, "Xem trước")
    expect(page.get_by_role("main")).to_contain_text("1 thành lập, 0 kết thúc")
    press(page, "Áp dụng từ ngày 1/3/2026")
    said(page, "Đã áp dụng phương án")
    follow(page, NEW_NAME)
    expect(page.get_by_role("heading", level=1)).to_have_text(NEW_NAME)


def imports_people(page: Page, folder: Path) -> None:
    area(page, "Nhập, xuất bằng bảng tính")
    people = page.locator("section, div, li").filter(has=page.get_by_role("link", name="Nhập: Đảng viên, cán bộ")).last
    with page.expect_download() as taken:
        people.get_by_role("link", name="Mẫu tiếng Việt").click()
    rows = [
        {"Họ và tên": name, "Mã chi bộ": NEW_CELL, "Sinh hoạt từ ngày": "01/04/2026", "Năm sinh": "1990"}
        for name in COMERS
    ]
    sheet = folder / "dang-vien.xlsx"
    sheet.write_bytes(filled_in(Path(taken.value.path()), rows))
    follow(page, "Nhập: Đảng viên, cán bộ")
    page.get_by_label("Tệp bảng tính").set_input_files(sheet)
    page.get_by_role("textbox", name="Đơn vị", exact=True).fill("A1")
    press(page, "Kiểm tra bảng này")
    on_sheets()
    expect(page.get_by_text("Chờ đồng ý ghi")).to_be_visible()
    press(page, "Ghi tất cả các dòng")
    on_sheets()
    expect(page.get_by_text("Đã thêm mới")).to_be_visible()
    page.goto(f"/quan-tri/nguoi/?don-vi={NEW_CELL}")
    for name in COMERS:
        expect(page.get_by_role("link", name=name)).to_be_visible()


def opens_an_account(page: Page) -> str:
    area(page, "Tài khoản")
    follow(page, "Mở tài khoản")
    page.get_by_label("Họ và tên").fill("Vũ Thị Sen")
    page.get_by_label("Tên đăng nhập").fill("sen")
    page.get_by_label("Vai trò").select_option(label="Bí thư chi bộ")
    page.get_by_label("Ở đơn vị").fill(NEW_CELL)
    press(page, "Mở tài khoản")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã mở tài khoản")
    return str(page.locator(".code-shown").inner_text())


def comes_in_and_secures(page: Page, code: str) -> None:
    sign_in(page, "sen", code)
    said(page, "đặt mật khẩu")
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text(NEW_NAME)
    set_password(page, PASSWORD)
    set_second_factor(page, "sen")


def defines_an_indicator(page: Page) -> None:
    area(page, "Chỉ tiêu và cách tính")
    follow(page, "Đặt chỉ tiêu mới")
    page.get_by_label("Kỳ", exact=True).select_option("2025")
    page.get_by_label("Tên", exact=True).fill("Lớp học trên một chi bộ")
    page.get_by_label("Đếm gì").select_option("20")
    trial = page.locator("#trial")
    expect(trial).to_contain_text("12 lớp")
    expect(trial).to_contain_text("Đã có số2/3")
    press(page, "Đặt chỉ tiêu")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lớp học trên một chi bộ")


def makes_a_group(page: Page) -> None:
    area(page, "Nhóm đơn vị")
    follow(page, "Lập nhóm")
    page.get_by_label("Tên nhóm").fill("Xã làm điểm")
    page.get_by_label("Loại").select_option(label="Đơn vị làm điểm")
    page.get_by_label("Đơn vị giữ nhóm").fill("T")
    press(page, "Lập nhóm")
    page.get_by_role("textbox", name="Đơn vị vào nhóm").fill("A1\nA2")
    page.get_by_label("Từ ngày").fill("2024-01-01")
    press(page, "Đưa vào nhóm")
    expect(page.locator("table.rows tbody tr")).to_have_count(2)


def sees_the_group_in_a_report(page: Page, unit: int) -> None:
    page.goto(f"/bao-cao/{unit}/2025/")
    page.get_by_label("Xã làm điểm").check()
    press(page, "Đặt cột")
    expect(page.locator("#annex thead")).to_contain_text("Xã làm điểm")


def reads_the_journal(page: Page) -> None:
    area(page, "Nhật ký")
    told = page.get_by_role("main")
    for words in ("Thành lập đơn vị", "Ghi bảng tính: 2 dòng mới", "Mở tài khoản", "Đặt chỉ tiêu mới", "Lập nhóm"):
        expect(told).to_contain_text(words)
    expect(told).to_contain_text("Bật xác thực hai bước")
    with page.expect_download() as taken:
        follow(page, "Tải Excel")
    (found,) = read(Path(taken.value.path()).read_bytes(), "a.xlsx")
    lines = {(row[1], row[2], row[-1]) for row in found.rows}
    assert ("Giao vai trò Bí thư chi bộ", NEW_CELL, "Vũ Thị Sen (sen)") in lines, lines


def looks_after_the_house(page: Page) -> None:
    area(page, "Tình trạng máy chủ")
    expect(page.get_by_role("row", name="Cộng số lên cấp trên")).to_be_visible()
    area(page, "Lưu giữ dữ liệu cá nhân")
    page.get_by_role("row", name="Họ tên Từ khi").get_by_role("link", name="Xem đến hạn").click()
    expect(page.get_by_role("main")).to_contain_text("Hôm nay không có gì đến hạn")


def test_an_administrator_sets_a_cell_up_and_keeps_the_house(sit: Sit, scene: World, tmp_path: Path) -> None:
    page = sit("an").open("/")
    opens_a_unit(page)
    imports_people(page, tmp_path)
    code = opens_an_account(page)
    comes_in_and_secures(sit(None).open("/vao/"), code)
    defines_an_indicator(page)
    makes_a_group(page)
    drain_all()
    sees_the_group_in_a_report(sit("dung").open("/"), scene.unit("A"))
    reads_the_journal(page)
    looks_after_the_house(page)


# --- the district's clerk


def clerk(world: World) -> None:
    """`mai`, clerk of district A; the commune A2 had another name before."""
    world.users["mai"] = open_account(username="mai", name="Mai", password="mật khẩu của mai")
    grant(by=None, user=world.users["mai"], role=Role.CLERK, unit_id=world.unit("A"), since=BEGAN)
    named = {"name": "Đảng bộ xã Sông Mới", "short_name": "Sông Mới"}
    rename(by=world.viewer("an"), unit_id=world.unit("A2"), on=date(2024, 7, 1), **named)


def finds_units(page: Page) -> None:
    page.locator("#search").press_sequentially("cb hoa hai")
    expect(page.locator(".search-offer").first).to_contain_text("Chi bộ thôn Hòa Hai")
    page.locator("#search").fill("an hai")
    expect(page.locator(".search-offer").first).to_contain_text("tên cũ")
    page.locator(".search-offer").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ xã Sông Mới")


def transfers_a_member(page: Page) -> None:
    page.goto("/quan-tri/nguoi/?don-vi=A11")
    follow(page, "Đảng viên A11 2")
    follow(page, "Chuyển sinh hoạt")
    page.get_by_label("Chi bộ nhận").fill("A21")
    page.get_by_label("Từ ngày").fill("2026-10-01")
    press(page, "Chuyển sinh hoạt")
    said(page, "Đã chuyển, từ ngày 1/10/2026.")
    page.goto("/quan-tri/nguoi/?don-vi=A21")
    expect(page.get_by_role("link", name="Đảng viên A11 2")).to_be_visible()


def exempts_a_member(page: Page, commune: int) -> None:
    page.goto(f"/so/21/{commune}/2025/")
    expect(page.locator("article.trace")).to_contain_text("90,0%")
    page.goto("/quan-tri/nguoi/?don-vi=A12")
    follow(page, "Đảng viên A12 1")
    follow(page, "Cho miễn")
    page.get_by_label("Miễn từ ngày").fill("2025-06-01")
    page.get_by_label("Lý do").fill("tuổi cao")
    press(page, "Ghi việc miễn")
    said(page, "người này không tính vào mẫu số nữa")
    drain_all()
    page.goto(f"/so/21/{commune}/2025/")
    trace = page.locator("article.trace")
    expect(trace).to_contain_text("100,0%")
    expect(trace).to_contain_text(re.compile(r"Được miễn công tác, sinh hoạt, đã ra khỏi mẫu số\s*1"))


def enters_on_behalf(page: Page, cell: int) -> None:
    page.goto(f"/nhap/{cell}/2026-Q3/")
    expect(page.get_by_role("main")).to_contain_text("Đang nhập thay cho đơn vị này")
    page.get_by_label("Lớp học tập chuyên đề đã mở", exact=True).fill("3")
    press(page, "Lưu số liệu")
    said(page, "Đã lưu 1 con số.")
    press(page, "Xác nhận ghi chép của kỳ này đã đủ")
    expect(page.get_by_role("main")).to_contain_text("Đảng bộ huyện An xác nhận thay.")
    drain_all()
    page.goto(f"/so/20/{cell}/2026-Q3/")
    expect(page.locator("article.trace")).to_contain_text("Mai nhập thay ngày")
    expect(page.locator("article.trace")).to_contain_text("từ Đảng bộ huyện An")


def makes_the_report(page: Page, district: int) -> None:
    page.goto(f"/don-vi/{district}/?ky=2025")
    follow(page, "Soạn báo cáo")
    with page.expect_download() as taken:
        press(page, "Tải Word")
    with zipfile.ZipFile(taken.value.path()) as word:
        text = re.sub("<[^>]+>", "", word.read("word/document.xml").decode())
        links = word.read("word/_rels/document.xml.rels").decode()
    assert "BÁO CÁO" in text, text[:2000]
    assert "đã ra khỏi" not in text
    assert f"/so/21/{district}/2025/" in links


def test_a_districts_clerk_keeps_people_and_figures_and_reports(sit: Sit, scene: World) -> None:
    clerk(scene)
    drain_all()
    page = sit("mai").open("/")
    finds_units(page)
    transfers_a_member(page)
    exempts_a_member(page, scene.unit("A1"))
    enters_on_behalf(page, scene.unit("A12"))
    makes_the_report(page, scene.unit("A"))


# --- the secretary


def posts(world: World) -> tuple[Person, Person]:
    """`cuong` still holds the post of A11; `lan`, a member there, is to take it over."""
    rows = Membership.objects.everywhere(because=BECAUSE).filter(unit_id=world.unit("A11")).order_by("pk")[:2]
    old, new = (Person.objects.everywhere(because=BECAUSE).get(pk=row.person_id) for row in rows)
    Post.objects.create(person=old, unit=world.units["A11"], title="Bí thư chi bộ", is_head=True, since=BEGAN)
    cuong = world.users["cuong"] = open_account(username="cuong", name="Cường", password="mật khẩu của cuong")
    grant(by=None, user=cuong, role=Role.SECRETARY, unit_id=world.unit("A11"), since=BEGAN)
    for user, person in ((cuong, old), (world.users["lan"], new)):
        user.person_id = person.pk
        user.save()
    return old, new


def sees_her_own_cell_only(desk: Desk, world: World) -> None:
    page = desk.open("/")
    expect(page.get_by_role("main")).to_contain_text("Chi bộ thôn Hòa Một")
    expect(page.get_by_role("main")).not_to_contain_text("Hòa Hai")
    desk.open(f"/don-vi/{world.unit('A12')}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Không tìm thấy")
    page.locator("nav.foot summary").click()
    page.locator("nav.foot").get_by_role("link", name="Quản trị").click()
    follow(page, "Người trong đơn vị")
    expect(page.locator("main table tbody tr")).to_have_count(6)
    expect(page.get_by_role("main")).not_to_contain_text("Đảng viên A12")
    assert desk.overflow() == 0


def hands_over(page: Page, taker: Person) -> None:
    page.goto("/quan-tri/chuc-vu/")
    follow(page, "Bàn giao")
    expect(page.get_by_label("Tài khoản người giao")).to_have_value("cuong")
    page.get_by_label("Người nhận", exact=True).fill(taker.name)
    page.get_by_label("Bàn giao thêm").fill("Con dấu\nSổ nghị quyết")
    press(page, "Lập biên bản bàn giao")
    page.get_by_role("combobox", name="Có người trùng tên").select_option(str(taker.pk))
    press(page, "Lập biên bản bàn giao")
    said(page, "chờ hai bên ký")
    signs(page, "mật khẩu của cuong")
    expect(page.get_by_text("Chờ ký bằng tài khoản của Lan")).to_be_visible()


def signs(page: Page, secret: str) -> None:
    page.get_by_label("Mật khẩu của đồng chí").fill(secret)
    press(page, "Ký bàn giao")


def takes_over(desk: Desk, taker: Person) -> None:
    page = desk.open("/quan-tri/")
    follow(page, "Bàn giao chức vụ")
    follow(page, "Bí thư chi bộ")
    expect(page.get_by_role("main")).to_contain_text("Sổ nghị quyết")
    signs(page, PASSWORD)
    expect(page.get_by_text("Đã bàn giao").first).to_be_visible()
    assert desk.overflow() == 0
    page.goto("/quan-tri/chuc-vu/")
    expect(page.get_by_role("row", name="Bí thư chi bộ")).to_contain_text(taker.name)


def ends_other_sessions(page: Page, other: Page) -> None:
    page.goto("/tai-khoan/")
    expect(page.get_by_text("máy đang dùng")).to_have_count(1)
    press(page, "Đăng xuất khỏi mọi nơi khác")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")
    other.goto("/")
    expect(other.get_by_role("button", name="Đăng nhập")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("Chi bộ thôn Hòa Một")


def test_a_secretary_takes_her_cell_over_on_a_telephone(sit: Sit, scene: World) -> None:
    _old, new = posts(scene)
    desk = sit(None, width=360)
    sign_in(desk.open("/vao/"), "lan", "mật khẩu của lan")
    set_password(desk.page, PASSWORD, now="mật khẩu của lan")
    sees_her_own_cell_only(desk, scene)
    hands_over(sit("cuong").open("/quan-tri/"), new)
    takes_over(desk, new)
    forgotten = sit(None).open("/vao/")
    sign_in(forgotten, "lan", PASSWORD)
    expect(forgotten.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    ends_other_sessions(desk.page, forgotten)
