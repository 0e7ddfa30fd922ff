"""Report contents for tests: one small report with one line of every sort, and makers for others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from chithi.reporting.content import (
    Bound,
    Completeness,
    Header,
    Kind,
    Line,
    Member,
    Part,
    Passage,
    PassageClass,
    Previous,
    ReportContent,
    Signatory,
)

BASE = "https://chithi.example"


def a_line(code: str, noun: str, value: int | None = None, **fields: Any) -> Line:
    """A line whose trace address ends in its code; `total` and `percent` may be given as text."""
    for name in ("total", "percent", "value_max"):
        if name in fields:
            fields[name] = Decimal(fields[name])
    fields.setdefault("name", f"Chỉ số {noun}")
    return Line(
        code,
        noun=noun,
        value=None if value is None else Decimal(value),
        address=f"{BASE}/vet/{code}",
        **fields,
    )


KEY_LEADERS = a_line(
    "pledge.leaders",
    "đồng chí",
    820,
    total="820",
    previous=Previous(Decimal(832), address=f"{BASE}/vet/before"),
    members=(
        Member("member", "là đảng viên", Decimal(710), f"{BASE}/vet/members"),
        Member("other", "không phải là đảng viên", Decimal(110)),
    ),
)
MEETINGS = a_line("meeting.quality", "chi bộ", 176, total="251", name="Chi bộ sinh hoạt có chất lượng")
STUDY = a_line("study.members", "đảng viên", 40539, percent="98.1", percent_stated=True)
DEEDS = a_line("deed.collective", "việc làm tốt", 12440, bound=Bound.AT_LEAST)
ONLINE = a_line("study.online", "người", name="Người học trực tuyến", missing_reason="chưa ai báo cáo")
ON_DUTY = a_line("org.members_on_duty", "đảng viên", 4012, spoke=40, expected=43, previous=Previous(Decimal(3950)))
LAND = a_line(
    "result.land",
    "m²",
    kind=Kind.AREA,
    parts=(
        Part("ông Giàng Seo Phừ", Decimal(5200), unit="m²", address=f"{BASE}/vet/phu"),
        Part("ông Lù Seo Chứ", Decimal(600), unit="m²"),
    ),
)
OWN_INDICATOR = a_line("local.handy_models", "mô hình", 12, name="Mô hình dân vận khéo được nhân rộng")


def a_report(*lines: Line, **fields: Any) -> ReportContent:
    """A district's report on 2012 of the given lines."""
    report = ReportContent(
        header=Header(
            issuer="Huyện ủy Mường Khương",
            place="Mường Khương",
            day=date(2026, 2, 4),
            parent="Tỉnh ủy Lào Cai",
            issuer_symbol="HU",
            number=27,
        ),
        title="Báo cáo",
        summary="Kết quả thực hiện Chỉ thị số 03-CT/TW",
        period_label="Năm 2012 (chốt số 15/12–14/12)",
        scope="toàn huyện",
        lines=lines,
        recipients=("Ban Thường vụ Tỉnh ủy (để báo cáo)", "Các chi, đảng bộ trực thuộc"),
        signatory=Signatory("Ban Thường vụ", "Phó Bí thư", "Nguyễn Văn An"),
        code="K7QF2M",
        base_url=BASE,
    )
    return replace(report, **fields)


def a_full_report(**fields: Any) -> ReportContent:
    """Every sort of line, passages in some parts and not in others."""
    return a_report(
        *(ON_DUTY, STUDY, ONLINE, KEY_LEADERS, DEEDS, MEETINGS, LAND, OWN_INDICATOR),
        passages=(
            Passage(PassageClass.RESULTS, "Nền nếp sinh hoạt được giữ.", f"{BASE}/cau/1", "Báo cáo xã A"),
            Passage(PassageClass.TASKS, "Tiếp tục kiểm tra chi bộ.", f"{BASE}/cau/2", "Báo cáo xã B"),
        ),
        completeness=Completeness(40, 43, ("Đảng bộ xã A", "Đảng bộ xã B", "Chi bộ Trường C")),
        **fields,
    )
