"""Drawings: well-formed whatever the words, every part a door, gaps where nothing is known, the same bytes twice."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from chithi.charts import draw, paper
from chithi.charts.description import Aim, Bar, Bars, Point, Scale, Small, Trend
from chithi.charts.page import on_page
from chithi.charts.scale import WHOLE, place, scale_over

SVG = "{http://www.w3.org/2000/svg}"
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
LETTERS = paper.letters_in(Path(__file__).parents[3] / "build" / "letters")


def trend_of(*values: str | None, signs: str = "", aim: str | None = None) -> Trend:
    points = tuple(
        Point(
            str(2018 + at),
            None if value is None else Decimal(value),
            value or "",
            f"Năm {2018 + at}: {value or 'chưa có số'}",
            f"/so/20/1/{2018 + at}/",
            "≥" if str(at) in signs else "",
        )
        for at, value in enumerate(values)
    )
    known = [point.value for point in points if point.value is not None]
    target = None if aim is None else Aim(Decimal(aim), f"mục tiêu {aim}")
    return Trend("câu", points, scale_over([*known, *([target.value] if target else [])], str), target)


def bars_of(*values: str, aim: str | None = None, name: str = "Xã") -> Bars:
    target = None if aim is None else Aim(Decimal(aim), f"mục tiêu {aim}")
    bars = tuple(
        Bar(
            f"{name} {at}",
            Decimal(v),
            v,
            f"{name} {at}: {v}",
            f"/so/20/{at}/2025/",
            bool(aim) and int(v) < int(aim or 0),
        )
        for at, v in enumerate(values)
    )
    return Bars("câu", bars, Decimal(100), target)


def tree(body: str) -> Any:
    return ElementTree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{body}</svg>')


def doors(body: str) -> list[str]:
    return [link.get("href", "") for link in tree(body).iter(f"{SVG}a")]


@given(st.lists(AMOUNTS, min_size=1, max_size=30))
def test_a_scale_holds_every_value_and_names_few_round_ticks(values: list[Decimal]) -> None:
    scale = scale_over(values, str)
    assert scale.low <= min(values) <= max(values) <= scale.high
    assert 2 <= len(scale.ticks) <= 8
    assert [value for value, _text in scale.ticks] == sorted({value for value, _text in scale.ticks})


@given(st.lists(st.decimals(min_value=0, max_value=100, places=1), min_size=1, max_size=20))
def test_a_scale_of_shares_names_nothing_below_zero_or_above_a_hundred(values: list[Decimal]) -> None:
    scale = scale_over(values, str, least=Decimal(0), most=Decimal(100))
    assert all(0 <= value <= 100 for value, _text in scale.ticks)


def test_ticks_of_counts_are_whole() -> None:
    assert [text for _value, text in scale_over([Decimal(1), Decimal(2)], str, whole=True).ticks] == ["1", "2"]


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_place_lies_between_the_ends(value: Decimal, one: Decimal, other: Decimal) -> None:
    low, high = min(one, other), max(one, other)
    assert 0 <= place(value, low, high) <= WHOLE
    assert place(high, low, high) == (WHOLE if high > low else WHOLE // 2)


def test_every_period_of_a_trend_is_a_door_with_its_line_of_explanation() -> None:
    drawn = draw.trend(trend_of("91", "92", None, "95")).body
    assert doors(drawn) == [f"/so/20/1/{year}/" for year in (2018, 2019, 2020, 2021)]
    titles = [title.text for title in tree(drawn).iter(f"{SVG}title")]
    assert titles == ["Năm 2018: 91", "Năm 2019: 92", "Năm 2020: chưa có số", "Năm 2021: 95"]


def test_a_missing_period_breaks_the_line_and_is_no_point() -> None:
    whole, gap = (draw.trend(trend_of(*values)).body for values in (("1", "2", "3"), ("1", None, "3")))
    assert whole.count("pic-line") == 2
    assert gap.count("pic-line") == 0
    assert (whole.count("<circle"), gap.count("<circle")) == (3, 2)
    assert gap.count("pic-gap") == 1


def test_an_inexact_number_is_an_open_dot_with_its_sign() -> None:
    drawn = draw.trend(trend_of("1", "2", "3", signs="1")).body
    assert drawn.count("pic-open") == 1
    assert ">≥<" in drawn


def test_of_many_periods_only_a_few_are_named_the_last_among_them() -> None:
    drawn = tree(draw.trend(trend_of(*[str(at) for at in range(24)])).body)
    named = [text.text for text in drawn.iter(f"{SVG}text") if text.get("y") == "184"]
    assert len(named) <= 6
    assert named[-1] == "2041"


def test_the_word_of_a_target_keeps_away_from_the_points() -> None:
    near = draw.trend(trend_of("99", "98", "97", "90", "89", "88", aim="100")).body
    aim = next(text for text in tree(near).iter(f"{SVG}text") if text.get("class") == "pic-aim-text")
    assert aim.get("text-anchor") != "start"


def test_bars_stand_in_their_order_from_zero_with_the_target_as_a_tick() -> None:
    drawn = tree(draw.bars(bars_of("100", "50", "0", aim="95")).body)
    widths = [bar.get("width") for bar in drawn.iter(f"{SVG}rect") if bar.get("class") in ("pic-bar", "pic-short")]
    assert widths == ["100.00%", "50.00%", "0.00%"]
    assert [tick.get("x1") for tick in drawn.iter(f"{SVG}line")] == ["95.00%"] * 3
    assert [bar.get("class") for bar in drawn.iter(f"{SVG}rect") if bar.get("class") == "pic-short"] == [
        "pic-short"
    ] * 2


def test_a_long_name_is_cut_between_words_where_it_stands_beside_its_bar() -> None:
    name = "Ngân hàng Chính sách xã hội phòng giao dịch huyện"
    beside = draw.bars(bars_of("5", name=name), beside=True).body
    above = draw.bars(bars_of("5", name=name)).body
    assert "Ngân hàng Chính sách xã hội…" in beside
    assert f">{name} 0<" in above


def test_a_small_trend_is_one_door() -> None:
    points = trend_of("1", None, "3").points
    drawn = draw.small(
        Small("Xã", "/don-vi/2/", "3", "Xã: 1; 3", "/so/20/2/2025/", points), Scale(Decimal(0), Decimal(3)), None
    )
    assert doors(drawn.body) == ["/so/20/2/2025/"]
    assert drawn.body.count("<circle") == 2  # both stand alone: no line would show them


@given(st.text(max_size=40))
def test_no_word_breaks_out_of_the_markup(word: str) -> None:
    hostile = f'{word}"><script>alert(1)</script>&\x00\x1f'
    bars = Bars(
        "câu", (Bar(hostile, Decimal(1), hostile, hostile, f"/so/{hostile}"),), Decimal(2), Aim(Decimal(1), hostile)
    )
    point = Point(hostile, Decimal(1), hostile, hostile, hostile, "≥")
    for drawing in (
        draw.bars(bars),
        draw.bars(bars, beside=True),
        draw.trend(Trend("", (point, point), scale_over([Decimal(1)], str))),
    ):
        page = on_page(drawing, "pic-bars", about="said")
        found = ElementTree.fromstring(page)
        assert not list(found.iter(f"{SVG}script"))
        assert "style=" not in page


def test_an_address_that_is_none_leaves_words_and_no_door() -> None:
    bars = Bars("câu", (Bar("Xã", Decimal(1), "1", "Xã: 1"),), Decimal(2))
    assert doors(draw.bars(bars).body) == []


@pytest.mark.parametrize("found", [trend_of("91", None, "95", aim="100"), bars_of("98", "71", aim="95")])
def test_paper_is_black_and_white_and_draws_the_same_bytes_each_time(found: Trend | Bars) -> None:
    document = paper.svg(found)
    colours = {
        part for part in document.replace(";", " ").replace('"', " ").replace("}", " ").split(":") if "#" in part
    }
    greys = {word for part in colours for word in part.split() if word.startswith("#")}
    assert all(len(set(grey[1:])) == 1 for grey in greys if "pic" not in grey), greys
    first = paper.png(document, LETTERS)
    assert first == paper.png(document, LETTERS)
    assert first.startswith(b"\x89PNG")
    assert int.from_bytes(first[16:20], "big") == paper.WIDTH * paper.DOTS


@pytest.mark.skipif(not LETTERS, reason="the front-end files are not built")
def test_vietnamese_letters_are_all_drawn() -> None:
    """Each letter leaves ink of its own: none is missing from the typeface and drawn as nothing."""
    blank = paper.png(paper.svg(bars_of("5", name=" ")), LETTERS)
    for letter in "ạảãăằắặẳẵâầấậẩẫđẹẻẽêềếệểễịỉĩọỏõôồốộổỗơờớợởỡụủũưừứựửữỵỷỹĐ":
        drawn = paper.png(paper.svg(bars_of("5", name=letter)), LETTERS)
        assert len(drawn) > len(blank), letter
