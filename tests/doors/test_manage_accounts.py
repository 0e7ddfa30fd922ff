"""Accounts in the interface: found, opened, given roles, let in, closed; never beyond one's own reach."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from chithi.access import second_factor
from chithi.access.actions import grant, open_account
from chithi.access.defining import Definition, define_role
from chithi.access.models import Identity, OneTimeCode, OwnRole, RoleGrant, SignIn, User
from chithi.access.roles import Role
from chithi.access.viewers import today
from chithi.journal.models import Entry
from tests.doors.test_pages import signed_in
from tests.doors.test_second_factor import enrolled
from tests.worlds import BEGAN, World

pytestmark = pytest.mark.django_db
DAY = today()
WHY = "the tests look at everything"
CODE = re.compile(r'class="code-shown">([a-z2-9-]{14})<')


@pytest.fixture
def keeper(world: World) -> Client:
    """`kim` looks after accounts in district A: a role of the installation's own, READ and ACCOUNTS only."""
    as_what = Definition(("Phụ trách tài khoản", "Keeper of accounts"), ("read", "accounts"))
    define_role(by=world.viewer("an"), code="keeper", as_what=as_what)
    world.users["kim"] = open_account(username="kim", name="Kim")
    grant(by=None, user=world.users["kim"], role="keeper", unit_id=world.unit("A"), since=BEGAN)
    return signed_in(world, "kim")


def act(client: Client, world: World, name: str, what: str, **more: object) -> HttpResponse:
    """POST a deed about somebody's account, with the version it has now."""
    user = User.objects.get(pk=world.users[name].pk)
    given = {"version": user.version, **more}
    answer = client.post(f"/quan-tri/tai-khoan/{user.pk}/lam/{what}/", given)
    assert isinstance(answer, HttpResponse)
    return answer


def opening(**more: str) -> dict[str, str]:
    given = {"name": "Nguyễn Thị Mận", "username": "man", "language": "vi", "role": "secretary", "unit": "A21"}
    return {**given, "since": DAY.isoformat(), "until": "", **more}


def give(client: Client, user: User, **more: str) -> int:
    given = {"role": "clerk", "unit": "A1", "since": DAY.isoformat(), "until": "", **more}
    return int(client.post(f"/quan-tri/tai-khoan/{user.pk}/giao/", given).status_code)


def grant_of(world: World, name: str) -> RoleGrant:
    return RoleGrant.objects.everywhere(because=WHY).get(user=world.users[name])


def verbs() -> list[str]:
    return list(Entry.objects.everywhere(because=WHY).order_by("pk").values_list("verb", flat=True))


def test_the_list_holds_accounts_within_reach_and_none_beside(world: World, keeper: Client) -> None:
    open_account(username="ai-do", name="Không vai trò")
    page = keeper.get("/quan-tri/tai-khoan/").content.decode()
    listed = set(re.findall(r"<td[^>]*>([a-z-]+)</td>", page))
    assert {"lan", "hoa", "minh", "dung", "kim"} <= listed
    assert not listed & {"chau", "an", "ai-do"}
    everything = signed_in(world, "an").get("/quan-tri/tai-khoan/").content.decode()
    assert "ai-do" in everything


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=lan", {"lan"}),
        ("q=LAN", {"lan"}),
        ("role=secretary", {"lan", "hoa"}),
        ("unit=A11", {"lan"}),
        ("unit=A1", {"lan", "hoa", "minh"}),
        ("state=closed", {"hoa"}),
        ("state=no_factor&unit=A1", {"lan", "minh"}),
        ("state=no_role", set()),
        ("q=zzz", set()),
        ("trang=99", set()),
    ],
)
def test_it_is_filtered(world: World, keeper: Client, query: str, found: set[str]) -> None:
    if "state" in query:
        User.objects.filter(username="hoa").update(is_active=False)
    answer = keeper.get(f"/quan-tri/tai-khoan/?{query}")
    assert answer.status_code == 200
    names = {"lan", "hoa", "minh", "dung", "kim", "chau", "an"}
    assert set(re.findall(r'<td role="cell"[^>]*>([a-z]+)</td>', answer.content.decode())) & names == found


@pytest.mark.parametrize("query", ["q=%00", "role=nobody", "state=x", "unit=B1", "unit=zzz"])
def test_a_filter_that_means_nothing_is_said(world: World, keeper: Client, query: str) -> None:
    assert keeper.get(f"/quan-tri/tai-khoan/?{query}").status_code == 400


def test_an_account_is_opened_with_its_first_role_and_its_code_is_shown_once(world: World) -> None:
    client = signed_in(world, "an")
    answer = client.post("/quan-tri/tai-khoan/mo/", opening())
    [code] = CODE.findall(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    user = User.objects.get(username="man")
    held = RoleGrant.objects.everywhere(because=WHY).get(user=user)
    assert (held.role, held.unit_id, held.since, held.until) == ("secretary", world.unit("A21"), DAY, None)
    assert code not in str(list(OneTimeCode.objects.values_list("digest", flat=True)))
    told = Entry.objects.everywhere(because=WHY).filter(unit_id=world.unit("A21"))
    assert code not in str(list(told.values_list("facts", flat=True)))
    assert {"access.account_opened", "access.granted", "access.code_given"} <= set(verbs())
    inside = Client()
    assert inside.post("/vao/", {"username": "man", "password": code}).status_code == 302
    assert "Chi bộ thôn Quý" in inside.get("/tai-khoan/").content.decode()
    assert code not in client.get(f"/quan-tri/tai-khoan/{user.pk}/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"username": "lan"},
        {"username": "Có dấu"},
        {"username": ""},
        {"name": " "},
        {"name": "x" * 500},
        {"role": "emperor"},
        {"role": ""},
        {"unit": "B1"},
        {"unit": "zzz"},
        {"unit": ""},
        {"since": "hôm nay"},
        {"since": "1900-01-01"},
        {"since": "2999-01-01"},
        {"since": "2026-11-01", "until": "2026-11-01"},
        {"language": "fr"},
        {"role": "administrator"},
    ],
)
def test_what_cannot_be_opened_is_refused_beside_the_field_and_nothing_stays(
    world: World, keeper: Client, wrong: dict[str, str]
) -> None:
    before = User.objects.count()
    answer = keeper.post("/quan-tri/tai-khoan/mo/", opening(**wrong))
    assert answer.status_code == 400
    assert 'class="wrong"' in answer.content.decode() or 'role="alert"' in answer.content.decode()
    assert User.objects.count() == before
    assert keeper.post("/quan-tri/tai-khoan/mo/", opening()).status_code == 200


def test_roles_are_given_and_ended_within_reach(world: World, keeper: Client) -> None:
    user = world.users["lan"]
    assert give(keeper, user) == 302
    assert give(keeper, user) == 400, "held already"
    assert give(keeper, user, unit="B1") == 400
    assert give(keeper, user, role="administrator") == 400, "more than kim may hand on"
    assert give(keeper, user, role="agency") == 400, "agency defines indicators"
    assert give(keeper, user, role="keeper", unit="A1") == 302, "what one holds one may hand on"
    assert give(keeper, world.users["chau"]) == 404, "an account kim does not see"
    held = RoleGrant.objects.everywhere(because=WHY).get(user=user, role="clerk")
    address = f"/quan-tri/tai-khoan/vai-tro/{held.pk}/thoi/"
    assert keeper.get(address).status_code == 200
    ended = keeper.post(address, {"until": DAY.isoformat(), "version": held.version})
    assert ended.status_code == 302
    assert RoleGrant.objects.everywhere(because=WHY).get(pk=held.pk).until == DAY
    assert keeper.post(address, {"until": DAY.isoformat(), "version": held.version}).status_code == 400, "ended already"
    assert [verb for verb in verbs() if verb == "access.ended"] == ["access.ended"]


def test_a_role_that_somebody_changed_meanwhile_is_not_ended(world: World, keeper: Client) -> None:
    held = grant_of(world, "lan")
    address = f"/quan-tri/tai-khoan/vai-tro/{held.pk}/thoi/"
    answer = keeper.post(address, {"until": DAY.isoformat(), "version": held.version + 1})
    assert answer.status_code == 400
    assert grant_of(world, "lan").until is None


@pytest.mark.parametrize("name", ["chau", "an"])
def test_roles_and_accounts_above_are_as_if_they_were_not(world: World, keeper: Client, name: str) -> None:
    user = world.users[name]
    held = grant_of(world, name)
    for address in (
        f"/quan-tri/tai-khoan/{user.pk}/",
        f"/quan-tri/tai-khoan/{user.pk}/giao/",
        f"/quan-tri/tai-khoan/{user.pk}/sua/",
        f"/quan-tri/tai-khoan/{user.pk}/lam/ma/",
        f"/quan-tri/tai-khoan/vai-tro/{held.pk}/thoi/",
    ):
        assert keeper.get(address).status_code == 404, address
    for what in ("ma", "dong", "mo-lai", "bo-hai-buoc", "ket-thuc-phien", "mo-khoa"):
        assert act(keeper, world, name, what).status_code == 404


def test_an_account_that_also_holds_a_role_elsewhere_cannot_be_taken_over(world: World, keeper: Client) -> None:
    grant(by=None, user=world.users["lan"], role=Role.CLERK, unit_id=world.unit("B1"), since=BEGAN)
    page = keeper.get(f"/quan-tri/tai-khoan/{world.users['lan'].pk}/").content.decode()
    assert "ngoài phạm vi" in page
    assert "Bình Một" not in page, "what is held there is not told"
    for what in ("ma", "dong", "bo-hai-buoc", "ket-thuc-phien", "mo-khoa"):
        assert act(keeper, world, "lan", what).status_code == 400, what
    assert not OneTimeCode.objects.filter(user=world.users["lan"]).exists()
    assert User.objects.get(username="lan").is_active
    administrator = signed_in(world, "an")
    assert CODE.findall(act(administrator, world, "lan", "ma").content.decode())


def test_an_account_that_will_hold_a_role_elsewhere_cannot_be_taken_over_either(world: World, keeper: Client) -> None:
    ahead = DAY + timedelta(days=400)
    grant(by=None, user=world.users["lan"], role=Role.CLERK, unit_id=world.unit("B1"), since=ahead)
    assert act(keeper, world, "lan", "ma").status_code == 400


def test_an_account_that_may_do_more_in_the_same_unit_cannot_be_taken_over(world: World, keeper: Client) -> None:
    grant(by=None, user=world.users["dung"], role=Role.ADMINISTRATOR, unit_id=world.unit("A2"), since=BEGAN)
    assert act(keeper, world, "dung", "ma").status_code == 400
    held = RoleGrant.objects.everywhere(because=WHY).get(user=world.users["dung"], role="administrator")
    address = f"/quan-tri/tai-khoan/vai-tro/{held.pk}/thoi/"
    assert keeper.post(address, {"until": DAY.isoformat(), "version": held.version}).status_code == 400
    assert act(keeper, world, "minh", "ma").status_code == 200


def test_nobody_does_anything_for_their_own_account_here(world: World) -> None:
    client, own = signed_in(world, "an"), world.users["an"]
    assert give(client, own, role="clerk", unit="A1") == 400
    for what in ("ma", "dong", "bo-hai-buoc", "ket-thuc-phien", "mo-khoa"):
        assert act(client, world, "an", what).status_code == 400, what
    held = grant_of(world, "an")
    address = f"/quan-tri/tai-khoan/vai-tro/{held.pk}/thoi/"
    assert client.post(address, {"until": DAY.isoformat(), "version": held.version}).status_code == 400


def test_the_last_administrator_of_the_whole_is_neither_closed_nor_ended(world: World) -> None:
    world.users["be"] = open_account(username="be", name="Bê")
    second = grant(by=None, user=world.users["be"], role=Role.ADMINISTRATOR, unit_id=world.unit("T"), since=BEGAN)
    client = signed_in(world, "be")
    assert act(client, world, "an", "dong").status_code == 302, "two of them: one may go"
    act(client, world, "an", "mo-lai")
    assert give(client, world.users["an"], role="administrator", unit="T") == 302
    first = RoleGrant.objects.everywhere(because=WHY).get(user=world.users["an"], until__isnull=True)
    until = DAY + timedelta(days=30)
    RoleGrant.objects.everywhere(because=WHY).filter(pk=second.pk).update(until=until)
    address = f"/quan-tri/tai-khoan/vai-tro/{first.pk}/thoi/"
    answer = client.post(address, {"until": DAY.isoformat(), "version": first.version})
    assert answer.status_code == 400
    assert "cuối cùng" in answer.content.decode()
    assert act(client, world, "an", "dong").status_code == 400
    assert User.objects.get(username="an").is_active, "all of it went back"
    assert RoleGrant.objects.everywhere(because=WHY).get(pk=first.pk).until is None


def test_a_closed_account_is_out_at_once_and_reopens_without_anything(world: World, keeper: Client) -> None:
    client = signed_in(world, "lan")
    client.get("/tai-khoan/")
    enrolled(world, "lan")
    Identity.objects.create(user=world.users["lan"], issuer="https://login.example.org", subject="lan")
    assert act(keeper, world, "lan", "dong").status_code == 302
    assert client.get("/tai-khoan/").status_code == 302
    assert not SignIn.objects.filter(user=world.users["lan"], session_key__isnull=False).exists()
    assert grant_of(world, "lan").until is not None
    assert act(keeper, world, "lan", "ma").status_code == 400, "closed"
    assert act(keeper, world, "lan", "mo-lai").status_code == 302
    user = User.objects.get(username="lan")
    assert (user.is_active, user.has_usable_password(), second_factor.has(user.pk)) == (True, False, False)
    assert not Identity.objects.exists(), "nor by the organisation's log-in, before its name is found right anew"
    world.users["lan"] = user
    assert "Chưa được giao vai trò" in signed_in(world, "lan").get("/tai-khoan/").content.decode()
    assert {"access.account_closed", "access.account_reopened", "access.ended"} <= set(verbs())


def test_a_deed_about_an_account_that_changed_meanwhile_is_refused(world: World, keeper: Client) -> None:
    assert act(keeper, world, "lan", "dong", version=99).status_code == 400
    assert act(keeper, world, "lan", "dong", version="x").status_code == 400
    assert User.objects.get(username="lan").is_active


def test_a_lost_telephone_is_put_away_and_sessions_end(world: World, keeper: Client) -> None:
    enrolled(world, "lan")
    client = signed_in(world, "lan")
    client.get("/tai-khoan/")
    assert act(keeper, world, "lan", "bo-hai-buoc").status_code == 302
    assert not second_factor.has(world.users["lan"].pk)
    assert client.get("/tai-khoan/").status_code == 302


def test_sessions_are_ended_by_an_administrator(world: World, keeper: Client) -> None:
    client = signed_in(world, "lan")
    client.get("/tai-khoan/")
    assert act(keeper, world, "lan", "ket-thuc-phien").status_code == 302
    assert client.get("/tai-khoan/").status_code == 302


def test_who_is_locked_out_is_listed_within_reach_and_unlocked(world: World, keeper: Client) -> None:
    for name in ("lan", "chau", "khong-ai"):
        for _ in range(8):
            Client().post("/vao/", {"username": name, "password": "không phải"})
    page = keeper.get("/quan-tri/tai-khoan/bi-khoa/").content.decode()
    assert "lan" in re.findall(r'<td role="cell"[^>]*>([a-z-]+)</td>', page)
    assert "chau" not in page
    assert "khong-ai" not in page, "names that are nobody's are for who reaches everything"
    assert "khong-ai" in signed_in(world, "an").get("/quan-tri/tai-khoan/bi-khoa/").content.decode()
    listed = keeper.get("/quan-tri/tai-khoan/?state=locked").content.decode()
    assert re.findall(r'<td role="cell"[^>]*>(lan|minh|hoa)</td>', listed) == ["lan"]
    right = {"username": "lan", "password": "mật khẩu của lan"}
    assert Client().post("/vao/", right).status_code == 429
    assert act(keeper, world, "lan", "mo-khoa").status_code == 302
    assert Client().post("/vao/", right).status_code == 302
    assert "access.unlocked" in verbs()


def test_being_locked_out_says_the_same_of_a_name_that_is_nobodys(world: World) -> None:
    said = []
    for name in ("lan", "khong-ai"):
        for _ in range(8):
            answer = Client().post("/vao/", {"username": name, "password": "không phải"})
        said.append(
            (
                answer.status_code,
                re.sub(r'"csrf[^>]*>|"\w{64}"|"X-CSRF[^>]*>', "", answer.content.decode()).replace(f'"{name}"', ""),
            )
        )
    assert said[0] == said[1]


def test_an_account_is_renamed_and_found_without_tone_marks(world: World, keeper: Client) -> None:
    user = world.users["lan"]
    address = f"/quan-tri/tai-khoan/{user.pk}/sua/"
    given = {"name": "Đỗ Thị Lan", "language": "en", "version": user.version}
    assert keeper.post(address, given).status_code == 302
    assert keeper.post(address, given).status_code == 400, "the version is another by now"
    assert "Đỗ Thị Lan" in keeper.get("/quan-tri/tai-khoan/?q=do+thi").content.decode()


@pytest.mark.parametrize("number", ["0", "999999", str(2**63), "9" * 40])
def test_no_odd_number_of_an_account_is_a_failure(world: World, number: str) -> None:
    client = signed_in(world, "an")
    for address in ("{}/", "{}/giao/", "{}/sua/", "{}/lam/ma/", "vai-tro/{}/thoi/"):
        assert client.get("/quan-tri/tai-khoan/" + address.format(number)).status_code == 404
    assert client.get(f"/quan-tri/tai-khoan/{world.users['lan'].pk}/lam/xoa-het/").status_code == 404


@pytest.mark.parametrize("name", ["lan", "minh", "dung", "chau"])
def test_whoever_looks_after_no_accounts_is_told_so(world: World, name: str) -> None:
    client = signed_in(world, name)
    for address in ("", "mo/", "bi-khoa/", f"{world.users['lan'].pk}/", f"{world.users['lan'].pk}/giao/"):
        assert client.get(f"/quan-tri/tai-khoan/{address}").status_code == 403, address


def test_a_list_of_many_accounts_costs_as_much_as_one_of_few(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(world, "an")

    def cost() -> int:
        client.get("/quan-tri/tai-khoan/")
        with CaptureQueriesContext(connection) as counted:
            client.get("/quan-tri/tai-khoan/")
        return len(counted)

    few = cost()
    for number in range(60):
        user = open_account(username=f"nguoi{number}", name=f"Người {number}")
        grant(by=None, user=user, role=Role.SECRETARY, unit_id=world.unit("A11"), since=BEGAN)
    page = client.get("/quan-tri/tai-khoan/").content.decode()
    assert "1–50" in page
    assert cost() <= few, OwnRole.objects.count()


@pytest.mark.parametrize("address", ["mo/", "{}/giao/", "{}/sua/", "{}/lam/dong/", "{}/lam/ma/"])
def test_an_empty_form_is_refused_and_does_nothing(world: World, address: str) -> None:
    client, before = signed_in(world, "an"), verbs()
    answer = client.post("/quan-tri/tai-khoan/" + address.format(world.users["lan"].pk), {})
    assert answer.status_code == 400
    assert verbs() == before
