"""What refusals say about accounts, roles and the ways in. Vietnamese, English."""

from __future__ import annotations

ACCESS: dict[str, tuple[str, str]] = {
    "access.not_allowed": (
        "Tài khoản này chưa được giao quyền làm việc đó. Hãy hỏi người quản trị của đơn vị.",
        "This account has not been given the right to do that. Ask your unit's administrator.",
    ),
    "access.not_everywhere": (
        "Việc này chung cho cả hệ thống, nên cần quyền ở đơn vị cao nhất.",
        "This concerns the whole installation and needs the right at its topmost unit.",
    ),
    "access.bad_username": (
        "Tên đăng nhập “{username}” chưa đúng: dùng 2–59 chữ thường không dấu, số, dấu chấm, gạch.",
        "The user name “{username}” is not usable: 2–59 lower-case letters, digits, dots or dashes.",
    ),
    "access.username_taken": ("Tên đăng nhập “{username}” đã có người dùng.", "The user name “{username}” is taken."),
    "access.no_account": ("Không có tài khoản “{username}”.", "There is no account “{username}”."),
}
