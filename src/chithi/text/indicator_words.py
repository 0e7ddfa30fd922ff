"""Owns the words by which a figure is taken for an indicator: what is counted, what is said of it, what rules it out.

Data only. `units` is searched in the unit of the figure, `says` in the words around it (nearest wins), `needs` and
`never` anywhere near. To teach a new wording, add it to `says`; see docs/how-to/add-a-text-rule.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from chithi.text.reading import Kind


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which an indicator is put into words; all strings are regular expressions on lower case text."""

    code: str
    units: str
    says: str
    needs: str = ""
    never: str = ""
    kinds: tuple[Kind, ...] = ("count", "ratio", "percent", "change")
    member: str | None = None


_MEMBERS = r"^(?!.*(?:chưa|không phải|ngoài))(?:lượt )?đảng viên"
_OFFICIALS = r"(?:cán bộ|công chức|viên chức|người lao động|quần chúng|cbccvc|giáo viên|chiến sĩ)"
_ORGANISATIONS = r"(?:chi bộ|đảng bộ|chi, đảng bộ|tổ chức|đơn vị|cấp ủy|cơ quan|tccsđ|xã|điểm cầu)"
_STUDY = r"học tập|quán triệt|nghiên cứu|học chuyên đề|phổ biến|tham gia học"
_PLEDGE = (
    r"(?:viết|có|xây dựng|lập|làm|hoàn thành) (?:bản|bảng|phiếu|sổ) (?:đăng ký|cam kết)|đăng ký (?:làm theo|"
    r"tu dưỡng|nêu gương|học tập)|"
    r"ký cam kết|cam kết (?:tu dưỡng|nêu gương|rèn luyện|làm theo)|kế hoạch (?:cá nhân|tu dưỡng)|bản cam kết|(?:bản|"
    r"bảng) đăng ký"
)
_PLAN = r"(?:xây dựng|ban hành|có) (?:được )?(?:chương trình, )?kế hoạch|kế hoạch làm theo"
_OWN_PAPER = r"ban hành (?:được )?văn bản triển khai"
_AWARD = (
    r"khen thưởng|biểu dương|tuyên dương|tôn vinh|vinh danh|suy tôn|bằng khen|giấy khen|ghi nhận|được khen|"
    r"khen|trao tặng|được tặng|bình chọn"
)
_LEADERS = r"chủ chốt|người đứng đầu|lãnh đạo"
_GIVING = r"ủng hộ|đóng góp|quyên góp|huy động|vận động được|góp|quỹ|hỗ trợ"

RULES: tuple[Rule, ...] = (
    Rule(
        "rating.leaders_other",
        r"đồng chí|cán bộ|lãnh đạo",
        r"(?:được )?xếp (?:loại )?tốt|xếp loại",
        _LEADERS,
        kinds=("ratio", "count", "percent"),
        member="other",
    ),
    Rule(
        "rating.leaders_member",
        r"đồng chí|cán bộ|lãnh đạo|đảng viên",
        r"(?:được )?xếp (?:loại )?tốt|xếp loại",
        _LEADERS,
        kinds=("ratio", "count", "percent"),
        member="member",
    ),
    Rule(
        "pledge.leaders",
        r"đồng chí|cán bộ|lãnh đạo",
        r"đăng ký thi đua|đăng ký nêu gương|đăng ký gương mẫu|đăng ký (?:thực hiện )?phong trào",
        _LEADERS,
        never=r"xếp (?:loại )?tốt",
    ),
    Rule(
        "study.units_done",
        _ORGANISATIONS,
        rf"hoàn thành (?:việc )?(?:phổ biến|{_STUDY})|{_STUDY}",
        never=r"đảng viên$",
        kinds=("percent", "ratio", "count"),
    ),
    Rule("study.online", r"^(?:lượt )?(?:người|đại biểu)", r"trực tuyến", needs=r"học tập|quán triệt|hội nghị"),
    Rule("study.members", _MEMBERS, _STUDY),
    Rule("study.officials", _OFFICIALS, _STUDY),
    Rule(
        "study.classes",
        r"^(?:lớp|hội nghị)",
        rf"(?:mở|tổ chức|được mở)(?: được)?|{_STUDY}",
        needs=rf"{_STUDY}|chuyên đề|chỉ thị|mở được|trực tuyến",
        never=r"học sinh|^lớp học (?!tập)",
        kinds=("count", "ratio"),
    ),
    Rule("directives.grassroots", r"cơ sở đảng|tccsđ", _OWN_PAPER, kinds=("count", "ratio", "percent")),
    Rule("directives.cells", r"^chi bộ$", _OWN_PAPER, kinds=("count", "ratio", "percent")),
    Rule("plan.grassroots", r"^(?!.*trực thuộc).*(?:cơ sở|tccsđ)", _PLAN, kinds=("count", "ratio", "percent")),
    Rule("plan.cells", r"chi bộ(?: trực thuộc)?", _PLAN, kinds=("count", "ratio", "percent")),
    Rule("pledge.members", _MEMBERS, _PLEDGE),
    Rule("pledge.officials", _OFFICIALS, _PLEDGE, never=r"chủ chốt"),
    Rule(
        "meeting.quality",
        r"chi bộ|chi, đảng bộ",
        r"đưa (?:các )?nội dung|vào sinh hoạt|sinh hoạt thường xuyên|nền nếp sinh hoạt",
    ),
    Rule(
        "unit.village_cell",
        r"thôn|bản|ấp|khu phố|tổ dân phố|khóm|làng|buôn|xóm",
        r"chi bộ (?:hoạt động )?độc lập|có chi bộ",
    ),
    Rule("covenant.households", r"^hộ|gia đình", r"ký giao ước|ký cam kết|viết bản đăng ký"),
    Rule("covenant.signed", _ORGANISATIONS, r"ký (?:kết )?giao ước"),
    Rule("covenant.scored", _ORGANISATIONS, r"chấm điểm|phát động thi đua"),
    Rule("covenant.pilots", _ORGANISATIONS, r"làm điểm|chọn điểm|chỉ đạo điểm|thí điểm"),
    Rule("deed.collective", r"^việc|việc làm|phần việc", r"tập thể", needs=r"đăng ký|làm theo|việc làm tốt|thực hiện"),
    Rule("deed.individual", r"^việc|việc làm|phần việc", r"cá nhân", needs=r"đăng ký|làm theo|việc làm tốt|thực hiện"),
    Rule("issue.settled", r"vấn đề|vụ", r"giải quyết (?:dứt điểm|xong|được)|đã giải quyết", needs=r"bức xúc|nổi cộm"),
    Rule("issue.grassroots", r"vấn đề|vụ", r"(?:cấp )?cơ sở|cấp xã|các xã", needs=r"bức xúc|nổi cộm"),
    Rule(
        "issue.district",
        r"vấn đề|vụ",
        r"cấp huyện|huyện|bức xúc|nổi cộm",
        needs=r"bức xúc|nổi cộm",
        never=r"giải quyết (?:dứt điểm|xong)|(?:cấp|ở) cơ sở|cấp xã",
    ),
    Rule(
        "inspect.base",
        r"cơ sở|chi bộ|xã|phường",
        r"khảo sát|kiểm tra|giám sát",
        never=r"trực thuộc tỉnh",
        kinds=("count", "ratio"),
    ),
    Rule(
        "inspect.upper",
        r"đảng bộ|huyện ủy|thành ủy|đảng ủy|cấp ủy",
        r"khảo sát|kiểm tra|giám sát",
        kinds=("count", "ratio"),
    ),
    Rule("standard.units", _ORGANISATIONS, r"chuẩn mực"),
    Rule(
        "model.people",
        r"gương|điển hình|^tập thể(?:,| và) cá nhân",
        rf"{_AWARD}|tiêu biểu|tiên tiến",
        kinds=("count", "ratio"),
    ),
    Rule("award.collectives", r"^(?:lượt )?tập thể(?!(?:,| và) cá nhân)", _AWARD, kinds=("count", "ratio")),
    Rule("award.people", r"^(?:lượt )?cá nhân", _AWARD, kinds=("count", "ratio")),
    Rule("exchange.events", r"^(?:lần|cuộc|buổi)", r"giao lưu|họp mặt", kinds=("count", "ratio", "percent")),
    Rule("result.land", r"m2|m²|ha|mét vuông|sào", r"hiến", kinds=("area",)),
    Rule("result.money", r"đồng", _GIVING, kinds=("money",)),
    Rule("result.workdays", r"", r"ngày công|công", kinds=("workdays",)),
    Rule("result.road", r"", r"đường|bê tông|tuyến", kinds=("length",)),
    Rule("result.income", r"đồng", r"thu nhập|thu lãi|lãi|cho thu", kinds=("yearly_amount", "money")),
    Rule(
        "media.items",
        r"^(?:tin|bài|tin bài|chuyên mục|chuyên trang|phóng sự|tác phẩm|cuốn|tài liệu|ấn phẩm|bản tin|câu chuyện|"
        r"video)",
        r"đăng|phát|xuất bản|tuyên truyền|chuyên mục|sáng tác|phát hành|báo|đài|tác phẩm",
        kinds=("count", "ratio"),
    ),
    Rule(
        "comment.answered",
        r"ý kiến|kiến nghị|đề xuất|đơn",
        r"trả lời|giải quyết|tiếp nhận|xử lý",
        kinds=("count", "ratio", "percent"),
    ),
)
