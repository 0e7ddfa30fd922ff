"""Who may look after which account, and what a browser calls itself: the rules alone."""

from __future__ import annotations

from datetime import date

import pytest

from chithi.access.roles import MAY, Role
from chithi.access.rules import Held, device_words, why_not_days, why_not_give, why_not_keep
from chithi.core.errors import Absent
from chithi.db.viewer import Capability

ALL = frozenset(Capability)
KEEPER = frozenset({Capability.READ, Capability.ACCOUNTS})
DAY = date(2026, 11, 22)


def code_of(held: list[Held], *, keeper: int = 1, account: int = 2, everywhere: bool = False) -> str:
    problem = why_not_keep(keeper, account, held, everywhere=everywhere)
    return problem.code if problem else ""


def test_an_account_is_looked_after_by_whoever_covers_all_it_holds() -> None:
    clerk = MAY[Role.CLERK]
    inside, outside = Held(clerk, True, KEEPER), Held(clerk, False, frozenset())
    assert code_of([inside]) == ""
    assert code_of([inside, outside]) == "access.held_elsewhere"
    assert code_of([outside]) == "access.no_account"
    assert code_of([inside], account=1) == "access.own_account"


def test_an_account_without_any_role_is_for_whoever_reaches_everything() -> None:
    assert code_of([]) == "access.no_account"
    assert code_of([], everywhere=True) == ""


@pytest.mark.parametrize("role", Role)
def test_whoever_looks_after_accounts_takes_over_nobody_who_may_administer_more(role: Role) -> None:
    taken = code_of([Held(MAY[role], True, KEEPER)]) == ""
    assert taken == (role in (Role.SECRETARY, Role.CLERK, Role.LEADER))
    assert code_of([Held(MAY[role], True, ALL)]) == ""
    given = why_not_give(1, 2, Held(MAY[role], True, KEEPER), DAY, None, DAY)
    assert (given is None) == taken


def test_a_role_outside_looks_absent() -> None:
    assert isinstance(why_not_give(1, 2, Held(KEEPER, False, frozenset()), DAY, None, DAY), Absent)


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (DAY, None, ""),
        (date(2000, 1, 1), DAY, ""),
        (date(1999, 12, 31), None, "access.bad_day"),
        (date(2100, 1, 1), None, "access.bad_day"),
        (DAY, date(9999, 12, 31), "access.bad_day"),
        (DAY, DAY, "access.ends_before_it_begins"),
    ],
)
def test_days_of_a_role_exist_and_end_after_they_begin(since: date, until: date | None, code: str) -> None:
    problem = why_not_days(since, until, DAY)
    assert (problem.code if problem else "") == code


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/142.0 Safari/537.36 Edg/142.0", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit Chrome/142.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox · Linux"),
        ("", ""),
        ("\x00" * 9999, ""),
    ],
)
def test_a_device_is_called_what_people_call_it(told: str, said: str) -> None:
    assert device_words(told) == said
