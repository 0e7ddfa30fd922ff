"""Work calendars and requests as the tests of every page open them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from chithi.access.viewers import today
from chithi.calls.actions import Letter, Whom, add_question, draft, send
from chithi.calls.actions import Said as Asked
from chithi.calls.kinds import Asks
from chithi.calls.models import Reply
from chithi.routine.actions import Said, add_line, begin, change_line, take
from chithi.routine.kinds import Rhythm
from chithi.routine.rules import When
from chithi.routine.shipped import SHIPPED
from tests.worlds import World


def year_pages(world: World) -> Iterator[tuple[str | None, str]]:
    """Who opens what: a year with lines, offered ones, one that changed above; a request, its draft, its answer."""
    chau, minh, year = world.viewer("chau", today()), world.viewer("minh", today()), today().year + 1
    top, unit = world.unit("T"), world.unit("A1")
    begin(by=chau, unit_id=top, codes=[one.code for one in SHIPPED], language="vi", offering=True)
    when = When(Rhythm.QUARTERLY, 3)
    line = add_line(by=chau, unit_id=top, said=Said("Họp giao ban quý", when, offers_to=("grassroots",)))
    take(by=minh, unit_id=unit, line_ids=[line.pk])
    said = Said("Họp giao ban quý với huyện", When(Rhythm.QUARTERLY, 2, 20), offers_to=("grassroots",))
    change_line(by=chau, line_id=line.pk, seen_version=line.version, said=said)
    for path in ("", f"{top}/{year}/", f"{top}/{year}/?thang=3", f"{top}/{year}/tao/", f"{top}/dong/"):
        yield "chau", f"/lich/{path}"
    yield "chau", f"/lich/dong/{line.pk}/"
    for path in (f"{unit}/mau/", f"{unit}/goi-y/", f"{unit}/dong/moi/"):
        yield "minh", f"/lich/{path}"
    due = today() + timedelta(days=5)
    begun = draft(by=chau, unit_id=top, said=Asked("Số liệu sáu tháng đầu năm", due, period=f"{year - 2}"))
    call = draft(by=chau, unit_id=top, said=Asked("Cách làm hay trong sinh hoạt chi bộ", due, "Báo cáo nhanh"))
    for one in (begun, call):
        add_question(by=chau, call_id=one.pk, text="Một cách làm hay", asks=Asks.WORDS)
        add_question(by=chau, call_id=one.pk, text="Số buổi", asks=Asks.NUMBER)
    send(by=chau, call_id=call.pk, seen_version=3, whom=Whom(("grassroots",)), letter=Letter(sign="12-CV/TU"))
    reply = Reply.objects.everywhere(because="the browser tests open it").get(call_id=call.pk, unit_id=unit)
    for path in ("", "moi/", f"{begun.pk}/", f"{begun.pk}/gui/", f"{call.pk}/", f"{call.pk}/thu-hoi/"):
        yield "chau", f"/yeu-cau/{path}"
    for path in ("", "chuyen-xuong/"):
        yield "minh", f"/yeu-cau/tra-loi/{reply.pk}/{path}"
    yield "dung", f"/yeu-cau/tra-loi/{reply.pk}/"
