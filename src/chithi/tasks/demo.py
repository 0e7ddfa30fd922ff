"""Invented tasks: five under the directive of the province, carried on by the plans of districts, grassroots
organisations and cells below it; some plans leave one out, some pass one over.

They stand in every state some weeks after `AS_OF`. Each unit's head owns its tasks, or else whoever holds another
post there; a unit without posts, or without a plan, has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Q

from chithi.db.pouring import pour
from chithi.directives.models import Descent, Directive
from chithi.following.kinds import Followed
from chithi.following.models import Progress
from chithi.following.rules import Facts, month_number, turns
from chithi.org.demo.streams import Stream, key
from chithi.org.models import Post, Unit, UnitState, valid_on
from chithi.org.places import Tree, tree_on
from chithi.tasks.models import Holding, PlanLine, Task
from chithi.text.vietnamese import fold

AS_OF, BEGAN = date(2026, 9, 30), date(2025, 1, 2)
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
    "cancelled_on", "cancel_reason", "suspended_from", "risk_on", "miss_on", "due_month", "for_below",
)  # fmt: skip
_LINE = (
    "key", "unit_id", "directive_id", "above_id", "number", "left_out", "reason", "title", "product", "clause",
    "owner_post_id", "due_on", "for_below", "task_id",
)  # fmt: skip
LEFT_OUT, SILENT = 4, 2
"""Of a hundred plans so many leave a piece of work out, and so many say nothing of it."""
_REASONS = ("Đã làm xong từ năm trước", "Ghép vào việc thường kỳ của đơn vị", "Đơn vị không có đối tượng này", "")


@dataclass(frozen=True)
class _Ground:
    """What the tasks stand on: the tree, the codes of units, the post that leads each, its document."""

    seed: int
    tree: Tree
    codes: dict[int, str]
    heads: dict[int, int]
    papers: dict[int, int]
    cells: set[int]


@dataclass
class _Stored:
    """Tasks by unit and number, and the lines that leave one out: (unit, number, task above, reason)."""

    tasks: dict[tuple[int, int], int] = field(default_factory=dict)
    left: list[tuple[int, int, int, str]] = field(default_factory=list)


def build(root_id: int, seed: int) -> int:
    """Store the tasks of a province and of the units below it that have a plan; how many there are."""
    tree = tree_on(AS_OF)
    heads, papers = _heads(), _papers(root_id)
    if root_id not in heads:
        heads[root_id] = _post_at(root_id, seed)
    units = [unit for unit in _units(tree, root_id) if unit in heads and unit in papers]
    codes = dict(Unit.objects.everywhere(because=_WHY).values_list("pk", "code"))
    ground = _Ground(seed, tree, codes, heads, papers, _cells())
    stored, known = _Stored(), set(units)
    above = {unit: _above(tree, unit, known) for unit in units}
    for level in _levels(units, above, root_id):
        rows, places = [], []
        for unit in level:
            for number, (row, over) in enumerate(_rows(ground, stored, unit, above[unit])):
                if row is not None:
                    rows.append(row)
                    places.append((unit, number))
                elif over is not None:
                    stored.left.append((unit, number, *over))
        stored.tasks.update(zip(places, pour(Task, _COLUMNS, rows, at=_AT), strict=True))
    _write_lines(ground, stored, above)
    _hold(stored.tasks, seed)
    _tell(seed)
    return len(stored.tasks)


def _rows(
    ground: _Ground, stored: _Stored, unit: int, above: int | None
) -> Iterator[tuple[tuple[Any, ...] | None, tuple[int, str] | None]]:
    """For each piece of work the row of a task, or (the task above, why) where it is left out, or neither."""
    code = ground.codes[unit]
    stream, choices = Stream(ground.seed, "tasks", code), Stream(ground.seed, "plan_lines", code)
    for number, work in enumerate(WORKS):
        facts, accepted = _facts(work, stream)
        parent = stored.tasks.get((above or 0, number))
        lot, why = choices.below(100), choices.pick(_REASONS)
        if above is None or (parent is not None and lot >= LEFT_OUT + SILENT):
            yield _row(ground, unit, number, facts, accepted, (above or unit, parent)), None
        else:
            yield None, (parent, why) if parent is not None and lot < LEFT_OUT else None


def _write_lines(ground: _Ground, stored: _Stored, above: dict[int, int | None]) -> None:
    """What each document said of each piece of work: the tasks that came of it, and what it left out."""

    def line(unit: int, number: int, parent: int | None, task: int | None, reason: str) -> tuple[Any, ...]:
        work, code = WORKS[number], ground.codes[unit]
        head = ground.heads[unit] if task is not None else None
        return (
            key(ground.seed, "plan_line", f"{code}/{number}"), unit, ground.papers[unit], parent, number + 1,
            task is None, reason, work.title, work.product, f"Mục {number + 1}", head,
            work.due_on if task is not None else None, task is not None and unit not in ground.cells, task,
        )  # fmt: skip

    carried = (
        line(unit, number, stored.tasks.get((above[unit] or 0, number)), task, "")
        for (unit, number), task in stored.tasks.items()
    )
    left = (line(unit, number, parent, None, why) for unit, number, parent, why in stored.left)
    pour(PlanLine, _LINE, (*carried, *left))


def _papers(root_id: int) -> dict[int, int]:
    """The document of each unit: the directive of the province, the plans that carry it out."""
    rows = Directive.objects.everywhere(because=_WHY).filter(is_draft=False)
    top = rows.filter(unit_id=root_id).order_by("dated", "pk").values_list("pk", flat=True).first()
    if top is None:
        return {}
    plans = Descent.objects.everywhere(because=_WHY).filter(root_id=top)
    found = dict(plans.order_by("-since", "-directive_id").values_list("unit_id", "directive_id"))
    return found | {root_id: top}


def _cells() -> set[int]:
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(AS_OF), is_cell=True)
    return set(states.values_list("unit_id", flat=True))


def _heads() -> dict[int, int]:
    """The post of the head of each unit, else the first one there."""
    posts = Post.objects.everywhere(because=_WHY).filter(valid_on(AS_OF)).order_by("is_head", "-pk")
    return dict(posts.values_list("unit_id", "pk"))


def _post_at(root_id: int, seed: int) -> int:
    """Somebody at the province answers for its directive: whoever leads its first unit with a head, by a post there."""
    led = Post.objects.everywhere(because=_WHY).filter(valid_on(AS_OF)).order_by("-is_head", "pk")
    person = led.values_list("person_id", flat=True)[0]
    row = (key(seed, "post", "directive"), person, root_id, "Trưởng ban giúp việc Tỉnh ủy", BEGAN)
    return pour(Post, ("key", "person_id", "unit_id", "title", "since"), [row])[0]


def _units(tree: Tree, root_id: int) -> list[int]:
    """The province, districts and blocs, grassroots organisations, cells; in the order of the tree."""
    states = UnitState.objects.everywhere(because=_WHY).filter(valid_on(AS_OF))
    asked = Q(is_grassroots=True) | Q(is_cell=True) | Q(kind__in=("district", "bloc"))
    wanted = set(states.filter(asked).values_list("unit_id", flat=True)) | {root_id}
    return [int(unit) for unit in tree.shape.unit_ids if int(unit) in wanted]


def _levels(units: list[int], over: dict[int, int | None], root_id: int) -> list[list[int]]:
    """The units by how many of the others stand above them."""
    deep: dict[int, int] = {}
    for unit in units:
        above = over[unit]
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
    ground: _Ground, unit: int, number: int, facts: Facts, accepted: bool, owner: tuple[int, int | None]
) -> tuple[Any, ...]:
    work, code = WORKS[number], ground.codes[unit]
    giver, parent = owner
    good = facts.finished_on + timedelta(days=3) if facts.finished_on is not None and accepted else None
    return (
        key(ground.seed, "task", f"{code}/{number}"), unit, giver, work.title, fold(work.title), work.product,
        ground.papers[unit], f"Mục {number + 1}", ground.heads[unit], parent, 1 + number % 3, facts.since,
        facts.due_on, facts.update_every, facts.updated_on, facts.share, facts.finished_on, good, facts.cancelled_on,
        "Đã làm trong kế hoạch khác" if facts.cancelled_on else "", facts.suspended_from, *turns(facts),
        month_number(facts.due_on), unit not in ground.cells,
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
