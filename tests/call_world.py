"""Requests by letter of the small world: drafted with three lines, sent, answered."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from chithi.calls.actions import Letter, Said, Whom, add_question, draft, send
from chithi.calls.answering import submit
from chithi.calls.kinds import Asks
from chithi.calls.models import Call, Question, Reply
from chithi.indicators.models import Indicator
from tests.worlds import TODAY, World

LOOK = "a test looks again"
DUE = TODAY + timedelta(days=5)
PERIOD = "2026-Q3"


def classes() -> int:
    """The id of an indicator whose figures units enter."""
    return Indicator.objects.get(code="study.classes").pk


def drafted(world: World, *, by: str = "chau", code: str = "T", period: str = PERIOD, lines: bool = True) -> Call:
    """A request of the province: one line in words, one number, one figure of an indicator."""
    viewer = world.viewer(by)
    call = draft(by=viewer, unit_id=world.unit(code), said=Said("Kết quả học tập", DUE, period=period))
    if lines:
        add_question(by=viewer, call_id=call.pk, text="Cách làm hay", asks=Asks.WORDS)
        add_question(by=viewer, call_id=call.pk, text="Số buổi nói chuyện", asks=Asks.NUMBER)
        add_question(by=viewer, call_id=call.pk, text="", asks=Asks.INDICATOR, indicator=classes())
    return Call.objects.everywhere(because=LOOK).get(pk=call.pk)


EVERYBODY = Whom(kinds=("grassroots",))


def sent(world: World, *, whom: Whom = EVERYBODY, **how: Any) -> Call:
    """The same, gone out."""
    call, by = drafted(world, **how), world.viewer(how.get("by", "chau"))
    letter = Letter(sign=f"{call.pk}-CV/TU")
    return send(by=by, call_id=call.pk, seen_version=call.version, whom=whom, letter=letter)


def reply_of(world: World, call: Call, code: str) -> Reply:
    """The answer that a unit owes."""
    return Reply.objects.everywhere(because=LOOK).get(call_id=call.pk, unit_id=world.unit(code))


def questions(call: Call) -> list[Question]:
    """The lines of an outline, in order."""
    return list(Question.objects.everywhere(because=LOOK).filter(call_id=call.pk).order_by("pk"))


def whole(call: Call, number: str = "7") -> dict[int, tuple[str, Decimal | None]]:
    """An answer to every line; `number` is the figure of the indicator."""
    words, count, figure = questions(call)
    return {words.pk: ("Nêu gương", None), count.pk: ("", Decimal("2.5")), figure.pk: ("", Decimal(number))}


def answered(world: World, call: Call, code: str = "A1", by: str = "minh", number: str = "7") -> Reply:
    """An answer that was sent."""
    kept = reply_of(world, call, code)
    return submit(by=world.viewer(by), reply_id=kept.pk, seen_version=kept.version, said=whole(call, number))
