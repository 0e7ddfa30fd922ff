"""The catalogue that ships: breakdowns, measures and indicators as data. Pure.

Source of the rows: the indicators of real reports (docs/reference/indicators.md lists each with its figures). Ids are
given once and never reused, because trace addresses printed in Word outlive names. To add one, take the next free id.
"""

from __future__ import annotations

from dataclasses import dataclass

from chithi.db.measures import Counting
from chithi.org.kinds import Expected

FLOW, STOCK, DISTINCT = Counting.FLOW, Counting.STOCK, Counting.DISTINCT
CELLS, GRASSROOTS, NOBODY = Expected.CELLS, Expected.GRASSROOTS, Expected.NOBODY
MASS = Expected.MASS_ORGANISATIONS


@dataclass(frozen=True)
class ShippedMeasure:
    """One measure; `scale` decimal places are kept."""

    id: int
    code: str
    counting: Counting
    noun: tuple[str, str]
    name: tuple[str, str]
    expected: Expected = GRASSROOTS
    recorded: bool = False
    breakdown: str | None = None
    scale: int = 0
    roll_up: str = "sum"


@dataclass(frozen=True)
class ShippedIndicator:
    """One indicator: numerator over denominator, or the numerator alone. `kind` rules wording and display."""

    id: int
    code: str
    group: str
    numerator: str
    denominator: str | None = None
    kind: str = "count"
    name: tuple[str, str] = ("", "")
    direction: str = "up"
    target: int | None = None


BREAKDOWNS = {
    "membership": (
        1,
        ("Trong Đảng và ngoài Đảng", "Inside and outside the Party"),
        (
            (1, "member", "Là đảng viên", "Members"),
            (2, "other", "Không phải là đảng viên", "Not members"),
        ),
    ),
}

_LEADER = ("đồng chí", "leaders")
_MEMBER = ("đảng viên", "members")
_OFFICIAL = ("cán bộ, công chức, viên chức", "officials")
_BASE = ("tổ chức cơ sở đảng", "grassroots organisations")
_CELL = ("chi bộ", "cells")
_VILLAGE = ("thôn, bản", "villages")
_TASK = ("nhiệm vụ", "tasks")
_UNIT = ("đơn vị", "units")
_ISSUE = ("vấn đề", "issues")
_SHORT = ("hạn chế, khuyết điểm", "shortcomings")
_DUTY = ("nghĩa vụ", "duties")
_DEED = ("việc làm tốt", "good deeds")
_BELONGS = ("hội viên, đoàn viên", "members of mass organisations")

M = ShippedMeasure
MEASURES: tuple[ShippedMeasure, ...] = (
    M(1, "org.cells", STOCK, _CELL, ("Chi bộ (chi bộ cơ sở và chi bộ trực thuộc)", "Cells"), recorded=True),
    M(2, "org.grassroots", STOCK, _BASE, ("Tổ chức cơ sở đảng", "Grassroots organisations"), recorded=True),
    M(3, "org.villages", STOCK, _VILLAGE, ("Thôn, bản", "Villages"), recorded=True),
    M(4, "org.villages_with_cell", STOCK, _VILLAGE, ("Thôn, bản có chi bộ độc lập", "Villages with a cell of their own"), recorded=True),
    M(5, "org.members_on_duty", DISTINCT, _MEMBER, ("Đảng viên đang công tác, sinh hoạt", "Members on duty"), CELLS, recorded=True),
    M(6, "org.key_leaders", DISTINCT, _LEADER, ("Cán bộ lãnh đạo chủ chốt", "Key leaders"), recorded=True, breakdown="membership"),
    M(7, "org.officials_outside", STOCK, _OFFICIAL, ("Cán bộ, công chức, viên chức chưa là đảng viên", "Officials outside the Party")),
    M(8, "org.officials", DISTINCT, _OFFICIAL, ("Cán bộ, công chức, viên chức theo danh sách", "Officials on the registers"), NOBODY, recorded=True, breakdown="membership"),
    M(9, "org.officials_not_members", DISTINCT, _OFFICIAL, ("Cán bộ, công chức, viên chức ngoài Đảng theo danh sách", "Officials outside the Party on the registers"), NOBODY, recorded=True),
    M(10, "org.members_exempt", DISTINCT, _MEMBER, ("Đảng viên được miễn công tác, sinh hoạt", "Members exempt from work and meetings"), CELLS, recorded=True),
    M(20, "study.classes", FLOW, ("lớp", "classes"), ("Lớp học tập chuyên đề đã mở", "Study classes opened")),
    M(21, "study.members", DISTINCT, _MEMBER, ("Đảng viên học tập chuyên đề", "Members who studied the topic")),
    M(22, "study.officials", DISTINCT, _OFFICIAL, ("Cán bộ, công chức, viên chức học tập chuyên đề", "Officials who studied the topic")),
    M(23, "study.units_done", STOCK, ("chi, đảng bộ", "organisations"), ("Tổ chức đảng hoàn thành phổ biến, quán triệt", "Organisations that finished study")),
    M(24, "study.online", FLOW, ("lượt người", "attendances"), ("Người dự học trực tuyến", "People present at online study")),
    M(25, "study.online_invited", FLOW, ("lượt người", "attendances"), ("Người được mời học trực tuyến", "People invited to online study")),
    M(30, "plan.grassroots", STOCK, _BASE, ("Tổ chức cơ sở đảng có kế hoạch làm theo", "Grassroots organisations with a follow-up plan")),
    M(31, "plan.cells", STOCK, ("chi bộ trực thuộc", "cells"), ("Chi bộ trực thuộc có kế hoạch làm theo", "Subordinate cells with a follow-up plan")),
    M(32, "directives.grassroots", STOCK, _BASE, ("Tổ chức cơ sở đảng đã ban hành văn bản triển khai", "Grassroots organisations that issued a document of their own"), NOBODY, recorded=True),
    M(33, "directives.cells", STOCK, _CELL, ("Chi bộ đã ban hành văn bản triển khai", "Cells that issued a document of their own"), NOBODY, recorded=True),
    M(34, "tasks.in_force", STOCK, _TASK, ("Nhiệm vụ đang thực hiện", "Tasks in force"), NOBODY, recorded=True),
    M(35, "tasks.overdue", STOCK, _TASK, ("Nhiệm vụ quá hạn", "Tasks overdue"), NOBODY, recorded=True),
    M(36, "tasks.done", FLOW, _TASK, ("Nhiệm vụ đã hoàn thành", "Tasks done"), NOBODY, recorded=True),
    M(37, "tasks.done_on_time", FLOW, _TASK, ("Nhiệm vụ hoàn thành đúng hạn", "Tasks done on time"), NOBODY, recorded=True),
    M(38, "tasks.done_late", FLOW, _TASK, ("Nhiệm vụ hoàn thành muộn", "Tasks done late"), NOBODY, recorded=True),
    M(39, "dossiers.sections", STOCK, _UNIT, ("Đơn vị có bộ phận giúp việc", "Units with a helper section"), NOBODY, recorded=True),
    M(40, "pledge.members", DISTINCT, _MEMBER, ("Đảng viên viết bản đăng ký làm theo", "Members who wrote a pledge")),
    M(41, "pledge.officials", DISTINCT, _OFFICIAL, ("Cán bộ, công chức, viên chức ngoài Đảng viết bản đăng ký", "Officials outside the Party who wrote a pledge")),
    M(42, "pledge.leaders", DISTINCT, _LEADER, ("Cán bộ chủ chốt đăng ký thi đua nêu gương", "Key leaders registered for the example-setting movement"), breakdown="membership"),
    M(43, "shortcomings.found", FLOW, _SHORT, ("Hạn chế, khuyết điểm phát hiện trong kỳ", "Shortcomings found"), NOBODY, recorded=True),
    M(44, "shortcomings.known", STOCK, _SHORT, ("Hạn chế, khuyết điểm đã ghi nhận", "Shortcomings on the books"), NOBODY, recorded=True),
    M(45, "shortcomings.remedied", STOCK, _SHORT, ("Hạn chế, khuyết điểm đã khắc phục xong", "Shortcomings remedied"), NOBODY, recorded=True),
    M(46, "duties.answered", FLOW, _DUTY, ("Nghĩa vụ đã báo cáo", "Duties reported on"), NOBODY, recorded=True),
    M(47, "duties.done", FLOW, _DUTY, ("Nghĩa vụ đã thực hiện", "Duties done"), NOBODY, recorded=True),
    M(50, "rating.leaders_member", DISTINCT, _LEADER, ("Cán bộ chủ chốt là đảng viên xếp loại tốt", "Key leaders (members) rated good")),
    M(51, "rating.leaders_member_rated", DISTINCT, _LEADER, ("Cán bộ chủ chốt là đảng viên được xếp loại", "Key leaders (members) rated")),
    M(52, "rating.leaders_other", DISTINCT, _LEADER, ("Cán bộ chủ chốt không phải đảng viên xếp loại tốt", "Key leaders (not members) rated good")),
    M(53, "rating.leaders_other_rated", DISTINCT, _LEADER, ("Cán bộ chủ chốt không phải đảng viên được xếp loại", "Key leaders (not members) rated")),
    M(60, "meeting.quality", STOCK, _CELL, ("Chi bộ đưa nội dung vào sinh hoạt thường xuyên, có chất lượng", "Cells with regular, good content in meetings")),
    M(70, "covenant.signed", STOCK, _BASE, ("Tổ chức cơ sở đảng ký giao ước thi đua", "Grassroots organisations that signed the covenant")),
    M(71, "covenant.scored", STOCK, _BASE, ("Tổ chức cơ sở đảng phát động và chấm điểm thi đua", "Grassroots organisations that launched and scored")),
    M(72, "covenant.pilots", STOCK, ("đơn vị làm điểm", "pilot units"), ("Đơn vị làm điểm", "Pilot units of a campaign"), NOBODY),
    M(73, "covenant.households", STOCK, ("hộ", "households"), ("Hộ gia đình viết bản đăng ký, ký giao ước", "Households that registered and signed")),
    M(80, "deed.collective", FLOW, _DEED, ("Việc làm tốt tập thể đăng ký", "Good deeds registered by collectives")),
    M(81, "deed.individual", FLOW, _DEED, ("Việc làm tốt cá nhân đăng ký", "Good deeds registered by individuals")),
    M(90, "issue.district", FLOW, _ISSUE, ("Vấn đề bức xúc, nổi cộm cấp huyện đăng ký giải quyết", "Pressing issues registered, district level"), NOBODY),
    M(91, "issue.grassroots", FLOW, _ISSUE, ("Vấn đề bức xúc, nổi cộm cấp cơ sở đăng ký giải quyết", "Pressing issues registered, grassroots level")),
    M(92, "issue.settled", FLOW, _ISSUE, ("Vấn đề bức xúc, nổi cộm giải quyết dứt điểm", "Pressing issues settled for good")),
    M(93, "issue.registered", FLOW, _ISSUE, ("Vấn đề bức xúc, nổi cộm đã đăng ký", "Pressing issues registered")),
    M(100, "inspect.upper", FLOW, ("đảng bộ", "committees"), ("Cấp ủy cấp trên cơ sở được kiểm tra, khảo sát", "Upper committees surveyed"), NOBODY),
    M(101, "inspect.base", FLOW, ("cơ sở", "grassroots units"), ("Đơn vị cơ sở được kiểm tra, khảo sát", "Grassroots units surveyed"), NOBODY),
    M(102, "inspect.upper_planned", FLOW, ("đảng bộ", "committees"), ("Cấp ủy cấp trên cơ sở theo kế hoạch kiểm tra", "Upper committees planned"), NOBODY),
    M(103, "inspect.base_planned", FLOW, ("cơ sở", "grassroots units"), ("Đơn vị cơ sở theo kế hoạch kiểm tra", "Grassroots units planned"), NOBODY),
    M(110, "standard.units", STOCK, ("đơn vị", "units"), ("Đơn vị có chuẩn mực đạo đức", "Units with standards of conduct")),
    M(111, "standard.units_passing", STOCK, ("đơn vị", "units"), ("Đơn vị có chuẩn mực đạt bốn tiêu chí ngắn gọn, dễ nhớ, dễ hiểu, dễ thực hiện", "Units whose standards pass the four-way test")),
    M(112, "standard.units_late", STOCK, ("đơn vị", "units"), ("Đơn vị ban hành chuẩn mực chậm", "Units that adopted standards late")),
    M(120, "model.people", FLOW, ("tập thể, cá nhân", "collectives and persons"), ("Tập thể, cá nhân điển hình", "Exemplary collectives and individuals")),
    M(121, "award.collectives", FLOW, ("tập thể", "collectives"), ("Tập thể được khen thưởng", "Collectives commended")),
    M(122, "award.people", FLOW, ("cá nhân", "persons"), ("Cá nhân được khen thưởng", "Persons commended")),
    M(123, "exchange.events", FLOW, ("lần", "times"), ("Lần giao lưu điển hình", "Exchanges with exemplary people"), NOBODY),
    M(130, "result.land", FLOW, ("m²", "m²"), ("Diện tích đất hiến", "Land given"), scale=2),
    M(131, "result.money", FLOW, ("đồng", "dong"), ("Tiền ủng hộ, đóng góp", "Money given")),
    M(132, "result.workdays", FLOW, ("ngày công", "workdays"), ("Ngày công đóng góp", "Workdays given"), scale=1),
    M(133, "result.road", FLOW, ("m", "m"), ("Chiều dài đường làm được", "Road built"), scale=1),
    M(134, "result.income", FLOW, ("đồng/năm", "dong a year"), ("Thu nhập hằng năm của điển hình", "Yearly income of exemplary people"), NOBODY, roll_up="none"),
    M(140, "media.items", FLOW, ("tin, bài", "items"), ("Tin, bài, chuyên mục tuyên truyền", "Columns, articles, broadcasts")),
    M(150, "comment.answered", FLOW, ("ý kiến", "comments"), ("Kiến nghị, ý kiến được trả lời đúng hạn", "Proposals and comments answered in time")),
    M(151, "comment.received", FLOW, ("ý kiến", "comments"), ("Kiến nghị, ý kiến đã tiếp nhận", "Proposals and comments received")),
    M(160, "mass.members", STOCK, _BELONGS, ("Hội viên, đoàn viên các đoàn thể", "Members of mass organisations"), MASS),
    M(161, "mass.study", DISTINCT, _BELONGS, ("Hội viên, đoàn viên học tập chuyên đề", "Members of mass organisations who studied the topic"), MASS),
    M(162, "mass.pledge", DISTINCT, _BELONGS, ("Hội viên, đoàn viên đăng ký làm theo", "Members of mass organisations who wrote a pledge"), MASS),
)

I = ShippedIndicator  # noqa: E741 -- a column of data reads better than a column of long names
INDICATORS: tuple[ShippedIndicator, ...] = (
    I(1, "org.members_on_duty", "org", "org.members_on_duty"),
    I(2, "org.cells", "org", "org.cells"),
    I(3, "org.grassroots", "org", "org.grassroots"),
    I(4, "unit.village_cell", "org", "org.villages_with_cell", "org.villages", "share"),
    I(5, "org.key_leaders", "org", "org.key_leaders"),
    I(6, "org.villages", "org", "org.villages", direction="none"),
    I(7, "org.officials_outside", "org", "org.officials_outside", direction="none"),
    I(8, "org.officials", "org", "org.officials", direction="none"),
    I(9, "org.officials_not_members", "org", "org.officials_not_members", direction="none"),
    I(10, "org.members_exempt", "org", "org.members_exempt", direction="none"),
    I(20, "study.classes", "study", "study.classes"),
    I(21, "study.members", "study", "study.members", "org.members_on_duty", "share", target=10000),
    I(22, "study.officials", "study", "study.officials"),
    I(23, "study.units_done", "study", "study.units_done", "org.grassroots", "share", target=10000),
    I(24, "study.online", "study", "study.online", "study.online_invited", "share"),
    I(25, "study.online_invited", "study", "study.online_invited", direction="none"),
    I(30, "plan.grassroots", "plan", "plan.grassroots", "org.grassroots", "share", target=10000),
    I(31, "plan.cells", "plan", "plan.cells"),
    I(32, "directives.grassroots", "plan", "directives.grassroots", "org.grassroots", "share", target=10000),
    I(33, "directives.cells", "plan", "directives.cells", "org.cells", "share"),
    I(34, "tasks.in_force", "plan", "tasks.in_force", direction="none"),
    I(35, "tasks.overdue", "plan", "tasks.overdue", "tasks.in_force", "share", direction="down"),
    I(36, "tasks.done_on_time", "plan", "tasks.done_on_time", "tasks.done", "share"),
    I(37, "tasks.done_late", "plan", "tasks.done_late", "tasks.done", "share", direction="down"),
    I(39, "dossiers.sections", "plan", "dossiers.sections"),
    I(40, "pledge.members", "pledge", "pledge.members", "org.members_on_duty", "share", target=10000),
    I(41, "pledge.officials", "pledge", "pledge.officials", "org.officials_outside", "share"),
    I(42, "pledge.leaders", "pledge", "pledge.leaders", "org.key_leaders", "share", target=10000),
    I(43, "shortcomings.found", "plan", "shortcomings.found", direction="none"),
    I(44, "shortcomings.known", "plan", "shortcomings.known", direction="none"),
    I(45, "shortcomings.remedied", "plan", "shortcomings.remedied", "shortcomings.known", "share"),
    I(46, "duties.answered", "plan", "duties.answered", direction="none"),
    I(47, "duties.done", "plan", "duties.done", "duties.answered", "share"),
    I(50, "rating.leaders_member", "rating", "rating.leaders_member", "rating.leaders_member_rated", "share"),
    I(51, "rating.leaders_other", "rating", "rating.leaders_other", "rating.leaders_other_rated", "share"),
    I(52, "rating.leaders_member_rated", "rating", "rating.leaders_member_rated", direction="none"),
    I(53, "rating.leaders_other_rated", "rating", "rating.leaders_other_rated", direction="none"),
    I(60, "meeting.quality", "meeting", "meeting.quality", "org.cells", "share"),
    I(70, "covenant.signed", "covenant", "covenant.signed", "org.grassroots", "share"),
    I(71, "covenant.scored", "covenant", "covenant.scored", "org.grassroots", "share"),
    I(72, "covenant.pilots", "covenant", "covenant.pilots", direction="none"),
    I(73, "covenant.households", "covenant", "covenant.households"),
    I(80, "deed.collective", "deed", "deed.collective"),
    I(81, "deed.individual", "deed", "deed.individual"),
    I(90, "issue.district", "issue", "issue.district", direction="none"),
    I(91, "issue.grassroots", "issue", "issue.grassroots", direction="none"),
    I(92, "issue.settled", "issue", "issue.settled", "issue.registered", "share"),
    I(93, "issue.registered", "issue", "issue.registered", direction="none"),
    I(100, "inspect.upper", "inspect", "inspect.upper", "inspect.upper_planned", "share"),
    I(101, "inspect.base", "inspect", "inspect.base", "inspect.base_planned", "share"),
    I(102, "inspect.upper_planned", "inspect", "inspect.upper_planned", direction="none"),
    I(103, "inspect.base_planned", "inspect", "inspect.base_planned", direction="none"),
    I(110, "standard.units", "standard", "standard.units", "org.grassroots", "share"),
    I(111, "standard.units_passing", "standard", "standard.units_passing", "standard.units", "share"),
    I(112, "standard.units_late", "standard", "standard.units_late", "standard.units", "share", direction="down"),
    I(120, "model.people", "model", "model.people"),
    I(121, "award.collectives", "model", "award.collectives"),
    I(122, "award.people", "model", "award.people"),
    I(123, "exchange.events", "model", "exchange.events"),
    I(130, "result.land", "result", "result.land", kind="area"),
    I(131, "result.money", "result", "result.money", kind="money"),
    I(132, "result.workdays", "result", "result.workdays", kind="workdays"),
    I(133, "result.road", "result", "result.road", kind="length"),
    I(134, "result.income", "result", "result.income", kind="income"),
    I(140, "media.items", "media", "media.items"),
    I(150, "comment.answered", "comment", "comment.answered", "comment.received", "share"),
    I(151, "comment.received", "comment", "comment.received", direction="none"),
    I(160, "mass.members", "mass", "mass.members", direction="none"),
    I(161, "mass.study", "mass", "mass.study", "mass.members", "share"),
    I(162, "mass.pledge", "mass", "mass.pledge", "mass.members", "share"),
)
