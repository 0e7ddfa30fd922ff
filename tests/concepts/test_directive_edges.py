"""Edges of documents: days that do not fit, what holds no more, long lists, letters of any case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chithi.access.models import RoleGrant, User
from chithi.core.errors import Absent, Refused
from chithi.directives import due, rules
from chithi.directives.actions import change, draft, enter, issue, put_out, withdraw
from chithi.directives.cascade import Cascade, Counts
from chithi.directives.kinds import LinkKind
from chithi.directives.models import Descent, Directive, Recipient
from chithi.directives.queries import Filter, files, listed, meant
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


def registered(world: World, *, with_file: bool = False) -> Directive:
    """A directive of the province that went out with the next number of its register."""
    chau = world.viewer("chau")
    set_term(by=chau, unit_id=world.unit("T"), name="2025–2030", since=date(2025, 7, 1), until=None)
    made = draft(by=chau, unit_id=world.unit("T"), written=Written("directive", "Chuyên đề"))
    if with_file:
        attach(by=chau, directive_id=made.pk, file=brought("Bản ký"))
    seal = seal_of(chau, world.unit("T"), DocumentKind.DIRECTIVE, TODAY)
    return issue(by=chau, directive_id=made.pk, seen_version=again(made).version, on=TODAY, seal=seal)


def test_files_of_what_went_out_by_the_register_stay_and_what_was_withdrawn_takes_none(world: World) -> None:
    chau, made = world.viewer("chau"), registered(world, with_file=True)
    (kept,) = files(made.pk)
    with pytest.raises(Refused, match="file_stays"):
        detach(by=chau, attachment_id=kept.id, seen_version=kept.version)
    gone = withdraw(by=chau, directive_id=made.pk, seen_version=made.version, on=TODAY, why="Nhầm")
    with pytest.raises(Refused, match="withdrawn_already"):
        attach(by=chau, directive_id=made.pk, file=brought("Bản khác"))
    with pytest.raises(Refused, match="withdrawn_already"):
        change(by=chau, directive_id=made.pk, seen_version=gone.version, written=Written("directive", "Chuyên đề"))


def test_what_stands_in_the_register_is_changed_in_nothing_that_stands_there(world: World) -> None:
    made = registered(world)
    said = Written("plan", "Khác", "Tóm tắt mới", "99-KH", DATED, issuer="Ban ngoài")
    changed = change(by=world.viewer("chau"), directive_id=made.pk, seen_version=made.version, written=said)
    for name in ("kind", "sign", "dated", "issuer", "summary"):
        assert getattr(changed, name) == getattr(made, name)
    assert changed.abstract == "Tóm tắt mới"


def test_no_more_links_and_files_than_may_be(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_LINKS", 1)
    monkeypatch.setattr(rules, "MOST_FILES", 1)
    chau, first, second = world.viewer("chau"), led(world), led(world, sign="04-CT")
    made = answered(world, "A1", first, DATED)
    attach(by=chau, directive_id=made.pk, file=brought("Một"))
    with pytest.raises(Refused, match="too_many"):
        link(by=chau, directive_id=made.pk, target_id=second.pk, kind=LinkKind.IMPLEMENTS)
    with pytest.raises(Refused, match="too_many"):
        attach(by=chau, directive_id=made.pk, file=brought("Hai"))


def test_a_document_goes_to_no_unit_that_its_writer_does_not_see(world: World) -> None:
    to = (world.unit("A11"), world.unit("B1"))
    with pytest.raises(Absent) as problem:
        enter(
            by=world.viewer("minh"),
            unit_id=world.unit("A1"),
            written=Written("plan", "Kế hoạch", "", "1-KH", DATED, recipients=to),
        )
    assert (problem.value.field, problem.value.facts["unit"]) == ("recipients", world.unit("B1"))
    assert not Recipient.objects.everywhere(because=LOOK).exists()


def test_what_carries_out_a_withdrawn_document_carries_it_out_until_that_day(world: World) -> None:
    chau, top = world.viewer("chau"), led(world)
    first, second = (answered(world, code, top, date(2026, 9, 10)) for code in ("A1", "A11"))
    withdraw(by=chau, directive_id=first.pk, seen_version=again(first).version, on=date(2026, 10, 1), why="Nhầm")
    withdraw(by=chau, directive_id=top.pk, seen_version=again(top).version, on=date(2026, 10, 20), why="Nhầm")
    until = dict(Descent.objects.everywhere(because=LOOK).values_list("directive_id", "until"))
    assert until == {first.pk: date(2026, 10, 1), second.pk: date(2026, 10, 20)}


def test_a_document_from_beside_asks_nobody_it_is_sent_to(world: World) -> None:
    of_b = Written(
        "plan", "Của Bình", "", "9-KH", DATED, due_on=DUE, expects=("cells",), recipients=(world.unit("A11"),)
    )
    made = enter(by=world.viewer("chau"), unit_id=world.unit("B"), written=of_b)
    assert [one.id for one in listed(world.viewer("lan"), Filter())[0]] == [made.pk]
    assert due.of_person(world.viewer("lan"), TODAY) == []


def test_a_draft_that_is_to_replace_a_document_does_not_yet(world: World) -> None:
    chau, old = world.viewer("chau"), led(world)
    new = draft(by=chau, unit_id=world.unit("T"), written=Written("directive", "Mới", "", "04-CT", date(2026, 9, 2)))
    link(by=chau, directive_id=new.pk, target_id=old.pk, kind=LinkKind.REPLACES)

    def in_force() -> list[int]:
        return [one.id for one in listed(world.viewer("lan"), Filter(in_force=True))[0]]

    assert in_force() == [old.pk]
    put_out(by=chau, directive_id=new.pk, seen_version=again(new).version, sign="04-CT", dated=date(2026, 9, 2))
    assert in_force() == [new.pk]
