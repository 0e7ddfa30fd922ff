"""The search page and what opens under the field of the top bar."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from chithi.org.actions import rename
from chithi.org.people import NewPerson, join
from tests.worlds import World

pytestmark = pytest.mark.django_db

OFFERS = {"HX-Request": "true", "HX-Target": "search-offers"}
RESULTS = {"HX-Request": "true", "HX-Target": "found"}


def at(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(client: Client, text: str, headers: dict[str, str] | None = None) -> str:
    answer = client.get("/tim/", {"q": text}, headers=headers or {})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_finds_a_unit_and_says_what_stands_over_it(world: World) -> None:
    page = asked(at(world, "dung"), "hoa hai")
    assert f'href="/don-vi/{world.unit("A12")}/"' in page
    assert "Đảng bộ xã An Một" in page
    assert "<html" in page


def test_what_opens_under_the_field_is_the_list_alone_and_nothing_where_nothing_is_asked(world: World) -> None:
    client = at(world, "dung")
    offered = asked(client, "hoa hai", OFFERS)
    assert "<html" not in offered
    assert f'class="search-offer" href="/don-vi/{world.unit("A12")}/"' in offered
    assert asked(client, "", OFFERS).strip() == ""
    assert "<html" not in asked(client, "hoa hai", RESULTS)


def test_an_old_name_is_told_with_its_end(world: World) -> None:
    rename(
        by=world.viewer("an"), unit_id=world.unit("A2"), name="Đảng bộ xã Mới", short_name="Mới", on=date(2024, 7, 1)
    )
    assert "tên cũ đến 1/7/2024: Đảng bộ xã An Hai" in asked(at(world, "dung"), "an hai")


def test_people_stand_in_the_answer_for_those_who_may_know_them_and_leave_no_trace_for_others(world: World) -> None:
    someone = NewPerson("Phạm Quốc Dũng", 1975)
    join(by=world.viewer("an"), person=someone, unit_id=world.unit("A12"), since=date(2020, 1, 1))
    for headers in ({}, OFFERS, RESULTS):
        found = asked(at(world, "minh"), "dung quoc", headers)
        assert "Phạm Quốc Dũng" in found
        assert "sinh năm 1975" in found
        for who in ("lan", "dung", "chau"):
            outside, nobody = (asked(at(world, who), text, headers) for text in ("dung quoc", "dung quoz"))
            assert _bare(outside, "dung quoc") == _bare(nobody, "dung quoz"), who


def _bare(page: str, typed: str) -> str:
    """The page without what differs on every visit and what was typed."""
    import re

    page = re.sub(r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"', "", page)
    return page.replace(typed, "").replace(typed.replace(" ", "+"), "").replace(typed.replace(" ", "%20"), "")


def test_more_than_a_list_holds_is_said_and_leads_to_the_page(world: World) -> None:
    by = world.viewer("an")
    for number in range(9):
        join(by=by, person=NewPerson(f"Lê Văn Số {number}"), unit_id=world.unit("A11"), since=date(2020, 1, 1))
    offered = asked(at(world, "lan"), "le van", OFFERS)
    assert offered.count("Lê Văn Số") == 5
    assert 'href="/tim/?q=le+van"' in offered
    assert asked(at(world, "lan"), "le van").count("Lê Văn Số") == 9


def test_a_name_that_holds_markup_is_shown_as_it_is(world: World) -> None:
    someone = NewPerson("Lê <b>Thị</b> & Hoa")
    join(by=world.viewer("an"), person=someone, unit_id=world.unit("A11"), since=date(2020, 1, 1))
    for headers in ({}, OFFERS):
        assert "Lê &lt;b&gt;Thị&lt;/b&gt; &amp; Hoa" in asked(at(world, "lan"), "hoa", headers)


@pytest.mark.parametrize("typed", ["\x00", "%", "a" * 5000, "'; DROP TABLE x", "<script>", "тест", "🦀", "\u0301" * 90])
def test_whatever_is_typed_is_answered(world: World, typed: str) -> None:
    for headers in ({}, OFFERS, RESULTS):
        assert "<script>alert" not in asked(at(world, "lan"), typed, headers)


def test_a_visitor_is_sent_to_the_log_in(world: World) -> None:
    assert Client().get("/tim/", {"q": "hoa"}, headers=OFFERS).status_code == 302
    assert at(world, "lan").post("/tim/").status_code == 405
