"""Invented tasks: five under the directive of the province, carried on by its districts and grassroots organisations.

They stand in every state some weeks after `AS_OF`. Each unit's head owns its tasks, or else whoever holds another
post there; a unit without posts has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chithi.db.pouring import pour
from chithi.directives.models import Directive
from chithi.following.kinds import Followed
from chithi.following.models import Progress
from chithi.following.rules import Facts, month_number, turns
from chithi.org.demo.streams import Stream, key
from chithi.org.models import Post, Unit, UnitState, valid_on
from chithi.org.places import Tree, tree_on
from chithi.tasks.models import Holding, Task
from chithi.text.vietnamese import fold

AS_OF = date(2026, 9, 30)
_AT = datetime(2026, 9, 30, 2, tzinfo=UTC)
_WHY = "the demo fills an empty database"


@dataclass(frozen=True)
class _Work:
    """One piece of work that the directive asks of everybody; of a hundred units so many finished it, so many late."""

    title: str
    product: str
    since: date
    due_on: date
    done: int
    late: int
    every: int = 30


WORKS = (
    _Work("Ban hành kế hoạch thực hiện chuyên đề", "Kế hoạch", date(2025, 1, 15), date(2025, 3, 31), 94, 6),
    _Work("Mở lớp học tập chuyên đề cho đảng viên", "Danh sách người học", date(2025, 3, 1), date(2025, 6, 30), 96, 9),
    _Work("Rà soát bản đăng ký làm theo của đảng viên", "Bảng tổng hợp", date(2026, 1, 10), date(2026, 6, 30), 82, 12),
    _Work("Lập danh sách điển hình để biểu dương", "Danh sách", date(2026, 5, 19), date(2026, 12, 31), 15, 0, 120),
    _Work("Viết báo cáo tổng kết chuyên đề", "Báo cáo", date(2026, 9, 15), date(2027, 6, 30), 0, 0, 120),
)  # fmt: skip
_COLUMNS = (
    "key", "unit_id", "assigned_by_id", "title", "folded", "product", "directive_id", "clause", "owner_post_id",
    "parent_id", "weight", "since", "due_on", "update_every", "updated_on", "share", "finished_on", "accepted_on",
    "cancelled_on", "cancel_reason", "suspended_from", "risk_on", "miss_on", "due_month",
)  # fmt: skip


def build(root_id: int, seed: int) -> int:
    """Store the tasks of a province, its districts and grassroots organisations; how many there are."""
    tree = tree_on(AS_OF)
    heads = _heads()
    units = [unit for unit in _units(tree, root_id) if unit in heads]
    codes = dict(Unit.objects.everywhere(because=_WHY).values_list("pk", "code"))
    papers = Directive.objects.everywhere(because=_WHY).filter(unit_id=root_id, is_draft=False)
    paper = papers.order_by("dated", "pk").values_list("pk", flat=True).first()
    stored: dict[tuple[int, int], int] = {}
    for level in _levels(tree, units, root_id):
        rows, places = [], []
        for unit in level:
            stream = Stream(seed, "tasks", codes[unit])
            above = _above(tree, unit, set(units))
            for number, work in enumerate(WORKS):
                facts, accepted = _facts(work, stream)
                owner = (above or unit, stored.get((above or 0, number)))
                rows.append(_row(seed, codes[unit], unit, number, facts, accepted, heads[unit], paper, owner))
                places.append((unit, number))
        stored.update(zip(places, pour(Task, _COLUMNS, rows, at=_AT), strict=True))
    _hold(stored, seed)
    _tell(seed)
    return len(stored)


def _heads() -> dict[int, int]:
    """The post of the head of each unit, else the first one there."""
    posts = Post.objects.everywhere(because=_WHY).filter(valid_on(AS_OF)).order_by("is_head", "-pk")
    return dict(posts.values_list("unit_id", "pk"))


def _units(tree: Tree, root_id: int) -> list[int]:
    """The province, districts and blocs, grassroots organisations; in the order of the tree."""
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(AS_OF))
    wanted = set(states.filter(is_grassroots=True).values_list("unit_id", flat=True))
    wanted |= set(states.filter(kind__in=("district", "bloc")).values_list("unit_id", flat=True)) | {root_id}
    return [int(unit) for unit in tree.shape.unit_ids if int(unit) in wanted]


def _levels(tree: Tree, units: list[int], root_id: int) -> list[list[int]]:
    """The units by how many of the others stand above them."""
    known = set(units)
    deep: dict[int, int] = {}
    for unit in units:
        above = _above(tree, unit, known)
        deep[unit] = 0 if above is None or unit == root_id else deep[above] + 1
    return [[unit for unit in units if deep[unit] == level] for level in range(max(deep.values(), default=-1) + 1)]


def _above(tree: Tree, unit: int, known: set[int]) -> int | None:
    """The nearest unit above that has tasks too."""
    higher = (int(tree.shape.unit_ids[at]) for at in tree.shape.ancestors(tree.position(unit)))
    return next((one for one in higher if one in known), None)


def _facts(work: _Work, stream: Stream) -> tuple[Facts, bool]:
    """How a unit does a piece of work, and whether what it finished was accepted."""
    lot = stream.below(100)
    finished: date | None = None
    if lot < work.late:
        finished = min(work.due_on + timedelta(days=stream.between(1, 60)), AS_OF)
    elif lot < work.done:
        finished = stream.day(work.since + timedelta(days=5), min(work.due_on, AS_OF))
    rests, dropped, silent = stream.chance(2), stream.chance(1), stream.chance(20)
    heard = finished or (None if silent else AS_OF - timedelta(days=stream.between(1, 45)))
    if heard is not None and heard < work.since:
        heard = None
    share = None if heard is None else 100 if finished else stream.between(1, 9) * 10
    facts = Facts(
        since=work.since,
        due_on=work.due_on,
        update_every=work.every,
        updated_on=heard,
        share=share,
        finished_on=finished,
        cancelled_on=AS_OF if dropped and finished is None else None,
        suspended_from=AS_OF - timedelta(days=10) if rests and finished is None else None,
    )
    return facts, stream.chance(90)


def _row(
    seed: int, code: str, unit: int, number: int, facts: Facts, accepted: bool, post: int, paper: int | None,
    owner: tuple[int, int | None],
) -> tuple[Any, ...]:  # fmt: skip
    work = WORKS[number]
    giver, parent = owner
    good = facts.finished_on + timedelta(days=3) if facts.finished_on is not None and accepted else None
    return (
        key(seed, "task", f"{code}/{number}"), unit, giver, work.title, fold(work.title), work.product, paper,
        f"Mục {number + 1}", post, parent, 1 + number % 3, facts.since, facts.due_on, facts.update_every,
        facts.updated_on, facts.share, facts.finished_on, good, facts.cancelled_on,
        "Đã làm trong kế hoạch khác" if facts.cancelled_on else "", facts.suspended_from, *turns(facts),
        month_number(facts.due_on),
    )  # fmt: skip


def _hold(stored: dict[tuple[int, int], int], seed: int) -> None:
    rows = (
        (key(seed, "holding", str(task)), unit, task, WORKS[number].since) for (unit, number), task in stored.items()
    )
    pour(Holding, ("key", "unit_id", "task_id", "since"), rows)


def _tell(seed: int) -> None:
    """A word for each task that was heard of."""
    heard = Task.objects.everywhere(because=_WHY).filter(updated_on__isnull=False).order_by("pk")
    columns = heard.values_list("pk", "unit_id", "updated_on", "share", "finished_on")
    rows = (
        (key(seed, "progress", str(pk)), unit, Followed.TASK.value, pk, on, share, "Đã xong" if done else "Đang làm")
        for pk, unit, on, share, done in columns
    )
    pour(Progress, ("key", "unit_id", "kind", "about_id", "on", "share", "note"), rows, at=_AT)
