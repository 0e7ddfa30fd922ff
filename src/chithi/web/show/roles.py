"""Words for roles and for what they may."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chithi.access.role_sets import RoleSet
from chithi.db.viewer import Capability
from chithi.web.templatetags.chithi_format import language

ROLE_WORDS = {
    "secretary": gettext_noop("Bí thư chi bộ"),
    "clerk": gettext_noop("Văn phòng cấp ủy"),
    "agency": gettext_noop("Cơ quan thường trực"),
    "leader": gettext_noop("Lãnh đạo"),
    "administrator": gettext_noop("Người quản trị"),
}
MAY_WORDS = {
    Capability.READ: gettext_noop("Xem số liệu, văn bản"),
    Capability.RECORDS: gettext_noop("Mở danh sách từng người, từng việc"),
    Capability.ENTER: gettext_noop("Ghi số liệu, đưa văn bản vào"),
    Capability.CONFIRM: gettext_noop("Xác nhận số liệu"),
    Capability.REPORT: gettext_noop("Lập báo cáo"),
    Capability.PEOPLE: gettext_noop("Quản lý đảng viên, cán bộ"),
    Capability.TREE: gettext_noop("Sắp xếp tổ chức, đơn vị"),
    Capability.JOURNAL: gettext_noop("Xem nhật ký"),
    Capability.ACCOUNTS: gettext_noop("Quản lý tài khoản, giao vai trò"),
    Capability.DEFINE: gettext_noop("Đặt chỉ tiêu, nhóm đơn vị"),
    Capability.SYSTEM: gettext_noop("Xem tình trạng máy chủ, đặt vai trò"),
}
"""What a capability is called, in the order in which a set of them is told."""


def role_word(code: str, names: tuple[str, str] | None = None) -> str:
    """What a role is called; `names` are those of a role the installation defined itself."""
    if names is not None:
        return names[1] if language() == "en" else names[0]
    return _(ROLE_WORDS[code]) if code in ROLE_WORDS else code


def set_word(role: RoleSet) -> str:
    """What a role is called."""
    return role_word(role.code, role.names)


def may_words(may: Iterable[Capability]) -> list[str]:
    """A set of capabilities in words, in their order."""
    held = set(may)
    return [_(word) for capability, word in MAY_WORDS.items() if capability in held]
