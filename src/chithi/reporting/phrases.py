"""How each shipped indicator sounds in an official Vietnamese sentence, and which ones share a sentence.

Data only. A phrase reads `verb` + quantity + `noun` + `after`, then the share ("đạt 98,1%"). The nouns and
verbs are the usual ones of such reports, which is also what the intake recognises; the round trip is tested.
"""

from __future__ import annotations

from dataclasses import dataclass

from chithi.reporting.content import PassageClass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words around one quantity.

    `noun` empty takes the noun of the line, `share` is the verb before a percentage and `example` the verb
    for one person or village.
    """

    verb: str
    noun: str
    after: str = ""
    share: str = "đạt"
    example: str = ""


PHRASES: dict[str, Phrase] = {
    "org.grassroots": Phrase("có", "tổ chức cơ sở đảng"),
    "org.cells": Phrase("có", "chi bộ"),
    "org.members_on_duty": Phrase("có", "đảng viên", "đang sinh hoạt"),
    "org.officials_outside": Phrase("có", "cán bộ, công chức, viên chức", "ngoài Đảng"),
    "org.officials": Phrase("có", "cán bộ, công chức, viên chức", "trong danh sách"),
    "org.officials_not_members": Phrase("có", "cán bộ, công chức, viên chức", "ngoài Đảng trong danh sách"),
    "org.members_exempt": Phrase("có", "đảng viên", "được miễn công tác, sinh hoạt"),
    "org.key_leaders": Phrase("có", "đồng chí", "cán bộ lãnh đạo chủ chốt"),
    "org.villages_with_cell": Phrase("có", "thôn, bản", "có chi bộ độc lập", share="chiếm"),
    "org.villages": Phrase("có", "thôn, bản"),
    "unit.village_cell": Phrase("có", "thôn, bản", "có chi bộ độc lập", share="chiếm"),
    "study.classes": Phrase("mở", "lớp", "quán triệt, học tập"),
    "study.members": Phrase("có", "đảng viên", "tham gia học tập chuyên đề"),
    "study.officials": Phrase("có", "cán bộ, công chức, viên chức", "tham gia học tập chuyên đề"),
    "study.units_done": Phrase("có", "chi bộ, đảng bộ trực thuộc", "hoàn thành việc học tập, quán triệt"),
    "study.online": Phrase("có", "người", "dự học tập, quán triệt trực tuyến"),
    "plan.grassroots": Phrase("có", "tổ chức cơ sở đảng", "xây dựng kế hoạch làm theo"),
    "plan.cells": Phrase("có", "chi bộ trực thuộc", "xây dựng kế hoạch làm theo"),
    "directives.grassroots": Phrase("có", "tổ chức cơ sở đảng", "ban hành văn bản triển khai"),
    "directives.cells": Phrase("có", "chi bộ", "ban hành văn bản triển khai"),
    "standard.units": Phrase("có", "đơn vị", "xây dựng chuẩn mực đạo đức"),
    "standard.units_passing": Phrase("có", "đơn vị", "có chuẩn mực đạo đức dễ nhớ, dễ hiểu, dễ làm, dễ kiểm tra"),
    "standard.units_late": Phrase("có", "đơn vị", "ban hành chuẩn mực đạo đức chậm"),
    "pledge.members": Phrase("có", "đảng viên", "viết bản đăng ký làm theo"),
    "pledge.officials": Phrase("có", "cán bộ, công chức, viên chức", "ngoài Đảng viết bản đăng ký làm theo"),
    "pledge.leaders": Phrase("có", "đồng chí", "cán bộ lãnh đạo chủ chốt đăng ký thi đua gương mẫu"),
    "deed.collective": Phrase("đăng ký", "việc làm tốt", "của tập thể"),
    "deed.individual": Phrase("đăng ký", "việc làm tốt", "của cá nhân"),
    "meeting.quality": Phrase("có", "chi bộ", "đưa nội dung chuyên đề vào sinh hoạt thường xuyên, có chất lượng"),
    "issue.district": Phrase("đăng ký giải quyết", "vấn đề bức xúc, nổi cộm", "ở cấp huyện"),
    "issue.grassroots": Phrase("đăng ký giải quyết", "vấn đề bức xúc, nổi cộm", "ở cấp cơ sở"),
    "issue.registered": Phrase("đăng ký giải quyết", "vấn đề bức xúc, nổi cộm"),
    "issue.settled": Phrase("giải quyết dứt điểm", "vấn đề bức xúc, nổi cộm"),
    "covenant.signed": Phrase("có", "chi bộ, đảng bộ cơ sở", "ký giao ước thi đua"),
    "covenant.scored": Phrase("có", "chi bộ, đảng bộ cơ sở", "phát động thi đua và tự chấm điểm"),
    "covenant.pilots": Phrase("chọn", "đơn vị", "làm điểm"),
    "covenant.households": Phrase("có", "hộ gia đình", "viết bản đăng ký và ký giao ước thi đua"),
    "comment.received": Phrase("tiếp nhận", "kiến nghị, ý kiến góp ý"),
    "inspect.upper": Phrase("khảo sát, kiểm tra tại", "đảng bộ cấp trên trực tiếp cơ sở"),
    "inspect.base": Phrase("khảo sát, kiểm tra tại", "đơn vị cơ sở"),
    "rating.leaders_member": Phrase("có", "đồng chí", "cán bộ lãnh đạo chủ chốt là đảng viên được xếp loại tốt"),
    "rating.leaders_other": Phrase(
        "có", "đồng chí", "cán bộ lãnh đạo chủ chốt không phải là đảng viên được xếp loại tốt"
    ),
    "model.people": Phrase("có", "tập thể, cá nhân", "điển hình tiêu biểu"),
    "award.collectives": Phrase("biểu dương, khen thưởng", "tập thể"),
    "award.people": Phrase("biểu dương, khen thưởng", ""),
    "exchange.events": Phrase("tổ chức", "cuộc", "giao lưu với các gương điển hình"),
    "result.land": Phrase("hiến", "", "đất", example="hiến"),
    "result.money": Phrase("đóng góp", "", "", example="đóng góp"),
    "result.workdays": Phrase("đóng góp", "ngày công", "lao động", example="đóng góp"),
    "result.road": Phrase("làm", "", "đường giao thông", example="làm"),
    "result.income": Phrase("có thu nhập", "", "", example="có thu nhập"),
    "media.items": Phrase("đăng, phát", "tin, bài", "tuyên truyền"),
    "comment.answered": Phrase("trả lời", "kiến nghị, ý kiến góp ý"),
}
"""One phrase for every indicator of the shipped catalogue; `clause` words others from name and noun."""

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("org.grassroots", "org.cells", "org.members_on_duty"),
    ("org.villages", "org.villages_with_cell"),
    ("study.classes", "study.members", "study.officials", "study.online"),
    ("plan.grassroots", "plan.cells"),
    ("directives.grassroots", "directives.cells"),
    ("standard.units", "standard.units_passing", "standard.units_late"),
    ("pledge.members", "pledge.officials"),
    ("deed.collective", "deed.individual"),
    ("issue.registered", "issue.district", "issue.grassroots", "issue.settled"),
    ("covenant.signed", "covenant.scored"),
    ("inspect.upper", "inspect.base"),
    ("comment.received", "comment.answered"),
    ("rating.leaders_member", "rating.leaders_other"),
    ("award.collectives", "award.people"),
)
"""Indicators that one sentence tells together, in this order, where more than one of them has a value."""

LAST_PARTS = (
    ("III", "BÀI HỌC KINH NGHIỆM", PassageClass.LESSONS, "bai-hoc"),
    ("IV", "NHIỆM VỤ THỜI GIAN TỚI", PassageClass.TASKS, "nhiem-vu"),
    ("V", "ĐỀ XUẤT, KIẾN NGHỊ", PassageClass.PROPOSALS, "de-xuat"),
)
"""The parts of which each is one class of passages: numeral, heading, class, anchor on the page."""

EMPTY_PART = "[Chưa có nội dung; người soạn thảo bổ sung.]"
EXAMPLES_LEAD = "Một số việc làm cụ thể:"
MISSING_LEAD = "Chưa có số liệu:"
BASELESS_NOTE = "Trong báo cáo này, tỷ lệ không kèm tổng số được giữ đúng như nguồn nêu."
SAME_PERIOD = "cùng kỳ năm trước"
