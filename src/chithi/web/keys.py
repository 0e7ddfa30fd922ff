"""The keyboard map: which key does what. The dialog of keys and the page of the manual say what stands here.

The scripts (static/chithi/js) act on these keys; `docs/manual/*/keys.md` repeats them row by row (tests/shape).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Key:
    """A key and what it does; several keys that belong together stand side by side."""

    names: tuple[str, ...]
    text: Promise


@dataclass(frozen=True)
class Place:
    """Where `g` and then `letter` leads; `route` names the place in the rail."""

    route: str
    letter: str
    text: Promise


EVERYWHERE = (
    Key(("/",), _("tìm")),
    Key(("?",), _("xem phím tắt")),
    Key(("J", "K"), _("dòng sau, dòng trước trong bảng")),
    Key(("Enter",), _("mở chỗ đang đứng")),
    Key(("Esc",), _("đóng bảng đang mở, về chỗ cũ")),
)

PLACES = (
    Place("work", "c", _("Việc của tôi")),
    Place("home", "h", _("Cây đơn vị")),
    Place("unit", "d", pgettext_lazy("menu", "Chỉ tiêu")),
    Place("entry", "n", _("Ghi số")),
    Place("groups", "m", _("Nhóm đơn vị")),
    Place("directives", "i", _("Văn bản chỉ đạo")),
    Place("tasks", "t", _("Nhiệm vụ")),
    Place("calls", "y", _("Yêu cầu báo cáo")),
    Place("routine", "l", _("Lịch công tác")),
    Place("duties", "a", _("Nghĩa vụ")),
    Place("shortcomings", "k", _("Hạn chế, khuyết điểm")),
    Place("documents", "v", _("Đọc báo cáo")),
    Place("report", "b", _("Báo cáo")),
    Place("manage", "q", _("Quản trị")),
)

READING = (
    Key(("J", "K"), _("con số sau, con số trước")),
    Key(("Enter",), _("xác nhận")),
    Key(("E",), _("sửa")),
    Key(("X",), _("bỏ")),
    Key(("U",), _("xem lại")),
)
"""While a document is read; there J, K and Enter mean this instead."""


def letter_of(route: str) -> str:
    """The letter after `g` for a place of the rail, "" where it has none."""
    return next((place.letter for place in PLACES if place.route == route), "")


def shown(keys: tuple[Key, ...]) -> list[dict[str, Any]]:
    """Rows of components/keys_dialog.html."""
    return [{"names": key.names, "text": key.text} for key in keys]
