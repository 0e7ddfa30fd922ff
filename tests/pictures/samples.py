"""The documents whose pictures are kept, and two that were spoilt on purpose."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
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
from chithi.reporting.formats import Side
from chithi.reporting.letter import Form, covering
from chithi.reporting.own_templates.child import filled
from chithi.reporting.own_templates.sample import sample_content, sample_values
from chithi.reporting.own_templates.starter import starter
from chithi.reporting.word import docx_bytes
from chithi.reporting.word_letter import letter_bytes

BASE = "https://chithi.example"
OF_A, OF_B = date(2026, 2, 4), date(2026, 11, 22)
SECTIONS = ("study", "pledge", "meeting", "media", "inspect", "issue")
ABOUT = ("Đảng viên đã học tập", "Việc đã đăng ký làm theo", "Chi bộ sinh hoạt có chất lượng", "Tin, bài đã đăng")


def district(day: date, lines: int = 12, groups: int = 0) -> ReportContent:
    """A district's report with every part; `lines` in its annex, columns of `groups`."""
    return ReportContent(
        header=Header(
            "Đảng ủy xã Mường Ví Dụ", "Mường Ví Dụ", day, parent="Tỉnh ủy Ví Dụ", issuer_symbol="ĐU", number=27
        ),
        title="BÁO CÁO",
        summary="Kết quả thực hiện Chỉ thị về học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
        period_label="Năm 2025",
        scope="toàn xã",
        lines=tuple(line(number, groups) for number in range(lines)),
        passages=(
            Passage(PassageClass.RESULTS, "Nền nếp sinh hoạt được giữ vững.", f"{BASE}/cau/1", "Báo cáo quý"),
            Passage(PassageClass.LIMITATIONS, "Một số nơi ghi chép còn thiếu.", f"{BASE}/cau/2", "Báo cáo quý"),
            Passage(PassageClass.TASKS, "Kiểm tra hai chi bộ trong quý tới.", f"{BASE}/cau/3", "Báo cáo năm"),
        ),
        recipients=("Ban Thường vụ Tỉnh ủy (để báo cáo)", "Các chi bộ trực thuộc"),
        signatory=Signatory("Đảng ủy", "Bí thư", "Nguyễn Văn Ví Dụ"),
        code="VIDU-2345-6789",
        base_url=BASE,
        completeness=Completeness(40, 43, ("Chi bộ Trường học", "Chi bộ Trạm y tế")),
        columns=tuple(Column(number, f"Cụm số {number + 1}", 3, 3) for number in range(groups)),
    )


def line(number: int, groups: int) -> Line:
    section = SECTIONS[number // 4 % len(SECTIONS)]
    value = Decimal(1234 + 37 * number)
    return Line(
        f"{section}.one{number}", f"{ABOUT[number % 4]} lần {number + 1}", "lượt", value=value, total=value + 50,
        previous=Previous(value - 20, value, address=f"{BASE}/so/truoc"), address=f"{BASE}/so/{number}", order=number,
        beside=tuple(Beside(group, value - 900, address=f"{BASE}/nhom/{group}") for group in range(groups)),
    )  # fmt: skip


def cell() -> ReportContent:
    """A cell's report: no parent's seal, T/M CHI BỘ, hardly anything to say."""
    return replace(
        district(OF_B, 1),
        header=Header("Chi bộ thôn Ví Dụ", "Ví Dụ", OF_B, parent="Đảng ủy xã Mường Ví Dụ", issuer_symbol="CB"),
        scope="toàn chi bộ",
        passages=(),
        recipients=("Đảng ủy xã Mường Ví Dụ", "Lưu Chi bộ"),
        signatory=Signatory("Chi bộ", "Bí thư", None),
        completeness=None,
    )


def state() -> ReportContent:
    """A report of a people's committee, signed in its chairman's place."""
    return replace(
        district(OF_B, 4),
        header=Header(
            "Ủy ban nhân dân xã Mường Ví Dụ", "Mường Ví Dụ", OF_B, issuer_symbol="UBND", number=12, side=Side.STATE
        ),
        signatory=Signatory("Ủy ban nhân dân", "Phó Chủ tịch", "Nguyễn Văn Ví Dụ", head="Chủ tịch"),
    )


def own() -> bytes:
    """The starter template, filled."""
    content = sample_content(OF_B)
    properties = {"title": content.summary, "author": "", "subject": "", "day": OF_B.isoformat()}
    return filled(starter(OF_B), sample_values(OF_B), properties)[0]


def wide() -> bytes:
    return docx_bytes(district(OF_B, 16, groups=3))


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "profile-a": lambda: docx_bytes(district(OF_A)),
    "profile-b": lambda: docx_bytes(district(OF_B)),
    "cell": lambda: docx_bytes(cell()),
    "wide-annex": wide,
    "state": lambda: docx_bytes(state()),
    "letter": lambda: letter_bytes(covering(district(OF_B), number=5, day=OF_B)),
    "submission-state": lambda: letter_bytes(covering(state(), number=5, day=OF_B, form=Form.SUBMISSION)),
    "own-template": own,
}


def with_margin() -> bytes:
    """Profile B with two millimetres more at the left."""
    usual = district(OF_B)
    page = replace(usual.profile.page, left=usual.profile.page.left + 2)
    return docx_bytes(usual, replace(usual.profile, page=page))


def without_repeated_heads() -> bytes:
    """The wide annex whose heads stand on its first page only."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(wide())) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            data = given.read(name)
            archive.writestr(name, data.replace(b"<w:tblHeader/>", b"") if name == "word/document.xml" else data)
    return made.getvalue()


SPOILT: dict[str, Callable[[], bytes]] = {"with-margin": with_margin, "without-heads": without_repeated_heads}
