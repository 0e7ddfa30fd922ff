"""A content kept as plain data is the same content when it is read again, pictures and all."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from report_samples import a_full_report

from chithi.charts.description import Aim, Bar, Bars, Point, Scale, Trend
from chithi.reporting.content import Picture, ReportContent
from chithi.reporting.kept import as_data, from_data


def pictured() -> ReportContent:
    """The full sample with a trend and with bars."""
    scale = Scale(Decimal(0), Decimal(10), ((Decimal(5), "5"),))
    points = (Point("2024", None, "–", "chưa có"), Point("2025", Decimal("7.50"), "7,5", "năm 2025", "/so/1/", "≥"))
    drawn = (
        Trend(said="Tăng", points=points, scale=scale, aim=Aim(Decimal(9), "mục tiêu 9")),
        Bars(said="Hơn kém", bars=(Bar("Xã A", Decimal(3), "3", "xã A"),), high=Decimal(3)),
    )
    listed = tuple(Picture("study.classes", "Lớp học", drawing, "/so/1/2/2025/") for drawing in drawn)
    return replace(a_full_report(), pictures=listed)


def test_a_content_comes_back_as_it_was_kept() -> None:
    content = pictured()
    assert from_data(json.loads(json.dumps(as_data(content)))) == content


def test_what_was_added_to_contents_since_takes_its_default() -> None:
    data = as_data(a_full_report())
    for name in ("basis", "spelling", "pictures"):
        del data[name]
    del data["header"]["side"]
    assert from_data(data) == a_full_report()
