"""Owns the phrases by which sentences and headings are classed. Data only; the order of `HEADINGS` is the rule."""

from __future__ import annotations

import re

from chithi.text.reading import Section

# first phrase, one of these besides (none: no condition), class. The rest of a heading decides: causes come first.
HEADINGS: tuple[tuple[str, tuple[str, ...], Section], ...] = (
    ("nguyên nhân", ("hạn chế", "tồn tại", "khuyết điểm", "yếu kém"), "causes_of_limitations"),
    ("nguyên nhân", ("ưu điểm", "kết quả", "thành tích", "đạt được"), "causes_of_merits"),
    ("nguyên nhân", (), "causes_of_limitations"),
    ("bài học", (), "lessons"),
    ("kinh nghiệm", (), "lessons"),
    ("kết quả", (), "results"),
    ("ưu điểm", (), "results"),
    ("tồn tại", (), "limitations"),
    ("hạn chế", (), "limitations"),
    ("khuyết điểm", (), "limitations"),
    ("khó khăn, vướng mắc", (), "limitations"),
    ("kiến nghị", (), "proposals"),
    ("đề xuất", (), "proposals"),
    ("phương hướng", (), "tasks"),
    ("nhiệm vụ", ("tới", "năm", "giải pháp", "trọng tâm", "tiếp theo"), "tasks"),
    ("thời gian tới", (), "tasks"),
    ("giải pháp", (), "tasks"),
    ("gương điển hình", (), "models"),
    ("điển hình tiên tiến", (), "models"),
    ("mô hình tiêu biểu", (), "models"),
    ("đánh giá chung", (), "results"),
    ("công tác lãnh đạo", (), "results"),
    ("công tác tổ chức", (), "results"),
    ("công tác chỉ đạo", (), "results"),
    ("tình hình", ("thực hiện", "triển khai", "chung"), "results"),
)
OPENERS = re.compile(
    r"\s*[-–*+]?\s*(?:tuy nhiên|tuy vậy|bên cạnh đó|bên cạnh những|bên cạnh kết quả|song\b|mặc dù|thế nhưng|nhưng\b|"
    r"dù vậy|ngoài ra)"
)
LIMITATION_BODY = re.compile(
    r"\bchưa (?!từng)|\bcòn (?:hạn chế|chậm|hình thức|lúng túng|chung chung|thiếu|yếu|khó khăn|trông chờ|ít|"
    r"nhiều hạn chế|"
    r"tồn tại|một số|mang tính|nặng|có nơi|bộc lộ)|\bthiếu\b|\blúng túng\b|\bhình thức, |\bsao chép\b|\bchậm (?:so|"
    r"được|trễ)|"
    r"\bvẫn còn\b|\bhạn chế(?: như|,|:)"
)
PROPOSAL = re.compile(
    r"\b(?:đề xuất|kiến nghị|đề nghị)\b(?:, (?:đề xuất|kiến nghị))?(?: với)? (?:bộ chính trị|ban bí thư|trung ương|"
    r"ban tuyên giáo trung ương|"
    r"tỉnh ủy|thành ủy|ban thường vụ tỉnh ủy|cấp trên|chính phủ|bộ\b|huyện ủy)"
)
NUMBERED_POINT = re.compile(r"^\s*(?:thứ )?(?:một|hai|ba|bốn|năm|sáu|bảy|tám|nhất|tư) là\b,?")
TASK_TURN = re.compile(
    r"\btrong thời gian tới, |\bthời gian tới[^.]{0,80}\b(?:cần|tiếp tục|phải|tập trung|yêu cầu)\b|\byêu cầu (?:các|"
    r"cấp ủy|đơn vị|mỗi)|"
    r"\bđề nghị (?:các|cấp ủy|đảng bộ|chi bộ|đơn vị)|\bnhiệm vụ cần tiếp tục|\bcần tiếp tục\b|^\s*phấn đấu\b"
)
TASK_OPENING = re.compile(
    r"^\s*[-–*+•]?\s*(?:Tiếp tục|Đẩy mạnh|Tăng cường|Chú trọng|Tập trung|Duy trì|Kịp thời|Phấn đấu|Nâng cao|"
    r"Phát huy|Quan tâm|Chủ động|"
    r"Đổi mới|Gắn việc|Nhân rộng)\b(?!.{0,200}\bđã\b)"
)
_NAME = r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+)(?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]*){1,4}"
MODEL = re.compile(
    rf"\b(?:Ông|Bà|Cô giáo|Thầy giáo|Thầy|Anh|Chị|Cụ|Em|Nhân dân [Tt]hôn) {_NAME}(?=[,(]| (?:thôn|bản|xã|ấp|ở|là|đã|"
    rf"cùng|hiến|mạnh))|"
    r"điển hình như|tiêu biểu như|tiêu biểu là|trong đó có (?:mô hình|gương)|là tấm gương|Tên mô hình|"
    r"mô hình mới cách làm hay"
)
RESULT = re.compile(
    r"\bđã\b|\bđạt\b|\bkết quả\b|\bnhờ đó\b|\bqua đó\b|\bvì vậy\b|\bdo vậy\b|\bđược nâng lên\b|\bchuyển biến\b|"
    r"\bbiểu dương\b|\bkhen thưởng\b|"
    r"\btuyên dương\b|\bchiếm\b|\bhoàn thành\b|\btính đến nay\b|\bđến nay\b|\bhiện có\b|\bđược tổ chức\b|"
    r"\bxây dựng được\b|\btặng\b|\bvinh danh\b"
)
CONNECTIVES = re.compile(
    r"^\s*[-–]?\s*(?:kết quả|nhờ đó|qua đó|vì vậy|đến nay|tính đến nay|năm (?:19|20)[0-9]{2}|trong năm|toàn (?:tỉnh|"
    r"huyện|xã))\b"
)
TRAPS = re.compile(
    r"khắc phục (?:những |các )?(?:tính hình thức|hạn chế|tồn tại|khuyết điểm|thiếu sót)[^,.;]*|hạn chế (?:các|"
    r"những|tối đa|thấp nhất)[^,.;]*|"
    r"đẩy lùi[^,.;]*|chỉ rõ (?:những |các )?(?:hạn chế|yếu kém|khuyết điểm|tồn tại)[^,.;]*|(?:chưa|"
    r"không phải) là đảng viên|"
    r"sửa chữa (?:những )?khuyết điểm|phòng, chống[^,.;]*"
)
