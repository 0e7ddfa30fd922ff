"""Sentences written from figures, read back by the intake, give the same figures (SPINE 11)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import report_samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chithi.reporting.content import (
    Bound,
    Covers,
    Header,
    Kind,
    Line,
    Member,
    Part,
    Previous,
    ReportContent,
)
from chithi.reporting.phrases import PHRASES, TOGETHER
from chithi.reporting.word import docx_bytes
from chithi.reporting.wording import sentences
from chithi.text.extract import extract
from chithi.text.intake import read
from chithi.text.reading import Fact

COUNTED = sorted(set(PHRASES) - {"result.land", "result.money", "result.road", "result.income", "result.workdays"})
BASES_ONLY = {"issue.registered", "comment.received", "standard.units_passing", "standard.units_late"}  # not proposed
WITHOUT_BASE = {"exchange.events", "media.items"}  # nobody says how many there should have been
READ_AS_SHIPPED = [code for code in COUNTED if not code.startswith("org.") and code not in BASES_ONLY]
LEADERS = {"pledge.leaders", "org.key_leaders"}
SCOPES = ("toàn tỉnh", "toàn huyện", "toàn xã", "toàn đảng bộ", "chi bộ")
PERIODS = (
    "Năm 2013",
    "Tháng 6/2013",
    "Quý II/2013",
    "6 tháng đầu năm 2013",
    "Từ 14/5/2011 đến 23/8/2013",
    "Tính đến 30/6/2013",
    "Năm 2013 (chốt số 15/12–14/12)",
)
PEOPLE = (
    "ông Giàng Seo Phừ, thôn Sa Pả",
    "bà Vàng Thị Mai, thôn Na Hạ",
    "gia đình ông Lù Seo Chứ, xã Thanh Bình",
    "nhân dân thôn Tả Chu Phùng",
)
Figure = tuple[str, Decimal | None, Decimal | None, Decimal | None, Decimal | None, str | None]

whole = st.integers(0, 9_999_999).map(Decimal)
positive = st.integers(1, 9_999_999).map(Decimal)
bounds = st.sampled_from(Bound)
stated = st.integers(1, 1000).map(lambda tenths: Decimal(tenths) / 10)


@st.composite
def counted_lines(draw: st.DrawFn, code: str) -> Line:
    """A count in one of the shapes of reports: bare, bounded, with a stated share, of a known base."""
    noun = PHRASES[code].noun or "cá nhân"
    value = draw(whole)
    line = Line(code, "Chỉ số", noun, value=value, covers=draw(st.sampled_from(Covers)))
    shape = draw(st.sampled_from(("bare", "bound", "stated", "base", "stated base")))
    if shape == "bound":
        line = replace(line, bound=draw(bounds))
    if "stated" in shape:
        line = replace(line, percent=draw(stated), percent_stated=True)
    if "base" in shape:
        line = replace(line, total=value + draw(whole) + 1)
    if draw(st.booleans()):
        line = replace(line, previous=Previous(draw(whole), label=draw(st.sampled_from(("", "năm 2011")))))
    if draw(st.booleans()):
        expected = draw(st.integers(1, 5000))
        line = replace(line, expected=expected, spoke=draw(st.integers(0, expected)))
    if code in LEADERS and draw(st.booleans()):
        inside = draw(st.integers(0, int(value)))
        line = replace(
            line,
            members=(
                Member("member", "là đảng viên", Decimal(inside)),
                Member("other", "không phải là đảng viên", value - inside),
            ),
        )
    return line


MEASURED = (
    ("result.land", Kind.AREA, "m²", "area", positive),
    ("result.road", Kind.LENGTH, "m", "length", positive),
    (
        "result.road",
        Kind.LENGTH,
        "km",
        "length",
        st.integers(1, 9999).map(lambda tenths: Decimal(tenths) / 10),
    ),
    ("result.workdays", Kind.WORKDAYS, "ngày công", "workdays", positive),
    ("result.money", Kind.MONEY, "đồng", "money", st.integers(1, 10**7).map(lambda n: Decimal(n * 1000))),
    (
        "result.income",
        Kind.INCOME,
        "đồng/năm",
        "yearly_amount",
        st.integers(1, 900).map(lambda n: Decimal(n * 10**6)),
    ),
)


def a_report(*lines: Line, scope: str = "toàn huyện", period: str = "Năm 2013") -> ReportContent:
    header = Header("Huyện ủy Mường Khương", "Mường Khương", date(2013, 5, 4))
    return ReportContent(header, "Báo cáo", "Kết quả thực hiện Chỉ thị", period, scope, lines)


def figure(fact: Fact) -> Figure:
    return (fact.kind, fact.value, fact.value_max, fact.total, fact.percent, fact.approx)


def share(line: Line) -> Decimal | None:
    """The share that the sentence must carry: as stated, or of the base, never falsely full or none."""
    if line.percent_stated or line.total is None or line.value is None:
        return line.percent
    for decimals in (1, 2):
        exact = line.value * 100 / line.total
        rounded = (exact + Decimal(5).scaleb(-decimals - 1)).quantize(Decimal(1).scaleb(-decimals), "ROUND_FLOOR")
        if (rounded != 100 or line.value == line.total) and (rounded != 0 or line.value == 0):
            return rounded
    return None


def expected_figures(line: Line) -> list[Figure]:
    """What a careful reader finds in the sentence of one line."""
    assert line.value is not None
    kind = "count" if line.total is None else "ratio"
    found: list[Figure] = [(kind, line.value, None, line.total, share(line), line.bound.value or None)]
    complete = line.complete and line.bound is Bound.EXACT
    before = line.previous
    if before is not None and before.value is not None and complete and before.value != line.value:
        found.append(("change", abs(line.value - before.value), None, None, None, None))
    found += [("count", member.value, None, None, None, None) for member in line.members]
    if not line.complete:
        found.append(("ratio", Decimal(line.spoke or 0), None, Decimal(line.expected or 0), None, None))
    return found


def text_of(content: ReportContent) -> str:
    return "\n".join(sentence.plain for sentence in sentences(content))


relaxed = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(st.sampled_from(COUNTED).flatmap(counted_lines), st.sampled_from(SCOPES), st.sampled_from(PERIODS))
def test_a_counted_figure_comes_back_whole(line: Line, scope: str, period: str) -> None:
    text = text_of(a_report(line, scope=scope, period=period))

    assert [figure(fact) for fact in read(text).facts] == expected_figures(line), text


@relaxed
@given(st.sampled_from(MEASURED).flatmap(lambda row: st.tuples(st.just(row), row[4], st.none() | row[4], bounds)))
def test_a_measured_example_comes_back_with_its_unit(drawn: tuple) -> None:  # type: ignore[type-arg]
    (code, kind, unit, read_as, _), value, second, bound = drawn
    value_max = None if second is None or second == value else max(value, second)
    value = value if value_max is None else min(value, second)
    bound = Bound.EXACT if value_max is not None else bound
    part = Part(PEOPLE[0], value, value_max, bound, unit)
    text = text_of(a_report(Line(code, "Chỉ số", unit, kind, parts=(part,))))

    assert [figure(fact) for fact in read(text).facts] == [
        (read_as, value, value_max, None, None, bound.value or None)
    ], text


@relaxed
@given(st.sampled_from(COUNTED), stated)
def test_a_share_alone_comes_back(code: str, percent: Decimal) -> None:
    line = Line(code, "Chỉ số", PHRASES[code].noun, Kind.SHARE, percent=percent, percent_stated=True)
    text = text_of(a_report(line))

    assert [figure(fact) for fact in read(text).facts] == [("percent", None, None, None, percent, None)], text


@settings(relaxed, max_examples=60)
@given(
    st.lists(st.sampled_from(COUNTED), unique=True, min_size=2).flatmap(
        lambda codes: st.tuples(*(counted_lines(code) for code in codes))
    )
)
def test_a_whole_report_comes_back_with_nothing_lost_or_added(lines: tuple[Line, ...]) -> None:
    text = text_of(a_report(*lines))

    wanted = Counter(found for line in lines for found in expected_figures(line))
    assert Counter(figure(fact) for fact in read(text).facts) == wanted, text


SHAPES: dict[str, dict[str, Any]] = {
    "count": {},
    "base": {"total": Decimal(251)},
    "stated share": {"percent": Decimal("70.1"), "percent_stated": True},
}


@pytest.mark.parametrize(
    ("code", "shape"),
    [(code, shape) for code in READ_AS_SHIPPED for shape in SHAPES if shape == "count" or code not in WITHOUT_BASE],
)
def test_a_shipped_indicator_is_recognised_in_its_own_sentence(code: str, shape: str) -> None:
    line = Line(code, "Chỉ số", PHRASES[code].noun or "cá nhân", value=Decimal(176), **SHAPES[shape])
    text = text_of(a_report(line))

    assert [fact.indicator for fact in read(text).facts] == [code], text


@pytest.mark.parametrize(
    "codes",
    [codes for codes in (tuple(c for c in codes if c in READ_AS_SHIPPED) for codes in TOGETHER) if codes],
    ids=str,
)
def test_each_of_several_indicators_in_one_sentence_is_recognised(codes: tuple[str, ...]) -> None:
    lines = tuple(
        Line(code, "Chỉ số", PHRASES[code].noun or "cá nhân", value=Decimal(40 + place))
        for place, code in enumerate(codes)
    )
    text = text_of(a_report(*lines))

    assert [fact.indicator for fact in read(text).facts] == list(codes), text


@pytest.mark.parametrize(("code", "kind", "unit"), [row[:3] for row in MEASURED], ids=str)
def test_an_example_is_recognised_and_stays_one_persons(code: str, kind: Kind, unit: str) -> None:
    part = Part(PEOPLE[0], Decimal(3_000_000 if kind in (Kind.MONEY, Kind.INCOME) else 120), unit=unit)
    text = text_of(a_report(Line(code, "Chỉ số", unit, kind, parts=(part,))))

    assert [(fact.indicator, fact.covers) for fact in read(text).facts] == [(code, "part")], text


def test_the_breakdown_of_key_leaders_keeps_its_members() -> None:
    members = (
        Member("member", "là đảng viên", Decimal(710)),
        Member("other", "không phải là đảng viên", Decimal(110)),
    )
    line = Line("pledge.leaders", "Chỉ số", "đồng chí", value=Decimal(820), total=Decimal(820), members=members)
    text = text_of(a_report(line))

    read_back = [(fact.indicator, fact.member, fact.value) for fact in read(text).facts]
    assert read_back == [
        ("pledge.leaders", None, Decimal(820)),
        ("pledge.leaders", "member", Decimal(710)),
        ("pledge.leaders", "other", Decimal(110)),
    ], text


def test_the_word_file_taken_in_again_gives_the_figures_of_its_sentences() -> None:
    report = report_samples.a_full_report()
    text = extract(docx_bytes(report), "bao-cao.docx").text.partition("PHỤ LỤC")[0]

    resting = ("ratio", Decimal(40), None, Decimal(43), None, None)  # "40/43 đơn vị" in the opening
    read_back = Counter(figure(fact) for fact in read(text).facts)
    assert read_back == Counter(figure(fact) for fact in read(text_of(report)).facts) + Counter([resting])
