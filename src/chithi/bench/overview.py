"""`chithi bench overview`: the counts that a leader of a province sees at once, over its tasks of several years.

The database is the one the settings name and must hold no units; the invented province is rolled back at the end. The
rival is what is usually written: every task read as an object, judged by the rule in Python and counted into the unit
below the reader, its document and its month. All counts of both must be equal.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction

from chithi.bench.measured import Case, Measured, best_of, peak_mib, versions_of
from chithi.core.errors import Refused
from chithi.db.pouring import pour
from chithi.db.viewer import Capability, Viewer
from chithi.following.kinds import State
from chithi.following.rules import Facts, month_number, state, turns
from chithi.org.demo import NationSize, build_nation
from chithi.org.models import Person, Post, Unit
from chithi.org.places import Tree, forget_since, reach_tree
from chithi.tasks.models import Task
from chithi.tasks.overview import picture
from chithi.tasks.queries import Wanted

TODAY, BEGAN, SEED, RUNS = date(2026, 11, 22), date(2021, 1, 1), 2016, 5
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROOT = UUID("6d1f8f0e-0000-4000-8000-000000000001")
RIVAL = "every task as an object, judged in Python"
LARGE, SMALL = (NationSize(1, 1, 100, 5000, 10, 5, 10, 2), 60_000), (NationSize(1, 1, 6, 300, 2, 2, 2, 1), 800)
"""The invented tree and how many tasks its units have."""
_WHY = "the bench looks whether the database is empty"
COLUMNS = (
    "unit_id", "assigned_by_id", "title", "folded", "owner_post_id", "since", "due_on", "update_every", "updated_on",
    "share", "finished_on", "cancelled_on", "suspended_from", "risk_on", "miss_on", "due_month", "key",
)  # fmt: skip


def run(small: bool) -> Measured:
    """One reader of the whole, one of a part."""
    if Unit.objects.everywhere(because=_WHY).exists():
        raise Refused("bench.not_empty")
    versions, missing = versions_of(("django",))
    measured = Measured("overview", versions | {"database": connection.vendor}, left_out=missing)
    with transaction.atomic():
        size, many = SMALL if small else LARGE
        built = build_nation(size, SEED)
        store_tasks([built.id_of(at) for at in range(len(built.plan))], many)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        tree = reach_tree(TODAY)
        province = int(tree.shape.children(0)[0])
        commune = int(tree.shape.children(province)[0])
        told = f"{many:,} tasks, {len(built.plan):,} units"
        for who, at in (("province", province), ("one part of it", commune)):
            measured.cases.append(_case(who, told, reader(tree, at), tree, at))
        transaction.set_rollback(True)
    forget_since(date.min)
    return measured


def store_tasks(units: list[int], many: int) -> None:
    """So many tasks in every state, spread over the units; each unit has one post that owns them."""
    names = (("Người giữ việc", "nguoi giu viec", uuid5(ROOT, f"p{unit}")) for unit in units)
    people = pour(Person, ("name", "folded", "key"), names)
    held = (
        (person, unit, "Bí thư", BEGAN, uuid5(ROOT, f"o{unit}")) for person, unit in zip(people, units, strict=True)
    )
    posts = dict(zip(units, pour(Post, ("person_id", "unit_id", "title", "since", "key"), held), strict=True))
    stream = Random(SEED)  # noqa: S311 -- invented tasks, not secrets
    pour(Task, COLUMNS, (_row(stream, at, units, posts) for at in range(many)), at=NOW)


def _row(stream: Random, at: int, units: list[int], posts: dict[int, int]) -> tuple[Any, ...]:
    unit = stream.choice(units)
    since = TODAY - timedelta(days=stream.randrange(1, 1400))
    due = since + timedelta(days=stream.randrange(10, 200))
    finished = since + timedelta(days=stream.randrange(1, 260)) if stream.random() < 0.7 else None
    finished = finished if finished is not None and finished <= TODAY else None
    updated = since + timedelta(days=stream.randrange(0, 60)) if stream.random() < 0.7 else None
    facts = Facts(
        since=since,
        due_on=due,
        update_every=30,
        updated_on=updated,
        share=None if updated is None else stream.randrange(0, 101),
        finished_on=finished,
        cancelled_on=TODAY if stream.random() < 0.01 else None,
        suspended_from=TODAY if stream.random() < 0.02 else None,
    )
    title = f"Việc số {at}"
    return (
        unit, unit, title, title.lower(), posts[unit], since, due, 30, updated, facts.share, finished,
        facts.cancelled_on, facts.suspended_from, *turns(facts), month_number(due),
        uuid5(ROOT, f"t{at}"),
    )  # fmt: skip


def reader(tree: Tree, at: int) -> Viewer:
    """Somebody who reads the unit at a position and all below it."""
    held = {Capability.READ: tree.reach_of([int(tree.shape.unit_ids[at])])}
    return Viewer(user_id=None, name="reader", today=TODAY, reaches=MappingProxyType(held))


def _case(who: str, size: str, viewer: Viewer, tree: Tree, at: int) -> Case:
    wanted = Wanted()
    seconds, found = best_of(RUNS, lambda: picture(viewer, wanted, TODAY))
    rival, theirs = best_of(1, lambda: in_python(viewer, tree, at))
    ours = {
        "unit": {(one.unit.id, one.alone): dict(one.counts.states) for one in found.units},
        "month": {month: dict(counts.states) for month, counts in found.months.items()},
        "directive": {one: dict(counts.states) for one, counts in found.directives.items()},
    }
    if ours != theirs:
        raise AssertionError(f"{who}: the counts differ")
    told = f"{len(found.units)} units, {len(found.months)} months: all counts the same"
    return Case(who, size, seconds, {RIVAL: rival}, None, peak_mib(lambda: picture(viewer, wanted, TODAY)), told)


def in_python(viewer: Viewer, tree: Tree, at: int) -> dict[str, dict[Any, dict[State, int]]]:
    """The same counts, one task after the other."""
    counted: dict[str, dict[Any, dict[State, int]]] = {"unit": {}, "month": {}, "directive": {}}
    below: dict[int, tuple[int, bool]] = {at: (int(tree.shape.unit_ids[at]), True)}
    for child in tree.shape.children(at):
        for position in range(int(child), int(tree.shape.hi[child])):
            below[position] = (int(tree.shape.unit_ids[child]), False)
    for task in Task.objects.visible_to(viewer.reach(Capability.READ)).iterator():
        stands = state(task.facts(), TODAY)
        if stands is State.CANCELLED:
            continue
        position = tree.position(task.unit_id)
        parts = {"unit": below[position], "month": task.due_on.replace(day=1), "directive": task.directive_id or 0}
        for kind, part in parts.items():
            counts = counted[kind].setdefault(part, defaultdict(int))
            counts[stands] += 1
    return {kind: {part: dict(counts) for part, counts in parts.items()} for kind, parts in counted.items()}
