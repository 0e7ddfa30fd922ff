"""Counting several kinds of rows in one statement: kept words ask what a fresh query would."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from chithi.core.periods import parse
from chithi.db import counted as module
from chithi.db.counted import Counted, counts_by_unit
from chithi.db.guard import ScopedQuerySet, UnscopedQuery
from chithi.indicators.own_ground import _question
from chithi.indicators.registry import BY_CODE
from chithi.org.models import Membership, UnitState, valid_on
from tests.worlds import BEGAN, TODAY, World, add_members

BECAUSE = "the test counts everywhere"
DAYS = [(parse(code).first, parse(code).last) for code in ("2025", "2024", "2025-Q1")]


def members(_first: date, last: date) -> ScopedQuerySet[Any]:
    return Membership.objects.everywhere(because=BECAUSE).filter(valid_on(last))


def since(first: date, last: date) -> ScopedQuerySet[Any]:
    """Does more with its days than to compare with them."""
    return members(first, last).filter(since__gte=first - timedelta(days=1), since__year__lte=last.year)


def late(last: date) -> Q:
    return Q(since__gt=last - timedelta(days=30))


@pytest.mark.parametrize(
    "code", [f"{code}{kept}" for code in BY_CODE for kept in ("", " kept") if _question(code, bool(kept))]
)
@pytest.mark.parametrize("units", [None, [3, 5]], ids=["everybody", "some"])
def test_kept_words_are_those_of_a_fresh_query(db: None, code: str, units: list[int] | None) -> None:
    name, _, kept = code.partition(" ")
    asked = _question(name, bool(kept))
    assert asked is not None
    kept_query = module._question(asked, everybody=units is None)
    for days in DAYS:
        given = days if units is None else (*days, units)
        sql, values = module._query(asked, *given).query.sql_with_params()
        words, found = kept_query.compiled(*given)
        assert words is not None
        assert (words.sql, found) == (sql, list(values))
    assert None not in kept_query._words.values(), "its words are kept"


def test_all_is_asked_in_one_statement_and_answered_apart(world: World) -> None:
    a11, a12 = world.unit("A11"), world.unit("A12")
    add_members(world.units["A11"], 3)
    add_members(world.units["A12"], 2, since=date(2025, 6, 1))
    parted = Counted(members, "unit_id", (late, lambda last: ~late(last)))
    asked = [(Counted(members, "unit_id"), DAYS[0]), (parted, DAYS[0]), (parted, (date(2025, 1, 1), date(2025, 6, 20)))]
    asked.append((Counted(members, "unit_id"), (BEGAN - timedelta(days=9), BEGAN - timedelta(days=1))))
    with CaptureQueriesContext(connection) as queries:
        found = counts_by_unit(asked, [a11, a12])
    assert len(queries) == 1
    assert found == [
        {a11: (3,), a12: (2,)},
        {a11: (3, 0, 3), a12: (2, 0, 2)},
        {a11: (3, 0, 3), a12: (2, 2, 0)},
        {},
    ]
    assert counts_by_unit(asked, None) == found
    assert counts_by_unit(asked, [a12])[0] == {a12: (2,)}
    assert counts_by_unit(asked, []) == [{}, {}, {}, {}]
    assert counts_by_unit([], [a11]) == []


def test_a_query_that_reckons_with_its_days_is_answered_and_not_kept(world: World) -> None:
    add_members(world.units["A11"], 3)
    asked = Counted(since, "unit_id")
    for first, count in ((BEGAN, 3), (BEGAN + timedelta(days=1), 3), (BEGAN + timedelta(days=2), 0)):
        found = counts_by_unit([(asked, (first, TODAY))], [world.unit("A11")])
        assert found == [{world.unit("A11"): (count,)} if count else {}]
    assert list(module._question(asked, everybody=False)._words.values()) == [None]


def test_what_can_have_no_answer_has_none(world: World) -> None:
    def nobody(_first: date, _last: date) -> ScopedQuerySet[Any]:
        return UnitState.objects.everywhere(because=BECAUSE).none()

    with CaptureQueriesContext(connection) as queries:
        assert counts_by_unit([(Counted(nobody, "unit_id"), DAYS[0])], None) == [{}]
    assert len(queries) == 0


def test_rows_that_say_for_nobody_are_not_counted(world: World) -> None:
    asked = Counted(lambda _first, last: Membership.objects.filter(valid_on(last)), "unit_id")
    with pytest.raises(UnscopedQuery):
        counts_by_unit([(asked, DAYS[0])], None)


def test_more_questions_than_a_statement_holds_are_asked_in_several(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_members(world.units["A11"], 3)
    monkeypatch.setattr(module, "_MOST_TOGETHER", 2)
    with CaptureQueriesContext(connection) as queries:
        found = counts_by_unit([(Counted(members, "unit_id"), DAYS[0])] * 5, None)
    assert len(queries) == 3
    assert found == [{world.unit("A11"): (3,)}] * 5
