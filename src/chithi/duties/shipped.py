"""Lists that ship, for a unit to begin its own with: facts of well-known regulations in our own short words. Pure data.

They belong to nobody and bind nobody: a unit copies one into a draft, words it as its own regulation does, issues it.
"""

from __future__ import annotations

from dataclasses import dataclass

from chithi.duties.kinds import Concerns, Rhythm
from chithi.duties.rules import DutySaid
from chithi.org.kinds import Expected

_ALL, _HEAD, _OFFICIAL = Concerns.COLLECTIVE, Concerns.HEAD, Concerns.OFFICIAL


@dataclass(frozen=True)
class Shipped:
    """One list that ships; `code` names it in addresses."""

    code: str
    sign: str
    name: str
    duties: tuple[DutySaid, ...]
    expects: tuple[str, ...] = (Expected.GRASSROOTS.value,)
    rhythm: Rhythm = Rhythm.YEAR


SHIPPED: tuple[Shipped, ...] = (
    Shipped(
        "144",
        "144-QĐ/TW",
        "Chuẩn mực đạo đức cách mạng: năm nhóm",
        (
            DutySaid("1", "Giữ lòng yêu nước, trung thành, gần dân và tôn trọng dân", _ALL),
            DutySaid("2", "Có bản lĩnh, dám đổi mới, sáng tạo, chủ động hội nhập", _ALL),
            DutySaid("3", "Cần, kiệm, liêm, chính, chí công vô tư trong công việc", _ALL),
            DutySaid("4", "Giữ đoàn kết, kỷ cương; có tình thương và trách nhiệm", _ALL),
            DutySaid("5", "Gương mẫu, khiêm tốn, tự rèn luyện và học suốt đời", _ALL),
        ),
    ),
    Shipped(
        "101",
        "101-QĐ/TW",
        "Trách nhiệm nêu gương của đảng viên, nhất là cán bộ chủ chốt",
        (
            DutySaid("1", "Nêu gương về tư tưởng chính trị", _HEAD),
            DutySaid("2", "Nêu gương về đạo đức, lối sống, tác phong", _HEAD),
            DutySaid("3", "Tự phê bình và phê bình thẳng thắn, sửa chữa sau góp ý", _HEAD),
            DutySaid("4", "Giữ quan hệ gần gũi với nhân dân, lắng nghe và giải quyết việc dân hỏi", _HEAD),
            DutySaid("5", "Làm tròn trách nhiệm trong công tác được giao", _OFFICIAL),
            DutySaid("6", "Giữ kỷ luật, chấp hành phân công của tổ chức", _OFFICIAL),
            DutySaid("7", "Giữ đoàn kết nội bộ", _ALL),
        ),
    ),
    Shipped(
        "08",
        "08-QĐi/TW",
        "Trách nhiệm nêu gương: việc phải làm và việc phải chống",
        (
            DutySaid("1", "Người đứng đầu làm gương trước trong việc của đơn vị", _HEAD),
            DutySaid("2", "Nói đi đôi với làm, đã hứa thì làm và báo lại kết quả", _HEAD),
            DutySaid("3", "Nhận trách nhiệm khi đơn vị có việc sai, việc chậm", _HEAD),
            DutySaid("4", "Chống chạy chức, bè phái, lợi ích riêng", _HEAD),
            DutySaid("5", "Chống xa dân, vô cảm trước việc của dân", _OFFICIAL),
            DutySaid("6", "Chống phô trương, lãng phí; gia đình giữ nếp sống giản dị", _OFFICIAL),
        ),
    ),
)


def shipped(code: str) -> Shipped | None:
    """The list of this code."""
    return next((one for one in SHIPPED if one.code == code), None)
