"""Requests passed on to the units below, answers composed of theirs; who carries on a closed unit answers for it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from chithi.access.actions import grant, open_account
from chithi.access.roles import Role
from chithi.calls.actions import Letter, Said, Whom, change, discard, remind, send, withdraw
from chithi.calls.answering import keep, submit
from chithi.calls.due import of_person
from chithi.calls.models import Answer, Call, Reply
from chithi.calls.passing import compose, gathered, pass_on, passed_on
from chithi.calls.queries import asked_of, counts
from chithi.calls.rules import LONGEST_ANSWER, as_many_as_fit
from chithi.core.errors import Absent, Refused, Stale
from chithi.directives.queries import recipients
from chithi.indicators.models import Figure
from chithi.org.actions import merge
from tests.call_world import DUE, LOOK, answered, questions, reply_of, sent
from tests.worlds import BEGAN, TODAY, World

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=2)


def below(world: World, reply: Reply, by: str, *codes: str, due: date = SOON) -> Call:
    """A request passed on to the units named, with the letter it came with."""
    viewer = world.viewer(by)
    made = pass_on(by=viewer, reply_id=reply.pk, due_on=due)
    above = Call.objects.everywhere(because=LOOK).get(pk=reply.call_id)
    whom, letter = Whom(units=tuple(world.unit(code) for code in codes)), Letter(directive=above.directive_id)
    return send(by=viewer, call_id=made.pk, seen_version=made.version, whom=whom, letter=letter)


def told(world: World, call: Call, code: str, by: str, words: str, count: str, figure: str) -> Reply:
    """An answer of a unit, sent."""
    row, (first, second, third) = reply_of(world, call, code), questions(call)
    said = {first.pk: (words, None), second.pk: ("", Decimal(count)), third.pk: ("", Decimal(figure))}
    return submit(by=world.viewer(by), reply_id=row.pk, seen_version=row.version, said=said)


def said_in(reply: Reply) -> list[tuple[str, Decimal | None]]:
    rows = Answer.objects.everywhere(because=LOOK).filter(reply_id=reply.pk).order_by("question_id")
    return list(rows.values_list("text", "number"))


def test_a_request_goes_down_three_levels_and_its_answers_come_up_composed(world: World) -> None:
    world.users["nam"] = open_account(username="nam", name="Nam", password="mật khẩu của nam")
    grant(by=None, user=world.users["nam"], role=Role.CLERK, unit_id=world.unit("A"), since=BEGAN)
    top = sent(world, whom=Whom(units=(world.unit("A"),)))
    district = reply_of(world, top, "A")
    middle = below(world, district, "nam", "A1", "A2", due=TODAY + timedelta(days=4))
    commune = reply_of(world, middle, "A1")
    low = below(world, commune, "minh", "A11", "A12")
    assert low.directive_id == middle.directive_id == top.directive_id
    assert [item.due_on for item in of_person(world.viewer("lan"), TODAY)] == [SOON]
    told(world, low, "A11", "lan", "Nêu gương", "2", "3")
    told(world, low, "A12", "hoa", "Họp tổ", "1.5", "4")
    found = gathered(world.viewer("minh"), commune)
    assert found is not None
    assert (found.came, found.asked) == (2, 2)
    assert len([one for one in asked_of(world.viewer("minh"), low) if one.reply.done_on]) == found.came

    figure = questions(middle)[2].pk
    own = {figure: ("", Decimal(1))}
    composed = compose(by=world.viewer("minh"), reply_id=commune.pk, seen_version=commune.version, said=own)
    assert composed.done_on is None
    assert said_in(composed) == [
        ("Chi bộ thôn Hòa Một: Nêu gương\nChi bộ thôn Hòa Hai: Họp tổ", None), ("", Decimal("3.5")), ("", Decimal(1)),
    ]  # fmt: skip
    submit(by=world.viewer("minh"), reply_id=commune.pk, seen_version=composed.version, said={})

    nam = world.viewer("nam")
    lifted = compose(
        by=nam, reply_id=district.pk, seen_version=district.version, said={questions(top)[2].pk: ("", Decimal(0))}
    )
    assert said_in(lifted)[1] == ("", Decimal("3.5"))
    assert said_in(lifted)[0][0].startswith("Đảng bộ xã An Một: Chi bộ thôn Hòa Một: Nêu gương")
    submit(by=nam, reply_id=district.pk, seen_version=lifted.version, said={})
    assert counts(world.viewer("chau"), [top]) == {top.pk: (1, 1)}
    own_figures = dict(Figure.objects.everywhere(because=LOOK).values_list("unit_id", "value"))
    assert own_figures == {world.unit(code): value for code, value in (("A11", 3), ("A12", 4), ("A1", 1), ("A", 0))}


def test_what_is_passed_on_is_due_earlier_and_passed_on_once_by_whoever_answers(world: World) -> None:
    call = sent(world)
    kept, minh, key = reply_of(world, call, "A1"), world.viewer("minh"), uuid4()
    for name in ("lan", "dung"):
        with pytest.raises(Absent):
            pass_on(by=world.viewer(name), reply_id=kept.pk, due_on=SOON)
    with pytest.raises(Refused, match=r"calls\.not_earlier"):
        pass_on(by=minh, reply_id=kept.pk, due_on=DUE)
    with pytest.raises(Refused, match=r"calls\.bad_day"):
        pass_on(by=minh, reply_id=kept.pk, due_on=TODAY - timedelta(days=1))
    made = pass_on(by=minh, reply_id=kept.pk, due_on=DUE - timedelta(days=1), key=key)
    assert pass_on(by=minh, reply_id=kept.pk, due_on=SOON, key=key).pk == made.pk
    with pytest.raises(Refused, match=r"calls\.passed_on_already"):
        pass_on(by=minh, reply_id=kept.pk, due_on=SOON)
    with pytest.raises(Refused, match=r"calls\.not_earlier"):
        change(by=minh, call_id=made.pk, seen_version=made.version, said=Said("Tên khác", DUE, period=made.period))
    assert [(row.text, row.asks) for row in questions(made)] == [(row.text, row.asks) for row in questions(call)]
    discard(by=minh, call_id=made.pk, seen_version=made.version)
    assert passed_on(kept) is None
    assert pass_on(by=minh, reply_id=kept.pk, due_on=SOON).out_of_id == kept.pk


def test_what_was_taken_back_may_be_passed_on_anew_and_what_was_answered_is_not(world: World) -> None:
    call = sent(world)
    kept, minh = reply_of(world, call, "A1"), world.viewer("minh")
    out = below(world, kept, "minh", "A11")
    withdraw(by=minh, call_id=out.pk, seen_version=out.version, why="Nhầm hạn")
    assert pass_on(by=minh, reply_id=kept.pk, due_on=SOON).pk != out.pk
    done = answered(world, call, "A2", by="chau")
    with pytest.raises(Refused, match=r"calls\.answered_already"):
        pass_on(by=world.viewer("chau"), reply_id=done.pk, due_on=SOON)
    withdraw(by=world.viewer("chau"), call_id=call.pk, seen_version=call.version, why="Đã có số")
    with pytest.raises(Refused, match=r"calls\.withdrawn"):
        pass_on(by=world.viewer("chau"), reply_id=reply_of(world, call, "B1").pk, due_on=SOON)


def test_only_the_letter_of_the_request_above_may_be_used_again(world: World) -> None:
    first, second = sent(world), sent(world)
    minh = world.viewer("minh")
    made = pass_on(by=minh, reply_id=reply_of(world, first, "A1").pk, due_on=SOON)
    with pytest.raises(Absent):
        send(
            by=minh, call_id=made.pk, seen_version=made.version, whom=Whom(units=(world.unit("A11"),)),
            letter=Letter(directive=second.directive_id),
        )  # fmt: skip


def test_what_is_not_sent_below_is_not_composed_and_own_words_stay(world: World) -> None:
    call = sent(world)
    kept, minh = reply_of(world, call, "A1"), world.viewer("minh")
    with pytest.raises(Refused, match=r"calls\.nobody_below"):
        compose(by=minh, reply_id=kept.pk, seen_version=kept.version, said={})
    low = below(world, kept, "minh", "A11", "A12")
    draft = reply_of(world, low, "A11")
    first = questions(low)[0].pk
    keep(by=world.viewer("lan"), reply_id=draft.pk, seen_version=draft.version, said={first: ("Đang viết", None)})
    with pytest.raises(Refused, match=r"calls\.nobody_below"):
        compose(by=minh, reply_id=kept.pk, seen_version=kept.version, said={})
    told(world, low, "A12", "hoa", "Họp tổ", "1.5", "4")
    own = {questions(call)[0].pk: ("Lời của xã", None)}
    with pytest.raises(Stale):
        compose(by=minh, reply_id=kept.pk, seen_version=kept.version + 1, said=own)
    done = compose(by=minh, reply_id=kept.pk, seen_version=kept.version, said=own)
    assert said_in(done) == [("Lời của xã", None), ("", Decimal("1.5"))]


def test_words_of_many_units_are_taken_whole_as_far_as_they_fit() -> None:
    words = ["a" * 1500, "b" * 1500, "c" * 1500]
    assert as_many_as_fit(words) == "\n".join(words[:2])
    assert as_many_as_fit(["x" * LONGEST_ANSWER]) == "x" * LONGEST_ANSWER
    assert as_many_as_fit(["x" * (LONGEST_ANSWER + 1)]) == ""


def closed(world: World, code: str, into: str) -> None:
    merge(by=world.viewer("an"), unit_ids=[world.unit(code)], heir_id=world.unit(into), on=TODAY, document="1-QĐ")


def test_whoever_carries_on_a_closed_unit_answers_for_it(world: World) -> None:
    call = sent(world, whom=Whom(units=(world.unit("A12"), world.unit("A21"))))
    closed(world, "A12", "A11")
    lan = world.viewer("lan")
    (item,) = of_person(lan, TODAY)
    assert item.unit_id == world.unit("A12")
    done = answered(world, call, "A12", by="lan")
    assert done.done_on == TODAY
    assert of_person(lan, TODAY) == []


def test_a_closed_unit_whose_heir_is_asked_too_need_not_answer(world: World) -> None:
    call = sent(world, whom=Whom(units=(world.unit("A11"), world.unit("A12"))))
    closed(world, "A12", "A11")
    lan, chau = world.viewer("lan"), world.viewer("chau")
    assert [item.unit_id for item in of_person(lan, TODAY)] == [world.unit("A11")]
    assert [one.reply.unit_id for one in asked_of(chau, call)] == [world.unit("A11")]
    assert counts(chau, [call]) == {call.pk: (0, 1)}
    answered(world, call, "A11", by="lan")
    assert of_person(lan, TODAY) == []
    assert counts(chau, [call]) == {call.pk: (1, 1)}


def test_what_a_unit_answered_before_it_closed_still_counts(world: World) -> None:
    call = sent(world, whom=Whom(units=(world.unit("A11"), world.unit("A12"))))
    answered(world, call, "A12", by="hoa")
    closed(world, "A12", "A11")
    chau = world.viewer("chau")
    assert len(asked_of(chau, call)) == 2
    assert counts(chau, [call]) == {call.pk: (1, 2)}


def test_the_letter_of_reminder_goes_to_whoever_carries_on_a_closed_unit(world: World) -> None:
    call = sent(world, whom=Whom(units=(world.unit("A12"), world.unit("A21"))))
    closed(world, "A12", "A11")
    letter = remind(by=world.viewer("chau", DUE + timedelta(days=1)), call_id=call.pk)
    assert set(recipients(letter.pk)) == {world.unit("A11"), world.unit("A21")}
