"""What the browser tests find: members, figures of two years, and a document with something to decide and to ask."""

from __future__ import annotations

from datetime import date

from chithi.core.periods import Period, parse
from chithi.indicators.actions import Saying, Slot, enter
from chithi.indicators.drain import drain_all
from chithi.indicators.models import Measure
from chithi.narrative.actions import Incoming, take_in
from chithi.narrative.models import Document
from chithi.org.models import Person, Post
from chithi.text.vietnamese import fold
from tests.worlds import BEGAN, World, add_members

MEMBERS = {"A11": 6, "A12": 4, "A21": 5, "B11": 8}
FIGURES: tuple[tuple[str, str, str, int], ...] = (
    ("2024", "A1", "study.classes", 6),
    ("2024", "A2", "study.classes", 5),
    ("2024", "B1", "study.classes", 4),
    ("2025", "A1", "study.classes", 7),
    ("2025", "A2", "study.classes", 5),
    ("2025", "A1", "study.members", 9),
    ("2025", "A2", "study.members", 5),
    ("2025", "A1", "pledge.members", 8),
    ("2025", "A2", "pledge.members", 4),
)
TITLE = "Báo cáo hai năm của tỉnh"
PERIOD = "2024-01-01..2025-12-31"
TEXT = (
    "Tính đến nay, toàn tỉnh đã mở 731 lớp học tập chuyên đề với 40.539 đảng viên tham gia, đạt 98,1%.\n"
    "Chấm thử, 120/145 mô hình đạt loại tốt, chiếm 73,5%.\n"
    "Rà soát lại, toàn tỉnh đã mở 735 lớp học tập chuyên đề.\n"
    "Tuy nhiên, một số cấp ủy còn trông chờ hướng dẫn.\n"
)
PRINTED_ON = date(2026, 11, 20)


def furnish(world: World) -> None:
    """Fill the world; about half a second."""
    for code, count in MEMBERS.items():
        add_members(world.units[code], count)
    head = Person.objects.create(name="Trần Thị Thử", folded=fold("Trần Thị Thử"))
    title = "Bí thư Huyện ủy"
    Post.objects.create(person=head, unit=world.units["A"], title=title, is_key_leader=True, is_head=True, since=BEGAN)
    for year, code, measure, value in FIGURES:
        say(world, code, measure, value, parse(year))
    taken(world)
    drain_all()


def say(world: World, code: str, measure: str, value: int, period: Period) -> None:
    """State a figure of a unit's own work."""
    slot = Slot(world.unit(code), Measure.objects.get(code=measure).pk, period)
    enter(by=world.viewer("chau"), slot=slot, saying=Saying(value), seen=None)


def taken(world: World, text: str = TEXT, title: str = TITLE) -> Document:
    """Take a document of the province in."""
    incoming = Incoming(title=title, text=text, extractor="pasted", period_code=PERIOD)
    return take_in(by=world.viewer("chau"), unit_id=world.unit("T"), incoming=incoming)
