"""Units through the pages: lists, one with its history, and each act, asked for, shown before it is done, then done."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chithi.access.actions import grant
from chithi.access.roles import Role
from chithi.org.actions import merge
from chithi.org.kinds import PlanState, UnitKind
from chithi.org.models import Membership, Reorganisation, Unit, UnitState, valid_on
from chithi.org.places import forget_since
from chithi.org.plans import apply
from tests.worlds import TODAY, World, add_members, add_unit

pytestmark = pytest.mark.django_db
AT = "/quan-tri/don-vi/"
DAY = date(2026, 7, 1)
SAID = {"on": "2026-07-01", "document": "12-QĐ/TU"}
_WHY = "a test looks at the tree"


def browser(client: Client, world: World, name: str) -> Client:
    client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def an(client: Client, world: World) -> Client:
    return browser(client, world, "an")


def now(code: str) -> UnitState | None:
    unit = Unit.objects.everywhere(because=_WHY).filter(code=code).first()
    states = UnitState.objects.everywhere(because=_WHY)
    return states.filter(valid_on(TODAY), unit_id=unit.pk).first() if unit else None


def above(code: str) -> str:
    state = now(code)
    assert state is not None, code
    return Unit.objects.everywhere(because=_WHY).get(pk=state.parent_id).code


def plans() -> int:
    return Reorganisation.objects.everywhere(because=_WHY).count()


def done(an: Client, world: World, code: str, act: str, said: dict[str, object], query: str = "") -> str:
    """Ask for an act, read what would happen, do it; returns what the page said would happen."""
    answer = an.post(f"{AT}{world.unit(code)}/{act}/{query}", {**SAID, **said})
    assert answer.status_code == 302, answer.context["form"].errors
    shown = an.get(answer["Location"]).content.decode()
    plan = Reorganisation.objects.everywhere(because=_WHY).latest("pk")
    assert plan.state == PlanState.DRAFT
    an.post(f"/quan-tri/sap-xep/{plan.pk}/ap-dung/", {"version": plan.version})
    plan = Reorganisation.objects.everywhere(because=_WHY).get(pk=plan.pk)
    assert (plan.state, plan.document) == (PlanState.APPLIED, "12-QĐ/TU")
    return shown


def test_a_unit_is_opened_below_another(an: Client, world: World) -> None:
    said = {"code": "A3", "name": "Chi bộ cơ sở Trường An", "way": "grassroots_cell"}
    shown = done(an, world, "A", "lap", said)
    assert "Chi bộ cơ sở, dưới Đảng bộ huyện An (A)" in shown
    state = now("A3")
    assert state is not None
    assert (above("A3"), state.kind, state.is_cell, state.is_grassroots) == ("A", UnitKind.GRASSROOTS, True, True)


def test_a_unit_is_renamed_moved_and_changes_its_kind(an: Client, world: World) -> None:
    shown = done(an, world, "A12", "doi-ten", {"name": "Chi bộ thôn Hòa Mới"})
    assert "từ “Chi bộ thôn Hòa Hai” thành “Chi bộ thôn Hòa Mới”" in shown
    shown = done(an, world, "A21", "chuyen", {"parent": "B1"})
    assert "từ Đảng bộ xã An Hai (A2) về Đảng bộ xã Bình Một (B1)" in shown
    shown = done(an, world, "A11", "doi-loai", {"way": "sub_committee"})
    assert "từ Chi bộ trực thuộc thành Đảng bộ bộ phận" in shown
    renamed, changed = now("A12"), now("A11")
    assert renamed is not None
    assert changed is not None
    assert (renamed.name, above("A21"), changed.kind, changed.is_cell) == (
        "Chi bộ thôn Hòa Mới",
        "B1",
        "sub_committee",
        False,
    )


def test_a_unit_closes_into_the_one_above_it_if_nothing_else_is_said(an: Client, world: World) -> None:
    add_members(world.units["A11"], 3)
    form = an.get(f"{AT}{world.unit('A1')}/ket-thuc/").context["form"]
    assert form["heir"].value() == "A"
    shown = done(an, world, "A1", "ket-thuc", {"heir": "A2"})
    assert "Đảng bộ xã An Hai (A2) kế thừa" in shown
    assert "Minh (minh)" in shown
    assert (now("A1"), above("A11")) == (None, "A2")


def test_units_merge_into_this_one_or_all_into_a_new_one(an: Client, world: World) -> None:
    done(an, world, "A11", "sap-nhap", {"others": ["A12"], "into": "this"})
    assert now("A12") is None
    new = {"others": ["A2"], "into": "new", "new_code": "A9", "new_name": "Đảng bộ xã An Chung"}
    shown = done(an, world, "A1", "sap-nhap", new)
    assert shown.count("Đảng bộ xã An Chung (A9) kế thừa") == 2
    assert (now("A1"), now("A2"), above("A11"), above("A21"), above("A9")) == (None, None, "A9", "A9", "A")


def test_a_unit_is_split_its_units_and_members_handed_out(an: Client, world: World) -> None:
    people = add_members(world.units["A11"], 3)
    parts = {"code_1": "C1", "name_1": "Xã Một", "code_2": "C2", "name_2": "Xã Hai", "heir": "1"}
    children = {f"child_{world.unit('A11')}": "1", f"child_{world.unit('A12')}": "2"}
    done(an, world, "A1", "chia-tach", {**parts, **children})
    assert (now("A1"), above("A11"), above("A12"), above("C2")) == (None, "C1", "C2", "A")
    cells = {"code_1": "D1", "name_1": "Chi bộ Một", "code_2": "D2", "name_2": "Chi bộ Hai", "heir": "1"}
    cells |= {"people_2": f"{people[1].name}\r\n{people[2].name}", "on": "2026-08-01"}
    done(an, world, "A11", "chia-tach", dict(cells))
    d2 = Unit.objects.everywhere(because=_WHY).get(code="D2").pk
    members = Membership.objects.everywhere(because=_WHY).filter(valid_on(TODAY), unit_id=d2)
    assert set(members.values_list("person_id", flat=True)) == {people[1].pk, people[2].pk}


def test_a_level_below_is_abolished(an: Client, world: World) -> None:
    page = an.get(f"{AT}{world.unit('T')}/bo-cap/").content.decode()
    assert "Đảng bộ huyện (2)" in page
    done(an, world, "T", "bo-cap", {"kind": "district"})
    assert (now("A"), now("B"), above("A1"), above("B1")) == (None, None, "T", "T")


@pytest.mark.parametrize(
    ("code", "act", "said", "field"),
    [
        ("A", "lap", {"code": "A1", "name": "Trùng mã", "way": "cell"}, "code"),
        ("A", "lap", {"code": "A 1", "name": "Mã sai", "way": "cell"}, "code"),
        ("A", "lap", {"code": "A5", "name": "Loại lạ", "way": "planet"}, "way"),
        ("A", "lap", {"code": "A5", "name": " ", "way": "cell"}, "name"),
        ("A", "lap", {"code": "A5", "name": "Xa quá", "way": "cell", "on": "2030-01-01"}, "on"),
        ("A", "lap", {"code": "A5", "name": "Trước Đảng", "way": "cell", "on": "1900-01-01"}, "on"),
        ("A", "lap", {"code": "A5", "name": "Thiếu văn bản", "way": "cell", "document": ""}, "document"),
        ("A1", "doi-ten", {"name": "Trước khi có", "on": "2009-12-31"}, "on"),
        ("A1", "doi-ten", {"name": "x" * 201}, "name"),
        ("A", "chuyen", {"parent": "A1"}, "parent"),
        ("A", "chuyen", {"parent": "Z99"}, "parent"),
        ("A1", "doi-loai", {"way": "grassroots"}, "way"),
        ("A1", "ket-thuc", {"heir": "A1"}, "heir"),
        ("A1", "ket-thuc", {"heir": ""}, "heir"),
        ("A1", "sap-nhap", {"into": "this"}, "others"),
        ("A1", "sap-nhap", {"others": ["B1"], "into": "this"}, "others"),
        ("A1", "sap-nhap", {"others": ["A2"], "into": "new", "new_code": "A9"}, "new_name"),
        ("A1", "sap-nhap", {"others": ["A2"], "into": "new", "new_code": "B", "new_name": "Mới"}, "new_code"),
        ("A11", "chia-tach", {"code_1": "C", "name_1": "x", "code_2": "C", "name_2": "y", "heir": "1"}, "code_2"),
        ("A11", "chia-tach", {"code_1": "C", "name_1": "x", "code_2": "B", "name_2": "y", "heir": "1"}, "code_2"),
        ("A11", "chia-tach", {"code_1": "C", "name_1": "x", "code_2": "D", "name_2": "y", "heir": "7"}, "heir"),
        ("A", "bo-cap", {"kind": "district"}, "kind"),
    ],
)
def test_every_refusal_stands_beside_its_field_and_no_plan_is_left(
    an: Client, world: World, code: str, act: str, said: dict[str, object], field: str
) -> None:
    answer = an.post(f"{AT}{world.unit(code)}/{act}/", {**SAID, **said})
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {field}
    assert "12-QĐ/TU" in answer.content.decode() or field == "document"
    assert plans() == 0


def test_members_who_are_not_there_are_named_beside_the_part_they_were_to_go_to(an: Client, world: World) -> None:
    said = {"code_1": "C", "name_1": "x", "code_2": "D", "name_2": "y", "heir": "1", "people_2": "Không Có Ai"}
    answer = an.post(f"{AT}{world.unit('A11')}/chia-tach/", {**SAID, **said})
    assert set(answer.context["form"].errors) == {"people_2"}


def test_acts_that_make_no_sense_are_neither_offered_nor_done(an: Client, world: World) -> None:
    merge(by=world.viewer("an"), unit_ids=[world.unit("A2")], heir_id=world.unit("A1"), on=DAY)
    for code, act in (("T", "chuyen"), ("T", "ket-thuc"), ("A11", "bo-cap"), ("A2", "doi-ten"), ("A", "bay-di")):
        assert f"/{act}/" not in an.get(f"{AT}{world.unit(code)}/").content.decode()
        assert an.get(f"{AT}{world.unit(code)}/{act}/").status_code == 404, (code, act)


def test_a_unit_shows_its_times_its_deeds_its_heir_and_whom_it_took_over(an: Client, world: World) -> None:
    done(an, world, "A2", "doi-ten", {"name": "Đảng bộ xã An Hòa"})
    done(an, world, "A2", "ket-thuc", {"heir": "A1", "on": "2026-08-01"})
    closed = an.get(f"{AT}{world.unit('A2')}/").content.decode()
    for words in (
        "Kết thúc từ 1/8/2026",
        "Đảng bộ xã An Hòa",
        "1/1/2010 – 1/7/2026",
        "12-QĐ/TU",
        "Xem phương án",
        f'href="{AT}{world.unit("A1")}/"',
    ):
        assert words in closed, words
    assert "Làm gì với đơn vị này" not in closed
    heir = an.get(f"{AT}{world.unit('A1')}/").content.decode()
    assert "Kế thừa của" in heir
    assert "Sáp nhập" in heir


def test_the_list_is_filtered_by_name_kind_level_state_and_day(an: Client, world: World) -> None:
    merge(by=world.viewer("an"), unit_ids=[world.unit("A2")], heir_id=world.unit("A1"), on=DAY)

    def listed(query: str) -> list[str]:
        return [row["note"] for row in an.get(f"{AT}?{query}").context["listing"]["rows"]]

    assert listed("") == ["A", "B"]
    assert listed("top=A") == ["A1"]
    assert listed("top=A&on=2026-06-30") == ["A2", "A1"]
    assert listed("top=A&deep=1&kind=cell") == ["A12", "A11", "A21"]
    assert listed("deep=1&name=hoa") == ["A12", "A11"]
    assert listed("top=A&deep=1&state=closed") == ["A2"]
    assert listed("top=A&deep=1&state=closed&on=2026-06-30") == []
    assert listed("name=%00%25&deep=1") == []
    for query, field in (("top=Z99", "top"), ("kind=planet", "kind"), ("on=2026-13-01", "on")):
        answer = an.get(f"{AT}?{query}")
        assert answer.status_code == 400
        assert set(answer.context["filter"].errors) == {field}


def test_a_list_of_many_units_is_paged_at_one_cost(an: Client, world: World) -> None:
    def cost(query: str) -> int:
        an.get(f"{AT}?{query}")
        with CaptureQueriesContext(connection) as counted:
            an.get(f"{AT}?{query}")
        return len(counted)

    before = cost("top=A1&deep=1")
    for number in range(60):
        add_unit(f"A1{number + 100}", world.units["A1"], UnitKind.CELL, f"Chi bộ thôn {number}")
    forget_since(date(2010, 1, 1))
    assert cost("top=A1&deep=1") == before
    page = an.get(f"{AT}?top=A1&trang=2").context["listing"]
    assert (len(page["rows"]), page["pager"]["text"]) == (12, "51–62 của 62")


def test_a_district_keeps_its_own_units_only(client: Client, world: World) -> None:
    grant(by=None, user=world.users["dung"], role=Role.ADMINISTRATOR, unit_id=world.unit("A"), since=date(2020, 1, 1))
    dung = browser(client, world, "dung")
    assert dung.get(f"{AT}{world.unit('B1')}/").status_code == 404
    assert dung.get(f"{AT}{world.unit('B1')}/doi-ten/").status_code == 404
    assert dung.post(f"{AT}{world.unit('B1')}/doi-ten/", {**SAID, "name": "x"}).status_code == 404
    outside = dung.post(f"{AT}{world.unit('A21')}/chuyen/", {**SAID, "parent": "B1"})
    assert set(outside.context["form"].errors) == {"parent"}
    own = dung.post(f"{AT}{world.unit('A')}/ket-thuc/", {**SAID, "heir": "A1"})
    assert own.status_code == 400
    assert plans() == 0
    assert dung.post(f"{AT}{world.unit('A21')}/chuyen/", {**SAID, "parent": "A1"}).status_code == 302
    plan = Reorganisation.objects.everywhere(because=_WHY).get()
    assert plan.unit_id == world.unit("A")
    apply(by=world.viewer("dung"), plan_id=plan.pk)
    assert above("A21") == "A1"


def test_reading_a_unit_is_not_keeping_its_tree(client: Client, world: World) -> None:
    for role, code in ((Role.ADMINISTRATOR, "A"), (Role.LEADER, "T")):
        grant(by=None, user=world.users["dung"], role=role, unit_id=world.unit(code), since=date(2020, 1, 1))
    dung = browser(client, world, "dung")
    assert dung.get(f"/don-vi/{world.unit('B1')}/").status_code == 200
    for tail in ("", "doi-ten/", "lap/"):
        assert dung.get(f"{AT}{world.unit('B1')}/{tail}").status_code == 404, tail
    assert dung.post(f"{AT}{world.unit('B1')}/doi-ten/", {**SAID, "name": "x"}).status_code == 404
    assert dung.get(f"{AT}?top=B").status_code == 400
    moved = dung.post(f"{AT}{world.unit('A21')}/chuyen/", {**SAID, "parent": "B1"})
    assert set(moved.context["form"].errors) == {"parent"}
    assert plans() == 0


def test_who_does_not_keep_the_tree_is_not_let_in(client: Client, world: World) -> None:
    minh = browser(client, world, "minh")
    assert minh.get(AT).status_code == 403
    assert minh.get(f"{AT}{world.unit('A1')}/").status_code in (403, 404)
    assert minh.post(f"{AT}{world.unit('A1')}/doi-ten/", {**SAID, "name": "x"}).status_code in (403, 404)


@pytest.mark.parametrize("unit", ["0", str(10**18), str(10**25)])
def test_odd_units_are_absent(an: Client, unit: str) -> None:
    assert an.get(f"{AT}{unit}/").status_code == 404
    assert an.get(f"{AT}{unit}/doi-ten/").status_code == 404
