"""Roles of the installation's own: defined, changed with effect at once, retired; the shipped ones stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chithi.access.actions import grant, open_account
from chithi.access.models import OwnRole
from chithi.access.roles import Role
from chithi.access.viewers import today, viewer_for
from chithi.db.viewer import Capability
from chithi.journal.models import Entry
from tests.doors.test_pages import signed_in
from tests.worlds import BEGAN, World

pytestmark = pytest.mark.django_db
DAY = today()
WHY = "the tests look at everything"
NEW = {"code": "kiem_tra", "name_vi": "Đoàn kiểm tra", "name_en": "Inspection team", "may": ["read", "records"]}


@pytest.fixture
def inspector(world: World) -> OwnRole:
    """A role that reads and opens records; `kim` holds it in commune A1."""
    role = OwnRole.objects.create(
        code="kiem_tra", name_vi="Đoàn kiểm tra", name_en="Inspection team", may=["read", "records"]
    )
    world.users["kim"] = open_account(username="kim", name="Kim")
    grant(by=None, user=world.users["kim"], role=role.code, unit_id=world.unit("A1"), since=BEGAN)
    return role


def facts_of(verb: str) -> list[dict[str, object]]:
    return list(Entry.objects.everywhere(because=WHY).filter(verb=verb).values_list("facts", flat=True))


def test_a_role_is_defined_given_and_does_what_its_set_says(world: World) -> None:
    client = signed_in(world, "an")
    assert client.post("/quan-tri/vai-tro/dat/", NEW).status_code == 302
    page = client.get("/quan-tri/vai-tro/").content.decode()
    assert "Đoàn kiểm tra" in page
    given = {"role": "kiem_tra", "unit": "A1", "since": DAY.isoformat()}
    assert client.post(f"/quan-tri/tai-khoan/{world.users['hoa'].pk}/giao/", given).status_code == 302
    viewer = viewer_for(world.users["hoa"], DAY)
    tried = {capability for capability in Capability if viewer.may_anywhere(capability)}
    assert viewer.reach(Capability.RECORDS) != viewer.reach(Capability.ENTER), "entering stays with her own cell"
    assert tried == {Capability.READ, Capability.RECORDS, Capability.ENTER, Capability.CONFIRM, Capability.PEOPLE}
    assert facts_of("access.role_defined") == [{"role": "kiem_tra", "may": ["read", "records"]}]


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "secretary"},
        {"code": "Kiểm tra"},
        {"code": "x"},
        {"code": "x" * 39},
        {"code": ""},
        {"name_vi": " "},
        {"name_en": ""},
        {"may": []},
        {"may": ["records"]},
        {"may": ["read", "everything"]},
        {"may": "read' OR 1=1"},
    ],
)
def test_a_role_that_will_not_do_is_refused(world: World, wrong: dict[str, object]) -> None:
    answer = signed_in(world, "an").post("/quan-tri/vai-tro/dat/", {**NEW, **wrong})
    assert answer.status_code == 400
    assert not OwnRole.objects.exists()


def test_a_code_is_taken_once(world: World, inspector: OwnRole) -> None:
    assert signed_in(world, "an").post("/quan-tri/vai-tro/dat/", NEW).status_code == 400


def test_a_changed_set_holds_at_the_next_request_and_the_journal_tells_both(world: World, inspector: OwnRole) -> None:
    member = signed_in(world, "kim")
    entry = f"/nhap/{world.unit('A1')}/2025/"
    assert member.get(entry).status_code == 404
    given = {**NEW, "may": ["read", "enter"], "version": inspector.version}
    client = signed_in(world, "an")
    assert client.post("/quan-tri/vai-tro/kiem_tra/sua/", given).status_code == 302
    assert member.get(entry).status_code == 200
    told = facts_of("access.role_changed")
    assert told == [{"role": "kiem_tra", "before": ["read", "records"], "may": ["enter", "read"]}]
    assert client.post("/quan-tri/vai-tro/kiem_tra/sua/", given).status_code == 400, "the version is another by now"


def test_a_retired_role_gives_nothing_and_cannot_be_given(world: World, inspector: OwnRole) -> None:
    member, client = signed_in(world, "kim"), signed_in(world, "an")
    page = f"/don-vi/{world.unit('A1')}/"
    assert member.get(page).status_code == 200
    address = "/quan-tri/vai-tro/kiem_tra/ngung/"
    yesterday = (DAY - timedelta(days=1)).isoformat()
    assert client.post(address, {"on": yesterday, "version": inspector.version}).status_code == 400
    assert client.post(address, {"on": DAY.isoformat(), "version": inspector.version}).status_code == 302
    assert member.get(page).status_code == 404
    given = {"role": "kiem_tra", "unit": "A1", "since": DAY.isoformat()}
    assert client.post(f"/quan-tri/tai-khoan/{world.users['hoa'].pk}/giao/", given).status_code == 400
    inspector.refresh_from_db()
    assert client.post(address, {"on": "", "version": inspector.version}).status_code == 302
    assert member.get(page).status_code == 200, "it may be resumed"


@pytest.mark.parametrize("code", ["secretary", "administrator", "nothing", "x" * 300])
def test_shipped_roles_and_none_cannot_be_changed(world: World, code: str) -> None:
    client = signed_in(world, "an")
    for what in ("sua", "ngung"):
        assert client.get(f"/quan-tri/vai-tro/{code}/{what}/").status_code == 404
        assert client.post(f"/quan-tri/vai-tro/{code}/{what}/", {**NEW, "version": 1}).status_code == 404


def test_nobody_widens_a_role_they_hold_nor_hands_on_what_they_lack(world: World, inspector: OwnRole) -> None:
    grant(by=None, user=world.users["an"], role=inspector.code, unit_id=world.unit("A1"), since=BEGAN)
    client = signed_in(world, "an")
    given = {**NEW, "may": ["read", "records", "enter"], "version": inspector.version}
    assert client.post("/quan-tri/vai-tro/kiem_tra/sua/", given).status_code == 400
    keeper = OwnRole.objects.create(code="system", name_vi="Hệ thống", name_en="System", may=["read", "system"])
    world.users["so"] = open_account(username="so", name="Sở")
    grant(by=None, user=world.users["so"], role=keeper.code, unit_id=world.unit("T"), since=BEGAN)
    other = signed_in(world, "so")
    assert other.post("/quan-tri/vai-tro/dat/", {**NEW, "code": "more", "may": ["read", "accounts"]}).status_code == 400
    assert other.post("/quan-tri/vai-tro/dat/", {**NEW, "code": "less", "may": ["read", "records"]}).status_code == 302


def test_a_change_may_not_take_the_last_administrator_away(world: World) -> None:
    may = [capability.value for capability in Capability]
    role = OwnRole.objects.create(code="everything", name_vi="Tất cả", name_en="Everything", may=sorted(may))
    grant(by=None, user=world.users["lan"], role=role.code, unit_id=world.unit("T"), since=BEGAN)
    from chithi.access.models import RoleGrant

    RoleGrant.objects.everywhere(because=WHY).filter(user=world.users["an"]).update(until=DAY + timedelta(days=9))
    client = signed_in(world, "an")
    given = {"name_vi": "Tất cả", "name_en": "Everything", "may": ["read"], "version": role.version}
    answer = client.post("/quan-tri/vai-tro/everything/sua/", given)
    assert answer.status_code == 400
    assert "cuối cùng" in answer.content.decode()
    role.refresh_from_db()
    assert len(role.may) == len(may)


@pytest.mark.parametrize("name", ["lan", "chau", "kim"])
def test_only_whoever_looks_after_the_whole_installation_may(world: World, inspector: OwnRole, name: str) -> None:
    if name == "kim":
        grant(by=None, user=world.users["kim"], role=Role.ADMINISTRATOR, unit_id=world.unit("A"), since=BEGAN)
    client = signed_in(world, name)
    for address in ("", "dat/", "kiem_tra/sua/", "kiem_tra/ngung/"):
        assert client.get(f"/quan-tri/vai-tro/{address}").status_code == 403, address


def test_the_viewer_costs_two_queries_and_one_more_for_roles_of_ones_own(world: World, inspector: OwnRole) -> None:
    other = OwnRole.objects.create(code="other", name_vi="Khác", name_en="Other", may=["read"])
    for code in ("A2", "B1", "B11"):
        grant(by=None, user=world.users["kim"], role=other.code, unit_id=world.unit(code), since=BEGAN)
    viewer_for(world.users["kim"], DAY)
    for name, cost in (("lan", 2), ("kim", 3)):
        with CaptureQueriesContext(connection) as counted:
            viewer_for(world.users[name], DAY)
        assert len(counted) == cost, name
    page = signed_in(world, "kim").get("/tai-khoan/").content.decode()
    assert "Đoàn kiểm tra · " in page


def test_the_command_line_lists_a_role_of_ones_own_by_its_code(
    world: World, inspector: OwnRole, capsys: pytest.CaptureFixture[str]
) -> None:
    from chithi.cli import main

    assert main(["account", "list"]) == 0
    assert "kiem_tra · Đảng bộ xã An Một" in capsys.readouterr().out
