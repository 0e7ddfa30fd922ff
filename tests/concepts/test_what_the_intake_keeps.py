"""What is kept of a text: signs and digits as written, decided figures decided, reading outside the transaction."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection

from chithi.core.errors import Refused
from chithi.core.periods import parse
from chithi.indicators.drain import drain_all
from chithi.indicators.from_text import Decision, confirm, proposed
from chithi.indicators.models import Figure
from chithi.indicators.queries import lines
from chithi.narrative import actions
from chithi.narrative.actions import LONGEST_TEXT, Incoming, reject, take_in
from chithi.narrative.models import Document, Span
from chithi.reporting.compose import compose
from chithi.text.intake import read
from chithi.text.reading import Reading
from chithi.web.show.numbers import change
from tests.worlds import World

YEAR = "2012"
FALLEN = "Năm 2012, toàn tỉnh có 38.969 đảng viên viết bản đăng ký làm theo, giảm 120 đảng viên so với năm 2011."


def taken(world: World, text: str) -> tuple[Document, list[Span]]:
    incoming = Incoming(title="Thử", text=text, extractor="pasted", period_code=YEAR)
    document = take_in(by=world.viewer("chau"), unit_id=world.unit("T"), incoming=incoming)
    return document, list(
        Span.objects.everywhere(because="the test looks at what was stored").filter(document=document).order_by("start")
    )


def confirmed(world: World, span: Span, decision: Decision | None = None) -> Figure:
    return confirm(by=world.viewer("chau"), span_id=span.pk, seen_version=span.version, decision=decision)


def test_a_decrease_stays_a_decrease_from_the_sentence_to_the_report(world: World) -> None:
    document, spans = taken(world, FALLEN)
    level, fall = spans
    assert (fall.value, fall.falls, level.falls) == (120, True, False)
    wanted = proposed(fall, document)
    assert (wanted.role, wanted.value, wanted.against) == ("change", -120, "năm 2011")
    assert confirmed(world, level).value == 38969
    assert confirmed(world, fall).value == -120
    drain_all()
    viewer, unit, period = world.viewer("chau"), world.unit("T"), parse(YEAR)
    line = lines(viewer, unit, period).line("pledge.members")
    shown = change(line, period, "năm 2011")
    assert shown is not None
    assert (shown["direction"], "120" in shown["text"], "-" in shown["text"]) == ("down", True, False)
    printed = compose(viewer, unit, period, dated=viewer.today, base="")
    told = next(line for line in printed.lines if line.code == "pledge.members")
    assert told.previous is not None
    assert told.previous.value == 38969 + 120


def test_only_a_change_may_be_negative(world: World) -> None:
    _, spans = taken(world, FALLEN)
    level = Decision(indicator_code="pledge.members", period_code=YEAR, value=Decimal(-120))
    with pytest.raises(Refused) as refused:
        confirmed(world, spans[1], level)
    assert refused.value.code == "indicators.negative"


def test_the_ends_of_a_fall_between_two_numbers_stand_in_order(world: World) -> None:
    document, spans = taken(world, "Toàn tỉnh giảm từ 12 - 15 đảng viên so với năm 2011.")
    span = spans[0]
    span.kind, span.value, span.value_max, span.falls = "change", Decimal(12), Decimal(15), True
    wanted = proposed(span, document)
    assert (wanted.value, wanted.value_max) == (-15, -12)


@pytest.mark.parametrize(
    ("text", "field", "value", "decimals"),
    [
        ("Toàn tỉnh trồng 1,23456 ha rừng.", "value", "1.23456", 0),
        ("Toàn tỉnh có 5 hộ, đạt 99,123456789%.", "percent", "99.123456789", 9),
        ("Toàn tỉnh có 5 hộ, đạt 99,10%.", "percent", "99.10", 2),
        ("Tổng vốn 123.456.789.012.345 đồng.", "value", "123456789012345", 0),
    ],
)
def test_every_digit_of_a_figure_is_kept(world: World, text: str, field: str, value: str, decimals: int) -> None:
    document, spans = taken(world, text)
    assert getattr(spans[-1], field) == Decimal(value)
    assert spans[-1].percent_decimals == decimals
    if field == "percent":
        assert str(proposed(spans[-1], document).percent) == value


@pytest.mark.parametrize(
    "text",
    ["Tổng vốn 99999999999999999999999 tỷ đồng.", "Đạt tỷ lệ 1234567,5%.", "Toàn xã có 12/12345678901234567890123 hộ."],
)
def test_numbers_beyond_all_measure_are_stored_as_malformed(world: World, text: str) -> None:
    _, spans = taken(world, text)
    assert [(span.is_malformed, span.value, span.percent, span.total) for span in spans] == [(True, None, None, None)]


def test_a_confirmed_figure_is_not_left_out_behind_its_back(world: World) -> None:
    _, spans = taken(world, FALLEN)
    figure = confirmed(world, spans[0])
    with pytest.raises(Refused) as refused:
        reject(by=world.viewer("chau"), span_id=spans[0].pk, seen_version=spans[0].version + 1)
    assert refused.value.code == "narrative.decided_already"
    assert Figure.objects.everywhere(because="the test looks").get(pk=figure.pk).state == "live"


def test_a_text_is_read_before_anybody_has_to_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    depths = []

    def watched(text: str, **given: object) -> Reading:
        depths.append(len(connection.savepoint_ids))
        return read(text)

    outside = len(connection.savepoint_ids)
    monkeypatch.setattr(actions, "read", watched)
    taken(world, FALLEN)
    assert depths == [outside]


def test_a_second_bringing_of_a_text_while_it_is_read_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(text: str, **given: object) -> Reading:
        monkeypatch.setattr(actions, "read", read)
        taken(world, text)
        return read(text)

    monkeypatch.setattr(actions, "read", meanwhile)
    with pytest.raises(Refused) as refused:
        taken(world, FALLEN)
    assert refused.value.code == "narrative.taken_in_already"


def test_a_text_longer_than_anybody_reads_is_refused_with_the_limit(world: World) -> None:
    with pytest.raises(Refused) as refused:
        taken(world, "a" * (LONGEST_TEXT + 1))
    assert (refused.value.code, refused.value.facts["limit"], refused.value.field) == (
        "text.too_large", LONGEST_TEXT, "text",
    )  # fmt: skip
