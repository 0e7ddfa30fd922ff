"""Storing an invented nation's tree: no people, whole columns at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from chithi.core.errors import Refused
from chithi.db.pouring import pour_columns
from chithi.org.demo import words
from chithi.org.demo.build import Home
from chithi.org.demo.draws import keys
from chithi.org.demo.nation_plan import NATION_BEGAN, NationPlan, NationSize, plan_nation
from chithi.org.demo.plan import VILLAGE
from chithi.org.demo.streams import Stream
from chithi.org.kinds import LinkKind, TreeEventKind, UnitKind
from chithi.org.models import Closing, TreeEvent, Unit, UnitLink, UnitState
from chithi.org.places import forget_since
from chithi.org.spelling import respell_all
from chithi.text.vietnamese import fold


@dataclass(frozen=True)
class NationBuilt:
    """What now stands in the database: the plan, and the id of its first unit; the others follow in order."""

    plan: NationPlan
    first_id: int
    seed: int
    people: int = 0
    memberships: int = 0

    def id_of(self, place: int) -> int:
        return self.first_id + place

    def homes(self) -> dict[str, Home]:
        """Where the demo's accounts are at home: the nation itself, its first province, that one's first village cell.

        The secretary's name is invented here, because a nation holds no people.
        """
        places = {
            "province": 0,
            "district": self.plan.first(UnitKind.PROVINCE),
            "cell": self.plan.first(UnitKind.CELL, VILLAGE),
        }
        secretary = words.person_name(Stream(self.seed, "org.nation", "secretary"))
        return {name: Home(self.id_of(place), secretary) for name, place in places.items()}


def build_nation(size: NationSize, seed: int) -> NationBuilt:
    """Store a nation; refuses a database that has units already (`demo.not_empty`)."""
    if Unit.objects.everywhere(because="is there any unit at all").exists():
        raise Refused("demo.not_empty")
    plan = plan_nation(size, seed)
    first = _store(plan, seed)
    forget_since(NATION_BEGAN)
    respell_all()
    return NationBuilt(plan, first, seed)


def _store(plan: NationPlan, seed: int) -> int:
    """Units, events, states, closings and links; returns the first unit's id."""
    ends: dict[int, date] = {merger.cell: merger.on for merger in plan.mergers}
    heirs = {merger.cell: merger.heir for merger in plan.mergers}
    places, many = range(len(plan)), len(plan)
    closed = [ends.get(place) for place in places]
    columns: dict[str, Sequence[Any]] = {"code": plan.codes, "closed_on": closed}
    columns["key"] = keys(seed, "unit", "nation", many)
    ids = pour_columns(Unit, columns | {"heir_id": [None] * many}, {"opened_on": NATION_BEGAN})
    first = ids[0]
    ended = list(Unit.objects.everywhere(because="the cells just merged").filter(closed_on__isnull=False))
    for row in ended:
        row.heir_id = first + heirs[row.pk - first]
    Unit.objects.everywhere(because="the cells just merged").bulk_update(ended, ["heir"], batch_size=200)
    opened = {"kind": TreeEventKind.OPEN.value, "on": NATION_BEGAN, "document": ""}
    events = pour_columns(
        TreeEvent, {"unit_id": ids, "key": keys(seed, "event", "open", many)}, opened, at=_early(NATION_BEGAN)
    )
    pour_columns(
        UnitState,
        {
            "unit_id": ids,
            "until": closed,
            "parent_id": [None if parent < 0 else first + parent for parent in plan.parents],
            "kind": [kind.value for kind in plan.kinds],
            "is_cell": plan.cells,
            "is_grassroots": plan.grassroots,
            "name": plan.names,
            "short_name": plan.short_names,
            "folded": [fold(f"{name} {short}")[:300] for name, short in zip(plan.names, plan.short_names, strict=True)],
            "order": plan.orders,
            "event_id": events,
            "key": keys(seed, "state", "nation", many),
        },
        {"since": NATION_BEGAN},
    )
    _store_mergers(plan, first, seed)
    _store_links(plan, first, ends, seed)
    return first


def _store_mergers(plan: NationPlan, first: int, seed: int) -> None:
    cells = [first + merger.cell for merger in plan.mergers]
    days = [merger.on for merger in plan.mergers]
    document = "Theo chủ trương sắp xếp chi bộ trực thuộc"
    events = pour_columns(
        TreeEvent,
        {"unit_id": cells, "on": days, "key": keys(seed, "event", "merge", len(cells))},
        {"kind": TreeEventKind.MERGE.value, "document": document},
        at=_early(max(days, default=NATION_BEGAN)),
    )
    columns: dict[str, Sequence[Any]] = {
        "unit_id": cells,
        "heir_id": [first + merger.heir for merger in plan.mergers],
        "since": days,
        "event_id": events,
        "key": keys(seed, "closing", "nation", len(cells)),
    }
    pour_columns(Closing, columns)


def _store_links(plan: NationPlan, first: int, ends: dict[int, date], seed: int) -> None:
    """Villages and their own cells; mass organisations and the committee of their level."""
    lasting = [(village, cell) for village, cell in plan.links if cell not in ends]
    mass = [place for place, kind in enumerate(plan.kinds) if kind is UnitKind.MASS_ORGANISATION]
    pairs = [*lasting, *((place, plan.parents[place]) for place in mass)]
    kinds = [LinkKind.VILLAGE_CELL.value] * len(lasting) + [LinkKind.COMMITTEE_LEVEL.value] * len(mass)
    columns: dict[str, Sequence[Any]] = {
        "unit_id": [first + place for place, _ in pairs],
        "other_id": [first + place for _, place in pairs],
        "kind": kinds,
        "key": keys(seed, "link", "nation", len(pairs)),
    }
    pour_columns(UnitLink, columns, {"since": NATION_BEGAN})


def _early(day: date) -> datetime:
    return datetime.combine(day, time(2), UTC)
