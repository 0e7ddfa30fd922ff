"""What the operator does from the command line: the first units of an installation, its accounts and their codes."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from chithi.access.models import ApiToken, RoleGrant, User
from chithi.access.roles import Role
from chithi.access.sign_in import OneTimeCodeBackend, new_api_token, user_of_token
from chithi.access.viewers import today, viewer_for
from chithi.cli import account, main, unit
from chithi.indicators.catalogue_sync import sync_catalogue
from chithi.journal.models import Entry
from chithi.org.kinds import UnitKind
from chithi.org.models import Unit
from tests.doors.test_cli import one_line_error
from tests.worlds import TODAY, World

pytestmark = pytest.mark.django_db
BECAUSE = "the tests look at everything"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHITHI_LANGUAGE", "en")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def code_in(text: str) -> str:
    return text.rsplit(None, 1)[-1]


def test_the_command_line_knows_every_kind_and_role() -> None:
    assert tuple(UnitKind) == unit.KINDS
    assert tuple(Role) == account.ROLES


def test_an_empty_installation_begins_with_a_top_unit_and_an_administrator(
    capsys: pytest.CaptureFixture[str], db: None
) -> None:
    sync_catalogue()
    said(capsys, "unit", "open-root", "QN", "Đảng bộ tỉnh Thử", "--kind", "province")
    said(capsys, "unit", "open", "QN-01", "Đảng bộ xã Thử", "--kind", "grassroots", "--under", "qn")
    out = said(capsys, "account", "open", "Trang", "--name", "Phạm Trang", "--role", "administrator", "--unit", "QN")
    client = Client()
    answer = client.post("/vao/", {"username": "trang", "password": code_in(out)})
    assert (answer.status_code, answer["Location"]) == (302, "/viec/")
    page = client.get("/").content.decode()
    assert "Đảng bộ tỉnh Thử" in page
    assert "Đảng bộ xã Thử" in page
    assert "trang  Phạm Trang  Administrator · Đảng bộ tỉnh Thử" in said(capsys, "account", "list")


def test_there_is_one_top_unit(capsys: pytest.CaptureFixture[str], world: World) -> None:
    assert "There is a top unit already" in one_line_error(capsys, "unit", "open-root", "Z", "Z", "--kind", "province")
    assert not Unit.objects.everywhere(because=BECAUSE).filter(code="Z").exists()


@pytest.mark.parametrize(("code", "name", "words"), [(" ", "Xã", "CODE is missing"), ("Z", " ", "a name")])
def test_a_unit_has_a_code_and_a_name(
    capsys: pytest.CaptureFixture[str], world: World, code: str, name: str, words: str
) -> None:
    asked = ("unit", "open", code, name, "--kind", "grassroots", "--under", "A")
    assert words in one_line_error(capsys, *asked)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"username": "lan"}, "The user name “lan” is taken."),
        ({"username": "x"}, "The user name “x” is not usable"),
        ({"--name": "  "}, "Give the person's name."),
        ({"--unit": "NOWHERE"}, "This unit was not found"),
        ({"--role": "king"}, "“king” must be one of"),
    ],
)
def test_an_account_that_cannot_be_opened_is_told_in_one_line_and_nothing_is_kept(
    capsys: pytest.CaptureFixture[str], world: World, changed: dict[str, str], words: str
) -> None:
    before = User.objects.count()
    given = {"username": "moi", "--name": "Mới", "--role": "clerk", "--unit": "A1"} | changed
    username = given.pop("username")
    options = [word for pair in given.items() for word in pair]
    assert words in one_line_error(capsys, "account", "open", username, *options)
    assert User.objects.count() == before


def test_a_new_code_ends_the_one_before_and_names_no_code_in_the_journal(
    capsys: pytest.CaptureFixture[str], world: World
) -> None:
    first = code_in(said(capsys, "account", "code", "lan"))
    second = code_in(said(capsys, "account", "code", "LAN"))
    assert OneTimeCodeBackend().authenticate(None, "lan", first) is None
    assert OneTimeCodeBackend().authenticate(None, "lan", second) == world.users["lan"]
    entry = Entry.objects.everywhere(because=BECAUSE).filter(verb="access.code_given").first()
    assert entry is not None
    assert (entry.unit_id, entry.facts) == (world.unit("A11"), {})


def test_a_closed_account_is_out_at_once(capsys: pytest.CaptureFixture[str], world: World) -> None:
    client = Client()
    client.post("/vao/", {"username": "lan", "password": code_in(said(capsys, "account", "code", "lan"))})
    assert client.get("/").status_code == 200
    code = code_in(said(capsys, "account", "code", "lan"))
    token = new_api_token(world.users["lan"], label="x", valid_for=TODAY - date(2026, 1, 1))
    said(capsys, "account", "close", "lan")
    assert client.get("/").status_code == 302
    assert OneTimeCodeBackend().authenticate(None, "lan", code) is None
    assert user_of_token(token) is None
    assert not ApiToken.objects.exists()
    assert viewer_for(world.users["lan"], today()).home_unit_id is None
    grants = RoleGrant.objects.everywhere(because=BECAUSE).filter(user=world.users["lan"])
    assert all(grants.values_list("until", flat=True))
    assert "There is no account “lan”" in one_line_error(capsys, "account", "code", "lan")
    assert "lan" in said(capsys, "account", "list")
