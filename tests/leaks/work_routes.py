"""The rows of My work, notices and work in the background: see `tests.leaks.routes`."""

from __future__ import annotations

from typing import Any

from chithi.work.kinds import Topic
from tests.leaks.planted import Things
from tests.leaks.row import Row, area, at


def _choices(_things: Things) -> dict[str, Any]:
    return {topic.value: "mail" for topic in Topic}


def _address(_things: Things) -> dict[str, Any]:
    return {"address": "thu@commune.example"}


def _code(_things: Things) -> dict[str, Any]:
    return {"code": "12345678"}


def _seen(_things: Things) -> dict[str, Any]:
    return {"version": 5}


WORK: dict[str, Row] = {
    "GET work": Row("GET", at("/viec/")),
    "GET notices": Row("GET", at("/tin-bao/")),
    "POST notice_open": Row("POST", at("/tin-bao/999999/mo/"), inside=404),
    "POST notices_read": Row("POST", at("/tin-bao/da-xem/"), inside=302),
    "GET notice_choices": Row("GET", at("/tin-bao/cach/")),
    "POST notice_choices": Row("POST", at("/tin-bao/cach/"), inside=302, form=_choices),
    "POST my_calendar": Row("POST", at("/tai-khoan/lich/")),
    "POST my_calendar_end": Row("POST", at("/tai-khoan/lich/bo/"), inside=302),
    "GET calendar": Row("GET", at("/lich/khong-co.ics"), inside=404, visitor=404),
    "GET my_email": Row("GET", at("/tai-khoan/thu/")),
    "POST my_email": Row("POST", at("/tai-khoan/thu/"), inside=400, form=_address),
    "GET my_email_code": Row("GET", at("/tai-khoan/thu/ma/")),
    "POST my_email_code": Row("POST", at("/tai-khoan/thu/ma/"), inside=400, form=_code),
    "POST my_email_drop": Row("POST", at("/tai-khoan/thu/bo/"), inside=302),
    "GET background": area("GET", at("/quan-tri/viec-chay-nen/"), "system"),
    "POST background_again": area(
        "POST", at("/quan-tri/viec-chay-nen/{job}/thu-lai/"), "system", inside=302, form=_seen
    ),
}
