"""Reading a whole tree as arrays says the same as reading it unit by unit: column by column, whatever was stated."""

from __future__ import annotations

import random
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from chithi.core.periods import half, month, parse, quarter, since, year
from chithi.demo import build_demo
from chithi.indicators.kinds import Covers, Source
from chithi.indicators.models import Confirmation, Figure, Measure, Member, SourcePolicy
from chithi.indicators.own import columns_by_unit, open_book, own_columns, own_columns_in
from chithi.indicators.period_rows import period_row
from chithi.org.demo.sizes import BEGAN
from chithi.org.models import Unit
from chithi.org.places import tree_on
from chithi.rollup.columns import Column, parts_of

BECAUSE = "a test reads everything"
PERIODS = (month(2024, 2), quarter(2024, 1), half(2024, 1), half(2024, 2), since(BEGAN, parse("2024").last))
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def odd(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A small demo with everything a figure can be put into it at random: the same each time."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_demo("tiny", 7, lambda _line: None)
        dice, made = random.Random(11), 0
        units = list(Unit.objects.everywhere(because=BECAUSE).order_by("pk").values_list("pk", flat=True))
        measures = list(Measure.objects.order_by("pk"))
        members = list(Member.objects.order_by("pk"))
        taken: set[tuple[object, ...]] = set(
            Figure.objects.everywhere(because=BECAUSE).values_list(
                "unit_id", "measure_id", "period__code", "member_id", "source", "covers"
            )
        )
        for _ in range(3000):
            measure, period = dice.choice(measures), dice.choice((*PERIODS, month(2024, 5), year(2024)))
            member = dice.choice(members).pk if measure.breakdown_id and dice.random() < 0.7 else None
            source = dice.choice((Source.ENTERED, Source.NARRATIVE))
            at = (dice.choice(units), measure.pk, period.code, member, source.value, Covers.OWN.value)
            if at in taken:
                continue
            taken.add(at)
            made += 1
            value = dice.randrange(40)
            Figure(
                unit_id=at[0],
                measure=measure,
                period=period_row(period),
                member_id=member,
                source=source,
                covers=Covers.OWN,
                value=value,
                value_max=value + 3 if dice.random() < 0.1 else None,
                bound=dice.choice(("", "", "", "at_least", "about", "at_most")),
                key=UUID(int=made),
            ).save()
        for unit in dice.sample(units, 40):
            about, first = dice.choice((None, *measures)), dice.choice(list(Source))
            SourcePolicy(unit_id=unit, measure=about, first=first, since=BEGAN).save()
        for unit in dice.sample(units, 30):
            Confirmation(unit_id=unit, period=period_row(PERIODS[1])).save()
        yield
        transaction.set_rollback(True)


def plain(column: Column) -> tuple[object, ...]:
    own = zip(column.positions, column.values, column.inexact, column.at_least, strict=True)
    adopted = column.adopted
    balances = zip(adopted.positions, adopted.statements, adopted.inexact, adopted.at_least, strict=True)
    ordered = (sorted(tuple(map(int, row)) for row in rows) for rows in (own, balances))
    return (*ordered, sorted(column.spoke.tolist()), sorted(column.expected.tolist()))


@pytest.mark.parametrize("code", ["2024", "2025", "2025-Q2", *(period.code for period in PERIODS)])
def test_every_column_is_the_one_that_units_give_one_by_one(odd: None, code: str) -> None:
    row, book = period_row(parse(code)), open_book()
    tree = tree_on(row.last)
    whole, one_by_one = own_columns(book, row, tree, None), columns_by_unit(book, row, tree, None)
    assert set(whole) == set(one_by_one)
    for key, column in whole.items():
        assert plain(column) == plain(one_by_one[key]), parts_of(key)
    assert sum(len(column.positions) for column in whole.values()) > 100


def test_some_units_in_several_periods_are_read_together_and_say_what_each_says_alone(odd: None) -> None:
    stated = {measure.pk for measure in Measure.objects.filter(recorded=False, roll_up="sum")}
    book, units = open_book(stated), list(Unit.objects.everywhere(because=BECAUSE).values_list("pk", flat=True))
    some = random.Random(5).sample(units, len(units) * 2 // 3)
    rows = [period_row(parse(code)) for code in ("2024", "2024-12", "2024-Q4", PERIODS[3].code, PERIODS[4].code)]
    tree = tree_on(rows[0].last)
    assert {tree_on(row.last).id for row in rows} == {tree.id}
    together = list(own_columns_in(book, rows, tree, some))
    assert [row.pk for row, _columns in together] == [row.pk for row in rows]
    for row, columns in together:
        alone = columns_by_unit(book, row, tree, some)
        assert {key: plain(column) for key, column in columns.items()} == {
            key: plain(column) for key, column in alone.items()
        }
    spoken = [sum(len(column.positions) for column in columns.values()) for _row, columns in together]
    assert min(spoken[0], spoken[3]) > 50


def test_records_of_some_units_are_counted_for_several_periods_as_for_each(odd: None) -> None:
    book, units = open_book(), list(Unit.objects.everywhere(because=BECAUSE).values_list("pk", flat=True)[:40])
    rows = [period_row(parse(code)) for code in ("2024", "2024-12")]
    tree = tree_on(rows[0].last)
    for row, columns in own_columns_in(book, rows, tree, units):
        alone = columns_by_unit(book, row, tree, units)
        assert {key: plain(column) for key, column in columns.items()} == {
            key: plain(column) for key, column in alone.items()
        }
