"""Invented: the work calendar of the province with the year 2027 made of it, and what it offers to those below.

Each line is one that ships. Tasks belong to the head of the province and begin in 2027, so that no figure of the demo
moves.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from chithi.db.pouring import pour
from chithi.directives.rules import kept
from chithi.following.rules import Facts, month_number, turns
from chithi.org.demo.streams import key
from chithi.org.models import Post, valid_on
from chithi.routine import rules
from chithi.routine.kinds import Makes
from chithi.routine.models import Line, Turn
from chithi.routine.shipped import SHIPPED
from chithi.tasks.models import Holding, Task
from chithi.text.vietnamese import fold

YEAR = 2027
_AS_OF = date(2026, 9, 30)
_AT = datetime(2026, 9, 30, 2, tzinfo=UTC)
_WHY = "the demo fills an empty database"
_TASK = ("key", "unit_id", "assigned_by_id", "title", "folded", "product", "owner_post_id", "weight", "since", "due_on",
         "update_every", "risk_on", "miss_on", "due_month")  # fmt: skip
_EVERY = 30


def build(root_id: int, seed: int) -> int:
    """Store the lines, tasks and reminders of the province; how many turns there are. None where nobody heads it."""
    posts = Post.objects.everywhere(because=_WHY).filter(valid_on(_AS_OF), unit_id=root_id)
    post = posts.order_by("-is_head", "pk").values_list("pk", flat=True).first()
    if post is None:
        return 0
    made = [turn for line in _lines(root_id, post, seed) for turn in _turns(line)]
    tasks = [(line, turn) for line, turn in made if line.makes == Makes.TASK]
    stored = pour(Task, _TASK, [_task(line, turn, seed) for line, turn in tasks], at=_AT)
    ids = {(line.pk, turn.slot): pk for (line, turn), pk in zip(tasks, stored, strict=True)}
    pour(
        Holding,
        ("key", "unit_id", "task_id", "since"),
        (
            (key(seed, "routine.holding", f"{line.shipped}/{turn.slot}"), root_id, ids[line.pk, turn.slot], turn.since)
            for line, turn in tasks
        ),
    )
    Turn.objects.bulk_create(
        Turn(
            key=key(seed, "routine.turn", f"{line.shipped}/{turn.slot}"), unit_id=root_id, line=line, slot=turn.slot,
            due_on=turn.due_on, task_id=ids.get((line.pk, turn.slot)),
        )
        for line, turn in made
    )  # fmt: skip
    return len(made)


def _lines(root_id: int, post: int, seed: int) -> list[Line]:
    found = []
    for one in SHIPPED:
        when = one.when
        found.append(
            Line.objects.create(
                key=key(seed, "routine.line", one.code), unit_id=root_id, title=one.vi, product=one.product_vi,
                rhythm=when.rhythm, month=when.month, until_month=when.until_month, day=when.day, day_off=when.day_off,
                span=when.span, makes=one.makes, remind=one.remind, offers_to=kept(one.offers_to), shipped=one.code,
                owner_post_id=post if one.makes is Makes.TASK else None,
            )
        )  # fmt: skip
    return found


def _turns(line: Line) -> list[tuple[Line, rules.Turn]]:
    return [(line, turn) for turn in rules.turns(line.when(), YEAR) if turn.since.year == YEAR]


def _task(line: Line, turn: rules.Turn, seed: int) -> tuple[Any, ...]:
    facts = Facts(since=turn.since, due_on=turn.due_on, update_every=_EVERY)
    return (
        key(seed, "routine.task", f"{line.shipped}/{turn.slot}"), line.unit_id, line.unit_id, line.title,
        fold(line.title), line.product, line.owner_post_id, 1, turn.since, turn.due_on, _EVERY, *turns(facts),
        month_number(turn.due_on),
    )  # fmt: skip
