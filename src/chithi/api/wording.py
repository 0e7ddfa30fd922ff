"""Owns the words of what only this door can refuse, and the short titles of its statuses. Pure data.

Refusals of the product itself are worded in `chithi.core.wording`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chithi.core.wording import WORDING, sentence

HERE: dict[str, tuple[str, str]] = {
    "api.not_signed_in": (
        "Hãy đăng nhập, hoặc gửi kèm một mã truy cập còn hạn.",
        "Sign in, or send a token that is still valid.",
    ),
    "api.no_csrf": (
        "Lần gửi này thiếu mã bảo vệ của phiên đăng nhập (X-CSRFToken).",
        "This request lacks the session's protection token (X-CSRFToken).",
    ),
    "api.no_such_address": ("Không có địa chỉ này.", "There is no such address."),
    "api.no_such_method": (
        "Địa chỉ này không nhận phương thức {method}.",
        "This address does not take the method {method}.",
    ),
    "api.unreadable_body": (
        "Không đọc được nội dung gửi lên; cần JSON mã UTF-8.",
        "The body cannot be read; it must be JSON in UTF-8.",
    ),
    "api.too_large": ("Nội dung gửi lên quá lớn hoặc quá nhiều ô.", "The request is too large or has too many fields."),
    "api.invalid": ("Nội dung gửi lên chưa đúng ở: {fields}.", "The request is not valid at: {fields}."),
    "indicators.key_taken": (
        "Khóa này đã dùng cho một số liệu khác. Hãy tạo khóa mới.",
        "This key already belongs to another statement. Make a new one.",
    ),
    "api.broken": (
        "Máy chủ gặp lỗi; chưa có gì được ghi. Hãy thử lại, nếu vẫn lỗi hãy báo người quản trị.",
        "The server failed; nothing was written. Try again, and tell the administrator if it happens again.",
    ),
}

TITLES: dict[int, tuple[str, str]] = {
    400: ("Không thực hiện được", "The request was refused"),
    401: ("Chưa đăng nhập", "Not signed in"),
    403: ("Không được phép", "Not allowed"),
    404: ("Không tìm thấy", "Not found"),
    405: ("Phương thức không dùng được", "Method not allowed"),
    409: ("Đã có thay đổi khác", "Conflict with another change"),
    422: ("Nội dung chưa đúng", "Not valid"),
    500: ("Lỗi máy chủ", "Server error"),
}


def words(code: str, facts: Mapping[str, Any], language: str) -> str:
    """The sentence of a refusal, whichever table knows it."""
    if code in HERE and code not in WORDING:
        vi, en = HERE[code]
        return (en if language.startswith("en") else vi).format_map({name: str(v)[:300] for name, v in facts.items()})
    return sentence(code, facts, language)


def title(status: int, language: str) -> str:
    """Two or three words about a status."""
    vi, en = TITLES.get(status, TITLES[400])
    return en if language.startswith("en") else vi
