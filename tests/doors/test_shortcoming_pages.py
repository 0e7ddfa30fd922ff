"""Shortcomings in pages: written down out of a duty, given to somebody, remedied, found again, withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from chithi.access.viewers import today
from chithi.duties.kinds import Answer
from chithi.duties.models import DutyAnswer, Shortcoming
from chithi.tasks.models import Task
from tests.duty_world import list_in, remedy_of, reported, shortcoming_in
from tests.task_world import again, post_in
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
WHY, TODAY = "a test looks", today()


@pytest.fixture
def world() -> World:
    return build_world()


def browser(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def form_of(**changes: Any) -> dict[str, Any]:
    said = {
        "unit": "A11", "wording": "Ghi biên bản chậm", "found": "self_criticism", "found_on": TODAY.isoformat(),
        "source": "Phiên cuối năm", "cause": "Chưa phân công",
    }  # fmt: skip
    return {**said, **changes}


def stored() -> Shortcoming:
    return Shortcoming.objects.everywhere(because=WHY).get()


def task_form(post: int, **changes: Any) -> dict[str, Any]:
    said = {
        "title": "Phân công người ghi", "owner": f"p{post}", "since": TODAY, "due_on": TODAY + timedelta(days=30),
        "weight": 1, "update_every": 30,
    }  # fmt: skip
    return {**said, **changes}


def test_what_was_found_is_given_to_somebody_and_stands_remedied_once_the_level_above_accepts(world: World) -> None:
    lan, minh = browser(world, "lan"), browser(world, "minh")
    assert lan.post("/han-che/moi/", form_of()).status_code == 302
    row = stored()
    page = f"/han-che/{row.pk}/"
    shown = text(lan.get(page))
    assert "Chưa giao khắc phục" in shown
    assert f"{page}giao-viec/" in shown
    assert f"{page}giao-viec/" in text(lan.get("/viec/"))
    post = post_in(world, "A11")
    assert "Khắc phục: Ghi biên bản chậm" in text(minh.get(f"{page}giao-viec/"))
    given = minh.post(f"{page}giao-viec/", task_form(post.pk))
    task = Task.objects.everywhere(because=WHY).get()
    assert given.headers["Location"] == f"/nhiem-vu/{task.pk}/"
    assert page in text(lan.get(f"/nhiem-vu/{task.pk}/"))
    assert f"/nhiem-vu/{task.pk}/" in text(minh.get(page))
    lan.post(f"/nhiem-vu/{task.pk}/xong/", {"version": again(task).version})
    minh.post(f"/nhiem-vu/{task.pk}/nghiem-thu/", {"version": again(task).version})
    assert "Đã khắc phục" in text(minh.get(page))
    refused = minh.post(f"{page}giao-viec/", task_form(post.pk))
    assert refused.status_code == 400
    assert "Nếu tái diễn" in text(refused)
    said = {"version": row.version, "on": TODAY.isoformat(), "reason": "Tháng này lại chậm"}
    assert minh.post(f"{page}tai-dien/", said).status_code == 302
    assert "Tháng này lại chậm" in text(lan.get(page))


def test_a_duty_not_fully_done_becomes_a_shortcoming_with_its_words(world: World) -> None:
    row = list_in(world, expects=("cells",))
    report = reported(world, row, "A11", "lan", Answer.DONE, Answer.PARTLY)
    short = DutyAnswer.objects.everywhere(because=WHY).get(report_id=report.pk, answer="partly")
    lan, address = browser(world, "lan"), f"/han-che/moi/?don_vi={world.unit('A11')}&nghia_vu={short.pk}"
    assert f"nghia_vu={short.pk}" in text(lan.get(f"/nghia-vu/{row.pk}/bao-cao/{world.unit('A11')}/2026/"))
    assert "Mới làm một nửa" in text(lan.get(address))
    assert lan.post(address, form_of(found="duty")).status_code == 302
    assert stored().answer_id == short.pk
    assert "2. Tiếp dân hằng tuần" in text(lan.get(f"/han-che/{stored().pk}/"))
    assert lan.post(address, form_of(found="duty")).status_code == 400
    assert browser(world, "hoa").get(address).status_code == 404


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"wording": " "}, "Hạn chế, khuyết điểm của tập thể"),
        ({"found": "x"}, "Phát hiện từ đâu"),
        ({"found_on": (TODAY + timedelta(days=2)).isoformat()}, "Ngày này chưa tới"),
        ({"found_on": "0001-01-01"}, "trong khoảng"),
        ({"unit": "A12"}, "Đơn vị"),
        ({"wording": "x" * 600}, "500"),
        ({"key": "x"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, changes: dict[str, Any], says: str) -> None:
    answer = browser(world, "lan").post("/han-che/moi/", form_of(**changes))
    assert answer.status_code == 400
    assert says in text(answer)
    assert "Phiên cuối năm" in text(answer)
    assert not Shortcoming.objects.everywhere(because=WHY).exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"since": TODAY + timedelta(days=2)}, "bắt đầu từ hôm nay"),
        ({"owner": ""}, "Người chịu trách nhiệm"),
        ({"owner": "p999999"}, "Người chịu trách nhiệm"),
    ],
)
def test_a_task_that_cannot_be_is_refused_beside_its_field(world: World, changes: dict[str, Any], says: str) -> None:
    row, post = shortcoming_in(world), post_in(world, "A11")
    answer = browser(world, "lan").post(f"/han-che/{row.pk}/giao-viec/", task_form(post.pk, **changes))
    assert answer.status_code == 400
    assert says in text(answer)
    assert not Task.objects.everywhere(because=WHY).exists()


@pytest.mark.parametrize("word", ["", "sua/", "giao-viec/", "tai-dien/", "rut/"])
def test_a_neighbour_finds_nothing_and_a_leader_only_reads(world: World, word: str) -> None:
    row = shortcoming_in(world)
    address = f"/han-che/{row.pk}/{word}"
    assert browser(world, "hoa").get(address).status_code == 404
    assert browser(world, "dung").get(address).status_code == (404 if word else 200)
    assert browser(world, "dung").get("/han-che/99999999999999999999/").status_code == 404


def test_one_written_by_mistake_is_withdrawn_and_nothing_more_is_done_to_it(world: World) -> None:
    row, lan = shortcoming_in(world), browser(world, "lan")
    late = lan.post(f"/han-che/{row.pk}/rut/", {"version": 9, "reason": "Nhầm"})
    assert late.status_code == 400
    assert lan.post(f"/han-che/{row.pk}/rut/", {"version": row.version, "reason": "Nhầm"}).status_code == 302
    assert "Đã rút" in text(lan.get(f"/han-che/{row.pk}/"))
    assert "Ghi biên bản chậm" not in text(lan.get("/han-che/"))
    assert "Ghi biên bản chậm" in text(lan.get("/han-che/?trang_thai=withdrawn"))
    for word in ("sua/", "giao-viec/", "rut/"):
        assert lan.get(f"/han-che/{row.pk}/{word}").status_code == 400


def test_counts_open_lists_of_exactly_so_many(world: World) -> None:
    first = shortcoming_in(world)
    shortcoming_in(world, "A12", "hoa", wording="Sổ ghi thiếu")
    remedy_of(world, first)
    minh = browser(world, "minh")
    page = text(minh.get("/han-che/?trang_thai=open"))
    assert "Sổ ghi thiếu" in page
    assert "Ghi biên bản chậm" not in page
    page = text(minh.get(f"/han-che/?don_vi={world.unit('A11')}&trang_thai=being_remedied&nguon=self_criticism"))
    assert "Ghi biên bản chậm" in page
    assert minh.get(f"/han-che/?don_vi={world.unit('A2')}").status_code == 404
    assert minh.get("/han-che/?trang_thai=abc&nguon=²&trang=99").status_code == 200


def test_the_words_of_a_shortcoming_stay_changeable_until_somebody_was_given_a_task(world: World) -> None:
    row, lan = shortcoming_in(world), browser(world, "lan")
    said = form_of(version=row.version, wording="Ghi biên bản thiếu kết luận")
    assert lan.post(f"/han-che/{row.pk}/sua/", said).status_code == 302
    assert stored().wording == "Ghi biên bản thiếu kết luận"
    remedy_of(world, row)
    refused = lan.post(f"/han-che/{row.pk}/sua/", form_of(version=stored().version))
    assert refused.status_code == 400
    assert "không sửa" in text(refused)
