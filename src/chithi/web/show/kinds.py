"""Words for kinds of units and for groups of indicators."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chithi.org.kinds import UnitKind
from chithi.org.queries import UnitCard


def kind_word(unit: UnitCard) -> str:
    """What the unit is, as people say it; a grassroots organisation that is a cell is a chi bộ cơ sở."""
    if unit.is_grassroots:
        return _("Chi bộ cơ sở") if unit.is_cell else _("Đảng bộ cơ sở")
    return {
        UnitKind.CENTRE: _("Trung ương"),
        UnitKind.PROVINCE: _("Đảng bộ tỉnh"),
        UnitKind.DISTRICT: _("Đảng bộ huyện"),
        UnitKind.BLOC: _("Đảng bộ khối"),
        UnitKind.SUB_COMMITTEE: _("Đảng bộ bộ phận"),
        UnitKind.CELL: _("Chi bộ trực thuộc"),
        UnitKind.AGENCY: _("Cơ quan"),
        UnitKind.MASS_ORGANISATION: _("Mặt trận, đoàn thể"),
        UnitKind.VILLAGE: _("Thôn, bản"),
        UnitKind.GRASSROOTS: _("Tổ chức cơ sở đảng"),
    }[UnitKind(unit.kind)]


def group_word(group: str) -> str:
    """What a group of indicators is about; a group nobody has worded yet counts among the others."""
    return {
        "org": _("Tổ chức, đảng viên"),
        "study": _("Học tập chuyên đề"),
        "plan": _("Kế hoạch thực hiện"),
        "pledge": _("Đăng ký làm theo"),
        "rating": _("Đánh giá, xếp loại"),
        "meeting": _("Sinh hoạt chi bộ"),
        "covenant": _("Phong trào thi đua"),
        "deed": _("Việc làm tốt"),
        "issue": _("Vấn đề bức xúc, nổi cộm"),
        "inspect": _("Kiểm tra, khảo sát"),
        "standard": _("Chuẩn mực đạo đức"),
        "model": _("Điển hình, khen thưởng"),
        "result": _("Kết quả cụ thể"),
        "media": _("Tuyên truyền"),
        "comment": _("Kiến nghị, góp ý"),
        "mass": _("Mặt trận, đoàn thể"),
    }.get(group, _("Chỉ tiêu khác"))
