"""Tasks in pages: give, report, finish, judge, filter, count; every refusal beside its field."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from chithi.access.viewers import today
from chithi.following.kinds import State
from chithi.tasks.models import Task
from chithi.tasks.turns import escalate
from tests.task_world import again, post_in
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
TODAY = today()


@pytest.fixture
def world() -> World:
    return build_world()


def browser(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_of(post: int, **changes: Any) -> dict[str, Any]:
    said = {
        "title": "Lập danh sách hộ cần giúp đỡ", "product": "Danh sách", "owner": f"p{post}", "weight": 1,
        "since": TODAY.isoformat(), "due_on": (TODAY + timedelta(days=30)).isoformat(), "update_every": 30,
        "key": str(uuid4()),
    }  # fmt: skip
    return {**said, **changes}


def given(world: World, code: str = "A11", by: str = "minh", **changes: Any) -> Task:
    """A task given through the page; answers what was stored."""
    post = post_in(world, code)
    address = f"/nhiem-vu/moi/?don_vi={world.unit(code)}"
    answer = browser(world, by).post(address, form_of(post.pk, **changes))
    assert answer.status_code == 302, answer.content.decode()
    task = Task.objects.everywhere(because="a test looks").order_by("-pk").first()
    assert task is not None
    return task


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_clerk_gives_a_task_that_the_secretary_reports_finishes_and_the_clerk_accepts(world: World) -> None:
    task = given(world)
    lan, minh = browser(world, "lan"), browser(world, "minh")
    assert "Lập danh sách hộ cần giúp đỡ" in text(lan.get("/nhiem-vu/"))
    page = f"/nhiem-vu/{task.pk}/"
    assert (
        lan.post(page + "tien-do/", {"share": 40, "on": TODAY.isoformat(), "note": "Đã hỏi 12 hộ"}).status_code == 302
    )
    assert "Đã hỏi 12 hộ" in text(minh.get(page))
    version = again(task).version
    assert lan.post(page + "xong/", {"version": version, "note": "Xong"}).status_code == 302
    refused = lan.post(page + "nghiem-thu/", {"version": again(task).version})
    assert refused.status_code == 400
    assert minh.post(page + "nghiem-thu/", {"version": again(task).version}).status_code == 302
    assert again(task).accepted_on == TODAY


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": " "}, "Việc phải làm"),
        ({"owner": ""}, "Người chịu trách nhiệm"),
        ({"owner": "p999999"}, "Người chịu trách nhiệm"),
        ({"due_on": "2020-01-01"}, "từ ngày bắt đầu"),
        ({"due_on": "9999-01-01"}, "trong khoảng"),
        ({"due_on": "hôm nay"}, "01/07/2025"),
        ({"weight": "10000000000000000000000"}, "Trọng số"),
        ({"helpers": "KHONG-CO"}, "KHONG-CO"),
        ({"directive": "77"}, "Theo văn bản"),
        ({"parent": "999999"}, "Không tìm thấy nhiệm vụ này"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, changes: dict[str, Any], says: str) -> None:
    post = post_in(world, "A11")
    address = f"/nhiem-vu/moi/?don_vi={world.unit('A11')}"
    answer = browser(world, "lan").post(address, form_of(post.pk, product="Sổ riêng", **changes))
    assert answer.status_code in (400, 404)
    if answer.status_code == 400:
        assert says in text(answer)
        assert "Sổ riêng" in text(answer)
    assert not Task.objects.everywhere(because="a test looks").exists()


def test_the_same_form_sent_twice_gives_one_task(world: World) -> None:
    post, lan = post_in(world, "A11"), browser(world, "lan")
    form = form_of(post.pk)
    for _ in range(2):
        assert lan.post(f"/nhiem-vu/moi/?don_vi={world.unit('A11')}", form).status_code == 302
    assert Task.objects.everywhere(because="a test looks").count() == 1


def test_somebody_beside_finds_neither_task_nor_form(world: World) -> None:
    task = given(world)
    hoa = browser(world, "hoa")
    assert "Lập danh sách" not in text(hoa.get("/nhiem-vu/"))
    for word in ("", "sua/", "tien-do/", "xong/", "nghiem-thu/", "huy/", "doi-han/", "giai-trinh/"):
        assert hoa.get(f"/nhiem-vu/{task.pk}/{word}").status_code == 404
        if word:
            assert hoa.post(f"/nhiem-vu/{task.pk}/{word}", {"version": task.version}).status_code in (400, 404)
    assert again(task).version == task.version
    assert hoa.get(f"/nhiem-vu/?don_vi={world.unit('A11')}").status_code == 404


def test_a_leader_reads_but_is_offered_nothing(world: World) -> None:
    task = given(world)
    dung = browser(world, "dung")
    page = text(dung.get(f"/nhiem-vu/{task.pk}/"))
    assert "Ghi tiến độ" not in page
    assert dung.get("/nhiem-vu/moi/").status_code == 403
    assert dung.get(f"/nhiem-vu/{task.pk}/tien-do/").status_code == 404


def test_another_wording_on_an_old_version_shows_what_is_stored(world: World) -> None:
    task = given(world, by="lan")
    lan, address = browser(world, "lan"), f"/nhiem-vu/{task.pk}/sua/"
    form = form_of(task.owner_post_id or 0, version=task.version, title="Lập danh sách hộ khó khăn")
    assert lan.post(address, form).status_code == 302
    late = lan.post(address, {**form, "title": "Viết khác đi"})
    assert late.status_code == 400
    assert "Lập danh sách hộ khó khăn" in text(late)
    assert again(task).title == "Lập danh sách hộ khó khăn"


def test_another_day_a_rest_and_an_explanation_go_through_their_pages(world: World) -> None:
    since = TODAY - timedelta(days=60)
    task = given(world, since=since.isoformat(), due_on=(TODAY - timedelta(days=3)).isoformat())
    lan, minh, page = browser(world, "lan"), browser(world, "minh"), f"/nhiem-vu/{task.pk}/"
    new = TODAY + timedelta(days=9)
    asked = {"version": again(task).version, "new": new.isoformat(), "reason": "Chờ mẫu"}
    assert lan.post(page + "doi-han/", asked).status_code == 302
    assert "Chờ mẫu" in text(minh.get(page + "quyet-han/"))
    said_no = minh.post(page + "quyet-han/", {"version": 1, "agreed": "no"})
    assert said_no.status_code == 400
    assert minh.post(page + "quyet-han/", {"version": 1, "agreed": "yes"}).status_code == 302
    assert again(task).due_on == new
    question = {"version": again(task).version, "question": "Vì sao chậm?", "due_on": new.isoformat()}
    assert minh.post(page + "yeu-cau-giai-trinh/", question).status_code == 302
    assert "Vì sao chậm?" in text(lan.get(page + "giai-trinh/"))
    assert lan.post(page + "giai-trinh/", {"version": 1, "answer": "Thiếu người"}).status_code == 302
    assert minh.post(page + "ket-luan/", {"version": 2, "agreed": "yes"}).status_code == 302
    rest = {"version": again(task).version, "since": TODAY.isoformat(), "reason": "Chờ sáp nhập"}
    assert minh.post(page + "tam-dung/", rest).status_code == 302
    told = text(minh.get(page))
    for words in ("Tạm dừng", "Thiếu người", "Giải trình đạt", "Chờ mẫu"):
        assert words in told
    assert minh.post(page + "tiep-tuc/", {"version": again(task).version}).status_code == 302


def test_steps_are_added_and_done_from_the_page(world: World) -> None:
    task = given(world, by="lan")
    lan, page = browser(world, "lan"), f"/nhiem-vu/{task.pk}/"
    assert lan.post(page + "buoc/", {"title": "Họp thôn", "due_on": task.due_on.isoformat()}).status_code == 302
    step = re.search(r"/nhiem-vu/buoc/(\d+)/xong/", text(lan.get(page)))
    assert step is not None
    assert browser(world, "hoa").post(step[0], {"version": 1}).status_code == 404
    assert lan.post(step[0], {"version": 1}).status_code == 302
    assert "/nhiem-vu/buoc/" not in text(lan.get(page))
    assert again(task).next_step_on is None


def test_hints_stand_beside_the_words_and_stop_nobody(world: World) -> None:
    lan = browser(world, "lan")
    answer = text(lan.post("/nhiem-vu/goi-y/", {"title": "Tăng cường công tác tuyên truyền", "due_on": ""}))
    assert "khó kiểm tra" in answer
    assert "Chưa có hạn" in answer
    clear = {"title": "Lập danh sách hộ nghèo", "product": "Danh sách", "owner": "p1", "due_on": "2026-12-01"}
    assert "say-risk" not in text(lan.post("/nhiem-vu/goi-y/", clear))
    task = given(world, by="lan", title="Tăng cường tuyên truyền", product="")
    assert "Nên xem lại cách ghi" in text(lan.get(f"/nhiem-vu/{task.pk}/"))


def test_a_list_sends_the_end_in_one_step_and_comes_back(world: World) -> None:
    task = given(world, by="lan")
    lan = browser(world, "lan")
    answer = lan.post(
        f"/nhiem-vu/{task.pk}/xong/", {"version": task.version}, headers={"Referer": "http://testserver/nhiem-vu/?q=a"}
    )
    assert answer.headers["Location"].endswith("/nhiem-vu/?q=a")
    assert again(task).finished_on == TODAY


@pytest.mark.parametrize(
    "query",
    ["trang_thai=zzz", "qua_han=%00", "thang=2026-13", "thang=²", "don_vi=abc", "van_ban=99999999999999999999",
     "trang=0", "trang=999999999", "q=%00%ff", "thang=0000-00", "rieng=1"],
)  # fmt: skip
def test_odd_filters_ask_for_nothing_and_break_nothing(world: World, query: str) -> None:
    for address in ("/nhiem-vu/", "/nhiem-vu/tong-hop/", "/nhiem-vu/lich/"):
        assert browser(world, "lan").get(f"{address}?{query}").status_code == 200


def test_every_count_of_the_overview_opens_a_list_of_as_many(world: World) -> None:
    for at, code in enumerate(("A11", "A12", "A1", "A2", "B11")):
        begun = TODAY - timedelta(days=50 * at + 40)
        given(world, code, by="chau", since=begun.isoformat(), due_on=(begun + timedelta(days=35)).isoformat())
        given(world, code, by="chau")
    chau, counted = browser(world, "chau"), 0
    for address in ("/nhiem-vu/tong-hop/", f"/nhiem-vu/tong-hop/?don_vi={world.unit('A')}"):
        page = text(chau.get(address))
        for href, count in re.findall(r'href="(/nhiem-vu/\?[^"]*)">(?:<span[^>]*>)?(\d+)<', page):
            found = text(chau.get(href.replace("&amp;", "&")))
            assert len(re.findall(r'<th scope="row"', found)) == int(count), href
            counted += 1
    assert counted > 30


def test_the_overview_is_a_workbook_and_a_calendar_too(world: World) -> None:
    task = given(world)
    minh = browser(world, "minh")
    file = minh.get("/nhiem-vu/tong-hop/tep.xlsx")
    whole = b"".join(file.streaming_content) if file.streaming else file.content
    assert whole[:2] == b"PK"
    month = text(minh.get(f"/nhiem-vu/lich/?thang={task.due_on:%Y-%m}"))
    assert task.title in month
    assert task.title not in text(browser(world, "hoa").get(f"/nhiem-vu/lich/?thang={task.due_on:%Y-%m}"))
    assert "Không có nhiệm vụ nào đến hạn" not in month
    assert "Không có nhiệm vụ nào đến hạn" in text(minh.get("/nhiem-vu/lich/?thang=2031-01"))


def test_states_are_filtered_as_they_are_shown(world: World) -> None:
    begun = TODAY - timedelta(days=50)
    given(world, "A11", by="lan", since=begun.isoformat(), due_on=(TODAY - timedelta(days=40)).isoformat())
    lan = browser(world, "lan")
    assert "Quá hạn 40 ngày" in text(lan.get(f"/nhiem-vu/?trang_thai={State.OVERDUE.value}"))
    assert "Quá hạn 40 ngày" in text(lan.get("/nhiem-vu/?qua_han=over_30"))
    assert "Quá hạn 40 ngày" not in text(lan.get("/nhiem-vu/?qua_han=over_90"))
    assert "Quá hạn 40 ngày" not in text(lan.get(f"/nhiem-vu/?trang_thai={State.DONE.value}"))


def test_the_rest_of_a_day_in_the_calendar_opens_the_list_of_that_day_alone(world: World) -> None:
    due = TODAY + timedelta(days=30)
    for _ in range(5):
        given(world, title="Việc cùng ngày")
    given(world, title="Việc hôm khác", due_on=(due.replace(day=1) if due.day > 1 else due.replace(day=2)).isoformat())
    minh = browser(world, "minh")
    month = text(minh.get(f"/nhiem-vu/lich/?thang={due:%Y-%m}"))
    (address,) = re.findall(r'href="(/nhiem-vu/\?[^"]*ngay=[^"]*)"', month)
    assert "và 2 việc nữa" in month
    found = text(minh.get(address.replace("&amp;", "&")))
    assert found.count("Việc cùng ngày</a>") == 5
    assert "Việc hôm khác" not in found
    assert f"hạn ngày {due:%d/%m/%Y}" in found
    for odd in ("2026-02-30", "0000-00-00", "٢٠٢٦-١١-٢٢", "'"):
        assert minh.get("/nhiem-vu/", {"ngay": odd}).status_code == 200


def test_who_is_told_of_a_task_below_opens_it_from_my_work(world: World) -> None:
    task = given(world)
    late = TODAY - timedelta(days=60)
    Task.objects.everywhere(because="a test moves time").filter(pk=task.pk).update(due_on=late, since=late)
    escalate(TODAY)
    dung = browser(world, "dung")
    (address,) = re.findall(r'href="(/nhiem-vu/\?bao_len=[^"]*)"', text(dung.get("/viec/")))
    found = text(dung.get(address.replace("&amp;", "&")))
    assert "Lập danh sách hộ cần giúp đỡ" in found
    assert "đã báo lên Đảng bộ huyện An" in found
    assert dung.get(f"/nhiem-vu/?bao_len={world.unit('B')}").status_code == 404
    assert dung.get("/nhiem-vu/?bao_len=999999999999999999").status_code == 404
