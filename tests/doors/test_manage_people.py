"""The register of people as its keepers use it: lists, lives, acts, and what they are told when it does not go."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chithi.org.models import Employment, Exemption, Membership, Person, Post
from tests.worlds import BEGAN, World, add_members

pytestmark = pytest.mark.django_db
BECAUSE = "the tests look at everything"


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def peopled(world: World) -> World:
    """Three members in A11, one in A12 and B11; one of A11 exempt, one secretary; a teacher outside the Party in A1."""
    first, second, _third = add_members(world.units["A11"], 3)
    add_members(world.units["A12"], 1)
    add_members(world.units["B11"], 1)
    Exemption.objects.create(person=second, unit=world.units["A11"], since=BEGAN, reason="tuổi cao")
    Post.objects.create(person=first, unit=world.units["A11"], title="Bí thư chi bộ", is_head=True, since=BEGAN)
    teacher = Person.objects.create(name="Lò Thị Mẩy", folded="lo thi may", birth_year=1988)
    Employment.objects.create(person=teacher, unit=world.units["A1"], kind="public_employee", since=BEGAN)
    return world


def member(world: World, code: str, at: int = 0) -> Membership:
    rows = Membership.objects.everywhere(because=BECAUSE).filter(unit_id=world.unit(code)).order_by("pk")
    return rows[at]


def listed(client: Client, address: str) -> list[str]:
    """The names in the first column of a list."""
    answer = client.get(address)
    assert answer.status_code == 200
    return re.findall(r'<th scope="row"[^>]*>(?:<a[^>]*>)?([^<]+)', answer.content.decode())


def page(answer: Any) -> str:
    return str(answer.content.decode())


# Lists


def test_the_list_holds_the_people_of_the_own_reach_and_no_others(peopled: World) -> None:
    assert listed(signed_in(peopled, "lan"), "/quan-tri/nguoi/") == [f"Đảng viên A11 {n}" for n in range(3)]
    assert len(listed(signed_in(peopled, "minh"), "/quan-tri/nguoi/")) == 5
    assert len(listed(signed_in(peopled, "an"), "/quan-tri/nguoi/")) == 6
    for name in ("dung", "chau"):
        assert signed_in(peopled, name).get("/quan-tri/nguoi/").status_code == 403


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("don-vi=A11", ["Đảng viên A11 0", "Đảng viên A11 1", "Đảng viên A11 2"]),
        ("don-vi=A1&rieng=on", ["Lò Thị Mẩy"]),
        ("loai=mien", ["Đảng viên A11 1"]),
        ("loai=chuc-vu", ["Đảng viên A11 0"]),
        ("loai=ngoai-dang", ["Lò Thị Mẩy"]),
        ("loai=can-bo", ["Lò Thị Mẩy"]),
        ("loai=chu-chot", []),
        ("loai=du-bi", []),
        ("ten=may+lo", ["Lò Thị Mẩy"]),
        ("ten=a12", ["Đảng viên A12 0"]),
        ("loai=dang-vien&ten=mẩy", []),
    ],
)
def test_the_list_is_narrowed_by_unit_sort_and_name(peopled: World, asked: str, found: list[str]) -> None:
    assert listed(signed_in(peopled, "minh"), f"/quan-tri/nguoi/?{asked}") == found


@pytest.mark.parametrize("asked", ["don-vi=B1", "don-vi=khong-co", "loai=xyz", "don-vi=%00", "ten=" + "x" * 300])
def test_a_filter_that_cannot_be_is_said_beside_its_field(peopled: World, asked: str) -> None:
    answer = signed_in(peopled, "minh").get(f"/quan-tri/nguoi/?{asked}")
    assert answer.status_code == 400
    assert "Chi bộ thôn Bình" not in page(answer)


def test_the_list_costs_the_same_for_three_people_and_for_fifty(peopled: World) -> None:
    client = signed_in(peopled, "minh")

    def cost() -> int:
        client.get("/quan-tri/nguoi/")
        with CaptureQueriesContext(connection) as counted:
            client.get("/quan-tri/nguoi/")
        return len(counted)

    before = cost()
    add_members(peopled.units["A12"], 60)
    assert cost() <= before + 1, "one more where the list names no unit that the frame had read already"
    assert "1–50 của 65" in page(client.get("/quan-tri/nguoi/"))
    assert len(listed(client, "/quan-tri/nguoi/?trang=2")) == 15
    assert listed(client, "/quan-tri/nguoi/?trang=9999") == []


# One person


def test_a_life_shows_what_lies_in_reach_and_says_that_there_is_more(peopled: World) -> None:
    row = member(peopled, "A11")
    Membership.objects.create(person_id=row.person_id, unit=peopled.units["B11"], since=date(2020, 1, 1))
    clerk = page(signed_in(peopled, "minh").get(f"/quan-tri/nguoi/{row.person_id}/"))
    assert "Bí thư chi bộ (người đứng đầu)" in clerk
    assert "còn có mục ở đơn vị ngoài phạm vi" in clerk
    assert "Chi bộ thôn Bình" not in clerk
    everything = page(signed_in(peopled, "an").get(f"/quan-tri/nguoi/{row.person_id}/"))
    assert "Chi bộ thôn Bình" in everything
    assert "còn có mục" not in everything


@pytest.mark.parametrize("name", ["hoa", "dung", "chau"])
def test_a_person_out_of_reach_is_not_there(peopled: World, name: str) -> None:
    row = member(peopled, "A11")
    client = signed_in(peopled, name)
    for address in (
        f"/quan-tri/nguoi/{row.person_id}/",
        f"/quan-tri/nguoi/{row.person_id}/sua/",
        f"/quan-tri/nguoi/mien/{row.pk}/",
        f"/quan-tri/nguoi/chuyen/{row.pk}/",
        f"/quan-tri/nguoi/thoi/dang-vien/{row.pk}/",
        "/quan-tri/nguoi/999999999999999999999999/",
    ):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"on": "2025-01-01", "version": 1}).status_code in (404, 405), address


# Acts


JOIN = {"name": "Vũ Thị Sen", "birth_year": "1990", "unit": "A11", "since": "01/03/2025"}


def test_somebody_new_joins_and_their_page_opens(peopled: World) -> None:
    client = signed_in(peopled, "lan")
    answer = client.post("/quan-tri/nguoi/them/dang-vien/", JOIN | {"probationary": "on"}, follow=True)
    assert "Vũ Thị Sen" in page(answer)
    assert "Đảng viên dự bị" in page(answer)
    assert "Đã ghi, từ ngày 1/3/2025" in page(answer)


def test_a_namesake_is_asked_about_before_somebody_is_written_down_twice(peopled: World) -> None:
    client, people = signed_in(peopled, "minh"), Person.objects.everywhere(because=BECAUSE)
    client.post("/quan-tri/nguoi/them/dang-vien/", JOIN)
    known = people.get(name="Vũ Thị Sen")
    again = JOIN | {"unit": "A12"}
    answer = client.post("/quan-tri/nguoi/them/dang-vien/", again)
    assert answer.status_code == 400
    assert "Vũ Thị Sen · sinh năm 1990 · Chi bộ thôn Hòa Một" in page(answer)
    assert client.post("/quan-tri/nguoi/them/dang-vien/", again | {"who": "999999"}).status_code == 400
    client.post("/quan-tri/nguoi/them/dang-vien/", again | {"who": str(known.pk)})
    assert people.filter(name="Vũ Thị Sen").count() == 1
    client.post("/quan-tri/nguoi/them/dang-vien/", again | {"who": "moi"})
    assert people.filter(name="Vũ Thị Sen").count() == 2
    assert client.post("/quan-tri/nguoi/them/dang-vien/", again | {"birth_year": "1991"}).status_code == 302


def test_a_namesake_out_of_reach_is_not_betrayed(peopled: World) -> None:
    stranger = Person.objects.everywhere(because=BECAUSE).get(name="Đảng viên B11 0")
    answer = signed_in(peopled, "lan").post("/quan-tri/nguoi/them/dang-vien/", JOIN | {"name": stranger.name})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Họ tên"),
        ({"name": "‏​"}, "Hãy ghi họ tên"),
        ({"birth_year": "1700"}, "Năm sinh 1700"),
        ({"birth_year": "9" * 30}, "Năm sinh"),
        ({"unit": "A12"}, "phạm vi"),
        ({"unit": ""}, "Chi bộ"),
        ({"since": "31/02/2025"}, "Hãy ghi ngày như 01/07/2025"),
        ({"since": "01/01/2090"}, "chỉ nhận từ"),
        ({"since": "01/01/2009"}, "chưa hoạt động"),
        ({"since": ""}, "Từ ngày"),
    ],
)
def test_a_form_that_cannot_be_is_shown_again_with_what_was_typed(
    peopled: World, wrong: dict[str, str], said: str
) -> None:
    people = Person.objects.everywhere(because=BECAUSE).count()
    answer = signed_in(peopled, "lan").post("/quan-tri/nguoi/them/dang-vien/", JOIN | wrong)
    assert answer.status_code == 400
    assert said in page(answer)
    assert "01/03/2025" in page(answer) or "since" in wrong
    assert Person.objects.everywhere(because=BECAUSE).count() == people


def test_a_known_person_takes_a_post_and_works_in_an_agency(peopled: World) -> None:
    client, row = signed_in(peopled, "minh"), member(peopled, "A11", 2)
    client.post(
        f"/quan-tri/nguoi/them/chuc-vu/?nguoi={row.person_id}",
        {"title": "Phó bí thư", "is_key_leader": "on", "unit": "A11", "since": "2025-01-01"},
    )
    answer = client.post(
        f"/quan-tri/nguoi/them/lam-viec/?nguoi={row.person_id}",
        {"kind": "civil_servant", "unit": "A1", "since": "2025-01-01"},
        follow=True,
    )
    assert "Phó bí thư (cán bộ chủ chốt)" in page(answer)
    assert "Công chức" in page(answer)
    stranger = member(peopled, "B11").person_id
    assert client.get(f"/quan-tri/nguoi/them/chuc-vu/?nguoi={stranger}").status_code == 404
    assert client.get("/quan-tri/nguoi/them/gi-do/").status_code == 404


@pytest.mark.parametrize("what", ["dang-vien", "chuc-vu", "mien", "lam-viec"])
def test_each_kind_of_row_ends_on_a_day_once(peopled: World, what: str) -> None:
    models = {"dang-vien": Membership, "chuc-vu": Post, "mien": Exemption, "lam-viec": Employment}
    rows = models[what].objects.everywhere(because=BECAUSE)
    row, client = rows.order_by("pk")[0], signed_in(peopled, "minh")
    address = f"/quan-tri/nguoi/thoi/{what}/{row.pk}/"
    assert client.get(address).status_code == 200
    stale = client.post(address, {"on": "2025-01-01", "version": 7})
    assert stale.status_code == 400
    assert "đã được người khác sửa" in page(stale) or "vừa" in page(stale)
    early = client.post(address, {"on": "2009-01-01", "version": 1})
    assert "sau ngày bắt đầu" in page(early)
    assert client.post(address, {"on": "2025-01-01"}).status_code == 400
    assert client.post(address, {"on": "2025-01-01", "version": 1}).status_code == 302
    assert rows.get(pk=row.pk).until == date(2025, 1, 1)
    assert "đã kết thúc" in page(client.post(address, {"on": "2025-01-01", "version": 2}))


def test_a_member_is_exempt_and_comes_off_the_list_of_those_who_may_be(peopled: World) -> None:
    client, row = signed_in(peopled, "lan"), member(peopled, "A11", 2)
    address = f"/quan-tri/nguoi/mien/{row.pk}/"
    wrong = client.post(address, {"since": "2025-05-01", "until": "2025-04-01"})
    assert "sau ngày bắt đầu" in page(wrong)
    told = client.post(address, {"since": "2025-05-01", "reason": "ốm <b>nặng</b>"}, follow=True)
    assert "ốm &lt;b&gt;nặng&lt;/b&gt;" in page(told)
    assert "Cho miễn" not in page(told)
    assert "Trùng thời gian" in page(client.post(address, {"since": "2025-06-01"}))


def test_a_name_is_put_right_and_a_stale_form_changes_nothing(peopled: World) -> None:
    row, client = member(peopled, "A11"), signed_in(peopled, "lan")
    address = f"/quan-tri/nguoi/{row.person_id}/sua/"
    assert client.post(address, {"name": "Trần Thị Hoà", "birth_year": "1980", "version": 1}).status_code == 302
    person = Person.objects.everywhere(because=BECAUSE).get(pk=row.person_id)
    assert (person.name, person.birth_year, person.version) == ("Trần Thị Hòa", 1980, 2)
    assert client.post(address, {"name": "X", "version": 1}).status_code == 400
    assert Person.objects.everywhere(because=BECAUSE).get(pk=row.person_id).name == "Trần Thị Hòa"


def test_the_journal_tells_a_correction_without_the_name(peopled: World) -> None:
    from chithi.journal.models import Entry

    row = member(peopled, "A11")
    form = {"name": "Trần Thị Hòa", "birth_year": "1980", "version": 1}
    signed_in(peopled, "lan").post(f"/quan-tri/nguoi/{row.person_id}/sua/", form)
    entry = Entry.objects.everywhere(because=BECAUSE).get(verb="org.person_corrected")
    assert (entry.unit_id, entry.facts) == (peopled.unit("A11"), {"changed": ["name", "birth_year"]})
