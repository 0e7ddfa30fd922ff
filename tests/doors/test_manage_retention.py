"""Administration: how long personal data is kept, one person's request, other names of units."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from chithi.org.models import Membership, Person
from chithi.org.spelling import respell_people
from chithi.org.spellings import OtherName
from chithi.privacy.kinds import Kept
from chithi.privacy.models import Hold, Rule
from chithi.privacy.queries import rules_now
from chithi.privacy.rules import pseudonym
from chithi.text.vietnamese import fold
from tests.worlds import World

pytestmark = pytest.mark.django_db
BASE = "/quan-tri/luu-giu/"
WHY = "a test"


def at(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def gone(world: World) -> Person:
    """Somebody who left long ago."""
    someone = Person.objects.create(name="Tạ Quang Khuyết", folded=fold("Tạ Quang Khuyết"), birth_year=1950)
    unit = world.units["B11"]
    Membership.objects.create(person=someone, unit=unit, since=date(2001, 1, 1), until=date(2010, 1, 1))
    respell_people([someone.pk])
    return someone


def body(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def test_the_rules_are_listed_with_what_they_do_and_nobody_else_sees_them(world: World) -> None:
    page = body(at(world, "an").get(BASE))
    for said in ("Họ tên", "10\u00a0năm", "giữ\u00a0mãi", "Lý do miễn công tác, sinh hoạt", "khi có người làm"):
        assert said in page, said
    assert BASE in body(at(world, "an").get("/quan-tri/"))
    for who in ("lan", "minh", "chau"):
        assert at(world, who).get(BASE).status_code == 403
        assert BASE not in at(world, who).get("/quan-tri/").content.decode()


def rule(**changes: Any) -> dict[str, Any]:
    return {"months": "60", "basis": "Quyết định số 5", "seen": "0", **changes}


def test_a_rule_is_changed_and_told(world: World) -> None:
    client = at(world, "an")
    assert client.post(f"{BASE}person_name/sua/", rule(automatic="on")).status_code == 302
    now = rules_now()[Kept.PERSON_NAME]
    assert (now.months, now.automatic, now.basis) == (60, True, "Quyết định số 5")
    page = body(client.get(BASE))
    assert "5\u00a0năm" in page
    assert "mỗi đêm" in page
    assert client.post(f"{BASE}person_name/sua/", rule(months="", seen=str(now.id))).status_code == 302
    assert rules_now()[Kept.PERSON_NAME].months is None


@pytest.mark.parametrize("months", ["0", "23", "-1", "1201", "9" * 40, "mười", "12.5", "1e9"])
def test_no_time_below_the_floor_or_beyond_sense(world: World, months: str) -> None:
    page = body(at(world, "an").post(f"{BASE}person_name/sua/", rule(months=months)), 400)
    assert f'value="{months}"' in page
    assert "Quyết định số 5" in page
    assert Rule.objects.count() == 0


def test_a_rule_somebody_else_changed_meanwhile_is_not_overwritten(world: World) -> None:
    client = at(world, "an")
    client.post(f"{BASE}notes/sua/", rule())
    assert client.post(f"{BASE}notes/sua/", rule(months="48")).status_code in (400, 409)
    assert Rule.objects.count() == 1
    for wrong in ({"seen": ""}, {"seen": "-1"}, {"seen": "9" * 30}):
        assert client.post(f"{BASE}notes/sua/", rule(**wrong)).status_code == 400


def test_what_is_due_is_counted_by_unit_and_done_only_after_a_second_yes(world: World, gone: Person) -> None:
    client = at(world, "an")
    page = body(client.get(f"{BASE}person_name/"))
    assert "Có 1 mục đến hạn." in page
    assert "Chi bộ thôn Bình" in page
    assert "Khuyết" not in page
    assert "không khôi phục được" in body(client.post(f"{BASE}person_name/", {}), 400)
    assert _name(gone) == "Tạ Quang Khuyết"
    assert client.post(f"{BASE}person_name/", {"sure": "on"}).status_code == 302
    assert _name(gone) == pseudonym(gone.key)
    assert "Hôm nay không có gì đến hạn" in body(client.get(f"{BASE}person_name/"))
    told = body(client.get(f"{BASE}da-lam/"))
    assert "Họ tên: 1" in told
    assert "Khuyết" not in told


def _name(person: Person) -> str:
    return Person.objects.everywhere(because=WHY).get(pk=person.pk).name


@pytest.mark.parametrize("kind", ["nobody", "PERSON_NAME", "da-lam-gi", "x" * 200])
def test_an_unknown_kind_is_no_page(world: World, kind: str) -> None:
    for address in (f"{BASE}{kind}/", f"{BASE}{kind}/sua/"):
        assert at(world, "an").get(address).status_code == 404


def test_every_kind_has_its_two_pages(world: World) -> None:
    client = at(world, "an")
    for kind in Kept:
        assert client.get(f"{BASE}{kind.value}/").status_code == 200
        assert client.get(f"{BASE}{kind.value}/sua/").status_code == 200


def test_a_person_is_found_held_released_and_the_name_replaced(world: World, gone: Person) -> None:
    client, page = at(world, "an"), f"{BASE}nguoi/{gone.pk}/"
    assert page in body(client.get(f"{BASE}nguoi/", {"ten": "khuyet"}))
    for empty in ("", "   ", "\u200b"):
        assert client.post(f"{page}giu/", {"reason": empty}).status_code == 400
    assert client.post(f"{page}giu/", {"reason": "Đang giải quyết đơn"}).status_code == 302
    assert "Đang giải quyết đơn" in body(client.get(f"{BASE}nguoi/"))
    assert client.get(f"{page}thay-ten/").status_code == 400
    held = Hold.objects.everywhere(because=WHY).get()
    assert client.post(f"{page}thoi-giu/", {"version": "77"}).status_code == 409
    assert client.post(f"{page}thoi-giu/", {"version": held.version}).status_code == 302
    assert client.post(f"{page}thoi-giu/", {"version": held.version}).status_code == 404
    assert pseudonym(gone.key) in body(client.get(f"{page}thay-ten/"))
    sent = {"reason": "Đơn 12", "sure": "on", "version": str(gone.version)}
    for wrong in ({"reason": ""}, {"sure": ""}, {"version": "9" * 25}, {"version": "7"}):
        assert client.post(f"{page}thay-ten/", {**sent, **wrong}).status_code in (400, 409), wrong
    assert _name(gone) == "Tạ Quang Khuyết"
    assert client.post(f"{page}thay-ten/", sent).status_code == 302
    shown = body(client.get(page))
    assert pseudonym(gone.key) in shown
    assert "Khuyết" not in shown
    assert client.post(f"{page}thay-ten/", {**sent, "version": "2"}).status_code in (400, 409)


def test_whoever_is_still_there_cannot_be_forgotten_and_the_page_says_why(world: World, gone: Person) -> None:
    Membership.objects.everywhere(because=WHY).filter(person=gone).update(until=None)
    page = body(at(world, "an").get(f"{BASE}nguoi/{gone.pk}/"))
    assert "còn sinh hoạt" in page
    assert "thay-ten" not in page


@pytest.mark.parametrize("person", ["0", "999999", "9" * 30])
def test_a_person_who_is_not_there_is_no_page(world: World, person: str) -> None:
    client = at(world, "an")
    for tail in ("", "thay-ten/"):
        assert client.get(f"{BASE}nguoi/{person}/{tail}").status_code == 404
    for tail in ("giu/", "thoi-giu/"):
        assert client.post(f"{BASE}nguoi/{person}/{tail}", {"reason": "x", "version": "1"}).status_code == 404


def test_others_are_let_in_nowhere(world: World, gone: Person) -> None:
    for who in ("lan", "minh", "dung", "chau"):
        client = at(world, who)
        for address in (
            f"{BASE}da-lam/", f"{BASE}notes/", f"{BASE}notes/sua/", f"{BASE}nguoi/", f"{BASE}nguoi/{gone.pk}/",
        ):  # fmt: skip
            assert client.get(address).status_code == 403, (who, address)
        for tail in ("giu/", "thoi-giu/", "thay-ten/"):
            sent = {"reason": "x", "sure": "on", "version": "1"}
            assert client.post(f"{BASE}nguoi/{gone.pk}/{tail}", sent).status_code == 403
        assert client.post(f"{BASE}person_name/", {"sure": "on"}).status_code == 403
    assert _name(gone) == "Tạ Quang Khuyết"


def test_another_name_is_added_found_and_taken_away(world: World) -> None:
    client = at(world, "an")
    assert client.post("/quan-tri/ten-khac/", {"unit": "A12", "text": "xóm Chùa"}).status_code == 302
    assert "Chi bộ thôn Hòa Hai" in body(client.get("/quan-tri/ten-khac/"))
    assert f"/don-vi/{world.unit('A12')}/" in body(at(world, "dung").get("/tim/", {"q": "xom chua"}))
    twice = body(client.post("/quan-tri/ten-khac/", {"unit": "A12", "text": "xóm Chùa"}), 400)
    assert "đã có tên gọi này" in twice
    row = OtherName.objects.everywhere(because=WHY).get()
    drop = f"/quan-tri/ten-khac/{row.pk}/bo/"
    assert client.post(drop, {"version": "5"}).status_code == 409
    assert client.post(drop).status_code == 409
    assert client.post(drop, {"version": "1"}).status_code == 302
    assert client.post(drop, {"version": "1"}).status_code == 404
    assert client.post("/quan-tri/ten-khac/999999999999999999999/bo/", {"version": "1"}).status_code == 404
    assert f"/don-vi/{world.unit('A12')}/" not in body(at(world, "dung").get("/tim/", {"q": "xom chua"}))


@pytest.mark.parametrize("text", ["", "   ", "…", "a" * 81, "\u200b"])
def test_a_name_without_a_word_or_too_long_is_refused(world: World, text: str) -> None:
    assert at(world, "an").post("/quan-tri/ten-khac/", {"unit": "A12", "text": text}).status_code == 400
    assert not OtherName.objects.everywhere(because=WHY).exists()


def test_other_names_are_for_whoever_looks_after_the_tree(world: World) -> None:
    for who in ("lan", "minh", "chau"):
        assert at(world, who).get("/quan-tri/ten-khac/").status_code == 403
        assert at(world, who).post("/quan-tri/ten-khac/", {"unit": "A11", "text": "x"}).status_code == 403
