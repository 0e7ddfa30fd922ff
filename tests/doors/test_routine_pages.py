"""The work calendar in pages: begin, write lines, make a year, take what is offered; every refusal in words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chithi.access.viewers import today
from chithi.routine.actions import Said, add_line, change_line
from chithi.routine.kinds import Makes, Rhythm
from chithi.routine.making import make
from chithi.routine.models import Line, Turn
from chithi.routine.queries import planned
from chithi.routine.rules import When
from chithi.tasks.models import Task
from tests.doors.test_pages import signed_in
from tests.task_world import post_in
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
LOOK = "a test looks again"
YEAR = today().year + 1
MARCH = When(Rhythm.YEARLY, 3, 25, span=20)


@pytest.fixture
def world() -> World:
    return build_world()


def viewer(world: World, name: str) -> Any:
    return world.viewer(name, today())


def line_in(world: World, code: str, **said: Any) -> Line:
    words: dict[str, Any] = {"title": f"Mở lớp của {code}", "when": MARCH}
    return add_line(by=viewer(world, "chau"), unit_id=world.unit(code), said=Said(**(words | said)))


def form_of(**changes: Any) -> dict[str, Any]:
    said = {
        "title": "Mở lớp học", "rhythm": "yearly", "month": 3, "day": 25, "day_off": "before", "makes": "task",
        "span": 20, "remind": 7,
    }  # fmt: skip
    return {**said, **changes}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def lines_of(world: World, code: str) -> list[Line]:
    rows = Line.objects.everywhere(because=LOOK).filter(unit_id=world.unit(code), dropped_on__isnull=True)
    return list(rows.order_by("pk"))


def test_a_clerk_begins_with_the_shipped_year_and_makes_it(world: World) -> None:
    post, minh, unit = post_in(world, "A1"), signed_in(world, "minh"), world.unit("A1")
    assert "Lấy từ mẫu có sẵn" in text(minh.get(f"/lich/{unit}/dong/"))
    answer = minh.post(f"/lich/{unit}/mau/", {"dong": ["plan", "meetings"]}, follow=True)
    assert "Đã thêm 2 dòng lịch" in text(answer)
    page = text(minh.get(f"/lich/{unit}/{YEAR}/tao/"))
    codes = re.findall(r'name="dong" value="([^"]+)"', page)
    assert len(codes) == 13
    assert "chưa ghi ai làm" in page
    refused = minh.post(f"/lich/{unit}/{YEAR}/tao/", {"dong": codes})
    assert refused.status_code == 400
    assert "Chọn chức vụ" in text(refused) or "chọn chức vụ" in text(refused)
    answer = minh.post(f"/lich/{unit}/{YEAR}/tao/", {"dong": codes, "post": post.pk}, follow=True)
    assert "1 nhiệm vụ, 12 việc nhắc" in text(answer)
    assert Task.objects.everywhere(because=LOOK).get().owner_post_id == post.pk
    assert "Mọi việc của năm này đã tạo" in text(minh.get(f"/lich/{unit}/{YEAR}/tao/"))
    assert "Ban hành kế hoạch" in text(minh.get(f"/lich/{unit}/{YEAR}/?thang=2"))


def test_a_line_is_written_changed_left_out_and_taken_back(world: World) -> None:
    minh, unit = signed_in(world, "minh"), world.unit("A1")
    assert minh.post(f"/lich/{unit}/dong/moi/", form_of(offers_to=["cells"])).status_code == 302
    (line,) = lines_of(world, "A1")
    page = text(minh.get(f"/lich/{unit}/dong/"))
    assert "ngày 25 tháng 3" in page
    assert "Chi bộ" in page
    changed = form_of(rhythm="quarterly", month=3, day="", version=line.version)
    assert minh.post(f"/lich/dong/{line.pk}/", changed).status_code == 302
    page = text(minh.get(f"/lich/{unit}/dong/"))
    assert "ngày làm việc cuối các tháng 3, 6, 9, 12" in page
    again = lines_of(world, "A1")[0]
    page = text(minh.post(f"/lich/dong/{line.pk}/bo/", {"version": again.version}, follow=True))
    assert lines_of(world, "A1") == []
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    minh.post("/hoan-tac/", {"key": key.group(1)})
    assert [one.pk for one in lines_of(world, "A1")] == [line.pk]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": "  "}, "Việc phải làm"),
        ({"month": 13}, "Tháng"),
        ({"month": "99999999999999999999"}, "Tháng"),
        ({"month": 5, "rhythm": "quarterly"}, "từ 1 đến 3"),
        ({"month": 2, "day": 30}, "không có ngày ấy"),
        ({"rhythm": "monthly", "month": 6, "until_month": 5}, "Tháng cuối"),
        ({"span": 301}, "Bắt đầu trước hạn"),
        ({"rhythm": "daily"}, "Bao lâu một lần"),
        ({"post": "999999"}, "Chức vụ"),
        ({"directive": "999999"}, "Theo văn bản"),
        ({"offers_to": ["nobody"]}, "Gợi ý"),
        ({"remind": ""}, "Nhắc trước"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, changes: dict[str, Any], says: str) -> None:
    answer = signed_in(world, "minh").post(
        f"/lich/{world.unit('A1')}/dong/moi/", form_of(product="Sổ riêng", **changes)
    )
    assert answer.status_code == 400
    assert says in text(answer)
    assert "Sổ riêng" in text(answer)
    assert lines_of(world, "A1") == []


def test_a_line_that_somebody_changed_meanwhile_is_shown_anew(world: World) -> None:
    line, minh = line_in(world, "A1"), signed_in(world, "minh")
    change_line(by=viewer(world, "chau"), line_id=line.pk, seen_version=1, said=Said("Tên của tỉnh", MARCH))
    answer = minh.post(f"/lich/dong/{line.pk}/", form_of(version=1))
    assert answer.status_code == 400
    assert "Tên của tỉnh" in text(answer)
    assert minh.post(f"/lich/dong/{line.pk}/bo/", {"version": 1}).status_code == 409


def test_offered_lines_are_taken_or_left_and_what_changed_is_shown(world: World) -> None:
    first = line_in(world, "T", title="Ban hành kế hoạch", offers_to=("grassroots",))
    second = line_in(world, "T", title="Kiểm tra chéo", offers_to=("grassroots",))
    minh, unit = signed_in(world, "minh"), world.unit("A1")
    assert "gợi ý 2 dòng lịch" in text(minh.get(f"/lich/{unit}/{YEAR}/"))
    assert "2 dòng lịch công tác cấp trên gợi ý" in text(minh.get("/viec/"))
    page = text(minh.get(f"/lich/{unit}/goi-y/"))
    assert "Đảng bộ tỉnh Thử" in page
    minh.post(f"/lich/{unit}/goi-y/", {"dong": [first.pk], "lam": "lay"})
    answer = minh.post(f"/lich/{unit}/goi-y/", {"dong": [second.pk], "lam": "khong"}, follow=True)
    assert "Không lấy 1 dòng" in text(answer)
    (ours,) = lines_of(world, "A1")
    assert "không gợi ý thêm" in text(minh.get(f"/lich/{unit}/goi-y/"))
    said = Said("Ban hành kế hoạch năm", MARCH, offers_to=("grassroots",))
    change_line(by=viewer(world, "chau"), line_id=first.pk, seen_version=first.version, said=said)
    assert "Ban hành kế hoạch năm" in text(minh.get(f"/lich/{unit}/goi-y/"))
    answer = minh.post(f"/lich/dong/{ours.pk}/cap-tren/", {"version": ours.version, "lam": "moi"}, follow=True)
    assert "Đã lấy nội dung mới" in text(answer)
    assert lines_of(world, "A1")[0].title == "Ban hành kế hoạch năm"


@pytest.mark.parametrize("sent", [{}, {"dong": "x"}, {"dong": "9" * 30}, {"dong": ""}])
def test_taking_nothing_that_is_offered_is_refused(world: World, sent: dict[str, str]) -> None:
    answer = signed_in(world, "minh").post(f"/lich/{world.unit('A1')}/goi-y/", sent)
    assert answer.status_code == 400
    assert "Hãy đánh dấu" in text(answer)


def test_a_line_of_the_district_beside_is_not_offered(world: World) -> None:
    line = line_in(world, "B", offers_to=("grassroots",))
    answer = signed_in(world, "minh").post(f"/lich/{world.unit('A1')}/goi-y/", {"dong": line.pk, "lam": "lay"})
    assert answer.status_code == 404


def test_somebody_beside_finds_nothing_and_a_reader_writes_nothing(world: World) -> None:
    line, unit = line_in(world, "A1"), world.unit("A1")
    hoa, dung = signed_in(world, "hoa"), signed_in(world, "dung")
    for path in (f"/lich/{unit}/{YEAR}/", f"/lich/{unit}/dong/", f"/lich/dong/{line.pk}/", f"/lich/{unit}/goi-y/"):
        assert hoa.get(path).status_code == 404
    page = text(dung.get(f"/lich/{unit}/dong/"))
    assert line.title in page
    assert "Thêm dòng" not in page
    assert "Tạo lịch năm" not in text(dung.get(f"/lich/{unit}/{YEAR}/"))
    assert dung.post(f"/lich/{unit}/{YEAR}/tao/", {"dong": f"{line.pk}:{YEAR}"}).status_code == 404
    assert dung.post(f"/lich/dong/{line.pk}/bo/", {"version": 1}).status_code == 404


@pytest.mark.parametrize("path", ["1/", "99999/", "0/tao/", f"{YEAR + 5}/tao/", "2027/tao/?thang=99"])
def test_years_that_are_none_are_not_found_and_far_ones_make_nothing(world: World, path: str) -> None:
    line_in(world, "A1", makes=Makes.REMINDER)
    answer = signed_in(world, "minh").get(f"/lich/{world.unit('A1')}/{path}")
    assert answer.status_code in (200, 404)
    assert Turn.objects.everywhere(because=LOOK).count() == 0


@pytest.mark.parametrize("month", ["0", "13", "x", "-1", "²", "9" * 40])
def test_a_month_that_is_none_shows_the_year(world: World, month: str) -> None:
    answer = signed_in(world, "minh").get(f"/lich/{world.unit('A1')}/{YEAR}/", {"thang": month})
    assert answer.status_code == 200
    assert f"Lịch công tác năm {YEAR}" in text(answer)


def test_a_reminder_is_done_from_my_work_and_may_wait_again(world: World) -> None:
    soon = today()
    when = When(Rhythm.YEARLY, soon.month, soon.day)
    line_in(world, "A1", title="Sinh hoạt tháng", when=when, makes=Makes.REMINDER)
    by, unit = viewer(world, "minh"), world.unit("A1")
    make(by=by, unit_id=unit, year=soon.year, wanted={one.code for one in planned(by, unit, soon.year)})
    minh = signed_in(world, "minh")
    page = text(minh.get("/viec/"))
    assert "Sinh hoạt tháng" in page
    turn = Turn.objects.everywhere(because=LOOK).get()
    page = text(minh.post(f"/lich/nhac/{turn.pk}/xong/", {"version": turn.version}, follow=True))
    assert "Đã xong việc nhắc" in page
    assert "Sinh hoạt tháng" not in text(minh.get("/viec/"))
    assert minh.post(f"/lich/nhac/{turn.pk}/xong/", {"version": turn.version}).status_code == 409
    assert minh.post(f"/lich/nhac/{turn.pk}/xong/").status_code == 409
    assert signed_in(world, "hoa").post(f"/lich/nhac/{turn.pk}/xong/", {"version": 2}).status_code == 404


def test_taking_anew_what_was_never_taken_says_so(world: World) -> None:
    line = line_in(world, "A1")
    answer = signed_in(world, "minh").post(f"/lich/dong/{line.pk}/cap-tren/", {"version": 1, "lam": "moi"})
    assert answer.status_code == 400
