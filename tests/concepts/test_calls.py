"""Requests by letter: drafted, sent to chosen units, answered line by line, sent back, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from chithi.calls.actions import (
    Letter,
    Said,
    Whom,
    add_question,
    change,
    discard,
    draft,
    drop_question,
    remind,
    send,
    send_back,
    withdraw,
)
from chithi.calls.answering import keep, submit
from chithi.calls.due import of_person
from chithi.calls.kinds import Asks
from chithi.calls.models import Call, Reply
from chithi.calls.queries import answers_of, asked_of, calls_of, lines, one_call, stated
from chithi.core.errors import Absent, Refused, Stale
from chithi.core.periods import parse
from chithi.directives.actions import enter
from chithi.directives.actions import withdraw as take_document_back
from chithi.directives.kinds import Standing
from chithi.directives.queries import recipients
from chithi.directives.rules import Written
from chithi.indicators.models import Figure, Indicator
from chithi.org.actions import merge
from tests.call_world import DUE, EVERYBODY, LOOK, PERIOD, answered, classes, drafted, questions, reply_of, sent, whole
from tests.worlds import TODAY, World

pytestmark = pytest.mark.django_db


def test_a_request_goes_to_every_unit_of_a_kind_with_a_letter_that_they_can_read(world: World) -> None:
    call = sent(world)
    asked = Reply.objects.everywhere(because=LOOK).filter(call_id=call.pk).values_list("unit_id", flat=True)
    assert set(asked) == {world.unit(code) for code in ("A1", "A2", "B1")}
    assert call.sent_on == TODAY
    assert call.directive_id is not None
    assert set(recipients(call.directive_id)) == set(asked)
    (item,) = of_person(world.viewer("minh"), TODAY)
    assert (item.due_on, item.unit_id) == (DUE, world.unit("A1"))
    assert of_person(world.viewer("lan"), TODAY) == []


def test_units_may_be_named_and_only_those_below(world: World) -> None:
    a12, b11 = world.unit("A12"), world.unit("B11")
    call = drafted(world, by="minh", code="A1")
    minh, letter = world.viewer("minh"), Letter(sign="3-CV")
    for wrong in (b11, world.unit("A1"), world.unit("A"), 999_999):
        with pytest.raises(Refused, match=r"calls\.not_below"):
            send(by=minh, call_id=call.pk, seen_version=call.version, whom=Whom(units=(wrong,)), letter=letter)
    with pytest.raises(Refused, match=r"calls\.nobody"):
        send(by=minh, call_id=call.pk, seen_version=call.version, whom=Whom(("districts",)), letter=letter)
    made = send(by=minh, call_id=call.pk, seen_version=call.version, whom=Whom(units=(a12,)), letter=letter)
    assert [one.unit_id for one in Reply.objects.everywhere(because=LOOK).filter(call_id=made.pk)] == [a12]


def test_a_closed_unit_is_not_asked_by_name(world: World) -> None:
    call = drafted(world)
    merge(by=world.viewer("an"), unit_ids=[world.unit("A12")], heir_id=world.unit("A11"), on=TODAY, document="1-QĐ")
    whom = Whom(units=(world.unit("A12"),))
    with pytest.raises(Refused, match=r"calls\.not_below"):
        send(by=world.viewer("chau"), call_id=call.pk, seen_version=call.version, whom=whom, letter=Letter(sign="1-CV"))


def test_only_a_letter_of_the_unit_itself_that_stands_is_used_again(world: World) -> None:
    chau, call = world.viewer("chau"), drafted(world)
    written = Written(kind="letter", summary="Xin số liệu", sign="5-CV/ĐU", dated=TODAY)
    theirs = enter(by=chau, unit_id=world.unit("A1"), written=written)
    own = enter(by=chau, unit_id=world.unit("T"), written=replace(written, sign="7-CV/TU"))
    seen: dict[str, Any] = {"by": chau, "call_id": call.pk, "seen_version": call.version, "whom": EVERYBODY}
    with pytest.raises(Absent):
        send(**seen, letter=Letter(directive=theirs.pk))
    gone = take_document_back(by=chau, directive_id=own.pk, seen_version=own.version, on=TODAY, why="Nhầm")
    with pytest.raises(Absent):
        send(**seen, letter=Letter(directive=gone.pk))


def test_a_request_without_outline_letter_or_time_does_not_go_out(world: World) -> None:
    by, everybody = world.viewer("chau"), Whom(("grassroots",))
    empty = drafted(world, lines=False)
    with pytest.raises(Refused, match=r"calls\.no_outline"):
        send(by=by, call_id=empty.pk, seen_version=1, whom=everybody, letter=Letter(sign="1-CV"))
    call = drafted(world)
    with pytest.raises(Refused, match=r"calls\.no_letter"):
        send(by=by, call_id=call.pk, seen_version=call.version, whom=everybody, letter=Letter(sign=" "))
    with pytest.raises(Absent):
        send(by=by, call_id=call.pk, seen_version=call.version, whom=everybody, letter=Letter(directive=999_999))
    later = world.viewer("chau", DUE + timedelta(days=1))
    with pytest.raises(Refused, match=r"calls\.day_over"):
        send(by=later, call_id=call.pk, seen_version=call.version, whom=everybody, letter=Letter(sign="1-CV"))
    with pytest.raises(Stale):
        send(by=by, call_id=call.pk, seen_version=9, whom=everybody, letter=Letter(sign="1-CV"))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(" ", DUE), "calls.no_title"),
        (Said("Báo cáo", TODAY - timedelta(days=1)), "calls.bad_day"),
        (Said("Báo cáo", TODAY + timedelta(days=400)), "calls.bad_day"),
        (Said("Báo cáo", DUE, period="nhiệm kỳ nào đó"), "periods."),
    ],
)
def test_a_draft_that_cannot_stand_is_refused(world: World, said: Said, code: str) -> None:
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        draft(by=world.viewer("chau"), unit_id=world.unit("T"), said=said)


def test_only_indicators_that_units_enter_for_the_period_are_asked(world: World) -> None:
    by = world.viewer("chau")
    call = drafted(world, lines=False, period="")
    with pytest.raises(Refused, match=r"calls\.no_period"):
        add_question(by=by, call_id=call.pk, text="", asks=Asks.INDICATOR, indicator=classes())
    recorded = Indicator.objects.get(code="org.members_on_duty").pk
    with_period = drafted(world)
    with pytest.raises(Refused, match=r"calls\.no_period"):
        add_question(by=by, call_id=with_period.pk, text="", asks=Asks.INDICATOR, indicator=recorded)
    with pytest.raises(Refused, match=r"calls\.no_period"):
        change(by=by, call_id=with_period.pk, seen_version=with_period.version, said=Said("Khác", DUE))


def test_an_answer_is_kept_then_sent_and_its_figure_counts_as_any_other(world: World) -> None:
    call = sent(world)
    minh, kept = world.viewer("minh"), reply_of(world, call, "A1")
    words = questions(call)[0]
    kept = keep(by=minh, reply_id=kept.pk, seen_version=kept.version, said={words.pk: ("Đang viết", None)})
    assert kept.done_on is None
    assert not Figure.objects.everywhere(because=LOOK).exists()
    done = submit(by=minh, reply_id=kept.pk, seen_version=kept.version, said=whole(call))
    assert done.done_on == TODAY
    figure = Figure.objects.everywhere(because=LOOK).get()
    assert (figure.value, figure.unit_id) == (7, world.unit("A1"))
    assert {row.text for row in answers_of([done]).values()} >= {"Nêu gương"}
    assert of_person(minh, TODAY) == []
    assert one_call(minh, call.pk).pk == call.pk
    assert stated(minh, done, call)


def test_what_the_unit_has_stated_already_is_not_stated_twice_and_another_number_replaces_it(world: World) -> None:
    first, second = sent(world), sent(world)
    answered(world, first)
    answered(world, second)
    assert Figure.objects.everywhere(because=LOOK).count() == 1
    third = sent(world)
    answered(world, third, number="9")
    live = Figure.objects.everywhere(because=LOOK).get(state="live")
    assert live.value == 9


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({0: (" ", None)}, "calls.unanswered"),
        ({1: ("", None)}, "calls.unanswered"),
        ({1: ("", Decimal("1.23456"))}, "calls.too_fine"),
        ({1: ("", Decimal(10) ** 16)}, "numbers.too_large"),
        ({0: ("x" * 5000, None)}, "calls.too_long"),
        ({2: ("", Decimal("1.5"))}, "numbers."),
    ],
)
def test_an_answer_that_is_not_whole_or_cannot_be_kept_is_not_sent(
    world: World, changes: dict[int, Any], code: str
) -> None:
    call = sent(world)
    kept = reply_of(world, call, "A1")
    said = whole(call) | {questions(call)[at].pk: value for at, value in changes.items()}
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        submit(by=world.viewer("minh"), reply_id=kept.pk, seen_version=kept.version, said=said)
    assert reply_of(world, call, "A1").done_on is None
    assert not Figure.objects.everywhere(because=LOOK).exists()


def test_an_answer_is_sent_once_by_its_own_unit_as_it_was_seen(world: World) -> None:
    call = sent(world)
    kept = reply_of(world, call, "A1")
    for name in ("hoa", "dung"):
        with pytest.raises(Absent):
            submit(by=world.viewer(name), reply_id=kept.pk, seen_version=1, said=whole(call))
    done = answered(world, call)
    with pytest.raises(Stale):
        submit(by=world.viewer("minh"), reply_id=kept.pk, seen_version=kept.version, said=whole(call))
    with pytest.raises(Refused, match=r"calls\.answered_already"):
        keep(by=world.viewer("minh"), reply_id=done.pk, seen_version=done.version, said=whole(call))


def test_an_answer_sent_back_is_open_again_with_its_reason_and_keeps_the_day_it_first_came(world: World) -> None:
    call = sent(world)
    done = answered(world, call)
    chau = world.viewer("chau")
    with pytest.raises(Refused, match=r"calls\.no_reason"):
        send_back(by=chau, reply_id=done.pk, seen_version=done.version, why=" ")
    with pytest.raises(Absent):
        send_back(by=world.viewer("minh"), reply_id=done.pk, seen_version=done.version, why="Thiếu")
    back = send_back(by=chau, reply_id=done.pk, seen_version=done.version, why="Thiếu số")
    late = world.viewer("minh", DUE + timedelta(days=2))
    (item,) = of_person(late, late.today)
    assert "lại" in item.what.vi
    again = submit(by=late, reply_id=back.pk, seen_version=back.version, said=whole(call))
    assert (again.done_on, again.first_on) == (DUE + timedelta(days=2), TODAY)
    assert [one.how for one in asked_of(late, call)] == [Standing.IN_TIME]


def test_those_asked_stand_in_time_late_overdue_or_waiting(world: World) -> None:
    call = sent(world)
    answered(world, call)
    after = world.viewer("chau", DUE + timedelta(days=3))
    found = {one.reply.unit_id: (one.how, one.days) for one in asked_of(after, call)}
    assert found[world.unit("A1")] == (Standing.IN_TIME, 0)
    assert found[world.unit("A2")] == (Standing.MISSING, 3)
    letter = remind(by=after, call_id=call.pk)
    assert set(recipients(letter.pk)) == {world.unit("A2"), world.unit("B1")}
    assert letter.is_draft
    with pytest.raises(Refused, match=r"directives\.nobody_late"):
        remind(by=world.viewer("chau"), call_id=call.pk)
    with pytest.raises(Absent):
        remind(by=world.viewer("minh"), call_id=call.pk)


def test_a_request_taken_back_need_not_be_answered(world: World) -> None:
    call = sent(world)
    by = world.viewer("chau")
    gone = withdraw(by=by, call_id=call.pk, seen_version=call.version, why="Đã có số")
    assert of_person(world.viewer("minh"), TODAY) == []
    kept = reply_of(world, call, "A1")
    with pytest.raises(Refused, match=r"calls\.withdrawn"):
        keep(by=world.viewer("minh"), reply_id=kept.pk, seen_version=1, said={})
    with pytest.raises(Refused, match=r"calls\.withdrawn"):
        withdraw(by=by, call_id=call.pk, seen_version=gone.version, why="Lại")


def test_a_draft_is_changed_and_thrown_away_and_what_went_out_is_neither(world: World) -> None:
    by, call = world.viewer("chau"), drafted(world)
    first = questions(call)[0]
    drop_question(by=by, question_id=first.pk, seen_version=1)
    assert len(lines(call).questions) == 2
    with pytest.raises(Stale):
        change(by=by, call_id=call.pk, seen_version=call.version, said=Said("Tên khác", DUE, period=PERIOD))
    seen = call.version + 1
    call = change(by=by, call_id=call.pk, seen_version=seen, said=Said("Tên khác", DUE, period=PERIOD))
    discard(by=by, call_id=call.pk, seen_version=call.version)
    assert not Call.objects.everywhere(because=LOOK).exists()
    out = sent(world)
    for deed in (
        lambda: discard(by=by, call_id=out.pk, seen_version=out.version),
        lambda: change(by=by, call_id=out.pk, seen_version=out.version, said=Said("Tên", DUE)),
        lambda: add_question(by=by, call_id=out.pk, text="Thêm", asks=Asks.WORDS),
    ):
        with pytest.raises(Refused, match=r"calls\.sent_already"):
            deed()


def test_a_draft_is_not_seen_by_those_above_who_only_read(world: World) -> None:
    call, dung = drafted(world, by="minh", code="A1", lines=False), world.viewer("dung")
    assert calls_of(dung, 1) == ([], 0)
    with pytest.raises(Absent):
        one_call(dung, call.pk)
    assert one_call(world.viewer("minh"), call.pk).pk == call.pk


def test_drafts_are_seen_by_their_writers_and_requests_by_those_asked_and_nobody_beside(world: World) -> None:
    drafted(world)
    minh, lan, hoa = (world.viewer(name) for name in ("minh", "lan", "hoa"))
    assert calls_of(minh, 1) == ([], 0)
    call = sent(world, whom=Whom(units=(world.unit("A11"),)))
    assert [one.pk for one in calls_of(lan, 1)[0]] == [call.pk]
    assert [one.pk for one in calls_of(minh, 1)[0]] == [call.pk]
    assert calls_of(hoa, 1) == ([], 0)
    with pytest.raises(Absent):
        one_call(hoa, call.pk)
    assert len(calls_of(world.viewer("chau"), 1)[0]) == 2


def test_the_period_is_kept_as_its_code(world: World) -> None:
    call = drafted(world, lines=False, period="quý III/2026")
    assert call.period == parse("2026-Q3").code
    assert call.due_on == DUE
    assert isinstance(call.due_on, date)


def test_many_requests_taken_back_hide_none_that_stands(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chithi.calls.queries.MOST_WAITING", 1)
    first = sent(world)
    withdraw(by=world.viewer("chau"), call_id=first.pk, seen_version=first.version, why="Đã có số")
    second = sent(world)
    (item,) = of_person(world.viewer("minh"), TODAY)
    assert item.args == (reply_of(world, second, "A1").pk,)


def test_what_was_added_to_an_outline_meanwhile_keeps_it_from_going_out_unseen(world: World) -> None:
    by, call = world.viewer("chau"), drafted(world)
    add_question(by=by, call_id=call.pk, text="Thêm", asks=Asks.WORDS)
    with pytest.raises(Stale):
        send(by=by, call_id=call.pk, seen_version=call.version, whom=EVERYBODY, letter=Letter(sign="1-CV"))


def test_a_form_sent_twice_drafts_one_request_and_adds_one_line(world: World) -> None:
    by, unit, first, second = world.viewer("chau"), world.unit("T"), uuid4(), uuid4()
    calls = [draft(by=by, unit_id=unit, said=Said("Kết quả", DUE), key=first) for _again in range(2)]
    assert calls[0].pk == calls[1].pk
    rows = [
        add_question(by=by, call_id=calls[0].pk, text="Cách làm", asks=Asks.WORDS, key=second) for _again in range(2)
    ]
    assert rows[0].pk == rows[1].pk
    assert len(lines(calls[0]).questions) == 1
    with pytest.raises(Absent):
        draft(by=world.viewer("minh"), unit_id=world.unit("A1"), said=Said("Kết quả", DUE), key=first)
