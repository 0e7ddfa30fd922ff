"""The year of a standing agency as it ships: data to begin with, every line of which a unit may change or leave out."""

from __future__ import annotations

from dataclasses import dataclass

from chithi.org.kinds import Expected
from chithi.routine.kinds import DayOff, Makes, Rhythm
from chithi.routine.rules import When

_CELLS, _BASE, _DISTRICTS = Expected.CELLS.value, Expected.GRASSROOTS.value, Expected.DISTRICTS.value
_BELOW = (_CELLS, _BASE, _DISTRICTS)


@dataclass(frozen=True)
class Shipped:
    """A line by its lasting code, in both languages; `offers_to` the kinds of units below it is usual for too."""

    code: str
    vi: str
    en: str
    product_vi: str
    product_en: str
    when: When
    makes: Makes = Makes.TASK
    remind: int = 7
    offers_to: tuple[str, ...] = ()


def _by(month: int, day: int | None, span: int = 30, rhythm: Rhythm = Rhythm.YEARLY) -> When:
    return When(rhythm, month, day, day_off=DayOff.BEFORE, span=span)


SHIPPED: tuple[Shipped, ...] = (
    Shipped("topic", "Nhận chuyên đề năm và gửi xuống các đơn vị", "Receive the topic of the year and pass it on",
            "Công văn gửi đơn vị", "A letter to the units", _by(1, 20, 15)),
    Shipped("plan", "Ban hành kế hoạch học tập và làm theo trong năm", "Issue the plan of the year",
            "Kế hoạch năm", "The plan of the year", _by(2, None), offers_to=(_BASE, _DISTRICTS)),
    Shipped("classes", "Mở lớp học chuyên đề cho đảng viên", "Hold the study classes for members",
            "Danh sách người học", "A list of who attended", _by(3, None, 60), offers_to=(_BASE,)),
    Shipped("pledges", "Thu bản đăng ký làm theo và phần bổ sung", "Collect the pledges and their addenda",
            "Bảng tổng hợp đăng ký", "A summary of the pledges", _by(3, 31, 60), offers_to=_BELOW),
    Shipped("meetings", "Sinh hoạt chuyên đề tại kỳ họp tháng", "Take up the topic at the monthly meeting", "", "",
            When(Rhythm.MONTHLY, 1, 5, day_off=DayOff.AFTER), Makes.REMINDER, 3, (_CELLS,)),
    Shipped("quarter", "Tổng hợp kết quả quý", "Put the results of the quarter together",
            "Báo cáo quý", "A quarterly report", _by(3, None, 10, Rhythm.QUARTERLY), offers_to=(_DISTRICTS,)),
    Shipped("founding", "Kỷ niệm ngày thành lập Đảng 3/2", "Mark the Party's founding day, 3 February", "", "",
            When(Rhythm.YEARLY, 2, 3), Makes.REMINDER, 10),
    Shipped("birthday", "Biểu dương điển hình dịp sinh nhật Bác 19/5", "Commend examples on 19 May",
            "Danh sách được biểu dương", "A list of those commended", When(Rhythm.YEARLY, 5, 19, span=45),
            offers_to=(_BASE, _DISTRICTS)),
    Shipped("midyear", "Sơ kết sáu tháng đầu năm", "Review the first half of the year",
            "Báo cáo sơ kết", "A half-yearly review", _by(6, None), offers_to=(_BASE, _DISTRICTS)),
    Shipped("inspection", "Kiểm tra, giám sát việc thực hiện ở đơn vị", "Inspect how units carry it out",
            "Thông báo kết luận", "A notice of conclusions", _by(9, None, 90)),
    Shipped("national", "Hoạt động dịp Cách mạng Tháng Tám và Quốc khánh", "Activities for 19 August and 2 September",
            "", "", When(Rhythm.YEARLY, 8, 19), Makes.REMINDER, 14),
    Shipped("nextyear", "Góp ý và chuẩn bị chuyên đề năm sau", "Prepare the topic of next year",
            "Đề xuất chuyên đề", "A proposal for the topic", _by(11, 30, 40)),
    Shipped("criticism", "Kiểm điểm, tự phê bình cuối năm", "Hold the self-criticism at the end of the year",
            "Bản kiểm điểm", "Records of self-criticism", _by(12, 15, 40), offers_to=_BELOW),
    Shipped("rating", "Xếp loại tổ chức và cá nhân", "Rate units and people",
            "Bảng xếp loại", "A table of ratings", _by(12, None), offers_to=(_BASE, _DISTRICTS)),
    Shipped("report", "Báo cáo tổng kết năm", "Write the report of the year",
            "Báo cáo năm", "The yearly report", _by(12, 20, 30), offers_to=(_BASE, _DISTRICTS)),
)  # fmt: skip
"""In no order: a calendar is shown by its days."""
BY_CODE = {one.code: one for one in SHIPPED}
