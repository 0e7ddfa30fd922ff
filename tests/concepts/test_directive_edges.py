"""Edges of documents: days that do not fit, what holds no more, long lists, letters of any case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chithi.access.models import RoleGrant, User
from chithi.core.errors import Refused
from chithi.directives import due
from chithi.directives.actions import change, draft, enter, issue, put_out, withdraw
from chithi.directives.cascade import Cascade, Counts
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Directive
from chithi.directives.queries import meant
from chithi.directives.reminding import remind
from chithi.directives.rules import LAST_DAY, Days, Written, last_day
from chithi.directives.tying import attach, detach, link
from chithi.files.checks import Brought
from chithi.files.kinds import FileKind
from chithi.registry.actions import set_term
from chithi.registry.kinds import DocumentKind
from chithi.reporting.sealing import seal_of
from chithi.work.feeds import calendar_of, renew
from tests.worlds import BEGAN, TODAY, World, build_world

pytestmark = pytest.mark.django_db
DATED, DUE = date(2026, 9, 1), date(2026, 10, 31)
LOOK = "a test looks at what was kept"


@pytest.fixture
def world() -> World:
    return build_world()


def led(world: World, **fields: object) -> Directive:
    """A directive of the province that asks cells and grassroots units for plans of their own."""
    usual = {"kind": "directive", "summary": "Chuyên đề", "sign": "03-CT", "dated": DATED, "due_on": DUE}
    written = Written(**usual | {"expects": ("grassroots", "cells")} | fields)  # type: ignore[arg-type]
    return enter(by=world.viewer("chau"), unit_id=world.unit("T"), written=written)


def answered(world: World, code: str, above: Directive, dated: date, sign: str = "1-KH") -> Directive:
    made = enter(
        by=world.viewer("chau"), unit_id=world.unit(code), written=Written("plan", "Kế hoạch", "", sign, dated)
    )
    link(by=world.viewer("chau"), directive_id=made.pk, target_id=above.pk, kind=LinkKind.IMPLEMENTS)
    return made


def again(row: Directive) -> Directive:
    return Directive.objects.everywhere(because=LOOK).get(pk=row.pk)


def test_a_plan_does_not_go_out_before_what_it_carries_out_nor_after_its_own_deadline(world: World) -> None:
    chau, top = world.viewer("chau"), led(world)
    written = Written("plan", "Kế hoạch", due_on=date(2026, 9, 20), expects=("cells",))
    made = draft(by=chau, unit_id=world.unit("A1"), written=written)
    link(by=chau, directive_id=made.pk, target_id=top.pk, kind=LinkKind.IMPLEMENTS)
    for on, code in ((date(2026, 8, 31), "directives.older_than_it"), (date(2026, 9, 21), "directives.due_first")):
        with pytest.raises(Refused) as problem:
            put_out(by=chau, directive_id=made.pk, seen_version=again(made).version, sign="1-KH", dated=on)
        assert problem.value.code == code
    put_out(by=chau, directive_id=made.pk, seen_version=again(made).version, sign="1-KH", dated=DATED)


def test_a_document_is_not_dated_after_those_that_carry_it_out(world: World) -> None:
    top = led(world)
    answered(world, "A1", top, date(2026, 9, 10))
    written = Written("directive", "Chuyên đề", "", "03-CT", date(2026, 9, 11))
    with pytest.raises(Refused) as problem:
        change(by=world.viewer("chau"), directive_id=top.pk, seen_version=again(top).version, written=written)
    assert (problem.value.code, problem.value.facts["day"]) == ("directives.newer_than_those", date(2026, 9, 10))


def test_nobody_is_late_with_what_was_withdrawn_and_nobody_is_reminded_of_it(world: World) -> None:
    chau, top = world.viewer("chau"), led(world)
    answered(world, "A1", top, date(2026, 9, 10))
    withdraw(by=chau, directive_id=top.pk, seen_version=again(top).version, on=date(2026, 10, 20), why="Ban hành nhầm")
    cascade = Cascade(chau, again(top), world.unit("T"))
    assert cascade.counts() == Counts(in_time=1, waiting=6), "as it stood on its last day"
    assert cascade.documents([world.unit("A1")])
    with pytest.raises(Refused, match="holds_no_more"):
        remind(by=chau, directive_id=top.pk, unit_id=world.unit("T"))


def test_the_last_day_is_the_first_on_which_anything_ended_it() -> None:
    dated = {"is_draft": False, "dated": DATED}
    assert last_day(Days(**dated), TODAY) == TODAY
    assert last_day(Days(**dated, valid_until=DUE), TODAY) == DUE
    assert last_day(Days(**dated, valid_until=DUE, replaced_on=DUE), TODAY) == DUE - timedelta(days=1)
    assert last_day(Days(**dated, withdrawn_on=DATED, valid_until=DUE), TODAY) == DATED - timedelta(days=1)
    assert last_day(Days(**dated, valid_until=LAST_DAY), TODAY) == TODAY


def test_directives_answered_long_ago_do_not_hide_the_open_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "MOST", 1)
    for at in range(3):
        answered(world, "A11", led(world, sign=f"{at}-CT"), date(2026, 9, 10), sign=f"{at}-KH")
    undated = led(world, sign="8-CT", due_on=None)
    dated = led(world, sign="9-CT", due_on=date(2026, 12, 1))
    assert [item.args for item in due.of_person(world.viewer("lan"), TODAY)] == [(dated.pk,)]
    monkeypatch.setattr(due, "MOST", 9)
    found = [item.args for item in due.of_person(world.viewer("lan"), TODAY)]
    assert found == [(dated.pk,), (undated.pk,)], "what has no day comes last, on both databases"


def test_a_number_is_found_in_letters_of_any_case_and_entered_once(world: World) -> None:
    top = led(world, sign="05-CT/ĐU")
    for typed in ("05-ct/đu", "05-CT/đu", "05-CT/ĐU"):
        assert meant(world.viewer("chau"), typed) == top.pk
    with pytest.raises(Refused, match="entered_already"):
        led(world, sign="05-ct/đu")


@pytest.mark.parametrize("name", ["due_on", "valid_from", "valid_until"])
def test_days_beyond_the_century_are_refused(world: World, name: str) -> None:
    with pytest.raises(Refused) as problem:
        led(world, **{"due_on": None, name: date.max})
    assert (problem.value.code, problem.value.field) == ("directives.too_far", name)


def test_a_calendar_holds_the_last_day_there_is_and_ends_with_role_and_account(world: World) -> None:
    top = led(world)
    Directive.objects.everywhere(because=LOOK).filter(pk=top.pk).update(due_on=date.max)
    secret = renew(by=world.viewer("lan"))
    assert b"99991231" in (calendar_of(secret) or b"")
    RoleGrant.objects.everywhere(because=LOOK).filter(user=world.users["lan"]).update(until=BEGAN)
    assert b"VEVENT" not in (calendar_of(secret) or b"VEVENT"), "a role that ended tells nothing more"
    User.objects.filter(pk=world.users["lan"].pk).update(is_active=False)
    assert calendar_of(secret) is None


def brought(text: str) -> Brought:
    return Brought(text.encode(), "ban-ky.txt", FileKind.TXT, text)


def test_files_of_what_went_out_by_the_register_stay_and_what_was_withdrawn_takes_none(world: World) -> None:
    chau = world.viewer("chau")
    set_term(by=chau, unit_id=world.unit("T"), name="2025–2030", since=date(2025, 7, 1), until=None)
    made = draft(by=chau, unit_id=world.unit("T"), written=Written("directive", "Chuyên đề"))
    kept = attach(by=chau, directive_id=made.pk, file=brought("Bản ký"))
    seal = seal_of(chau, world.unit("T"), DocumentKind.DIRECTIVE, TODAY)
    issue(by=chau, directive_id=made.pk, seen_version=again(made).version, on=TODAY, seal=seal)
    with pytest.raises(Refused, match="file_stays"):
        detach(by=chau, attachment_id=kept.pk, seen_version=kept.version)
    withdraw(by=chau, directive_id=made.pk, seen_version=again(made).version, on=TODAY, why="Nhầm")
    with pytest.raises(Refused, match="withdrawn_already"):
        attach(by=chau, directive_id=made.pk, file=brought("Bản khác"))
