"""Tasks of the small world: who owns what, in a few words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from chithi.org.models import Person, Post
from chithi.tasks.actions import Said, assign
from chithi.tasks.models import Task
from chithi.text.vietnamese import fold
from tests.worlds import BEGAN, TODAY, World


def post_in(world: World, code: str, *, account: str = "", title: str = "Bí thư") -> Post:
    """Somebody who heads a unit; linked to an account where one is named."""
    person = Person.objects.create(name=f"Đứng đầu {code}", folded=fold(f"Đứng đầu {code}"))
    if account:
        user = world.users[account]
        user.person_id = person.pk
        user.save(update_fields=["person"])
    unit = world.units[code]
    return Post.objects.create(person=person, unit=unit, title=title, is_head=True, since=BEGAN)


def task_in(world: World, code: str, *, by: str = "", owner: Post | None = None, **said: Any) -> Task:
    """A task of a unit, given by itself, from ten days ago until in ninety."""
    words: dict[str, Any] = {
        "title": f"Lập kế hoạch của {code}",
        "since": TODAY - timedelta(days=10),
        "due_on": TODAY + timedelta(days=90),
    }
    if "post" not in said:
        words["post"] = (owner or post_in(world, code)).pk
    giver = said.pop("giver", code)
    key = said.pop("key", None)
    viewer = world.viewer(by or "chau")
    return assign(
        by=viewer, unit_id=world.unit(code), said=Said(**(words | said)), assigned_by=world.unit(giver), key=key
    )


def overdue_in(world: World, code: str, days: int, **said: Any) -> Task:
    """One that was due so many days ago."""
    due = TODAY - timedelta(days=days)
    return task_in(world, code, since=due - timedelta(days=30), due_on=due, **said)


def again(task: Task) -> Task:
    """The task as it is stored now."""
    return Task.objects.everywhere(because="a test looks again").get(pk=task.pk)


def day(text: str) -> date:
    return date.fromisoformat(text)
