"""The rows of work calendars: see `tests.leaks.routes`."""

from __future__ import annotations

from typing import Any

from chithi.access.viewers import today
from tests.leaks.planted import Things
from tests.leaks.row import Row, at

YEAR = today().year + 1
HERE = f"/lich/{{unit}}/{YEAR}/"


def _line(_things: Things) -> dict[str, Any]:
    return {
        "title": "Mở lớp", "rhythm": "yearly", "month": 3, "day": 5, "day_off": "before", "makes": "task", "span": 10,
        "remind": 7, "version": 1,
    }  # fmt: skip


def _sent(**said: Any) -> Any:
    return lambda _things: said


CALENDARS: dict[str, Row] = {
    "GET routine": Row("GET", at("/lich/")),
    "GET routine_of": Row("GET", at(HERE), "read"),
    "GET routine_make": Row("GET", at(HERE + "tao/"), "enter"),
    "POST routine_make": Row(
        "POST", at(HERE + "tao/"), "enter", inside=302, form=lambda t: {"dong": f"{t.taken_line}:{YEAR}"}
    ),
    "GET routine_lines": Row("GET", at("/lich/{unit}/dong/"), "read"),
    "GET routine_line_new": Row("GET", at("/lich/{unit}/dong/moi/"), "enter"),
    "POST routine_line_new": Row("POST", at("/lich/{unit}/dong/moi/"), "enter", inside=302, form=_line),
    "GET routine_begin": Row("GET", at("/lich/{unit}/mau/"), "enter"),
    "POST routine_begin": Row("POST", at("/lich/{unit}/mau/"), "enter", inside=302, form=_sent(dong="topic")),
    "GET routine_offered": Row("GET", at("/lich/{unit}/goi-y/"), "enter"),
    "POST routine_offered": Row("POST", at("/lich/{unit}/goi-y/"), "enter", inside=400, form=_sent(lam="lay")),
    "GET routine_line_change": Row("GET", at("/lich/dong/{calendar_line}/"), "enter"),
    "POST routine_line_change": Row("POST", at("/lich/dong/{calendar_line}/"), "enter", inside=302, form=_line),
    "POST routine_line_drop": Row(
        "POST", at("/lich/dong/{calendar_line}/bo/"), "enter", inside=302, form=_sent(version=1)
    ),
    "POST routine_line_follow": Row(
        "POST", at("/lich/dong/{taken_line}/cap-tren/"), "enter", inside=302, form=_sent(version=1, lam="giu")
    ),
    "POST routine_done": Row("POST", at("/lich/nhac/{reminder}/xong/"), "enter", inside=302, form=_sent(version=1)),
}
