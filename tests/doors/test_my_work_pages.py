"""My work and notices as people meet them: by date, one's own, chosen, opened; the queue for its keeper."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from chithi.access import email
from chithi.access.models import EmailClaim, User
from chithi.core.due import DueItem, OneStep, Said
from chithi.core.periods import parse
from chithi.db.viewer import Viewer
from chithi.indicators.drain import rebuild
from chithi.indicators.period_rows import period_row
from chithi.jobs.actions import ask, ask_all
from chithi.jobs.holders import me
from chithi.jobs.kinds import JobState
from chithi.jobs.models import Job
from chithi.jobs.running import Deed, run_some
from chithi.work import queries
from chithi.work.choices import choices
from chithi.work.deeds import DEEDS
from chithi.work.kinds import How, Topic
from chithi.work.models import Notice
from tests.mail_catcher import catching
from tests.worlds import World

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def begun(world: World) -> World:
    """The third quarter of 2026 is in use."""
    rebuild(period_row(parse("2026-Q3")))
    return world


def at_desk(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend=BACKEND)
    return client


def main_of(answer: Any) -> str:
    """The page without its frame."""
    found = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
    assert found
    return found[0]


def told(world: World, name: str, unit: str, words: str = "Làm: dọn kho") -> Notice:
    notice = Notice.objects.create(
        unit_id=world.unit(unit), user=world.users[name], item=f"tasks.finish:{words}", stage="d1", what_vi=words,
        what_en="Do: clear the store", address=f"/don-vi/{world.unit(unit)}/",
    )  # fmt: skip
    User.objects.filter(username=name).update(unread=1)
    return notice


def test_the_log_in_leads_to_what_is_to_be_done_and_the_tree_stays_where_it_was(begun: World) -> None:
    client = Client()
    given = {"username": "lan", "password": "mật khẩu của lan"}
    assert client.post("/vao/", given)["Location"] == "/viec/"
    assert Client().post("/vao/?next=/", given)["Location"] == "/viec/"
    assert Client().post("/vao/?next=/tim/", given)["Location"] == "/tim/", "a page that was asked for comes first"
    assert client.get("/").context["chosen"]["name"] == "Chi bộ thôn Hòa Một"


def test_lines_stand_under_their_day_with_a_link_to_do_them(begun: World) -> None:
    page = main_of(at_desk(begun, "lan").get("/viec/"))
    assert "Quá hạn" in page
    assert "Ghi và xác nhận số liệu: Quý III/2026" in page
    assert f'href="/nhap/{begun.unit("A11")}/2026-Q3/"' in page
    assert at_desk(begun, "lan").get(f"/nhap/{begun.unit('A11')}/2026-Q3/").status_code == 200


def test_who_has_nothing_to_do_is_told_so_kindly_and_a_leader_what_waits_below(begun: World) -> None:
    assert "Không có việc nào đang chờ" in main_of(at_desk(begun, "an").get("/viec/"))
    assert "chưa xác nhận số liệu" in main_of(at_desk(begun, "dung").get("/viec/"))


def _many(_viewer: Viewer, _today: object) -> list[DueItem]:
    said, act = Said("Việc {n}", "Work {n}"), Said("Mở", "Open")
    step = OneStep("notices_read", (), Said("Đã xong", "Done"), 7, (("why", "x"),))
    return [
        DueItem("tasks.finish", n, 1, Said(*(one.format(n=n) for one in said)), None, "search", (), act, step)
        for n in range(1, 61)
    ]


def test_a_long_list_has_pages_and_steps_that_send_what_was_seen(begun: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "SOURCES", (_many,))
    client = at_desk(begun, "lan")
    first, second = main_of(client.get("/viec/")), main_of(client.get("/viec/?trang=2"))
    assert first.count('<span class="work-what">') == 50
    assert second.count('<span class="work-what">') == 10
    assert "1–50 của 60" in first
    assert f'<form method="post" action="{reverse("notices_read")}">' in first
    assert '<input type="hidden" name="version" value="7"><input type="hidden" name="why" value="x">' in first
    for odd in ("0", "-1", "9999999999999999999", "²", "abc", "99"):
        assert client.get(f"/viec/?trang={odd}").status_code == 200


def test_the_bar_counts_what_was_not_looked_at_and_opening_takes_it_away(world: World) -> None:
    notice, client = told(world, "lan", "A11"), at_desk(world, "lan")
    assert '<span class="top-count">1</span>' in client.get("/viec/").content.decode()
    assert "chưa xem" in main_of(client.get("/tin-bao/"))
    assert client.get(f"/tin-bao/{notice.pk}/mo/").status_code == 405
    assert client.post(f"/tin-bao/{notice.pk}/mo/")["Location"] == f"/don-vi/{world.unit('A11')}/"
    assert '<span class="top-count">' not in client.get("/viec/").content.decode()
    assert "chưa xem" not in main_of(client.get("/tin-bao/"))


def test_others_notices_and_odd_numbers_are_not_there(world: World) -> None:
    notice, client = told(world, "lan", "A11"), at_desk(world, "hoa")
    for number in (notice.pk, 0, 10**18, 10**30):
        assert client.post(f"/tin-bao/{number}/mo/").status_code == 404
    assert "dọn kho" not in main_of(client.get("/tin-bao/"))


def test_all_are_marked_at_once(world: World) -> None:
    told(world, "lan", "A11")
    told(world, "lan", "A11", "Làm: sổ")
    client = at_desk(world, "lan")
    assert "Đã đánh dấu 2 tin" in main_of(client.post("/tin-bao/da-xem/", follow=True))
    assert User.objects.get(username="lan").unread == 0


def test_each_chooses_on_one_page(world: World) -> None:
    client, wanted = at_desk(world, "lan"), {topic.value: "off" for topic in Topic}
    answer = client.post("/tin-bao/cach/", wanted, follow=True)
    assert "Đã lưu cách báo tin." in main_of(answer)
    assert set(choices(world.users["lan"].pk).values()) == {How.OFF}
    assert set(choices(world.users["hoa"].pk).values()) == {How.MAIL}
    for wrong in ({**wanted, "figures": "shout"}, {**wanted, "weekly_letter": "app"}, {}, {"figures": "mail"}):
        assert client.post("/tin-bao/cach/", wrong).status_code == 400
    assert set(choices(world.users["lan"].pk).values()) == {How.OFF}


def test_an_address_is_given_shown_to_be_ones_own_and_dropped(world: World, settings: Any) -> None:
    client = at_desk(world, "lan")
    assert client.post("/tai-khoan/thu/", {"address": "lan@commune.example"}).status_code == 400, "no mail is set up"
    with catching(settings) as catcher:
        assert client.post("/tai-khoan/thu/", {"address": "không phải"}).status_code == 400
        assert client.post("/tai-khoan/thu/", {}).status_code == 400
        assert client.post("/tai-khoan/thu/", {"address": "lan@commune.example"})["Location"] == "/tai-khoan/thu/ma/"
        run_some(DEEDS, me())
        assert email.code_of(EmailClaim.objects.get()) in catcher.plain()
        assert "Đang đợi mã" in main_of(client.get("/tin-bao/cach/"))
        assert client.post("/tai-khoan/thu/ma/", {"code": "sai"}).status_code == 400
        code = email.code_of(EmailClaim.objects.get())
        assert client.post("/tai-khoan/thu/ma/", {"code": code})["Location"] == "/tin-bao/cach/"
        assert "lan@commune.example" in main_of(client.get("/tin-bao/cach/"))
        assert "lan@commune.example" in main_of(client.get("/tai-khoan/"))
        client.post("/tai-khoan/thu/bo/")
    assert User.objects.get(username="lan").email == ""


def test_a_calendar_is_followed_without_a_log_in_until_it_is_renewed_or_ended(begun: World) -> None:
    client, visitor = at_desk(begun, "lan"), Client()

    def made() -> str:
        found = re.search(r"/lich/[\w-]+\.ics", main_of(client.post("/tai-khoan/lich/")))
        assert found
        return found[0]

    first = made()
    answer = visitor.get(first)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["summary"] == "Ghi và xác nhận số liệu: Quý III/2026"
    assert event.decoded("dtstart") == date(2026, 10, 3)
    assert str(event["url"]).endswith(f"/nhap/{begun.unit('A11')}/2026-Q3/")
    assert first.split("/")[-1] not in main_of(client.get("/tin-bao/cach/")), "it is shown once"
    second = made()
    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200
    User.objects.filter(username="lan").update(is_active=False)
    assert visitor.get(second).status_code == 404
    User.objects.filter(username="lan").update(is_active=True)
    client.post("/tai-khoan/lich/bo/")
    assert visitor.get(second).status_code == 404
    for odd in ("x" * 90, "a" * 3000, "-"):
        assert visitor.get(f"/lich/{odd}.ics").status_code == 404


def test_why_a_code_did_not_come_stands_where_it_is_waited_for(world: World, settings: Any) -> None:
    client = at_desk(world, "lan")
    with catching(settings) as post:
        post.broken = True
        client.post("/tai-khoan/thu/", {"address": "lan@commune.example"})
        run_some(DEEDS, me())
        typed = main_of(client.get("/tai-khoan/thu/ma/"))
        assert "Chưa gửi được mã tới lan@commune.example. Máy chủ thư không nhận thư (SMTPDataError)." in typed
        assert "Chưa gửi được mã" in main_of(client.get("/tin-bao/cach/"))
        post.broken = False
        Job.objects.update(due_at=timezone.now())
        run_some(DEEDS, me())
    assert "Chưa gửi được mã" not in main_of(client.get("/tin-bao/cach/"))


def failed(world: World) -> Job:
    def fail() -> None:
        raise ValueError("0912345678")

    with transaction.atomic():
        ask("work.letter", "2026-11-22:1", {"user": 1})
    for _ in range(5):
        Job.objects.update(due_at=Job.objects.get().asked_at)
        run_some([Deed("work.letter", lambda _a: fail)], me())
    return Job.objects.get()


def test_the_keeper_sees_what_failed_and_has_it_tried_again(world: World) -> None:
    job, client = failed(world), at_desk(world, "an")
    page = main_of(client.get("/quan-tri/viec-chay-nen/"))
    assert "Gửi thư nhắc việc" in page
    assert "ValueError" in page
    assert "0912345678" not in page
    assert "1 hỏng" in main_of(client.get("/quan-tri/tinh-trang/"))
    again = f"/quan-tri/viec-chay-nen/{job.pk}/thu-lai/"
    assert client.post(again, {"version": 4}).status_code == 409
    assert client.post(again, {}).status_code == 409
    assert client.post(again, {"version": 5})["Location"] == "/quan-tri/viec-chay-nen/"
    assert client.post(again, {"version": 5}).status_code == 400, "it waits already"
    assert client.post(f"/quan-tri/viec-chay-nen/{10**18}/thu-lai/", {"version": 5}).status_code == 404
    assert Job.objects.get().state == JobState.WAITING


def test_the_keeper_is_told_what_to_do_and_offered_no_second_try_that_does_nothing(world: World) -> None:
    failed(world)
    Job.objects.update(problem="SMTPAuthenticationError")
    Job.objects.create(
        deed="imports.sheet", key="7:check", state=JobState.FAILED.value, due_at=timezone.now(), problem="ValueError"
    )
    page = main_of(at_desk(world, "an").get("/quan-tri/viec-chay-nen/"))
    assert "Máy chủ thư không nhận tên hoặc mật khẩu. Xem lại tên và mật khẩu đã đặt cho máy chủ thư." in page
    assert "Kiểm tra hoặc ghi bảng nhập" in page
    assert page.count("/thu-lai/") == 1, "who brought the sheet was told, and brings it again"


def test_a_hundred_thousand_done_cost_the_page_no_more_than_ten(world: World) -> None:
    def plan() -> str:
        asked = Job.objects.filter(state=JobState.DONE).order_by("-pk")[:50]
        return str(asked.explain()) + str(Job.objects.filter(state=JobState.FAILED).explain())

    with transaction.atomic():
        ask_all("work.remind_one", [(str(n), {}) for n in range(2_000)])
    Job.objects.update(state=JobState.DONE.value, ended_at=timezone.now())
    if connection.vendor == "sqlite":  # PostgreSQL rightly reads so small a table whole
        assert "SCAN" not in plan()
        assert "TEMP B-TREE" not in plan(), "nothing is sorted"
    page = main_of(at_desk(world, "an").get("/quan-tri/viec-chay-nen/?state="))
    assert page.count("Nhắc việc một người") == 50


def test_others_see_nothing_of_it(world: World) -> None:
    job = failed(world)
    for name in ("lan", "minh", "dung", "chau"):
        client = at_desk(world, name)
        assert client.get("/quan-tri/viec-chay-nen/").status_code == 403
        assert client.post(f"/quan-tri/viec-chay-nen/{job.pk}/thu-lai/", {"version": 5}).status_code == 403


def test_the_queue_is_sifted_by_state(world: World) -> None:
    failed(world)
    with transaction.atomic():
        ask("work.remind", "2026-11-23", {})
    client = at_desk(world, "an")
    waiting = main_of(client.get("/quan-tri/viec-chay-nen/?state=waiting"))
    assert "Tìm người cần nhắc việc trong ngày" in waiting
    assert "22/11/2026 · 1" not in waiting
    both = main_of(client.get("/quan-tri/viec-chay-nen/?state="))
    assert "22/11/2026 · 1" in both
    assert "23/11/2026" in both
    assert client.get("/quan-tri/viec-chay-nen/?state=x&trang=10000").status_code == 200
