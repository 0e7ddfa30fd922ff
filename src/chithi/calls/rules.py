"""What cannot stand in a request or an answer, when something may still be done to them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from chithi.calls.kinds import Asks
from chithi.core.errors import Refused

MOST_QUESTIONS, MOST_ASKED, MOST_DECIMALS = 40, 5_000, 4
LONGEST_ANSWER, LONGEST_CONTENT = 4_000, 4_000
LARGEST = Decimal(10) ** 15
LONGEST_RUN = timedelta(days=366)


@dataclass(frozen=True)
class Days:
    """How far a request has come."""

    due_on: date
    sent_on: date | None = None
    withdrawn_on: date | None = None


def why_not_worded(title: str, due_on: date, today: date) -> Refused | None:
    """A request says what about and by when; the day is today or later, a year ahead at most."""
    if not title:
        return Refused("calls.no_title", field="title")
    if not today <= due_on <= today + LONGEST_RUN:
        return Refused("calls.bad_day", field="due_on", first=today, last=today + LONGEST_RUN)
    return None


def why_not_earlier(due_on: date, above: date) -> Refused | None:
    """What is passed on is due before the answer it is for."""
    return None if due_on < above else Refused("calls.not_earlier", field="due_on", day=above)


def why_not_changed(days: Days) -> Refused | None:
    """What went out is not reworded."""
    return None if days.sent_on is None else Refused("calls.sent_already", day=days.sent_on)


def why_not_sent(days: Days, questions: int, today: date) -> Refused | None:
    """A request goes out once, with an outline, no later than the day it is due."""
    if problem := why_not_changed(days):
        return problem
    if not questions:
        return Refused("calls.no_outline")
    return Refused("calls.day_over", day=days.due_on) if days.due_on < today else None


def why_not_answered(days: Days, done_on: date | None) -> Refused | None:
    """Answers are written while the request stands and until they are sent."""
    if days.withdrawn_on is not None:
        return Refused("calls.withdrawn", day=days.withdrawn_on)
    return None if done_on is None else Refused("calls.answered_already", day=done_on)


def why_not_said(asks: Asks, text: str, number: Decimal | None) -> Refused | None:
    """An answer says what its line asks for, within what is kept."""
    if asks is Asks.WORDS:
        return Refused("calls.too_long", most=LONGEST_ANSWER) if len(text) > LONGEST_ANSWER else None
    if number is None:
        return None
    if number >= LARGEST:
        return Refused("numbers.too_large")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MOST_DECIMALS:
        return Refused("calls.too_fine", most=MOST_DECIMALS)
    return None


def as_many_as_fit(words: Iterable[str]) -> str:
    """The words of several units, one below the other, as far as an answer takes them whole."""
    found = ""
    for one in words:
        longer = f"{found}\n{one}" if found else one
        if len(longer) > LONGEST_ANSWER:
            break
        found = longer
    return found


def unanswered(questions: Collection[tuple[int, Asks]], said: dict[int, tuple[str, Decimal | None]]) -> list[int]:
    """The lines that an answer leaves open."""
    return [
        pk
        for pk, asks in questions
        if (not said.get(pk, ("", None))[0] if asks is Asks.WORDS else said.get(pk, ("", None))[1] is None)
    ]
