"""A directive of five tasks comes down three levels of the demo's province, by the interface alone, and what became of
each task is read at the top."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import expect

from chithi.access.models import User
from chithi.access.viewers import today
from chithi.demo import build_demo
from tests.browser.desk import Desk

pytestmark = pytest.mark.django_db(transaction=True)
SUMMARY = "Về chăm lo người có công trên địa bàn"
WORKS = (
    "Lập danh sách người có công của từng thôn",
    "Thăm hỏi gia đình chính sách dịp lễ",
    "Sửa chữa nhà cho hộ khó khăn",
    "Mở lớp kể chuyện truyền thống cho thiếu niên",
    "Trồng cây quanh nghĩa trang liệt sĩ",
)
REASON = "Huyện đã trồng xong năm ngoái"
OWN = "Vận động đoàn viên nhận đỡ đầu"
DUE = today() + timedelta(days=60)


@pytest.fixture
def scene(transactional_db: None) -> Any:
    """The demo's province, with its people."""
    build_demo("tiny", 2016, lambda _line: None)
    return SimpleNamespace(users={user.username: user for user in User.objects.all()})


def _write(page: Any, title: str, *, due: str = "", words: str = "") -> None:
    """Fill the line whose title this is; of an empty one the words."""
    line = page.get_by_role("group", name=title, exact=True)
    if words:
        line.get_by_label("Việc phải làm").fill(words)
    line.get_by_label("Người chịu trách nhiệm").select_option(index=1)
    if due:
        line.get_by_label("Hạn hoàn thành").fill(due)


def _issue(page: Any, sign: str) -> None:
    page.get_by_role("link", name="Ban hành", exact=True).click()
    page.get_by_label("Số, ký hiệu").fill(sign)
    page.get_by_role("button", name="Ban hành", exact=True).click()
    expect(page.get_by_text(f"Đã ban hành: số {sign}.")).to_be_visible()


def _plan_from(page: Any, named: str) -> None:
    """From the document above to the lines of one's own plan."""
    page.goto("/chi-dao/")
    page.get_by_role("link", name=named, exact=True).click()
    page.get_by_role("link", name="Soạn kế hoạch của đơn vị").click()
    page.get_by_role("button", name="Ghi văn bản").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của văn bản")


def _province_issues(top: Any) -> None:
    """A directive of five tasks."""
    top.get_by_label("Trích yếu").fill(SUMMARY)
    top.get_by_label("Loại văn bản").select_option(label="Chỉ thị")
    for kind in ("Tổ chức cơ sở đảng", "Chi bộ", "Đảng bộ huyện"):
        top.get_by_label(kind, exact=True).check()
    top.get_by_role("button", name="Ghi văn bản").click()
    top.get_by_role("link", name="Ghi việc").click()
    for number, title in enumerate(WORKS, start=1):
        _write(top, f"Việc {number}", words=title, due=DUE.isoformat())
    top.get_by_role("button", name="Ghi các việc").click()
    expect(top.get_by_text("Chờ ban hành")).to_have_count(5)
    _issue(top, "09-CT/TU")


def _district_carries_on(middle: Any) -> None:
    """Four carried on, one left out with its reason, one added."""
    _plan_from(middle, SUMMARY)
    for title in WORKS[:4]:
        _write(middle, title, due=(DUE - timedelta(days=10)).isoformat())
    left = middle.get_by_role("group", name=WORKS[4], exact=True)
    left.get_by_label("Không đưa vào", exact=True).check()
    expect(left.get_by_label("Việc phải làm")).to_be_hidden()
    left.get_by_label("Lý do không đưa vào").fill(REASON)
    _write(middle, "Việc 1", words=OWN, due=DUE.isoformat())
    middle.get_by_role("button", name="Ghi các việc").click()
    expect(middle.get_by_text(REASON)).to_be_visible()
    _issue(middle, "11-KH/HU")


def _cell_does_the_first(low: Any) -> None:
    """Everything that the district's plan asks of those below; the first is done, with evidence."""
    _plan_from(low, f"Thực hiện Chỉ thị số 09-CT/TU v{SUMMARY[1:]}")
    expect(low.get_by_role("group", name=WORKS[4], exact=True)).to_have_count(0)
    for title in (*WORKS[:4], OWN):
        _write(low, title)
    low.get_by_role("button", name="Ghi các việc").click()
    _issue(low, "03-KH/CB")
    low.get_by_role("link", name=WORKS[0], exact=True).click()
    low.get_by_role("link", name="Báo hoàn thành").click()
    low.get_by_label("Kết quả").fill("Danh sách 12 người")
    low.get_by_label("Minh chứng để ở đâu").fill("Sổ theo dõi của chi bộ, trang 4")
    low.get_by_role("button", name="Báo hoàn thành").click()
    expect(low.get_by_text("chờ nghiệm thu").first).to_be_visible()


def test_a_directive_of_five_tasks_comes_down_three_levels_and_is_followed_to_its_end(
    sit: Callable[..., Desk],
) -> None:
    top = sit("tuyengiao").open("/chi-dao/moi/")
    _province_issues(top)
    middle = sit("vanphong").open("/")
    _district_carries_on(middle)
    low = sit("bithu", script=False).open("/")
    _cell_does_the_first(low)

    # the district accepts
    middle.goto("/nhiem-vu/?cua_toi=")
    middle.get_by_label("Tên việc").fill(WORKS[0])
    middle.get_by_label("Đơn vị và bên dưới").fill("")
    middle.get_by_role("button", name="Lọc").click()
    middle.get_by_role("row").filter(has_text="chờ nghiệm thu").get_by_role("link", name=WORKS[0]).click()
    middle.get_by_role("link", name="Nghiệm thu").click()
    middle.get_by_role("button", name="Nghiệm thu").click()
    expect(middle.get_by_text("Đã nghiệm thu.")).to_be_visible()
    middle.get_by_role("link", name=WORKS[0], exact=True).first.click()
    expect(middle.get_by_text("1 / 1 việc ở cấp dưới đã xong")).to_be_visible()

    # the province reads what became of each task; each count opens its list
    top.get_by_role("link", name="Xem từng việc ở cấp dưới").click()
    expect(top.get_by_role("table").get_by_role("rowheader")).to_have_count(5)
    row = top.get_by_role("row").filter(has_text=WORKS[4])
    counts = [int(text) for text in row.locator("td.amount a").all_inner_texts()]
    assert counts[0] == 2, "the district and the cell below it"
    row.locator("td.amount a").first.click()
    expect(top.get_by_role("table").get_by_role("rowheader")).to_have_count(counts[0])
    expect(top.get_by_text(REASON).first).to_be_visible()
    top.go_back()
    carried = top.get_by_role("row").filter(has_text=WORKS[0]).locator("td.amount a").first
    expect(carried).to_have_text("2")
    carried.click()
    expect(top.get_by_role("table").get_by_role("rowheader")).to_have_count(2)
    top.get_by_role("link", name="Xem nhiệm vụ").last.click()
    expect(top.get_by_role("heading", level=1)).to_have_text(WORKS[0])
    expect(top.get_by_text("Sổ theo dõi của chi bộ, trang 4")).to_be_visible()
