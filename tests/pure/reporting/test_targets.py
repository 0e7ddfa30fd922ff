"""A norm is told as a norm, and read back as one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from chithi.reporting.content import Header, Line, ReportContent
from chithi.reporting.wording import sentences
from chithi.text.intake import read


def test_a_target_is_told_as_a_target_and_read_back_as_one() -> None:
    line = Line("exchange.events", "Lần giao lưu điển hình", "lần", value=Decimal(2), is_target=True)
    content = ReportContent(
        header=Header(issuer="Tỉnh ủy An", place="An", day=date(2013, 8, 23)),
        title="BÁO CÁO",
        summary="Kết quả",
        period_label="Năm 2013",
        scope="toàn tỉnh",
        lines=(line,),
    )
    (said,) = sentences(content)
    assert "đề ra mục tiêu" in said.plain
    (fact,) = read(said.plain).facts
    assert (fact.value, fact.target) == (2, True)
