"""What was just done is taken back from the next page: every kind of deed, once, by whoever did it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from chithi.access.models import RoleGrant
from chithi.access.viewers import today
from chithi.journal.models import Entry
from chithi.org.models import Membership
from chithi.web import undo
from chithi.web.undo_ways import WAYS
from tests.doors.test_pages import signed_in
from tests.doors.undo_cases import (
    CASES,
    WHY,
    Deed,
    members_in,
    name_added,
    other_stays,
    stay_ended,
    template_retired,
    unread_row_dropped,
)
from tests.worlds import World

pytestmark = pytest.mark.django_db
KEY = re.compile(r'name="key" value="([\w-]+)"')


def told(client: Client, address: str) -> str:
    """A page as whoever did something sees it next."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def done(client: Client, deed: Deed) -> str:
    """Do it; the page that follows."""
    answer = client.post(deed.address, deed.form)
    assert answer.status_code == 302, answer.content.decode()
    return told(client, answer.headers["Location"])


def taken_back(client: Client, page: str) -> Any:
    """Press "Hoàn tác" on that page."""
    found = KEY.search(page)
    assert found, "nothing is offered to be undone"
    return client.post("/hoan-tac/", {"key": found[1]})


def deeds() -> int:
    return Entry.objects.everywhere(because=WHY).count()


def test_every_way_back_has_a_deed_that_is_tried_here() -> None:
    assert set(CASES) == set(WAYS)


@pytest.mark.parametrize("way", CASES)
def test_a_deed_is_taken_back_as_if_it_had_not_been_and_both_are_journalled(world: World, way: str) -> None:
    deed = CASES[way](world)
    before, written = deed.state(), deeds()
    client = signed_in(world, deed.who)
    page = done(client, deed)
    after, after_written = deed.state(), deeds()
    assert after != before
    assert after_written > written
    answer = taken_back(client, page)
    assert answer.status_code == 302, answer.content.decode()
    assert str(WAYS[way].said) in told(client, answer.headers["Location"])
    assert deed.state() == before
    assert deeds() > after_written
    assert taken_back(client, page).status_code == 400, "once only"
    assert deed.state() == before


def test_whatever_ended_in_the_register_of_people_goes_on(world: World) -> None:
    client = signed_in(world, "lan")
    for deed in other_stays(world):
        before = deed.state()
        page = done(client, deed)
        assert deed.state() != before, deed.address
        assert taken_back(client, page).status_code == 302, deed.address
        assert deed.state() == before, deed.address


def test_a_row_that_was_not_understood_comes_back_as_it_was_typed(world: World) -> None:
    deed = unread_row_dropped(world)
    before, client = deed.state(), signed_in(world, "an")
    page = done(client, deed)
    assert deed.state() != before
    assert taken_back(client, page).status_code == 302
    assert deed.state() == before


def test_the_line_is_shown_once_and_can_be_put_away_without_script(world: World) -> None:
    client = signed_in(world, "an")
    page = done(client, name_added(world))
    assert "Đã thêm tên gọi khác." in page
    assert '<a href="/quan-tri/ten-khac/" data-toast-close>' in page
    assert KEY.search(told(client, "/quan-tri/ten-khac/")) is None
    assert taken_back(client, page).status_code == 302, "an earlier window may still press it"


def test_nobody_takes_back_what_somebody_else_did(world: World) -> None:
    deed = stay_ended(world)
    page = done(signed_in(world, "lan"), deed)
    after = deed.state()
    for who in ("minh", "an"):
        answer = taken_back(signed_in(world, who), page)
        assert answer.status_code == 400
        assert "Không hoàn tác được nữa" in answer.content.decode()
    assert deed.state() == after


def test_what_was_changed_since_is_not_taken_back(world: World) -> None:
    deed = stay_ended(world)
    client = signed_in(world, "lan")
    page = done(client, deed)
    row = Membership.objects.everywhere(because=WHY).exclude(until=None).get()
    row.save()
    assert taken_back(client, page).status_code == 409
    assert Membership.objects.everywhere(because=WHY).get(pk=row.pk).until is not None


def test_whoever_lost_the_role_meanwhile_takes_nothing_back(world: World) -> None:
    deed = stay_ended(world)
    client = signed_in(world, "lan")
    page = done(client, deed)
    after = deed.state()
    RoleGrant.objects.everywhere(because=WHY).filter(user=world.users["lan"]).update(until=today())
    assert taken_back(client, page).status_code == 404
    assert deed.state() == after


def test_an_offer_ends_after_an_hour(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "SECONDS", -1)
    deed = name_added(world)
    client = signed_in(world, "an")
    page = done(client, deed)
    after = deed.state()
    assert taken_back(client, page).status_code == 400
    assert deed.state() == after


def test_the_last_five_deeds_can_be_taken_back_and_none_before_them(world: World) -> None:
    client = signed_in(world, "an")
    pages = []
    for number in range(undo.MOST + 1):
        deed = name_added(world)
        pages.append(done(client, Deed("an", deed.address, {**deed.form, "text": f"Xã số {number}"}, deed.state)))
    assert taken_back(client, pages[0]).status_code == 400
    assert [taken_back(client, page).status_code for page in pages[1:]] == [302] * undo.MOST


@pytest.mark.parametrize("key", [None, "", "x", "a" * 5000, "\x00"])
def test_a_key_that_is_none_is_refused_in_words(world: World, key: str | None) -> None:
    client = signed_in(world, "an")
    done(client, name_added(world))
    answer = client.post("/hoan-tac/", {} if key is None else {"key": key})
    assert answer.status_code == 400
    assert "Hãy sửa lại trên trang của nó" in answer.content.decode()
    assert client.get("/hoan-tac/").status_code == 405


def test_units_put_into_a_group_come_out_all_or_none(world: World) -> None:
    deed = members_in(world)
    client = signed_in(world, "an")
    page = done(client, deed)
    from chithi.org.models import GroupMember

    one = GroupMember.objects.everywhere(because=WHY).order_by("pk").last()
    assert one is not None
    one.save()
    assert taken_back(client, page).status_code == 409
    assert deed.state().whole == 2


def test_lists_end_a_row_at_once_from_today_or_on_a_day_that_is_chosen(world: World) -> None:
    client = signed_in(world, "an")
    member = CASES["member_out"](world)
    link = CASES["link_ended"](world)
    group = Entry.objects.everywhere(because=WHY).filter(verb="groups.made").values_list("about_id", flat=True).get()
    for page, deed in ((f"/quan-tri/nhom/{group}/", member), ("/quan-tri/gan/", link)):
        shown = told(client, page)
        assert f'<form method="post" action="{deed.address}">' in shown
        assert f'name="on" value="{today().isoformat()}"' in shown
        assert f'href="{deed.address}">Chọn ngày</a>' in shown
    grant = RoleGrant.objects.everywhere(because=WHY).get(user=world.users["lan"])
    account = told(client, f"/quan-tri/tai-khoan/{grant.user_id}/")
    assert f'<form method="post" action="/quan-tri/tai-khoan/vai-tro/{grant.pk}/thoi/">' in account
    assert f'<form method="post" action="/quan-tri/tai-khoan/{grant.user_id}/lam/dong/">' in account
    assert f'href="/quan-tri/tai-khoan/{grant.user_id}/lam/ket-thuc-phien/">' in account, "nothing leads back from it"


def test_offering_a_template_again_needs_no_way_back(world: World) -> None:
    deed = template_retired(world)
    client = signed_in(world, "dung")
    done(client, deed)
    again = done(client, Deed("dung", deed.address, {"dung": "1", "version": 2}, deed.state))
    assert "Mẫu lại được chọn khi lập báo cáo." in again
    assert KEY.search(again) is None
