"""What the writer of a task may want to put right, while the words can still be changed. Pure; hints stop nobody.

A task should say one piece of work that begins with a verb, what there is to hold when it is done, who and by when.
Words of exhortation without an object that could be counted or shown are what makes plans formal.
"""

from __future__ import annotations

import re
from datetime import date

from chithi.tasks.kinds import Hint
from chithi.text.vietnamese import clean

_VERBS = (
    "ban hành|biên soạn|biểu dương|bàn giao|báo cáo|bầu|bố trí|bồi dưỡng|bổ sung|chuyển|chuẩn bị|chấm|chọn|"
    "công bố|công khai|cấp|cập nhật|cử|dọn|dự|ghi|giao|giám sát|giúp|giải quyết|góp|gửi|hoàn thiện|hoàn thành|"
    "hướng dẫn|học|họp|hỗ trợ|in|khen thưởng|khảo sát|khắc phục|kiểm tra|kiện toàn|ký|kết nạp|làm|lấy|lập|lắp|"
    "lựa chọn|mua|mở|nhân rộng|nhập|nhắc|niêm yết|nâng cấp|nộp|phát|phát hành|phát động|phân công|phân loại|"
    "phối hợp|phổ biến|quán triệt|ra|rà soát|rút|soạn|sơ kết|sưu tầm|sắp xếp|sửa|tham gia|tham mưu|theo dõi|thi|"
    "thu|thành lập|tháo gỡ|thông báo|thăm|thẩm định|thống kê|thực hiện|tiếp|tiếp nhận|tri ân|triển khai|trình|"
    "trưng bày|trả lời|trồng|tuyên dương|tuyên truyền|tập huấn|tập hợp|tặng|tổ chức|tổng hợp|tổng kết|viết|"
    "vận động|vẽ|xem xét|xin ý kiến|xác minh|xây|xây dựng|xếp loại|điều chỉnh|đào tạo|đánh giá|đôn đốc|đăng|"
    "đăng ký|đưa|đề xuất|đọc|đối chiếu|đối thoại"
)
VERBS = frozenset(_VERBS.split("|"))
VAGUE = ("tăng cường", "đẩy mạnh", "tiếp tục", "nâng cao", "phát huy", "chú trọng", "quan tâm", "tích cực", "chủ động")
FEWEST_WORDS, LONG_DAYS = 3, 366
_APART = re.compile(r"[;,.]|\s+(?:và|đồng thời|sau đó)\s+")


def hints(title: str, product: str, since: date | None, due_on: date | None, *, owner: bool = True) -> tuple[Hint, ...]:
    """What could be put right, the gravest first."""
    said = clean(title).strip().lower()
    words = said.split()
    found = {
        Hint.NO_OWNER: not owner,
        Hint.NO_DATE: due_on is None,
        Hint.TOO_SHORT: len(words) < FEWEST_WORDS,
        Hint.VAGUE: _is_vague(said, product),
        Hint.NO_VERB: not _begins_with_verb(words) and not said.startswith(VAGUE),
        Hint.SEVERAL: _parts(said) > 1,
        Hint.NO_PRODUCT: not product.strip(),
        Hint.FAR_OFF: since is not None and due_on is not None and (due_on - since).days > LONG_DAYS,
    }
    return tuple(hint for hint, holds in found.items() if holds)


def _begins_with_verb(words: list[str]) -> bool:
    return bool(words) and (words[0] in VERBS or " ".join(words[:2]) in VERBS)


def _is_vague(said: str, product: str) -> bool:
    """A word of exhortation, and neither a number nor a product to measure it by."""
    exhorts = any(re.search(rf"(?<!\w){word}(?!\w)", said) for word in VAGUE)
    return exhorts and not any(letter.isdigit() for letter in said) and not product.strip()


def _parts(said: str) -> int:
    """How many pieces of work stand side by side: parts that each begin with a verb and say more than it."""
    parts = [part.split() for part in _APART.split(said)]
    return sum(len(part) >= FEWEST_WORDS and _begins_with_verb(part) for part in parts)
