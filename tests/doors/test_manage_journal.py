"""The journal and the state of the installation, as an administrator opens them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from chithi.access.models import RoleGrant
from chithi.freshness.actions import beat, mark
from chithi.freshness.models import Mark
from chithi.freshness.queries import last_beat, waiting
from chithi.journal.actions import record
from chithi.journal.models import Entry
from chithi.journal.words import TOPICS, WORDS, told
from tests.worlds import World, build_world

pytestmark = pytest.mark.django_db
ADDRESS = "/quan-tri/nhat-ky/"


@pytest.fixture
def world() -> World:
    world = build_world()
    Entry.objects.everywhere(because="the test begins with an empty journal").delete()
    record("org.plan_applied", by=world.viewer("an"), unit_id=world.unit("A"), events=3)
    record("indicators.stated", by=world.viewer("minh"), unit_id=world.unit("A11"), period="2025")
    record("narrative.taken_in", by=None, unit_id=world.unit("B1"))
    return world


def asked(world: World, who: str, **query: str) -> Any:
    client = Client()
    client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    return client.get(ADDRESS, query)


def shown(world: World, **query: str) -> list[str]:
    answer = asked(world, "an", **query)
    assert answer.status_code == 200, answer.content.decode()
    return [row["text"] for row in answer.context["listing"]["rows"]]


def test_deeds_are_told_in_words_newest_first(world: World) -> None:
    assert shown(world) == ["Đưa văn bản vào", "Ghi số, kỳ 2025", "Áp dụng phương án sắp xếp (3 việc)"]


def test_a_unit_shows_what_happened_in_it_and_below(world: World) -> None:
    assert shown(world, unit="A") == ["Ghi số, kỳ 2025", "Áp dụng phương án sắp xếp (3 việc)"]
    assert shown(world, unit="a11") == ["Ghi số, kỳ 2025"]


def test_each_filter_narrows(world: World) -> None:
    assert shown(world, topic="org") == ["Áp dụng phương án sắp xếp (3 việc)"]
    assert shown(world, by="Minh ") == ["Ghi số, kỳ 2025"]
    today = timezone.localdate()
    assert len(shown(world, since=today.isoformat(), until=today.isoformat())) == 3
    assert shown(world, until=(today - timedelta(days=1)).isoformat()) == []
    assert shown(world, since=(today + timedelta(days=1)).isoformat()) == []


@pytest.mark.parametrize(
    "query",
    [
        {"unit": "nowhere"},
        {"unit": "9" * 40},
        {"by": "nobody"},
        {"by": "x\x00"},
        {"unit": "\x00"},
        {"topic": "'; drop"},
        {"since": "31/02/2025"},
        {"since": "not a day"},
        {"until": "9" * 400},
    ],
)
def test_a_wrong_filter_is_said_beside_its_field_and_nothing_is_listed(world: World, query: dict[str, str]) -> None:
    answer = asked(world, "an", **query)
    assert answer.status_code == 400
    assert list(answer.context["filter"].errors) == list(query)
    assert answer.context["listing"]["rows"] == []


def test_the_last_days_of_the_calendar_are_no_failure(world: World) -> None:
    assert shown(world, since="0001-01-01", until="9999-12-31") != []


def test_a_page_beyond_the_last_is_empty_and_leads_back(world: World) -> None:
    answer = asked(world, "an", trang="99")
    assert answer.context["listing"]["rows"] == []
    assert answer.status_code == 200


def test_pages_hold_fifty_and_say_of_how_many(world: World) -> None:
    for n in range(60):
        record("indicators.stated", by=None, unit_id=world.unit("A11"), period=str(n))
    answer = asked(world, "an")
    assert len(answer.context["listing"]["rows"]) == 50
    assert answer.context["listing"]["pager"]["text"] == "1–50 của 63"
    assert len(asked(world, "an", trang="2").context["listing"]["rows"]) == 13


def test_an_administrator_of_a_district_sees_that_district_only(world: World) -> None:
    from chithi.access.actions import grant, open_account
    from chithi.access.roles import Role

    user = open_account(username="quan", name="Quản", password="một mật khẩu dài")
    grant(by=None, user=user, role=Role.ADMINISTRATOR, unit_id=world.unit("B"), since=date(2010, 1, 1))
    world.users["quan"] = user
    rows = [row["text"] for row in asked(world, "quan").context["listing"]["rows"]]
    assert rows[-1] == "Đưa văn bản vào"
    assert "Ghi số, kỳ 2025" not in rows
    assert asked(world, "quan", unit="A").status_code == 400


def test_somebody_without_the_right_is_told_so(world: World) -> None:
    assert asked(world, "minh").status_code == 403


def test_every_verb_has_a_topic_and_both_languages() -> None:
    for verb, (vi, en) in WORDS.items():
        assert verb.split(".")[0] in TOPICS
        assert vi
        assert en
        assert vi != en
        assert told(verb, {}, "vi")
        assert told(verb, {}, "en")


def test_a_role_given_says_which_one_and_to_whom_and_opens_the_account(world: World) -> None:
    lan = world.users["lan"]
    giving = RoleGrant.objects.everywhere(because="the test tells of it").get(user=lan)
    record("access.granted", by=world.viewer("an"), unit_id=world.unit("A11"), about=giving, role="secretary")
    record("access.ended", by=world.viewer("an"), unit_id=world.unit("A11"), about=lan, role="nobody_knows")
    ended, given = asked(world, "an").context["listing"]["rows"][:2]
    assert (given["text"], given["note"]) == ("Giao vai trò Bí thư chi bộ", "Lan (lan)")
    assert (ended["text"], ended["note"]) == ("Thôi giao vai trò nobody_knows", "Lan (lan)")
    assert given["href"] == ended["href"] == f"/quan-tri/tai-khoan/{lan.pk}/"


def test_days_periods_and_kinds_stand_as_people_write_them(world: World) -> None:
    unit, by = world.unit("A11"), world.viewer("an")
    record("org.exempted", by=by, unit_id=unit, on="2026-03-01")
    record("org.exempted", by=by, unit_id=unit, on="2026-13-01")
    record("indicators.stated", by=by, unit_id=unit, period="2026-Q3")
    record("privacy.removed", by=by, unit_id=unit, kind="person_name", count=2, digest="x")
    removed, stated, odd, exempted = shown(world)[:4]
    assert removed.startswith("Thay hoặc xóa 2 mục hết hạn: Họ tên")
    assert stated == "Ghi số, kỳ Q.III/2026"
    assert odd == "Cho miễn công tác, sinh hoạt từ 2026-13-01"
    assert exempted == "Cho miễn công tác, sinh hoạt từ 1/3/2026"


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_file_holds_what_the_filter_lists(world: World, ending: str) -> None:
    from chithi.sheets import read

    client = Client()
    client.force_login(world.users["an"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"{ADDRESS}tep.{ending}", {"unit": "A"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = read(content, f"nhat-ky.{ending}")[0].rows
    assert [row[1:5] for row in rows[1:]] == [
        ("Ghi số, kỳ 2025", "A11", "Chi bộ thôn Hòa Một", "Minh"),
        ("Áp dụng phương án sắp xếp (3 việc)", "A", "Đảng bộ huyện An", "An"),
    ]


def test_a_file_asked_for_wrongly_leads_to_the_page_that_says_why(world: World) -> None:
    client = Client()
    client.force_login(world.users["an"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"{ADDRESS}tep.csv", {"unit": "nowhere"})["Location"] == f"{ADDRESS}?unit=nowhere"
    assert client.get(f"{ADDRESS}tep.exe").status_code == 404


def state(world: World) -> dict[str, Any]:
    client = Client()
    client.force_login(world.users["an"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/quan-tri/tinh-trang/")
    assert answer.status_code == 200
    return {row["text"]: row["cells"][0].get("status") for row in answer.context["listing"]["rows"]}


def test_the_state_says_what_waits_and_for_how_long(world: World) -> None:
    Mark.objects.everywhere(because="the test begins fresh").delete()
    assert waiting().marks == 0
    assert state(world)["Cộng số lên cấp trên"] == "good"
    mark([world.unit("A11")], first=date(2025, 1, 1))
    assert (waiting().marks, state(world)["Cộng số lên cấp trên"]) == (1, "good")
    Mark.objects.everywhere(because="a test grows older").update(at=timezone.now() - timedelta(minutes=5))
    assert state(world)["Cộng số lên cấp trên"] == "late"


def test_the_state_says_whether_the_worker_is_at_work(world: World) -> None:
    from chithi.freshness.models import Beat

    Beat.objects.all().delete()
    assert (last_beat("worker"), state(world)["Máy cộng số chạy nền"]) == (None, "late")
    beat("worker")
    beat("worker")
    assert Beat.objects.count() == 1
    assert state(world)["Máy cộng số chạy nền"] == "good"
    Beat.objects.update(at=datetime(2020, 1, 1, tzinfo=timezone.get_current_timezone()))
    assert state(world)["Máy cộng số chạy nền"] == "late"


def test_the_state_knows_the_store_and_its_tables(world: World) -> None:
    assert state(world)["Bảng dữ liệu"] == "good"
    assert state(world)["Kho dữ liệu"] == "good"


def test_sizes_are_said_as_people_say_them() -> None:
    from chithi.web.manage.health import size_text

    assert size_text(312 * 1024**2) == "312 MB"
    assert size_text(41 * 1024**3 + 400 * 1024**2) == "41,3 GB"


def test_a_deed_about_a_group_an_import_or_an_indicator_opens_it(world: World) -> None:
    from chithi.imports.actions import bring
    from chithi.imports.kinds import ImportKind
    from chithi.indicators.models import Indicator
    from chithi.org.groups import Named, make_group
    from chithi.org.kinds import GroupKind

    by = world.viewer("an")
    group = make_group(by=by, unit_id=world.unit("T"), said=Named("Đơn vị điểm", GroupKind.PILOT))
    batch = bring(by=by, kind=ImportKind.PEOPLE, unit_id=world.unit("T"), filename="a.csv", data=b"Ho ten\nLan\n")
    indicator = Indicator.objects.order_by("pk")[0]
    record("indicators.defined", by=by, unit_id=world.unit("T"), about=indicator, indicator=indicator.code)
    defined, brought, made = asked(world, "an").context["listing"]["rows"][:3]
    assert made["href"] == f"/quan-tri/nhom/{group.pk}/"
    assert brought["href"] == f"/quan-tri/nhap-xuat/{batch.pk}/"
    assert defined["href"] == f"/quan-tri/chi-tieu/{indicator.pk}/"
    client = Client()
    client.force_login(world.users["an"], backend="django.contrib.auth.backends.ModelBackend")
    assert [client.get(row["href"]).status_code for row in (made, brought, defined)] == [200, 200, 200]


def test_a_deed_about_a_task_or_a_document_opens_it_where_the_reader_may_see_it(world: World) -> None:
    from chithi.directives.actions import draft, enter
    from chithi.directives.rules import Written
    from tests.task_world import task_in

    task, chau, unit = task_in(world, "A11"), world.viewer("chau"), world.unit("A11")
    begun = draft(by=chau, unit_id=unit, written=Written("plan", "Kế hoạch", ""))
    out = enter(by=chau, unit_id=unit, written=Written("plan", "Kế hoạch", "", "01-KH/CB", date(2026, 10, 1)))
    hrefs = [row["href"] for row in asked(world, "an").context["listing"]["rows"]]
    assert {f"/nhiem-vu/{task.pk}/", f"/chi-dao/{out.pk}/"} <= set(hrefs)
    assert f"/chi-dao/{begun.pk}/" not in hrefs, "a draft is read by those who write for its unit"
