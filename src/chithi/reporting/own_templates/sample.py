"""Owns the invented report a template is tried with: something in every field and every list. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from chithi.reporting.content import (
    Beside,
    Column,
    Completeness,
    Header,
    Line,
    Passage,
    PassageClass,
    Previous,
    ReportContent,
    Signatory,
)
from chithi.reporting.own_templates.values import Scope, values_of

_BASE = "https://chithi.example"
_SAID = {
    PassageClass.RESULTS: "Nền nếp sinh hoạt được giữ vững.",
    PassageClass.CAUSES_OF_MERITS: "Cấp ủy phân công rõ người, rõ việc.",
    PassageClass.MODELS: "Chi bộ thôn Ví Dụ giúp ba hộ làm lại nhà.",
    PassageClass.LIMITATIONS: "Một số nơi ghi chép còn thiếu.",
    PassageClass.CAUSES_OF_LIMITATIONS: "Cán bộ mới nhận việc.",
    PassageClass.LESSONS: "Giao việc phải kèm theo ngày phải xong.",
    PassageClass.TASKS: "Kiểm tra hai chi bộ trong quý tới.",
    PassageClass.PROPOSALS: "Đề nghị mở một lớp cho cán bộ mới.",
}


def sample_content(day: date) -> ReportContent:
    """An invented commune's report dated `day`."""
    return ReportContent(
        header=Header(
            issuer="Đảng ủy xã Ví Dụ", place="Ví Dụ", day=day, parent="Tỉnh ủy Ví Dụ", issuer_symbol="ĐU", number=12
        ),
        title="BÁO CÁO",
        summary="Kết quả học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
        period_label="Năm 2025",
        scope="toàn xã",
        lines=_lines(),
        passages=tuple(Passage(kind, text, f"{_BASE}/cau", "Báo cáo mẫu") for kind, text in _SAID.items()),
        recipients=("Ban Thường vụ Tỉnh ủy", "Các chi bộ trực thuộc"),
        signatory=Signatory("Đảng ủy", "Bí thư", "Nguyễn Văn Ví Dụ"),
        code="VIDU-2345-6789",
        base_url=_BASE,
        completeness=Completeness(40, 43, ("Chi bộ Trường học",), address=f"{_BASE}/so"),
        columns=(Column(1, "Cụm ví dụ", 3, 3),),
        basis=("Căn cứ kế hoạch năm 2025 của Đảng ủy",),
    )


def _lines() -> tuple[Line, ...]:
    def line(code: str, name: str, noun: str, value: int | None, **more: object) -> Line:
        beside = (Beside(1, None if value is None else Decimal(value // 10), address=f"{_BASE}/nhom/{code}"),)
        number = None if value is None else Decimal(value)
        return Line(code, name, noun, value=number, address=f"{_BASE}/so/{code}", beside=beside, **more)  # type: ignore[arg-type]

    return (
        line(
            "study.members", "Đảng viên đã học tập", "đảng viên", 1234, total=Decimal(1250),
            previous=Previous(Decimal(1190), Decimal(1240), address=f"{_BASE}/so/truoc"), spoke=40, expected=43,
        ),
        line("study.classes", "Lớp học đã mở", "lớp", 18, previous=Previous(Decimal(15))),
        line("meeting.quality", "Chi bộ sinh hoạt tốt", "chi bộ", 17, total=Decimal(25)),
        line("media.broadcasts", "Buổi phát thanh", "buổi", None, missing_reason="chưa ai báo cáo"),
    )  # fmt: skip


def sample_values(day: date) -> Scope:
    """The values of the invented report; an indicator it does not hold takes those of its first line."""
    values = values_of(sample_content(day))
    return {**values, "any_indicator": values["indicators"]["study.members"]}
