"""The small world of the tests: one province, two districts, communes, cells; and three people.

`lan` is secretary of cell A11, `minh` clerk of commune A1 one level above, `hoa` secretary of the sibling cell A12.
`chau` works for the province's standing agency, `dung` leads district A, `an` administers the province.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chithi.access.actions import grant, open_account
from chithi.access.models import User
from chithi.access.roles import Role
from chithi.access.viewers import viewer_for
from chithi.db.viewer import Viewer
from chithi.indicators.catalogue_sync import sync_catalogue
from chithi.org.kinds import UnitKind
from chithi.org.models import Membership, Person, Unit, UnitState
from chithi.org.spelling import respell_people, respell_units
from chithi.text.vietnamese import fold

TODAY = date(2026, 11, 21)
BEGAN = date(2010, 1, 1)


@dataclass
class World:
    """Units by their short codes and accounts by first name."""

    units: dict[str, Unit]
    users: dict[str, User]

    def unit(self, code: str) -> int:
        return self.units[code].pk

    def viewer(self, name: str, today: date = TODAY) -> Viewer:
        return viewer_for(self.users[name], today)


TREE: tuple[tuple[str, str | None, UnitKind, str], ...] = (
    ("T", None, UnitKind.PROVINCE, "Đảng bộ tỉnh Thử"),
    ("A", "T", UnitKind.DISTRICT, "Đảng bộ huyện An"),
    ("B", "T", UnitKind.DISTRICT, "Đảng bộ huyện Bình"),
    ("A1", "A", UnitKind.GRASSROOTS, "Đảng bộ xã An Một"),
    ("A2", "A", UnitKind.GRASSROOTS, "Đảng bộ xã An Hai"),
    ("B1", "B", UnitKind.GRASSROOTS, "Đảng bộ xã Bình Một"),
    ("A11", "A1", UnitKind.CELL, "Chi bộ thôn Hòa Một"),
    ("A12", "A1", UnitKind.CELL, "Chi bộ thôn Hòa Hai"),
    ("A21", "A2", UnitKind.CELL, "Chi bộ thôn Quý"),
    ("B11", "B1", UnitKind.CELL, "Chi bộ thôn Bình"),
)

PEOPLE: tuple[tuple[str, Role, str], ...] = (
    ("lan", Role.SECRETARY, "A11"),
    ("hoa", Role.SECRETARY, "A12"),
    ("minh", Role.CLERK, "A1"),
    ("dung", Role.LEADER, "A"),
    ("chau", Role.AGENCY, "T"),
    ("an", Role.ADMINISTRATOR, "T"),
)


def add_unit(code: str, parent: Unit | None, kind: UnitKind, name: str, since: date = BEGAN) -> Unit:
    """A unit with one state, without an event."""
    unit = Unit.objects.create(code=code, opened_on=since)
    UnitState.objects.create(
        unit=unit,
        since=since,
        parent=parent,
        kind=kind,
        is_cell=kind is UnitKind.CELL,
        is_grassroots=kind is UnitKind.GRASSROOTS,
        name=name,
        short_name=name,
        folded=fold(name),
        order=int("".join(c for c in code if c.isdigit()) or 0),
    )
    respell_units([unit.pk])
    return unit


def add_members(unit: Unit, count: int, since: date = BEGAN) -> list[Person]:
    """Members of a cell, named after it."""
    people = [
        Person(name=f"Đảng viên {unit.code} {n}", folded=f"dang vien {unit.code} {n}".lower()) for n in range(count)
    ]
    for person in people:
        person.save()
        Membership.objects.create(person=person, unit=unit, since=since)
    respell_people([person.pk for person in people])
    return people


def build_world() -> World:
    """Build everything anew; the catalogue is synchronised too."""
    sync_catalogue()
    units: dict[str, Unit] = {}
    for code, parent, kind, name in TREE:
        units[code] = add_unit(code, units.get(parent or ""), kind, name)
    users = {}
    for name, role, code in PEOPLE:
        users[name] = open_account(username=name, name=name.title(), password=f"mật khẩu của {name}")
        grant(by=None, user=users[name], role=role, unit_id=units[code].pk, since=BEGAN)
    return World(units, users)
