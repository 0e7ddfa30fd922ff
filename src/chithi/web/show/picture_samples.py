"""Made-up pictures for the gallery: each kind once, with a gap, a lower bound, a missed target, a silent unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from chithi.charts import draw
from chithi.charts.description import Aim, Bar, Bars, Multiples, Point, Small, Trend
from chithi.charts.scale import scale_over
from chithi.web.show.pictures import drawn, empty_picture, multiples_shown, scale_words

HERE = "/mau/trace/"
_AIM = Aim(Decimal(95), "mục tiêu 95%")
_SHARES = ("91.0", "92.4", "91.8", None, "95.0", "96.3", "≥96.9", "98.1")
_UNITS = (
    ("Xã Cao Sơn", "98.1"), ("Xã Bản Mây", "97.0"), ("Thị trấn Khe Vàng", "96.2"), ("Xã Nậm Lư", "93.5"),
    ("Xã Lùng Vai", "81.8"), ("Đảng bộ cơ quan huyện", "79.4"),
)  # fmt: skip


def _text(value: Decimal) -> str:
    return f"{value}%".replace(".", ",")


def _points(shares: tuple[str | None, ...]) -> tuple[Point, ...]:
    found = []
    for year, share in zip(range(2018, 2026), shares, strict=True):
        value = None if share is None else Decimal(share.lstrip("≥"))
        text = "" if value is None else _text(value)
        sign = "≥" if share is not None and share.startswith("≥") else ""
        why = f"Năm {year}: {sign}{text or 'chưa có số'}"
        found.append(Point(str(year), value, text, why, HERE, sign))
    return tuple(found)


def trend_sample() -> dict[str, Any]:
    """For components/picture.html."""
    points = _points(_SHARES)
    scale = scale_over([Decimal("91.0"), Decimal("98.1")], lambda value: _text(value), most=Decimal(100))
    said = "Năm 2025: 98,1%; tăng 1,2 điểm so với năm 2024; đạt mục tiêu 95%; 1 kỳ chưa có số."
    found = Trend(said, points, scale, _AIM)
    rows = [{"name": p.label, "text": f"{p.sign} {p.text}".strip(), "why": p.why, "href": p.href} for p in points]
    return empty_picture("trend", "Đảng viên học tập chuyên đề – qua các kỳ", said) | {
        "svg": drawn(draw.trend(found), "pic-trend", "trend-said"),
        "signs": ["– chưa có số", "○ số chưa chính xác (≥ ít nhất, ≈ khoảng)"],
        "table": {"heads": ["Kỳ", "Đảng viên học tập chuyên đề"], "rows": rows[::-1]},
        "files": [{"text": "CSV", "href": "#"}, {"text": "Excel", "href": "#"}],
    }


def bars_sample() -> dict[str, Any]:
    """For components/picture.html."""
    bars = tuple(
        Bar(name, Decimal(share), _text(Decimal(share)), f"{name}: {share}%", HERE, Decimal(share) < 95)
        for name, share in _UNITS
    )
    said = (
        "Cao nhất: Xã Cao Sơn (98,1%); thấp nhất: Đảng bộ cơ quan huyện (79,4%). 3 trên 6 đơn vị chưa đạt "
        "mục tiêu 95%. 1 đơn vị chưa có số."
    )
    found = Bars(said, bars, Decimal(100), _AIM)
    return empty_picture("bars", "Đảng viên học tập chuyên đề – theo đơn vị", said) | {
        "svg": drawn(draw.bars(found), "pic-bars", "bars-said"),
        "signs": ["│ mục tiêu 95%"],
        "silent": {"text": "1 đơn vị chưa có số:", "links": [{"text": "Xã Tả Phời", "href": HERE}], "over": 0},
        "turn": {"text": "Xếp yếu nhất trước", "href": "?truoc=yeu#bars"},
        "files": [{"text": "CSV", "href": "#"}, {"text": "Excel", "href": "#"}],
    }


def multiples_sample() -> dict[str, Any]:
    """`said`, `signs` and `smalls` as side_by_side.html takes them."""
    smalls = tuple(
        Small(name, HERE, _text(Decimal(share)), f"{name}: {share}%", HERE, _points((*_SHARES[:-1], share)), place > 2)
        for place, (name, share) in enumerate(_UNITS)
    )
    scale = scale_over([Decimal("79.4"), Decimal("98.1")], lambda value: _text(value))
    found = Multiples("So với năm 2024, trong 6 đơn vị có số ở cả hai kỳ: 3 tăng, 3 giảm.", smalls, scale, _AIM)
    return {"said": found.said, "signs": scale_words(found), "smalls": multiples_shown(found)}


def heat_sample() -> dict[str, Any]:
    """`heat` as reported.html takes it."""
    looks = {"●": "in-full", "◐": "part-mid", "○": "not-yet", "·": "open"}
    told = (("Huyện Mường Lâm", "●●◐○·"), ("Xã Cao Sơn", "●●●●·"), ("Xã Nậm Lư", "●◐◐◐·"), ("Xã Lùng Vai", "●●○○·"))
    rows = [
        {
            "whole": not place,
            "name": name,
            "href": HERE,
            "cells": [
                {
                    "shape": one,
                    "text": "",
                    "look": looks[one],
                    "why": f"{name}, tháng {month}",
                    "href": HERE,
                    "door": True,
                }
                for month, one in enumerate(shapes, 1)
            ],
        }
        for place, (name, shapes) in enumerate(told)
    ]
    return {
        "said": "Tháng 3/2025: 34 trên 43 đơn vị phải báo cáo đã có số; còn thiếu 9.",
        "heads": [{"short": f"T{month}/2025", "long": f"Tháng {month}/2025"} for month in range(1, 6)],
        "keys": [{"shape": "●", "word": "đã đủ"}, {"shape": "○", "word": "chưa có"}],
        "rows": rows,
    }
