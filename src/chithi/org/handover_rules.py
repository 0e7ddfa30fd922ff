"""When a hand-over may be made, signed, withdrawn. Pure: decided over plain facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chithi.core.errors import Refused
from chithi.org.kinds import HandoverState
from chithi.org.people_rules import Stay, why_not_end


class Side(StrEnum):
    """Who signs."""

    GIVER = "giver"
    TAKER = "taker"

    @property
    def other(self) -> Side:
        return Side.TAKER if self is Side.GIVER else Side.GIVER


@dataclass(frozen=True)
class Form:
    """A hand-over as the rules see it: the accounts of the two sides (None: signs on paper) and who has signed."""

    state: str
    accounts: dict[Side, int | None]
    signed: frozenset[Side] = frozenset()


def why_not_prepare(
    post: Stay, on: date, today: date, people: tuple[int, int], accounts: tuple[int | None, int | None]
) -> Refused | None:
    """A post still held passes on a usable day after it began, between two people with an account each or none."""
    if problem := why_not_end(post, on, today):
        return problem
    if people[0] == people[1]:
        return Refused("org.same_person", field="taker")
    if accounts[0] is not None and accounts[0] == accounts[1]:
        return Refused("org.same_account", field="taker_account")
    return None


def why_not_sign(form: Form, side: Side, doer: int | None, paper: str, *, keeps_register: bool) -> Refused | None:
    """A side with an account signs itself; for one without, whoever keeps the register says where the paper lies.

    Nobody who signs for one side records the other's signature: the two are two people.
    """
    if form.state != HandoverState.OPEN:
        return Refused("org.handover_over")
    if side in form.signed:
        return Refused("org.signed_already")
    account = form.accounts[side]
    if account is not None:
        if account != doer:
            return Refused("org.signs_alone" if keeps_register else "org.not_your_side")
        return None
    if not keeps_register:
        return Refused("org.not_your_side")
    if doer is not None and doer == form.accounts[side.other]:
        return Refused("org.not_both_sides")
    return None if paper else Refused("org.no_paper", field="paper")


def why_not_withdraw(form: Form) -> Refused | None:
    """Until the second signature."""
    return None if form.state == HandoverState.OPEN else Refused("org.handover_over")
