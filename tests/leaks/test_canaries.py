"""Canaries: what is planted in a unit is answered to nobody who has no reach over it, by whatever door.

Every route is walked by every person with the ids of every unit, pages as pages and as fragments, Word files opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse

from chithi.core.periods import parse
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.drain import drain_all
from chithi.indicators.models import Measure
from chithi.indicators.queries import lines
from chithi.org.actions import NewUnit, merge, move, open_unit
from chithi.org.kinds import UnitKind
from tests.leaks.planted import NUMBERS, WORD, YEAR, Planted, Things, number_of, traces_of, word_of
from tests.leaks.routes import ROUTES, Row
from tests.leaks.test_matrix import REACH

pytestmark = pytest.mark.django_db

SEARCHES = ("zyx", "Dang bo", "Chi bo", "B1", "a12", "A2")
FRAGMENT = " as a fragment"
LEAVING = {"POST sign_in", "POST sign_out", "POST set_language"}


BESIDE = {"lan": ("A12", "B1"), "minh": ("A2", "B1"), "dung": ("B1",)}
"""Whose ids each person tries: the unit beside their own and one of the other district."""


TOLD = {"POST transfer_propose": "A2"}
"""Shown on purpose: whoever writes the code of a cell is shown that cell and the unit above (docs/decisions/people.md).

Every row of that address sends the code of A21, which stands below A2.
"""


def hidden_from(person: str) -> list[str]:
    """The units with a canary over which somebody has no reach."""
    return [code for code in NUMBERS if code not in REACH["read"][person].split()]


def text_of(answer: HttpResponse) -> str:
    """All text of an answer: a Word file is opened, its parts joined, its address lines kept."""
    body = bytes(answer.content)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return f"{headers}\n{body.decode(errors='replace')}"


def leaks(answer: HttpResponse, person: str) -> list[str]:
    """Canaries in an answer that this person must not see."""
    return traces_of(text_of(answer), *hidden_from(person))


def _answers_scripts(name: str, row: Row, things: Things) -> bool:
    """Whether a page's own script may be answered otherwise: in administration only what tries an indicator is."""
    managed = row.address(things).startswith("/quan-tri/")
    return " /api" not in name and (not managed or " indicator_" in name)


def as_fragment(row: Row) -> Row:
    """The same asked by the page's own script."""
    return Row(**{**vars(row), "headers": {"HX-Request": "true"}})


@pytest.mark.parametrize("person", BESIDE)
def test_no_door_answers_with_what_lies_outside_the_reach(planted: Planted, person: str) -> None:
    found = []
    asked = [(name, row) for name, row in ROUTES.items() if name not in LEAVING]
    if person == "minh":
        a1 = planted.things["A1"]
        asked += [(name + FRAGMENT, as_fragment(row)) for name, row in asked if _answers_scripts(name, row, a1)]
    for name, row in asked:
        mine = REACH["read"][person].split()[0]
        for code in (mine, *BESIDE[person]) if row.needs else (mine,):
            with transaction.atomic():
                answer = row.ask(planted.client(person), planted.things[code])
                told = word_of(TOLD[name.removesuffix(FRAGMENT)]) if name.removesuffix(FRAGMENT) in TOLD else ""
                found += [f"{name} on {code}: {leak}" for leak in leaks(answer, person) if leak != told]
                transaction.set_rollback(True)
    assert not found, found


@pytest.mark.parametrize("person", BESIDE)
def test_no_search_finds_what_lies_outside_the_reach(planted: Planted, person: str) -> None:
    client = planted.client(person)
    for asked in SEARCHES:
        for address in ("/tim/", "/api/units"):
            answer = client.get(address, {"q": asked})
            assert not leaks(answer, person), f"{address} {asked}"


def test_the_canaries_sing_for_those_who_may_hear_them(planted: Planted) -> None:
    """The same walk, by somebody with the reach, finds them: the test above can fail."""
    client, heard = planted.client("chau"), set()
    for name, row in ROUTES.items():
        if row.method == "GET":
            answer = row.ask(client, planted.things["B1"])
            if traces_of(text_of(answer), "B1"):
                heard.add(name)
    assert heard >= {
        "GET home", "GET branch", "GET siblings", "GET unit", "GET search", "GET trace", "GET code", "GET documents",
        "GET document", "GET entry", "GET report", "GET report_file", "GET /api/units", "GET /api/units/{unit_id}",
        "GET /api/numbers/{indicator_id}/{unit_id}/{period}",
        "GET /api/figures/{key}", "GET /api/documents", "GET /api/documents/{document_id}",
        "GET /api/reports/{code}/file",
    } - {"GET branch", "GET home"}, sorted(heard)  # fmt: skip


def amounts(planted: Planted, person: str, code: str) -> Iterator[tuple[str, str]]:
    """Every number of a unit as somebody reads it."""
    for period in (YEAR, parse("2024")):
        found = lines(planted.world.viewer(person), planted.things[code].unit, period)
        for line in found.lines:
            yield f"{period.code} {line.meaning.code}", repr(line.chosen)


def test_what_others_state_moves_nobodys_own_numbers(planted: Planted) -> None:
    watched = (("lan", "A11"), ("minh", "A1"), ("dung", "A"))
    before = {pair: dict(amounts(planted, *pair)) for pair in watched}
    by = planted.world.viewer("chau")
    shares = Measure.objects.get(code="study.members")
    for code in ("B1", "B"):
        slot = Slot(planted.things[code].unit, shares.pk, YEAR)
        enter(by=by, slot=slot, saying=Saying(12_345_678), seen=None)
    drain_all()
    assert {pair: dict(amounts(planted, *pair)) for pair in watched} == before


def test_a_refusal_about_something_hidden_says_no_more_than_one_about_nothing(planted: Planted) -> None:
    client, hidden = planted.client("lan"), planted.things["A12"]
    for there, nowhere in (
        (f"/api/units/{hidden.unit}", "/api/units/999999"),
        (f"/api/documents/{hidden.document}", "/api/documents/999999"),
        (f"/api/reports/{hidden.report}", "/api/reports/ABCD-EFGH-JKMN"),
        (f"/api/numbers/20/{hidden.unit}/2025", "/api/numbers/20/999999/2025"),
    ):
        answers = [client.get(address).json() for address in (there, nowhere)]
        assert [a["code"] for a in answers] == [answers[0]["code"]] * 2
        assert set(answers[0]["facts"]) == set(answers[1]["facts"])


def test_after_a_merge_the_heirs_clerk_reads_the_predecessor_and_its_own_clerk_nothing(planted: Planted) -> None:
    world = planted.world
    heir = open_unit(
        by=world.viewer("an"),
        new=NewUnit("A9", "Đảng bộ xã An Chín", "An Chín", UnitKind.GRASSROOTS, is_grassroots=True),
        parent_id=world.unit("A"),
        on=YEAR_OF_MERGE,
    )
    _grant(planted, "minh-moi", heir.pk)
    both = [world.unit("A1"), world.unit("A2")]
    merge(by=world.viewer("an"), unit_ids=both, heir_id=heir.pk, on=YEAR_OF_MERGE)
    drain_all()
    old, new = planted.client("minh"), planted.client("minh-moi")
    hidden = planted.things["A2"]
    for address in (
        f"/don-vi/{hidden.unit}/?ky=2024",
        f"/van-ban/{hidden.document}/",
        f"/so/20/{hidden.unit}/2024/",
        f"/api/figures/{hidden.key}",
        f"/api/reports/{hidden.report}/file",
    ):
        assert (new.get(address).status_code, old.get(address).status_code) == (200, 404), address
    members = f"/api/records/{hidden.members}/{world.unit('A11')}/2025"
    assert (new.get(members).status_code, old.get(members).status_code) == (200, 404)
    assert old.get("/api/me").json()["roles"] == []
    assert "Chưa được giao vai trò" in old.get("/").content.decode()
    assert traces_of(new.get(f"/don-vi/{hidden.unit}/?ky=2024").content.decode(), "A2")


YEAR_OF_MERGE = parse("2026-Q3").first


def _grant(planted: Planted, name: str, unit_id: int) -> None:
    from django.test import Client

    from chithi.access.actions import grant, open_account
    from chithi.access.roles import Role
    from tests.leaks.planted import BACKEND
    from tests.worlds import BEGAN

    user = open_account(username=name, name=name)
    grant(by=None, user=user, role=Role.CLERK, unit_id=unit_id, since=BEGAN)
    client = Client()
    client.force_login(user, backend=BACKEND)
    planted.cookies[name] = {cookie: morsel.value for cookie, morsel in client.cookies.items()}


def test_a_unit_that_moved_away_takes_its_name_along_and_leaves_last_years_totals(planted: Planted) -> None:
    world = planted.world
    district, moved = planted.things["A"].unit, planted.things["A2"]
    before = dict(amounts(planted, "dung", "A"))
    total = number_of("A") + number_of("A1") + number_of("A11") + number_of("A12") + number_of("A2") + number_of("A21")
    move(by=world.viewer("an"), unit_id=moved.unit, parent_id=world.unit("B"), on=YEAR_OF_MERGE)
    drain_all()
    assert dict(amounts(planted, "dung", "A")) == before
    client = planted.client("dung")
    opened = client.get(f"/api/numbers/20/{district}/2024").json()
    gone = [part for part in opened["below"] if part["unit"] is None]
    assert [part["number"]["value"] for part in gone] == [str(number_of("A2") + number_of("A21"))]
    assert opened["numerator"] == str(total)
    for address in (
        f"/don-vi/{district}/?ky=2024&chi-tieu=study.classes",
        f"/so/20/{district}/2024/",
        f"/api/numbers/20/{district}/2024",
        f"/nhanh/{district}/?ky=2024",
        f"/canh/{planted.things['A1'].unit}/?ky=2024",
        f"/bao-cao/{district}/2024/",
        "/?ky=2024",
        "/tim/?q=an+hai",
        f"/don-vi/{moved.unit}/?ky=2024",
        f"/so/20/{moved.unit}/2024/",
        f"/van-ban/{moved.document}/",
    ):
        assert word_of("A2") not in client.get(address).content.decode(), address
    assert client.get(f"/don-vi/{moved.unit}/?ky=2024").status_code == 404


def test_no_honest_text_holds_a_canary() -> None:
    from chithi.core.wording import WORDING

    assert all(WORD not in vi + en for vi, en in WORDING.values())
