"""Tasks, planted: one that runs, and others in states that other acts ask for; each given by its own unit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chithi.access.viewers import today
from chithi.files.checks import brought
from chithi.following.evidence import put_to, shown_with
from chithi.following.kinds import Followed
from chithi.following.models import Progress
from chithi.org.models import Post
from chithi.tasks.models import DeadlineChange, Explanation, Holding, Step, Suspension, Task
from chithi.text.vietnamese import fold
from tests.worlds import World


def tasks_of(world: World, code: str, word: str) -> dict[str, int]:
    """By the names of `Things`: task, finished, asked (another day, an explanation that was given), and more."""
    unit, day = world.unit(code), today()
    post = Post.objects.everywhere(because="planting a task").filter(unit_id=unit).order_by("pk")[0]
    title = f"Lập danh sách {word or code}"

    def planted(**said: Any) -> Task:
        task = Task.objects.create(
            unit_id=unit, assigned_by_id=unit, title=title, folded=fold(title), product=f"Danh sách {word}".strip(),
            owner_post=post, since=day - timedelta(days=20), due_on=day + timedelta(days=20), **said,
        )  # fmt: skip
        Holding.objects.create(unit_id=unit, task=task, since=task.since)
        return task

    task = planted()
    said = Progress.objects.create(
        unit_id=unit, kind=Followed.TASK, about_id=task.pk, on=day, note=f"Đã làm {word}", evidence=f"Sổ {word}"
    )
    put_to(said, [brought(f"Biên bản {word} của {code}".encode(), f"bien ban {word}.txt")])
    shown = shown_with([said.pk])[said.pk][0].id
    step = Step.objects.create(unit_id=unit, task=task, title=f"Bước {word}", due_on=day)
    finished, resting, asked = planted(finished_on=day), planted(suspended_from=day), planted()
    Suspension.objects.create(unit_id=unit, task=resting, since=day, reason=f"Chờ {word}")
    DeadlineChange.objects.create(
        unit_id=unit, task=asked, old=asked.due_on, new=asked.due_on + timedelta(days=5), reason=f"Chờ {word}"
    )
    Explanation.objects.create(
        unit_id=unit, task=asked, question=f"Vì sao {word}", asked_on=day, due_on=day, answer=f"Vì {word}",
        answered_on=day,
    )  # fmt: skip
    cancelled = planted(cancelled_on=day, cancel_reason=f"Trùng {word}")
    return {"task": task.pk, "finished": finished.pk, "asked": asked.pk, "resting": resting.pk, "step": step.pk,
            "evidence": shown, "cancelled": cancelled.pk}  # fmt: skip
