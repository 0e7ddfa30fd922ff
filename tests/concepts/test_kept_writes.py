"""One row stored with kept words holds what Django would have stored; versions are compared all the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Value
from django.test.utils import CaptureQueriesContext

from chithi.core.errors import Stale
from chithi.core.periods import parse
from chithi.db.kept import Kept
from chithi.indicators.models import Figure, Measure, PeriodRow
from chithi.indicators.period_rows import period_row
from chithi.journal.actions import record
from chithi.journal.models import Entry
from chithi.org.models import Place, UnitState
from tests.worlds import World

BECAUSE = "a test"
FACTS = {"name": "Nguyễn'; --", "n": 3, "none": None, "list": [1, {"a": "%s"}]}


def figure_of(world: World, **more: Any) -> Figure:
    given = {"source": "entered", "covers": "own", "value": -(2**40), "noun": "% %s '\"\\ lớp", "why": ""}
    measure = Measure.objects.get(code="study.classes")
    return Figure(unit_id=world.unit("A11"), measure=measure, period=period_row(parse("2025")), **{**given, **more})


def stored(row: models.Model) -> dict[str, Any]:
    found = type(row).objects.everywhere(because=BECAUSE).get(pk=row.pk)  # type: ignore[attr-defined]
    return {name: value for name, value in vars(found).items() if name != "_state"}


def test_a_new_row_holds_what_each_of_its_fields_was_given(world: World) -> None:
    figure = figure_of(world)
    figure.save()
    assert figure.pk
    assert not figure._state.adding
    assert stored(figure) == {name: value for name, value in vars(figure).items() if name in stored(figure)}
    entry = record("tests.done", by=world.viewer("lan"), unit_id=world.unit("A11"), about=figure, **FACTS)
    assert stored(entry)["facts"] == FACTS
    assert Entry.objects.everywhere(because=BECAUSE).filter(facts__n=3, about_id=figure.pk).exists()


def test_a_row_that_breaks_a_constraint_is_refused_as_ever(world: World) -> None:
    figure_of(world).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        figure_of(world).save()
    assert Figure.objects.everywhere(because=BECAUSE).count() == 1


def test_what_the_database_is_to_reckon_is_left_to_django(world: World) -> None:
    figure = figure_of(world, value=Value(4) * 5)
    figure.save()
    assert stored(figure)["value"] == 20
    figure.value = F("value") + 1
    figure.save()
    assert (stored(figure)["value"], stored(figure)["version"]) == (21, 2)


def test_an_amended_row_has_its_next_version_and_nothing_else_changed(world: World) -> None:
    figure = figure_of(world)
    figure.save()
    before, figure.noun = stored(figure), "not stored"
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        figure.amend(why="đếm lại", value=None, stated_share=5)
    assert [query["sql"][:6] for query in queries if query["sql"][:6] in ("UPDATE", "SELECT")] == ["UPDATE"]
    assert stored(figure) == before | {"why": "đếm lại", "value": None, "stated_share": 5, "version": 2}
    assert (figure.version, figure.value) == (2, None)


def test_whoever_amends_what_another_has_changed_writes_nothing_and_goes_on(world: World) -> None:
    mine, theirs = (UnitState.objects.everywhere(because=BECAUSE).get(unit_id=world.unit("A")) for _ in range(2))
    mine.amend(short_name="Huyện An")
    with transaction.atomic():
        with pytest.raises(Stale):
            theirs.amend(short_name="An")
        mine.amend(order=7)
    assert (stored(mine)["short_name"], stored(mine)["order"], stored(mine)["version"]) == ("Huyện An", 7, 3)
    assert (theirs.version, theirs.short_name != "An") == (1, True)


def test_words_are_kept_where_whole_numbers_are_compared_with_columns_of_every_width(world: World) -> None:
    """PostgreSQL is given them as numbers of four and eight bytes, which are not plain ones."""
    for build in (
        lambda number: PeriodRow.objects.filter(pk=number),
        lambda number: Measure.objects.filter(pk=number),
        lambda number: Place.objects.filter(unit_id=number, lo=number),
    ):
        kept = Kept(build)
        kept.rows(1)
        assert None not in kept._words.values()
